//! Whoever invokes a macro inherits the references of its body, through any chain of macros.

use archguard_invariants::graph::{GraphBuilder, ItemId, ItemKind, Reference, ReferenceKind};
use archguard_invariants::place::FileId;
use rustc_hash::{FxHashMap, FxHashSet};

/// Adds to each invocation of an examined macro what the macro's body names, in the files where nobody has done so.
pub(super) fn add_inherited(builder: &mut GraphBuilder, is_wanted: impl Fn(FileId) -> bool) {
    let mut bodies: FxHashMap<ItemId, Vec<(ItemId, Reference)>> = FxHashMap::default();
    let mut invocations: Vec<(ItemId, ItemId, Reference)> = Vec::new();
    for (from, to, reference) in builder.references() {
        let is_macro = |item: ItemId| builder.item(item).kind == ItemKind::Macro && builder.item(item).place.is_some();
        if is_macro(*from) {
            // What the body does in tests alone is so wherever it is invoked; where the macro stands is not.
            let dev = reference.dev && !builder.item(*from).dev;
            let reference = Reference {
                dev,
                ..reference.clone()
            };
            bodies.entry(*from).or_default().push((*to, reference));
        } else if reference.kind == ReferenceKind::Macro && is_wanted(reference.place.file) && is_macro(*to) {
            invocations.push((*from, *to, reference.clone()));
        }
    }
    // Of what a body names twice the first counts, in whichever order it was found.
    for body in bodies.values_mut() {
        body.sort_by_key(|(_, reference)| (reference.place.file, reference.place.start, reference.place.end));
    }
    // A body's references through other macros, each macro worked out once.
    let mut whole: FxHashMap<ItemId, Vec<(ItemId, Reference)>> = FxHashMap::default();
    for (from, invoked, invocation) in invocations {
        let inherited = whole
            .entry(invoked)
            .or_insert_with(|| closure(invoked, &bodies))
            .clone();
        let mut added = FxHashSet::default();
        for (to, reference) in inherited {
            if to == from || !added.insert((to, reference.kind, reference.dev)) {
                continue;
            }
            builder.add_reference(
                from,
                to,
                Reference {
                    place: invocation.place,
                    pathless: true,
                    exposed: false,
                    reexport: false,
                    dev: invocation.dev || reference.dev,
                    cfg: invocation.cfg,
                    inherited_from: Some(invoked),
                    ..reference
                },
            );
        }
    }
}

fn closure(start: ItemId, bodies: &FxHashMap<ItemId, Vec<(ItemId, Reference)>>) -> Vec<(ItemId, Reference)> {
    let mut seen = FxHashSet::from_iter([start]);
    let mut pending = vec![start];
    let mut found = Vec::new();
    while let Some(at) = pending.pop() {
        for (to, reference) in bodies.get(&at).into_iter().flatten() {
            if reference.kind == ReferenceKind::Macro && seen.insert(*to) {
                pending.push(*to);
            }
            found.push((*to, reference.clone()));
        }
    }
    found
}
