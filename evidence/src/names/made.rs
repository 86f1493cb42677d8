//! What a call of a macro makes: by the rules of its definition, or for `cfg_if!` and its like by what they are known to
//! do; once, and from then on out of what is kept.

use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

use proc_macro2::TokenStream;
use serde::{Deserialize, Serialize};

use super::budget::{Budget, MOST_TOKENS};
use super::expand::direct;
use super::ids::DefId;
use super::kept_facts::key_of_expansion;
use super::made_ahead::CallAhead;
use super::wanted::{Waiting, Wanted, Words};
use super::world::{CallId, World};
use crate::facts::extract::{Depth, Reading, extract_tokens};
use crate::facts::lines::Lines;
use crate::facts::model::{CallText, FileFacts, ItemData, MacroCallFact, Name, Span};
use crate::facts::positions::Positions;
use crate::kept::shelf::{Address, Key};
use crate::mbe::{MacroDefinition, MacroError, MacroErrorKind, count_tokens, expand_builtin, is_builtin};

/// A macro by example, ready for any number of calls.
#[derive(Debug)]
pub(crate) struct Definition {
    rules: Arc<Rules>,
    /// The rules, read when a call is met whose expansion is not kept; none for those that cannot be read.
    read: OnceCell<Option<MacroDefinition>>,
    words: OnceCell<Rc<Words>>,
}

/// The rules of a macro as text, which any thread can read.
#[derive(Debug)]
pub(super) struct Rules {
    body: Box<str>,
    decl_macro: bool,
    /// A hash of both.
    pub(super) identity: Key,
    /// How many lines the text has: the arguments are lexed as if they stood below.
    lines: u32,
}

impl Rules {
    pub(super) fn of(body: &str, decl_macro: bool) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&[u8::from(decl_macro)]).update(body.as_bytes());
        Self {
            body: body.into(),
            decl_macro,
            identity: *hasher.finalize().as_bytes(),
            lines: body.lines().count().max(1) as u32,
        }
    }

    /// The rules themselves, with spans of the thread that reads them; none for those that cannot be read.
    pub(super) fn read(&self) -> Option<MacroDefinition> {
        let tokens: TokenStream = self.body.parse().ok()?;
        let read = if self.decl_macro {
            MacroDefinition::parse_decl_macro(tokens)
        } else {
            MacroDefinition::parse(tokens)
        };
        read.ok()
    }

    /// What it is known by what a call makes of them.
    pub(super) fn key(&self, call: &MacroCallFact, depth: Depth, reading: Reading) -> Option<Key> {
        key_of_expansion(&(&self.identity, Decisive::of(call, depth, reading)))
    }
}

/// What a call makes of a definition: facts, and how many tokens it was given and made.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) facts: Arc<FileFacts>,
    given: usize,
    tokens: usize,
}

/// What a call makes of a definition, as it is kept.
#[derive(Deserialize)]
struct KeptMade {
    facts: FileFacts,
    given: usize,
    tokens: usize,
}

impl Made {
    /// What it is kept as: a [`KeptMade`].
    pub(super) fn bytes(&self) -> Option<Vec<u8>> {
        postcard::to_stdvec(&(&*self.facts, self.given, self.tokens)).ok()
    }
}

impl From<KeptMade> for Made {
    fn from(KeptMade { facts, given, tokens }: KeptMade) -> Self {
        Self {
            facts: Arc::new(facts),
            given,
            tokens,
        }
    }
}

/// What of a call decides what is read of its expansion.
#[derive(Serialize)]
struct Decisive<'c> {
    arguments: &'c CallText,
    span: Span,
    parameters: &'c [Name],
    depth: Depth,
    reading: Reading,
}

impl<'c> Decisive<'c> {
    fn of(call: &'c MacroCallFact, depth: Depth, reading: Reading) -> Self {
        Self {
            arguments: &call.arguments,
            span: call.span,
            parameters: &call.parameters,
            depth,
            reading,
        }
    }
}

impl World<'_> {
    /// What a call makes by the rules of a definition; none if it makes nothing.
    pub(super) fn expand_by(
        &self,
        of: DefId,
        call: &MacroCallFact,
        depth: Depth,
        reading: Reading,
        budget: &Budget,
    ) -> Option<Arc<FileFacts>> {
        let definition = self.macro_definition(of)?;
        let (kept, ahead) = (self.store.kept(), self.store.ahead());
        let is_asked = kept.keeps() || ahead.works();
        let key = is_asked.then(|| definition.rules.key(call, depth, reading)).flatten();
        let address = key.and_then(|key| kept.of_expansion(key));
        if let Some(made) = address.and_then(Address::get::<KeptMade>) {
            return self.within_budget(made.into(), budget);
        }
        if let Some(ready) = key.and_then(|key| ahead.made(&key)) {
            let facts = self.within_budget(ready.made, budget)?;
            if let (Some(address), Some(bytes)) = (address, ready.bytes) {
                address.add_bytes(bytes);
            }
            return Some(facts);
        }
        let made = self.expand_anew(&definition, call, (depth, reading), budget)?;
        if let Some((address, bytes)) = address.and_then(|address| Some((address, made.bytes()?))) {
            address.add_bytes(bytes);
        }
        Some(made.facts)
    }

    /// What was made before, as far as a call may have that.
    fn within_budget(&self, made: Made, budget: &Budget) -> Option<Arc<FileFacts>> {
        let within = self.spend_tokens(budget, made.given) && self.spend_tokens(budget, made.tokens);
        within.then_some(made.facts)
    }

    fn expand_anew(
        &self,
        definition: &Definition,
        call: &MacroCallFact,
        (depth, reading): (Depth, Reading),
        budget: &Budget,
    ) -> Option<Made> {
        let rules = &definition.rules;
        let read = definition.read.get_or_init(|| rules.read()).as_ref()?;
        let arguments = arguments_of(call, rules)?;
        let given = count_tokens(&arguments);
        if !self.spend_tokens(budget, given) {
            return None;
        }
        let tokens = match expand(read, call, arguments) {
            Ok(tokens) => tokens,
            Err(error) => {
                if error.kind() == MacroErrorKind::LimitExceeded {
                    self.exhaust(budget, &format!("cannot be expanded ({error})"));
                }
                return None;
            }
        };
        let made = count_tokens(&tokens);
        if !self.spend_tokens(budget, made) {
            return None;
        }
        Made::read(tokens, (given, made), rules, call, (depth, reading))
    }

    /// Lets calls in these scopes be expanded ahead, the next one last.
    pub(super) fn expand_ahead(&self, calls: &[Waiting], wanted: Wanted) {
        let ahead = self.store.ahead();
        if !ahead.works() || calls.is_empty() {
            return;
        }
        let are_wanted = calls.iter().filter(|call| self.may_arguments_make(call, wanted));
        ahead.expand(are_wanted.map(|waiting| {
            let call = waiting.id;
            let instance = self.instance(call.instance);
            CallAhead {
                facts: Arc::clone(self.unit(instance.unit).shared_facts()),
                scope: call.scope,
                index: call.index,
                krate: instance.krate,
                depth: self.depth(instance.krate),
                wanted,
            }
        }));
    }

    /// Has further calls of this name in this crate expanded by the same definitions.
    pub(super) fn guess_from(&self, call: CallId, definitions: &[DefId]) {
        let ahead = self.store.ahead();
        let facts = self.facts_of(call.instance);
        let name = facts.paths[self.call(call).path.index()].segments.last();
        if let Some(&name) = name.filter(|_| ahead.works()) {
            let known = definitions.iter().filter_map(|&of| self.macro_definition(of));
            let rules: Vec<Arc<Rules>> = known.map(|definition| Arc::clone(&definition.rules)).collect();
            ahead.guess((self.instance(call.instance).krate, name), &rules);
        }
    }

    /// What the branches of `cfg_if!` and its like hold; none for other macros.
    pub(super) fn builtin_branches(
        &self,
        name: Name,
        call: &MacroCallFact,
        depth: Depth,
        reading: Reading,
    ) -> Option<Vec<FileFacts>> {
        if !is_builtin(&name) {
            return None;
        }
        let decided_by = (name, Decisive::of(call, depth, reading));
        let kept = self.store.kept();
        let key = kept.keeps().then(|| key_of_expansion(&decided_by)).flatten();
        let address = key.and_then(|key| kept.of_expansion(key));
        if let Some(kept) = address.and_then(Address::get) {
            return Some(kept);
        }
        let branches = branches(name, call, depth, reading)?;
        if let Some(address) = address {
            address.add(&branches);
        }
        Some(branches)
    }

    /// The words of a macro's definition; none of what is no macro by example.
    pub(super) fn words_of(&self, definition: DefId) -> Option<Rc<Words>> {
        let name = self.def(definition).name;
        let definition = self.macro_definition(definition)?;
        let words = || Rc::new(Words::of_rules(&definition.rules.body, &name));
        Some(Rc::clone(definition.words.get_or_init(words)))
    }

    /// A macro's definition, made ready once.
    fn macro_definition(&self, definition: DefId) -> Option<Rc<Definition>> {
        if let Some(known) = self.macros.borrow().get(&definition) {
            return known.clone();
        }
        let found = self.definition_of(definition).map(Rc::new);
        self.macros.borrow_mut().insert(definition, found.clone());
        found
    }

    fn definition_of(&self, definition: DefId) -> Option<Definition> {
        match &self.item_of(definition)?.1.data {
            ItemData::Macro { body, decl_macro, .. } => Some(Definition {
                rules: Arc::new(Rules::of(body, *decl_macro)),
                read: OnceCell::new(),
                words: OnceCell::new(),
            }),
            _ => None,
        }
    }
}

impl Made {
    /// Reads what a call was expanded to.
    fn read(
        tokens: TokenStream,
        (given, made): (usize, usize),
        rules: &Rules,
        call: &MacroCallFact,
        (depth, reading): (Depth, Reading),
    ) -> Option<Self> {
        let positions = Positions::Expansion {
            lines_before: rules.lines,
            lines: Lines::of(&call.arguments.text),
            call: &call.arguments,
            invocation: call.span,
        };
        let facts = extract_tokens(tokens, &positions, depth, reading, &call.parameters).ok()?;
        Some(Self {
            facts: Arc::new(facts),
            given,
            tokens: made,
        })
    }
}

/// What a call makes of rules that this thread has read, if it is no more than any call may make.
pub(super) fn make(
    read: &MacroDefinition,
    rules: &Rules,
    call: &MacroCallFact,
    as_what: (Depth, Reading),
) -> Option<Made> {
    let arguments = arguments_of(call, rules)?;
    let given = count_tokens(&arguments);
    let tokens = expand(read, call, arguments).ok()?;
    let made = count_tokens(&tokens);
    if given + made > MOST_TOKENS {
        return None;
    }
    Made::read(tokens, (given, made), rules, call, as_what)
}

/// The arguments of a call, lexed as if they stood below the rules.
fn arguments_of(call: &MacroCallFact, rules: &Rules) -> Option<TokenStream> {
    behind_lines(&call.arguments.text, rules.lines).parse().ok()
}

fn expand(read: &MacroDefinition, call: &MacroCallFact, arguments: TokenStream) -> Result<TokenStream, MacroError> {
    // What was printed from another expansion has lost the fragments that it captured empty.
    let printed = call.arguments.pieces.iter().any(|piece| piece.foreign);
    let expansion = if printed {
        read.expand_printed(arguments)
    } else {
        read.expand(arguments)
    };
    expansion.map(|expansion| expansion.tokens)
}

/// What the branches of `cfg_if!` and its like hold.
fn branches(name: Name, call: &MacroCallFact, depth: Depth, reading: Reading) -> Option<Vec<FileFacts>> {
    let tokens: TokenStream = call.arguments.text.parse().ok()?;
    let found = expand_builtin(&name, tokens)?.ok()?;
    let positions = direct(&call.arguments, call.span);
    let mut read = Vec::new();
    for branch in found {
        let items = match branch.predicate {
            // The cfg stands on every item of the branch, as if it had been written there.
            Some(predicate) => under_cfg(&predicate, branch.items),
            None => Some(branch.items),
        };
        read.push(extract_tokens(items?, &positions, depth, reading, &call.parameters).ok()?);
    }
    Some(read)
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

/// A text with empty lines before it.
fn behind_lines(text: &str, lines: u32) -> String {
    let mut behind = "\n".repeat(lines as usize);
    behind.push_str(text);
    behind
}
