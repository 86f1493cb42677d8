//! How much may come of one macro call or `include!` that is written in a file. A macro that calls itself twice would
//! otherwise be expanded until the memory ends. What lies beyond the budget is named as not examined.

use std::cell::Cell;
use std::rc::Rc;

use super::ids::{DefId, InstanceId};
use super::world::{Instance, World};
use crate::facts::model::Span;

/// How many calls may be expanded for one that is written: a hundred times what the largest of the workspaces that were
/// tried needs.
const MOST_CALLS: u32 = 10_000;

/// How many tokens may be read and made for one call that is written.
pub(super) const MOST_TOKENS: usize = 2_000_000;

/// How many expansions may stand inside each other. The compiler stops at 128 unless the crate asks for more.
const DEEPEST_CALL: u16 = 1024;

/// In how many calls another one may be written. Each time all that stands inside is read again.
const DEEPEST_WRITTEN: u16 = 64;

/// How many includes may stand inside each other.
const DEEPEST_INCLUDE: u16 = 16;

/// What a call that is written in a file has used up, together with everything that came of it.
#[derive(Debug)]
pub(crate) struct Budget {
    /// Where it is written.
    instance: InstanceId,
    span: Span,
    /// `m!`, as messages say it.
    name: String,
    is_include: bool,
    /// The macro that expanded it.
    definition: Cell<Option<DefId>>,
    calls: Cell<u32>,
    tokens: Cell<usize>,
    is_spent: Cell<bool>,
}

impl Budget {
    fn new(instance: InstanceId, span: Span, name: &str, is_include: bool) -> Rc<Self> {
        Rc::new(Self {
            instance,
            span,
            name: format!("{name}!"),
            is_include,
            definition: Cell::new(None),
            calls: Cell::new(0),
            tokens: Cell::new(0),
            is_spent: Cell::new(false),
        })
    }

    /// Whether nothing more is expanded.
    pub(crate) fn is_spent(&self) -> bool {
        self.is_spent.get()
    }

    /// Remembers what the written call itself is expanded by.
    fn expanded_by(&self, definition: DefId) {
        if self.definition.get().is_none() {
            self.definition.set(Some(definition));
        }
    }
}

impl World<'_> {
    /// The budget of a macro call: that of the written call that it came of, or a new one.
    pub(crate) fn budget_of_call(&self, id: InstanceId, span: Span, name: &str) -> Rc<Budget> {
        match &self.instance(id).budget {
            // A file that is included is as long as its author wants.
            Some(budget) if !budget.is_include => Rc::clone(budget),
            _ => Budget::new(id, span, name, false),
        }
    }

    /// The budget of an include, likewise.
    pub(crate) fn budget_of_include(&self, id: InstanceId, span: Span) -> Rc<Budget> {
        let known = self.instance(id).budget.clone();
        known.unwrap_or_else(|| Budget::new(id, span, "include", true))
    }

    /// Whether a call is written in few enough others.
    pub(crate) fn is_within_few(&self, instance: &Instance, budget: &Budget) -> bool {
        if instance.budget.is_none() && instance.depth >= DEEPEST_WRITTEN {
            self.exhaust(budget, &format!("stands in more than {DEEPEST_WRITTEN} invocations"));
        }
        !budget.is_spent()
    }

    /// Counts one more call at a depth. Whether it may be expanded.
    pub(crate) fn spend_call(&self, budget: &Budget, depth: u16) -> bool {
        let deepest = if budget.is_include {
            DEEPEST_INCLUDE
        } else {
            DEEPEST_CALL
        };
        budget.calls.set(budget.calls.get() + 1);
        if depth >= deepest {
            self.exhaust(budget, &format!("expands more than {deepest} levels deep"));
        } else if budget.calls.get() > MOST_CALLS {
            self.exhaust(budget, &format!("expands to more than {MOST_CALLS} invocations"));
        }
        !budget.is_spent()
    }

    /// Counts tokens. Whether what was made of them may be kept.
    pub(crate) fn spend_tokens(&self, budget: &Budget, tokens: usize) -> bool {
        budget.tokens.set(budget.tokens.get().saturating_add(tokens));
        if budget.tokens.get() > MOST_TOKENS {
            self.exhaust(budget, &format!("expands to more than {MOST_TOKENS} tokens"));
        }
        !budget.is_spent()
    }

    /// Whether a macro may be followed: not if an earlier call of it spent its budget. It would take as long again, and
    /// the verdict is not whole anyway.
    pub(crate) fn may_follow(&self, definition: DefId, budget: &Budget) -> bool {
        if budget.definition.get().is_none()
            && let Some(why) = self.runaways.borrow().get(&definition)
        {
            self.exhaust(budget, why);
            return false;
        }
        budget.expanded_by(definition);
        true
    }

    /// Ends the expansion of a written call, and says so at its place.
    pub(crate) fn exhaust(&self, budget: &Budget, why: &str) {
        if budget.is_spent.replace(true) {
            return;
        }
        if let Some(definition) = budget.definition.get() {
            self.runaways.borrow_mut().insert(definition, why.to_owned());
        }
        let instance = self.instance(budget.instance);
        if self.krate(instance.krate).origin.is_examined() {
            let message = format!("`{}` {why}: the rest of what it makes was not examined", budget.name);
            self.report_unexamined(instance, budget.span, message);
        }
    }
}
