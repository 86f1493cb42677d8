//! Patterns, those of parameters too: the paths they name and the locals they bind.

use archguard_invariants::graph::ReferenceKind;

use super::context::{Extractor, UNKNOWN, name_of};
use crate::facts::model::{Certainty, ExprFact, ExprIdx, LocalFact, Namespaces, PathFact, PathStart, TypeIdx};

impl Extractor<'_> {
    /// Binds the parameters of a function.
    pub(super) fn bind_parameters(&mut self, signature: &syn::Signature, types: &[TypeIdx]) {
        let scope = self.at.scope;
        let parameters = signature.inputs.iter().filter_map(|input| match input {
            syn::FnArg::Typed(parameter) => Some(parameter),
            syn::FnArg::Receiver(_) => None,
        });
        for (number, (parameter, &ty)) in parameters.zip(types).enumerate() {
            match &*parameter.pat {
                syn::Pat::Ident(ident) => {
                    let itself = self.expr(ExprFact::Parameter(number as u32));
                    self.bind_local(
                        name_of(&ident.ident),
                        LocalFact {
                            ty: Some((ty, scope)),
                            init: Some(itself),
                        },
                    );
                    if let Some((_, inner)) = &ident.subpat {
                        let value = self.expr(ExprFact::Typed(ty, scope));
                        self.bind(inner, value);
                    }
                }
                other => {
                    let value = self.expr(ExprFact::Typed(ty, scope));
                    // `Path(id): Path<Id>` and `State(db): State<Db>`: the one field of a wrapper is its type argument.
                    let value = match other {
                        syn::Pat::TupleStruct(tuple) if tuple.elems.len() == 1 => {
                            let inner = self.projected(value, ExprFact::Unwrapped);
                            self.bind_wrapper(tuple, inner);
                            continue;
                        }
                        _ => value,
                    };
                    self.bind_typed(other, None, value);
                }
            }
        }
    }

    fn bind_wrapper(&mut self, pattern: &syn::PatTupleStruct, inner: ExprIdx) {
        let place = self.path_place(&pattern.path);
        let path = self.path(pattern.qself.as_ref(), &pattern.path);
        self.add_path_reference(
            path,
            Namespaces::VALUE,
            ReferenceKind::Pattern,
            place,
            Certainty::Certain,
        );
        for elem in &pattern.elems {
            self.bind(elem, inner);
        }
    }

    /// Binds a pattern to a value.
    pub(super) fn bind(&mut self, pattern: &syn::Pat, value: ExprIdx) {
        self.bind_typed(pattern, None, value);
    }

    /// Binds a pattern to a value or a written type.
    pub(super) fn bind_typed(&mut self, pattern: &syn::Pat, ty: Option<TypeIdx>, value: ExprIdx) {
        let takes_apart = matches!(
            pattern,
            syn::Pat::Tuple(_) | syn::Pat::TupleStruct(_) | syn::Pat::Slice(_) | syn::Pat::Or(_)
        );
        let value = match ty.filter(|_| takes_apart) {
            Some(ty) => {
                let scope = self.at.scope;
                self.expr(ExprFact::Typed(ty, scope))
            }
            None => value,
        };
        match pattern {
            syn::Pat::Ident(ident) => self.bind_ident(ident, ty, value),
            syn::Pat::Type(typed) => {
                let ty = self.ty(&typed.ty);
                self.bind_typed(&typed.pat, Some(ty), value);
            }
            syn::Pat::Reference(reference) => self.bind_typed(&reference.pat, ty, value),
            syn::Pat::Paren(paren) => self.bind_typed(&paren.pat, ty, value),
            syn::Pat::Guard(guard) => {
                self.bind_typed(&guard.pat, ty, value);
                self.expression(&guard.guard);
            }
            syn::Pat::Or(or) => or.cases.iter().for_each(|case| self.bind(case, value)),
            syn::Pat::Slice(slice) => self.bind_slice(slice, value),
            syn::Pat::Tuple(tuple) => self.bind_tuple(tuple, value),
            syn::Pat::TupleStruct(tuple) => self.bind_tuple_struct(tuple, value),
            syn::Pat::Struct(pattern) => self.bind_struct(pattern),
            syn::Pat::Path(path) => {
                self.value_path(path, ReferenceKind::Pattern);
            }
            syn::Pat::Const(constant) => self.block(&constant.block),
            syn::Pat::Range(range) => {
                for end in [&range.start, &range.end].into_iter().flatten() {
                    if let syn::Expr::Path(path) = &**end {
                        self.value_path(path, ReferenceKind::Pattern);
                    } else {
                        self.expression(end);
                    }
                }
            }
            syn::Pat::Lit(literal) => self.literal(&literal.lit),
            syn::Pat::Macro(call) => {
                self.invocation(&call.mac);
            }
            syn::Pat::Verbatim(tokens) => self.scan_tokens(tokens.clone()),
            _ => {}
        }
    }

    fn bind_ident(&mut self, pattern: &syn::PatIdent, ty: Option<TypeIdx>, value: ExprIdx) {
        let name = name_of(&pattern.ident);
        let may_be_constant = pattern.by_ref.is_none() && pattern.mutability.is_none() && pattern.subpat.is_none();
        if may_be_constant {
            let place = self.locate(pattern.ident.span());
            let path = self.path_id(PathFact {
                start: PathStart::Plain,
                segments: [name].into(),
                of_type: None,
            });
            self.add_path_reference(
                path,
                Namespaces::VALUE,
                ReferenceKind::Pattern,
                place,
                Certainty::Possible,
            );
        }
        // A capital makes it a constant or a variant by convention: then it hides no item of that name.
        if may_be_constant && name.starts_with(char::is_uppercase) {
            self.may_bind(name);
        } else {
            let scope = self.at.scope;
            self.bind_local(
                name,
                LocalFact {
                    ty: ty.map(|ty| (ty, scope)),
                    init: Some(value),
                },
            );
        }
        if let Some((_, inner)) = &pattern.subpat {
            self.bind(inner, value);
        }
    }

    fn bind_slice(&mut self, pattern: &syn::PatSlice, value: ExprIdx) {
        let has_rest = pattern.elems.iter().any(|elem| matches!(elem, syn::Pat::Rest(_)));
        if let ExprFact::Array(elements) = &self.code.exprs[value.index()]
            && !has_rest
        {
            let elements = elements.clone();
            for (elem, &element) in pattern.elems.iter().zip(&elements) {
                self.bind(elem, element);
            }
        } else {
            let element = self.projected(value, ExprFact::Element);
            pattern.elems.iter().for_each(|elem| self.bind(elem, element));
        }
    }

    fn bind_tuple(&mut self, pattern: &syn::PatTuple, of: ExprIdx) {
        let rest = pattern.elems.iter().position(|elem| matches!(elem, syn::Pat::Rest(_)));
        for (index, elem) in pattern.elems.iter().enumerate() {
            let from_end = rest.is_some_and(|rest| index > rest);
            let number = if from_end {
                pattern.elems.len() - 1 - index
            } else {
                index
            } as u32;
            let part = self.projected(of, |of| ExprFact::Part { of, number, from_end });
            self.bind(elem, part);
        }
    }

    fn bind_tuple_struct(&mut self, pattern: &syn::PatTupleStruct, value: ExprIdx) {
        let place = self.path_place(&pattern.path);
        let path = self.path(pattern.qself.as_ref(), &pattern.path);
        self.add_path_reference(
            path,
            Namespaces::VALUE,
            ReferenceKind::Pattern,
            place,
            Certainty::Certain,
        );
        let last = pattern.path.segments.last().map(|last| name_of(&last.ident));
        let inner = match last.as_deref() {
            Some("Some" | "Ok") => Some(self.projected(value, ExprFact::Unwrapped)),
            Some("Err") => Some(self.projected(value, ExprFact::Failed)),
            _ => None,
        };
        for (index, elem) in pattern.elems.iter().enumerate() {
            let inner = inner.unwrap_or_else(|| self.variant_field(path, &index.to_string()));
            self.bind(elem, inner);
        }
    }

    fn bind_struct(&mut self, pattern: &syn::PatStruct) {
        let place = self.path_place(&pattern.path);
        let path = self.path(pattern.qself.as_ref(), &pattern.path);
        self.add_path_reference(
            path,
            Namespaces::TYPE_OR_VALUE,
            ReferenceKind::Pattern,
            place,
            Certainty::Certain,
        );
        for field in &pattern.fields {
            let name = match &field.member {
                syn::Member::Named(ident) => name_of(ident).to_string(),
                syn::Member::Unnamed(index) => index.index.to_string(),
            };
            let value = self.variant_field(path, &name);
            // `Foo { name }` binds `name` and can be no constant.
            match &*field.pat {
                syn::Pat::Ident(ident) if field.colon_token.is_none() => {
                    self.bind_local(
                        name_of(&ident.ident),
                        LocalFact {
                            ty: None,
                            init: Some(value),
                        },
                    );
                }
                other => self.bind(other, value),
            }
        }
    }

    /// The value of a field of a struct or variant named by a path.
    fn variant_field(&mut self, path: crate::facts::model::PathIdx, name: &str) -> ExprIdx {
        let scope = self.at.scope;
        let base = self.expr(ExprFact::Struct(path, scope));
        self.expr(ExprFact::Field(base, name.into()))
    }

    pub(super) fn projected(&mut self, value: ExprIdx, make: impl FnOnce(ExprIdx) -> ExprFact) -> ExprIdx {
        if value == UNKNOWN {
            UNKNOWN
        } else {
            self.expr(make(value))
        }
    }
}
