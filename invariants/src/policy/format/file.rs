//! The files of the format, each with the table that it is.

use super::beside::{BASELINE, EXCEPTIONS};
use super::document::{DOCUMENT, PACKAGE};
use super::json_schema::schema_of;
use super::shape::Table;

/// A file that the policy's readers read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyFile {
    /// `archguard.toml` at the workspace root.
    Policy,
    /// `archguard.toml` of a package.
    Package,
    /// `archguard.exceptions.toml`.
    Exceptions,
    /// `archguard.baseline.toml`.
    Baseline,
}

impl PolicyFile {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Policy, Self::Package, Self::Exceptions, Self::Baseline];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Package => "package",
            Self::Exceptions => "exceptions",
            Self::Baseline => "baseline",
        }
    }

    /// The whole file as a table.
    pub fn table(self) -> &'static Table {
        match self {
            Self::Policy => &DOCUMENT,
            Self::Package => &PACKAGE,
            Self::Exceptions => &EXCEPTIONS,
            Self::Baseline => &BASELINE,
        }
    }

    /// Every kind of table in the file, each once, the whole file first.
    pub fn tables(self) -> Vec<&'static Table> {
        let mut found = vec![self.table()];
        let mut next = 0;
        while let Some(table) = found.get(next).copied() {
            for inner in table.inner() {
                if found.iter().all(|known| known.name != inner.name) {
                    found.push(inner);
                }
            }
            next += 1;
        }
        found
    }

    /// The JSON Schema by which editors complete and check the file. A date of TOML's own counts as a text.
    pub fn json_schema(self) -> serde_json::Value {
        let title = match self {
            Self::Policy => "archguard.toml, version 1",
            Self::Package => "archguard.toml of a package, version 1",
            Self::Exceptions => "archguard.exceptions.toml",
            Self::Baseline => "archguard.baseline.toml, version 1",
        };
        schema_of(title, self.table())
    }
}
