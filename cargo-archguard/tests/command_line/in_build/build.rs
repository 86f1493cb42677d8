//! The fixture in a folder of its own with one of the two judges in its builds, and what they say.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use cargo_metadata::Message;
use cargo_metadata::diagnostic::{Diagnostic, DiagnosticLevel};
use serde_json::Value;
use tempfile::TempDir;

use super::judged::{Seen, files_below};
use crate::enforced::with_macro;
use crate::process::{archguard, text};

/// Who judges inside the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// The program in the compiler's place.
    Wrapper,
    /// `enforce!()` in every crate root.
    Macro,
}

/// The roots of what cargo builds of the members, in the three workspaces that have a policy.
const ROOTS: [&str; 10] = [
    "app/src/lib.rs",
    "broken/src/lib.rs",
    "domain/src/lib.rs",
    "domain/w38_build.rs",
    "patched/domain/src/lib.rs",
    "persistence/src/lib.rs",
    "proc_macros/src/lib.rs",
    "renamed_domain/src/lib.rs",
    "shared/src/lib.rs",
    "wrapper/src/lib.rs",
];

/// What a build tells.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Whether it succeeded.
    pub(super) is_built: bool,
    /// The places of findings.
    pub(super) seen: BTreeSet<Seen>,
    /// What no rule speaks of: problems, and what does not compile.
    pub(super) otherwise: Vec<String>,
}

/// A copy of the fixture.
pub(super) struct Bypasses {
    root: PathBuf,
    by: By,
    environment: &'static [(&'static str, &'static str)],
    package: Option<&'static str>,
    _folder: TempDir,
}

impl Bypasses {
    /// Copies `tests/bypasses` and has its builds judged.
    pub(super) fn new(by: By) -> Self {
        let original = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/bypasses");
        let folder = TempDir::new().unwrap();
        let root = folder.path().canonicalize().unwrap().join("bypasses");
        for file in files_below(&original) {
            let to = root.join(&file);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(original.join(&file), to).unwrap();
        }
        let bypasses = Self {
            root,
            by,
            environment: &[],
            package: None,
            _folder: folder,
        };
        match by {
            By::Wrapper => bypasses.append(
                ".cargo/config.toml",
                &format!(
                    "\n[build]\nrustc-workspace-wrapper = '{}'\n",
                    env!("CARGO_BIN_EXE_cargo-archguard")
                ),
            ),
            By::Macro => {
                for root in ROOTS {
                    bypasses.append(root, "\narchguard::enforce!();\n");
                }
            }
        }
        bypasses
    }

    /// Where it lies.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Has builds run with variables.
    pub(super) fn under(mut self, environment: &'static [(&'static str, &'static str)]) -> Self {
        self.environment = environment;
        self
    }

    /// Has one package built, not the workspace.
    pub(super) fn only(mut self, package: &'static str) -> Self {
        self.package = Some(package);
        self
    }

    /// Replaces a text that must be there.
    pub(super) fn edit(&self, file: &str, old: &str, new: &str) {
        let path = self.root.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(old), "{old}");
        fs::write(path, text.replace(old, new)).unwrap();
    }

    /// Adds to a file, which need not be there.
    pub(super) fn append(&self, file: &str, more: &str) {
        let path = self.root.join(file);
        let text = fs::read_to_string(&path).unwrap_or_default();
        fs::write(path, text + more).unwrap();
    }

    /// The verdict of the check.
    pub(super) fn verdict(&self) -> Value {
        self.verdict_under(&[])
    }

    /// The verdict of the check that runs with variables.
    pub(super) fn verdict_under(&self, variables: &[(&str, &str)]) -> Value {
        let output = self.tool(&["--format", "json"], variables);
        serde_json::from_str(&output).unwrap_or_else(|error| panic!("{error}: {output}"))
    }

    /// What the check tells, of errors.
    pub(super) fn check(&self) -> BTreeSet<Seen> {
        let verdict = self.verdict();
        assert_eq!(verdict["problems"], Value::Array(Vec::new()));
        let findings = verdict["findings"].as_array().unwrap().iter();
        findings
            .flat_map(|finding| {
                let sites = finding["sites"].as_array().unwrap().iter();
                sites.map(|site| Seen {
                    file: site["file"].as_str().unwrap().to_owned(),
                    line: u32::try_from(site["line"].as_u64().unwrap()).unwrap(),
                    rule: finding["rule"].as_str().unwrap().to_owned(),
                })
            })
            .collect()
    }

    /// Freezes what is found in code whose path is wanted.
    pub(super) fn freeze(&self, is_wanted: impl Fn(&str) -> bool) {
        self.tool(&["baseline"], &[]);
        let file = self.root.join("archguard.baseline.toml");
        let frozen = fs::read_to_string(&file).unwrap();
        let is_kept = |line: &&str| {
            let from = line.split_once("from = \"").and_then(|(_, rest)| rest.split_once('"'));
            from.is_none_or(|(from, _)| is_wanted(from))
        };
        let kept: Vec<&str> = frozen.lines().filter(is_kept).collect();
        fs::write(file, kept.join("\n") + "\n").unwrap();
    }

    fn tool(&self, arguments: &[&str], variables: &[(&str, &str)]) -> String {
        let output = archguard()
            .current_dir(&self.root)
            .env_remove("CI")
            .envs(variables.iter().copied())
            .arg("--offline")
            .args(arguments)
            .output()
            .unwrap();
        text(&output.stdout)
    }

    /// What a build tells, of everything unless it is said otherwise.
    pub(super) fn build(&self) -> Told {
        self.build_in("")
    }

    /// What a build of one of the fixture's workspaces tells, by its folder.
    pub(super) fn build_in(&self, directory: &str) -> Told {
        let root = self.root.join(directory);
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .current_dir(&root)
            .env("CARGO_TARGET_DIR", root.join("target"))
            .args(["check", "--keep-going", "--offline", "--message-format=json"])
            .args(self.package.map_or(vec!["--workspace"], |package| vec!["-p", package]))
            .env_remove("CI")
            .envs(self.environment.iter().copied());
        if self.by == By::Macro {
            let built = built_macro();
            let beside = built.parent().unwrap().display();
            // Directly, and for those whose dependencies were compiled with it.
            let flags = format!("--extern=archguard={}\u{1f}-Ldependency={beside}", built.display());
            cargo.env_remove("RUSTFLAGS").env("CARGO_ENCODED_RUSTFLAGS", flags);
        }
        let output = cargo.output().unwrap();
        let mut told = Told {
            is_built: output.status.success(),
            ..Told::default()
        };
        for message in Message::parse_stream(&output.stdout[..]) {
            let Message::CompilerMessage(message) = message.unwrap() else {
                continue;
            };
            if message.message.level == DiagnosticLevel::Error {
                match self.places(&message.message) {
                    Some(places) => told.seen.extend(places.into_iter().map(|seen| Seen {
                        file: format!("{directory}{}", seen.file),
                        ..seen
                    })),
                    None => told.otherwise.extend(message.message.rendered),
                }
            }
        }
        let is_said = !told.seen.is_empty() || !told.otherwise.is_empty();
        assert_ne!(told.is_built, is_said, "{}", text(&output.stderr));
        told
    }

    /// A path as the verdict prints it. For editors it is the one that they can open.
    fn shown(&self, file: &str) -> String {
        let below = Path::new(file).strip_prefix(self.root.join("target/debug/build")).ok();
        let generated = below.and_then(|below| {
            let package = below.iter().next()?.to_str()?.rsplit_once('-')?.0;
            Some(format!("out:{package}/{}", below.file_name()?.to_str()?))
        });
        generated.unwrap_or_else(|| file.to_owned())
    }

    /// Where a finding stands; none for an error that no rule speaks of.
    fn places(&self, message: &Diagnostic) -> Option<Vec<Seen>> {
        let seen = |rule: &str, file: &str, line: &str| Seen {
            file: self.shown(file),
            line: line.parse().unwrap(),
            rule: rule.to_owned(),
        };
        if self.by == By::Wrapper {
            let (rule, _) = message.code.as_ref()?.code.split_once('/')?;
            let places = message.spans.iter().filter(|span| span.is_primary);
            let places = places.map(|span| seen(rule, &span.file_name, &span.line_start.to_string()));
            return Some(places.collect());
        }
        let (_, words) = message.message.lines().next()?.rsplit_once('[')?;
        let (rule, _) = words.split_once('/')?;
        let places = message.message.lines().filter_map(|line| line.strip_prefix("  --> "));
        let places = places.map(|place| {
            let mut parts = place.rsplitn(3, ':').skip(1);
            let line = parts.next().unwrap();
            seen(rule, parts.next().unwrap(), line)
        });
        Some(places.collect())
    }
}

/// The macro, built as for those who depend on it, once for all. The fixture's crates come from a folder that stands for the
/// registry, so none of them can depend on what needs the true one: the compiler is told where the macro is.
fn built_macro() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let shop = with_macro();
        let output = shop.cargo().arg("--message-format=json").output().unwrap();
        let said = text(&output.stdout);
        let artifacts = Message::parse_stream(said.as_bytes()).filter_map(|message| match message.unwrap() {
            Message::CompilerArtifact(artifact) if artifact.target.name == "archguard" => Some(artifact),
            _ => None,
        });
        let built = artifacts.flat_map(|artifact| artifact.filenames).next();
        built.unwrap_or_else(|| panic!("{}", text(&output.stderr))).into()
    })
}
