//! A pack and its entries, as they are once read.

use crate::pattern::PathPattern;

/// A named list of patterns that is shipped with the tool.
#[derive(Debug, Clone)]
pub struct Pack {
    /// Its name: `sql`, written `pack:sql` in a policy.
    pub name: &'static str,
    /// What it holds, in one sentence.
    pub about: String,
    /// Its entries, in the order of the data file.
    pub entries: Vec<PackEntry>,
}

/// One line of a pack.
#[derive(Debug, Clone)]
pub struct PackEntry {
    /// What it names, as written in the data file.
    pub written: String,
    /// The patterns that this stands for, braces expanded.
    pub patterns: Vec<PathPattern>,
    /// The package that it is of; `std` for the standard library.
    pub krate: String,
    /// The version that it was checked against; none for the standard library, which is checked against the tool's table.
    pub version: Option<String>,
    /// Its documentation.
    pub source: String,
    /// Whether SQL is handed to it as text.
    pub takes_sql: bool,
}

impl Pack {
    /// All patterns of the pack, in order.
    pub fn patterns(&self) -> impl Iterator<Item = &PathPattern> {
        self.entries.iter().flat_map(|entry| &entry.patterns)
    }
}
