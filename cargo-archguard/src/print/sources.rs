//! The files behind snippets, read when a snippet needs them. A file that is gone or has changed yields no snippet; the
//! finding is printed all the same.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;

use archguard_check::{CargoTarget, POLICY_FILE, SourceFiles};
use archguard_invariants::place::TextSpan;
use archguard_invariants::policy::PolicyTexts;
use archguard_invariants::verdict::describe;
use codespan_reporting::files::{Files, SimpleFiles};

/// A line longer than this (generated or minified code) would bury the finding: no snippet.
const LONGEST_LINE: usize = 500;

/// The byte order mark.
const MARK: char = '\u{feff}';

/// Where something stands: lines and columns from 1, columns in characters, the end exclusive.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stretch {
    /// First line and column.
    pub(crate) start: (u32, u32),
    /// Last line, and one past the last column.
    pub(crate) end: (u32, u32),
}

/// A stretch as the compiler names it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct CompilersPlace {
    /// The file: relative to the workspace root, or absolute.
    pub(crate) file: String,
    /// The bytes of the file as it lies on disk.
    pub(crate) bytes: Range<usize>,
    /// The lines that it touches, without their ends.
    pub(crate) lines: Vec<String>,
}

/// The files that a verdict speaks of.
#[derive(Debug)]
pub(crate) struct Sources {
    known: SourceFiles,
    root: PathBuf,
    paths: BTreeMap<String, PathBuf>,
    /// Files that begin with a byte order mark.
    marked: BTreeSet<usize>,
    opened: BTreeMap<String, Option<usize>>,
    files: SimpleFiles<String, String>,
    policy: Option<PolicyTexts>,
}

impl Sources {
    /// What can be shown of the files that a verdict speaks of.
    pub(crate) fn of(mut known: SourceFiles) -> Self {
        let mut sources = Self {
            root: known.root.clone(),
            paths: std::mem::take(&mut known.paths).into_iter().collect(),
            marked: BTreeSet::new(),
            opened: BTreeMap::new(),
            files: SimpleFiles::new(),
            policy: known.policy.take(),
            known: SourceFiles::default(),
        };
        for (display, text) in std::mem::take(&mut known.texts) {
            sources.add_text(&display, &text);
        }
        sources.known = known;
        sources
    }

    /// Adds a text that was read before, under its printed name.
    fn add_text(&mut self, display: &str, text: &str) {
        let id = self.add(display, text);
        self.opened.insert(display.to_owned(), Some(id));
    }

    /// The file and the bytes of a stretch of the policy, whichever of its files it is in.
    pub(crate) fn locate_policy(&mut self, span: TextSpan) -> Option<(usize, Range<usize>)> {
        let policy = self.policy.as_ref()?;
        let (file, span) = policy.locate(span);
        let display = file.file.to_string();
        self.locate_bytes(&display, span.start..span.end)
    }

    fn add(&mut self, display: &str, text: &str) -> usize {
        let id = self.files.add(display.to_owned(), printable(text));
        if text.starts_with(MARK) {
            self.marked.insert(id);
        }
        id
    }

    /// What codespan prints from.
    pub(crate) fn files(&self) -> &SimpleFiles<String, String> {
        &self.files
    }

    /// The file and the bytes of a stretch; none if there is nothing to show.
    pub(crate) fn locate(&mut self, display: &str, stretch: Stretch) -> Option<(usize, Range<usize>)> {
        let id = self.open(display)?;
        let start = self.byte(id, stretch.start, LONGEST_LINE)?;
        let end = self.byte(id, stretch.end, LONGEST_LINE)?;
        (start <= end).then_some((id, start..end))
    }

    /// A stretch as the compiler names it; none if it is not there.
    pub(crate) fn place(&mut self, display: &str, stretch: Stretch) -> Option<CompilersPlace> {
        let id = self.open(display)?;
        let start = self.byte(id, stretch.start, usize::MAX)?;
        let end = self.byte(id, stretch.end, usize::MAX)?;
        let before = if self.marked.contains(&id) { MARK.len_utf8() } else { 0 };
        let line = |number: u32| {
            let range = self.files.line_range(id, number.checked_sub(1)? as usize).ok()?;
            let text = self.files.source(id).ok()?.get(range)?;
            Some(text.trim_end_matches(['\n', '\r']).to_owned())
        };
        Some(CompilersPlace {
            file: self.compilers_name(display),
            bytes: start + before..end + before,
            lines: (stretch.start.0..=stretch.end.0).filter_map(line).collect(),
        })
        .filter(|place| place.bytes.start <= place.bytes.end)
    }

    /// A file as a compiler that runs in the workspace root names it.
    fn compilers_name(&self, display: &str) -> String {
        match self.paths.get(display) {
            Some(path) if *path != self.root.join(display) => path.to_string_lossy().into_owned(),
            _ => display.to_owned(),
        }
    }

    /// The file where to show what has no place: the policy, else the manifest of the workspace.
    pub(crate) fn file_for_what_has_none(&self) -> Option<String> {
        let first = self.policy.as_ref().and_then(|policy| policy.files().first());
        let policy = first.map(|file| file.file.to_string());
        let candidates = policy.into_iter().chain([POLICY_FILE, "Cargo.toml"].map(str::to_owned));
        let mut existing = candidates.filter(|file| self.root.is_absolute() && self.root.join(file).is_file());
        existing.next()
    }

    /// The target whose item this is.
    pub(crate) fn target_of(&self, item: &str) -> Option<&CargoTarget> {
        self.known.target_of(item)
    }

    /// A target of the package that a file belongs to.
    pub(crate) fn target_near(&self, file: Option<&str>) -> Option<&CargoTarget> {
        let path = file.map_or_else(|| self.root.clone(), |file| self.path(file));
        self.known.target_near(&path)
    }

    fn path(&self, display: &str) -> PathBuf {
        let known = self.paths.get(display).cloned();
        known.unwrap_or_else(|| self.root.join(display))
    }

    /// The file and the bytes of a stretch of a text added before.
    fn locate_bytes(&mut self, display: &str, range: Range<usize>) -> Option<(usize, Range<usize>)> {
        let id = self.open(display)?;
        let text = self.files.source(id).ok()?;
        text.get(range.clone())?;
        Some((id, range))
    }

    /// The path of a file from the root of the repository that holds the workspace, with `/`: what platforms know files by.
    /// None for what lies outside of it.
    pub(crate) fn in_repository(&self, display: &str) -> Option<String> {
        let root = self.root.canonicalize().unwrap_or_else(|_| self.root.clone());
        let repository = root
            .ancestors()
            .find(|folder| folder.join(".git").exists())
            .unwrap_or(&root);
        let path = self.path(display).canonicalize().ok()?;
        let inside = path.strip_prefix(repository).ok()?;
        Some(inside.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"))
    }

    /// The file, lines and columns of a stretch of the policy.
    pub(crate) fn stretch_of_policy(&mut self, span: TextSpan) -> Option<(String, Stretch)> {
        let (id, range) = self.locate_policy(span)?;
        let text = self.files.source(id).ok()?;
        let at = |byte| {
            let position = describe::position(text, byte);
            (position.line, position.column)
        };
        let stretch = Stretch {
            start: at(range.start),
            end: at(range.end),
        };
        Some((self.files.get(id).ok()?.name().clone(), stretch))
    }

    fn open(&mut self, display: &str) -> Option<usize> {
        if let Some(known) = self.opened.get(display) {
            return *known;
        }
        let path = self.path(display);
        let text = std::fs::read_to_string(path).ok();
        let id = text.map(|text| self.add(display, &text));
        self.opened.insert(display.to_owned(), id);
        id
    }

    fn byte(&self, id: usize, (line, column): (u32, u32), longest: usize) -> Option<usize> {
        let range = self
            .files
            .line_range(id, usize::try_from(line).ok()?.checked_sub(1)?)
            .ok()?;
        let line = self.files.source(id).ok()?.get(range.clone())?;
        if line.len() > longest {
            return None;
        }
        let line = line.trim_end_matches(['\n', '\r']);
        let before = usize::try_from(column).ok()?.checked_sub(1)?;
        let ends = line.char_indices().map(|(index, _)| index).chain([line.len()]);
        ends.skip(before).map(|index| range.start + index).next()
    }
}

/// The text without its byte order mark, which no column counts, and with control characters made harmless byte for byte:
/// a source file must not be able to drive the terminal.
fn printable(text: &str) -> String {
    let text = text.strip_prefix(MARK).unwrap_or(text);
    let harmless = |character: char| match character {
        '\n' | '\r' | '\t' => character,
        control if control.is_ascii_control() => '?',
        other => other,
    };
    text.chars().map(harmless).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(text: &str, start: (u32, u32), end: (u32, u32)) -> Option<String> {
        let mut sources = Sources::of(SourceFiles::default());
        sources.add_text("a.rs", text);
        let (id, range) = sources.locate("a.rs", Stretch { start, end })?;
        Some(sources.files.source(id).unwrap()[range].to_owned())
    }

    #[test]
    fn columns_are_characters_whatever_their_width() {
        assert_eq!(
            located("let ä = \"日本\"; q();", (1, 15), (1, 16)).as_deref(),
            Some("q")
        );
        assert_eq!(located("\tq();", (1, 2), (1, 3)).as_deref(), Some("q"));
    }

    #[test]
    fn line_ends_and_marks_are_no_columns() {
        assert_eq!(located("a\r\nbc\r\n", (2, 1), (2, 3)).as_deref(), Some("bc"));
        assert_eq!(located("\u{feff}abc", (1, 1), (1, 2)).as_deref(), Some("a"));
        assert_eq!(located("abc", (1, 4), (1, 4)).as_deref(), Some(""));
    }

    #[test]
    fn a_stretch_that_is_not_there_is_none() {
        assert_eq!(located("abc\r\n", (1, 5), (1, 6)), None);
        assert_eq!(located("abc", (3, 1), (3, 2)), None);
        assert_eq!(located("abc", (0, 0), (0, 0)), None);
        assert_eq!(located("abc", (1, 3), (1, 1)), None);
        assert_eq!(located(&"x".repeat(LONGEST_LINE + 1), (1, 1), (1, 2)), None);
    }

    #[test]
    fn a_file_cannot_drive_the_terminal() {
        assert_eq!(located("a\u{1b}[31mb", (1, 1), (1, 8)).as_deref(), Some("a?[31mb"));
    }
}
