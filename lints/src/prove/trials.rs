//! Entries of lists that are tried by leaving them out: what was planted for one is judged by the policy as it is and by the one
//! without the entry. Where both say the same of everything, the entry says nothing.

use archguard_invariants::finding::Lint;
use archguard_invariants::graph::Graph;
use archguard_invariants::place::{FileId, Spanned, TextSpan};
use archguard_invariants::policy::{BoundPolicy, Policy, RuleId};
use rustc_hash::{FxHashMap, FxHashSet};

use super::garden::{Fired, Plant, PlantId, witness};
use super::proof::{Outcome, Proven, Subject};
use crate::context::Context;
use crate::registry;
use crate::sink::Sink;

/// Takes the entry out of its list.
pub(super) type TakeOut = Box<dyn Fn(&mut Policy)>;

/// An entry, with what is to be judged otherwise without it.
pub(super) struct Trial {
    pub(super) rule: RuleId,
    pub(super) written: Spanned<String>,
    pub(super) take_out: TakeOut,
    pub(super) plants: Vec<PlantId>,
    /// Why nothing differs, where that is so; `Err` where it is no fault.
    pub(super) reason: Result<String, String>,
}

/// Who judges what the lists are about.
const JUDGES: [Lint; 10] = [
    Lint::CrateNotAllowed,
    Lint::ForbiddenReach,
    Lint::ForbiddenUse,
    Lint::LayerBreach,
    Lint::LeakedType,
    Lint::MandateBypassed,
    Lint::MisplacedItem,
    Lint::PrivateInterface,
    Lint::RequirementUnmet,
    Lint::UndeclaredDependency,
];

/// What has become of the entries; of each rule one is taken out at a time.
pub(super) fn settle(
    trials: Vec<Trial>,
    planted: (&Graph, FileId),
    policy: &BoundPolicy<'_>,
    plants: &[Plant],
) -> Vec<Proven> {
    let mut rounds: Vec<Vec<usize>> = Vec::new();
    let mut of_rule: FxHashMap<&RuleId, usize> = FxHashMap::default();
    for (number, trial) in trials.iter().enumerate().filter(|(_, trial)| !trial.plants.is_empty()) {
        let round = of_rule.entry(&trial.rule).or_default();
        if rounds.len() == *round {
            rounds.push(Vec::new());
        }
        rounds[*round].push(number);
        *round += 1;
    }
    let mut found: Vec<Option<Outcome>> = trials.iter().map(|_| None).collect();
    let mut whole = Fired::default();
    for (number, round) in rounds.iter().enumerate() {
        let tried: FxHashSet<&RuleId> = round.iter().map(|&number| &trials[number].rule).collect();
        if number == 0 {
            // The first round has all rules.
            whole = judged_by(&JUDGES, planted, &about(policy.policy, &tried));
        }
        let mut shorter = policy.policy.clone();
        for &number in round {
            (trials[number].take_out)(&mut shorter);
        }
        let then = judged_by(&JUDGES, planted, &about(&shorter, &tried));
        for &number in round {
            found[number] = differing(&trials[number], planted.0, plants, (&whole, &then));
        }
    }
    let settled = trials.into_iter().zip(found).map(|(trial, found)| Proven {
        subject: Subject::Pattern,
        rule: Some(trial.rule),
        name: trial.written.value,
        span: Some(trial.written.span).filter(|span| *span != TextSpan::default()),
        outcome: match (found, trial.reason) {
            (Some(proved), _) => proved,
            (None, Ok(reason)) => Outcome::Dead(reason),
            (None, Err(reason)) => Outcome::Idle(reason),
        },
    });
    settled.collect()
}

/// The policy with these rules alone: no other has a say in what they find.
fn about(policy: &Policy, rules: &FxHashSet<&RuleId>) -> Policy {
    let mut policy = policy.clone();
    policy.forbids.retain(|rule| rules.contains(&rule.head.id.value));
    policy.mandates.retain(|rule| rules.contains(&rule.head.id.value));
    policy.requires.retain(|rule| rules.contains(&rule.head.id.value));
    policy
}

fn differing(trial: &Trial, planted: &Graph, plants: &[Plant], (whole, then): (&Fired, &Fired)) -> Option<Outcome> {
    trial.plants.iter().find_map(|&plant| {
        let found = (whole.by(plant, &trial.rule), then.by(plant, &trial.rule));
        let ((Some(lint), None) | (None, Some(lint))) = found else {
            return None;
        };
        Some(Outcome::Proved(witness(planted, &plants[plant as usize - 1], lint)))
    })
}

/// What some judges find of each violation by a policy.
pub(super) fn judged_by(judges: &[Lint], (planted, file): (&Graph, FileId), policy: &Policy) -> Fired {
    let binding = BoundPolicy::bind(policy, planted);
    let ctx = Context::new(planted, &binding.policy);
    let mut sink = Sink::default();
    for (_, check) in registry::ALL.iter().filter(|(lint, _)| judges.contains(lint)) {
        check(&ctx, &mut sink);
    }
    let (found, _) = sink.into_parts();
    let mut fired = Fired::default();
    for found in &found {
        let sites = found.sites.iter().map(|found| found.site.place);
        for place in sites.filter(|place| place.file == file) {
            fired.add(place.start.line, &found.key.rule, found.key.lint);
        }
    }
    fired
}
