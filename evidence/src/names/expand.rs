//! Item macros: their definitions found, expanded, and what they declare added to the scope of the invocation.

use std::rc::Rc;
use std::sync::Arc;

use proc_macro2::TokenStream;

use super::budget::Budget;
use super::declare::Position;
use super::ids::{CrateIdx, DefId, InstanceId, ScopeId};
use super::wanted::Wanted;
use super::world::{CallId, FactsHandle, Progress, World};
use crate::facts::extract::{Depth, Reading, extract_tokens};
use crate::facts::lines::Lines;
use crate::facts::model::{CallText, FileFacts, ItemData, ItemIdx, MacroCallFact, Span};
use crate::facts::positions::Positions;

/// What a call became.
struct Expanded {
    facts: Arc<FileFacts>,
    from: Option<DefId>,
    /// Whether it is what was written, only taken out of the call.
    as_written: bool,
}

/// The macro that a call names.
enum Called {
    /// One that is known by its name, with what it makes of the call.
    Builtin(Vec<Expanded>),
    /// `macro_rules!` definitions, under several cfgs more than one.
    ByExample(Vec<DefId>),
    /// One that makes nothing and whose arguments are no code: of the crate `archguard`, or that ends the compilation.
    Nothing,
}

/// What came of a call.
#[derive(PartialEq, Eq)]
enum Outcome {
    /// It is expanded, or will never be.
    Settled,
    /// No macro of its name is known so far.
    UnknownMacro,
}

/// What a call stands in beside its scope.
#[derive(Clone, Copy)]
struct Around {
    /// The impl or trait whose members it makes.
    container: Option<DefId>,
    /// The function or constant whose block it stands in.
    owner: Option<DefId>,
}

impl World<'_> {
    /// Makes sure that a scope declares everything that its item macros declare.
    pub(crate) fn ready(&self, scope: ScopeId) {
        self.ready_for(scope, Wanted::Everything);
    }

    /// Makes sure that a scope declares what is wanted of what its item macros declare.
    pub(super) fn ready_for(&self, scope: ScopeId, mut wanted: Wanted) {
        let data = self.scope(scope);
        match data.progress.get() {
            Progress::Declared => {}
            Progress::Expanding if wanted == Wanted::Everything => return data.progress.set(Progress::ExpandingAll),
            Progress::Expanding | Progress::ExpandingAll | Progress::Ready => return,
        }
        if data.calls.borrow().is_empty() {
            data.progress.set(Progress::Ready);
            return;
        }
        data.progress.set(Progress::Expanding);
        self.expanding.set(self.expanding.get() + 1);
        let mut left = Vec::new();
        let mut seen = 0;
        loop {
            self.expand_ahead(data.calls.borrow().get(seen..).unwrap_or_default(), wanted);
            // Expansions add calls of their own to the same list.
            let next = data.calls.borrow_mut().pop();
            let Some(call) = next else {
                // Meanwhile somebody wanted all.
                if data.progress.get() == Progress::ExpandingAll && !left.is_empty() {
                    left.reverse();
                    data.calls.replace(std::mem::take(&mut left));
                    (wanted, seen) = (Wanted::Everything, 0);
                    continue;
                }
                break;
            };
            seen = data.calls.borrow().len();
            if !self.may_make(scope, &call, wanted) {
                left.push(call);
                continue;
            }
            if self.expand_call(scope, call.id, self.definitions_for(scope, &call)) == Outcome::UnknownMacro {
                self.deferred.borrow_mut().push((scope, call.id));
            }
            self.settle_inside(scope, &call, &data.calls.borrow()[seen..]);
        }
        left.reverse();
        data.progress.set(if left.is_empty() {
            Progress::Ready
        } else {
            Progress::Declared
        });
        data.calls.replace(left);
        if self.expanding.get() == 1 {
            self.expand_deferred();
        }
        self.expanding.set(self.expanding.get() - 1);
    }

    /// Expands what met an unknown macro while the scopes that may declare it were themselves being expanded. What no
    /// round brings further stays unexpanded; not yet where the macro's name leads to a question that is open, whose answer
    /// may be what is missing, nor in examined code as long as modules are still to be read.
    fn expand_deferred(&self) {
        let is_examined = |&mut (scope, _): &mut (ScopeId, CallId)| self.is_examined(scope);
        let postponed: Vec<(ScopeId, CallId)> = if self.is_loading.get() {
            self.deferred.borrow_mut().extract_if(.., is_examined).collect()
        } else {
            Vec::new()
        };
        self.expand_all_deferred();
        self.deferred.borrow_mut().extend(postponed);
    }

    fn expand_all_deferred(&self) {
        loop {
            let mut progress = false;
            let mut unknown = Vec::new();
            for (scope, call) in self.deferred.take() {
                let (outcome, is_open) = self.questions.meeting(|| self.expand_call(scope, call, &[]));
                if outcome == Outcome::UnknownMacro {
                    unknown.push((scope, call, is_open));
                } else {
                    progress = true;
                    // The expansion may have calls of its own.
                    self.ready(scope);
                }
            }
            let is_done = !progress && unknown.iter().all(|&(.., is_open)| is_open);
            for (scope, call, is_open) in unknown {
                if progress || is_open {
                    self.deferred.borrow_mut().push((scope, call));
                } else {
                    self.leave_unexpanded(scope, call, &self.budget_of(call));
                    // So may what is read of the arguments.
                    self.ready(scope);
                }
            }
            if is_done {
                let is_left = !self.deferred.borrow().is_empty();
                self.depends_on_order.set(self.depends_on_order.get() || is_left);
                return;
            }
        }
    }

    /// Settles calls of macros that were not known when names led to them, and whose names led to a question that was still
    /// open; whether there were any. What was looked for in vain meanwhile may be there now.
    pub(crate) fn settle_deferred(&self) -> bool {
        let is_left = !self.deferred.borrow().is_empty() && self.expanding.get() == 0;
        if is_left {
            self.expanding.set(1);
            self.expand_deferred();
            self.expanding.set(0);
        }
        is_left
    }

    /// Makes sure of the blocks that have been read of a crate: the impls that item macros make in them hold everywhere.
    pub(crate) fn ready_blocks(&self, krate: CrateIdx) {
        let blocks = &self.krate(krate).blocks_with_calls;
        loop {
            // Expansions may add blocks of their own.
            let Some(block) = blocks.borrow_mut().pop() else { return };
            self.ready(block);
        }
    }

    /// Expands a call by definitions that are known to be meant, or else by those that its name leads to by now.
    fn expand_call(&self, scope: ScopeId, id: CallId, known: &[DefId]) -> Outcome {
        let call = self.call(id);
        let (around, reading) = self.around(id);
        let Some(called) = self.called(scope, id, reading, known) else {
            return Outcome::UnknownMacro;
        };
        if matches!(called, Called::Nothing) {
            return Outcome::Settled;
        }
        let budget = self.budget_of(id);
        let instance = self.instance(id.instance);
        let may_expand = self.is_within_few(instance, &budget) && self.spend_call(&budget, instance.depth);
        let expanded = match called {
            _ if !may_expand => Vec::new(),
            Called::Nothing => Vec::new(),
            Called::Builtin(branches) => branches,
            Called::ByExample(definitions) => {
                self.guess_from(id, &definitions);
                self.expansions(scope, definitions, call, reading, &budget)
            }
        };
        if budget.is_spent() {
            self.scope(scope).contents.borrow_mut().unexpanded.push(id);
        } else if expanded.is_empty() {
            self.leave_unexpanded(scope, id, &budget);
        }
        for (branch, expansion) in (0..).zip(expanded) {
            self.place_expansion(scope, (id, branch), around, expansion, &budget);
        }
        Outcome::Settled
    }

    fn budget_of(&self, id: CallId) -> Rc<Budget> {
        let call = self.call(id);
        let name = self.facts_of(id.instance).paths[call.path.index()].segments.last();
        self.budget_of_call(id.instance, call.span, name.map_or("", |name| name.as_str()))
    }

    /// What a call stands in, and what its expansion is read as.
    fn around(&self, id: CallId) -> (Around, Reading) {
        let call = self.call(id);
        let instance = self.instance(id.instance);
        // In expanded members the first item stands for the impl or trait itself.
        let holder = |item: ItemIdx| match instance.container {
            Some(container) if item == ItemIdx::FIRST => container,
            _ => instance.items[item.index()],
        };
        let around = Around {
            container: call.container.map(holder),
            owner: call.owner.map(holder).or(instance.owner),
        };
        (around, Reading::of(call))
    }

    /// The macro that a call names; none where it is not known.
    fn called(&self, scope: ScopeId, id: CallId, reading: Reading, known: &[DefId]) -> Option<Called> {
        let call = self.call(id);
        let path = &self.facts_of(id.instance).paths[call.path.index()];
        let depth = self.depth(self.scope(scope).krate);
        if let Some(name) = path.segments.last()
            && let Some(branches) = self.builtin_branches(*name, call, depth, reading)
        {
            let expanded = |facts| Expanded {
                facts: Arc::new(facts),
                from: None,
                as_written: true,
            };
            return Some(Called::Builtin(branches.into_iter().map(expanded).collect()));
        }
        let definitions = match known {
            [] => self.macro_definitions(id.instance, path, scope, call.span.start),
            known => known.to_vec(),
        };
        if definitions.is_empty() {
            let resolve = || self.resolve(id.instance, path, scope, crate::facts::model::Namespaces::MACRO);
            let (found, is_open) = self.questions.meeting(resolve);
            let is_own = found.defs.iter().any(|&def| self.own_macro(def).is_some());
            // Under a cfg the name may be another macro's, too.
            let ends_the_compilation =
                !found.defs.is_empty() && !is_open && found.defs.iter().all(|&def| self.ends_the_compilation(def));
            return (is_own || ends_the_compilation).then_some(Called::Nothing);
        }
        Some(Called::ByExample(definitions))
    }

    /// What a call expands to by the macro's own rules.
    fn expansions(
        &self,
        scope: ScopeId,
        definitions: Vec<DefId>,
        call: &MacroCallFact,
        reading: Reading,
        budget: &Budget,
    ) -> Vec<Expanded> {
        let depth = self.depth(self.scope(scope).krate);
        let mut best: Option<Expanded> = None;
        for definition in definitions {
            if !self.may_follow(definition, budget) {
                return Vec::new();
            }
            let Some(facts) = self.expand_by(definition, call, depth, reading, budget) else {
                continue;
            };
            let size = |facts: &FileFacts| facts.items.len() + facts.code.refs.len() + facts.scopes[0].imports.len();
            // Of several definitions under cfgs the one that keeps most is taken: the others drop the code.
            if best.as_ref().is_none_or(|known| size(&facts) > size(&known.facts)) {
                best = Some(Expanded {
                    facts,
                    from: Some(definition),
                    as_written: false,
                });
            }
        }
        best.into_iter().collect()
    }

    /// A call that nothing expands: its arguments count as items where they are such, else as code of the place.
    fn leave_unexpanded(&self, scope: ScopeId, id: CallId, budget: &Rc<Budget>) {
        let call = self.call(id);
        let (around, reading) = self.around(id);
        let depth = self.depth(self.scope(scope).krate);
        self.scope(scope).contents.borrow_mut().unexpanded.push(id);
        if !self.is_within_few(self.instance(id.instance), budget) {
            return;
        }
        let as_items = read_arguments(call, depth, reading);
        let facts = match as_items {
            Some(facts) if !facts.items.is_empty() || !facts.scopes[0].imports.is_empty() => Some(facts),
            _ if depth == Depth::Everything => read_arguments(call, depth, Reading::Arguments),
            _ => None,
        };
        if let Some(facts) = facts {
            let expanded = Expanded {
                facts: Arc::new(facts),
                from: None,
                as_written: true,
            };
            self.place_expansion(scope, (id, 0), around, expanded, budget);
        }
    }

    fn place_expansion(
        &self,
        scope: ScopeId,
        made_by: (CallId, u32),
        held_by: Around,
        expanded: Expanded,
        budget: &Rc<Budget>,
    ) {
        self.questions.forget();
        let (id, _) = made_by;
        let call = self.call(id);
        let instance = self.instance(id.instance);
        let around = self.scope(scope);
        let own = call.cfg.map(|cfg| self.facts_of(id.instance).cfgs[cfg.index()].clone());
        let cfg = [around.cfg.clone(), own]
            .into_iter()
            .flatten()
            .reduce(crate::facts::cfg::Cfg::and);
        let source = self.unit(instance.unit).source;
        let unit = self.add_unit(source, FactsHandle::Expansion(expanded.facts), expanded.from);
        self.place(
            unit,
            &Position {
                krate: around.krate,
                scope,
                cfg,
                conditional: instance.conditional,
                dev: around.dev || call.dev,
                container: held_by.container,
                owner: held_by.owner.filter(|_| held_by.container.is_none()).or(instance.owner),
                directories: None,
                made_by: Some(made_by),
                depth: instance.depth + 1,
                // Calls that are written inside of the arguments have budgets of their own.
                budget: if expanded.as_written {
                    instance.budget.clone()
                } else {
                    Some(Rc::clone(budget))
                },
            },
        );
    }

    /// The definitions that a macro's path leads to at a place.
    pub(super) fn macro_definitions(
        &self,
        instance: InstanceId,
        path: &crate::facts::model::PathFact,
        scope: ScopeId,
        at: u32,
    ) -> Vec<DefId> {
        let found = self.resolve(instance, path, scope, crate::facts::model::Namespaces::MACRO);
        let mut defs = found.defs;
        defs.retain(|&def| self.is_macro_by_example(def));
        self.in_textual_order(defs, scope, (instance, at))
    }

    pub(crate) fn is_macro_by_example(&self, def: DefId) -> bool {
        self.item_of(def)
            .is_some_and(|(_, item)| matches!(item.data, ItemData::Macro { .. }))
    }
}

fn read_arguments(call: &MacroCallFact, depth: Depth, reading: Reading) -> Option<FileFacts> {
    let tokens: TokenStream = call.arguments.text.parse().ok()?;
    let positions = direct(&call.arguments, call.span);
    extract_tokens(tokens, &positions, depth, reading, &call.parameters).ok()
}

/// Positions of arguments that were lexed alone.
pub(super) fn direct(call: &CallText, invocation: Span) -> Positions<'_> {
    Positions::Expansion {
        lines: Lines::of(&call.text),
        lines_before: 0,
        call,
        invocation,
    }
}
