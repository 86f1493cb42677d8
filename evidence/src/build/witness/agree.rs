//! Who saw what, counted within the crates that were compiled: references, and the dependencies of modules.

use std::collections::BTreeMap;

use archguard_invariants::graph::{
    CrateId, CrateOrigin, GraphBuilder, Item, ItemId, ItemKind, Reference, ReferenceKind,
};
use archguard_invariants::place::{FileId, Place, Position};
use archguard_invariants::verdict::{Agreement, Difference, ModuleAgreement, ModuleDependency};
use rustc_hash::FxHashSet;

use crate::build::items::Items;

/// Where one of the two saw a dependency first, and why it may be alone in that.
type Sight = Option<(Place, Difference)>;
/// Dependencies of modules by their ends, with the sight of the source and that of the compiler.
type Dependencies = BTreeMap<(String, String), [Sight; 2]>;

/// Where a path stands, and what it does.
type Spot = (FileId, Position, ReferenceKind);

/// Why one of the two is alone, told by what stands beside it.
#[derive(Debug)]
pub struct Differences {
    /// Where both have seen the same.
    confirmed: FxHashSet<Spot>,
}

impl Differences {
    /// Among all references of a graph.
    pub fn among<'a>(references: impl Iterator<Item = &'a Reference>) -> Self {
        let both = references.filter(|reference| reference.evidence.source && reference.evidence.compiler);
        Self {
            confirmed: both.map(spot).collect(),
        }
    }

    /// Why only one of the two saw a reference; none where both did.
    pub fn of<'a>(
        &self,
        reference: &Reference,
        (from, to): (ItemId, ItemId),
        item: &impl Fn(ItemId) -> &'a Item,
    ) -> Option<Difference> {
        match (reference.evidence.source, reference.evidence.compiler) {
            (true, true) => None,
            (true, false) => Some(self.source_reason(reference, (from, to), item)),
            (false, _) => Some(compiler_reason(reference)),
        }
    }

    /// Why only the source shows something.
    fn source_reason<'a>(
        &self,
        reference: &Reference,
        (from, to): (ItemId, ItemId),
        item: &impl Fn(ItemId) -> &'a Item,
    ) -> Difference {
        let mut around = std::iter::successors(Some(from), |&id| item(id).parent);
        let in_macro = around.any(|id| item(id).kind.is_macro());
        match source_reason(reference, in_macro, item(to)) {
            // A name that stands for several things, each under a cfg of its own, is one of them in a build.
            Difference::Unexplained | Difference::InferredElsewhere if self.confirmed.contains(&spot(reference)) => {
                Difference::OtherCfg
            }
            reason => reason,
        }
    }
}

fn spot(reference: &Reference) -> Spot {
    (reference.place.file, reference.place.start, reference.kind)
}

/// Why only the compiler saw something.
fn compiler_reason(reference: &Reference) -> Difference {
    match (reference.kind, reference.pathless) {
        _ if reference.inherited_from.is_some() => Difference::MacroOutput,
        (ReferenceKind::Method, _) => Difference::InferredMethod,
        (ReferenceKind::Operator, _) => Difference::Operator,
        (_, true) => Difference::MacroOutput,
        (_, false) => Difference::Path,
    }
}

/// Why only the source shows something, told by itself.
fn source_reason(reference: &Reference, in_macro: bool, to: &Item) -> Difference {
    match reference.kind {
        _ if to.kind == ItemKind::Primitive => Difference::PrimitiveType,
        // Printed only where the path does not begin with a type: `Self::Variant` is not.
        _ if to.kind == ItemKind::Variant => Difference::NotPrinted,
        ReferenceKind::Macro | ReferenceKind::Derive | ReferenceKind::Attribute => Difference::MacroName,
        ReferenceKind::Literal | ReferenceKind::Foreign | ReferenceKind::Field => Difference::NotPrinted,
        // In dependencies, too, a name may stand for several things under several cfgs.
        _ if reference.cfg.is_some() || to.cfg.is_some() => Difference::OtherCfg,
        _ if reference.inherited_from.is_some() || in_macro => Difference::MacroBody,
        // `S::Error`, `Self::Item`: which trait's it is, is for types to tell, and they print what it stands for.
        _ if to.kind == ItemKind::AssociatedType => Difference::NotPrinted,
        // `extern crate` has no path.
        ReferenceKind::Import if to.parent.is_none() => Difference::NotPrinted,
        ReferenceKind::Method => Difference::InferredElsewhere,
        _ => Difference::Unexplained,
    }
}

/// Crates by how much the compiler said of them.
pub(super) struct Compiled {
    /// All that were compiled.
    pub(super) crates: FxHashSet<CrateId>,
    /// Those of which it was asked for bodies alone.
    pub(super) by_bodies: FxHashSet<CrateId>,
}

impl Compiled {
    /// A reason with what was not asked.
    fn refined(&self, reason: Difference, reference: &Reference, owner: &Item, to: &Item) -> Difference {
        match reason {
            Difference::Unexplained if self.by_bodies.contains(&owner.krate) && !is_said_by_bodies(reference, to) => {
                Difference::NotAsked
            }
            reason => reason,
        }
    }
}

/// Whether typed bodies name what a reference leads to, wherever it stands in one.
fn is_said_by_bodies(reference: &Reference, to: &Item) -> bool {
    let is_value = matches!(
        to.kind,
        ItemKind::Function | ItemKind::Method | ItemKind::Constant | ItemKind::AssociatedConstant | ItemKind::Static
    );
    is_value && reference.kind != ReferenceKind::Import
}

/// Counts who saw what in some crates.
pub(super) fn count(builder: &GraphBuilder, items: &Items<'_, '_>, compiled: &Compiled, agreement: &mut Agreement) {
    let differences = Differences::among(builder.references().iter().map(|(_, _, reference)| reference));
    let item = |id| builder.item(id);
    let mut modules = Dependencies::new();
    let mut external: BTreeMap<String, CrateId> = BTreeMap::new();
    for (from, to, reference) in builder.references() {
        let owner = builder.item(*from);
        if !compiled.crates.contains(&owner.krate) {
            continue;
        }
        let (by_source, by_compiler) = (reference.evidence.source, reference.evidence.compiler);
        match differences.of(reference, (*from, *to), &item) {
            None => agreement.both += 1,
            Some(reason) if by_source => {
                let reason = compiled.refined(reason, reference, owner, builder.item(*to));
                *agreement.source_only.entry(reason).or_default() += 1;
            }
            Some(reason) => *agreement.compiler_only.entry(reason).or_default() += 1,
        }
        let Some(dependency) = module_dependency(builder, *from, *to) else {
            continue;
        };
        let krate = builder.item(*to).krate;
        if matches!(builder.krate(krate).origin, CrateOrigin::External | CrateOrigin::Opaque) {
            external.entry(dependency.1.clone()).or_insert(krate);
        }
        let who = modules.entry(dependency).or_default();
        if by_source {
            note(
                &mut who[0],
                reference.place,
                compiled.refined(
                    differences.source_reason(reference, (*from, *to), &item),
                    reference,
                    owner,
                    builder.item(*to),
                ),
            );
        }
        if by_compiler {
            note(&mut who[1], reference.place, compiler_reason(reference));
        }
    }
    let are_family = |one: &str, other: &str| {
        let crates = external.get(one).zip(external.get(other));
        crates.is_some_and(|(&one, &other)| items.are_family(one, other))
    };
    agreement.modules = module_agreement(builder, by_family(modules, are_family));
}

/// Of several references the one whose reason explains least.
fn note(sight: &mut Sight, place: Place, reason: Difference) {
    if sight.is_none_or(|(_, known)| known < reason) {
        *sight = Some((place, reason));
    }
}

/// One dependency for all crates of one family, as policies speak of them: a derive of `serde_derive` writes what leads to
/// `serde_core`, and both are `serde`. It goes by the shortest name.
fn by_family(modules: Dependencies, are_family: impl Fn(&str, &str) -> bool) -> Dependencies {
    let mut sorted: Vec<_> = modules.into_iter().collect();
    sorted.sort_by(|((from, to), _), ((other, than), _)| (from, to.len(), to).cmp(&(other, than.len(), than)));
    let mut kept: Vec<((String, String), [Sight; 2])> = Vec::new();
    for ((from, to), sights) in sorted {
        let mut of_module = kept.iter_mut().rev().take_while(|((other, _), _)| *other == from);
        match of_module.find(|((_, known), _)| are_family(known, &to)) {
            Some((_, known)) => {
                for (known, sight) in known.iter_mut().zip(sights) {
                    if let Some((place, reason)) = sight {
                        note(known, place, reason);
                    }
                }
            }
            None => kept.push(((from, to), sights)),
        }
    }
    kept.into_iter().collect()
}

/// The module or crate that a reference is a dependency on; none within a module.
fn module_dependency(builder: &GraphBuilder, from: ItemId, to: ItemId) -> Option<(String, String)> {
    let (from, to) = (builder.item(from), builder.item(to));
    // All code names primitive types, and the compiler prints none of them.
    if to.kind == ItemKind::Primitive {
        return None;
    }
    let module = builder.item(from.module);
    let krate = builder.krate(to.krate);
    let target = match krate.origin {
        CrateOrigin::Workspace | CrateOrigin::Path => builder.item(to.module).path.to_string(),
        // Which of its crates a name is defined in is the standard library's own affair.
        CrateOrigin::Standard => "std".to_owned(),
        CrateOrigin::External | CrateOrigin::Opaque => krate.name.to_string(),
    };
    (from.module != to.module).then(|| (module.path.to_string(), target))
}

fn module_agreement(builder: &GraphBuilder, modules: Dependencies) -> ModuleAgreement {
    let mut agreement = ModuleAgreement::default();
    for ((from, to), who) in modules {
        let dependency = |(place, reason): (Place, Difference)| {
            let Position { line, column } = place.start;
            ModuleDependency {
                from: from.clone(),
                to: to.clone(),
                at: format!("{}:{line}:{column}", builder.files()[place.file.0 as usize].display),
                reason,
            }
        };
        match who {
            [Some(_), Some(_)] => agreement.both += 1,
            [Some(source), None] => agreement.source_only.push(dependency(source)),
            [None, Some(compiler)] => agreement.compiler_only.push(dependency(compiler)),
            [None, None] => {}
        }
    }
    agreement.compiler_only.sort();
    agreement.source_only.sort();
    agreement
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(reason: Difference) -> (Place, Difference) {
        let at = Position { line: 1, column: 1 };
        let place = Place {
            file: FileId(0),
            start: at,
            end: at,
        };
        (place, reason)
    }

    #[test]
    fn crates_of_one_family_are_one_dependency_of_a_module() {
        let ends = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        let modules = Dependencies::from([
            (ends("a", "serde_derive"), [Some(seen(Difference::MacroName)), None]),
            (ends("a", "serde_core"), [None, Some(seen(Difference::MacroOutput))]),
            (ends("a", "serde"), [None, Some(seen(Difference::Path))]),
            (ends("a", "log"), [None, Some(seen(Difference::MacroOutput))]),
            (ends("b", "serde_core"), [None, Some(seen(Difference::MacroOutput))]),
        ]);
        let are_family = |one: &str, other: &str| one.starts_with("serde") && other.starts_with("serde");
        let found = by_family(modules, are_family);
        let keys: Vec<String> = found.keys().map(|(from, to)| format!("{from} {to}")).collect();
        assert_eq!(keys, ["a log", "a serde", "b serde_core"]);
        let [by_source, by_compiler] = found[&ends("a", "serde")];
        assert_eq!(by_source.map(|(_, reason)| reason), Some(Difference::MacroName));
        assert_eq!(by_compiler.map(|(_, reason)| reason), Some(Difference::Path));
    }
}
