//! `[[require]]`: its lists, bound. What it selects is worked out when everything is bound.

use super::binder::Binder;
use super::lists::ListUse;
use crate::place::Spanned;
use crate::policy::bound::Selector;
use crate::policy::model::{RuleHead, TermList};
use crate::policy::require::{BoundConditions, BoundRequire, Conditions};

impl<'p> Binder<'p, '_> {
    /// Binds all requirements; beside them whether each has a problem.
    pub(super) fn bind_requires(&mut self) -> (Vec<BoundRequire<'p>>, Vec<bool>) {
        let mut requires = Vec::new();
        let mut broken = Vec::new();
        for rule in &self.policy.requires {
            let before = self.problems.len();
            requires.push(BoundRequire {
                rule,
                scope: self.scope(&rule.head),
                items: self.conditions(&rule.head, &rule.items),
                must: self.conditions(&rule.head, &rule.must),
                kinds: rule.kinds(),
                selected: Vec::new(),
            });
            broken.push(self.problems.len() > before);
        }
        (requires, broken)
    }

    fn conditions(&mut self, head: &'p RuleHead, conditions: &'p Conditions) -> BoundConditions<'p> {
        let within = conditions.within.as_ref();
        BoundConditions {
            conditions,
            within: within.map(|list| self.list(&list.value, ListUse::Code, head.optional)),
            relations: conditions
                .relations
                .iter()
                .map(|(relation, list)| (*relation, self.named(head, list)))
                .collect(),
            through: conditions.through.as_ref().map(|list| self.named(head, list)),
        }
    }

    /// What a list of paths names; of that, something must be there.
    fn named(&mut self, head: &'p RuleHead, list: &'p Spanned<TermList>) -> Selector {
        self.prohibition(head, list)
    }
}
