//! Closures, and what calls are passed: paths to values and closures, straight or by way of a local binding.

use rustc_hash::FxHashSet;
use syn::Expr;
use syn::spanned::Spanned;

use super::context::{Binding, Extractor, UNKNOWN, name_of};
use super::expressions::ungrouped;
use crate::facts::model::{
    ClosureFact, ClosureIdx, ExprFact, ExprIdx, Named, Namespaces, PassFact, Passed, PathIdx, ScopeIdx, TypeIdx,
};
use crate::facts::positions::Located;

/// What a call calls, and from where that is looked up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Callee {
    pub(super) named: Named,
    pub(super) scope: ScopeIdx,
}

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
        let end = self.code.refs.len() as u32;
        let fact = &mut self.code.closures[index.index()];
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
        let index = ClosureIdx::new(self.code.closures.len() as u32);
        let start = self.code.refs.len() as u32;
        self.code.closures.push(ClosureFact {
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
        let init = self.code.locals[local.index()].init?;
        // Of several functions that it may be, the first stands for all.
        match self.leads_to(init).first()? {
            &Passed::Path(path, scope) => Some(here(path, scope)),
            Passed::Closure(_) | Passed::Parameter(_) => None,
        }
    }

    /// The arguments of a call: expressions like any, and noted where they may be functions.
    pub(super) fn passed_arguments<P>(&mut self, arguments: &syn::punctuated::Punctuated<Expr, P>, to: Option<Callee>) {
        for (number, argument) in arguments.iter().enumerate() {
            let value = self.expression(argument);
            self.note_passed(argument, value, Some(number as u32), to);
        }
    }

    /// Notes an argument that leads to paths or closures.
    pub(super) fn note_passed(&mut self, argument: &Expr, value: ExprIdx, number: Option<u32>, to: Option<Callee>) {
        let Some(to) = to else { return };
        for what in self.leads_to(value) {
            let place = match (ungrouped(argument), what) {
                (Expr::Path(path), _) => self.path_place(&path.path),
                (Expr::Closure(_), Passed::Closure(closure)) => Located {
                    span: self.code.closures[closure.index()].span,
                    foreign: false,
                    made: false,
                },
                // What it is decided by shows which one is meant, and seldom has several lines.
                (Expr::If(chosen), _) => self.positions.locate_between(chosen.if_token.span, chosen.cond.span()),
                (Expr::Match(chosen), _) => self
                    .positions
                    .locate_between(chosen.match_token.span, chosen.expr.span()),
                (other, _) => self.locate(other.span()),
            };
            self.push_passed(to, what, number, place);
        }
    }

    pub(super) fn push_passed(&mut self, to: Callee, what: Passed, argument: Option<u32>, place: Located) {
        self.code.passes.push(PassFact {
            to: to.named,
            to_scope: to.scope,
            what,
            argument,
            span: place.span,
            scope: self.at.scope,
            owner: self.at.owner,
            cfg: self.at.cfg,
            dev: self.at.dev,
        });
    }

    /// The paths, closures and parameters that an expression may lead to: itself, what a local is bound to, the branches
    /// of a choice, the elements of a loop's array, what methods are called on (`handler.with_state(..)` is still the
    /// handler).
    fn leads_to(&self, value: ExprIdx) -> Vec<Passed> {
        let mut found = Vec::new();
        if value == UNKNOWN {
            return found;
        }
        let mut seen = FxHashSet::default();
        let mut pending = vec![(value, Vec::new())];
        while let Some((at, mut taken)) = pending.pop() {
            match &self.code.exprs[at.index()] {
                &ExprFact::Path(path, scope) if taken.is_empty() => found.push(Passed::Path(path, scope)),
                &ExprFact::Closure(closure) if taken.is_empty() => found.push(Passed::Closure(closure)),
                &ExprFact::Parameter(number) if taken.is_empty() => found.push(Passed::Parameter(number)),
                // Branches may meet in a local again: each is followed once.
                ExprFact::Local(local) => {
                    let init = self.code.locals[local.index()].init;
                    let init = init.filter(|&init| seen.insert((init, taken.clone())));
                    pending.extend(init.map(|init| (init, taken)));
                }
                &ExprFact::Method(receiver, ..) => pending.push((receiver, taken)),
                &ExprFact::Dereferenced(of) => pending.push((of, taken)),
                ExprFact::Choice(branches) => {
                    pending.extend(branches.iter().rev().map(|&branch| (branch, taken.clone())));
                }
                &ExprFact::Element(of) | &ExprFact::Indexed(of) => {
                    taken.push(Taken::Element);
                    pending.push((of, taken));
                }
                &ExprFact::Part {
                    of,
                    number,
                    from_end: false,
                } => {
                    taken.push(Taken::Part(number));
                    pending.push((of, taken));
                }
                ExprFact::Array(elements) if taken.pop() == Some(Taken::Element) => {
                    pending.extend(elements.iter().rev().map(|&element| (element, taken.clone())));
                }
                ExprFact::Tuple(elements) => {
                    if let Some(Taken::Part(number)) = taken.pop()
                        && let Some(&element) = elements.get(number as usize)
                    {
                        pending.push((element, taken));
                    }
                }
                _ => {}
            }
        }
        found
    }
}

/// What is taken out of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Taken {
    /// Any element of an array.
    Element,
    /// A part of a tuple.
    Part(u32),
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
