//! What can be said of names without seeing code: ids are unique, components that are named exist, no list is empty
//! where an empty one would judge nothing.

use super::section::Reader;
use crate::nearest::nearest;
use crate::place::{Spanned, TextSpan};
use crate::policy::model::{Component, Layering, Policy, RuleHead, Term, TermList, Uses};
use crate::problem::ProblemCode;

impl Reader<'_> {
    /// The third stage.
    pub(super) fn check_names(&mut self, policy: &Policy) {
        self.check_ids(policy);
        for terms in policy.lists() {
            self.check_components(policy, terms);
        }
        for (head, what, terms) in targets(policy) {
            if !head.optional && !has_substance(&terms.value) {
                let id = head.id.value.as_str();
                let message = format!("`{what}` of `{id}` names nothing: the rule could never find anything");
                self.problem(ProblemCode::NothingMatched, terms.span, message);
            }
        }
        let forbids = policy.forbids.iter().filter_map(|rule| rule.through.as_ref());
        let mandates = policy.mandates.iter().filter_map(|rule| rule.through.as_ref());
        for through in forbids.chain(mandates) {
            self.check_through(policy, through);
        }
        for rule in &policy.layers {
            self.check_order(policy, rule);
        }
    }

    /// One component orders nothing; a family does: its members are siblings there.
    fn check_order(&mut self, policy: &Policy, rule: &Layering) {
        let mut members = rule.order.iter().flat_map(|rank| &rank.members);
        let (Some(only), None) = (members.next(), members.next()) else {
            return;
        };
        let name = only.value.strip_prefix("component:").unwrap_or(&only.value);
        let declaration = policy.declaration_of(name);
        if rule.inside.is_some() || declaration.is_some_and(|component| !component.each) {
            let id = rule.head.id.value.as_str();
            let message = format!("`order` of `{id}` has one entry: there is nothing above or below it");
            self.problem(ProblemCode::NothingMatched, only.span, message);
        }
    }

    fn check_ids(&mut self, policy: &Policy) {
        let mut ids: Vec<_> = policy.heads().map(|head| &head.id).collect();
        ids.sort_by_key(|id| id.span);
        for (index, id) in ids.iter().enumerate() {
            if ids[..index].iter().any(|earlier| earlier.value == id.value) {
                let message = format!(
                    "rule id `{}` is given twice: an id is a rule's identity",
                    id.value.as_str()
                );
                self.problem(ProblemCode::PolicyConflict, id.span, message);
            }
        }
    }

    fn check_components(&mut self, policy: &Policy, terms: &TermList) {
        for term in terms {
            if let Term::Component(name) = &term.value {
                self.known_component(policy, name, term.span);
            }
        }
    }

    /// The declaration that a component's name leads to: its own, or its family's.
    fn known_component<'p>(&mut self, policy: &'p Policy, name: &str, span: TextSpan) -> Option<&'p Component> {
        let found = policy.declaration_of(name);
        if found.is_none() {
            let suggestion = nearest(name, self.components.iter().map(String::as_str)).map(str::to_owned);
            let message = match name
                .split_once('.')
                .and_then(|(family, _)| policy.declaration_of(family))
            {
                Some(family) => format!(
                    "there is no component `{name}`: `{}` is no family (`each`)",
                    family.name.value.as_str()
                ),
                None => format!("there is no component `{name}`"),
            };
            self.problem_near(ProblemCode::UnknownName, span, message, suggestion);
        }
        found
    }

    /// `through` names components that say what they hand out.
    fn check_through(&mut self, policy: &Policy, through: &Spanned<TermList>) {
        for term in &through.value {
            let name = match &term.value {
                Term::Bare(name) | Term::Component(name) => name,
                Term::Pattern(pattern) | Term::Not(pattern) => {
                    let message = format!("`through` names components, and `{pattern}` is a path");
                    self.problem(ProblemCode::BadPattern, term.span, message);
                    continue;
                }
                pack @ Term::Packed(..) => {
                    let message = format!("`through` names components, and `{pack}` is a pack");
                    self.problem(ProblemCode::BadPattern, term.span, message);
                    continue;
                }
            };
            if let Some(component) = self.known_component(policy, name, term.span)
                && component.public.is_none()
            {
                let message = format!("`through` needs a component with `public`, and `{name}` declares none");
                self.problem(ProblemCode::PolicyConflict, term.span, message);
            }
        }
    }
}

/// The lists that a rule cannot do without.
fn targets(policy: &Policy) -> Vec<(&RuleHead, &'static str, &Spanned<TermList>)> {
    let mut lists = Vec::new();
    for rule in &policy.forbids {
        lists.push((&rule.head, "use", &rule.targets));
    }
    for rule in &policy.mandates {
        lists.push((&rule.head, "use", &rule.shared));
        lists.push((&rule.head, "instead_of", &rule.instead_of));
    }
    for rule in &policy.layers {
        lists.extend(rule.inside.iter().map(|inside| (&rule.head, "within", inside)));
    }
    for head in policy.heads() {
        lists.extend(head.within.iter().map(|within| (head, "in", within)));
    }
    lists
}

fn has_substance(terms: &TermList) -> bool {
    terms.iter().any(|term| !matches!(term.value, Term::Not(_)))
}

impl Policy {
    /// Every list of the policy that may name components.
    pub(crate) fn lists(&self) -> impl Iterator<Item = &TermList> {
        let uses = self
            .components
            .iter()
            .filter_map(|component| match &component.uses.as_ref()?.value {
                Uses::Only(terms) => Some(terms),
                Uses::Everything => None,
            });
        let crates = self
            .components
            .iter()
            .filter_map(|component| Some(&component.crates.as_ref()?.value));
        let scopes = self
            .heads()
            .flat_map(|head| head.within.iter().chain(&head.except))
            .map(|list| &list.value);
        let inside = self.layers.iter().filter_map(|rule| Some(&rule.inside.as_ref()?.value));
        let forbids = self
            .forbids
            .iter()
            .flat_map(|rule| std::iter::once(&rule.targets).chain(&rule.through));
        let mandates = self
            .mandates
            .iter()
            .flat_map(|rule| [&rule.shared, &rule.instead_of].into_iter().chain(&rule.through));
        let limits = self
            .packages
            .iter()
            .flat_map(|package| package.uses.iter().chain(&package.crates))
            .map(|list| &list.value);
        let requires = self
            .requires
            .iter()
            .flat_map(|rule| rule.items.lists().chain(rule.must.lists()));
        uses.chain(crates)
            .chain(limits)
            .chain(scopes)
            .chain(inside)
            .chain(forbids.chain(mandates).chain(requires).map(|list| &list.value))
    }

    /// The heads of all rules.
    pub fn heads(&self) -> impl Iterator<Item = &RuleHead> {
        let layers = self.layers.iter().map(|rule| &rule.head);
        let forbids = self.forbids.iter().map(|rule| &rule.head);
        let mandates = self.mandates.iter().map(|rule| &rule.head);
        let requires = self.requires.iter().map(|rule| &rule.head);
        layers
            .chain(forbids)
            .chain(mandates)
            .chain(requires)
            .chain(self.acyclics.iter().map(|rule| &rule.head))
    }

    /// The declaration behind a component's name; behind `family.member` the family's. Whether such a member exists only
    /// the code can tell.
    pub fn declaration_of(&self, name: &str) -> Option<&Component> {
        let named = |wanted: &str| {
            self.components
                .iter()
                .find(|component| component.name.value.as_str() == wanted)
        };
        named(name).or_else(|| named(name.split_once('.')?.0).filter(|component| component.each))
    }
}
