//! What a pack names, bound: code that a rule may forbid or allow, and whatever of it is not there lies dormant without a word. Whoever
//! keeps the pack knows neither this workspace nor the versions that it depends on.

use super::binder::Binder;
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
        // A crate of the workspace by that name counts too: a driver's fork in the tree hides nothing. Whose own crate
        // merely has the name takes it away by `!name`.
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
