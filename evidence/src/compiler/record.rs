//! What the compiler saw in one unit: definitions by their paths, places, and who names what. Values only, and the making of
//! them; how they are kept on disk is told elsewhere.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// A crate by its own name, and the digits of its id that tell two versions apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CrateName {
    /// As in code: `sqlx_core`.
    pub name: Box<str>,
    /// The first digits of the compiler's id for it.
    pub id: Box<str>,
}

/// A definition by the compiler's path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Definition {
    /// Index into [`Record::crates`].
    pub krate: u32,
    /// The path behind the crate's name, empty for its root: `pool::{impl#3}::begin`.
    pub path: Box<str>,
    /// Whether the unit itself defines it.
    pub local: bool,
}

/// A stretch of a file. Lines and columns from 1, columns in characters, the end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Index into [`Record::files`].
    pub file: u32,
    /// First line.
    pub line: u32,
    /// First column.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// One past the last column.
    pub end_column: u32,
}

impl Place {
    /// Whether all of another stretch lies in this one.
    pub fn contains(self, other: Self) -> bool {
        self.file == other.file
            && (self.line, self.column) <= (other.line, other.column)
            && (other.end_line, other.end_column) <= (self.end_line, self.end_column)
    }
}

/// What a reference does, as far as the compiler's output tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SeenAs {
    /// A `use`.
    Import,
    /// A written path to a type or trait.
    Type,
    /// A written path to a value, or a function as a value.
    Value,
    /// A call of a function by its path.
    Call,
    /// A method call.
    Method,
    /// A call that nobody wrote as one: an operator, `?`, `for`.
    Operator,
}

/// One reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Whose code it is: index into [`Record::definitions`].
    pub owner: u32,
    /// What it names: index into [`Record::definitions`].
    pub target: u32,
    /// What it does.
    pub kind: SeenAs,
    /// The innermost place around it that somebody wrote; none where all of the item came out of a macro.
    pub place: Option<Place>,
    /// Where there is no such place: what the macro claims, mostly a place in its own definition.
    pub claimed: Option<Place>,
    /// Whether the code itself came out of a macro.
    pub from_macro: bool,
    /// Whether it stands in a body rather than in the item's interface.
    pub in_body: bool,
    /// For a call: the type of its receiver, or what it is of, as printed. Index into [`Record::types`].
    pub of_type: Option<u32>,
}

/// An impl block of the unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImplBlock {
    /// The block: index into [`Record::definitions`].
    pub block: u32,
    /// The first path in its self type: index into [`Record::definitions`].
    pub self_type: Option<u32>,
    /// The trait: index into [`Record::definitions`].
    pub of_trait: Option<u32>,
    /// All of it.
    pub place: Option<Place>,
    /// Whether it came out of a macro.
    pub from_macro: bool,
}

/// What the compiler saw in one unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Crates that the definitions are of.
    pub crates: Vec<CrateName>,
    /// Definitions.
    pub definitions: Vec<Definition>,
    /// Files, as the compiler prints them.
    pub files: Vec<Box<str>>,
    /// Types, as the compiler prints them.
    pub types: Vec<Box<str>>,
    /// References, each once.
    pub references: Vec<Seen>,
    /// Impl blocks.
    pub impls: Vec<ImplBlock>,
}

/// What makes two references one: owner, target, and where it begins: file, line, column.
type SeenKey = (u32, u32, Option<(u32, u32, u32)>);

/// A record in the making: each name once.
#[derive(Debug, Default)]
pub(super) struct RecordBuilder {
    record: Record,
    crates: FxHashMap<u32, u32>,
    definitions: FxHashMap<(u32, u32), u32>,
    files: FxHashMap<Box<str>, u32>,
    types: FxHashMap<Box<str>, u32>,
    references: FxHashMap<SeenKey, usize>,
}

impl RecordBuilder {
    /// The index of a definition, by the compiler's numbers for it.
    pub(super) fn definition(&mut self, id: (u32, u32), krate: (&str, &str), path: &str) -> u32 {
        if let Some(&known) = self.definitions.get(&id) {
            return known;
        }
        let crate_index = *self.crates.entry(id.0).or_insert_with(|| {
            self.record.crates.push(CrateName {
                name: krate.0.into(),
                id: krate.1.into(),
            });
            self.record.crates.len() as u32 - 1
        });
        let index = self.record.definitions.len() as u32;
        self.record.definitions.push(Definition {
            krate: crate_index,
            path: path.into(),
            local: id.0 == 0,
        });
        self.definitions.insert(id, index);
        index
    }

    /// The index of a file.
    pub(super) fn file(&mut self, name: &str) -> u32 {
        interned(&mut self.files, &mut self.record.files, name)
    }

    /// The index of a type.
    pub(super) fn type_text(&mut self, text: &str) -> u32 {
        interned(&mut self.types, &mut self.record.types, text)
    }

    /// Adds a reference, unless the same is known from there. A call says more than the path that it was written with.
    pub(super) fn add(&mut self, seen: Seen) {
        let at = seen.place.map(|place| (place.file, place.line, place.column));
        let key = (seen.owner, seen.target, at);
        if let Some(&known) = self.references.get(&key) {
            let known = &mut self.record.references[known];
            known.kind = known.kind.max(seen.kind);
            known.in_body &= seen.in_body;
            known.from_macro &= seen.from_macro;
            known.of_type = known.of_type.or(seen.of_type);
            return;
        }
        self.references.insert(key, self.record.references.len());
        self.record.references.push(seen);
    }

    /// Adds an impl block.
    pub(super) fn add_impl(&mut self, block: ImplBlock) {
        self.record.impls.push(block);
    }

    /// What was collected.
    pub(super) fn finish(mut self) -> Record {
        keep_innermost(&mut self.record.references);
        self.record
    }
}

/// The two outputs find different places around what a macro wrote: the inner one is the better, the other says the same.
fn keep_innermost(references: &mut Vec<Seen>) {
    let mut places: FxHashMap<(u32, u32), Vec<Place>> = FxHashMap::default();
    for seen in references.iter().filter(|seen| seen.from_macro) {
        places.entry((seen.owner, seen.target)).or_default().extend(seen.place);
    }
    references.retain(|seen| {
        let others = places.get(&(seen.owner, seen.target)).filter(|_| seen.from_macro);
        let is_inside = |inner: &Place| match seen.place {
            Some(outer) => outer != *inner && outer.contains(*inner),
            None => true,
        };
        !others.is_some_and(|places| places.iter().any(is_inside))
    });
}

fn interned(known: &mut FxHashMap<Box<str>, u32>, all: &mut Vec<Box<str>>, text: &str) -> u32 {
    if let Some(&index) = known.get(text) {
        return index;
    }
    let index = all.len() as u32;
    all.push(text.into());
    known.insert(text.into(), index);
    index
}
