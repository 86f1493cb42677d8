//! Which macro of a dependency wrote what only the compiler saw: its invocation is the place to show, and what it writes is
//! the macro's affair as far as permissions go.

use archguard_invariants::graph::{Crate, CrateOrigin, GraphBuilder, ItemId, ReferenceKind};
use archguard_invariants::place::Place;
use rustc_hash::FxHashMap;

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
}

impl Makers {
    /// Those that the source shows.
    pub(super) fn of(builder: &GraphBuilder) -> Self {
        let mut by_item: FxHashMap<ItemId, Vec<Invocation>> = FxHashMap::default();
        for (from, to, reference) in builder.references() {
            let on_item = match reference.kind {
                ReferenceKind::Derive | ReferenceKind::Attribute => true,
                ReferenceKind::Macro => false,
                _ => continue,
            };
            if !builder.krate(builder.item(*to).krate).origin.is_examined() {
                by_item.entry(*from).or_default().push(Invocation {
                    maker: *to,
                    place: reference.place,
                    on_item,
                });
            }
        }
        Self { by_item }
    }

    /// The invocation in an item's code that wrote what leads to another item and stands somewhere in `around`: one whose
    /// crate is of the target's family before any other, the last one before the place before earlier ones. `is_certain` is
    /// false for what claims to stand where it was not written: there only the family tells.
    pub(super) fn of_reference(
        &self,
        builder: &GraphBuilder,
        (from, to): (ItemId, ItemId),
        around: Option<Place>,
        is_certain: bool,
    ) -> Option<Invocation> {
        let target = builder.krate(builder.item(to).krate);
        let is_family = |invocation: &&Invocation| {
            let maker = builder.krate(builder.item(invocation.maker).krate);
            are_family(maker, target)
        };
        let may_be = |invocation: &&Invocation| {
            invocation.on_item
                || around
                    .is_none_or(|around| around.file == invocation.place.file && invocation.place.start <= around.end)
        };
        let candidates = || self.by_item.get(&from).into_iter().flatten().filter(may_be);
        let last = |invocation: &&Invocation| (!invocation.on_item, invocation.place.start);
        let of_family = candidates().filter(is_family).max_by_key(last);
        let any = || candidates().filter(|_| is_certain).max_by_key(last);
        of_family.or_else(any).copied()
    }
}

/// Whether two crates are of one family: one named after the other, or of one repository.
fn are_family(one: &Crate, other: &Crate) -> bool {
    let is_named_after = |one: &str, other: &str| {
        one.strip_prefix(other)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
    };
    let are_standard = one.origin == CrateOrigin::Standard && other.origin == CrateOrigin::Standard;
    are_standard
        || is_named_after(&one.name, &other.name)
        || is_named_after(&other.name, &one.name)
        || (one.repository.is_some() && one.repository == other.repository)
}
