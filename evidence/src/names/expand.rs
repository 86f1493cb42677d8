//! Item macros: their definitions found, expanded, and what they declare added to the scope of the invocation.

use std::rc::Rc;

use proc_macro2::TokenStream;

use super::declare::Position;
use super::ids::{DefId, InstanceId, ScopeId};
use super::world::{CallId, Contents, FactsHandle, Progress, ScopeKind, World};
use crate::facts::extract::{Depth, Reading, extract_tokens};
use crate::facts::lines::Lines;
use crate::facts::model::{CallText, FileFacts, ItemData, ItemIdx, MacroCallFact, Name, Span};
use crate::facts::positions::Positions;
use crate::mbe::{MacroDefinition, expand_builtin, is_builtin};
use rustc_hash::FxHashMap;

/// How many expansions may stand inside each other.
const DEEPEST: u16 = 64;

/// What a call became.
struct Expanded {
    facts: FileFacts,
    from: Option<DefId>,
}

/// A macro by example, ready for any number of calls.
#[derive(Debug)]
pub(crate) struct Definition {
    parsed: MacroDefinition,
    /// How many lines its text has: the arguments are lexed as if they stood below.
    lines: u32,
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
        let data = self.scope(scope);
        if data.progress.get() != Progress::Declared {
            return;
        }
        if data.calls.borrow().is_empty() {
            data.progress.set(Progress::Ready);
            return;
        }
        data.progress.set(Progress::Expanding);
        self.expanding.set(self.expanding.get() + 1);
        loop {
            // Expansions add calls of their own to the same list.
            let next = data.expanded.get();
            let Some(call) = data.calls.borrow().get(next).copied() else {
                break;
            };
            data.expanded.set(next + 1);
            self.expand_call(scope, call);
        }
        self.expanding.set(self.expanding.get() - 1);
        data.progress.set(Progress::Ready);
    }

    fn expand_call(&self, scope: ScopeId, id: CallId) {
        let call = self.call(id);
        let instance = self.instance(id.instance);
        // In expanded members the first item stands for the impl or trait itself.
        let holder = |item: ItemIdx| match instance.container {
            Some(container) if item.0 == 0 => container,
            _ => instance.items[item.index()],
        };
        let around = Around {
            container: call.container.map(holder),
            owner: call.owner.map(holder).or(instance.owner),
        };
        let reading = if around.container.is_some() {
            Reading::Members
        } else {
            Reading::Items
        };
        let expanded = if instance.depth < DEEPEST {
            self.expansions(scope, id, call, reading)
        } else {
            Vec::new()
        };
        if expanded.is_empty() {
            self.leave_unexpanded(scope, id, call, around, reading);
            return;
        }
        for expansion in expanded {
            self.place_expansion(scope, id, call, around, expansion);
        }
    }

    /// What a call expands to: by name for the few known ones, else by the macro's own rules.
    fn expansions(&self, scope: ScopeId, id: CallId, call: &MacroCallFact, reading: Reading) -> Vec<Expanded> {
        let facts = self.facts_of(id.instance);
        let path = &facts.paths[call.path.index()];
        let depth = self.depth(self.scope(scope).krate);
        if let Some(name) = path.segments.last()
            && let Some(branches) = builtin_branches(*name, call, depth, reading)
        {
            return branches;
        }
        let mut best: Option<Expanded> = None;
        for definition in self.macro_definitions(id.instance, path, scope) {
            let Some(facts) = self.expand_by(definition, call, depth, reading) else {
                continue;
            };
            let size = |facts: &FileFacts| facts.items.len() + facts.refs.len() + facts.scopes[0].imports.len();
            // Of several definitions under cfgs the one that keeps most is taken: the others drop the code.
            if best.as_ref().is_none_or(|known| size(&facts) > size(&known.facts)) {
                best = Some(Expanded {
                    facts,
                    from: Some(definition),
                });
            }
        }
        best.into_iter().collect()
    }

    fn expand_by(&self, definition: DefId, call: &MacroCallFact, depth: Depth, reading: Reading) -> Option<FileFacts> {
        let definition = self.macro_definition(definition)?;
        let arguments = behind_lines(&call.arguments.text, definition.lines);
        let arguments: TokenStream = arguments.parse().ok()?;
        let parsed = &definition.parsed;
        // What was printed from another expansion has lost the fragments that it captured empty.
        let printed = call.arguments.pieces.iter().any(|piece| piece.foreign);
        let expansion = if printed {
            parsed.expand_printed(arguments)
        } else {
            parsed.expand(arguments)
        }
        .ok()?;
        let positions = Positions::Expansion {
            lines_before: definition.lines,
            lines: Lines::of(&call.arguments.text),
            call: &call.arguments,
            invocation: call.span,
        };
        extract_tokens(expansion.tokens, &positions, depth, reading, &call.parameters).ok()
    }

    /// A macro's definition, lexed and read once.
    fn macro_definition(&self, definition: DefId) -> Option<Rc<Definition>> {
        if let Some(known) = self.macros.borrow().get(&definition) {
            return known.clone();
        }
        let found = self.read_definition(definition).map(Rc::new);
        self.macros.borrow_mut().insert(definition, found.clone());
        found
    }

    fn read_definition(&self, definition: DefId) -> Option<Definition> {
        let (_, item) = self.item_of(definition)?;
        let ItemData::Macro { body, decl_macro, .. } = &item.data else {
            return None;
        };
        let tokens: TokenStream = body.parse().ok()?;
        let parsed = if *decl_macro {
            MacroDefinition::parse_decl_macro(tokens)
        } else {
            MacroDefinition::parse(tokens)
        };
        Some(Definition {
            parsed: parsed.ok()?,
            lines: body.lines().count().max(1) as u32,
        })
    }

    /// A call that nothing expands: its arguments count as items where they are such, else as code of the place.
    fn leave_unexpanded(&self, scope: ScopeId, id: CallId, call: &MacroCallFact, around: Around, reading: Reading) {
        let depth = self.depth(self.scope(scope).krate);
        self.scope(scope).contents.borrow_mut().unexpanded.push(id);
        let as_items = read_arguments(call, depth, reading);
        let facts = match as_items {
            Some(facts) if !facts.items.is_empty() || !facts.scopes[0].imports.is_empty() => Some(facts),
            _ if depth == Depth::Everything => read_arguments(call, depth, Reading::Arguments),
            _ => None,
        };
        if let Some(facts) = facts {
            self.place_expansion(scope, id, call, around, Expanded { facts, from: None });
        }
    }

    fn place_expansion(&self, scope: ScopeId, id: CallId, call: &MacroCallFact, held_by: Around, expanded: Expanded) {
        self.questions.forget();
        let instance = self.instance(id.instance);
        let around = self.scope(scope);
        let own = call.cfg.map(|cfg| self.facts_of(id.instance).cfgs[cfg.index()].clone());
        let cfg = [around.cfg.clone(), own]
            .into_iter()
            .flatten()
            .reduce(crate::facts::cfg::Cfg::and);
        let source = self.unit(instance.unit).source;
        let unit = self.add_unit(source, FactsHandle::Expansion(Box::new(expanded.facts)), expanded.from);
        self.place(
            unit,
            &Position {
                krate: around.krate,
                scope,
                cfg,
                dev: around.dev || call.dev,
                container: held_by.container,
                owner: held_by.owner.filter(|_| held_by.container.is_none()).or(instance.owner),
                directories: None,
                depth: instance.depth + 1,
            },
        );
    }

    /// The definitions that a macro's path leads to.
    fn macro_definitions(
        &self,
        instance: InstanceId,
        path: &crate::facts::model::PathFact,
        scope: ScopeId,
    ) -> Vec<DefId> {
        let found = self.resolve(instance, path, scope, crate::facts::model::Namespaces::MACRO);
        found
            .defs
            .into_iter()
            .filter(|&def| self.is_macro_by_example(def))
            .collect()
    }

    pub(crate) fn is_macro_by_example(&self, def: DefId) -> bool {
        self.item_of(def)
            .is_some_and(|(_, item)| matches!(item.data, ItemData::Macro { .. }))
    }

    /// `macro_rules!` macros of a name that are in textual scope: declared around, or brought by `#[macro_use]` modules.
    pub(crate) fn textual_macros(&self, from: ScopeId, name: Name) -> Vec<DefId> {
        let mut at = Some(from);
        while let Some(scope) = at {
            let data = self.scope(scope);
            let own: Vec<DefId> = macros_named(self, &data.contents.borrow(), name);
            if !own.is_empty() {
                return own;
            }
            if matches!(data.kind, ScopeKind::Module(_))
                && let Some(brought) = self.macro_use_names(scope).get(&name)
            {
                return brought.clone();
            }
            at = data.parent;
        }
        Vec::new()
    }

    /// The macros that the `#[macro_use]` modules of a scope bring, theirs included.
    fn macro_use_names(&self, scope: ScopeId) -> &FxHashMap<Name, Vec<DefId>> {
        let data = self.scope(scope);
        if let Some(known) = data.macro_use.get() {
            return known;
        }
        let mut names: FxHashMap<Name, Vec<DefId>> = FxHashMap::default();
        let modules = data.contents.borrow().modules.clone();
        for module in modules {
            let brings = self
                .item_of(module)
                .is_some_and(|(_, item)| matches!(item.data, ItemData::Module { macro_use: true, .. }));
            let Some(body) = (if brings { self.body(module) } else { None }) else {
                continue;
            };
            self.ready(body);
            for (&name, defs) in self.macro_use_names(body) {
                names.entry(name).or_default().extend(defs);
            }
            for defs in self.scope(body).contents.borrow().names.values() {
                for &def in defs.iter().filter(|&&def| self.is_macro_by_example(def)) {
                    names.entry(self.def(def).name).or_default().push(def);
                }
            }
        }
        for defs in names.values_mut() {
            defs.sort_unstable();
            defs.dedup();
        }
        data.macro_use.get_or_init(|| names)
    }
}

fn macros_named(world: &World<'_>, contents: &Contents, name: Name) -> Vec<DefId> {
    let named = contents.names.get(&name).map(Vec::as_slice).unwrap_or_default();
    named
        .iter()
        .copied()
        .filter(|&def| world.is_macro_by_example(def))
        .collect()
}

/// The branches of `cfg_if!` and its like.
fn builtin_branches(name: Name, call: &MacroCallFact, depth: Depth, reading: Reading) -> Option<Vec<Expanded>> {
    if !is_builtin(&name) {
        return None;
    }
    let tokens: TokenStream = call.arguments.text.parse().ok()?;
    let branches = expand_builtin(&name, tokens)?.ok()?;
    let positions = direct(&call.arguments, call.span);
    let mut expanded = Vec::new();
    for branch in branches {
        let items = match branch.predicate {
            // The cfg stands on every item of the branch, as if it had been written there.
            Some(predicate) => under_cfg(&predicate, branch.items),
            None => Some(branch.items),
        };
        let facts = extract_tokens(items?, &positions, depth, reading, &call.parameters).ok()?;
        expanded.push(Expanded { facts, from: None });
    }
    Some(expanded)
}

fn under_cfg(predicate: &TokenStream, items: TokenStream) -> Option<TokenStream> {
    let file = syn::parse2::<syn::File>(items).ok()?;
    let attribute: syn::Attribute = syn::parse_quote!(#[cfg(#predicate)]);
    let mut tokens = TokenStream::new();
    for item in file.items {
        tokens.extend(quote::quote!(#attribute #item));
    }
    Some(tokens)
}

fn read_arguments(call: &MacroCallFact, depth: Depth, reading: Reading) -> Option<FileFacts> {
    let tokens: TokenStream = call.arguments.text.parse().ok()?;
    let positions = direct(&call.arguments, call.span);
    extract_tokens(tokens, &positions, depth, reading, &call.parameters).ok()
}

/// A text with empty lines before it.
fn behind_lines(text: &str, lines: u32) -> String {
    let mut behind = "\n".repeat(lines as usize);
    behind.push_str(text);
    behind
}

/// Positions of arguments that were lexed alone.
fn direct(call: &CallText, invocation: Span) -> Positions<'_> {
    Positions::Expansion {
        lines: Lines::of(&call.text),
        lines_before: 0,
        call,
        invocation,
    }
}
