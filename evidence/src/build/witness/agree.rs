//! Who saw what, counted within the crates that were compiled: references, and the dependencies of modules.

use std::collections::BTreeMap;

use archguard_invariants::graph::{
    CrateId, CrateOrigin, GraphBuilder, Item, ItemId, ItemKind, Reference, ReferenceKind,
};
use archguard_invariants::place::{Place, Position};
use archguard_invariants::verdict::{Agreement, Difference, ModuleAgreement, ModuleDependency};
use rustc_hash::FxHashSet;

/// Where one of the two saw a dependency first, and why it may be alone in that.
type Sight = Option<(Place, Difference)>;
/// Dependencies of modules by their ends, with the sight of the source and that of the compiler.
type Dependencies = BTreeMap<(String, String), [Sight; 2]>;

/// Why only one of the two saw a reference; none where both did.
pub fn difference(reference: &Reference, to: &Item) -> Option<Difference> {
    match (reference.evidence.source, reference.evidence.compiler) {
        (true, true) => None,
        (true, false) => Some(source_reason(reference, to)),
        (false, _) => Some(compiler_reason(reference)),
    }
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

/// Why only the source shows something.
fn source_reason(reference: &Reference, to: &Item) -> Difference {
    match reference.kind {
        _ if to.kind == ItemKind::Primitive => Difference::PrimitiveType,
        // Printed only where the path does not begin with a type: `Self::Variant` is not.
        _ if to.kind == ItemKind::Variant => Difference::NotPrinted,
        ReferenceKind::Macro | ReferenceKind::Derive | ReferenceKind::Attribute => Difference::MacroName,
        ReferenceKind::Literal | ReferenceKind::Foreign | ReferenceKind::Field => Difference::NotPrinted,
        _ if reference.cfg.is_some() => Difference::OtherCfg,
        _ if reference.inherited_from.is_some() => Difference::MacroBody,
        // `extern crate` has no path.
        ReferenceKind::Import if to.parent.is_none() => Difference::NotPrinted,
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
    /// Why only the source shows something.
    fn source_reason(&self, reference: &Reference, owner: &Item, to: &Item) -> Difference {
        match source_reason(reference, to) {
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
pub(super) fn count(builder: &GraphBuilder, compiled: &Compiled, agreement: &mut Agreement) {
    let mut modules = Dependencies::new();
    for (from, to, reference) in builder.references() {
        let owner = builder.item(*from);
        if !compiled.crates.contains(&owner.krate) {
            continue;
        }
        let (by_source, by_compiler) = (reference.evidence.source, reference.evidence.compiler);
        match difference(reference, builder.item(*to)) {
            None => agreement.both += 1,
            Some(_) if by_source => {
                let reason = compiled.source_reason(reference, owner, builder.item(*to));
                *agreement.source_only.entry(reason).or_default() += 1;
            }
            Some(reason) => *agreement.compiler_only.entry(reason).or_default() += 1,
        }
        let Some(dependency) = module_dependency(builder, *from, *to) else {
            continue;
        };
        let who = modules.entry(dependency).or_default();
        if by_source {
            note(
                &mut who[0],
                reference.place,
                compiled.source_reason(reference, owner, builder.item(*to)),
            );
        }
        if by_compiler {
            note(&mut who[1], reference.place, compiler_reason(reference));
        }
    }
    agreement.modules = module_agreement(builder, modules);
}

/// Of several references the one whose reason explains least.
fn note(sight: &mut Sight, place: Place, reason: Difference) {
    if sight.is_none_or(|(_, known)| known < reason) {
        *sight = Some((place, reason));
    }
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
