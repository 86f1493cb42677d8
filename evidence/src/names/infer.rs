//! The types of expressions, as far as declarations tell them: parameters, annotated bindings, constructors, fields,
//! return types of known functions. What they do not tell stays unknown and is counted.

use archguard_invariants::graph::ItemKind;

use super::ids::{DefId, InstanceId, ScopeId};
use super::typed::{DEEPEST, Site, Typed};
use super::world::{Origin, World};
use crate::facts::model::{ExprFact, ExprIdx, ItemData, Name, Namespaces, PathIdx, TypeFact};

/// A member found by type.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Member {
    pub(crate) def: DefId,
    pub(crate) also: Option<DefId>,
}

/// What is looked for behind a dot.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wanted {
    Method(Name),
    Field(Name),
}

impl Wanted {
    fn name(self) -> Name {
        let (Self::Method(name) | Self::Field(name)) = self;
        name
    }
}

impl World<'_> {
    /// The method or field of an expression.
    pub(crate) fn member_of_expression(
        &self,
        instance: InstanceId,
        expr: ExprIdx,
        wanted: Wanted,
        scope: ScopeId,
        owner: Option<DefId>,
    ) -> Option<Member> {
        let site = Site {
            instance,
            owner,
            depth: 0,
        };
        if let Some(member) = self.member_of_bounds(site, expr, wanted.name()) {
            return Some(member);
        }
        let typed = self.type_of(site, expr)?;
        self.member_of(&typed, wanted, scope)
    }

    /// A member that one of the bounds of a local's type parameter declares.
    fn member_of_bounds(&self, site: Site, expr: ExprIdx, name: Name) -> Option<Member> {
        let facts = self.facts_of(site.instance);
        let ExprFact::Local(local) = facts.code.exprs[expr.index()] else {
            return None;
        };
        let (mut ty, scope) = facts.code.locals[local.index()].ty?;
        while let TypeFact::Reference(inner) = facts.types[ty.index()] {
            ty = inner;
        }
        let TypeFact::Parameter(_, first, end) = facts.types[ty.index()] else {
            return None;
        };
        let scope = self.instance(site.instance).scopes[scope.index()];
        let bounds = facts.bounds[first as usize..end as usize].iter();
        let traits = bounds.filter_map(|&bound| self.named(site, bound, scope, Namespaces::TYPE));
        let mut members = traits.filter_map(|bound| self.trait_members(bound, name).first().copied());
        members.next().map(|def| Member { def, also: None })
    }

    fn member_of(&self, typed: &Typed, wanted: Wanted, scope: ScopeId) -> Option<Member> {
        let mut at = typed.clone();
        let mut guess = None;
        for _ in 0..4 {
            // What is called is no field, whatever their names are.
            if let Wanted::Field(name) = wanted
                && let Some(field) = self.field(at.def, name)
            {
                return Some(Member { def: field, also: None });
            }
            let (found, also) = self.associated(at.def, wanted.name(), scope);
            let by_trait_alone = found.first().is_some_and(|&def| {
                self.def(def)
                    .parent
                    .get()
                    .is_some_and(|parent| self.def(parent).kind == ItemKind::Trait)
            });
            // A wrapper's own methods come before those of what it holds.
            match (found.first(), self.held(&at)) {
                (Some(&def), None) => {
                    let member = Member { def, also };
                    let is_guess = self.associated_of(at.def, wanted.name()).0.is_empty();
                    // A trait in scope has it; what the type dereferences to may have it as its own.
                    match self.dereferenced(at.def).filter(|_| is_guess) {
                        Some(behind) => {
                            guess = guess.or(Some(member));
                            at = Typed::plain(behind);
                        }
                        None if is_guess => return guess.or(Some(member)),
                        None => return Some(member),
                    }
                }
                (Some(&def), Some(_)) if !by_trait_alone => return Some(Member { def, also }),
                (_, Some(held)) => at = held,
                (None, None) => match self.dereferenced(at.def) {
                    Some(def) => at = Typed::plain(def),
                    None => break,
                },
            }
        }
        // The table knows every member of a standard type: one that it lacks is of what the type holds, which is not known
        // (`Pin<&mut Self>`). Of a dependency's type (its macros, its `Deref`) the type itself is what is used.
        // A trait that has no such member is a bound of what the value is, and the member that type's own.
        let standard = matches!(self.def(at.def).origin, Origin::Standard { .. });
        let is_type = self.def(at.def).kind != ItemKind::Trait;
        let own = Member {
            def: at.def,
            also: None,
        };
        guess.or((!standard && is_type).then_some(own))
    }

    fn field(&self, def: DefId, name: Name) -> Option<DefId> {
        let (_, item) = self.item_of(def)?;
        let ItemData::Fields { fields, .. } = &item.data else {
            return None;
        };
        fields.iter().any(|(field, _)| *field == name).then_some(def)
    }

    /// The type of an expression, each worked out once: what is awaited is asked for twice at every step of a chain.
    pub(crate) fn type_of(&self, site: Site, expr: ExprIdx) -> Option<Typed> {
        if site.depth > DEEPEST {
            return None;
        }
        let key = (site.instance, expr, site.owner);
        if let Some(known) = self.types.borrow().get(&key) {
            return Some(known.clone());
        }
        let found = self.find_type(site, expr);
        // What is not known may be so for the depth alone.
        if let Some(found) = found.clone().filter(|_| self.is_settled()) {
            self.types.borrow_mut().insert(key, found);
        }
        found
    }

    fn find_type(&self, site: Site, expr: ExprIdx) -> Option<Typed> {
        let facts = self.facts_of(site.instance);
        let scopes = &self.instance(site.instance).scopes;
        match &facts.code.exprs[expr.index()] {
            ExprFact::Unknown | ExprFact::Closure(_) | ExprFact::Parameter(_) => None,
            ExprFact::Choice(branches) => branches.iter().find_map(|&branch| self.type_of(site.deeper(), branch)),
            ExprFact::Array(elements) => {
                let element = elements
                    .iter()
                    .find_map(|&element| self.type_of(site.deeper(), element));
                let def = self.standard_by_path("slice")?;
                Some(Typed {
                    def,
                    arguments: vec![element],
                })
            }
            &ExprFact::Local(local) => {
                let local = facts.code.locals[local.index()];
                match (local.ty, local.init) {
                    (Some((ty, scope)), _) => self.written_type(site, ty, scopes[scope.index()]),
                    (None, Some(init)) => self.type_of(site.deeper(), init),
                    (None, None) => None,
                }
            }
            ExprFact::SelfValue => self.self_type(site.owner?),
            &ExprFact::Typed(ty, scope) => self.written_type(site, ty, scopes[scope.index()]),
            &ExprFact::Path(path, scope) => self.type_of_value(site, path, scopes[scope.index()]),
            &ExprFact::Struct(path, scope) => self.type_of_literal(site, path, scopes[scope.index()]),
            &ExprFact::Call(path, scope) => self.type_of_call(site, path, scopes[scope.index()]),
            &ExprFact::Method(receiver, name, scope) => {
                self.type_of_method(site, receiver, name, scopes[scope.index()])
            }
            &ExprFact::Field(base, name) => {
                let base = self.type_of(site.deeper(), base)?;
                self.type_of_field(&base, name)
            }
            &ExprFact::Unwrapped(inner) => {
                let inner = self.type_of(site.deeper(), inner)?;
                self.unwrapped(&inner)
            }
            &ExprFact::Awaited(inner) => self.awaited(site, inner),
            &ExprFact::Dereferenced(inner) => {
                let inner = self.type_of(site.deeper(), inner)?;
                Some(self.held(&inner).unwrap_or(inner))
            }
            ExprFact::Element(inner) => {
                let inner = self.type_of(site.deeper(), *inner)?;
                self.element(&inner)
            }
            ExprFact::Indexed(inner) => {
                let inner = self.type_of(site.deeper(), *inner)?;
                self.indexed(&inner)
            }
            ExprFact::Failed(inner) => {
                let inner = self.type_of(site.deeper(), *inner)?;
                self.failed(&inner)
            }
            ExprFact::Tuple(elements) => {
                let arguments = elements.iter().map(|&element| self.type_of(site.deeper(), element));
                self.tuple(arguments.collect())
            }
            ExprFact::Part { of, number, from_end } => {
                let of = self.type_of(site.deeper(), *of)?;
                self.part(&of, *number as usize, *from_end)
            }
        }
    }

    pub(crate) fn self_type(&self, owner: DefId) -> Option<Typed> {
        let container = self.container_of(owner)?;
        let def = if self.def(container).kind == ItemKind::Impl {
            self.impl_self(container)?
        } else {
            container
        };
        Some(Typed::plain(def))
    }

    fn type_of_value(&self, site: Site, path: PathIdx, scope: ScopeId) -> Option<Typed> {
        let def = self.named(site, path, scope, Namespaces::VALUE)?;
        match self.def(def).kind {
            ItemKind::Constant | ItemKind::Static | ItemKind::AssociatedConstant => {
                let (instance, item) = self.item_of(def)?;
                let ItemData::Typed { ty: Some(ty), .. } = item.data else {
                    return None;
                };
                self.written_type(
                    Site {
                        instance,
                        owner: Some(def),
                        depth: site.depth + 1,
                    },
                    ty,
                    self.def(def).scope?,
                )
            }
            ItemKind::Struct => Some(Typed::plain(def)),
            ItemKind::Variant => self.def(def).parent.get().map(Typed::plain),
            _ => None,
        }
    }

    fn type_of_literal(&self, site: Site, path: PathIdx, scope: ScopeId) -> Option<Typed> {
        let def = self.named(site, path, scope, Namespaces::TYPE_OR_VALUE)?;
        Some(Typed::plain(self.through_aliases(def)?))
    }

    pub(crate) fn named(&self, site: Site, path: PathIdx, scope: ScopeId, namespaces: Namespaces) -> Option<DefId> {
        let path = &self.facts_of(site.instance).paths[path.index()];
        let resolved = self.resolve_in(site.instance, path, scope, namespaces, site.owner);
        if resolved.missing.is_some() {
            None
        } else {
            resolved.defs.first().copied()
        }
    }

    pub(crate) fn associated_of_type(&self, def: DefId, name: Name) -> (Vec<DefId>, Option<DefId>) {
        match self.def(def).scope {
            Some(scope) => self.associated(def, name, scope),
            None => (self.standard_member(def, name).into_iter().collect(), None),
        }
    }
}
