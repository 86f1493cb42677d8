//! `docs/policy.md`: between markers stands what the code says, the rest is written by hand.
//!
//! Every table, every list of words that needs explaining, the rules of the tool's own and the packs have one place there.

use std::collections::BTreeMap;

use archguard_invariants::packs::Pack;
use archguard_invariants::pattern::LiteralKind;
use archguard_invariants::policy::format::{PolicyFile, RESERVED_RULES, Table};

use super::Generated;
use super::marked::filled;
use super::tables;
use crate::repository::Repository;

const PAGE: &str = "docs/policy.md";

/// The page with everything between its markers as the code has it.
pub(super) fn file(repository: &Repository) -> Result<Generated, String> {
    let page = repository.read(PAGE)?;
    for kind in LiteralKind::ALL {
        let entry = format!("`literal:{}`", kind.word());
        if !page.contains(&entry) {
            return Err(format!("{PAGE} does not speak of {entry}"));
        }
    }
    let text = filled(&page, &parts()).map_err(|fault| format!("{PAGE}{fault}"))?;
    Ok(Generated {
        path: PAGE.to_owned(),
        text,
    })
}

/// What belongs between which markers.
fn parts() -> BTreeMap<String, String> {
    let mut tables: Vec<&Table> = PolicyFile::ALL.into_iter().flat_map(PolicyFile::tables).collect();
    tables.sort_by_key(|table| table.name);
    tables.dedup_by_key(|table| table.name);
    let mut parts = BTreeMap::new();
    for table in tables {
        parts.insert(table.name.to_owned(), tables::keys(table.keys));
        if !table.shared.is_empty() {
            // The longest list is that of all rules: what one kind does without, the page says beside it.
            let shared = tables::keys(table.shared);
            let known: &mut String = parts.entry("rule".to_owned()).or_default();
            if shared.len() > known.len() {
                *known = shared;
            }
        }
        for (key, words) in table.keys.iter().filter_map(tables::explained_words) {
            parts.insert(format!("{} {key}", table.name), words);
        }
    }
    let packs = Pack::all()
        .iter()
        .map(|pack| (format!("`pack:{}`", pack.name), pack.about.as_str()));
    parts.insert("packs".to_owned(), tables::two_columns("pack", "names", packs));
    let rules = RESERVED_RULES.iter().map(|rule| (format!("`{}`", rule.id), rule.about));
    parts.insert(
        "reserved rules".to_owned(),
        tables::two_columns("rule", "is broken where", rules),
    );
    parts
}
