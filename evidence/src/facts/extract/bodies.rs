//! Blocks and statements.

use super::context::{Extractor, UNKNOWN};
use super::entry::Depth;
use crate::facts::model::{ExprIdx, ScopeFact};

impl Extractor<'_> {
    /// A block whose value does not matter.
    pub(super) fn block(&mut self, block: &syn::Block) {
        self.block_value(block);
    }

    /// A block, and what can be said of its value's type.
    pub(super) fn block_value(&mut self, block: &syn::Block) -> ExprIdx {
        if self.depth == Depth::Declarations {
            return UNKNOWN;
        }
        self.within(|this| this.block_of_locals(|this| this.statements(&block.stmts)))
    }

    /// Statements in a scope of their own where they declare items.
    pub(super) fn statements(&mut self, statements: &[syn::Stmt]) -> ExprIdx {
        if statements.iter().any(declares_items) {
            let scope = ScopeFact {
                parent: Some(self.at.scope),
                block_of: self.at.owner,
                ..ScopeFact::default()
            };
            self.at.scope = self.new_scope(scope);
        }
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
                syn::Stmt::Macro(call) => self.within(|this| {
                    this.enter_attributes(&call.attrs);
                    this.invocation(&call.mac);
                }),
            }
        }
        value
    }
}

fn declares_items(statement: &syn::Stmt) -> bool {
    matches!(statement, syn::Stmt::Item(_))
}
