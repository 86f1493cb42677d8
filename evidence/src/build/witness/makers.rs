//! Which macro of a dependency wrote what only the compiler saw: its invocation is the place to show, and what it writes is
//! the macro's affair as far as permissions go.

use archguard_invariants::graph::{CrateId, GraphBuilder, ItemId, ReferenceKind};
use archguard_invariants::place::Place;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::build::items::Items;

/// An invocation of a macro that lies in no examined crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Invocation {
    pub(super) maker: ItemId,
    pub(super) place: Place,
    /// Whether it stands on the whole item: a derive or an attribute.
    on_item: bool,
}

/// The invocations in each item's code.
pub(super) struct Makers {
    by_item: FxHashMap<ItemId, Vec<Invocation>>,
    /// Items that invoke an examined macro too.
    with_own: FxHashSet<ItemId>,
}

impl Makers {
    /// Those that the source shows.
    pub(super) fn of(builder: &GraphBuilder) -> Self {
        let mut by_item: FxHashMap<ItemId, Vec<Invocation>> = FxHashMap::default();
        let mut with_own = FxHashSet::default();
        for (from, to, reference) in builder.references() {
            let on_item = match reference.kind {
                ReferenceKind::Derive | ReferenceKind::Attribute => true,
                ReferenceKind::Macro => false,
                _ => continue,
            };
            if builder.krate(builder.item(*to).krate).origin.is_examined() {
                with_own.insert(*from);
            } else {
                by_item.entry(*from).or_default().push(Invocation {
                    maker: *to,
                    place: reference.place,
                    on_item,
                });
            }
        }
        Self { by_item, with_own }
    }

    /// The invocation in an item's code that wrote what leads to another item and stands somewhere in `around`: one whose
    /// crate is of the target's family before any other, the last one before the place before earlier ones. `is_certain` is
    /// false for what claims to stand where it was not written: there only the family tells. What leads into examined code,
    /// or stands beside an examined macro, may be of our own writing: then the family alone tells, too.
    pub(super) fn of_reference(
        &self,
        builder: &GraphBuilder,
        items: &Items<'_, '_>,
        (from, to): (ItemId, ItemId),
        around: Option<Place>,
        is_certain: bool,
    ) -> Option<Invocation> {
        let target = builder.item(to).krate;
        let is_own = builder.krate(target).origin.is_examined() || self.with_own.contains(&from);
        let crate_of = |invocation: &&Invocation| -> CrateId { builder.item(invocation.maker).krate };
        let is_family = |invocation: &&Invocation| items.are_family(crate_of(invocation), target);
        let may_be = |invocation: &&Invocation| {
            invocation.on_item
                || around
                    .is_none_or(|around| around.file == invocation.place.file && invocation.place.start <= around.end)
        };
        let candidates = || self.by_item.get(&from).into_iter().flatten().filter(may_be);
        let last = |invocation: &&Invocation| (!invocation.on_item, invocation.place.start);
        let of_family = candidates().filter(is_family).max_by_key(last);
        let any = || candidates().filter(|_| is_certain && !is_own).max_by_key(last);
        of_family.or_else(any).copied()
    }
}
