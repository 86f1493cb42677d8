//! The git hook before a commit: in git's own place, or where a manager of hooks has its own.

use std::path::PathBuf;

use archguard_invariants::setup::{Part, State};

use super::section::{Comment, Section};
use super::site::{PROGRAM, Repository, Site, install};
use super::wanted::{Piece, Wanted};

/// Managers that run what stands in their own file: the file, and what is to be added.
const MANAGED: [(&str, &str); 8] = [
    ("lefthook.yml", LEFTHOOK),
    ("lefthook.yaml", LEFTHOOK),
    (".lefthook.yml", LEFTHOOK),
    (".lefthook.yaml", LEFTHOOK),
    ("lefthook.toml", LEFTHOOK),
    ("lefthook.json", LEFTHOOK),
    (
        ".overcommit.yml",
        "add a pre-commit hook that runs `cargo archguard check --quiet`",
    ),
    (
        ".rusty-hook.toml",
        "add `cargo archguard check --quiet` to `pre-commit`",
    ),
];
const LEFTHOOK: &str = "add to `pre-commit: commands:` an entry `archguard: { run: cargo archguard check --quiet }`";

/// The hook, or why there is none.
pub(super) fn piece(site: &Site) -> Piece {
    let Some(repository) = &site.repository else {
        return Piece::told(Part::Hook, None, State::NotNeeded, "this is no git repository");
    };
    if repository.root.join(super::pre_commit::FILE).is_file() {
        let why = "hooks are those of pre-commit here: see the part `pre-commit`";
        return Piece::told(Part::Hook, None, State::NotNeeded, why);
    }
    for (file, told) in MANAGED {
        let Ok(text) = std::fs::read_to_string(repository.root.join(file)) else {
            continue;
        };
        let state = if names_us(&text) { State::InPlace } else { State::ByHand };
        return Piece::told(Part::Hook, Some(file), state, told);
    }
    if repository.root.join(".husky").is_dir() {
        return wanted(site, repository.root.join(".husky/pre-commit")).piece();
    }
    let hook = repository.hooks.join("pre-commit");
    if !repository.has_own_hooks() {
        let path = repository.hooks_path.as_deref().unwrap_or_default();
        let why =
            format!("`core.hooksPath` is `{path}`, outside this repository: add `cargo archguard check --quiet` there");
        let has_it = std::fs::read_to_string(&hook).is_ok_and(|text| names_us(&text));
        let state = if has_it { State::InPlace } else { State::ByHand };
        return Piece::told(Part::Hook, Some(&site.display(&hook)), state, why);
    }
    wanted(site, hook).piece()
}

/// A hook that nobody runs, because git looks elsewhere.
pub(super) fn shadowed(site: &Site) -> Option<Piece> {
    let repository = site.repository.as_ref()?;
    let path = repository
        .hooks_path
        .as_ref()
        .filter(|_| repository.hooks != repository.own_hooks)?;
    let left = wanted(site, repository.own_hooks.join("pre-commit"));
    left.undo()?;
    let why = format!("git does not run it: `core.hooksPath` is `{path}`");
    Some(Piece::told(Part::Hook, Some(&left.display), State::Shadowed, why))
}

/// Wherever a hook of ours may be.
pub(super) fn places(site: &Site) -> Vec<Wanted> {
    let of = |repository: &Repository| {
        let mut places = vec![
            repository.root.join(".husky/pre-commit"),
            repository.hooks.join("pre-commit"),
            repository.own_hooks.join("pre-commit"),
        ];
        places.sort();
        places.dedup();
        places
    };
    let places = site.repository.as_ref().map(of).unwrap_or_default();
    places.into_iter().map(|path| wanted(site, path)).collect()
}

fn wanted(site: &Site, path: PathBuf) -> Wanted {
    let lines = [
        format!("if ! command -v {PROGRAM} >/dev/null 2>&1; then"),
        format!("    echo 'archguard is not installed: {}' >&2", install()),
        "    exit 1".to_owned(),
        "fi".to_owned(),
        format!("{PROGRAM} check --quiet{} || exit 1", site.manifest_option()),
    ];
    Wanted {
        part: Part::Hook,
        display: site.display(&path),
        path,
        frame: "#!/bin/sh\n",
        section: Section::sealed(Comment::Hash, &lines),
        placing: Box::new(place),
        already: names_us,
        executable: true,
    }
}

/// First: what stands there may end early.
fn place(text: &str, section: &Section) -> Result<String, String> {
    let Some(interpreter) = text.lines().next().filter(|line| line.starts_with("#!")) else {
        return Ok(section.put_into(text, 0));
    };
    let is_shell = interpreter
        .split(['/', ' '])
        .any(|word| ["sh", "bash", "dash", "zsh", "ksh"].contains(&word));
    if !is_shell {
        return Err(format!(
            "it is written for `{}`: run `cargo archguard check --quiet` in it",
            &interpreter[2..]
        ));
    }
    let at = text.find('\n').map_or(text.len(), |end| end + 1);
    Ok(section.put_into(text, at))
}

fn names_us(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim_start();
        !line.starts_with('#') && (line.contains("cargo archguard") || line.contains(PROGRAM))
    })
}
