//! What a pack names, bound: external code only, and whatever of it is not there lies dormant without a word. Whoever
//! keeps the pack knows neither this workspace nor the versions that it depends on.

use super::binder::{Binder, first_name};
use super::lists::ListUse;
use crate::graph::TargetState;
use crate::pattern::PathPattern;
use crate::place::Spanned;
use crate::policy::bound::Selector;
use crate::policy::model::Term;
use crate::problem::ProblemCode;

impl Binder<'_, '_> {
    /// Binds one pattern of a pack.
    pub(super) fn packed_term(
        &mut self,
        selector: &mut Selector,
        index: usize,
        pattern: &PathPattern,
        term: &Spanned<Term>,
        usage: ListUse,
    ) {
        if matches!(usage, ListUse::Code | ListUse::Public) {
            let message = format!(
                "`{}` names external code, and only examined code can stand here",
                term.value
            );
            return self.problem(ProblemCode::NothingMatched, term.span, message, None);
        }
        // A crate of the workspace may happen to have the name of one that a pack knows: foreign symbols apart, which
        // examined code declares itself, a pack never means that one.
        let first = first_name(pattern);
        if !pattern.foreign && self.examined_names().any(|name| name == first) {
            return selector.dormant.push(index);
        }
        match self.graph.targets(pattern) {
            Some(targets) if targets.state == TargetState::Matched => {
                selector.roots.extend(targets.roots.iter().map(|&root| (root, index)));
            }
            Some(targets) if targets.state == TargetState::Pending => {}
            _ => selector.dormant.push(index),
        }
        if !pattern.foreign {
            selector.written.push((pattern.clone(), index));
        }
    }
}
