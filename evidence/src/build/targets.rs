//! What the policy's patterns lead to: by the names of the module tree, through re-exports, families included.

use archguard_invariants::graph::{
    CrateOrigin, GraphBuilder, ItemId, ItemKind, Root, TargetKind, TargetState, Targets,
};
use archguard_invariants::pattern::{PathPattern, Segment};
use rustc_hash::FxHashSet;

use super::earlier::Earlier;
use super::items::Items;
use crate::facts::model::Namespaces;
use crate::names::ids::{CrateIdx, DefId};
use crate::names::world::{Def, Origin, World};

/// A pattern with the definitions that it leads to.
pub(super) struct Wanted {
    pattern: PathPattern,
    /// Each with whether only its own items count.
    pub(super) roots: Vec<(DefId, bool)>,
    state: TargetState,
}

/// Looks up every pattern.
pub(super) fn resolve_all(world: &World<'_>, patterns: &[PathPattern]) -> Vec<Wanted> {
    let of_code = patterns.iter().filter(|pattern| pattern.literal.is_none());
    of_code.map(|pattern| resolve(world, pattern)).collect()
}

/// Looks up those patterns that may lead to what examined code declares.
pub(super) fn resolve_examined(world: &World<'_>, patterns: &[PathPattern]) -> Vec<Wanted> {
    let of_code = patterns
        .iter()
        .filter(|pattern| leads_into_examined_code(world, pattern));
    of_code.map(|pattern| resolve(world, pattern)).collect()
}

/// Looks up the patterns that lead to modules and crates. What only bodies or the sources of dependencies can tell is left
/// pending: packs alone name hundreds of items there.
pub(super) fn resolve_outline(world: &World<'_>, patterns: &[PathPattern]) -> Vec<Wanted> {
    let resolved = patterns.iter().map(|pattern| {
        if is_beyond_outlines(world, pattern) {
            Wanted {
                pattern: pattern.clone(),
                roots: Vec::new(),
                state: TargetState::Pending,
            }
        } else {
            resolve(world, pattern)
        }
    });
    resolved.collect()
}

fn is_beyond_outlines(world: &World<'_>, pattern: &PathPattern) -> bool {
    let [first, _, ..] = pattern.segments.as_slice() else {
        return pattern.literal.is_some() || pattern.foreign;
    };
    let crates = crates_named(world, pattern, first);
    let external = |&krate: &CrateIdx| world.krate(krate).origin == CrateOrigin::External;
    !crates.is_empty() && crates.iter().all(external)
}

/// The definitions that a pattern leads to, whatever else becomes of it.
pub(super) fn definitions(world: &World<'_>, pattern: &PathPattern) -> Vec<DefId> {
    let roots = resolve(world, pattern).roots;
    roots.into_iter().map(|(def, _)| def).collect()
}

/// States the targets in the graph.
pub(super) fn add_all(builder: &mut GraphBuilder, items: &Items<'_, '_>, wanted: Vec<Wanted>) {
    for (pattern, targets) in of_items(items, wanted) {
        builder.set_targets(pattern, targets);
    }
}

/// Whether some patterns lead to what code names, because nobody can look into it.
pub(super) fn follow_the_code(world: &World<'_>, patterns: &[PathPattern]) -> bool {
    let is_opaque = |&krate: &CrateIdx| world.krate(krate).origin == CrateOrigin::Opaque;
    let mut into_crates = patterns.iter().filter(|pattern| pattern.literal.is_none());
    let leads_into_one = |pattern: &PathPattern| match pattern.segments.as_slice() {
        [first, _, ..] => crates_named(world, pattern, first).iter().any(is_opaque),
        _ => false,
    };
    // A module that is taken out counts as what is written of it, too.
    let is_taken_out = |def: &Def| matches!(def.origin, Origin::Opaque) && world.krate(def.krate).origin.is_examined();
    into_crates.any(leads_into_one) || world.defs.iter().any(is_taken_out)
}

/// Whether a pattern may lead to what examined code declares.
pub(super) fn leads_into_examined_code(world: &World<'_>, pattern: &PathPattern) -> bool {
    let is_examined = |&krate: &CrateIdx| world.krate(krate).origin.is_examined();
    let first = pattern.segments.first().filter(|_| pattern.literal.is_none());
    pattern.foreign || first.is_some_and(|first| crates_named(world, pattern, first).iter().any(is_examined))
}

/// States what the patterns led to in an earlier graph: they lead where declarations say.
pub(super) fn add_earlier(
    builder: &mut GraphBuilder,
    earlier: &mut Earlier,
    of_earlier: &[Option<ItemId>],
    patterns: &[PathPattern],
) {
    for (pattern, targets) in patterns.iter().zip(std::mem::take(&mut earlier.parts.targets)) {
        let Some(Targets { roots, state }) = targets.filter(|_| pattern.literal.is_none()) else {
            continue;
        };
        let now = |Root { item, own_only }| of_earlier[item.index()].map(|item| Root { item, own_only });
        let roots = roots.into_iter().filter_map(now).collect();
        builder.set_targets(pattern.clone(), Targets { roots, state });
    }
}

/// The patterns with the items that they lead to.
pub(super) fn of_items(items: &Items<'_, '_>, wanted: Vec<Wanted>) -> Vec<(PathPattern, Targets)> {
    let with_items = |Wanted { pattern, roots, state }| {
        let mut roots: Vec<Root> = roots
            .into_iter()
            .filter_map(|(def, own_only)| items.id(def).map(|item| Root { item, own_only }))
            .collect();
        roots.sort_unstable();
        roots.dedup();
        (pattern, Targets { roots, state })
    };
    wanted.into_iter().map(with_items).collect()
}

fn resolve(world: &World<'_>, pattern: &PathPattern) -> Wanted {
    let done = |roots: Vec<(DefId, bool)>, state| Wanted {
        pattern: pattern.clone(),
        roots,
        state,
    };
    if pattern.foreign {
        let roots = world.foreign_matching(|name| pattern.segments[0].matches(name));
        let state = if roots.is_empty() {
            TargetState::Dormant
        } else {
            TargetState::Matched
        };
        return done(roots.into_iter().map(|def| (def, false)).collect(), state);
    }
    let Some((first, rest)) = pattern.segments.split_first() else {
        return done(Vec::new(), TargetState::Dormant);
    };
    let crates = crates_named(world, pattern, first);
    if crates.is_empty() {
        return done(Vec::new(), TargetState::Dormant);
    }
    let opaque = crates
        .iter()
        .all(|&krate| world.krate(krate).origin == CrateOrigin::Opaque);
    let mut at: Vec<DefId> = crates.iter().map(|&krate| world.root(krate)).collect();
    let roots_of_crates = at.clone();
    for segment in rest {
        let next = world.step_pattern(&at, segment);
        if next.is_empty() && !opaque {
            let nearest = world.nearest_name(&at, segment);
            return done(Vec::new(), TargetState::NoMatch { nearest });
        }
        at = next;
    }
    if opaque {
        return done(
            at.into_iter().map(|def| (def, pattern.own_only)).collect(),
            TargetState::Pending,
        );
    }
    if pattern.macro_only {
        at.retain(|&def| world.def(def).kind.is_macro());
    } else if rest.is_empty() {
        at.extend(family_roots(world, &crates));
    } else {
        let reexported = world.reexported_in_family(&at);
        at.extend(reexported);
    }
    at.sort_unstable();
    at.dedup();
    if at.is_empty() {
        return done(
            Vec::new(),
            TargetState::NoMatch {
                nearest: world.nearest_name(&roots_of_crates, &rest[rest.len().saturating_sub(1)]),
            },
        );
    }
    done(
        at.into_iter().map(|def| (def, pattern.own_only)).collect(),
        TargetState::Matched,
    )
}

/// The crates that a first segment names.
fn crates_named(world: &World<'_>, pattern: &PathPattern, first: &Segment) -> Vec<CrateIdx> {
    let wanted = pattern.target.as_ref().map(|target| target.kind);
    let std = matches!(first, Segment::Literal(name) if &**name == "std");
    let mut found = Vec::new();
    for (index, krate) in world.crates.iter().enumerate() {
        let id = CrateIdx::new(index as u32);
        let by_name = first.matches(&krate.name);
        let named = match (krate.origin, wanted) {
            (origin, Some(kind)) => {
                origin.is_examined()
                    && krate.target == kind
                    && (by_name || (kind == TargetKind::Build && first.matches(&krate.package)))
            }
            // A library by its crate name, or every production target of a package by the package's.
            (origin, None) if origin.is_examined() => {
                (krate.target == TargetKind::Lib && by_name) || (!krate.dev && first.matches(&krate.package))
            }
            (CrateOrigin::Standard, None) => by_name || (std && matches!(krate.name.as_str(), "core" | "alloc")),
            (_, None) => by_name || first.matches(&krate.package),
        };
        if named {
            found.push(id);
        }
    }
    found
}

/// The roots of the crates that belong to a named external crate: by name, or by repository.
fn family_roots(world: &World<'_>, crates: &[CrateIdx]) -> Vec<DefId> {
    let mut found = Vec::new();
    for &krate in crates
        .iter()
        .filter(|&&krate| world.krate(krate).origin == CrateOrigin::External)
    {
        for index in (0..world.crates.len() as u32).map(CrateIdx::new) {
            if world.is_family(krate, index) {
                found.push(world.root(index));
            }
        }
        found.extend(listed_items(world, krate));
    }
    found
}

/// The items of other crates that `[facades]` puts into a crate's family.
fn listed_items(world: &World<'_>, of: CrateIdx) -> Vec<DefId> {
    let mut found = Vec::new();
    for pattern in world.family_listed(of) {
        let [first, rest @ ..] = &pattern.segments[..] else {
            continue;
        };
        if rest.is_empty() {
            continue;
        }
        let crates = crates_named(world, pattern, first);
        let mut at: Vec<DefId> = crates.into_iter().map(|krate| world.root(krate)).collect();
        for segment in rest {
            at = world.step_pattern(&at, segment);
        }
        found.extend(at);
    }
    found
}

impl World<'_> {
    /// What `[facades]` lists under a crate's name.
    fn family_listed(&self, of: CrateIdx) -> &[PathPattern] {
        self.facades.get(&self.krate(of).name).map_or(&[], Vec::as_slice)
    }

    /// Whether a definition is of an external crate's family: its crate is, or `[facades]` lists the item.
    fn is_of_family(&self, of: CrateIdx, def: DefId) -> bool {
        self.is_family(of, self.def(def).krate)
            || self
                .family_listed(of)
                .iter()
                .any(|pattern| pattern.covers_path(&self.path(def)))
    }

    /// Whether an external crate is of another's family: its name begins with the other's, the other depends on it within
    /// their repository, or `[facades]` lists it.
    pub(crate) fn is_family(&self, of: CrateIdx, other: CrateIdx) -> bool {
        let listed = self.family_listed(of).iter();
        let mut whole = listed.filter(|pattern| pattern.segments.len() == 1);
        let (data, other_data) = (self.krate(of), self.krate(other));
        if data.origin == CrateOrigin::Standard {
            return other_data.origin == CrateOrigin::Standard;
        }
        if other_data.origin != CrateOrigin::External {
            return false;
        }
        data.name == other_data.name
            || self.is_prefixed(of, other)
            || self.leads_within_repository(of, other)
            || whole.any(|pattern| pattern.segments[0].matches(&other_data.name))
    }

    /// Whether two crates are made together: of one family, whichever way round, or of one repository.
    pub(crate) fn are_kin(&self, one: CrateIdx, other: CrateIdx) -> bool {
        let is_external = |krate| self.krate(krate).origin == CrateOrigin::External;
        let share = is_external(one) && is_external(other) && self.share_repository(one, other);
        share || self.is_family(one, other) || self.is_family(other, one)
    }

    fn is_prefixed(&self, of: CrateIdx, other: CrateIdx) -> bool {
        let rest = self.krate(other).name.strip_prefix(self.krate(of).name.as_str());
        rest.is_some_and(|rest| rest.starts_with('_'))
    }

    /// Whether a crate depends on another of its repository, itself or by way of others there: it can hand out nothing of
    /// those that it does not know, such as the facade above it.
    fn leads_within_repository(&self, of: CrateIdx, other: CrateIdx) -> bool {
        if !self.share_repository(of, other) {
            return false;
        }
        let mut seen: FxHashSet<CrateIdx> = FxHashSet::default();
        let mut pending = vec![of];
        while let Some(krate) = pending.pop() {
            for &dependency in self.externs(krate).values() {
                if dependency == other {
                    return true;
                }
                if self.share_repository(of, dependency) && seen.insert(dependency) {
                    pending.push(dependency);
                }
            }
        }
        false
    }

    fn share_repository(&self, one: CrateIdx, other: CrateIdx) -> bool {
        let repository = |krate: CrateIdx| {
            let url = self.krate(krate).repository.as_deref()?;
            let url = url.trim_end_matches('/').trim_end_matches(".git");
            url.split("/tree/").next()
        };
        let known = repository(one);
        known.is_some() && known == repository(other)
    }

    fn step_pattern(&self, at: &[DefId], segment: &Segment) -> Vec<DefId> {
        let mut next: Vec<DefId> = Vec::new();
        for &def in at {
            if matches!(self.def(def).origin, Origin::Opaque) {
                next.extend(self.step_into_opaque(def, segment));
                continue;
            }
            match segment {
                Segment::Literal(name) => next.extend(self.children_named(def, crate::facts::model::Name::from(name))),
                Segment::Many => next.extend(self.descendants(def)),
                _ => next.extend(self.children_where(def, |name| segment.matches(name))),
            }
        }
        let mut seen = FxHashSet::default();
        next.retain(|&def| seen.insert(def));
        next
    }

    /// By what code has named so far: one name may have been taken for a function here and a type there, and a pattern
    /// means both.
    fn step_into_opaque(&self, def: DefId, segment: &Segment) -> Vec<DefId> {
        match segment {
            Segment::Many => {
                let below = self.assumed_children(def, |_| true);
                let deeper = below
                    .into_iter()
                    .flat_map(|child| self.step_into_opaque(child, segment));
                std::iter::once(def).chain(deeper).collect()
            }
            Segment::Literal(name) => {
                let found = self.assumed_children(def, |known| known == &**name);
                if found.is_empty() {
                    vec![self.opaque_child(def, crate::facts::model::Name::from(name), Namespaces::ALL)]
                } else {
                    found
                }
            }
            _ => self.assumed_children(def, |name| segment.matches(name)),
        }
    }

    fn children_named(&self, def: DefId, name: crate::facts::model::Name) -> Vec<DefId> {
        let hits = self.child_hits(def, name, Namespaces::ALL);
        if !hits.is_empty() {
            return hits.into_iter().map(|hit| hit.def).collect();
        }
        if self.def(def).kind == ItemKind::Module {
            Vec::new()
        } else {
            self.own_members(def, name)
        }
    }

    /// A module's names: declared, and re-exported where others can see them.
    fn children_where(&self, def: DefId, wanted: impl Fn(&str) -> bool) -> Vec<DefId> {
        let mut found = Vec::new();
        for name in self.names_in(def, &mut FxHashSet::default()) {
            if wanted(&name) {
                found.extend(self.children_named(def, name));
            }
        }
        found
    }

    fn descendants(&self, def: DefId) -> Vec<DefId> {
        let mut found = Vec::new();
        let mut seen = FxHashSet::default();
        let mut pending = vec![def];
        while let Some(def) = pending.pop() {
            if seen.insert(def) {
                found.push(def);
                if self.def(def).kind == ItemKind::Module {
                    pending.extend(
                        self.children_where(def, |_| true)
                            .into_iter()
                            .filter(|&child| self.def(child).krate == self.def(def).krate),
                    );
                }
            }
        }
        found
    }

    /// Definitions outside of an external module that it hands out, as far as they are of its family.
    fn reexported_in_family(&self, at: &[DefId]) -> Vec<DefId> {
        let mut found = Vec::new();
        let mut seen = FxHashSet::default();
        let mut pending: Vec<(CrateIdx, DefId)> = at
            .iter()
            .filter(|&&def| {
                let origin = self.krate(self.def(def).krate).origin;
                matches!(origin, CrateOrigin::External | CrateOrigin::Standard)
                    && self.def(def).kind == ItemKind::Module
            })
            .map(|&def| (self.def(def).krate, def))
            .collect();
        while let Some((of, def)) = pending.pop() {
            if !seen.insert(def) || self.def(def).kind != ItemKind::Module {
                continue;
            }
            for child in self.children_where(def, |_| true) {
                let inside =
                    std::iter::successors(Some(child), |&at| self.def(at).parent.get()).any(|outer| outer == def);
                let krate = self.def(child).krate;
                if !inside && (krate == of || self.is_of_family(of, child)) {
                    found.push(child);
                }
                if krate == of || self.is_of_family(of, child) {
                    pending.push((of, child));
                }
            }
        }
        found
    }

    /// The nearest existing name for a segment that matched nothing, as a path.
    fn nearest_name(&self, at: &[DefId], segment: &Segment) -> Option<String> {
        let Segment::Literal(wanted) = segment else { return None };
        let mut best: Option<(usize, String)> = None;
        for &def in at {
            for name in self.names_in(def, &mut FxHashSet::default()) {
                let distance = strsim::damerau_levenshtein(wanted, &name);
                if distance <= wanted.len().max(3) / 3 && best.as_ref().is_none_or(|(known, _)| distance < *known) {
                    best = Some((distance, format!("{}::{name}", self.path(def))));
                }
            }
        }
        best.map(|(_, path)| path)
    }
}
