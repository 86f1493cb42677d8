//! `docs/policy.md`: between markers stands what the code says, the rest is written by hand.
//!
//! ```text
//! <!-- generated: forbid -->
//! ..
//! <!-- end -->
//! ```
//!
//! Every table, every list of words that needs explaining, the rules of the tool's own and the packs have one place there.

use std::collections::BTreeMap;

use archguard_invariants::packs::Pack;
use archguard_invariants::pattern::LiteralKind;
use archguard_invariants::policy::format::{PolicyFile, RESERVED_RULES, Table};

use super::Generated;
use super::tables;
use crate::repository::Repository;

const PAGE: &str = "docs/policy.md";
const BEGIN: &str = "<!-- generated: ";
const END: &str = "<!-- end -->";

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

/// The page with the parts in their places, each exactly once.
fn filled(page: &str, parts: &BTreeMap<String, String>) -> Result<String, String> {
    let mut open = false;
    let mut used = Vec::new();
    let mut text = String::new();
    for (index, line) in page.lines().enumerate() {
        let at = index + 1;
        if let Some(name) = line.strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(" -->")) {
            let part = parts
                .get(name)
                .ok_or_else(|| format!(":{at}: nothing is called `{name}`"))?;
            if open || used.contains(&name) {
                return Err(format!(":{at}: `{name}` begins inside another part, or twice"));
            }
            used.push(name);
            open = true;
            text.extend([line, "\n", part.as_str()]);
        } else if line == END {
            if !open {
                return Err(format!(":{at}: nothing ends here"));
            }
            open = false;
        }
        if !open {
            text.push_str(line);
            text.push('\n');
        }
    }
    let missing: Vec<&str> = parts
        .keys()
        .map(String::as_str)
        .filter(|name| !used.contains(name))
        .collect();
    match missing.as_slice() {
        _ if open => Err(": a generated part does not end".to_owned()),
        [] => Ok(text),
        missing => Err(format!(" has no place for {}", missing.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::filled;
    use std::collections::BTreeMap;

    fn parts() -> BTreeMap<String, String> {
        BTreeMap::from([("a".to_owned(), "| new |\n".to_owned())])
    }

    #[test]
    fn what_stands_between_markers_is_replaced_and_nothing_else() {
        let page = "before\n<!-- generated: a -->\n| old |\n<!-- end -->\nafter\n";
        let expected = "before\n<!-- generated: a -->\n| new |\n<!-- end -->\nafter\n";
        assert_eq!(filled(page, &parts()), Ok(expected.to_owned()));
        assert_eq!(filled(expected, &parts()), Ok(expected.to_owned()));
    }

    #[test]
    fn a_page_with_other_places_than_parts_is_refused() {
        let part = "<!-- generated: a -->\n<!-- end -->\n";
        let faults = [
            ("", " has no place for a"),
            ("<!-- generated: b -->\n<!-- end -->\n", ":1: nothing is called `b`"),
            (&format!("{part}{part}"), ":3: `a` begins inside another part, or twice"),
            ("<!-- generated: a -->\n", ": a generated part does not end"),
            ("<!-- end -->\n", ":1: nothing ends here"),
        ];
        for (page, fault) in faults {
            assert_eq!(filled(page, &parts()), Err(fault.to_owned()));
        }
    }
}
