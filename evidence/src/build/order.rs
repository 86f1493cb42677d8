//! Which items the graph has, and in which order: by crate and path, whatever was read first.

use std::cmp::Ordering;

use archguard_invariants::graph::{ItemId, ItemKind};
use archguard_invariants::place::FileId;
use rayon::slice::ParallelSliceMut;
use rustc_hash::{FxHashMap, FxHashSet};

use super::earlier::Earlier;
use super::found::Collected;
use super::items::is_included;
use super::targets::Wanted;
use super::witness::SeenReferences;
use crate::facts::extract::Depth;
use crate::names::ids::{CrateIdx, DefId};
use crate::names::world::World;

/// What an item is made from.
#[derive(Debug, Clone, Copy)]
pub(super) enum Entry {
    /// A definition that has been read.
    Def(DefId),
    /// One that is as an earlier graph has it.
    Same(DefId, ItemId),
    /// An item of a dependency that nobody has read, or that nobody can, as an earlier graph has it.
    Earlier(ItemId),
}

/// The items to be, in order.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) entries: Vec<Entry>,
    /// What became of each item of the earlier graph.
    pub(super) of_earlier: Vec<Option<ItemId>>,
}

/// By what items are ordered that differ: the rank of the crate, the path, the kind.
pub(super) type Key<'k> = (u32, &'k str, ItemKind);

/// The order of crates: examined ones first, then by name.
#[derive(Debug)]
pub(super) struct Ranks(Vec<u32>);

impl Ranks {
    pub(super) fn of(world: &World<'_>) -> Self {
        let mut crates: Vec<CrateIdx> = (0..world.crates.len() as u32).map(CrateIdx::new).collect();
        crates.sort_by_key(|&index| {
            let krate = world.krate(index);
            (!krate.origin.is_examined(), krate.head.as_str(), index)
        });
        let mut ranks = vec![0; crates.len()];
        for (rank, krate) in (0..).zip(crates) {
            ranks[krate.index()] = rank;
        }
        Self(ranks)
    }

    pub(super) fn of_crate(&self, krate: CrateIdx) -> u32 {
        self.0[krate.index()]
    }
}

impl Order {
    /// Of everything that the code consists of and names.
    pub(super) fn of(
        world: &World<'_>,
        collected: &Collected,
        seen: Option<&SeenReferences>,
        wanted: &[Wanted],
    ) -> Self {
        let defs = ordered_defs(
            world,
            &Ranks::of(world),
            collected,
            (seen, wanted),
            &FxHashSet::default(),
        );
        Self {
            entries: defs.into_iter().map(Entry::Def).collect(),
            of_earlier: Vec::new(),
        }
    }

    /// The same where only what some files name was collected, and the rest is as in an earlier graph, with what of it is
    /// needed; none if what the code consists of does not fit to that.
    pub(super) fn beside(
        world: &World<'_>,
        collected: &Collected,
        wanted: &[Wanted],
        (earlier, needed): (&Earlier, &[bool]),
    ) -> Option<Self> {
        let ids = (0..needed.len()).map(ItemId::new).filter(|id| needed[id.index()]);
        let crates: FxHashSet<CrateIdx> = ids.filter_map(|id| earlier.crate_of(id)).collect();
        let ranks = Ranks::of(world);
        let defs = ordered_defs(world, &ranks, collected, (None, wanted), &crates);
        let items = earlier.definitions();
        let mut order = Self {
            entries: Vec::with_capacity(items.len()),
            of_earlier: vec![None; earlier.parts.items.len()],
        };
        let (mut defs, mut items) = (&defs[..], &items[..]);
        while !(defs.is_empty() && items.is_empty()) {
            let order_of_next = match (defs.first(), items.first()) {
                (Some(&def), Some(&item)) => key(world, &ranks, def).cmp(&earlier.key(&ranks, item)?),
                (Some(_), None) => Ordering::Less,
                (None, _) => Ordering::Greater,
            };
            let defs_alike = match order_of_next {
                Ordering::Greater => 0,
                _ => alike(defs, |&def| key(world, &ranks, def)),
            };
            let items_alike = match order_of_next {
                Ordering::Less => 0,
                _ => alike(items, |&item| earlier.key(&ranks, item)),
            };
            let (next_defs, next_items);
            (next_defs, defs) = defs.split_at(defs_alike);
            (next_items, items) = items.split_at(items_alike);
            order.add(world, earlier, next_defs, next_items, needed)?;
        }
        Some(order)
    }

    /// Adds what has one key. Items of one key are told apart by where they stand alone, which nobody knows of those of
    /// dependencies in the earlier graph.
    fn add(
        &mut self,
        world: &World<'_>,
        earlier: &Earlier,
        defs: &[DefId],
        items: &[ItemId],
        needed: &[bool],
    ) -> Option<()> {
        let is_examined = |krate: CrateIdx| world.krate(krate).origin.is_examined();
        let of_defs = defs.first().map(|&def| world.def(def).krate);
        let krate = of_defs.or_else(|| items.first().and_then(|&item| earlier.crate_of(item)));
        if earlier.declares_otherwise && krate.is_some_and(is_examined) {
            self.add_otherwise(world, earlier, defs, items, needed)?;
        } else if defs.len() == items.len() {
            for (&def, &item) in defs.iter().zip(items) {
                self.of_earlier[item.index()] = Some(ItemId::new(self.entries.len()));
                self.entries.push(if earlier.has_same(item) {
                    Entry::Same(def, item)
                } else {
                    Entry::Def(def)
                });
            }
        } else if defs.is_empty() {
            for &item in items {
                // What a macro makes that nobody can look into is known by its name alone, wherever it stands.
                if krate.is_none_or(is_examined) && earlier.item(item).place.is_some() {
                    return None;
                }
                self.add_earlier(item, needed);
            }
        } else if items.is_empty() && !is_examined(world.def(defs[0]).krate) {
            self.entries.extend(defs.iter().copied().map(Entry::Def));
        } else {
            return None;
        }
        Some(())
    }
}

impl Order {
    /// The same where files declare something else than in the earlier graph: what stands in the same file in the same
    /// order is the same, and of what is not there any longer nobody may need anything.
    fn add_otherwise(
        &mut self,
        world: &World<'_>,
        earlier: &Earlier,
        defs: &[DefId],
        items: &[ItemId],
        needed: &[bool],
    ) -> Option<()> {
        let first = self.entries.len();
        self.entries.extend(defs.iter().copied().map(Entry::Def));
        let mut by_file: FxHashMap<Option<FileId>, (Vec<usize>, Vec<ItemId>)> = FxHashMap::default();
        let is_single = defs.len() == 1 && items.len() == 1;
        for (number, &def) in (first..).zip(defs) {
            let file = earlier.file_of(world, def).filter(|_| !is_single);
            by_file.entry(file).or_default().0.push(number);
        }
        for &item in items {
            let place = earlier.item(item).place.filter(|_| !is_single);
            by_file.entry(place.map(|place| place.file)).or_default().1.push(item);
        }
        for (file, (numbers, items)) in by_file {
            if numbers.len() == items.len() {
                for (number, item) in numbers.into_iter().zip(items) {
                    self.of_earlier[item.index()] = Some(ItemId::new(number));
                }
            } else if file.is_some_and(|file| !earlier.changed_files.contains(&file)) {
                return None;
            }
        }
        for &item in items {
            let is_unknown = self.of_earlier[item.index()].is_none();
            if is_unknown && defs.is_empty() && earlier.item(item).place.is_none() {
                self.add_earlier(item, needed);
            } else if is_unknown && needed[item.index()] {
                return None;
            }
        }
        Some(())
    }

    /// Adds an item as it was, if somebody needs it.
    fn add_earlier(&mut self, item: ItemId, needed: &[bool]) {
        if needed[item.index()] {
            self.of_earlier[item.index()] = Some(ItemId::new(self.entries.len()));
            self.entries.push(Entry::Earlier(item));
        }
    }
}

/// How many at the beginning have the same key.
fn alike<T, K: PartialEq>(all: &[T], key: impl Fn(&T) -> K) -> usize {
    all.first().map_or(0, |first| {
        let first = key(first);
        all.iter().take_while(|next| key(next) == first).count()
    })
}

fn key<'w>(world: &'w World<'_>, ranks: &Ranks, def: DefId) -> Key<'w> {
    let data = world.def(def);
    (ranks.of_crate(data.krate), world.path(def).as_str(), data.kind)
}

/// Every definition that the graph needs, with what each is defined in, and the roots of some crates.
fn ordered_defs(
    world: &World<'_>,
    ranks: &Ranks,
    collected: &Collected,
    (seen, wanted): (Option<&SeenReferences>, &[Wanted]),
    crates: &FxHashSet<CrateIdx>,
) -> Vec<DefId> {
    let mut needed: Vec<bool> = vec![false; world.defs.len()];
    let mut pending = Vec::new();
    let mut add = |def: DefId| {
        pending.push(def);
        while let Some(def) = pending.pop() {
            if needed.len() <= def.index() {
                needed.resize(def.index() + 1, false);
            }
            if !std::mem::replace(&mut needed[def.index()], true) {
                let data = world.def(def);
                pending.extend(data.parent.get());
                // A method's impl may stand in another module than its type.
                pending.extend(data.scope.map(|scope| world.module_of(scope)));
            }
        }
    };
    for krate in (0..world.crates.len() as u32).map(CrateIdx::new) {
        if world.krate(krate).origin.is_examined() {
            add(world.root(krate));
            world.externs(krate).values().for_each(|&named| add(world.root(named)));
        }
    }
    for &krate in crates {
        add(world.root(krate));
    }
    for instance in &world.instances {
        if world.krate(instance.krate).origin.is_examined() {
            let stand_in = usize::from(instance.container.is_some());
            let all = world.examined_depth == Depth::Everything || is_included(world, instance);
            let items = instance.items.iter().skip(stand_in);
            let wanted = items.filter(|&&def| all || world.def(def).kind == ItemKind::Module);
            wanted.for_each(|&def| add(def));
        }
    }
    for reference in &collected.references {
        add(reference.to);
        reference.also.into_iter().chain(reference.self_type).for_each(&mut add);
    }
    collected
        .unresolved
        .iter()
        .flat_map(|unresolved| &unresolved.leads)
        .for_each(|&def| add(def));
    collected.details.defs().into_iter().for_each(&mut add);
    seen.into_iter().flat_map(SeenReferences::defs).for_each(&mut add);
    wanted
        .iter()
        .flat_map(|wanted| &wanted.roots)
        .for_each(|&(def, _)| add(def));
    let numbered = (0..).map(DefId::new).zip(needed);
    let needed = numbered.filter(|&(_, needed)| needed).map(|(def, _)| def);
    let mut defs: Vec<(Key<'_>, DefId)> = needed.map(|def| (key(world, ranks, def), def)).collect();
    defs.par_sort_unstable();
    // Where something stands this thread alone can tell; it matters to the few that have one key.
    let mut from = 0;
    while let Some((key, _)) = defs.get(from) {
        let alike = defs[from..].iter().take_while(|(other, _)| other == key).count();
        if alike > 1 {
            defs[from..from + alike].sort_by(|&(_, def), &(_, other)| {
                let stand = |def| world.standing(def);
                stand(def).cmp(&stand(other)).then_with(|| def.cmp(&other))
            });
        }
        from += alike;
    }
    defs.into_iter().map(|(_, def)| def).collect()
}
