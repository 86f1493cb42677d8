//! The entries of components' `paths`: those that own nothing, and those without which every item belongs where it does.

use std::cell::OnceCell;

use archguard_invariants::graph::{Graph, ItemId, Root};
use archguard_invariants::pattern::PathPattern;
use archguard_invariants::policy::model::{Component, ComponentName, Term};
use archguard_invariants::policy::{Binding, BoundPolicy, ComponentId};
use rustc_hash::FxHashSet;

use super::components::declaration;
use super::proof::{Outcome, Proven, Subject};

/// What paths are asked about.
pub(super) struct Paths<'a> {
    graph: &'a Graph,
    policy: &'a BoundPolicy<'a>,
    /// Each item with the declarations that own something in it.
    owned: FxHashSet<(ItemId, usize)>,
    /// What binding says of the policy as it is; asked for where an entry may make no difference.
    whole: OnceCell<Binding<'a>>,
}

impl<'a> Paths<'a> {
    pub(super) fn new(graph: &'a Graph, policy: &'a BoundPolicy<'a>) -> Self {
        let mut owned = FxHashSet::default();
        for (id, _) in graph.items() {
            let Some(index) = declaration(policy, id) else { continue };
            for outer in graph.lineage(id) {
                // What is around it has been noted with it.
                if !owned.insert((outer, index)) {
                    break;
                }
            }
        }
        Self {
            graph,
            policy,
            owned,
            whole: OnceCell::new(),
        }
    }

    /// The entries of a component that make no difference.
    pub(super) fn of_component(&self, index: usize, component: &Component) -> Vec<Proven> {
        let entries = 0..component.paths.len();
        let dead = entries.filter_map(|entry| {
            let written = &component.paths[entry];
            let reason = self.why_not((index, component), entry)?;
            Some(Proven {
                subject: Subject::Path,
                rule: None,
                name: format!("{}: {}", component.name.value.as_str(), written.value),
                span: Some(written.span),
                outcome: Outcome::Dead(reason),
            })
        });
        dead.collect()
    }

    fn roots(&self, pattern: &PathPattern) -> &'a [Root] {
        self.graph.targets(pattern).map_or(&[], |targets| &targets.roots)
    }

    fn why_not(&self, (index, component): (usize, &Component), entry: usize) -> Option<String> {
        let term = &component.paths[entry].value;
        let (Term::Pattern(pattern) | Term::Not(pattern)) = term else {
            return None;
        };
        let roots = self.roots(pattern);
        if roots.is_empty() {
            return Some("it leads to nothing".to_owned());
        }
        let is_negative = matches!(term, Term::Not(_));
        if !is_negative && !roots.iter().any(|root| self.owned.contains(&(root.item, index))) {
            return Some(self.shadowed(roots));
        }
        let others = || (0..).zip(&component.paths).filter(|&(other, _)| other != entry);
        let holding = |negative: bool, root: Root| {
            let mut others = others().filter(|(_, term)| matches!(term.value, Term::Not(_)) == negative);
            others.any(|(_, term)| self.holds(&term.value, root))
        };
        let is_alone = |root: &Root| declaration(self.policy, root.item) == Some(index) && !holding(false, *root);
        if !is_negative && roots.iter().any(is_alone) || self.differs(index, entry, roots) {
            return None;
        }
        let mut twins = others().filter(|(_, other)| matches!(other.value, Term::Not(_)) == is_negative);
        let twin = twins.find(|(_, other)| roots.iter().all(|&root| self.holds(&other.value, root)));
        Some(match (twin, is_negative) {
            (Some((_, twin)), false) => format!("`{}` of the same list covers all that it names", twin.value),
            (Some((_, twin)), true) => format!("`{}` of the same list takes away all that it does", twin.value),
            (None, true)
                if !roots
                    .iter()
                    .any(|&root| holding(false, root) || self.is_around(component, root)) =>
            {
                "it takes away nothing that the rest of the list holds".to_owned()
            }
            (None, _) => "without it everything belongs where it does".to_owned(),
        })
    }

    /// Whether an entry covers a root.
    fn holds(&self, term: &Term, root: Root) -> bool {
        let (Term::Pattern(pattern) | Term::Not(pattern)) = term else {
            return false;
        };
        self.roots(pattern).iter().any(|outer| {
            if outer.own_only {
                return outer.item == root.item && root.own_only;
            }
            self.graph.covers(outer.item, root.item)
        })
    }

    /// Whether something that a component names lies in a root.
    fn is_around(&self, component: &Component, root: Root) -> bool {
        let mut named = component.paths.iter().filter_map(|term| match &term.value {
            Term::Pattern(pattern) => Some(self.roots(pattern)),
            _ => None,
        });
        named.any(|roots| roots.iter().any(|inner| self.graph.covers(root.item, inner.item)))
    }

    /// Whether the policy without an entry means something else.
    fn differs(&self, index: usize, entry: usize, roots: &[Root]) -> bool {
        let whole = self
            .whole
            .get_or_init(|| BoundPolicy::bind(self.policy.policy, self.graph));
        let mut shorter = self.policy.policy.clone();
        shorter.components[index].paths.remove(entry);
        let less = BoundPolicy::bind(&shorter, self.graph);
        if less.problems != whole.problems || !are_same_submodules(&whole.policy, &less.policy) {
            return true;
        }
        let mut items = self.graph.items().map(|(id, _)| id);
        // What is not there yet goes by what is written.
        let paths = roots.iter().flat_map(|root| {
            let path = &self.graph.item(root.item).path;
            ["", "::planted", "::planted::planted"].map(|more| format!("{path}{more}"))
        });
        let written = |path: &str| [&whole.policy, &less.policy].map(|of| name(of, of.component_of_written(path)));
        let owner = |id| [&whole.policy, &less.policy].map(|of| name(of, of.component_of(id)));
        let is_other = |[before, after]: [Option<&ComponentName>; 2]| before != after;
        items.any(|id| is_other(owner(id))) || paths.into_iter().any(|path| is_other(written(&path)))
    }

    fn shadowed(&self, roots: &[Root]) -> String {
        let owners = roots.iter().filter_map(|root| self.policy.component_of(root.item));
        let mut owners: Vec<String> = owners
            .map(|id| format!("`{}`", self.policy.component(id).name.as_str()))
            .collect();
        owners.sort();
        owners.dedup();
        if owners.is_empty() {
            return "all that it names is taken away again".to_owned();
        }
        let claim = if owners.len() == 1 { "claims" } else { "claim" };
        format!(
            "{} {claim} all that it names, by paths that are nearer",
            owners.join(", ")
        )
    }
}

fn name<'p>(policy: &'p BoundPolicy<'_>, owner: Option<ComponentId>) -> Option<&'p ComponentName> {
    owner.map(|id| &policy.component(id).name)
}

/// Whether layerings inside components rank the same.
fn are_same_submodules(one: &BoundPolicy<'_>, other: &BoundPolicy<'_>) -> bool {
    let submodules = |policy: &BoundPolicy<'_>| {
        let layers = policy.layers.iter();
        layers.map(|layering| layering.submodules.clone()).collect::<Vec<_>>()
    };
    submodules(one) == submodules(other)
}
