//! What `[[exclude]]` takes out, as the verdict shows it, and what is wrong with it today.

use archguard_invariants::date::Day;
use archguard_invariants::policy::Policy;
use archguard_invariants::problem::Problem;
use archguard_invariants::verdict::examined::Exclusion;

/// Every exclusion, in order of writing.
pub(crate) fn entries(policy: &Policy) -> Vec<Exclusion> {
    let entries = policy.exclusions.iter();
    entries
        .map(|entry| Exclusion {
            path: entry.path.value.clone(),
            reason: entry.reason.clone(),
            owner: entry.owner.clone(),
            until: entry.until.value.to_string(),
        })
        .collect()
}

/// Exclusions that are over, and those that take nothing out.
pub fn problems(policy: &Policy, idle: &[usize], today: Day) -> Vec<Problem> {
    let over = policy.exclusions.iter().filter_map(|entry| entry.problem_on(today));
    let idle = idle.iter().filter_map(|&index| policy.exclusions.get(index));
    over.chain(idle.map(archguard_invariants::policy::Exclusion::idle))
        .collect()
}
