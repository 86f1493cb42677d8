//! Makes what an author is told about one place: names and paths for what the questions of this module answer, in the order
//! of the policy.

use super::allowances::{self, Allowance, Denial};
use super::applying;
use super::document::{
    AcyclicAdvice, CrateDenial, Crates, DenialWord, EntryPoint, Guidance, LayerPosition, MandateAdvice, MayUse,
    MustNotUse, ProhibitionAdvice, Replacement, RequirementAdvice,
};
use super::exceptions;
use super::standpoint::Standpoint;
use crate::decisions::Exceptions;
use crate::graph::{Graph, ItemId};
use crate::policy::bound::BoundLayering;
use crate::policy::model::{Among, Rank, RuleHead};
use crate::policy::require::{Conditions, Require};
use crate::policy::{BoundPolicy, ComponentId, Selector};

impl Guidance {
    /// Everything that the policy says of a place.
    pub fn of(graph: &Graph, policy: &BoundPolicy<'_>, at: &Standpoint) -> Self {
        let said = allowances::components(graph, policy, at);
        let own = at.component().map(|id| policy.component(id));
        let (allowed, denied): (Vec<Allowance>, Vec<Allowance>) =
            said.into_iter().partition(|said| said.denial.is_none());
        Self {
            place: at.path.clone(),
            exists: at.exists,
            dev: at.dev,
            component: at.owner.as_ref().map(|owner| owner.name.clone()),
            new_component: at.owner.as_ref().is_some_and(|owner| owner.is_new),
            public: own.and_then(|own| own.public.as_ref()).map(as_written),
            layers: applying::layerings(graph, policy, at)
                .into_iter()
                .filter_map(|layering| position(graph, at, layering))
                .collect(),
            may_use: allowed.iter().map(|said| may_use(policy, said)).collect(),
            must_not_use: denied.iter().filter_map(|said| must_not_use(policy, said)).collect(),
            crates: crates(graph, policy, at),
            prohibitions: prohibitions(graph, policy, at),
            mandates: mandates(graph, policy, at),
            acyclic: acyclic(graph, policy, at),
            requirements: requirements(graph, policy, at),
            exceptions: Vec::new(),
        }
    }

    /// The same with the exceptions that speak of the place.
    #[must_use]
    pub fn with_exceptions(self, graph: &Graph, at: &Standpoint, exceptions: &Exceptions) -> Self {
        Self {
            exceptions: exceptions::at(graph, at, exceptions),
            ..self
        }
    }
}

/// The terms of a list as written, sets expanded.
pub(crate) fn as_written(list: &Selector) -> Vec<String> {
    list.terms.iter().map(|(text, _)| text.to_string()).collect()
}

fn name(policy: &BoundPolicy<'_>, id: ComponentId) -> String {
    policy.component(id).name.as_str().to_owned()
}

fn position(graph: &Graph, at: &Standpoint, layering: &BoundLayering<'_>) -> Option<LayerPosition> {
    let by_component = || layering.rank_of(at.component()?);
    let by_submodule = || {
        let mut modules = at.modules.iter();
        modules.find_map(|&module| layering.submodule_around(graph, module).map(|(_, rank)| rank))
    };
    let rank = by_component().or_else(by_submodule)?;
    let inside = layering.rule.inside.iter().flat_map(|inside| &inside.value);
    let members = |rank: &Rank| rank.members.iter().map(|m| m.value.to_string()).collect();
    Some(LayerPosition {
        rule: id(&layering.rule.head),
        order: layering.rule.order.iter().map(members).collect(),
        rank,
        within: inside.map(|term| term.value.to_string()).collect(),
        because: layering.rule.head.because.clone(),
    })
}

fn may_use(policy: &BoundPolicy<'_>, said: &Allowance) -> MayUse {
    MayUse {
        component: name(policy, said.component),
        paths: paths(policy, said.component),
        public: policy.component(said.component).public.as_ref().map(as_written),
        by: said.by.iter().map(|rule| rule.as_str().to_owned()).collect(),
    }
}

/// What a component is made of; of a family's member what the `*` stands for in its place.
fn paths(policy: &BoundPolicy<'_>, id: ComponentId) -> Vec<String> {
    let component = policy.component(id);
    let declared = policy.policy.components[component.declaration].paths.iter();
    let member = component.name.as_str().split_once('.').map(|(_, member)| member);
    let paths = declared.map(|term| match member {
        Some(member) => term.value.to_string().replacen('*', member, 1),
        None => term.value.to_string(),
    });
    paths.collect()
}

fn must_not_use(policy: &BoundPolicy<'_>, said: &Allowance) -> Option<MustNotUse> {
    let rule = said.by.first()?;
    let head = policy.policy.heads().find(|head| head.id.value == *rule);
    Some(MustNotUse {
        component: name(policy, said.component),
        reason: match said.denial? {
            Denial::Above => DenialWord::Above,
            Denial::Beside => DenialWord::Beside,
            Denial::NotListed => DenialWord::NotListed,
            Denial::Undeclared => DenialWord::Undeclared,
            Denial::Forbidden => DenialWord::Forbidden,
        },
        rule: rule.as_str().to_owned(),
        because: head.and_then(|head| head.because.clone()),
        instead: head.map(instead).unwrap_or_default(),
    })
}

fn crates(graph: &Graph, policy: &BoundPolicy<'_>, at: &Standpoint) -> Crates {
    let own = at.component().map(|id| policy.component(id));
    let said = allowances::crates(graph, policy, at);
    let krate = |root: ItemId| graph.item(root).path.to_string();
    Crates {
        listed: own
            .and_then(|own| own.crates.as_ref())
            .or_else(|| allowances::package(graph, policy, at)?.crates.as_ref())
            .map(as_written),
        may_use: said
            .iter()
            .filter(|said| said.denied_by.is_none() && !said.dev_only)
            .map(|said| krate(said.root))
            .collect(),
        must_not_use: said
            .iter()
            .filter(|said| !said.dev_only)
            .filter_map(|said| {
                Some(CrateDenial {
                    krate: krate(said.root),
                    rule: said.denied_by.as_ref()?.as_str().to_owned(),
                })
            })
            .collect(),
        dev_only: said
            .iter()
            .filter(|said| said.dev_only)
            .map(|said| krate(said.root))
            .collect(),
    }
}

fn prohibitions(graph: &Graph, policy: &BoundPolicy<'_>, at: &Standpoint) -> Vec<ProhibitionAdvice> {
    let rules = applying::prohibitions(graph, policy, at);
    let forbids = rules.into_iter().filter(|rule| rule.shared.is_none());
    forbids
        .map(|rule| {
            let transitive = rule.transitive.then(|| "transitive".to_owned());
            let kinds = rule.kinds.into_iter().flat_map(|kinds| {
                let words = kinds.kinds.iter().map(|kind| kind.word().to_owned());
                words.chain(kinds.public.then(|| "public".to_owned()))
            });
            let replacements = rule.replacements.iter().filter_map(|(term, by)| {
                Some(Replacement {
                    of: rule.targets.terms.get(*term)?.0.to_string(),
                    by: by.clone(),
                })
            });
            ProhibitionAdvice {
                rule: id(rule.head),
                severity: rule.head.severity,
                targets: as_written(rule.targets),
                kinds: kinds.chain(transitive).collect(),
                instead: instead(rule.head),
                replacements: replacements.collect(),
                because: rule.head.because.clone(),
                docs: rule.head.docs.clone(),
            }
        })
        .collect()
}

fn mandates(graph: &Graph, policy: &BoundPolicy<'_>, at: &Standpoint) -> Vec<MandateAdvice> {
    let outside = applying::prohibitions(graph, policy, at);
    let outside = outside
        .into_iter()
        .filter_map(|rule| Some((rule.head, rule.shared?, rule.targets, false)));
    let kept = applying::mandates_kept_here(graph, policy, at);
    let kept = kept
        .into_iter()
        .map(|rule| (&rule.rule.head, &rule.shared, &rule.instead_of, true));
    outside
        .chain(kept)
        .map(|(head, shared, targets, here)| MandateAdvice {
            rule: id(head),
            shared: as_written(shared),
            public: handed_out(policy, shared),
            entry_points: EntryPoint::of(graph, policy, shared),
            instead_of: as_written(targets),
            here,
            because: head.because.clone(),
        })
        .collect()
}

/// What may be written of shared components: their `public`, or all that they are made of.
fn handed_out(policy: &BoundPolicy<'_>, shared: &Selector) -> Vec<String> {
    let components = shared.components.iter().flat_map(|&(id, _)| {
        let public = policy.component(id).public.as_ref();
        public.map_or_else(|| paths(policy, id), as_written)
    });
    let named = shared.written.iter().map(|(pattern, _)| pattern.to_string());
    components.chain(named).collect()
}

fn acyclic(graph: &Graph, policy: &BoundPolicy<'_>, at: &Standpoint) -> Vec<AcyclicAdvice> {
    let rules = applying::acyclics(graph, policy, at).into_iter();
    rules
        .map(|rule| AcyclicAdvice {
            rule: id(&rule.rule.head),
            among: rule
                .rule
                .among
                .iter()
                .map(|among| among_word(among.value).to_owned())
                .collect(),
            because: rule.rule.head.because.clone(),
        })
        .collect()
}

/// The requirements on items here, in the policy's own words. Development code and generated code are not selected.
fn requirements(graph: &Graph, policy: &BoundPolicy<'_>, at: &Standpoint) -> Vec<RequirementAdvice> {
    applying::requirements(graph, policy, at)
        .into_iter()
        .map(|rule| RequirementAdvice {
            rule: id(&rule.rule.head),
            demand: demand(policy, rule.rule),
            because: rule.rule.head.because.clone(),
        })
        .collect()
}

/// One sentence with the tables of a requirement as they stand in the policy.
pub(crate) fn demand(policy: &BoundPolicy<'_>, rule: &Require) -> String {
    let written = |conditions: &Conditions| {
        let (file, span) = policy.policy.texts.locate(conditions.span);
        let text = file.text.get(span.start..span.end);
        let words: Vec<&str> = text.unwrap_or_default().split_whitespace().collect();
        words.join(" ")
    };
    format!(
        "Every item with `{}` must have `{}`.",
        written(&rule.items),
        written(&rule.must)
    )
}

/// The word of the policy for what an `acyclic` looks at.
pub(crate) fn among_word(among: Among) -> &'static str {
    match among {
        Among::Components => "components",
        Among::Modules => "modules",
        Among::Crates => "crates",
    }
}

fn id(head: &RuleHead) -> String {
    head.id.value.as_str().to_owned()
}

fn instead(head: &RuleHead) -> Vec<String> {
    head.instead.iter().map(|path| path.value.clone()).collect()
}
