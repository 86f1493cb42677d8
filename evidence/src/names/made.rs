//! What a call of a macro makes: by the rules of its definition, or for `cfg_if!` and its like by what they are known to
//! do; once, and from then on out of what is kept.

use std::cell::OnceCell;
use std::rc::Rc;

use proc_macro2::TokenStream;
use serde::{Deserialize, Serialize};

use super::budget::Budget;
use super::expand::direct;
use super::ids::DefId;
use super::kept_facts::Address;
use super::world::World;
use crate::facts::extract::{Depth, Reading, extract_tokens};
use crate::facts::lines::Lines;
use crate::facts::model::{CallText, FileFacts, ItemData, MacroCallFact, Name, Span};
use crate::facts::positions::Positions;
use crate::mbe::{MacroDefinition, MacroErrorKind, count_tokens, expand_builtin, is_builtin};

/// A macro by example, ready for any number of calls.
#[derive(Debug)]
pub(crate) struct Definition {
    /// Its rules, read when a call is met whose expansion is not kept; none for those that cannot be read.
    parsed: OnceCell<Option<MacroDefinition>>,
    /// A hash of its text.
    identity: [u8; blake3::OUT_LEN],
    /// How many lines its text has: the arguments are lexed as if they stood below.
    lines: u32,
}

/// What a call makes of a definition: facts, and how many tokens it was given and made.
#[derive(Serialize, Deserialize)]
struct Made {
    facts: FileFacts,
    given: usize,
    tokens: usize,
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
    ) -> Option<FileFacts> {
        let definition = self.macro_definition(of)?;
        let decided_by = (&definition.identity, Decisive::of(call, depth, reading));
        let address = self.store.kept().of_expansion(&decided_by);
        if let Some(Made { facts, given, tokens }) = address.and_then(Address::get::<Made>) {
            let within = self.spend_tokens(budget, given) && self.spend_tokens(budget, tokens);
            return within.then_some(facts);
        }
        let made = self.expand_anew(of, &definition, call, (depth, reading), budget)?;
        if let Some(address) = address {
            address.add(&made);
        }
        Some(made.facts)
    }

    fn expand_anew(
        &self,
        of: DefId,
        definition: &Definition,
        call: &MacroCallFact,
        (depth, reading): (Depth, Reading),
        budget: &Budget,
    ) -> Option<Made> {
        let parsed = definition.parsed.get_or_init(|| self.rules_of(of)).as_ref()?;
        let arguments = behind_lines(&call.arguments.text, definition.lines);
        let arguments: TokenStream = arguments.parse().ok()?;
        let given = count_tokens(&arguments);
        if !self.spend_tokens(budget, given) {
            return None;
        }
        // What was printed from another expansion has lost the fragments that it captured empty.
        let printed = call.arguments.pieces.iter().any(|piece| piece.foreign);
        let expansion = if printed {
            parsed.expand_printed(arguments)
        } else {
            parsed.expand(arguments)
        };
        let expansion = match expansion {
            Ok(expansion) => expansion,
            Err(error) => {
                if error.kind() == MacroErrorKind::LimitExceeded {
                    self.exhaust(budget, &format!("cannot be expanded ({error})"));
                }
                return None;
            }
        };
        let tokens = count_tokens(&expansion.tokens);
        if !self.spend_tokens(budget, tokens) {
            return None;
        }
        let positions = Positions::Expansion {
            lines_before: definition.lines,
            lines: Lines::of(&call.arguments.text),
            call: &call.arguments,
            invocation: call.span,
        };
        let facts = extract_tokens(expansion.tokens, &positions, depth, reading, &call.parameters).ok()?;
        Some(Made { facts, given, tokens })
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
        let address = self.store.kept().of_expansion(&decided_by);
        if let Some(kept) = address.and_then(Address::get) {
            return Some(kept);
        }
        let branches = branches(name, call, depth, reading)?;
        if let Some(address) = address {
            address.add(&branches);
        }
        Some(branches)
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
        let (body, decl_macro) = self.body_of_macro(definition)?;
        let mut hasher = blake3::Hasher::new();
        hasher.update(&[u8::from(decl_macro)]).update(body.as_bytes());
        Some(Definition {
            parsed: OnceCell::new(),
            identity: *hasher.finalize().as_bytes(),
            lines: body.lines().count().max(1) as u32,
        })
    }

    fn rules_of(&self, definition: DefId) -> Option<MacroDefinition> {
        let (body, decl_macro) = self.body_of_macro(definition)?;
        let tokens: TokenStream = body.parse().ok()?;
        let parsed = if decl_macro {
            MacroDefinition::parse_decl_macro(tokens)
        } else {
            MacroDefinition::parse(tokens)
        };
        parsed.ok()
    }

    fn body_of_macro(&self, definition: DefId) -> Option<(&str, bool)> {
        match &self.item_of(definition)?.1.data {
            ItemData::Macro { body, decl_macro, .. } => Some((body, *decl_macro)),
            _ => None,
        }
    }
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
