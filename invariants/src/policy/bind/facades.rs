//! What `[facades]` names is there: a table that speaks of nobody would cover nothing.

use super::binder::{Binder, first_name};
use crate::graph::{CrateOrigin, TargetState};
use crate::nearest::nearest;
use crate::pattern::PathPattern;
use crate::place::TextSpan;
use crate::problem::ProblemCode;

impl Binder<'_, '_> {
    /// Checks every name of `[facades]`.
    pub(super) fn check_facades(&mut self) {
        for facade in &self.policy.facades {
            let name = PathPattern::of_crate(&facade.name.value);
            self.check_facade_name(&name, facade.name.span);
            for listed in &facade.family {
                self.check_facade_name(&listed.value, listed.span);
            }
        }
    }

    fn check_facade_name(&mut self, pattern: &PathPattern, span: TextSpan) {
        let first = first_name(pattern);
        let is_own = |krate: &&crate::graph::Crate| krate.origin.is_examined() && *krate.name == *first;
        if self.graph.crates().iter().any(|krate| is_own(&krate)) {
            let message = format!("`{first}` is examined code: [facades] speaks of external crates");
            self.problem(ProblemCode::PolicyConflict, span, message, None);
            return;
        }
        match self.state(pattern) {
            TargetState::Dormant => {
                let message = format!("[facades]: there is no crate `{first}` among the dependencies");
                let suggestion = nearest(&first, self.external_names()).map(str::to_owned);
                self.problem(ProblemCode::UnknownName, span, message, suggestion);
            }
            TargetState::NoMatch { nearest } => self.no_match(pattern, nearest, span),
            TargetState::Pending => self.pending(pattern, span),
            TargetState::Matched => {}
        }
    }

    fn external_names(&self) -> impl Iterator<Item = &str> {
        let is_external = |origin| matches!(origin, CrateOrigin::External | CrateOrigin::Opaque);
        let external = self
            .graph
            .crates()
            .iter()
            .filter(move |krate| is_external(krate.origin));
        external.map(|krate| &*krate.name)
    }
}
