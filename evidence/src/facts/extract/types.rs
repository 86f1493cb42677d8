//! Paths, types, bounds and generics.

use syn::spanned::Spanned;

use archguard_invariants::graph::ReferenceKind;

use super::context::{Extractor, Parameter, name_of};
use crate::facts::model::{Certainty, Name, Named, Namespaces, PathFact, PathIdx, PathStart, TypeFact, TypeIdx};
use crate::mbe::CRATE_ROOT_IDENT;

impl Extractor<'_> {
    /// A path as written, with what its beginning means here.
    pub(super) fn plain_path(&mut self, path: &syn::Path) -> PathFact {
        let names = path.segments.iter().map(|segment| name_of(&segment.ident)).collect();
        self.classified(names, path.leading_colon.is_some())
    }

    /// Names as a path, with what its beginning means here.
    pub(super) fn classified(&self, mut names: Vec<Name>, global: bool) -> PathFact {
        if global {
            return PathFact {
                start: PathStart::Global,
                segments: names.into(),
                of_type: None,
            };
        }
        let supers = |names: &[Name]| names.iter().take_while(|name| **name == "super").count();
        let (start, taken) = match names.first().map(Name::as_str) {
            Some("crate") => (PathStart::Crate, 1),
            Some(CRATE_ROOT_IDENT) => (PathStart::MacroCrate, 1),
            Some("Self") => (PathStart::SelfType, 1),
            Some("self") => match supers(&names[1..]) {
                0 => (PathStart::SelfModule, 1),
                count => (PathStart::Super(count as u8), count + 1),
            },
            Some("super") => (PathStart::Super(supers(&names) as u8), supers(&names)),
            Some(_) => match self.parameter(names[0]) {
                Some(parameter) => (PathStart::Parameter(parameter.first_bound, parameter.end_bound), 1),
                None => (PathStart::Plain, 0),
            },
            None => (PathStart::Plain, 0),
        };
        names.drain(..taken);
        PathFact {
            start,
            segments: names.into(),
            of_type: None,
        }
    }

    /// A value's path with its `<T as Trait>` beginning; types inside generic arguments are visited.
    pub(super) fn path(&mut self, qualified: Option<&syn::QSelf>, path: &syn::Path) -> PathIdx {
        let mut fact = self.qualified_path(qualified, path);
        if let Some(name) = path.segments.first().map(|segment| name_of(&segment.ident))
            && fact.segments.is_empty()
            && self.parameter(name).is_some_and(|parameter| !parameter.may_be_value)
        {
            // A type parameter is no value: `Err(error)` beside a parameter `Err`.
            fact.start = PathStart::Plain;
            fact.segments = Box::new([name]);
        }
        self.generic_arguments(path);
        self.path_id(fact)
    }

    fn qualified_path(&mut self, qualified: Option<&syn::QSelf>, path: &syn::Path) -> PathFact {
        let Some(qualified) = qualified else {
            return self.plain_path(path);
        };
        let ty = self.ty(&qualified.ty);
        if qualified.position == 0 {
            let segments = path.segments.iter().map(|segment| name_of(&segment.ident)).collect();
            return PathFact {
                start: PathStart::Type(ty),
                segments,
                of_type: None,
            };
        }
        PathFact {
            of_type: Some(ty),
            ..self.plain_path(path)
        }
    }

    /// Visits the types inside a path's generic arguments and returns those of the last segment.
    pub(super) fn generic_arguments(&mut self, path: &syn::Path) -> Box<[TypeIdx]> {
        let mut last = Vec::new();
        for segment in &path.segments {
            last.clear();
            match &segment.arguments {
                syn::PathArguments::None => {}
                syn::PathArguments::AngleBracketed(arguments) => {
                    for argument in &arguments.args {
                        self.generic_argument(argument, &mut last);
                    }
                }
                syn::PathArguments::Parenthesized(arguments) => {
                    for input in &arguments.inputs {
                        self.ty(&input.ty);
                    }
                    self.return_type(&arguments.output);
                }
            }
        }
        last.into()
    }

    pub(super) fn generic_argument(&mut self, argument: &syn::GenericArgument, types: &mut Vec<TypeIdx>) {
        match argument {
            syn::GenericArgument::Type(ty) => {
                let ty = self.argument_type(ty);
                types.push(ty);
            }
            syn::GenericArgument::Const(expr) => {
                self.expression(expr);
            }
            syn::GenericArgument::AssocType(assoc) => {
                self.ty(&assoc.ty);
            }
            syn::GenericArgument::AssocConst(assoc) => {
                self.expression(&assoc.value);
            }
            syn::GenericArgument::Constraint(constraint) => self.bounds(&constraint.bounds),
            _ => {}
        }
    }

    /// A single name among generic arguments may be a constant.
    fn argument_type(&mut self, ty: &syn::Type) -> TypeIdx {
        let before = self.code.refs.len();
        let index = self.ty(ty);
        let single = matches!(ty, syn::Type::Path(path) if path.path.get_ident().is_some());
        if single && let Some(reference) = self.code.refs.get_mut(before) {
            reference.named = match reference.named {
                Named::Path(path, _) => Named::Path(path, Namespaces::TYPE_ELSE_VALUE),
                other => other,
            };
        }
        index
    }

    /// The written return type, if any.
    pub(super) fn return_type(&mut self, output: &syn::ReturnType) -> Option<TypeIdx> {
        match output {
            syn::ReturnType::Default => None,
            syn::ReturnType::Type(_, ty) => Some(self.ty(ty)),
        }
    }

    /// A type: its references recorded, its shape kept.
    pub(super) fn ty(&mut self, ty: &syn::Type) -> TypeIdx {
        let fact = match ty {
            syn::Type::Array(array) => {
                self.expression(&array.len);
                TypeFact::Slice(self.ty(&array.elem))
            }
            syn::Type::Slice(slice) => TypeFact::Slice(self.ty(&slice.elem)),
            syn::Type::Group(group) => return self.ty(&group.elem),
            syn::Type::Paren(paren) => return self.ty(&paren.elem),
            syn::Type::Ptr(pointer) => TypeFact::Reference(self.ty(&pointer.elem)),
            syn::Type::Reference(reference) => TypeFact::Reference(self.ty(&reference.elem)),
            syn::Type::Tuple(tuple) => TypeFact::Tuple(tuple.elems.iter().map(|elem| self.ty(elem)).collect()),
            syn::Type::ImplTrait(bounds) => self.bound_type(&bounds.bounds),
            syn::Type::TraitObject(bounds) => self.bound_type(&bounds.bounds),
            syn::Type::FnPtr(function) => {
                for input in &function.inputs {
                    self.ty(&input.ty);
                }
                self.return_type(&function.output);
                TypeFact::Other
            }
            syn::Type::Macro(call) => {
                self.invocation(&call.mac);
                TypeFact::Other
            }
            syn::Type::Path(path) => self.path_type(path),
            syn::Type::Verbatim(tokens) => {
                self.scan_tokens(tokens.clone());
                TypeFact::Other
            }
            _ => TypeFact::Other,
        };
        self.type_id(fact)
    }

    fn path_type(&mut self, ty: &syn::TypePath) -> TypeFact {
        if ty.qself.is_none()
            && let Some(ident) = ty.path.get_ident()
        {
            if ident == "Self" {
                return TypeFact::SelfType;
            }
            if let Some(parameter) = self.parameter(name_of(ident)) {
                return TypeFact::Parameter(parameter.name, parameter.first_bound, parameter.end_bound);
            }
        }
        let place = self.positions.locate_between(
            ty.path
                .segments
                .first()
                .map_or_else(|| ty.span(), |segment| segment.ident.span()),
            ty.path
                .segments
                .last()
                .map_or_else(|| ty.span(), |segment| segment.ident.span()),
        );
        let fact = self.qualified_path(ty.qself.as_ref(), &ty.path);
        let arguments = self.generic_arguments(&ty.path);
        let path = self.path_id(fact);
        self.add_path_reference(path, Namespaces::TYPE, ReferenceKind::Type, place, Certainty::Certain);
        TypeFact::Path(path, arguments)
    }

    fn bound_type(&mut self, bounds: &syn::punctuated::Punctuated<syn::TypeParamBound, syn::Token![+]>) -> TypeFact {
        let mut first = None;
        for bound in bounds {
            if let Some(found) = self.bound(bound)
                && first.is_none()
            {
                first = Some(found);
            }
        }
        first.map_or(TypeFact::Other, |(path, arguments)| TypeFact::Bound(path, arguments))
    }

    /// Records the references of bounds.
    pub(super) fn bounds(&mut self, bounds: &syn::punctuated::Punctuated<syn::TypeParamBound, syn::Token![+]>) {
        for bound in bounds {
            self.bound(bound);
        }
    }

    /// Records one bound and returns its path with the types that stand for it (`Output` of `Future`, arguments else).
    pub(super) fn bound(&mut self, bound: &syn::TypeParamBound) -> Option<(PathIdx, Box<[TypeIdx]>)> {
        match bound {
            syn::TypeParamBound::Trait(bound) => {
                let path = &bound.path;
                let (path, arguments) = self.trait_reference(path, ReferenceKind::Type);
                Some((path, arguments))
            }
            syn::TypeParamBound::Verbatim(tokens) => {
                self.scan_tokens(tokens.clone());
                None
            }
            _ => None,
        }
    }

    /// Records a path to a trait.
    pub(super) fn trait_reference(&mut self, path: &syn::Path, kind: ReferenceKind) -> (PathIdx, Box<[TypeIdx]>) {
        let place = self.path_place(path);
        let fact = self.plain_path(path);
        let arguments = self.generic_arguments(path);
        let index = self.path_id(fact);
        self.add_path_reference(index, Namespaces::TYPE, kind, place, Certainty::Certain);
        (index, arguments)
    }

    /// Where a path's names stand, generic arguments of the last segment left out.
    pub(super) fn path_place(&self, path: &syn::Path) -> crate::facts::positions::Located {
        let first = path
            .segments
            .first()
            .map_or_else(|| path.span(), |segment| segment.ident.span());
        let last = path
            .segments
            .last()
            .map_or_else(|| path.span(), |segment| segment.ident.span());
        self.positions.locate_between(first, last)
    }

    /// Brings type and const parameters into scope and records the references of bounds and defaults.
    /// The caller drops the parameters by truncating to the returned mark.
    pub(super) fn enter_generics(&mut self, generics: &syn::Generics) -> usize {
        let mark = self.parameters.len();
        for parameter in &generics.params {
            let (name, may_be_value) = match parameter {
                syn::GenericParam::Type(parameter) => (name_of(&parameter.ident), false),
                syn::GenericParam::Const(parameter) => (name_of(&parameter.ident), true),
                syn::GenericParam::Lifetime(_) => continue,
            };
            self.parameters.push(Parameter {
                name,
                may_be_value,
                first_bound: 0,
                end_bound: 0,
                default: None,
            });
        }
        // Two passes: a bound may name a parameter declared later.
        for (offset, parameter) in generics
            .params
            .iter()
            .filter(|param| !matches!(param, syn::GenericParam::Lifetime(_)))
            .enumerate()
        {
            match parameter {
                syn::GenericParam::Type(parameter) => {
                    let bounds = self.bounds_of_parameter(&parameter.ident, &parameter.bounds, generics);
                    let slot = &mut self.parameters[mark + offset];
                    (slot.first_bound, slot.end_bound) = bounds;
                    if let Some((_, default)) = &parameter.default {
                        let default = self.ty(default);
                        self.parameters[mark + offset].default = Some(default);
                    }
                }
                syn::GenericParam::Const(parameter) => {
                    self.ty(&parameter.ty);
                    if let Some((_, default)) = &parameter.default {
                        self.expression(default);
                    }
                }
                syn::GenericParam::Lifetime(_) => {}
            }
        }
        self.where_clause(generics);
        mark
    }

    /// What type parameters are where nothing is written for them, of those entered since the mark.
    pub(super) fn defaults_of(&self, names: &[Name], mark: usize) -> Box<[Option<TypeIdx>]> {
        let entered = &self.parameters[mark..];
        let default = |name: &Name| entered.iter().find(|known| known.name == *name)?.default;
        names.iter().map(default).collect()
    }

    /// Collects a parameter's own bounds and those of the where clause.
    fn bounds_of_parameter(
        &mut self,
        ident: &syn::Ident,
        bounds: &syn::punctuated::Punctuated<syn::TypeParamBound, syn::Token![+]>,
        generics: &syn::Generics,
    ) -> (u32, u32) {
        let mut paths = Vec::new();
        for bound in bounds {
            paths.extend(self.bound(bound).map(|(path, _)| path));
        }
        for predicate in generics.where_clause.iter().flat_map(|clause| &clause.predicates) {
            if let syn::WherePredicate::Type(predicate) = predicate
                && let syn::Type::Path(path) = &predicate.bounded_ty
                && path.qself.is_none()
                && path.path.is_ident(ident)
            {
                for bound in &predicate.bounds {
                    if let syn::TypeParamBound::Trait(bound) = bound {
                        let fact = self.plain_path(&bound.path);
                        paths.push(self.path_id(fact));
                    }
                }
            }
        }
        let first = self.facts.bounds.len() as u32;
        self.facts.bounds.extend(paths);
        (first, self.facts.bounds.len() as u32)
    }

    fn where_clause(&mut self, generics: &syn::Generics) {
        for predicate in generics.where_clause.iter().flat_map(|clause| &clause.predicates) {
            if let syn::WherePredicate::Type(predicate) = predicate {
                self.ty(&predicate.bounded_ty);
                self.bounds(&predicate.bounds);
            }
        }
    }
}
