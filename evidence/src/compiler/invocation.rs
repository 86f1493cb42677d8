//! How cargo calls the compiler: which unit it is about, and the arguments that make it print what it knows instead of
//! compiling. Nothing is run here.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

/// The arguments of one call that compiles a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Invocation {
    pub(super) crate_name: String,
    pub(super) root: PathBuf,
    pub(super) out_directory: PathBuf,
    pub(super) extra_filename: String,
    pub(super) is_test: bool,
    pub(super) features: Vec<String>,
    pub(super) platform: Option<String>,
    /// All that says how to compile and not what to write.
    pub(super) kept: Vec<OsString>,
}

/// What cargo calls a source that is only asked what the compiler can do.
const QUESTION: &str = "___";

impl Invocation {
    /// Reads a call's arguments; none for a call that compiles nothing: a question about version, platform or cfgs.
    pub(super) fn parse(arguments: &[OsString]) -> Option<Self> {
        let mut found = Self {
            crate_name: String::new(),
            root: PathBuf::new(),
            out_directory: PathBuf::new(),
            extra_filename: String::new(),
            is_test: false,
            features: Vec::new(),
            platform: None,
            kept: Vec::new(),
        };
        let mut arguments = arguments.iter().map(OsString::as_os_str);
        while let Some(argument) = arguments.next() {
            let Some(text) = argument.to_str() else {
                found.kept.push(argument.to_owned());
                continue;
            };
            let (flag, attached) = match text.split_once('=') {
                Some((flag, value)) if flag.starts_with("--") => (flag, Some(OsString::from(value))),
                _ => (text, None),
            };
            if matches!(flag, "-vV" | "-V" | "--version" | "--print") {
                return None;
            }
            let takes_value = TAKES_VALUE.contains(&flag) && attached.is_none();
            let separate = if takes_value { arguments.next() } else { None };
            let value = attached.as_deref().or(separate);
            if found.note(flag, value, argument) {
                found.kept.push(argument.to_owned());
                found.kept.extend(separate.map(OsStr::to_owned));
            }
        }
        let is_unit = !found.crate_name.is_empty() && found.crate_name != QUESTION;
        (is_unit && !found.root.as_os_str().is_empty()).then_some(found)
    }

    /// Takes up one argument; whether it says how to compile.
    fn note(&mut self, flag: &str, value: Option<&OsStr>, argument: &OsStr) -> bool {
        let text = || {
            value
                .map(|value| value.to_string_lossy().into_owned())
                .unwrap_or_default()
        };
        match flag {
            "--crate-name" => self.crate_name = text(),
            "--test" => self.is_test = true,
            "--target" => self.platform = Some(text()),
            "--out-dir" => {
                self.out_directory = value.map(PathBuf::from).unwrap_or_default();
                return false;
            }
            "--cfg" => {
                let cfg = text();
                let feature = cfg.strip_prefix("feature=\"").and_then(|rest| rest.strip_suffix('"'));
                self.features.extend(feature.map(str::to_owned));
            }
            "-C" | "--codegen" => {
                let option = text();
                if let Some(extra) = option.strip_prefix("extra-filename=") {
                    extra.clone_into(&mut self.extra_filename);
                }
                // Dearer than it saves, and its directory belongs to the build.
                return !option.starts_with("incremental=");
            }
            // What to write, and how to say it: nothing is written, and people read what goes wrong.
            "--emit" | "-o" | "--error-format" | "--json" | "--diagnostic-width" => return false,
            _ if !flag.starts_with('-') && self.root.as_os_str().is_empty() => self.root = argument.into(),
            _ => {}
        }
        true
    }
}

/// Options of the compiler whose value may stand in the next argument.
const TAKES_VALUE: &[&str] = &[
    "--allow",
    "--cap-lints",
    "--cfg",
    "--check-cfg",
    "--codegen",
    "--color",
    "--crate-name",
    "--crate-type",
    "--deny",
    "--diagnostic-width",
    "--edition",
    "--emit",
    "--error-format",
    "--extern",
    "--force-warn",
    "--forbid",
    "--json",
    "--out-dir",
    "--remap-path-prefix",
    "--sysroot",
    "--target",
    "--warn",
    "-A",
    "-C",
    "-D",
    "-F",
    "-L",
    "-W",
    "-Z",
    "-l",
    "-o",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Option<Invocation> {
        let arguments: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
        Invocation::parse(&arguments)
    }

    #[test]
    fn a_unit_is_read_and_what_it_writes_is_left_out() {
        let found = parse(
            "--crate-name shop --edition=2024 src/lib.rs --error-format=json --json=artifacts --crate-type lib \
             --emit=dep-info,metadata -C embed-bitcode=no -C debuginfo=2 --cfg feature=\"fast\" --test \
             -C metadata=12 -C extra-filename=-12ab --out-dir /t/debug/deps -C incremental=/t/inc \
             --extern sqlx=/t/libsqlx.rmeta --target x86_64-unknown-linux-gnu",
        )
        .expect("a unit");
        assert_eq!(found.crate_name, "shop");
        assert_eq!(found.root, PathBuf::from("src/lib.rs"));
        assert_eq!(found.out_directory, PathBuf::from("/t/debug/deps"));
        assert_eq!(found.extra_filename, "-12ab");
        assert_eq!(found.features, ["fast"]);
        assert_eq!(found.platform.as_deref(), Some("x86_64-unknown-linux-gnu"));
        assert!(found.is_test);
        let kept: Vec<&str> = found.kept.iter().filter_map(|argument| argument.to_str()).collect();
        assert_eq!(
            kept.join(" "),
            "--crate-name shop --edition=2024 src/lib.rs --crate-type lib -C embed-bitcode=no -C debuginfo=2 \
             --cfg feature=\"fast\" --test -C metadata=12 -C extra-filename=-12ab --extern sqlx=/t/libsqlx.rmeta \
             --target x86_64-unknown-linux-gnu"
        );
    }

    #[test]
    fn questions_compile_nothing() {
        assert_eq!(parse("-vV"), None);
        assert_eq!(parse("- --crate-name ___ --print=file-names --crate-type bin"), None);
        assert_eq!(parse("--crate-name shop --print cfg src/lib.rs"), None);
    }
}
