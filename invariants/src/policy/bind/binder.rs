//! What binding carries along, and the order in which the parts of a policy are bound.

use super::claims::Claim;
use super::lists::ListUse;
use super::owners::{Owners, claimed_paths};
use super::packages::packages_by_crate;
use crate::graph::{Graph, TargetState};
use crate::nearest::nearest;
use crate::pattern::{PathPattern, Segment};
use crate::place::{Spanned, TextSpan};
use crate::policy::bound::{
    BoundAcyclic, BoundComponent, BoundForbid, BoundMandate, BoundPolicy, ComponentId, Scope, Selector,
};
use crate::policy::generated::Generated;
use crate::policy::model::{DevCode, Policy, RuleHead, TermList};
use crate::problem::{Problem, ProblemCode, ProblemPlace};

/// A policy bound to a graph, and what did not fit. With problems the judgement is not whole, but what it finds counts.
#[derive(Debug)]
pub struct Binding<'p> {
    /// What can judge.
    pub policy: BoundPolicy<'p>,
    /// What did not fit, in order of its place in the policy.
    pub problems: Vec<Problem>,
}

/// The state of binding.
pub(super) struct Binder<'p, 'g> {
    pub(super) policy: &'p Policy,
    pub(super) graph: &'g Graph,
    pub(super) components: Vec<BoundComponent>,
    pub(super) claims: Vec<Claim<'p>>,
    pub(super) problems: Vec<Problem>,
}

impl<'p> BoundPolicy<'p> {
    /// Binds a policy to a graph that was built with [`Policy::patterns`].
    ///
    /// Problems stand beside the result: names that do not exist, patterns that match nothing, contradictions.
    ///
    /// ```
    /// use archguard_invariants::graph::GraphBuilder;
    /// use archguard_invariants::policy::{BoundPolicy, Policy};
    ///
    /// let policy = Policy::read("archguard.toml", "version = 1\n[components]\nweb = \"shop::web\"\n").unwrap();
    /// let graph = GraphBuilder::new().finish();
    /// let binding = BoundPolicy::bind(&policy, &graph);
    /// assert_eq!(binding.problems[0].message, "`shop::web` matches nothing");
    /// ```
    pub fn bind(policy: &'p Policy, graph: &Graph) -> Binding<'p> {
        let mut binder = Binder {
            policy,
            graph,
            components: Vec::new(),
            claims: Vec::new(),
            problems: Vec::new(),
        };
        let exclusions = binder.bind_claims();
        binder.check_equal_claims();
        let owners = Owners::new(graph, &binder.claims, &exclusions).of_all();
        let claimed = claimed_paths(graph, &binder.claims);
        binder.bind_declarations();
        let layers = binder.bind_layerings();
        let forbids = binder.bind_forbids();
        let mandates = binder.bind_mandates();
        let (requires, broken) = binder.bind_requires();
        let acyclics = binder.bind_acyclics();
        let packages = binder.bind_packages();
        binder.check_settings();
        binder.check_facades();
        let mut problems = std::mem::take(&mut binder.problems);
        let mut bound = Self {
            policy,
            components: binder.components,
            package_of: packages_by_crate(graph, &packages),
            packages,
            claimed,
            owners,
            layers,
            forbids,
            mandates,
            requires,
            acyclics,
        };
        problems.extend(bound.select_items(graph, &broken));
        problems.extend(bound.uses_against_layerings());
        problems.extend(bound.limits_against_policy(graph));
        problems.sort_by(|first, second| first.place.cmp(&second.place));
        problems.dedup();
        Binding {
            policy: bound,
            problems,
        }
    }
}

impl<'p> Binder<'p, '_> {
    /// Notes a problem.
    pub(super) fn problem(
        &mut self,
        code: ProblemCode,
        span: TextSpan,
        message: impl Into<String>,
        suggestion: Option<String>,
    ) {
        let place = ProblemPlace::Policy(span);
        self.problems.push(Problem {
            code,
            message: message.into(),
            place,
            suggestion,
        });
    }

    fn bind_forbids(&mut self) -> Vec<BoundForbid<'p>> {
        let mut forbids = Vec::new();
        for rule in &self.policy.forbids {
            let targets = self.prohibition(&rule.head, &rule.targets);
            forbids.push(BoundForbid {
                rule,
                scope: self.scope(&rule.head),
                targets,
                through: self.through(rule.through.as_ref()),
            });
        }
        forbids
    }

    fn bind_mandates(&mut self) -> Vec<BoundMandate<'p>> {
        let mut mandates = Vec::new();
        for rule in &self.policy.mandates {
            mandates.push(BoundMandate {
                rule,
                scope: self.scope(&rule.head),
                shared: self.list(&rule.shared.value, ListUse::Code, rule.head.optional),
                instead_of: self.prohibition(&rule.head, &rule.instead_of),
                through: self.through(rule.through.as_ref()),
            });
        }
        mandates
    }

    fn bind_acyclics(&mut self) -> Vec<BoundAcyclic<'p>> {
        let rules = self.policy.acyclics.iter();
        rules
            .map(|rule| BoundAcyclic {
                rule,
                scope: self.scope(&rule.head),
            })
            .collect()
    }

    pub(super) fn scope(&mut self, head: &'p RuleHead) -> Scope {
        let mut bind = |list: &'p Option<Spanned<TermList>>| {
            list.as_ref()
                .map(|list| self.list(&list.value, ListUse::Code, head.optional))
        };
        Scope {
            within: bind(&head.within),
            except: bind(&head.except),
            package: head.package.clone(),
        }
    }

    /// What a rule prohibits; of that, something must be there.
    pub(super) fn prohibition(&mut self, head: &'p RuleHead, list: &'p Spanned<TermList>) -> Selector {
        let before = self.problems.len();
        let selector = self.list(&list.value, ListUse::Prohibition, head.optional);
        let only_dormant = selector.roots.is_empty() && selector.components.is_empty() && !selector.dormant.is_empty();
        if only_dormant && !self.has_pending(&list.value) && !head.optional && self.problems.len() == before {
            let message = format!(
                "nothing that `{}` names is there, so the rule could never find anything; `optional = true` lets it wait",
                head.id.value.as_str()
            );
            self.problem(ProblemCode::NothingMatched, list.span, message, None);
        }
        selector
    }

    fn through(&mut self, list: Option<&Spanned<TermList>>) -> Vec<ComponentId> {
        list.map(|list| self.whole_components(&list.value)).unwrap_or_default()
    }

    fn bind_declarations(&mut self) {
        for (index, declaration) in self.policy.components.iter().enumerate() {
            let public = declaration
                .public
                .as_ref()
                .map(|list| self.list(&list.value, ListUse::Public, false));
            let crates = declaration
                .crates
                .as_ref()
                .map(|list| self.list(&list.value, ListUse::Crates, false));
            let uses = declaration.uses.as_ref().map(|uses| self.bind_uses(&uses.value));
            for component in self
                .components
                .iter_mut()
                .filter(|component| component.declaration == index)
            {
                component.public.clone_from(&public);
                component.crates.clone_from(&crates);
                component.uses.clone_from(&uses);
            }
        }
    }

    /// Patterns of `[policy]` that speak of code: development code, generated code.
    fn check_settings(&mut self) {
        let settings = &self.policy.settings;
        let dev_code = settings.dev_code.iter().filter_map(|entry| match &entry.value {
            DevCode::Path(pattern) => Some((pattern, entry.span)),
            DevCode::Feature(_) | DevCode::Attribute(_) => None,
        });
        let generated = settings.generated.iter().filter_map(|entry| match &entry.value {
            Generated::Path(pattern) => Some((pattern, entry.span)),
            Generated::Files(_) => None,
        });
        for (pattern, span) in dev_code.chain(generated) {
            match self.state(pattern) {
                TargetState::Dormant => self.unknown_crate(pattern, span),
                TargetState::NoMatch { nearest } => self.no_match(pattern, nearest, span),
                TargetState::Pending => self.pending(pattern, span),
                TargetState::Matched => {}
            }
        }
    }

    /// What became of a pattern. One that the graph's maker did not look up counts as matching nothing.
    pub(super) fn state(&self, pattern: &PathPattern) -> TargetState {
        self.graph
            .targets(pattern)
            .map_or(TargetState::NoMatch { nearest: None }, |targets| targets.state.clone())
    }

    /// Notes that no crate of that name is there.
    pub(super) fn unknown_crate(&mut self, pattern: &PathPattern, span: TextSpan) {
        let first = first_name(pattern);
        let suggestion = nearest(&first, self.examined_names()).map(str::to_owned);
        let message = match pattern.segments.len() {
            1 => format!("there is no crate `{first}`"),
            _ => format!("`{pattern}`: there is no crate `{first}`"),
        };
        self.problem(ProblemCode::UnknownName, span, message, suggestion);
    }

    /// Notes that a pattern matches nothing in a crate that is there.
    pub(super) fn no_match(&mut self, pattern: &PathPattern, nearest: Option<String>, span: TextSpan) {
        self.problem(
            ProblemCode::NothingMatched,
            span,
            format!("`{pattern}` matches nothing"),
            nearest,
        );
    }

    /// Notes that a pattern leads into code that is not there yet, where the policy wants to hear of it. In an outline it may
    /// only not have been looked for.
    pub(super) fn pending(&mut self, pattern: &PathPattern, span: TextSpan) {
        if self.policy.settings.pending_is_error && !self.graph.is_outline() {
            let message = format!("`{pattern}` leads into code that has no sources or has not been generated yet");
            self.problem(ProblemCode::UnexaminedCode, span, message, None);
        }
    }

    /// Names by which examined crates can be called.
    pub(super) fn examined_names(&self) -> impl Iterator<Item = &str> {
        let examined = self.graph.crates().iter().filter(|krate| krate.origin.is_examined());
        examined.flat_map(|krate| [&*krate.name, &*krate.package])
    }
}

/// The first segment as text.
pub(super) fn first_name(pattern: &PathPattern) -> String {
    pattern.segments.first().map(Segment::to_string).unwrap_or_default()
}
