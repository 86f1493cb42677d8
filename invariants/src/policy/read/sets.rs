//! `[sets]`: named lists that other lists take in. A set may name sets; going in circles is a problem.

use std::collections::BTreeMap;

use super::section::{Reader, Section};
use crate::place::Spanned;
use crate::policy::model::TermList;
use crate::problem::ProblemCode;

/// How deep sets may name sets.
const MAX_DEPTH: usize = 32;

type Raw = BTreeMap<String, Vec<Spanned<String>>>;

impl<'t> Reader<'t> {
    /// Reads all sets and expands them.
    pub(super) fn read_sets(&mut self, document: &Section<'_, 't>) {
        let Some(section) = document.get("sets").and_then(|value| self.section("`[sets]`", value)) else {
            return;
        };
        let mut raw = Raw::new();
        for (name, _, value) in section.entries() {
            let entries = self.strings_of(&format!("set `{name}`"), value);
            raw.insert(name.to_owned(), entries);
        }
        let mut open = Vec::new();
        for (name, _, _) in section.entries() {
            self.expand_set(name, &raw, &mut open);
        }
    }

    /// Expands the sets that a set names, then the set. `open` are those that are being expanded.
    fn expand_set(&mut self, name: &str, raw: &Raw, open: &mut Vec<String>) {
        if self.sets.contains_key(name) {
            return;
        }
        let Some(entries) = raw.get(name) else { return };
        open.push(name.to_owned());
        let mut terms = TermList::new();
        for entry in entries {
            let inner = entry.value.strip_prefix("set:");
            if let Some(inner) = inner {
                if open.iter().any(|outer| outer == inner) {
                    let message = format!("set `{inner}` contains itself: {} -> {inner}", open.join(" -> "));
                    self.problem(ProblemCode::PolicyConflict, entry.span, message);
                    continue;
                }
                if open.len() == MAX_DEPTH {
                    let message = format!("sets name sets {MAX_DEPTH} deep here: write the paths out");
                    self.problem(ProblemCode::PolicyConflict, entry.span, message);
                    continue;
                }
                self.expand_set(inner, raw, open);
            }
            terms.extend(self.entry(entry, entries.len() == 1));
        }
        open.pop();
        self.sets.insert(name.to_owned(), terms);
    }
}
