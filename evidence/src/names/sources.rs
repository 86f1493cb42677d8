//! Reading files: text, encoding, parsing, in parallel where it is known beforehand what will be needed.
//! A file is read once, whatever the number of targets and links that lead to it.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use elsa::FrozenVec;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rustc_hash::{FxHashMap, FxHashSet};

use super::ahead::Ahead;
use super::builds::Builds;
use super::ids::SourceId;
use super::kept_facts::{Entry, KeptFacts, ReadAs};
use super::module_files::{self, ModuleFile};
use super::nesting::nesting;
use super::parser::Parser;
use super::skim::skim;
use crate::facts::extract::{Depth, extract, extract_expression};
use crate::facts::model::FileFacts;
use crate::kept::shelf::Address;

/// Why a file has no facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unreadable {
    Missing,
    Io(String),
    NotUtf8 { offset: usize },
    Syntax { message: String, line: u32, column: u32 },
    TooDeep { levels: usize },
}

/// A file that has been read, or could not be.
#[derive(Debug)]
pub(crate) struct Source {
    /// The path by which it was first reached.
    pub(crate) path: PathBuf,
    pub(crate) facts: Result<Arc<FileFacts>, Unreadable>,
    pub(crate) lines: u32,
    /// What it held then; nothing of what never changes, and where nothing is kept.
    pub(crate) read_as: Option<ReadAs>,
}

impl Source {
    fn of(path: &Path, Entry { facts, lines }: Entry<FileFacts>, read_as: Option<ReadAs>) -> Self {
        Self {
            path: path.to_path_buf(),
            facts: Ok(Arc::new(facts)),
            lines,
            read_as,
        }
    }

    fn failed(path: &Path, why: Unreadable) -> Self {
        Self {
            path: path.to_path_buf(),
            facts: Err(why),
            lines: 0,
            read_as: None,
        }
    }
}

/// All files read so far.
#[derive(Default)]
pub(crate) struct SourceStore {
    sources: FrozenVec<Box<Source>>,
    by_path: RefCell<FxHashMap<PathBuf, SourceId>>,
    /// Files that are not read, by the one that holds the same and is.
    doubles: RefCell<FxHashMap<PathBuf, PathBuf>>,
    ahead: Ahead,
    parser: Parser,
}

/// What a nested text costs the parser on its stack, by level; generous, since unused stack costs nothing.
const STACK_PER_LEVEL: usize = 48 * 1024;
/// Up to this nesting the ordinary stack serves.
const ORDINARY_NESTING: usize = 100;
/// Beyond this nesting a file is named as unexamined instead of read.
const DEEPEST_NESTING: usize = 30_000;

impl SourceStore {
    /// A store that says what is kept of files that have not changed.
    pub(super) fn over(kept: KeptFacts, builds: Builds) -> Self {
        Self {
            ahead: Ahead::over(kept, builds),
            ..Self::default()
        }
    }

    /// What is done ahead of need.
    pub(super) fn ahead(&self) -> &Ahead {
        &self.ahead
    }

    /// What is kept of files and expansions.
    pub(crate) fn kept(&self) -> &KeptFacts {
        self.ahead.kept()
    }

    pub(crate) fn get(&self, id: SourceId) -> &Source {
        &self.sources[id.index()]
    }

    /// Every file read so far, and those that could not be.
    pub(crate) fn sources(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter()
    }

    /// The facts of every file read so far.
    pub(crate) fn facts(&self) -> impl Iterator<Item = &FileFacts> {
        self.sources.iter().filter_map(|source| source.facts.as_deref().ok())
    }

    /// The file of a module, read if it has not been.
    pub(crate) fn load(&self, file: &ModuleFile, depth: Depth) -> SourceId {
        self.load_file(&file.path, depth, |source| {
            if depth == Depth::Declarations {
                self.ahead.follow(source, file.by_attribute);
            }
        })
    }

    /// The file at a path; what is to be done with one that had to be parsed here.
    fn load_file(&self, path: &Path, depth: Depth, parsed_here: impl FnOnce(&Source)) -> SourceId {
        let key = self.canonical(path);
        if let Some(&id) = self.by_path.borrow().get(&key) {
            return id;
        }
        // What is kept or has been read ahead is only fetched.
        let source = match self.ahead.fetch(&key, path, depth) {
            Known::Source(source) => source,
            Known::Text(text) => {
                let source = text.read_by(path, |text| self.parser.parse(text, depth));
                parsed_here(&source);
                source
            }
        };
        self.keep(key, source)
    }

    /// The file of an `include!`: items, or else one expression.
    pub(crate) fn load_included(&self, path: &Path, depth: Depth) -> SourceId {
        let id = self.load_file(path, depth, |_| {});
        if !matches!(self.get(id).facts, Err(Unreadable::Syntax { .. })) {
            return id;
        }
        let source = std::fs::read_to_string(path).ok().and_then(|text| {
            let facts = extract_expression(&text, depth).ok()?;
            let lines = text.lines().count() as u32;
            Some(Source {
                path: path.to_path_buf(),
                facts: Ok(Arc::new(facts)),
                lines,
                read_as: self.kept().read_as(text.as_bytes(), depth),
            })
        });
        source.map_or(id, |source| self.keep(self.canonical(path), source))
    }

    /// Where a path leads, absolute and without links.
    pub(crate) fn canonical(&self, path: &Path) -> PathBuf {
        self.ahead.places().canonical(path)
    }

    /// Whether a file has been read; the path is canonical.
    pub(crate) fn knows(&self, canonical: &Path) -> bool {
        self.by_path.borrow().contains_key(canonical)
    }

    /// The file that has been read from a canonical path.
    pub(crate) fn source_at(&self, canonical: &Path) -> Option<SourceId> {
        let doubles = self.doubles.borrow();
        let canonical = doubles.get(canonical).map_or(canonical, PathBuf::as_path);
        self.by_path.borrow().get(canonical).copied()
    }

    /// Reads single files in parallel.
    pub(crate) fn prefetch_files(&self, paths: Vec<PathBuf>, depth: Depth) {
        let wanted: Vec<(PathBuf, PathBuf)> = {
            let known = self.by_path.borrow();
            paths
                .into_iter()
                .map(|path| (self.canonical(&path), path))
                .filter(|(key, _)| !known.contains_key(key))
                .collect()
        };
        let ahead = &self.ahead;
        let read: Vec<_> = wanted
            .into_par_iter()
            .map(|(key, path)| {
                let source = ahead.take(&key, &path, depth);
                (key, source)
            })
            .collect();
        for (key, source) in read {
            self.keep(key, source);
        }
    }

    /// Begins to read what these root files lead to, in their order, while nobody needs it yet.
    pub(crate) fn read_ahead(&self, roots: &[PathBuf]) {
        let children = |root: &PathBuf| -> Vec<ModuleFile> {
            let id = self.by_path.borrow().get(&self.canonical(root)).copied();
            let facts = id.and_then(|id| self.get(id).facts.as_ref().ok());
            facts.map_or_else(Vec::new, |facts| {
                module_files::likely_children_of_file(facts, root, true, self.ahead.builds())
            })
        };
        let lines = self.sources.iter().map(|source| source.lines as usize).sum();
        self.ahead.begin(roots.iter().flat_map(children).collect(), lines);
    }

    /// Lets the file at one path, read or yet to be, stand for files that hold the same; all paths are canonical.
    pub(crate) fn stand_in(&self, first: &Path, others: impl Iterator<Item = PathBuf>) {
        let mut doubles = self.doubles.borrow_mut();
        doubles.extend(others.map(|other| (other, first.to_path_buf())));
    }

    fn keep(&self, key: PathBuf, source: Source) -> SourceId {
        let id = SourceId::new(self.sources.len() as u32);
        self.sources.push(Box::new(source));
        self.by_path.borrow_mut().insert(key, id);
        id
    }

    /// Reads whole module trees in parallel, a level at a time, from their root files.
    pub(crate) fn prefetch(&self, roots: Vec<PathBuf>, depth: Depth) {
        let mut seen: FxHashSet<PathBuf> = FxHashSet::default();
        let mut level: Vec<(PathBuf, bool)> = roots.into_iter().map(|root| (root, true)).collect();
        while !level.is_empty() {
            let mut wanted = Vec::new();
            for (path, is_root) in level {
                let key = self.canonical(&path);
                if !self.knows(&key) && seen.insert(key.clone()) {
                    wanted.push((key, path, is_root));
                }
            }
            let ahead = &self.ahead;
            let read: Vec<_> = wanted
                .into_par_iter()
                .map(|(key, path, is_root)| {
                    let source = ahead.take(&key, &path, depth);
                    let children = source.facts.as_ref().map_or_else(
                        |_| Vec::new(),
                        |facts| module_files::children_of_file(facts, &path, is_root, ahead.builds()),
                    );
                    (key, source, children)
                })
                .collect();
            level = Vec::new();
            for (key, source, children) in read {
                level.extend(children.into_iter().map(|child| (child.path, child.by_attribute)));
                self.keep(key, source);
            }
        }
    }
}

/// Reads one file, or says what is kept of it.
pub(super) fn read(path: &Path, depth: Depth, kept: &KeptFacts) -> Source {
    match known_or_text(path, depth, kept) {
        Known::Source(source) => source,
        Known::Text(text) => text.read_by(path, |text| facts_of(&text, depth)),
    }
}

/// What can be said of a file without parsing it.
pub(super) enum Known<'k> {
    /// What is kept of it, or why it cannot be read.
    Source(Source),
    /// What is to be parsed.
    Text(Text<'k>),
}

/// A file's text, yet to be parsed, and where its facts will be kept.
pub(super) struct Text<'k> {
    content: String,
    read_as: Option<ReadAs>,
    address: Option<Address<'k>>,
}

/// Says what is kept of a file, or else what it holds.
pub(super) fn known_or_text<'k>(path: &Path, depth: Depth, kept: &'k KeptFacts) -> Known<'k> {
    let unpacked = kept.of_unpacked(path, depth);
    if let Some(entry) = unpacked.and_then(Address::get::<Entry<FileFacts>>) {
        return Known::Source(Source::of(path, entry, None));
    }
    let unchanged = kept.of_unchanged(path, depth);
    if let Some(entry) = unchanged.and_then(|read_as| kept.of_content(read_as)?.get::<Entry<FileFacts>>()) {
        return Known::Source(Source::of(path, entry, unchanged));
    }
    let failed = |why| Known::Source(Source::failed(path, why));
    let bytes = match bytes_of(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return failed(Unreadable::Missing),
        Err(error) => return failed(Unreadable::Io(error.to_string())),
    };
    let read_as = if unpacked.is_some() {
        None
    } else {
        kept.read_as(&bytes, depth)
    };
    let address = unpacked.or_else(|| kept.of_content(read_as?));
    if let Some(entry) = address.and_then(Address::get::<Entry<FileFacts>>) {
        return Known::Source(Source::of(path, entry, read_as));
    }
    match text_of(bytes) {
        Ok(content) => Known::Text(Text {
            content,
            read_as,
            address,
        }),
        Err(why) => Known::Source(Source {
            read_as,
            ..Source::failed(path, why)
        }),
    }
}

impl Text<'_> {
    /// The file's source, its text parsed by whoever does so.
    pub(super) fn read_by(self, path: &Path, parse: impl FnOnce(String) -> Result<FileFacts, Unreadable>) -> Source {
        let Self {
            content,
            read_as,
            address,
        } = self;
        let lines = lines_of(&content);
        let facts = match parse(content) {
            Ok(facts) => facts,
            Err(why) => {
                return Source {
                    lines,
                    read_as,
                    ..Source::failed(path, why)
                };
            }
        };
        if let Some(address) = address {
            address.add(&Entry { facts: &facts, lines });
        }
        Source::of(path, Entry { facts, lines }, read_as)
    }
}

/// What a text says, as deep as it is wanted.
pub(super) fn facts_of(text: &str, depth: Depth) -> Result<FileFacts, Unreadable> {
    match depth {
        Depth::Everything => parse(text, depth),
        Depth::Declarations => parse_declarations(text),
    }
}

/// What a file's bytes say, with every offset as it is there.
fn text_of(bytes: Vec<u8>) -> Result<String, Unreadable> {
    let mut text = String::from_utf8(bytes).map_err(|error| Unreadable::NotUtf8 {
        offset: error.utf8_error().valid_up_to(),
    })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    blank_shebang(&mut text);
    Ok(text)
}

/// How many lines a text has, as `str::lines` counts them: without the loop over characters that it is found by.
#[expect(
    clippy::naive_bytecount,
    reason = "compiled to vector instructions, which is fast enough without another crate"
)]
fn lines_of(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let ended = bytes.iter().filter(|&&byte| byte == b'\n').count();
    let is_open = bytes.last().is_some_and(|&byte| byte != b'\n');
    (ended + usize::from(is_open)) as u32
}

/// What is in a file. A pipe is none: nobody may ever write it.
pub(crate) fn bytes_of(path: &Path) -> std::io::Result<Vec<u8>> {
    let metadata = std::fs::metadata(path)?;
    if metadata.is_file() || metadata.is_dir() {
        std::fs::read(path)
    } else {
        Err(std::io::Error::other("it is no file, but a pipe, a socket or a device"))
    }
}

/// A shebang line becomes a comment of the same length, so that every offset stays what it is.
fn blank_shebang(text: &mut String) {
    let is_attribute = || text[2..].trim_start().starts_with('[');
    if text.starts_with("#!") && !is_attribute() {
        text.replace_range(..2, "//");
    }
}

/// A dependency's file, skimmed before it is parsed: three quarters of its tokens are never made. What does not parse
/// that way is read as it stands.
fn parse_declarations(text: &str) -> Result<FileFacts, Unreadable> {
    let skimmed = skim(text).and_then(|skimmed| parse(&skimmed, Depth::Declarations).ok());
    skimmed.map_or_else(|| parse(text, Depth::Declarations), Ok)
}

fn parse(text: &str, depth: Depth) -> Result<FileFacts, Unreadable> {
    let levels = nesting(text);
    if levels > DEEPEST_NESTING {
        return Err(Unreadable::TooDeep { levels });
    }
    let run = || {
        extract(text, depth).map_err(|error| Unreadable::Syntax {
            message: error.message,
            line: error.position.0,
            column: error.position.1,
        })
    };
    if levels <= ORDINARY_NESTING {
        return run();
    }
    std::thread::scope(|scope| {
        let stack = levels * STACK_PER_LEVEL + (8 << 20);
        match std::thread::Builder::new().stack_size(stack).spawn_scoped(scope, run) {
            Ok(thread) => thread.join().unwrap_or(Err(Unreadable::TooDeep { levels })),
            Err(_) => Err(Unreadable::TooDeep { levels }),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::lines_of;

    #[test]
    fn lines_are_counted_as_everywhere() {
        for text in ["", "a", "a\n", "a\nb", "\n\n", "a\r\nb\r\n", "\r"] {
            assert_eq!(lines_of(text) as usize, text.lines().count(), "{text:?}");
        }
    }
}
