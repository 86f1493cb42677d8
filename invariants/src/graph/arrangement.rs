//! The one stable order of references, which everything printed later relies on: by file and place.

use std::cmp::Ordering;
use std::sync::Arc;

use super::model::{File, Linked, Reference, TextId};
use crate::place::Place;

/// By what places and references are compared.
pub(super) struct Arrangement<'t> {
    /// Each file's place in the order of the names that are shown; the same for the same name. It is looked at once a file,
    /// not once a reference.
    ranks: Vec<u32>,
    /// By [`TextId`](super::model::TextId).
    texts: &'t [Arc<str>],
}

/// How often the first ones may be moved to make room: more than that takes longer than to sort them.
const MOST_MOVES: usize = 8;

impl<'t> Arrangement<'t> {
    pub(super) fn of(files: &[File], texts: &'t [Arc<str>]) -> Self {
        let mut names: Vec<&Arc<str>> = files.iter().map(|file| &file.display).collect();
        names.sort_unstable();
        names.dedup();
        let rank = |file: &File| names.partition_point(|&name| *name < file.display) as u32;
        Self {
            ranks: files.iter().map(rank).collect(),
            texts,
        }
    }

    /// By what a place with a text comes before another.
    pub(super) fn key(&self, place: Place, text: TextId) -> impl Ord + use<'t> {
        (self.rank(place), place.start, place.end, &*self.texts[text.index()])
    }

    fn rank(&self, place: Place) -> u32 {
        self.ranks[place.file.0 as usize]
    }

    fn compare(&self, (from, to, one): &Linked, (other_from, other_to, other): &Linked) -> Ordering {
        let key = |reference: &Reference| {
            let Place { start, end, .. } = reference.place;
            (self.rank(reference.place), start, end, reference.kind)
        };
        let text = |reference: &Reference| &self.texts[reference.written.index()];
        (key(one).cmp(&key(other)))
            .then_with(|| text(one).cmp(text(other)))
            .then_with(|| (from, to).cmp(&(other_from, other_to)))
    }

    /// Puts references in order. Mostly a few come behind many that are in order already.
    pub(super) fn put_in_order(&self, references: &mut Vec<Linked>) {
        let mut pairs = references.windows(2);
        let Some(last) = pairs.position(|pair| self.compare(&pair[0], &pair[1]).is_gt()) else {
            return;
        };
        let rest = &mut references[last + 1..];
        if rest.len() > last / 8 {
            self.sort(references);
        } else {
            self.sort(rest);
            self.merge(references, last + 1);
        }
    }

    /// References are large: what is sorted is where they are, and each is moved once.
    fn sort(&self, references: &mut [Linked]) {
        let numbered = (0_u32..)
            .zip(&*references)
            .map(|(number, (.., reference))| (self.rank(reference.place), reference.place.start, number));
        let mut order: Vec<_> = numbered.collect();
        order.sort_by(|&(rank, start, number), &(other_rank, other_start, other)| {
            (rank, start)
                .cmp(&(other_rank, other_start))
                .then_with(|| self.compare(&references[number as usize], &references[other as usize]))
        });
        let mut sources: Vec<u32> = order.into_iter().map(|(.., number)| number).collect();
        for first in 0..sources.len() {
            // Around the circle that begins here, each takes the place of the one before.
            let mut at = first;
            loop {
                let source = std::mem::replace(&mut sources[at], at as u32) as usize;
                if source == first {
                    break;
                }
                references.swap(at, source);
                at = source;
            }
        }
    }

    /// Puts what stands behind the first ones, which are sorted as it is, into their list. What stands together in the end is
    /// moved together; where that is little, all is sorted.
    fn merge(&self, references: &mut Vec<Linked>, first: usize) {
        let mut second = references.split_off(first);
        let mut end = first;
        let mut moves = first * MOST_MOVES;
        while let Some(last) = second.last() {
            let at = references[..end].partition_point(|one| self.compare(one, last).is_le());
            let before = at.checked_sub(1).map(|before| &references[before]);
            let staying =
                second.partition_point(|other| before.is_some_and(|before| self.compare(before, other).is_gt()));
            let Some(left) = moves.checked_sub(references.len() - at) else {
                references.extend(second);
                return self.sort(references);
            };
            moves = left;
            references.splice(at..at, second.split_off(staying));
            end = at;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::model::{CfgId, Evidence, ItemId, ReferenceKind};
    use super::*;
    use crate::place::{FileId, Position};

    /// A reference on a line, told from others on it by nothing that counts.
    fn linked(number: usize, (file, line): (u32, u32)) -> Linked {
        let position = Position { line, column: 1 };
        let reference = Reference {
            written: TextId::new(0),
            kind: ReferenceKind::Call,
            place: Place {
                file: FileId(file),
                start: position,
                end: position,
            },
            evidence: Evidence::SOURCE,
            resolution: None,
            pathless: false,
            exposed: false,
            reexport: false,
            dev: false,
            cfg: Some(CfgId::new(number)),
            inherited_from: None,
            also: None,
            self_type: None,
        };
        (ItemId::new(0), ItemId::new(1), reference)
    }

    fn places(most: usize) -> impl Strategy<Value = Vec<(u32, u32)>> {
        proptest::collection::vec((0..3_u32, 0..40_u32), 0..most)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_comes_behind_what_is_in_order_finds_its_place(mut first in places(400), second in places(40), blocks: bool) {
            let texts = [Arc::from("a::b")];
            let arrangement = Arrangement { ranks: vec![1, 0, 2], texts: &texts };
            first.sort_by_key(|&(file, line)| (arrangement.ranks[file as usize], line));
            if blocks {
                // As where files have changed: nothing else stands in them.
                first.retain(|(file, _)| second.iter().all(|(changed, _)| changed != file));
            }
            let all = first.into_iter().chain(second).enumerate();
            let mut references: Vec<Linked> = all.map(|(number, place)| linked(number, place)).collect();
            let mut plain = references.clone();
            plain.sort_by(|one, other| arrangement.compare(one, other));
            arrangement.put_in_order(&mut references);
            prop_assert_eq!(format!("{references:?}"), format!("{plain:?}"));
        }
    }
}
