//! What tables, keys and values of the format are made of.

use super::words::Word;

/// One kind of table: `[policy]`, `[[forbid]]`, the whole file.
#[derive(Debug)]
pub struct Table {
    /// What the documentation calls it: `forbid`, `items`. Unique.
    pub name: &'static str,
    /// What it is there for, one sentence.
    pub about: &'static str,
    /// Its own keys.
    pub keys: &'static [Key],
    /// Those that it shares with other kinds of table.
    pub shared: &'static [Key],
    /// Of these exactly one must be there.
    pub one_of: &'static [&'static str],
    /// Keys that one might expect and that make no sense here, each with the reason.
    pub refused: &'static [(&'static str, &'static str)],
    /// Whether it must say something.
    pub filled: bool,
}

/// One key of a table.
#[derive(Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What may stand under it.
    pub shape: Shape,
    /// Whether the table is incomplete without it.
    pub required: bool,
    /// What leaving it out means, as it could be written, where that can be written.
    pub default: Option<&'static str>,
    /// What it says, in Markdown without links.
    pub about: &'static str,
}

/// What may stand under a key.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// The number of the format's version.
    Version,
    /// Any text.
    Text,
    /// A text that is not blank.
    Said,
    /// A rule's id.
    Id,
    /// The version of a tool.
    ToolVersion,
    /// A number that is not below 0.
    Count,
    /// A day, as a text or as a date of TOML's own.
    Day,
    /// `true` or `false`.
    Flag,
    /// One of these words, which the key's own sentence explains.
    Word(&'static [&'static str]),
    /// One or several of these words.
    Words(fn() -> Vec<Word>),
    /// One text or several, at least so many.
    Texts(usize),
    /// The same: patterns of the workspace's code, sets.
    Paths(usize),
    /// The same, and components by name.
    Code(usize),
    /// The same, and external code: packs, literals.
    Anything(usize),
    /// What a prohibition names: such a list, or a table from path to replacement.
    Targets,
    /// From the top to the bottom, siblings in an array of their own.
    Order,
    /// A component: its paths, or a table.
    Component(&'static Table),
    /// Any names, each with the same shape of value.
    Named(&'static Self),
    /// A table.
    Table(&'static Table),
    /// A list of tables.
    Tables(&'static Table),
}

impl Table {
    /// A table of these keys and no more.
    pub(super) const fn new(name: &'static str, about: &'static str, keys: &'static [Key]) -> Self {
        Self {
            name,
            about,
            keys,
            shared: &[],
            one_of: &[],
            refused: &[],
            filled: false,
        }
    }

    /// All keys, its own first.
    pub fn all_keys(&self) -> impl Iterator<Item = &'static Key> {
        self.keys.iter().chain(self.shared)
    }

    /// The names of all keys.
    pub(crate) fn key_names(&self) -> Vec<&'static str> {
        self.all_keys().map(|key| key.name).collect()
    }

    /// The tables that stand directly under its keys, in order.
    pub fn inner(&self) -> impl Iterator<Item = &'static Table> {
        self.all_keys().filter_map(|key| key.shape.table())
    }
}

impl Shape {
    /// The table that stands there, however it is written.
    pub fn table(self) -> Option<&'static Table> {
        match self {
            Self::Component(table) | Self::Table(table) | Self::Tables(table) => Some(table),
            Self::Named(inner) => inner.table(),
            _ => None,
        }
    }
}

impl Key {
    /// A key that may be left out.
    pub(super) const fn new(name: &'static str, shape: Shape, about: &'static str) -> Self {
        Self {
            name,
            shape,
            required: false,
            default: None,
            about,
        }
    }

    /// The same, compulsory.
    pub(super) const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// The same, with what leaving it out means, in TOML.
    pub(super) const fn default(self, default: &'static str) -> Self {
        Self {
            default: Some(default),
            ..self
        }
    }
}
