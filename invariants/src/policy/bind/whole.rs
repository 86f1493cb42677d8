//! Lists whose entries stand for whole components: `uses`, `order`, `through`, `within`, and `in` and `except` of
//! layerings, since a permission is a matter between components.

use super::binder::Binder;
use crate::graph::{Root, TargetState};
use crate::pattern::PathPattern;
use crate::place::{Spanned, TextSpan};
use crate::policy::bound::ComponentId;
use crate::policy::model::Term;
use crate::problem::ProblemCode;

impl Binder<'_, '_> {
    /// The components that a list stands for, sorted.
    pub(super) fn whole_components(&mut self, terms: &[Spanned<Term>]) -> Vec<ComponentId> {
        let mut components = Vec::new();
        let mut taken_away = Vec::new();
        for term in terms {
            let named = self.whole_components_of(&term.value, term.span);
            if matches!(term.value, Term::Not(_)) {
                &mut taken_away
            } else {
                &mut components
            }
            .extend(named);
        }
        components.retain(|component| !taken_away.contains(component));
        components.sort_unstable();
        components.dedup();
        components
    }

    /// The components that one entry stands for: by name, or those that lie in a crate or path.
    pub(super) fn whole_components_of(&mut self, term: &Term, span: TextSpan) -> Vec<ComponentId> {
        match term {
            Term::Component(name) => self.known_components(name, span),
            Term::Bare(name) if self.policy.declaration_of(name).is_some() => self.known_components(name, span),
            Term::Bare(name) => {
                let pattern = PathPattern::of_crate(name);
                match self.state(&pattern) {
                    TargetState::Dormant | TargetState::NoMatch { .. } => {
                        self.no_component_or_crate(&pattern, span);
                        Vec::new()
                    }
                    _ => self.components_inside(&pattern, span),
                }
            }
            Term::Packed(..) => {
                let message = format!("`{term}` names external code, and here stand components");
                self.problem(ProblemCode::UnknownName, span, message, None);
                Vec::new()
            }
            Term::Pattern(pattern) | Term::Not(pattern) => match self.state(pattern) {
                TargetState::Dormant => {
                    self.unknown_crate(pattern, span);
                    Vec::new()
                }
                TargetState::NoMatch { nearest } => {
                    self.no_match(pattern, nearest, span);
                    Vec::new()
                }
                TargetState::Matched | TargetState::Pending => self.components_inside(pattern, span),
            },
        }
    }

    fn components_inside(&mut self, pattern: &PathPattern, span: TextSpan) -> Vec<ComponentId> {
        let roots = self.examined_roots(pattern);
        let mut inside = Vec::new();
        let mut partly = None;
        for component in (0..self.components.len()).filter_map(|index| u32::try_from(index).ok().map(ComponentId)) {
            let claims: Vec<Root> = self.claims_of(component).collect();
            let covered = claims.iter().filter(|claim| self.lies_in(**claim, &roots)).count();
            if covered > 0 && covered == claims.len() {
                inside.push(component);
            } else if covered > 0 {
                partly = Some(component);
            }
        }
        if let Some(component) = partly {
            let name = self.components[component.0 as usize].name.as_str();
            let message = format!("`{pattern}` is only a part of component `{name}`: here stand whole components");
            let suggestion = Some(name.to_owned());
            self.problem(ProblemCode::PolicyConflict, span, message, suggestion);
        } else if inside.is_empty() && self.state(pattern) == TargetState::Matched {
            let message = format!("no whole component lies in `{pattern}`: here stand components");
            self.problem(ProblemCode::UnknownName, span, message, None);
        }
        inside
    }

    /// The components of a name: itself, or all members of a family.
    pub(super) fn components_named(&self, name: &str) -> Vec<ComponentId> {
        let is_named = |index: usize| {
            let component = &self.components[index];
            component.name.as_str() == name || component.family.as_ref().is_some_and(|family| family.as_str() == name)
        };
        let indices = (0..self.components.len()).filter(|index| is_named(*index));
        indices
            .filter_map(|index| u32::try_from(index).ok().map(ComponentId))
            .collect()
    }

    /// What a component claims.
    pub(super) fn claims_of(&self, component: ComponentId) -> impl Iterator<Item = Root> {
        self.claims
            .iter()
            .filter(move |claim| claim.component == component)
            .map(|claim| claim.root)
    }
}
