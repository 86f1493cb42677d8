//! The packs that this build of the tool ships, read from their data files when they are first asked for.

use std::sync::LazyLock;

use serde::Deserialize;

use super::model::{Pack, PackEntry};
use crate::pattern::PathPattern;

/// Name and text of every data file, by name.
const FILES: [(&str, &str); 10] = [
    ("crypto", include_str!("../../packs/crypto.toml")),
    ("env", include_str!("../../packs/env.toml")),
    ("io", include_str!("../../packs/io.toml")),
    ("net", include_str!("../../packs/net.toml")),
    ("panic", include_str!("../../packs/panic.toml")),
    ("print", include_str!("../../packs/print.toml")),
    ("process", include_str!("../../packs/process.toml")),
    ("random", include_str!("../../packs/random.toml")),
    ("sql", include_str!("../../packs/sql.toml")),
    ("time", include_str!("../../packs/time.toml")),
];

static SHIPPED: LazyLock<Vec<Pack>> = LazyLock::new(|| FILES.iter().map(|(name, text)| read(name, text)).collect());

/// A data file as it stands.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileText {
    about: String,
    entries: Vec<EntryText>,
}

/// A line of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryText {
    pattern: String,
    #[serde(rename = "crate")]
    krate: String,
    version: Option<String>,
    source: String,
    #[serde(default)]
    takes_sql: bool,
}

impl Pack {
    /// Every shipped pack, by name.
    ///
    /// ```
    /// use archguard_invariants::packs::Pack;
    ///
    /// let sql = Pack::named("sql").unwrap();
    /// assert_eq!(sql.entries[0].written, "sqlx");
    /// assert!(Pack::named("sqll").is_none());
    /// ```
    pub fn all() -> &'static [Self] {
        &SHIPPED
    }

    /// The pack of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::all().iter().find(|pack| pack.name == name)
    }
}

fn read(name: &'static str, text: &str) -> Pack {
    let file: FileText = toml::from_str(text).expect("the shipped packs are read by a test");
    Pack {
        name,
        about: file.about,
        entries: file.entries.into_iter().map(entry).collect(),
    }
}

fn entry(text: EntryText) -> PackEntry {
    PackEntry {
        patterns: PathPattern::parse(&text.pattern).expect("the shipped patterns are read by a test"),
        written: text.pattern,
        krate: text.krate,
        version: text.version,
        source: text.source,
        takes_sql: text.takes_sql,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_file_can_be_read_and_says_something() {
        for pack in Pack::all() {
            assert!(!pack.entries.is_empty() && pack.about.ends_with('.'), "{}", pack.name);
            let patterns: Vec<_> = pack.patterns().collect();
            let distinct: BTreeSet<_> = patterns.iter().collect();
            assert_eq!(
                patterns.len(),
                distinct.len(),
                "`pack:{}` names something twice",
                pack.name
            );
        }
        assert!(Pack::all().is_sorted_by_key(|pack| pack.name));
    }

    #[test]
    fn every_entry_says_where_it_comes_from() {
        for entry in Pack::all().iter().flat_map(|pack| &pack.entries) {
            let of_std = entry.krate == "std";
            assert_eq!(entry.version.is_none(), of_std, "{}", entry.written);
            let documentation = match &entry.version {
                None => "https://doc.rust-lang.org/std/".to_owned(),
                Some(version) => format!("https://docs.rs/{}/{version}/", entry.krate),
            };
            assert!(
                entry.source.starts_with(&documentation),
                "{}: {}",
                entry.written,
                entry.source
            );
        }
    }

    #[test]
    fn only_the_pack_of_databases_takes_sql() {
        for pack in Pack::all() {
            let takes_sql = pack.entries.iter().any(|entry| entry.takes_sql);
            assert_eq!(takes_sql, pack.name == "sql", "{}", pack.name);
        }
    }
}
