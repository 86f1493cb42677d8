//! Which items each component claims; a family (`each`) becomes a component for every name that its `*` stands for.

use std::collections::BTreeMap;

use super::binder::Binder;
use crate::graph::{ItemKind, Root, TargetKind, TargetState};
use crate::pattern::PathPattern;
use crate::place::TextSpan;
use crate::policy::bound::{BoundComponent, ComponentId};
use crate::policy::model::{Component, ComponentName, Term};
use crate::problem::ProblemCode;

/// One item that a component claims, with everything inside it that nobody claims more closely.
#[derive(Debug, Clone)]
pub(super) struct Claim<'p> {
    pub(super) component: ComponentId,
    pub(super) root: Root,
    pub(super) pattern: &'p PathPattern,
    pub(super) span: TextSpan,
}

/// What a component's `!pattern` takes away from it.
pub(super) type Exclusions = Vec<(ComponentId, Root)>;

impl<'p> Binder<'p, '_> {
    /// Makes the components and their claims.
    pub(super) fn bind_claims(&mut self) -> Exclusions {
        let mut exclusions = Exclusions::new();
        for (index, declaration) in self.policy.components.iter().enumerate() {
            let problems = self.problems.len();
            let roots = self.claimed_roots(declaration);
            let excluded = self.excluded_roots(declaration);
            let members = if declaration.each {
                self.family_members(declaration, roots)
            } else {
                BTreeMap::from([(declaration.name.value.clone(), roots)])
            };
            let mut claimed = 0;
            for (name, roots) in members {
                let component = self.add_component(declaration, index, name);
                exclusions.extend(excluded.iter().map(|root| (component, *root)));
                let kept = roots.into_iter().filter(|(root, _, _)| !self.lies_in(*root, &excluded));
                let kept: Vec<_> = kept
                    .map(|(root, pattern, span)| Claim {
                        component,
                        root,
                        pattern,
                        span,
                    })
                    .collect();
                claimed += kept.len();
                self.claims.extend(kept);
            }
            if claimed == 0 && self.problems.len() == problems && !self.has_pending(&declaration.paths) {
                let message = format!("component `{}` owns nothing", declaration.name.value.as_str());
                self.problem(ProblemCode::NothingMatched, declaration.name.span, message, None);
            }
        }
        exclusions
    }

    fn add_component(&mut self, declaration: &Component, index: usize, name: ComponentName) -> ComponentId {
        let id = ComponentId(u32::try_from(self.components.len()).expect("fewer than 2^32 components"));
        self.components.push(BoundComponent {
            name,
            family: declaration.each.then(|| declaration.name.value.clone()),
            declaration: index,
            uses: None,
            public: None,
            crates: None,
        });
        id
    }

    /// The examined items that a declaration's patterns lead to.
    fn claimed_roots(&mut self, declaration: &'p Component) -> Vec<(Root, &'p PathPattern, TextSpan)> {
        let mut roots = Vec::new();
        for term in &declaration.paths {
            let Term::Pattern(pattern) = &term.value else { continue };
            match self.state(pattern) {
                TargetState::Matched => {
                    let examined = self.examined_roots(pattern);
                    if examined.is_empty() {
                        let message = format!("`{pattern}` is external code: a component is made of examined code");
                        self.problem(ProblemCode::NothingMatched, term.span, message, None);
                    }
                    roots.extend(examined.into_iter().map(|root| (root, pattern, term.span)));
                }
                TargetState::Dormant => self.unknown_crate(pattern, term.span),
                TargetState::NoMatch { nearest } => self.no_match(pattern, nearest, term.span),
                TargetState::Pending => self.pending(pattern, term.span),
            }
        }
        roots
    }

    fn excluded_roots(&mut self, declaration: &'p Component) -> Vec<Root> {
        let mut roots = Vec::new();
        for term in &declaration.paths {
            let Term::Not(pattern) = &term.value else { continue };
            match self.state(pattern) {
                TargetState::Matched => roots.extend(self.examined_roots(pattern)),
                TargetState::Dormant => self.unknown_crate(pattern, term.span),
                TargetState::NoMatch { nearest } => self.no_match(pattern, nearest, term.span),
                TargetState::Pending => self.pending(pattern, term.span),
            }
        }
        roots
    }

    /// The roots of a pattern that lie in examined code.
    pub(super) fn examined_roots(&self, pattern: &PathPattern) -> Vec<Root> {
        let roots = self.graph.targets(pattern).map_or(&[][..], |targets| &targets.roots);
        roots
            .iter()
            .filter(|root| self.graph.is_examined(root.item))
            .copied()
            .collect()
    }

    /// Whether a pattern of a list leads into code that is not there yet.
    pub(super) fn has_pending(&self, terms: &[crate::place::Spanned<Term>]) -> bool {
        terms.iter().any(|term| match &term.value {
            Term::Pattern(pattern) | Term::Packed(_, pattern) => self.state(pattern) == TargetState::Pending,
            Term::Bare(name) => self.state(&PathPattern::of_crate(name)) == TargetState::Pending,
            _ => false,
        })
    }

    /// Whether a root lies in one of others.
    pub(super) fn lies_in(&self, inner: Root, outer: &[Root]) -> bool {
        outer.iter().any(|outer| {
            if outer.own_only {
                return outer.item == inner.item && inner.own_only;
            }
            self.graph.covers(outer.item, inner.item)
        })
    }

    fn family_members(
        &mut self,
        family: &Component,
        roots: Vec<(Root, &'p PathPattern, TextSpan)>,
    ) -> BTreeMap<ComponentName, Vec<(Root, &'p PathPattern, TextSpan)>> {
        let mut members: BTreeMap<ComponentName, Vec<_>> = BTreeMap::new();
        let matched = roots.first().map(|(_, pattern, span)| (*pattern, *span));
        for (root, pattern, span) in roots {
            if let Some(member) = self.member_name(pattern, root) {
                let name = ComponentName(format!("{}.{member}", family.name.value.as_str()).into());
                members.entry(name).or_default().push((root, pattern, span));
            }
        }
        if let (true, Some((pattern, span))) = (members.is_empty(), matched) {
            let message =
                format!("`{pattern}` matches items, but no module or crate, which is what `each` makes components of");
            self.problem(ProblemCode::NothingMatched, span, message, None);
        }
        members
    }

    /// What the `*` stands for in the path of a module, or in its package's name where that is what the pattern names.
    fn member_name(&self, pattern: &PathPattern, root: Root) -> Option<String> {
        let item = self.graph.item(root.item);
        if item.kind != ItemKind::Module {
            return None;
        }
        let krate = self.graph.krate(item.krate);
        let by_package = || {
            let inside = item.path.strip_prefix(&*krate.head)?;
            pattern
                .capture(&format!("{}{inside}", krate.package))
                .map(str::to_owned)
        };
        let by_path = || pattern.capture(&item.path).map(str::to_owned);
        // A binary or build script goes by its package's name unless the pattern asks for the target.
        if pattern.target.is_none() && krate.target != TargetKind::Lib {
            return by_package().or_else(by_path);
        }
        by_path().or_else(by_package)
    }
}
