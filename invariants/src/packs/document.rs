//! The document that `packs --format json` prints. Values; no printing.

use serde::Serialize;

use super::model::{Pack, PackEntry};

/// All packs, as a document.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PacksDocument<'p> {
    /// The schema's number; within one number there are only additions.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1)))]
    pub schema: u32,
    /// Every shipped pack, by name.
    pub packs: Vec<PackDocument<'p>>,
}

/// One pack.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PackDocument<'p> {
    /// Its name: `sql`, written `pack:sql` in a policy.
    pub name: &'p str,
    /// What it holds.
    pub about: &'p str,
    /// What it names, in its own order.
    pub entries: Vec<PackEntryDocument<'p>>,
}

/// One entry of a pack.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PackEntryDocument<'p> {
    /// The pattern, as a policy would write it.
    pub pattern: &'p str,
    /// The package that it is of; `std` for the standard library.
    #[serde(rename = "crate")]
    pub krate: &'p str,
    /// The version that it was checked against; null for the standard library.
    pub version: Option<&'p str>,
    /// Its documentation.
    pub source: &'p str,
    /// Whether SQL is handed to it as text.
    pub takes_sql: bool,
}

impl<'p> PacksDocument<'p> {
    /// The document of some packs.
    pub fn of(packs: &'p [Pack]) -> Self {
        Self {
            schema: 1,
            packs: packs.iter().map(pack).collect(),
        }
    }
}

fn pack(pack: &Pack) -> PackDocument<'_> {
    PackDocument {
        name: pack.name,
        about: &pack.about,
        entries: pack.entries.iter().map(entry).collect(),
    }
}

fn entry(entry: &PackEntry) -> PackEntryDocument<'_> {
    PackEntryDocument {
        pattern: &entry.written,
        krate: &entry.krate,
        version: entry.version.as_deref(),
        source: &entry.source,
        takes_sql: entry.takes_sql,
    }
}
