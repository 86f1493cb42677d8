//! A list of the policy becomes a selector: items, components, what to hold against written paths, what is taken away.

use super::binder::Binder;
use crate::graph::{ItemKind, Root, TargetKind, TargetState};
use crate::nearest::nearest;
use crate::pattern::{PathPattern, Segment, TargetSelector};
use crate::place::{Spanned, TextSpan};
use crate::policy::bound::{ComponentId, Selector};
use crate::policy::model::Term;
use crate::problem::ProblemCode;

/// What a list is for, which decides what a bare name means and what may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListUse {
    /// `in`, `except`, `mandate.use`: only examined code.
    Code,
    /// `forbid.use`, `instead_of`: crates that are not there lie dormant.
    Prohibition,
    /// `crates`.
    Crates,
    /// `public`.
    Public,
}

impl Binder<'_, '_> {
    /// Binds a list. With `optional` a list of which nothing is there is dormant as a whole.
    pub(super) fn list(&mut self, terms: &[Spanned<Term>], usage: ListUse, optional: bool) -> Selector {
        let mut selector = Selector::default();
        let before = self.problems.len();
        for (index, term) in terms.iter().enumerate() {
            selector.terms.push((term.value.to_string().into(), term.span));
            match &term.value {
                Term::Bare(name) => self.bare(&mut selector, index, name, term.span, usage),
                Term::Component(name) => self.component_term(&mut selector, index, name, term.span, usage),
                Term::Pattern(pattern) => self.pattern_term(&mut selector, index, pattern, term.span, usage),
                Term::Packed(_, pattern) => self.packed_term(&mut selector, index, pattern, term, usage),
                Term::Not(pattern) => self.negative_term(&mut selector, pattern, term.span, usage),
            }
        }
        if optional && selector.roots.is_empty() && selector.components.is_empty() {
            // Names must exist even here; what they lead to need not.
            let added = self.problems.split_off(before);
            self.problems.extend(
                added
                    .into_iter()
                    .filter(|problem| problem.code != ProblemCode::NothingMatched),
            );
            selector.dormant = (0..terms.len())
                .filter(|index| !matches!(terms[*index].value, Term::Not(_)))
                .collect();
        } else {
            self.check_slips(terms, &selector.dormant);
        }
        selector.close();
        selector
    }

    fn bare(&mut self, selector: &mut Selector, index: usize, name: &str, span: TextSpan, usage: ListUse) {
        let pattern = PathPattern::of_crate(name);
        let is_component = self.policy.declaration_of(name).is_some();
        if usage == ListUse::Code {
            if is_component {
                return self.component_term(selector, index, name, span, usage);
            }
            return self.examined_crate(selector, index, &pattern, span);
        }
        match (is_component, self.state(&pattern)) {
            (false, TargetState::Dormant) => {
                selector.dormant.push(index);
                selector.written.push((pattern.clone(), index));
            }
            (false, _) => self.pattern_term(selector, index, &pattern, span, usage),
            (true, TargetState::Dormant) => self.component_term(selector, index, name, span, usage),
            (true, _) if self.is_same(name, &pattern) => {
                self.component_term(selector, index, name, span, usage);
                self.pattern_term(selector, index, &pattern, span, usage);
            }
            (true, _) => {
                let message =
                    format!("`{name}` is both a component and a crate: write `component:{name}` or `crate:{name}`");
                self.problem(
                    ProblemCode::PolicyConflict,
                    span,
                    message,
                    Some(format!("component:{name}")),
                );
            }
        }
    }

    /// Whether a component is made of exactly what a pattern covers.
    fn is_same(&self, name: &str, pattern: &PathPattern) -> bool {
        let [component] = self.components_named(name)[..] else {
            return false;
        };
        let mut claimed: Vec<Root> = self.claims_of(component).collect();
        claimed.sort_unstable();
        claimed.dedup();
        let roots = self.graph.targets(pattern).map_or(&[][..], |targets| &targets.roots);
        let others = self.claims.iter().filter(|claim| claim.component != component);
        claimed == roots && others.into_iter().all(|claim| !self.lies_in(claim.root, roots))
    }

    fn component_term(&mut self, selector: &mut Selector, index: usize, name: &str, span: TextSpan, usage: ListUse) {
        if usage == ListUse::Crates && self.state(&PathPattern::of_crate(name)) == TargetState::Dormant {
            let message = format!("`{name}` is a component, and `crates` lists external crates");
            return self.problem(ProblemCode::UnknownName, span, message, None);
        }
        let components = self.known_components(name, span);
        selector
            .components
            .extend(components.into_iter().map(|component| (component, index)));
    }

    /// The components of a name; a problem if there is none of it.
    pub(super) fn known_components(&mut self, name: &str, span: TextSpan) -> Vec<ComponentId> {
        let components = self.components_named(name);
        let declared = self
            .policy
            .components
            .iter()
            .any(|component| component.name.value.as_str() == name);
        if components.is_empty() && !declared {
            let known = self.components.iter().map(|component| component.name.as_str());
            let suggestion = nearest(name, known).map(str::to_owned);
            self.problem(
                ProblemCode::UnknownName,
                span,
                format!("there is no component `{name}`"),
                suggestion,
            );
        }
        components
    }

    fn examined_crate(&mut self, selector: &mut Selector, index: usize, pattern: &PathPattern, span: TextSpan) {
        match self.state(pattern) {
            TargetState::Dormant | TargetState::NoMatch { .. } => self.no_component_or_crate(pattern, span),
            _ => self.pattern_term(selector, index, pattern, span, ListUse::Code),
        }
    }

    /// Notes that a bare name is neither a component nor an examined crate.
    pub(super) fn no_component_or_crate(&mut self, pattern: &PathPattern, span: TextSpan) {
        let name = pattern.to_string();
        let components = self
            .policy
            .components
            .iter()
            .map(|component| component.name.value.as_str());
        let suggestion = nearest(&name, components.chain(self.examined_names())).map(str::to_owned);
        let message = format!("there is no component `{name}`, and no examined crate of that name");
        self.problem(ProblemCode::UnknownName, span, message, suggestion);
    }

    fn pattern_term(
        &mut self,
        selector: &mut Selector,
        index: usize,
        pattern: &PathPattern,
        span: TextSpan,
        usage: ListUse,
    ) {
        if pattern.literal.is_some() && usage != ListUse::Prohibition {
            let message = format!("`{pattern}` names text, and only code can stand here");
            return self.problem(ProblemCode::NothingMatched, span, message, None);
        }
        if pattern.literal.is_some() && self.graph.is_outline() {
            return;
        }
        match self.state(pattern) {
            TargetState::Matched => self.matched(selector, index, pattern, span, usage),
            TargetState::Dormant if matches!(usage, ListUse::Prohibition | ListUse::Crates) => {
                selector.dormant.push(index);
            }
            TargetState::Dormant => self.unknown_crate(pattern, span),
            TargetState::NoMatch { nearest } => self.no_match(pattern, nearest, span),
            TargetState::Pending => {
                let roots = self.roots(pattern);
                selector.roots.extend(roots.into_iter().map(|root| (root, index)));
                self.pending(pattern, span);
            }
        }
        if !pattern.foreign && pattern.literal.is_none() {
            selector
                .written
                .extend(self.written_forms(pattern).into_iter().map(|form| (form, index)));
        }
    }

    fn matched(
        &mut self,
        selector: &mut Selector,
        index: usize,
        pattern: &PathPattern,
        span: TextSpan,
        usage: ListUse,
    ) {
        let roots = match usage {
            ListUse::Code => self.examined_roots(pattern),
            _ => self.roots(pattern),
        };
        if roots.is_empty() {
            let message = format!("`{pattern}` is external code, and only examined code can stand here");
            self.problem(ProblemCode::NothingMatched, span, message, None);
        }
        for root in roots.iter().filter(|root| root.own_only) {
            selector
                .children
                .extend(self.child_modules(*root).into_iter().map(|name| (index, name)));
        }
        selector.roots.extend(roots.into_iter().map(|root| (root, index)));
    }

    fn negative_term(&mut self, selector: &mut Selector, pattern: &PathPattern, span: TextSpan, usage: ListUse) {
        match self.state(pattern) {
            TargetState::Matched => selector.excluded.extend(self.roots(pattern)),
            TargetState::Dormant if self.policy.declaration_of(&pattern.to_string()).is_some() => {
                let message = format!("`!{pattern}`: `!` takes away a path, and `{pattern}` is a component");
                self.problem(ProblemCode::BadPattern, span, message, None);
            }
            TargetState::Dormant if matches!(usage, ListUse::Prohibition | ListUse::Crates) => {
                self.check_slip(pattern, false, span);
            }
            TargetState::Dormant => self.unknown_crate(pattern, span),
            TargetState::NoMatch { nearest } => self.no_match(pattern, nearest, span),
            TargetState::Pending => {
                selector.excluded.extend(self.roots(pattern));
                self.pending(pattern, span);
            }
        }
    }

    /// What a pattern leads to; in a crate without sources, what code has written of it.
    fn roots(&self, pattern: &PathPattern) -> Vec<Root> {
        let targets = self.graph.targets(pattern);
        targets.map(|targets| targets.roots.clone()).unwrap_or_default()
    }

    /// Names of the modules directly inside a module.
    fn child_modules(&self, root: Root) -> Vec<std::sync::Arc<str>> {
        let items = self.graph.items();
        let inside = items.filter(|(_, item)| item.parent == Some(root.item) && item.kind == ItemKind::Module);
        inside
            .filter_map(|(_, item)| Some(item.path.rsplit("::").next()?.into()))
            .collect()
    }

    /// A pattern that names a package covers its targets under their own names too.
    fn written_forms(&self, pattern: &PathPattern) -> Vec<PathPattern> {
        let mut forms = vec![pattern.clone()];
        let Some(Segment::Literal(first)) = pattern.segments.first() else {
            return forms;
        };
        if pattern.target.is_some() {
            return forms;
        }
        let of_package = self
            .graph
            .crates()
            .iter()
            .filter(|krate| krate.package == *first && krate.name != *first);
        for krate in of_package {
            let target = match krate.target {
                TargetKind::Lib => None,
                TargetKind::Bin | TargetKind::Build => Some(TargetSelector { kind: krate.target }),
                TargetKind::Test | TargetKind::Bench | TargetKind::Example => continue,
            };
            let mut form = pattern.clone();
            form.segments[0] = Segment::Literal(std::sync::Arc::clone(&krate.name));
            form.target = target;
            forms.push(form);
        }
        forms
    }
}
