//! Policies for made workspaces, each with one rule or setting that one lint judges by: what is measured is that lint's
//! time. Whether they find anything is no matter, but each lint has something to look at.

use archguard_invariants::finding::Lint;

use crate::synthetic::Shape;

/// A policy, by what it is there for.
pub(crate) struct Trial {
    pub(crate) name: &'static str,
    pub(crate) text: String,
}

impl Trial {
    fn new(name: &'static str, text: String) -> Self {
        Self { name, text }
    }
}

/// The name of the one that lets everything pass.
pub(crate) const OPEN: &str = "nothing to judge";

const ALLOWED: &str = "version = 1\n[policy]\nunassigned = \"allow\"\nundeclared = \"allow\"\n";
const LAYERS: &str = "[components]\nbase = \"base_*\"\ncore = \"core_*\"\napp = \"app_*\"\n";

/// The policies for a shape.
pub(crate) fn of(shape: Shape) -> Vec<Trial> {
    let mut trials = vec![Trial::new(OPEN, ALLOWED.to_owned())];
    match shape {
        Shape::Layered => {
            let judged = Lint::ALL.into_iter().filter_map(|lint| Some((lint, layered(lint)?)));
            trials.extend(judged.map(|(lint, text)| Trial::new(lint.id(), text)));
        }
        Shape::Globs | Shape::Reexports => trials.extend(knotted("links::link_0", "links::link_1")),
        Shape::Circle => trials.extend(knotted("circle::node_0", "circle::node_1")),
    }
    trials
}

/// Circles, and what one module comes to.
fn knotted(from: &str, to: &str) -> [Trial; 2] {
    let circles = format!("{ALLOWED}[[acyclic]]\nid = \"a\"\namong = \"modules\"\n");
    let reach = format!("{ALLOWED}[[forbid]]\nid = \"a\"\nin = \"{from}\"\nuse = \"{to}\"\ntransitive = true\n");
    [
        Trial::new(Lint::DependencyCycle.id(), circles),
        Trial::new(Lint::ForbiddenReach.id(), reach),
    ]
}

/// The policy for one lint; none for those that look at what the others found.
fn layered(lint: Lint) -> Option<String> {
    let rule = |text: &str| format!("{ALLOWED}{LAYERS}{text}");
    let components = |base: &str| {
        format!("{ALLOWED}[components]\nbase = {{ paths = \"base_*\", {base} }}\ncore = \"core_*\"\napp = \"app_*\"\n")
    };
    let strict = |more: &str| format!("version = 1\n{more}");
    Some(match lint {
        Lint::ContradictedAnnotation => rule(""),
        Lint::CrateNotAllowed => components("crates = []"),
        Lint::DependencyCycle => rule("[[acyclic]]\nid = \"a\"\namong = [\"components\", \"modules\", \"crates\"]\n"),
        Lint::DevCodeInProduction => strict(
            "[policy]\ndev_code = \"base_0000::area_0::part_0\"\nunassigned = \"allow\"\nundeclared = \"allow\"\n",
        ),
        Lint::ForbiddenReach => {
            rule("[[forbid]]\nid = \"a\"\nin = \"app\"\nuse = \"base_0000::area_0::part_0\"\ntransitive = true\n")
        }
        Lint::ForbiddenUse => rule("[[forbid]]\nid = \"a\"\nuse = \"base_0000::area_0::part_0\"\n"),
        Lint::LayerBreach => rule("[[layers]]\nid = \"a\"\norder = [\"app\", \"core\", \"base\"]\n"),
        Lint::LeakedType => rule("[[forbid]]\nid = \"a\"\nuse = \"base_0000::area_0::part_0\"\nas = \"public\"\n"),
        Lint::MandateBypassed => {
            rule("[[mandate]]\nid = \"a\"\nuse = \"base\"\ninstead_of = \"std::collections::BTreeMap\"\n")
        }
        Lint::MisplacedItem => rule(
            "[[require]]\nid = \"a\"\nitems = { kind = \"struct\", name = \"Record0X*\" }\nmust = { in = \"base\" }\n",
        ),
        Lint::MissingAnnotation => strict("[policy]\nannotations = \"required\"\nundeclared = \"allow\"\n") + LAYERS,
        Lint::PrivateInterface => components("public = \"base_*::**\""),
        Lint::RequirementUnmet => rule(
            "[[require]]\nid = \"a\"\nitems = { kind = \"fn\", name = \"step_*\" }\nmust = { visibility = \"pub\" }\n",
        ),
        Lint::UnassignedModule => strict("[components]\nbase = \"base_*\"\n"),
        Lint::UndeclaredDependency => strict(
            "[components]\nbase = { paths = \"base_*\", uses = [] }\ncore = { paths = \"core_*\", uses = \"base\" }\n\
             app = { paths = \"app_*\", uses = [\"core\", \"base\"] }\n",
        ),
        Lint::UnresolvedSuspect => rule("[[forbid]]\nid = \"a\"\nuse = \"std::fs\"\n"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use archguard_invariants::policy::Policy;

    use super::*;

    #[test]
    fn every_policy_can_be_read() {
        for trial in Shape::ALL.into_iter().flat_map(of) {
            let read = Policy::read("archguard.toml", &trial.text);
            assert!(read.is_ok(), "{}: {read:?}", trial.name);
        }
    }

    #[test]
    fn every_lint_that_looks_at_the_graph_has_its_policy() {
        let tried: BTreeSet<&str> = of(Shape::Layered).iter().map(|trial| trial.name).collect();
        let without: Vec<&str> = archguard_lints::registered()
            .map(Lint::id)
            .filter(|id| !tried.contains(id))
            .collect();
        assert_eq!(without, ["policy-weakened", "stale-exception"]);
    }
}
