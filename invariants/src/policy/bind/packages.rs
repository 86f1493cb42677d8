//! `uses` and `crates` of packages' own files: bound, and held against what the workspace's policy allows.

use std::collections::BTreeSet;

use super::binder::Binder;
use super::lists::ListUse;
use crate::graph::Graph;
use crate::place::TextSpan;
use crate::policy::bound::{BoundPackage, BoundPolicy, ComponentId, Permission, Selector};
use crate::policy::model::ComponentName;
use crate::problem::{Problem, ProblemCode, ProblemPlace};

impl<'p> Binder<'p, '_> {
    pub(super) fn bind_packages(&mut self) -> Vec<BoundPackage<'p>> {
        let mut packages = Vec::new();
        for limits in &self.policy.packages {
            let uses = limits.uses.as_ref().map(|list| self.whole_components(&list.value));
            let crates = limits
                .crates
                .as_ref()
                .map(|list| self.list(&list.value, ListUse::Crates, false));
            packages.push(BoundPackage { limits, uses, crates });
        }
        packages
    }
}

/// For each crate the package of it that has a file of its own.
pub(super) fn packages_by_crate(graph: &Graph, packages: &[BoundPackage<'_>]) -> Vec<Option<usize>> {
    let crates = graph.crates().iter();
    crates
        .map(|krate| {
            let mut packages = packages.iter();
            let found = packages.position(|package| package.limits.package == krate.package);
            found.filter(|_| krate.origin.is_examined())
        })
        .collect()
}

impl BoundPolicy<'_> {
    /// Entries of packages' own files that the workspace's policy allows none of the package's components.
    pub(super) fn limits_against_policy(&self, graph: &Graph) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (index, package) in self.packages.iter().enumerate() {
            let users = self.components_of_package(graph, index);
            if users.is_empty() {
                continue;
            }
            let name = &package.limits.package;
            for component in package.uses.iter().flatten().copied() {
                let allowed = |user: &ComponentId| self.permission(*user, component) == Permission::Allowed;
                if !users.iter().any(allowed) {
                    let used = self.component(component).name.as_str();
                    let span = self.span_of_use(package, component);
                    problems.push(not_allowed(name, &format!("use `{used}`"), span));
                }
            }
            for (text, span) in package
                .crates
                .iter()
                .flat_map(|crates| self.crates_beyond(graph, crates, &users))
            {
                problems.push(not_allowed(name, &format!("use the crate `{text}`"), span));
            }
        }
        problems
    }

    fn components_of_package(&self, graph: &Graph, index: usize) -> BTreeSet<ComponentId> {
        let items = graph.items();
        let of_package = items.filter(|(_, item)| self.package_of[item.krate.0 as usize] == Some(index));
        of_package.filter_map(|(id, _)| self.component_of(id)).collect()
    }

    /// The entry that names a component, or else the whole list.
    fn span_of_use(&self, package: &BoundPackage<'_>, component: ComponentId) -> TextSpan {
        let component = self.component(component);
        let family = component.family.as_ref().map(ComponentName::as_str);
        let names = |text: &str| text == component.name.as_str() || Some(text) == family;
        let uses = package.limits.uses.as_ref();
        let entry = uses.and_then(|uses| uses.value.iter().find(|term| names(&term.value.to_string())));
        entry.map_or_else(
            || uses.map_or_else(TextSpan::default, |uses| uses.span),
            |term| term.span,
        )
    }

    /// The entries of `crates` that none of the components may use.
    fn crates_beyond<'s>(
        &'s self,
        graph: &Graph,
        crates: &'s Selector,
        users: &BTreeSet<ComponentId>,
    ) -> Vec<(&'s str, TextSpan)> {
        let allows = |user: &ComponentId, item| {
            let of_user = self.component(*user).crates.as_ref();
            of_user.is_none_or(|list| list.term_of_definition(graph, self, item).is_some())
        };
        let beyond = crates.terms.iter().enumerate().filter(|(index, _)| {
            // Roots beside the named crate are its family's: the crate itself answers for them.
            let mut roots = crates.roots.iter().filter(|(_, term)| term == index).peekable();
            roots.peek().is_some() && !roots.any(|(root, _)| users.iter().any(|user| allows(user, root.item)))
        });
        beyond.map(|(_, (text, span))| (&**text, *span)).collect()
    }
}

fn not_allowed(package: &str, what: &str, span: TextSpan) -> Problem {
    Problem {
        code: ProblemCode::PolicyConflict,
        message: format!(
            "the policy of package `{package}` lets its code {what}, which the workspace's policy does not: a package can only narrow"
        ),
        place: ProblemPlace::Policy(span),
        suggestion: None,
    }
}
