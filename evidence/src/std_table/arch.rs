//! The vendor intrinsics below `std::arch::<architecture>`. Their names are written out only when somebody asks:
//! few programs use them, and they are four times as many as everything else together.

use super::kind::StdKind;
use super::paths::{Entry, PathIndex};
use std::ops::Range;

/// Whether a path can be one of these.
pub(super) fn is_arch_path(path: &str) -> bool {
    ["std::arch::", "core::arch::", "core::core_arch::"]
        .iter()
        .any(|prefix| path.starts_with(prefix))
}

/// Reads the `[arch]` section.
pub(super) fn parse(text: &'static str) -> PathIndex {
    let mut names = Names::default();
    let mut group: Option<(Vec<&str>, StdKind, &str)> = None;
    for line in text.lines() {
        if let Some(head) = line.strip_prefix('>') {
            group = parse_head(head);
        } else if let (Some((modules, kind, place)), Some((stem, ends))) = (&group, line.split_once('\t')) {
            for end in ends.split(' ') {
                names.add(modules, *kind, place, (stem, end));
            }
        }
    }
    names.into_index()
}

fn parse_head(head: &'static str) -> Option<(Vec<&'static str>, StdKind, &'static str)> {
    let mut fields = head.split('\t');
    let modules = fields.next()?.split(' ').collect();
    Some((modules, StdKind::from_letter(fields.next()?)?, fields.next()?))
}

/// Full paths in one stretch of text, which lives as long as the program: the table is read once.
#[derive(Default)]
struct Names {
    text: String,
    entries: Vec<(StdKind, Range<usize>, Range<usize>)>,
}

impl Names {
    fn add(&mut self, modules: &[&str], kind: StdKind, place: &str, name: (&str, &str)) {
        let definition = self.push(&[place, "::", name.0, name.1]);
        for module in modules {
            for root in ["core::arch::", "std::arch::"] {
                let public = self.push(&[root, module, "::", name.0, name.1]);
                self.entries.push((kind, definition.clone(), public));
            }
        }
    }

    fn push(&mut self, parts: &[&str]) -> Range<usize> {
        let start = self.text.len();
        for part in parts {
            self.text.push_str(part);
        }
        start..self.text.len()
    }

    fn into_index(self) -> PathIndex {
        let text: &'static str = self.text.leak();
        let entry = |(kind, definition, public): (StdKind, Range<usize>, Range<usize>)| Entry {
            kind,
            definition: &text[definition],
            public: &text[public],
        };
        PathIndex::new(self.entries.into_iter().map(entry).collect())
    }
}
