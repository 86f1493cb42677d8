//! The macro: a dependency in each manifest, and `archguard::enforce!();` in each root file of a library or binary.

use std::collections::BTreeSet;
use std::path::Path;

use archguard_invariants::setup::{Part, State};

use super::section::{Comment, Section};
use super::site::Site;
use super::toml_key::{Key, Lines};
use super::wanted::{Piece, Wanted, read};
use super::wrapper::{choose, dependency};

const KEY: Key = Key {
    table: "dependencies",
    name: "archguard",
};
const CALL: &str = "archguard::enforce!();";

/// The manifests and root files.
pub(super) fn wanted(site: &Site) -> Vec<Wanted> {
    let crates = site
        .crates
        .iter()
        .filter(|krate| krate.root.is_file() && !krate.is_2015);
    let manifests: BTreeSet<&Path> = crates.clone().map(|krate| krate.manifest.as_path()).collect();
    let roots: BTreeSet<&Path> = crates.map(|krate| krate.root.as_path()).collect();
    let manifests = manifests.into_iter().map(|path| manifest(site, path));
    manifests
        .chain(roots.into_iter().map(|path| root_file(site, path)))
        .collect()
}

/// What is left to people.
pub(super) fn by_hand(site: &Site) -> Vec<Piece> {
    let older = site.crates.iter().filter(|krate| krate.is_2015);
    let why = format!(
        "edition 2015: add `extern crate archguard;` and `{CALL}`, and the dependency `{}`",
        dependency()
    );
    older
        .map(|krate| {
            Piece::told(
                Part::Build,
                Some(&site.display(&krate.root)),
                State::ByHand,
                why.clone(),
            )
        })
        .collect()
}

fn manifest(site: &Site, path: &Path) -> Wanted {
    let text = read(path).ok().flatten().unwrap_or_default();
    let lines = lines();
    Wanted {
        part: Part::Build,
        path: path.to_path_buf(),
        display: site.display(path),
        frame: "",
        section: choose(KEY, &lines, &text),
        placing: Box::new(move |text, _| {
            if KEY.value(text).is_some() {
                return Err("it has the dependency `archguard`: add the feature `enforce` to it".to_owned());
            }
            let chosen = KEY.choose(&lines, text);
            let (section, at) = chosen.ok_or_else(|| format!("add the dependency `{}`", dependency()))?;
            Ok(section.put_into(text, at))
        }),
        already: |text| {
            let features = KEY
                .value(text)
                .and_then(|value| value.get("features")?.as_array().cloned());
            features.is_some_and(|all| all.iter().any(|feature| feature.as_str() == Some("enforce")))
        },
        executable: false,
    }
}

fn lines() -> Lines {
    let section = |lines: &[String]| Section::sealed(Comment::Hash, lines);
    Lines {
        below: section(&[dependency()]),
        headed: section(&[format!("[{}]", KEY.table), dependency()]),
        dotted: section(&[format!("{}.{}", KEY.table, dependency())]),
    }
}

fn root_file(site: &Site, path: &Path) -> Wanted {
    Wanted {
        part: Part::Build,
        path: path.to_path_buf(),
        display: site.display(path),
        frame: "",
        section: Section::plain(Comment::Slashes, &[CALL.to_owned()]),
        placing: Box::new(|text, section| {
            let at = first_item(text).ok_or_else(|| format!("add `{CALL}` before its first item"))?;
            Ok(section.put_into(text, at))
        }),
        already: |text| {
            text.lines()
                .any(|line| line.trim_start().starts_with("archguard::enforce!"))
        },
        executable: false,
    }
}

/// The beginning of the line after everything that speaks of the whole file: `#!`, inner attributes, inner documentation.
/// None where an item begins in the same line.
fn first_item(text: &str) -> Option<usize> {
    let start = text.strip_prefix('\u{feff}').map_or(0, |rest| text.len() - rest.len());
    let mut at = start;
    if text[at..].starts_with("#!") && !is_inner_attribute(&text[at..]) {
        at += text[at..].find('\n').map_or(text.len() - at, |end| end + 1);
    }
    let mut place = at;
    loop {
        at += text[at..].len() - text[at..].trim_start().len();
        let rest = &text[at..];
        let (length, is_of_the_file) = if rest.starts_with("//!") {
            (line_length(rest), true)
        } else if rest.starts_with("//") && !is_outer_line(rest) {
            (line_length(rest), false)
        } else if rest.starts_with("/*") && !is_outer_block(rest) {
            (block_length(rest)?, rest.starts_with("/*!"))
        } else if is_inner_attribute(rest) {
            (attribute_length(rest)?, true)
        } else {
            return (place == start || place == text.len() || text[..place].ends_with('\n')).then_some(place);
        };
        at += length;
        if is_of_the_file {
            let end = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
            let between = text[at..end].trim();
            if !between.is_empty() && !between.starts_with("//") {
                return None;
            }
            place = end;
            at = end;
        }
    }
}

fn is_inner_attribute(text: &str) -> bool {
    let rest = text.strip_prefix("#!").map(str::trim_start);
    rest.is_some_and(|rest| rest.starts_with('['))
}

fn is_outer_line(text: &str) -> bool {
    text.starts_with("///") && !text.starts_with("////")
}

fn is_outer_block(text: &str) -> bool {
    text.starts_with("/**") && !text.starts_with("/***") && !text.starts_with("/**/")
}

fn line_length(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

/// Block comments nest.
fn block_length(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let open = rest.find("/*");
        let close = rest.find("*/")?;
        if let Some(open) = open.filter(|&open| open < close) {
            depth += 1;
            at += open + 2;
        } else {
            depth = depth.checked_sub(1)?;
            at += close + 2;
            if depth == 0 {
                return Some(at);
            }
        }
    }
}

/// To the bracket that closes it; brackets in strings do not count.
fn attribute_length(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '[' => depth += 1,
            ']' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            // Raw strings in attributes of a whole file: left to people.
            'r' if text[at..].starts_with("r#\"") => return None,
            '"' => loop {
                match characters.next()?.1 {
                    '\\' => {
                        characters.next()?;
                    }
                    '"' => break,
                    _ => {}
                }
            },
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::first_item;

    /// The place is where `|` stands.
    fn check(marked: &str) {
        let text = marked.replacen('|', "", 1);
        assert_eq!(first_item(&text), marked.find('|'), "{marked}");
    }

    #[test]
    fn the_call_goes_before_the_first_item_and_after_what_speaks_of_the_file() {
        check("|");
        check("|use a;\n");
        check("\n//! Docs.\n//! More.\n|\nuse a;\n");
        check("// License.\n\n//! Docs.\n#![allow(x)]\n|/// Of the item.\nfn f() {}\n");
        check("#!/usr/bin/env cargo\n|fn main() {}\n");
        check("#![feature(a)] // why\n|fn main() {}\n");
        check("#![doc = \"a ] b \\\" ]\"]\n#![cfg_attr(\n    x,\n    y(z[1])\n)]\n|mod a;\n");
        check("/*! Docs /* nested */ more */\n|/** Item */\nmod a;\n");
        check("|// License.\n/* more */\nmod a;\n");
        check("//! Docs.|");
        check("#![a]\r\n|mod a;\r\n");
    }

    #[test]
    fn where_an_item_begins_in_the_same_line_it_is_left_to_people() {
        for text in ["#![a] mod b;\n", "#![a = r#\"]\"#]\n", "/*! open", "#![open"] {
            assert_eq!(first_item(text), None, "{text}");
        }
    }
}
