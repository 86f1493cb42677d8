//! Marks in the fixture's files: `//~ rule`, and which line of the catalogue they belong to.

use std::fmt;
use std::fs;
use std::path::Path;

use super::judged::{Seen, files_below};

/// One place where a finding must (or may) stand.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    /// The line of the catalogue.
    pub(super) way: u32,
    /// The file, relative to the fixture.
    pub(super) file: String,
    /// The line in the file, from 1.
    pub(super) line: u32,
    /// The rule.
    pub(super) rule: String,
    /// Whether source evidence may miss it.
    pub(super) may: bool,
    /// Whether it is known through declared types only.
    pub(super) inferred: bool,
}

impl Mark {
    /// Whether a finding stands at the mark.
    pub(super) fn is_at(&self, seen: &Seen) -> bool {
        (&self.file, self.line, &self.rule) == (&seen.file, seen.line, &seen.rule)
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{} {}", self.file, self.line, self.rule)
    }
}

/// All marks of the fixture.
pub(super) fn marks(root: &Path) -> Vec<Mark> {
    let mut marks = Vec::new();
    for file in files_below(root) {
        let Ok(text) = fs::read_to_string(root.join(&file)) else {
            continue;
        };
        for (line, text) in (1..).zip(text.lines()) {
            if let Some((_, words)) = text.split_once("//~") {
                let (may, words) = words.strip_prefix('?').map_or((false, words), |words| (true, words));
                assert!(!words.trim().is_empty(), "{file}:{line}: a mark expects something");
                marks.extend(words.split_whitespace().map(|word| mark(&file, line, word, may)));
            }
        }
    }
    marks
}

fn mark(file: &str, line: u32, word: &str, may: bool) -> Mark {
    let (way, rule) = match word.split_once(':') {
        Some((way, rule)) => (way.parse().ok(), rule),
        None => (line_of(file), word),
    };
    let inferred = rule.strip_suffix("(inferred)");
    Mark {
        way: way.unwrap_or_else(|| panic!("{file}:{line}: the mark belongs to no line of the catalogue")),
        file: file.to_owned(),
        line,
        rule: inferred.unwrap_or(rule).to_owned(),
        may,
        inferred: inferred.is_some(),
    }
}

/// The line of the catalogue that a file belongs to by its name: `w07_inferred.rs`.
pub(super) fn line_of(file: &str) -> Option<u32> {
    let name = file.rsplit('/').next()?;
    name.strip_prefix('w')?.get(..2)?.parse().ok()
}
