//! The comparison as a whole: from both sides.

use crate::graph::Graph;
use crate::policy::BoundPolicy;

use super::change::PolicyChange;
use super::two::Two;

/// What a policy has become since another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PolicyChanges {
    /// What it no longer denies.
    pub weakened: Vec<PolicyChange>,
    /// What it denies and did not.
    pub strengthened: Vec<PolicyChange>,
}

/// Compares two policies bound to one graph, `then` and `now`. The one of `then` is best made to follow the code first.
pub fn compare(graph: &Graph, then: &BoundPolicy<'_>, now: &BoundPolicy<'_>) -> PolicyChanges {
    PolicyChanges {
        weakened: denied_only_by(graph, then, now),
        strengthened: denied_only_by(graph, now, then),
    }
}

/// What the one policy denies and the other does not.
fn denied_only_by(graph: &Graph, strict: &BoundPolicy<'_>, lax: &BoundPolicy<'_>) -> Vec<PolicyChange> {
    let two = Two::new(graph, strict, lax);
    let mut changes = Vec::new();
    let owners = two.owners();
    two.permissions(&owners, &mut changes);
    two.submodules(&mut changes);
    two.grants(&owners.keys().copied().collect(), &mut changes);
    two.packages(&mut changes);
    two.prohibitions(&mut changes);
    two.requirements(&mut changes);
    two.circles(&mut changes);
    two.settings(&mut changes);
    changes.sort_by(|left, right| (&left.rule, &left.what).cmp(&(&right.rule, &right.what)));
    changes.dedup();
    changes
}
