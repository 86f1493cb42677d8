//! `uses`: the components it lists, and its contradictions with layerings.

use super::binder::Binder;
use crate::place::Spanned;
use crate::policy::bound::{BoundPolicy, BoundUses, ComponentId};
use crate::policy::model::{Term, Uses};
use crate::problem::{Problem, ProblemCode, ProblemPlace};

impl Binder<'_, '_> {
    /// Binds `uses`.
    pub(super) fn bind_uses(&mut self, uses: &Uses) -> BoundUses {
        match uses {
            Uses::Everything => BoundUses::Everything,
            Uses::Only(terms) => BoundUses::Only(self.whole_components(terms)),
        }
    }
}

impl BoundPolicy<'_> {
    /// Every entry of a `uses` that a layering denies.
    pub(super) fn uses_against_layerings(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (index, declaration) in self.policy.components.iter().enumerate() {
            let Some(Uses::Only(terms)) = declaration.uses.as_ref().map(|uses| &uses.value) else {
                continue;
            };
            for term in terms {
                problems.extend(self.denied_entry(index, term));
            }
        }
        problems
    }

    /// The problem of one entry: the first pair that a layering denies.
    fn denied_entry(&self, declaration: usize, term: &Spanned<Term>) -> Option<Problem> {
        let users = self
            .ids()
            .filter(|from| self.component(*from).declaration == declaration);
        users
            .flat_map(|from| self.ids().map(move |to| (from, to)))
            .find_map(|(from, to)| {
                let Some(BoundUses::Only(list)) = &self.component(from).uses else {
                    return None;
                };
                if from == to || list.binary_search(&to).is_err() || !self.is_named_by(to, &term.value) {
                    return None;
                }
                let (layering, siblings) = self.denial(from, to)?;
                let (from, to) = (self.component(from).name.as_str(), self.component(to).name.as_str());
                let id = self.layers[layering].rule.head.id.value.as_str();
                let how = if siblings {
                    "puts them side by side"
                } else {
                    "puts it above"
                };
                Some(Problem {
                    code: ProblemCode::PolicyConflict,
                    message: format!("`{from}` cannot list `{to}` under `uses`: `{id}` {how}"),
                    place: ProblemPlace::Policy(term.span),
                    suggestion: None,
                })
            })
    }

    /// Whether an entry names a component; a path or crate is taken to name whatever else the list holds.
    fn is_named_by(&self, component: ComponentId, term: &Term) -> bool {
        let component = self.component(component);
        let named = |name: &str| {
            component.name.as_str() == name || component.family.as_ref().is_some_and(|family| family.as_str() == name)
        };
        match term {
            Term::Component(name) => named(name),
            Term::Bare(name) => named(name) || self.policy.declaration_of(name).is_none(),
            Term::Pattern(_) | Term::Packed(..) => true,
            Term::Not(_) => false,
        }
    }
}
