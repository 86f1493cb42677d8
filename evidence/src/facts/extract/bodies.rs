//! Blocks and statements.

use proc_macro2::{TokenStream, TokenTree};

use archguard_invariants::graph::ItemKind;

use super::context::{Extractor, UNKNOWN, name_of};
use super::entry::Depth;
use crate::facts::model::{ExprIdx, ScopeFact};

impl Extractor<'_> {
    /// A block whose value does not matter.
    pub(super) fn block(&mut self, block: &syn::Block) {
        self.block_value(block);
    }

    /// A block, and what can be said of its value's type.
    pub(super) fn block_value(&mut self, block: &syn::Block) -> ExprIdx {
        if self.depth == Depth::Declarations && !self.in_unnamed_constant() {
            return UNKNOWN;
        }
        self.within(|this| this.block_of_locals(|this| this.statements(&block.stmts)))
    }

    /// Statements in a scope of their own where they declare items.
    pub(super) fn statements(&mut self, statements: &[syn::Stmt]) -> ExprIdx {
        if statements.iter().any(|statement| self.declares_items(statement)) {
            let scope = ScopeFact {
                parent: Some(self.at.scope),
                block_of: self.at.owner,
                ..ScopeFact::default()
            };
            self.at.scope = self.new_scope(scope);
        }
        let calls = statements.iter().filter_map(|statement| match statement {
            syn::Stmt::Macro(call) => Some(&call.mac),
            _ => None,
        });
        self.enter_around(calls, || {
            statements.iter().map(quote::ToTokens::to_token_stream).collect()
        });
        let mut value = UNKNOWN;
        for statement in statements {
            value = UNKNOWN;
            match statement {
                syn::Stmt::Local(local) => self.local_statement(local),
                syn::Stmt::Item(item) => self.item(item),
                syn::Stmt::Expr(expr, semicolon) => {
                    let result = self.expression(expr);
                    if semicolon.is_none() {
                        value = result;
                    }
                }
                syn::Stmt::Macro(call) => {
                    let items = self.may_make_items(&call.mac);
                    self.within(|this| {
                        this.enter_attributes(&call.attrs);
                        if items {
                            this.item_call(&call.mac);
                        } else {
                            let path = this.invocation(&call.mac);
                            this.note_invocation(path, &call.mac);
                        }
                    });
                }
            }
        }
        value
    }

    fn declares_items(&self, statement: &syn::Stmt) -> bool {
        match statement {
            syn::Stmt::Item(_) => true,
            syn::Stmt::Macro(call) => self.may_make_items(&call.mac),
            _ => false,
        }
    }

    /// Whether a macro in statement position looks as if it declared items: what it is given speaks of some, and of no
    /// local binding, which items could not see.
    fn may_make_items(&self, call: &syn::Macro) -> bool {
        (self.in_unnamed_constant() || declares(call.tokens.clone(), DEEPEST_KEYWORD))
            && !self.mentions_locals(call.tokens.clone())
    }

    /// `const _: () = { .. }` is there to hold items.
    fn in_unnamed_constant(&self) -> bool {
        self.at.owner.is_some_and(|owner| {
            let owner = &self.facts.items[owner.index()];
            owner.kind == ItemKind::Constant && owner.name == "_"
        })
    }

    fn mentions_locals(&self, tokens: TokenStream) -> bool {
        tokens.into_iter().any(|tree| match tree {
            TokenTree::Group(group) => self.mentions_locals(group.stream()),
            TokenTree::Ident(ident) => ident == "self" || self.local(name_of(&ident)).is_some(),
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        })
    }
}

/// In how many groups the keyword of an item may stand.
const DEEPEST_KEYWORD: usize = 2;

/// Words that begin an item and are followed by its name.
const KEYWORDS: [&str; 8] = ["struct", "enum", "union", "trait", "mod", "static", "fn", "type"];

/// Whether an item's keyword with a name behind it stands among tokens, or a keyword alone, as macros pass it on.
fn declares(tokens: TokenStream, deepest: usize) -> bool {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let is_keyword =
        |tree: &TokenTree| matches!(tree, TokenTree::Ident(word) if KEYWORDS.iter().any(|keyword| word == keyword));
    if let [only] = trees.as_slice() {
        return is_keyword(only)
            || matches!(only, TokenTree::Group(group) if deepest > 0 && declares(group.stream(), deepest - 1));
    }
    trees.iter().enumerate().any(|(at, tree)| match tree {
        TokenTree::Group(group) => deepest > 0 && declares(group.stream(), deepest - 1),
        tree => is_keyword(tree) && matches!(trees.get(at + 1), Some(TokenTree::Ident(_))) && !is_lifetime(&trees, at),
    })
}

/// `'static` is a quote and a word.
fn is_lifetime(trees: &[TokenTree], at: usize) -> bool {
    at > 0 && matches!(&trees[at - 1], TokenTree::Punct(punct) if punct.as_char() == '\'')
}
