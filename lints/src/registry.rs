//! All lints with their judges.

use archguard_invariants::finding::Lint;

use crate::context::Context;
use crate::judges::{
    contradicted_annotation, crate_not_allowed, dependency_cycle, dev_code_in_production, forbidden_reach,
    forbidden_use, layer_breach, leaked_type, mandate_bypassed, misplaced_item, missing_annotation, private_interface,
    requirement_unmet, unassigned_module, undeclared_dependency, unresolved_suspect,
};
use crate::sink::Sink;

/// A judge.
pub(crate) type Check = fn(&Context<'_>, &mut Sink);

/// Every lint and its judge, by the lint's id.
pub(crate) const ALL: [(Lint, Check); 16] = [
    (Lint::ContradictedAnnotation, contradicted_annotation::check),
    (Lint::CrateNotAllowed, crate_not_allowed::check),
    (Lint::DependencyCycle, dependency_cycle::check),
    (Lint::DevCodeInProduction, dev_code_in_production::check),
    (Lint::ForbiddenReach, forbidden_reach::check),
    (Lint::ForbiddenUse, forbidden_use::check),
    (Lint::LayerBreach, layer_breach::check),
    (Lint::LeakedType, leaked_type::check),
    (Lint::MandateBypassed, mandate_bypassed::check),
    (Lint::MisplacedItem, misplaced_item::check),
    (Lint::MissingAnnotation, missing_annotation::check),
    (Lint::PrivateInterface, private_interface::check),
    (Lint::RequirementUnmet, requirement_unmet::check),
    (Lint::UnassignedModule, unassigned_module::check),
    (Lint::UndeclaredDependency, undeclared_dependency::check),
    (Lint::UnresolvedSuspect, unresolved_suspect::check),
];

/// The lints whose judges do not look at the graph: they look at what the others found, and come after them as
/// `stale_exception::check` and `policy_weakened::check`.
const AFTERWARDS: [Lint; 2] = [Lint::PolicyWeakened, Lint::StaleException];

/// The lints that have a judge, by id.
pub fn registered() -> impl Iterator<Item = Lint> {
    let judged = |lint: &Lint| AFTERWARDS.contains(lint) || ALL.iter().any(|(known, _)| known == lint);
    Lint::ALL.into_iter().filter(judged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lint_has_exactly_one_judge() {
        assert_eq!(registered().collect::<Vec<_>>(), Lint::ALL);
        assert!(ALL.is_sorted_by_key(|(lint, _)| lint.id()));
    }
}
