//! One call of the compiler by cargo, as somebody sees it who judges a unit while it is built: which unit it is, how errors
//! are to be said, and what cargo is to watch.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{env, io};

use super::invocation::Invocation;
use super::store;
use super::wrapper::expanded;

/// A call that compiles a unit of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitCall {
    /// The root file, relative to the working directory or absolute.
    pub root: PathBuf,
    /// The manifest of the package.
    pub manifest: PathBuf,
    /// How errors are to be said.
    pub errors: ErrorFormat,
    dep_info: PathBuf,
}

/// How the compiler is asked to say what is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorFormat {
    /// For people.
    Human,
    /// A JSON object on a line each, that holds the text for people too.
    Json {
        /// Whether that text is coloured.
        colored: bool,
    },
}

impl UnitCall {
    /// Reads the arguments of a call, without the compiler; none for questions, and for what a build script has compiled to
    /// try the compiler.
    pub fn of_process(arguments: &[OsString]) -> Option<Self> {
        Self::of(arguments, &|name| env::var_os(name))
    }

    fn of(arguments: &[OsString], variable: &dyn Fn(&str) -> Option<OsString>) -> Option<Self> {
        let arguments = expanded(arguments);
        let invocation = Invocation::parse(&arguments)?;
        let directory = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
        // Cargo says this to the compiler of a unit, and not to a build script that runs.
        let is_unit = variable("CARGO_CRATE_NAME").is_some_and(|name| name == *invocation.crate_name);
        if !is_unit {
            return None;
        }
        let manifest = variable("CARGO_MANIFEST_PATH").map_or_else(|| directory.join("Cargo.toml"), PathBuf::from);
        Some(Self {
            dep_info: store::dep_info_of(&invocation),
            root: invocation.root,
            manifest,
            errors: ErrorFormat::of(&arguments),
        })
    }

    /// Has cargo compile the unit again, and so this be asked again, when one of these files changes.
    pub fn watch(&self, files: &[PathBuf]) -> io::Result<()> {
        if !self.dep_info.is_file() {
            // Whoever does without it is not told what changes.
            return Ok(());
        }
        let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
        store::watch(&self.dep_info, &files)
    }
}

impl ErrorFormat {
    fn of(arguments: &[OsString]) -> Self {
        let is_json = |value: &str| value == "json";
        if !values(arguments, "--error-format").any(|value| is_json(&value)) {
            return Self::Human;
        }
        let mut wishes = values(arguments, "--json");
        Self::Json {
            colored: wishes.any(|wishes| wishes.split(',').any(|wish| wish == "diagnostic-rendered-ansi")),
        }
    }
}

/// The values of an option, attached or in the next argument.
fn values<'a>(arguments: &'a [OsString], flag: &'a str) -> impl Iterator<Item = String> + 'a {
    let next = arguments.iter().skip(1).map(Some).chain([None]);
    arguments.iter().zip(next).filter_map(move |(argument, next)| {
        let rest = argument.to_str()?.strip_prefix(flag)?;
        match rest.strip_prefix('=') {
            Some(value) => Some(value.to_owned()),
            None => next.filter(|_| rest.is_empty())?.to_str().map(str::to_owned),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str, crate_name: &str) -> Option<UnitCall> {
        let arguments: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
        UnitCall::of(&arguments, &|name| match name {
            "CARGO_MANIFEST_DIR" => Some("/shop".into()),
            "CARGO_CRATE_NAME" => Some(crate_name.into()).filter(|name: &OsString| !name.is_empty()),
            _ => None,
        })
    }

    const UNIT: &str = "--crate-name shop src/lib.rs --crate-type lib -C extra-filename=-1 --out-dir /t";

    #[test]
    fn a_unit_is_told_from_what_a_build_script_tries() {
        let call = read(UNIT, "shop").expect("a unit");
        assert_eq!(
            (call.root, call.manifest, call.dep_info),
            ("src/lib.rs".into(), "/shop/Cargo.toml".into(), "/t/shop-1.d".into())
        );
        assert_eq!(read(UNIT, ""), None, "cargo says no crate's name to a build script");
        assert_eq!(read("-vV", "shop"), None);
        let script = "--crate-name build_script_build build.rs --crate-type bin --out-dir /t";
        assert!(
            read(script, "build_script_build").is_some(),
            "a build script is code of the workspace"
        );
        assert_eq!(read(script, ""), None, "and what it has compiled is not");
    }

    #[test]
    fn errors_are_said_as_asked() {
        let format = |more: &str| read(&format!("{UNIT} {more}"), "shop").map(|call| call.errors);
        assert_eq!(format(""), Some(ErrorFormat::Human));
        let json = |colored| Some(ErrorFormat::Json { colored });
        assert_eq!(format("--error-format=json --json=artifacts"), json(false));
        assert_eq!(
            format("--error-format json --json=diagnostic-rendered-ansi,artifacts"),
            json(true)
        );
    }
}
