//! Paths and what they name: found by public path, by definition, or below a module. Knows nothing of editions.

use super::kind::StdKind;

/// One meaning of a path. A path can have several: `std::vec` is a module and a macro.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry {
    /// What the path names.
    pub kind: StdKind,
    /// Where it is defined, private modules included: `std::io::error::Error` for `std::io::Error`. A primitive type's
    /// definition is its bare name.
    pub definition: &'static str,
    /// A path that users can write. For a path that was asked for by its definition, the shortest one in `std`.
    pub public: &'static str,
}

/// Entries, sorted by public path, with a second order by definition.
pub(super) struct PathIndex {
    entries: Vec<Entry>,
    by_definition: Vec<u32>,
}

impl PathIndex {
    /// Reads the lines of the `[paths]` section.
    pub(super) fn parse(text: &'static str) -> PathIndex {
        PathIndex::new(text.lines().filter_map(parse_line).collect())
    }

    pub(super) fn new(mut entries: Vec<Entry>) -> PathIndex {
        // The file is sorted already; this only keeps a hand-edited one from failing silently.
        entries.sort_by_key(|entry| (entry.public, entry.kind));
        let mut by_definition: Vec<u32> = (0..entries.len() as u32).collect();
        by_definition.sort_unstable_by_key(|&index| {
            let entry = entries[index as usize];
            (
                entry.definition,
                entry.kind,
                !entry.public.starts_with("std::"),
                entry.public.len(),
                entry.public,
            )
        });
        PathIndex { entries, by_definition }
    }

    /// All meanings of a public or definition path.
    pub(super) fn lookup(&self, path: &str) -> Vec<Entry> {
        let start = self.entries.partition_point(|entry| entry.public < path);
        let mut found: Vec<Entry> = self.entries[start..]
            .iter()
            .take_while(|entry| entry.public == path)
            .copied()
            .collect();
        let start = self
            .by_definition
            .partition_point(|&index| self.entry(index).definition < path);
        for &index in &self.by_definition[start..] {
            let entry = self.entry(index);
            if entry.definition != path {
                break;
            }
            if found.iter().all(|known| known.kind != entry.kind) {
                found.push(entry);
            }
        }
        found
    }

    /// The names directly below a public path.
    pub(super) fn children<'a>(&'a self, path: &'a str) -> impl Iterator<Item = (&'static str, Entry)> + use<'a> {
        let start = self.entries.partition_point(|entry| entry.public < path);
        self.entries[start..]
            .iter()
            // Between the path and what lies below it stand only paths that begin with it: `std::f32`, `std::f32x`.
            .take_while(move |entry| entry.public.starts_with(path))
            .filter_map(move |entry| {
                let name = entry.public[path.len()..].strip_prefix("::")?;
                (!name.contains("::")).then_some((name, *entry))
            })
    }

    fn entry(&self, index: u32) -> Entry {
        self.entries[index as usize]
    }
}

fn parse_line(line: &'static str) -> Option<Entry> {
    let mut fields = line.split('\t');
    let public = fields.next()?;
    let kind = StdKind::from_letter(fields.next()?)?;
    Some(Entry {
        kind,
        definition: fields.next().unwrap_or(public),
        public,
    })
}
