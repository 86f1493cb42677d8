//! A proof from beginning to end: everything planted, judged once, and each expectation settled by what was found.

use archguard_invariants::graph::Graph;
use archguard_invariants::place::FileId;
use archguard_invariants::policy::BoundPolicy;

use super::borders::{self, Pairs};
use super::garden::{Expectation, Fired, Garden};
use super::places::Places;
use super::proof::{Proof, Proven};
use super::trials::Trial;
use super::{
    circles, components, demands, exemptions, permissions, prohibitions, relations, requirements, selections, trials,
    withdrawals,
};
use crate::judge::judge;

/// Shows of every part of a policy that it can fire, or why it cannot. The same input gives the same output.
pub fn prove(graph: &Graph, policy: &BoundPolicy<'_>) -> Proof {
    let places = Places::new(graph, policy);
    let mut garden = Garden::new(graph, policy);
    let pairs = Pairs::plant(&mut garden, &places);
    let (expectations, mut trials) = expect(&mut garden, &places, &pairs);
    let keys = keys(&mut garden, &places, &pairs);
    trials.extend(exemptions::of_all(&mut garden, &places));
    trials.extend(selections::of_all(&mut garden, &places));
    trials.extend(relations::of_all(&mut garden, &places));
    trials.extend(demands::of_all(&mut garden, &places));
    let withdrawals = withdrawals::of_all(&mut garden, &places, &pairs);
    let entries = permissions::of_all(&mut garden, &places, &pairs);
    let (planted, plants, file) = garden.finish();
    let fired = fired(&planted, policy, file);
    let settle = |expectations: Vec<Expectation>| -> Vec<Proven> {
        let settled = expectations.into_iter();
        settled
            .map(|expectation| expectation.settle(&planted, &plants, &fired))
            .collect()
    };
    let (circles, more) = circles::of_all(graph, policy, &places);
    let mut proven = settle(expectations);
    proven.extend(trials::settle(trials, (&planted, file), policy, &plants));
    proven.extend(circles);
    proven.extend(settle(keys));
    proven.extend(trials::settle(withdrawals, (&planted, file), policy, &plants));
    proven.extend(permissions::settle(entries, (&planted, file), policy, &plants, &fired));
    proven.extend(components::of_all(graph, policy, &plants, &fired));
    Proof {
        proven,
        planted: plants.len() + more,
    }
}

fn expect(garden: &mut Garden<'_>, places: &Places<'_>, pairs: &Pairs) -> (Vec<Expectation>, Vec<Trial>) {
    let policy = garden.policy;
    let (mut expectations, mut narrowing) = (Vec::new(), Vec::new());
    for (index, layering) in policy.layers.iter().enumerate() {
        let found = borders::of_layering(garden, pairs, layering);
        if let Some(whole) = found.first() {
            narrowing.extend(borders::narrowing(index, layering, whole));
        }
        expectations.extend(found);
    }
    for forbid in &policy.forbids {
        expectations.extend(prohibitions::of_forbid(garden, places, forbid));
    }
    for mandate in &policy.mandates {
        expectations.extend(prohibitions::of_mandate(garden, places, mandate));
    }
    for require in &policy.requires {
        expectations.extend(requirements::of_require(garden, places, require));
    }
    (expectations, narrowing)
}

fn keys(garden: &mut Garden<'_>, places: &Places<'_>, pairs: &Pairs) -> Vec<Expectation> {
    let mut expectations = borders::of_components(garden, places, pairs);
    expectations.extend(borders::of_packages(garden, places, pairs));
    expectations.extend(borders::of_defaults(garden, pairs));
    expectations
}

/// What the judges find of each violation, by the line that it stands on.
fn fired(planted: &Graph, policy: &BoundPolicy<'_>, file: FileId) -> Fired {
    let binding = BoundPolicy::bind(policy.policy, planted);
    let mut fired = Fired::default();
    for finding in judge(planted, &binding.policy).findings {
        for site in finding.sites.iter().filter(|site| site.place.file == file) {
            fired.add(site.place.start.line, &finding.rule, finding.lint);
        }
    }
    fired
}
