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

    /// Where one stands: file, line, kind, text and to where it leads.
    type Stands = ((u32, u32), usize, usize, usize);

    /// A reference, told from others that stand alike by what does not count.
    fn linked(number: usize, ((file, line), kind, text, to): Stands) -> Linked {
        let position = Position { line, column: 1 };
        let reference = Reference {
            written: TextId::new(text),
            kind: ReferenceKind::ALL[kind],
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
        (ItemId::new(0), ItemId::new(to), reference)
    }

    fn standing(most: usize) -> impl Strategy<Value = Vec<Stands>> {
        let place = (0..3_u32, 0..20_u32);
        proptest::collection::vec((place, 0..2_usize, 0..3_usize, 0..2_usize), 0..most)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_comes_behind_what_is_in_order_finds_its_place(
            mut first in standing(400),
            second in standing(40),
            blocks: bool,
        ) {
            // Neither files nor texts are numbered as they are ordered.
            let (ranks, texts) = ([1, 0, 2], ["c", "b::a", "a"]);
            let arrangement = Arrangement {
                ranks: ranks.to_vec(),
                texts: &texts.map(Arc::from),
            };
            let plain = |&((file, line), kind, text, to): &Stands| {
                (ranks[file as usize], line, ReferenceKind::ALL[kind], texts[text], to)
            };
            first.sort_by_key(plain);
            if blocks {
                // As where files have changed: nothing else stands in them.
                first.retain(|((file, _), ..)| second.iter().all(|((changed, _), ..)| changed != file));
            }
            let mut all: Vec<(usize, Stands)> = first.into_iter().chain(second).enumerate().collect();
            let mut references: Vec<Linked> = all.iter().map(|&(number, stands)| linked(number, stands)).collect();
            arrangement.put_in_order(&mut references);
            all.sort_by_key(|(_, stands)| plain(stands));
            let expected = all.iter().map(|&(number, stands)| linked(number, stands));
            prop_assert_eq!(format!("{references:?}"), format!("{:?}", expected.collect::<Vec<_>>()));
        }
    }
}
