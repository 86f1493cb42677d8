//! The one stable order of references, which everything printed later relies on: by file and place.

use std::cmp::Ordering;
use std::sync::Arc;

use super::model::{File, Linked};
use crate::place::Place;

/// Each file's place in the order of the names that are shown; the same for the same name.
pub(super) struct Ranks(Vec<u32>);

impl Ranks {
    pub(super) fn of(files: &[File]) -> Self {
        let mut names: Vec<&Arc<str>> = files.iter().map(|file| &file.display).collect();
        names.sort_unstable();
        names.dedup();
        let rank = |file: &File| names.partition_point(|&name| *name < file.display) as u32;
        Self(files.iter().map(rank).collect())
    }

    /// By what a place comes before another.
    pub(super) fn key(&self, place: &Place) -> impl Ord + use<> {
        (self.0[place.file.0 as usize], place.start, place.end)
    }

    fn compare(&self, (from, to, one): &Linked, (other_from, other_to, other): &Linked) -> Ordering {
        (self.key(&one.place).cmp(&self.key(&other.place)))
            .then_with(|| one.kind.cmp(&other.kind))
            .then_with(|| one.written.cmp(&other.written))
            .then_with(|| (from, to).cmp(&(other_from, other_to)))
    }

    /// Puts references in order. Mostly a few come behind many that are in order already.
    pub(super) fn put_in_order(&self, references: &mut [Linked]) {
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
        let numbered = (0_u32..).zip(&*references).map(|(number, (.., reference))| {
            let Place { file, start, .. } = reference.place;
            (self.0[file.0 as usize], start, number)
        });
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

    /// Makes one sorted list of two, of which the second begins at `middle`. What of it stands together in the end is moved
    /// together; where that is little, all is sorted.
    fn merge(&self, references: &mut [Linked], mut middle: usize) {
        let mut end = references.len();
        let mut moves = references.len() * 2;
        while middle < end {
            let (first, second) = references[..end].split_at(middle);
            let last = &second[second.len() - 1];
            let at = first.partition_point(|one| self.compare(one, last).is_le());
            let before = at.checked_sub(1).map(|before| &first[before]);
            let staying =
                second.partition_point(|other| before.is_some_and(|before| self.compare(before, other).is_gt()));
            let Some(left) = moves.checked_sub(end - at) else {
                return self.sort(&mut references[..end]);
            };
            moves = left;
            references[at..end].rotate_left(middle - at);
            (middle, end) = (at, at + staying);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::model::{CfgId, Evidence, ItemId, Reference, ReferenceKind};
    use super::*;
    use crate::place::{FileId, Position};

    /// A reference on a line, told from others on it by nothing that counts.
    fn linked(number: usize, (file, line): (u32, u32)) -> Linked {
        let position = Position { line, column: 1 };
        let reference = Reference {
            written: "a::b".into(),
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
            cfg: Some(CfgId(number as u32)),
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
            let ranks = Ranks(vec![1, 0, 2]);
            first.sort_by_key(|&(file, line)| (ranks.0[file as usize], line));
            if blocks {
                // As where files have changed: nothing else stands in them.
                first.retain(|(file, _)| second.iter().all(|(changed, _)| changed != file));
            }
            let all = first.into_iter().chain(second).enumerate();
            let mut references: Vec<Linked> = all.map(|(number, place)| linked(number, place)).collect();
            let mut plain = references.clone();
            plain.sort_by(|one, other| ranks.compare(one, other));
            ranks.put_in_order(&mut references);
            prop_assert_eq!(format!("{references:?}"), format!("{plain:?}"));
        }
    }
}
