//! Other tools that people run for the like, where they are installed. Nobody has to have them; what is not there, or does
//! not run as it is called here, is left out.

use std::path::PathBuf;
use std::process::Command;

use super::case::{Case, EndsWith, What};
use super::place::Place;

/// A tool that reads the workspace, and how it is called.
struct Tool {
    label: &'static str,
    program: &'static str,
    /// Cargo's words for it; none for a program that is called itself.
    words: &'static [&'static str],
    by_cargo: bool,
}

const TOOLS: [Tool; 3] = [
    Tool {
        label: "`cargo deny check bans`",
        program: "cargo-deny",
        words: &["deny", "--offline", "--workspace", "check", "bans"],
        by_cargo: true,
    },
    Tool {
        label: "`cargo modules dependencies`, one library",
        program: "cargo-modules",
        words: &["modules", "dependencies", "--lib"],
        by_cargo: true,
    },
    Tool {
        label: "`arch-lint check`",
        program: "arch-lint",
        words: &["check"],
        by_cargo: false,
    },
];

/// Prohibitions as clippy knows them: named functions, everywhere.
const CLIPPY: &str = "disallowed-methods = [\"std::process::exit\", \"std::env::var\", \"std::fs::read_to_string\"]\n";

/// Those that build nothing.
pub(crate) fn that_read<'a>(place: &'a Place<'a>) -> Vec<Case<'a>> {
    let installed = TOOLS.iter().filter(|tool| is_installed(tool.program));
    let case = |tool: &'static Tool| {
        Case::plain(What::Tool(tool.label), EndsWith::Verdict, move || {
            if tool.by_cargo {
                place.cargo(tool.words)
            } else {
                place.program(tool.program, tool.words)
            }
        })
    };
    installed.map(case).collect()
}

/// Clippy with a list of disallowed methods, over the own crates.
pub(crate) fn that_build<'a>(
    place: &'a Place<'a>,
    forget_members: impl Fn() -> Result<(), String> + 'a,
) -> Vec<Case<'a>> {
    if !is_installed("cargo-clippy") {
        return Vec::new();
    }
    let configuration = place.root.join("target/clippy-configuration");
    let folder = configuration.clone();
    let prepare = move |_| {
        forget_members()?;
        let written =
            std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(folder.join("clippy.toml"), CLIPPY));
        written.map_err(|error| format!("{}: {error}", folder.display()))
    };
    let command = move || -> Command {
        let lints = ["--", "-A", "clippy::all", "-W", "clippy::disallowed_methods"];
        let mut command = place.cargo(&[&["clippy", "--workspace"], &lints[..]].concat());
        command.env("CLIPPY_CONF_DIR", &configuration);
        command
    };
    let what = What::Tool("`cargo clippy` of the own crates, with a list of disallowed methods");
    vec![Case::after(what, EndsWith::Success, prepare, command)]
}

/// Whether a program lies where programs are looked for.
fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.extend(std::env::home_dir().map(|home| home.join(".cargo/bin")));
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    folders.iter().any(|folder| folder.join(&name).is_file())
}
