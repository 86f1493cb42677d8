//! Expressions: every path they name, and as much of their types as declarations tell.

use syn::Expr;

use archguard_invariants::graph::ReferenceKind;

use super::context::{Binding, Extractor, UNKNOWN, name_of};
use super::passing::Callee;
use crate::facts::model::{Certainty, ExprFact, ExprIdx, Name, Named, Namespaces, PathIdx};

impl Extractor<'_> {
    /// Records what an expression names and returns what can be said of its type.
    pub(super) fn expression(&mut self, expr: &Expr) -> ExprIdx {
        let attributes = expression_attributes(expr);
        if attributes.is_empty() {
            return self.bare_expression(expr);
        }
        self.within(|this| {
            this.enter_attributes(attributes);
            this.bare_expression(expr)
        })
    }

    fn bare_expression(&mut self, expr: &Expr) -> ExprIdx {
        match expr {
            Expr::Path(path) => return self.value_path(path, ReferenceKind::Path),
            Expr::Call(call) => return self.call(call),
            Expr::MethodCall(call) => return self.method_call(call),
            Expr::Field(field) => return self.field(field),
            Expr::Struct(literal) => return self.struct_literal(literal),
            Expr::Macro(call) => {
                self.invocation(&call.mac);
            }
            Expr::Paren(inner) => return self.expression(&inner.expr),
            Expr::Group(inner) => return self.expression(&inner.expr),
            Expr::Reference(inner) => return self.expression(&inner.expr),
            Expr::RawAddr(inner) => return self.expression(&inner.expr),
            Expr::Try(inner) => {
                let value = self.expression(&inner.expr);
                return self.projected(value, ExprFact::Unwrapped);
            }
            Expr::Await(inner) => {
                let value = self.expression(&inner.base);
                return self.projected(value, ExprFact::Awaited);
            }
            Expr::Unary(unary) => {
                let value = self.expression(&unary.expr);
                if matches!(unary.op, syn::UnOp::Deref(_)) {
                    return self.projected(value, ExprFact::Dereferenced);
                }
            }
            Expr::Cast(cast) => {
                let value = self.expression(&cast.expr);
                let (ty, scope) = (self.ty(&cast.ty), self.at.scope);
                // A function stays what it is: its pointer has no type of a name.
                if matches!(&*cast.ty, syn::Type::FnPtr(_)) {
                    return value;
                }
                return self.expr(ExprFact::Typed(ty, scope));
            }
            Expr::Index(index) => {
                let value = self.expression(&index.expr);
                self.expression(&index.index);
                // A range takes a part out, which is of the same type.
                if matches!(&*index.index, Expr::Range(_)) {
                    return value;
                }
                return self.projected(value, ExprFact::Indexed);
            }
            Expr::Block(inner) => return self.block_value(&inner.block),
            Expr::Unsafe(inner) => return self.block_value(&inner.block),
            Expr::Const(inner) => return self.block_value(&inner.block),
            Expr::Async(inner) => self.block(&inner.block),
            Expr::TryBlock(inner) => self.block(&inner.block),
            Expr::Loop(inner) => self.block(&inner.body),
            Expr::Array(array) => return self.array(array),
            Expr::Tuple(tuple) => {
                let elements = tuple.elems.iter().map(|element| self.expression(element)).collect();
                return self.expr(ExprFact::Tuple(elements));
            }
            Expr::Assign(assign) => self.both(&assign.left, &assign.right),
            Expr::Binary(binary) => self.both(&binary.left, &binary.right),
            Expr::Repeat(repeat) => {
                let value = self.expression(&repeat.expr);
                self.expression(&repeat.len);
                let _ = value;
            }
            Expr::Range(range) => {
                for end in [&range.start, &range.end].into_iter().flatten() {
                    self.expression(end);
                }
            }
            Expr::Break(inner) => self.optional(inner.expr.as_deref()),
            Expr::Return(inner) => self.optional(inner.expr.as_deref()),
            Expr::Yield(inner) => self.optional(inner.expr.as_deref()),
            Expr::Closure(closure) => return self.closure(closure),
            Expr::If(conditional) => return self.conditional(conditional),
            Expr::While(repeated) => self.block_of_locals(|this| {
                this.expression(&repeated.cond);
                this.block(&repeated.body);
            }),
            Expr::ForLoop(repeated) => {
                let value = self.expression(&repeated.expr);
                self.block_of_locals(|this| {
                    let element = this.projected(value, ExprFact::Element);
                    this.bind(&repeated.pat, element);
                    this.block(&repeated.body);
                });
            }
            Expr::Match(matching) => return self.matching(matching),
            Expr::Let(binding) => {
                let value = self.expression(&binding.expr);
                self.bind(&binding.pat, value);
            }
            Expr::Lit(literal) => self.literal(&literal.lit),
            Expr::Verbatim(tokens) => self.scan_tokens(tokens.clone()),
            _ => {}
        }
        UNKNOWN
    }

    fn array(&mut self, array: &syn::ExprArray) -> ExprIdx {
        let elements: Vec<ExprIdx> = array.elems.iter().map(|element| self.expression(element)).collect();
        if elements.iter().all(|&element| element == UNKNOWN) {
            return UNKNOWN;
        }
        self.expr(ExprFact::Array(elements.into()))
    }

    /// What one of several branches gives; those of which nothing is known are left out.
    fn choice(&mut self, mut branches: Vec<ExprIdx>) -> ExprIdx {
        branches.retain(|&branch| branch != UNKNOWN);
        match *branches.as_slice() {
            [] => UNKNOWN,
            [only] => only,
            _ => self.expr(ExprFact::Choice(branches.into())),
        }
    }

    fn both(&mut self, left: &Expr, right: &Expr) {
        self.expression(left);
        self.expression(right);
    }

    fn optional(&mut self, expr: Option<&Expr>) {
        if let Some(expr) = expr {
            self.expression(expr);
        }
    }

    /// A path in value position; a local binding is no reference.
    pub(super) fn value_path(&mut self, path: &syn::ExprPath, kind: ReferenceKind) -> ExprIdx {
        if path.qself.is_none()
            && let Some(ident) = path.path.get_ident()
        {
            let name = name_of(ident);
            if name == "self" {
                return self.expr(ExprFact::SelfValue);
            }
            if let Some(local) = self.local(name) {
                return match local {
                    Binding::Known(local) => self.expr(ExprFact::Local(local)),
                    Binding::Unknown => UNKNOWN,
                };
            }
            if self.parameter(name).is_some() {
                return UNKNOWN;
            }
        }
        let index = self.recorded_path(path, kind);
        let scope = self.at.scope;
        self.expr(ExprFact::Path(index, scope))
    }

    fn recorded_path(&mut self, path: &syn::ExprPath, kind: ReferenceKind) -> PathIdx {
        let place = self.path_place(&path.path);
        let index = self.path(path.qself.as_ref(), &path.path);
        let is_perhaps_local = |ident| self.is_perhaps_local(name_of(ident));
        let certainty = if path.qself.is_none() && path.path.get_ident().is_some_and(is_perhaps_local) {
            Certainty::Possible
        } else {
            Certainty::Certain
        };
        self.add_path_reference(index, Namespaces::VALUE, kind, place, certainty);
        index
    }

    fn call(&mut self, call: &syn::ExprCall) -> ExprIdx {
        let mut to = None;
        let before = self.code.refs.len();
        let callee = match ungrouped(&call.func) {
            Expr::Path(path) => {
                let callee = self.callee_path(path);
                to = self.callee_of_path(callee, path);
                callee
            }
            other => {
                self.expression(other);
                None
            }
        };
        if callee.is_some() {
            self.formatted_arguments(before, &call.args);
        }
        self.passed_arguments(&call.args, to);
        let scope = self.at.scope;
        callee.map_or(UNKNOWN, |path| self.expr(ExprFact::Call(path, scope)))
    }

    fn callee_path(&mut self, path: &syn::ExprPath) -> Option<PathIdx> {
        let is_local = path.qself.is_none()
            && path
                .path
                .get_ident()
                .is_some_and(|ident| self.local(name_of(ident)).is_some() || ident == "self");
        if is_local {
            None
        } else {
            Some(self.recorded_path(path, ReferenceKind::Call))
        }
    }

    fn method_call(&mut self, call: &syn::ExprMethodCall) -> ExprIdx {
        let receiver = self.expression(&call.receiver);
        if let Some(turbofish) = &call.turbofish {
            let mut types = Vec::new();
            for argument in &turbofish.args {
                self.generic_argument(argument, &mut types);
            }
        }
        let name = name_of(&call.method);
        let place = self.locate(call.method.span());
        let before = self.code.refs.len();
        self.add_reference(
            Named::Method(receiver, name),
            ReferenceKind::Method,
            place,
            Certainty::Possible,
        );
        self.formatted_arguments(before, &call.args);
        let to = Callee {
            named: Named::Method(receiver, name),
            scope: self.at.scope,
        };
        self.passed_arguments(&call.args, Some(to));
        let scope = self.at.scope;
        self.projected(receiver, |receiver| ExprFact::Method(receiver, name, scope))
    }

    fn field(&mut self, field: &syn::ExprField) -> ExprIdx {
        let base = self.expression(&field.base);
        if base == UNKNOWN {
            return UNKNOWN;
        }
        let (name, span) = match &field.member {
            syn::Member::Named(ident) => (name_of(ident), ident.span()),
            syn::Member::Unnamed(index) => (Name::from(&index.index.to_string()), index.span),
        };
        let place = self.locate(span);
        self.add_reference(
            Named::Field(base, name),
            ReferenceKind::Field,
            place,
            Certainty::Possible,
        );
        self.expr(ExprFact::Field(base, name))
    }

    fn struct_literal(&mut self, literal: &syn::ExprStruct) -> ExprIdx {
        let place = self.path_place(&literal.path);
        let path = self.path(literal.qself.as_ref(), &literal.path);
        self.add_path_reference(
            path,
            Namespaces::TYPE_OR_VALUE,
            ReferenceKind::Call,
            place,
            Certainty::Certain,
        );
        for field in &literal.fields {
            self.within(|this| {
                this.enter_attributes(&field.attrs);
                this.expression(&field.expr);
            });
        }
        self.optional(literal.rest.as_deref());
        let scope = self.at.scope;
        self.expr(ExprFact::Struct(path, scope))
    }

    fn conditional(&mut self, conditional: &syn::ExprIf) -> ExprIdx {
        let then = self.block_of_locals(|this| {
            this.expression(&conditional.cond);
            this.block_value(&conditional.then_branch)
        });
        let otherwise = conditional
            .else_branch
            .as_ref()
            .map_or(UNKNOWN, |(_, branch)| self.expression(branch));
        self.choice(vec![then, otherwise])
    }

    fn matching(&mut self, matching: &syn::ExprMatch) -> ExprIdx {
        let value = self.expression(&matching.expr);
        let arms = matching.arms.iter().map(|arm| {
            self.within(|this| {
                this.enter_attributes(&arm.attrs);
                this.block_of_locals(|this| {
                    this.bind(&arm.pat, value);
                    this.expression(&arm.body)
                })
            })
        });
        let arms = arms.collect();
        self.choice(arms)
    }

    /// A `let` statement.
    pub(super) fn local_statement(&mut self, local: &syn::Local) {
        self.within(|this| {
            this.enter_attributes(&local.attrs);
            let value = local.init.as_ref().map_or(UNKNOWN, |init| {
                let value = this.expression(&init.expr);
                if let Some((_, diverge)) = &init.diverge {
                    this.expression(diverge);
                }
                value
            });
            this.bind(&local.pat, value);
            this.note_formatted(local);
        });
    }
}

pub(super) fn ungrouped(expr: &Expr) -> &Expr {
    match expr {
        Expr::Group(inner) => ungrouped(&inner.expr),
        Expr::Paren(inner) => ungrouped(&inner.expr),
        other => other,
    }
}

fn expression_attributes(expr: &Expr) -> &[syn::Attribute] {
    match expr {
        Expr::Block(inner) => &inner.attrs,
        Expr::Unsafe(inner) => &inner.attrs,
        Expr::Call(inner) => &inner.attrs,
        Expr::MethodCall(inner) => &inner.attrs,
        Expr::Macro(inner) => &inner.attrs,
        Expr::If(inner) => &inner.attrs,
        Expr::Match(inner) => &inner.attrs,
        Expr::Struct(inner) => &inner.attrs,
        Expr::Return(inner) => &inner.attrs,
        Expr::Closure(inner) => &inner.attrs,
        Expr::Assign(inner) => &inner.attrs,
        Expr::ForLoop(inner) => &inner.attrs,
        Expr::While(inner) => &inner.attrs,
        Expr::Loop(inner) => &inner.attrs,
        Expr::Path(inner) => &inner.attrs,
        Expr::Tuple(inner) => &inner.attrs,
        Expr::Reference(inner) => &inner.attrs,
        Expr::Binary(inner) => &inner.attrs,
        Expr::Async(inner) => &inner.attrs,
        Expr::Await(inner) => &inner.attrs,
        Expr::Array(inner) => &inner.attrs,
        Expr::Let(inner) => &inner.attrs,
        Expr::Unary(inner) => &inner.attrs,
        _ => &[],
    }
}
