//! One reference for what both derivations saw: the same place and the same definition, or for what macros wrote the same
//! item and the same definition. What only the compiler saw is added.

use std::sync::Arc;

use archguard_invariants::graph::{
    CrateId, CrateOrigin, Evidence, GraphBuilder, Item, ItemId, Reference, ReferenceKind,
};
use archguard_invariants::place::{FileId, Place};
use archguard_invariants::verdict::Agreement;
use rustc_hash::{FxHashMap, FxHashSet};

use super::agree::{self, Compiled};
use super::makers::Makers;
use super::resolve::{SeenPlace, SeenReference, SeenReferences};
use super::sets::Sets;
use crate::build::items::Items;
use crate::compiler::SeenAs;

/// Where a reference begins.
type Start = (FileId, u32, u32);

/// The references that the source has shown, to be found again.
struct Known {
    by_start: FxHashMap<Start, Vec<usize>>,
    by_item: FxHashMap<ItemId, Vec<usize>>,
    unresolved: FxHashSet<Start>,
}

impl Known {
    fn of(builder: &GraphBuilder) -> Self {
        let mut known = Self {
            by_start: FxHashMap::default(),
            by_item: FxHashMap::default(),
            unresolved: builder.unresolved().iter().map(|path| start(path.place)).collect(),
        };
        for (index, (from, _, reference)) in builder.references().iter().enumerate() {
            known.by_start.entry(start(reference.place)).or_default().push(index);
            known.by_item.entry(*from).or_default().push(index);
        }
        known
    }

    /// Whether a path that the source does not show may be one that a procedural macro claims to stand where its input
    /// stands. A path that leads nowhere in the source is none, nor is a method, whose receiver the source may not know.
    fn may_be_claimed(&self, kind: SeenAs, place: Place) -> bool {
        !matches!(kind, SeenAs::Method | SeenAs::Operator) && !self.unresolved.contains(&start(place))
    }

    /// Whether the source has a path where something begins.
    fn has_path_at(&self, place: Place) -> bool {
        let start = start(place);
        self.by_start.contains_key(&start) || self.unresolved.contains(&start)
    }
}

fn start(place: Place) -> Start {
    (place.file, place.start.line, place.start.column)
}

/// Adds what the compiler saw to the graph.
pub(in crate::build) fn add_all(builder: &mut GraphBuilder, items: &Items<'_, '_>, seen: &SeenReferences) -> Agreement {
    let known = Known::of(builder);
    let mut merge = Merge {
        items,
        known,
        makers: Makers::of(builder),
        added: FxHashMap::default(),
        sets: Sets::of(&seen.cfg_sets),
        agreement: Agreement {
            unplaced: seen.unplaced,
            ..Agreement::default()
        },
    };
    for reference in &seen.references {
        merge.one(builder, reference);
    }
    merge.tell_claims(builder);
    let Merge {
        sets, mut agreement, ..
    } = merge;
    sets.state(builder);
    let compiled = Compiled {
        crates: items.crate_ids(seen.crates.iter().copied()),
        by_bodies: items.crate_ids(seen.by_bodies.iter().copied()),
    };
    agree::count(builder, items, &compiled, &mut agreement);
    agreement
}

struct Merge<'a, 'b, 'w> {
    items: &'a Items<'b, 'w>,
    known: Known,
    makers: Makers,
    /// What only the compiler saw, so far, and its number among the references: several units see the same code.
    added: FxHashMap<(ItemId, ItemId, Option<SeenPlace>), usize>,
    sets: Sets,
    agreement: Agreement,
}

impl Merge<'_, '_, '_> {
    fn one(&mut self, builder: &mut GraphBuilder, seen: &SeenReference) {
        let targets: Vec<ItemId> = seen.to.iter().filter_map(|&to| self.items.id(to)).collect();
        let (Some(from), Some(&to)) = (self.items.id(seen.from), targets.first()) else {
            self.agreement.unplaced += 1;
            return;
        };
        let also = seen.also.and_then(|also| self.items.id(also));
        let place = seen
            .place
            .and_then(|place| self.items.seen_place(place.source, place.start, place.end));
        let is_known = self.mark(builder, seen, (from, place), &targets, also);
        if is_known || from == to || seen.is_self {
            return;
        }
        if let Some(&index) = self.added.get(&(from, to, seen.place)) {
            return self.sets.note(index, seen.set);
        }
        let is_claimed = place.is_some_and(|place| self.known.may_be_claimed(seen.kind, place));
        let invocation = if seen.from_macro || is_claimed {
            let ends = (from, to);
            self.makers
                .of_reference(builder, self.items, ends, place, seen.from_macro)
        } else {
            None
        };
        let shown = invocation.map(|invocation| invocation.place).or(place);
        let Some(place) = shown.or(builder.item(from).place) else {
            self.agreement.unplaced += 1;
            return;
        };
        self.agreement.assumed += usize::from(seen.assumed);
        let maker = invocation.map(|invocation| invocation.maker);
        let is_written = !seen.from_macro && maker.is_none() && self.known.has_path_at(place);
        let reference = reference(builder, seen, (from, to), also, (place, maker), is_written);
        let index = builder.references().len();
        builder.add_reference(from, to, reference);
        self.added.insert((from, to, seen.place), index);
        self.sets.note(index, seen.set);
    }

    /// One place, one path: where the compiler has confirmed the path that is written, or where the name of a macro stands,
    /// what else claims to stand there is a macro's output. Imports may lead to several things at once.
    fn tell_claims(&self, builder: &mut GraphBuilder) {
        let is_settled = |reference: &Reference| match reference.kind {
            ReferenceKind::Macro | ReferenceKind::Derive | ReferenceKind::Attribute => true,
            ReferenceKind::Import => false,
            _ => reference.evidence.source && reference.evidence.compiler,
        };
        let references = builder.references().iter().map(|(_, _, reference)| reference);
        let settled: FxHashSet<Start> = references
            .filter(|reference| is_settled(reference))
            .map(|reference| start(reference.place))
            .collect();
        let added = self.added.values().copied();
        let claims = added.filter(|&index| {
            let reference = &builder.references()[index].2;
            reference.kind != ReferenceKind::Import && settled.contains(&start(reference.place))
        });
        for index in claims.collect::<Vec<_>>() {
            builder.reference_mut(index).pathless = true;
        }
    }

    /// Marks what the source has shown already; whether there was such a thing.
    fn mark(
        &mut self,
        builder: &mut GraphBuilder,
        seen: &SeenReference,
        (from, place): (ItemId, Option<Place>),
        targets: &[ItemId],
        also: Option<ItemId>,
    ) -> bool {
        let is_import = seen.kind == SeenAs::Import;
        let mut marked = false;
        let mut try_mark = |builder: &mut GraphBuilder, index: usize| {
            let (_, to, reference) = &builder.references()[index];
            let ends = [Some(*to), reference.also, reference.self_type];
            let is_it = |end: &ItemId| {
                targets.contains(end)
                    || also == Some(*end)
                    || seen.assumed && is_alike(builder, targets, *end)
                    || is_of_another_version(builder, targets, *end)
            };
            let is_same = ends.iter().flatten().any(is_it);
            if is_same {
                builder.reference_mut(index).evidence.compiler = true;
                self.sets.note(index, seen.set);
            }
            is_same
        };
        if let Some(place) = place {
            for &index in self.known.by_start.get(&start(place)).into_iter().flatten() {
                marked |= try_mark(builder, index);
                // `Order` of `Order::new`: the path is one reference, and that is to the whole of it.
                marked |= is_within(builder, builder.references()[index].1, targets);
            }
        }
        // An import's place may be that of the whole list that it stands in.
        if !marked && (seen.from_macro || place.is_none() || is_import) {
            for &index in self.known.by_item.get(&from).into_iter().flatten() {
                if is_import && builder.references()[index].2.kind != ReferenceKind::Import {
                    continue;
                }
                marked |= try_mark(builder, index);
            }
        }
        marked
    }
}

/// What the graph keeps of a reference that only the compiler saw.
fn reference(
    builder: &mut GraphBuilder,
    seen: &SeenReference,
    (from, to): (ItemId, ItemId),
    also: Option<ItemId>,
    (place, maker): (Place, Option<ItemId>),
    is_written: bool,
) -> Reference {
    let path = Arc::clone(&builder.item(to).path);
    let written = builder.share_text(path);
    let owner = builder.item(from);
    let is_typed = matches!(seen.kind, SeenAs::Method | SeenAs::Operator);
    let kind = match seen.kind {
        SeenAs::Import => ReferenceKind::Import,
        SeenAs::Type => ReferenceKind::Type,
        SeenAs::Value => ReferenceKind::Path,
        SeenAs::Call => ReferenceKind::Call,
        SeenAs::Method => ReferenceKind::Method,
        SeenAs::Operator => ReferenceKind::Operator,
    };
    Reference {
        written,
        kind,
        place,
        evidence: Evidence {
            source: false,
            compiler: true,
            under: None,
        },
        resolution: None,
        pathless: !is_written || is_typed,
        exposed: !seen.in_body && seen.kind != SeenAs::Import,
        reexport: false,
        dev: owner.dev,
        cfg: owner.cfg,
        inherited_from: maker,
        also,
        self_type: None,
    }
}

/// Whether an item is part of one of these.
fn is_within(builder: &GraphBuilder, item: ItemId, targets: &[ItemId]) -> bool {
    std::iter::successors(Some(item), |&item| builder.item(item).parent).any(|item| targets.contains(&item))
}

/// Whether an item is one of these in another version of its crate: the compiler's names do not tell which is which.
fn is_of_another_version(builder: &GraphBuilder, targets: &[ItemId], item: ItemId) -> bool {
    let item = builder.item(item);
    let mut others = targets.iter().map(|&target| builder.item(target));
    others.any(|target| target.krate != item.krate && target.path == item.path && is_external(builder, item.krate))
}

fn is_external(builder: &GraphBuilder, krate: CrateId) -> bool {
    builder.krate(krate).origin == CrateOrigin::External
}

/// Whether a stand-in is called as an item is, in the same crate or both in the standard library.
fn is_alike(builder: &GraphBuilder, stand_ins: &[ItemId], item: ItemId) -> bool {
    let name = |item: &Item| item.path.rsplit("::").next().map(str::to_owned);
    let item = builder.item(item);
    let is_standard = |krate| builder.krate(krate).origin == CrateOrigin::Standard;
    stand_ins
        .iter()
        .map(|&stand_in| builder.item(stand_in))
        .any(|stand_in| {
            let same_crate = stand_in.krate == item.krate || is_standard(stand_in.krate) && is_standard(item.krate);
            same_crate && name(stand_in) == name(item)
        })
}
