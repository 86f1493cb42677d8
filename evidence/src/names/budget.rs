//! How much may come of one macro call or `include!` that is written in a file. A macro that calls itself twice would
//! otherwise be expanded until the memory ends, and so would a file that includes itself. What lies beyond the budget is
//! named as not examined.

use std::cell::Cell;
use std::rc::Rc;

use super::ids::{DefId, InstanceId, SourceId};
use super::world::{Instance, World};
use crate::facts::model::Span;
use crate::workspace::display_path;

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

/// How many files may be included for one call that is written. All their globs may stand in one scope, where each name is
/// looked for through each of them.
const MOST_INCLUDED: u32 = 1000;

/// What may still come of code: what the call that it came of has left, and the files that it stands in.
#[derive(Debug)]
pub(crate) struct Budget {
    account: Rc<Account>,
    /// From the outermost.
    files: Vec<SourceId>,
}

/// What a call that is written in a file has used up, together with everything that came of it.
#[derive(Debug)]
struct Account {
    /// Where it is written.
    instance: InstanceId,
    span: Span,
    /// `m!`, as messages say it.
    name: String,
    is_include: bool,
    /// The macro that expanded it.
    definition: Cell<Option<DefId>>,
    calls: Cell<u32>,
    included: Cell<u32>,
    tokens: Cell<usize>,
    is_spent: Cell<bool>,
}

impl Account {
    fn new(instance: InstanceId, span: Span, name: &str, is_include: bool) -> Rc<Self> {
        Rc::new(Self {
            instance,
            span,
            name: format!("{name}!"),
            is_include,
            definition: Cell::new(None),
            calls: Cell::new(0),
            included: Cell::new(0),
            tokens: Cell::new(0),
            is_spent: Cell::new(false),
        })
    }
}

impl Budget {
    /// What is left to a file that is included.
    pub(crate) fn of_included(&self, file: SourceId) -> Rc<Self> {
        let files = self.files.iter().copied().chain([file]).collect();
        let account = Rc::clone(&self.account);
        Rc::new(Self { account, files })
    }

    /// Whether nothing more is expanded.
    pub(crate) fn is_spent(&self) -> bool {
        self.account.is_spent.get()
    }

    /// Remembers what the written call itself is expanded by.
    fn expanded_by(&self, definition: DefId) {
        if self.account.definition.get().is_none() {
            self.account.definition.set(Some(definition));
        }
    }
}

impl World<'_> {
    /// The budget of a macro call: that of the written call that it came of, or a new one.
    pub(crate) fn budget_of_call(&self, id: InstanceId, span: Span, name: &str) -> Rc<Budget> {
        match &self.instance(id).budget {
            // A file that is included is as long as its author wants.
            Some(budget) if !budget.account.is_include => Rc::clone(budget),
            _ => self.budget_of_written(id, Account::new(id, span, name, false)),
        }
    }

    /// The budget of an include, likewise.
    pub(crate) fn budget_of_include(&self, id: InstanceId, span: Span) -> Rc<Budget> {
        let known = self.instance(id).budget.clone();
        known.unwrap_or_else(|| self.budget_of_written(id, Account::new(id, span, "include", true)))
    }

    fn budget_of_written(&self, id: InstanceId, account: Rc<Account>) -> Rc<Budget> {
        let instance = self.instance(id);
        let files = match &instance.budget {
            Some(budget) => budget.files.clone(),
            None => vec![self.unit(instance.unit).source],
        };
        Rc::new(Budget { account, files })
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
        let account = &budget.account;
        let deepest = if account.is_include {
            DEEPEST_INCLUDE
        } else {
            DEEPEST_CALL
        };
        account.calls.set(account.calls.get() + 1);
        if depth >= deepest {
            self.exhaust(budget, &format!("expands more than {deepest} levels deep"));
        } else if account.calls.get() > MOST_CALLS {
            self.exhaust(budget, &format!("expands to more than {MOST_CALLS} invocations"));
        }
        !budget.is_spent()
    }

    /// Counts one more file at a depth. Whether it may be included: what includes itself would never end.
    pub(crate) fn spend_include(&self, budget: &Budget, depth: u16, file: SourceId) -> bool {
        let included = &budget.account.included;
        included.set(included.get() + 1);
        if !self.spend_call(budget, depth) {
            return false;
        }
        if budget.files.contains(&file) {
            let shown = display_path(self.workspace, &self.store.get(file).path);
            self.exhaust(budget, &format!("includes `{shown}` into itself"));
        } else if included.get() > MOST_INCLUDED {
            self.exhaust(budget, &format!("includes more than {MOST_INCLUDED} files"));
        }
        !budget.is_spent()
    }

    /// Counts tokens. Whether what was made of them may be kept.
    pub(crate) fn spend_tokens(&self, budget: &Budget, tokens: usize) -> bool {
        let spent = &budget.account.tokens;
        spent.set(spent.get().saturating_add(tokens));
        if spent.get() > MOST_TOKENS {
            self.exhaust(budget, &format!("expands to more than {MOST_TOKENS} tokens"));
        }
        !budget.is_spent()
    }

    /// Whether a macro may be followed: not if an earlier call of it spent its budget. It would take as long again, and
    /// the verdict is not whole anyway.
    pub(crate) fn may_follow(&self, definition: DefId, budget: &Budget) -> bool {
        if budget.account.definition.get().is_none()
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
        let account = &budget.account;
        if account.is_spent.replace(true) {
            return;
        }
        if let Some(definition) = account.definition.get() {
            self.runaways.borrow_mut().insert(definition, why.to_owned());
        }
        let instance = self.instance(account.instance);
        if self.krate(instance.krate).origin.is_examined() {
            let message = format!("`{}` {why}: the rest of what it makes was not examined", account.name);
            self.report_unexamined(instance, account.span, message);
        } else {
            // What others look for decides what is expanded before.
            self.depends_on_order.set(true);
        }
    }
}
