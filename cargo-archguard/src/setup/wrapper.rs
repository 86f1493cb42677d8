//! The build wrapper: one line in cargo's configuration. What can keep cargo from heeding it is looked for here, too.

use std::path::{Path, PathBuf};

use archguard_invariants::setup::{Part, State};

use super::section::{Comment, Found, Section};
use super::site::{PROGRAM, Site, VERSION, install, is_installed};
use super::toml_key::{Key, Lines};
use super::wanted::{Piece, Wanted, read};

const KEY: Key = Key {
    table: "build",
    name: "rustc-workspace-wrapper",
};

/// The configuration that is to name the wrapper.
pub(super) fn wanted(site: &Site) -> Wanted {
    let path = configuration(&site.root);
    let text = read(&path).ok().flatten().unwrap_or_default();
    let lines = lines();
    Wanted {
        part: Part::Build,
        display: site.display(&path),
        section: choose(KEY, &lines, &text),
        path,
        frame: "",
        placing: Box::new(move |text, _| place(&lines, text)),
        already: |text| KEY.value(text).is_some_and(|value| names_us(&value)),
        executable: false,
    }
}

/// The section that a text has, or else the one that fits it.
pub(super) fn choose(key: Key, lines: &Lines, text: &str) -> Section {
    let variants = [&lines.below, &lines.headed, &lines.dotted];
    let there = variants.into_iter().find(|section| section.found(text) == Found::Same);
    let without = lines.headed.taken_out(text);
    let fitting = || {
        key.choose(lines, without.as_deref().unwrap_or(text))
            .map(|(section, _)| section)
    };
    there.or_else(fitting).unwrap_or(&lines.headed).clone()
}

/// Cargo reads the older name where both are there.
fn configuration(root: &Path) -> PathBuf {
    let older = root.join(".cargo/config");
    if older.is_file() {
        older
    } else {
        root.join(".cargo/config.toml")
    }
}

fn lines() -> Lines {
    let why = format!(
        "# Every compile of a workspace crate is judged, too. It needs: {}",
        install()
    );
    let key = format!("{} = \"{PROGRAM}\"", KEY.name);
    let section = |lines: &[String]| Section::sealed(Comment::Hash, lines);
    Lines {
        below: section(&[why.clone(), key.clone()]),
        headed: section(&[why.clone(), format!("[{}]", KEY.table), key.clone()]),
        dotted: section(&[why, format!("{}.{key}", KEY.table)]),
    }
}

fn place(lines: &Lines, text: &str) -> Result<String, String> {
    let by_hand = format!("add `{} = \"{PROGRAM}\"` to `[{}]`", KEY.name, KEY.table);
    if let Some(other) = KEY.value(text) {
        return Err(format!(
            "`{}` is {other}, and cargo takes one: {by_hand}, or use `--with macro`",
            KEY.name
        ));
    }
    let chosen = KEY.choose(lines, text);
    let (section, at) =
        chosen.ok_or_else(|| format!("it is written in a way that setup does not change: {by_hand}"))?;
    Ok(section.put_into(text, at))
}

fn names_us(value: &toml::Value) -> bool {
    value.as_str().is_some_and(is_us)
}

fn is_us(program: &str) -> bool {
    Path::new(program).file_stem().is_some_and(|stem| stem == PROGRAM)
}

/// What keeps cargo from calling the wrapper that is configured, or from finding it.
pub(super) fn obstacles(site: &Site) -> Vec<Piece> {
    let shadowed = |file: Option<&str>, why: String| Piece::told(Part::Build, file, State::Shadowed, why);
    let mut found = Vec::new();
    for name in ["RUSTC_WORKSPACE_WRAPPER", "CARGO_BUILD_RUSTC_WORKSPACE_WRAPPER"] {
        match std::env::var_os(name).map(|value| value.to_string_lossy().into_owned()) {
            Some(other) if other.is_empty() => {
                found.push(shadowed(
                    None,
                    format!("`{name}` is set to nothing: cargo calls no wrapper"),
                ));
            }
            Some(other) if !is_us(&other) => {
                let why = format!("`{name}` is set to `{other}`: cargo calls that instead");
                found.push(shadowed(None, why));
            }
            _ => {}
        }
    }
    for name in ["RUSTC_WRAPPER", "CARGO_BUILD_RUSTC_WRAPPER"] {
        if let Some(caching) = variable(name).filter(|other| is_caching(other)) {
            found.push(shadowed(None, caching_told(&format!("`{name}`"), &caching)));
        }
    }
    let own = configuration(&site.root);
    for folder in site.packages.iter().chain([&site.root]) {
        let path = configuration(folder);
        let Ok(Some(text)) = read(&path) else { continue };
        let shown = site.display(&path);
        if let Some(other) = KEY.value(&text).filter(|other| path != own && !names_us(other)) {
            let why = format!("it sets `{}` to {other} for builds that are started there", KEY.name);
            found.push(shadowed(Some(&shown), why));
        }
        let caching = Key {
            name: "rustc-wrapper",
            ..KEY
        }
        .value(&text);
        if let Some(caching) = caching
            .as_ref()
            .and_then(|value| value.as_str())
            .filter(|it| is_caching(it))
        {
            found.push(shadowed(Some(&shown), caching_told("`build.rustc-wrapper`", caching)));
        }
    }
    if !is_installed() {
        let why = format!("`{PROGRAM}` is not on the path, and no build finds it: {}", install());
        found.push(Piece::told(Part::Build, None, State::Shadowed, why));
    }
    found.sort_by(|left, right| (&left.file, &left.told).cmp(&(&right.file, &right.told)));
    found.dedup();
    found
}

fn variable(name: &str) -> Option<String> {
    let value = std::env::var_os(name)?.to_string_lossy().into_owned();
    (!value.is_empty()).then_some(value)
}

fn is_caching(program: &str) -> bool {
    let stem = Path::new(program)
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned());
    stem.is_some_and(|stem| ["sccache", "ccache", "cachepot", "kache"].contains(&stem.as_str()))
}

fn caching_told(by: &str, program: &str) -> String {
    format!("{by} is `{program}`, which answers from its cache without calling the wrapper")
}

/// For texts that name the version.
pub(super) fn dependency() -> String {
    format!("archguard = {{ version = \"{VERSION}\", features = [\"enforce\"] }}")
}
