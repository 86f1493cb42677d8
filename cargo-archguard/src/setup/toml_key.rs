//! A key in a TOML file that people write: where the lines go that add it. Their text stays as it is, and the result is parsed:
//! it has to say the same as before, and the key.

use toml::{Table, Value};

use super::section::Section;

/// A key of a table at the top of the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    pub(super) table: &'static str,
    pub(super) name: &'static str,
}

/// What a section has to hold, by how the table is written.
pub(super) struct Lines {
    /// Below the table's header.
    pub(super) below: Section,
    /// With a header of its own.
    pub(super) headed: Section,
    /// With the table's name before the key, at the top of the file.
    pub(super) dotted: Section,
}

impl Key {
    /// Its value in a text.
    pub(super) fn value(self, text: &str) -> Option<Value> {
        let table: Table = text.parse().ok()?;
        table.get(self.table)?.get(self.name).cloned()
    }

    /// Those of the lines that fit a text, and their place in it.
    pub(super) fn choose<'l>(self, lines: &'l Lines, text: &str) -> Option<(&'l Section, usize)> {
        let before: Table = text.parse().ok()?;
        let header = format!("[{}]", self.table);
        let mut at = 0;
        // One of them may be text in a string: which is one, parsing tells.
        let mut below = Vec::new();
        for line in text.split_inclusive('\n') {
            at += line.len();
            if line.split('#').next().unwrap_or(line).trim() == header {
                below.push((&lines.below, at));
            }
        }
        let tries = below
            .into_iter()
            .chain([(&lines.headed, text.len()), (&lines.dotted, 0)]);
        tries
            .into_iter()
            .find(|(section, at)| self.adds_only(&before, &section.put_into(text, *at)))
    }

    /// Whether a text says what another said, and this key.
    fn adds_only(self, before: &Table, after: &str) -> bool {
        let Ok(mut after) = after.parse::<Table>() else {
            return false;
        };
        let Some(Value::Table(table)) = after.get_mut(self.table) else {
            return false;
        };
        let is_added = table.remove(self.name).is_some();
        if table.is_empty() && !before.contains_key(self.table) {
            after.remove(self.table);
        }
        is_added && after == *before
    }
}
