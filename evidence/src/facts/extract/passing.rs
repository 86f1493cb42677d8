//! Closures, and what calls are passed: paths to values and closures, straight or by way of a local binding.

use syn::Expr;
use syn::spanned::Spanned;

use super::context::{Binding, Extractor, UNKNOWN, name_of};
use super::expressions::ungrouped;
use crate::facts::model::{
    ClosureFact, ClosureIdx, ExprFact, ExprIdx, LocalFact, Named, Namespaces, PassFact, Passed, PathIdx, ScopeIdx,
    TypeIdx,
};
use crate::facts::positions::Located;

/// What a call calls, and from where that is looked up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Callee {
    pub(super) named: Named,
    pub(super) scope: ScopeIdx,
}

/// How many bindings and method calls an argument is followed through.
const DEEPEST: usize = 64;

impl Extractor<'_> {
    pub(super) fn closure(&mut self, closure: &syn::ExprClosure) -> ExprIdx {
        let index = self.begin_closure(closure);
        let (parameters, returns) = self.exposing(false, |this| {
            this.within(|this| {
                this.at.closure = Some(index);
                this.block_of_locals(|this| {
                    let parameters = closure
                        .inputs
                        .iter()
                        .map(|input| this.closure_parameter(input))
                        .collect();
                    let returns = this.return_type(&closure.output);
                    this.expression(&closure.body);
                    (parameters, returns)
                })
            })
        });
        let end = self.facts.refs.len() as u32;
        let fact = &mut self.facts.closures[index.index()];
        fact.parameters = parameters;
        fact.returns = returns;
        fact.refs.1 = end;
        self.expr(ExprFact::Closure(index))
    }

    /// Adds a closure before those inside it.
    fn begin_closure(&mut self, closure: &syn::ExprClosure) -> ClosureIdx {
        let words = [
            closure.asyncness.map(|word| word.span),
            closure.capture.map(|word| word.span),
        ];
        let first = words
            .into_iter()
            .flatten()
            .next()
            .unwrap_or_else(|| closure.inputs_begin.span());
        let place = self.positions.locate_between(first, closure.inputs_end.span());
        let index = ClosureIdx(self.facts.closures.len() as u32);
        let start = self.facts.refs.len() as u32;
        self.facts.closures.push(ClosureFact {
            parent: self.at.closure,
            owner: self.at.owner,
            scope: self.at.scope,
            span: place.span,
            refs: (start, start),
            parameters: Box::default(),
            returns: None,
            is_async: closure.asyncness.is_some() || is_async(&closure.body),
            cfg: self.at.cfg,
            dev: self.at.dev,
        });
        index
    }

    fn closure_parameter(&mut self, input: &syn::Pat) -> Option<TypeIdx> {
        match input {
            syn::Pat::Type(typed) => {
                let ty = self.ty(&typed.ty);
                self.bind_typed(&typed.pat, Some(ty), UNKNOWN);
                Some(ty)
            }
            other => {
                self.bind(other, UNKNOWN);
                None
            }
        }
    }

    /// What a called path is; a local binding is what it is bound to.
    pub(super) fn callee_of_path(&self, callee: Option<PathIdx>, path: &syn::ExprPath) -> Option<Callee> {
        let here = |path, scope| Callee {
            named: Named::Path(path, Namespaces::VALUE),
            scope,
        };
        if let Some(callee) = callee {
            return Some(here(callee, self.at.scope));
        }
        let name = name_of(path.path.get_ident()?);
        let Binding::Known(local) = self.local(name)? else {
            return None;
        };
        match self.what_is(self.facts.locals[local.index()].init?)? {
            Passed::Path(path, scope) => Some(here(path, scope)),
            Passed::Closure(_) => None,
        }
    }

    /// The arguments of a call: expressions like any, and noted where they may be functions.
    pub(super) fn passed_arguments<P>(&mut self, arguments: &syn::punctuated::Punctuated<Expr, P>, to: Option<Callee>) {
        for argument in arguments {
            let value = self.expression(argument);
            self.note_passed(argument, value, to);
        }
    }

    /// Notes an argument that leads to a path or a closure.
    pub(super) fn note_passed(&mut self, argument: &Expr, value: ExprIdx, to: Option<Callee>) {
        let Some((to, what)) = to.zip(self.what_is(value)) else {
            return;
        };
        let place = match ungrouped(argument) {
            Expr::Path(path) => self.path_place(&path.path),
            Expr::Closure(_) => match what {
                Passed::Closure(closure) => Located {
                    span: self.facts.closures[closure.index()].span,
                    foreign: false,
                    made: false,
                },
                Passed::Path(..) => return,
            },
            other => self.locate(other.span()),
        };
        self.push_passed(to, what, place);
    }

    pub(super) fn push_passed(&mut self, to: Callee, what: Passed, place: Located) {
        self.facts.passes.push(PassFact {
            to: to.named,
            to_scope: to.scope,
            what,
            span: place.span,
            scope: self.at.scope,
            owner: self.at.owner,
            cfg: self.at.cfg,
            dev: self.at.dev,
        });
    }

    /// The path or closure that an expression leads to: itself, what a local is bound to, what methods are called on
    /// (`handler.with_state(..)` is still the handler).
    fn what_is(&self, value: ExprIdx) -> Option<Passed> {
        let mut at = value;
        for _ in 0..DEEPEST {
            at = match self.facts.exprs[at.index()] {
                ExprFact::Path(path, scope) => return Some(Passed::Path(path, scope)),
                ExprFact::Closure(closure) => return Some(Passed::Closure(closure)),
                ExprFact::Local(local) => match self.facts.locals[local.index()] {
                    LocalFact { init: Some(init), .. } => init,
                    LocalFact { init: None, .. } => return None,
                },
                ExprFact::Method(receiver, _) => receiver,
                ExprFact::Part {
                    of,
                    number,
                    from_end: false,
                } => match &self.facts.exprs[of.index()] {
                    ExprFact::Tuple(elements) => *elements.get(number as usize)?,
                    _ => return None,
                },
                _ => return None,
            };
        }
        None
    }
}

fn is_async(body: &Expr) -> bool {
    match ungrouped(body) {
        Expr::Async(_) => true,
        Expr::Block(block) => match block.block.stmts.as_slice() {
            [syn::Stmt::Expr(only, None)] => is_async(only),
            _ => false,
        },
        _ => false,
    }
}
