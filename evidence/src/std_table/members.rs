//! Definitions and the names associated with them, their own and those of their traits. Takes definition paths only.

use super::kind::AssociatedKind;
use rustc_hash::FxHashSet;
use std::sync::OnceLock;

/// A name associated with a type, trait or primitive type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Associated {
    /// What the name is.
    pub kind: AssociatedKind,
    /// The definition that the name belongs to: the type itself, or the trait that brings it.
    pub owner: &'static str,
    /// A function's return type, a constant's or field's type, an associated type's value; types stand with their
    /// public paths, as in `std::io::Result<std::fs::File>`. `None` for no return type and for several of one name.
    pub returns: Option<&'static str>,
}

/// Implementations for every type, or for every type with another trait; the table lists none of them by type.
const BLANKET: [(&str, Option<&str>); 10] = [
    ("alloc::borrow::ToOwned", Some("core::clone::Clone")),
    ("alloc::string::ToString", Some("core::fmt::Display")),
    ("core::any::Any", None),
    ("core::borrow::Borrow", None),
    ("core::borrow::BorrowMut", None),
    ("core::convert::From", None),
    ("core::convert::Into", None),
    ("core::convert::TryFrom", None),
    ("core::convert::TryInto", None),
    (
        "core::iter::traits::collect::IntoIterator",
        Some("core::iter::traits::iterator::Iterator"),
    ),
];

struct Definition {
    path: &'static str,
    text: Option<&'static str>,
    lines: &'static str,
    /// All names, sorted, worked out when first asked: a lookup then takes 0.4 µs instead of 16.
    names: OnceLock<Vec<(&'static str, Associated)>>,
}

/// Definitions sorted by path; their lines are read when asked for.
pub(super) struct MemberIndex {
    definitions: Vec<Definition>,
}

impl MemberIndex {
    /// Reads the heads of the `[members]` section.
    pub(super) fn parse(text: &'static str) -> MemberIndex {
        let mut definitions = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let (head, after) = rest.split_once('\n').unwrap_or((rest, ""));
            let length = block_length(after);
            let (path, text) = head
                .split_once('\t')
                .map_or((head, None), |(path, text)| (path, Some(text)));
            definitions.push(Definition {
                path,
                text,
                lines: &after[..length],
                names: OnceLock::new(),
            });
            rest = &after[length..];
        }
        definitions.sort_by_key(|definition| definition.path);
        MemberIndex { definitions }
    }

    /// Whether anything is known of a definition.
    pub(super) fn knows(&self, definition: &str) -> bool {
        self.find(definition).is_some()
    }

    /// A function's return type, an alias's target, a constant's type.
    pub(super) fn text(&self, definition: &str) -> Option<&'static str> {
        self.find(definition)?.text
    }

    /// The traits that a type implements or a trait requires, blanket implementations included.
    pub(super) fn traits(&self, definition: &str) -> Vec<&'static str> {
        let Some(found) = self.find(definition) else {
            return Vec::new();
        };
        let mut traits: Vec<&'static str> = found
            .lines
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix('+'))
            .collect();
        for (path, needed) in BLANKET {
            let applies = needed.is_none_or(|needed| traits.contains(&needed));
            if applies && !traits.contains(&path) {
                traits.push(path);
            }
        }
        traits
    }

    /// One associated name. The type's own come before its traits', functions before fields.
    pub(super) fn associated(&self, definition: &str, name: &str) -> Option<Associated> {
        let names = self.associated_names(definition);
        let index = names.binary_search_by_key(&name, |(known, _)| *known).ok()?;
        Some(names[index].1)
    }

    /// All associated names, sorted, each with one meaning.
    pub(super) fn associated_names(&self, definition: &str) -> &[(&'static str, Associated)] {
        let Some(found) = self.find(definition) else { return &[] };
        found.names.get_or_init(|| self.collect_names(definition))
    }

    fn collect_names(&self, definition: &str) -> Vec<(&'static str, Associated)> {
        let mut seen = FxHashSet::default();
        let mut names: Vec<_> = Vec::new();
        for found in self.reach(definition) {
            let mut own: Vec<_> = own(found).collect();
            own.sort_unstable();
            names.extend(own.into_iter().filter(|(name, _)| seen.insert(*name)));
        }
        names.sort_unstable();
        names
    }

    /// The definition, its traits, the traits that those require, nearest first.
    fn reach(&self, definition: &str) -> Vec<&Definition> {
        let mut found: Vec<&Definition> = self.find(definition).into_iter().collect();
        let mut next = 0;
        while let Some(current) = found.get(next).copied() {
            // What every type has counts for the type asked about, not again for each of its traits.
            let traits = self
                .traits(current.path)
                .into_iter()
                .filter(|path| next == 0 || !is_blanket(path));
            for definition in traits.filter_map(|path| self.find(path)) {
                if found.iter().all(|known| known.path != definition.path) {
                    found.push(definition);
                }
            }
            next += 1;
        }
        found
    }

    fn find(&self, path: &str) -> Option<&Definition> {
        let index = self
            .definitions
            .binary_search_by_key(&path, |definition| definition.path)
            .ok()?;
        Some(&self.definitions[index])
    }
}

fn is_blanket(path: &str) -> bool {
    BLANKET.iter().any(|(blanket, _)| *blanket == path)
}

/// The length of the indented lines at the start of the text.
fn block_length(text: &str) -> usize {
    let mut length = 0;
    while text[length..].starts_with('\t') {
        length = text[length..].find('\n').map_or(text.len(), |index| length + index + 1);
    }
    length
}

fn own(definition: &Definition) -> impl Iterator<Item = (&'static str, Associated)> + use<> {
    let owner = definition.path;
    definition.lines.lines().filter_map(move |line| {
        let mut fields = line.trim_start().splitn(3, '\t');
        let name = fields.next()?;
        let kind = AssociatedKind::from_letter(fields.next()?)?;
        Some((
            name,
            Associated {
                kind,
                owner,
                returns: fields.next(),
            },
        ))
    })
}
