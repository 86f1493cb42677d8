//! The types of expressions, as far as declarations tell them: parameters, annotated bindings, constructors, fields,
//! return types of known functions. What they do not tell stays unknown and is counted.

use archguard_invariants::graph::ItemKind;

use super::ids::{DefId, InstanceId, ScopeId};
use super::world::{Origin, World};
use crate::facts::model::{ExprFact, ExprIdx, ItemData, Name, Namespaces, PathIdx, TypeFact, TypeIdx};

/// How many steps an expression is followed.
const DEEPEST: u32 = 40;

/// Types that hand through to what they hold.
const TRANSPARENT: [&str; 8] = [
    "Box",
    "Rc",
    "Arc",
    "Ref",
    "RefMut",
    "MutexGuard",
    "RwLockReadGuard",
    "RwLockWriteGuard",
];

/// Types whose one argument is what `?`, `unwrap` and patterns take out.
const WRAPPERS: [&str; 2] = ["Option", "Result"];

/// Methods of `Option` and `Result` that give what they hold.
const UNWRAPPING: [&str; 9] = [
    "unwrap",
    "expect",
    "unwrap_or",
    "unwrap_or_else",
    "unwrap_or_default",
    "unwrap_unchecked",
    "insert",
    "get_or_insert",
    "get_or_insert_with",
];

/// Methods that keep the type of what they are called on.
const KEEPING: [&str; 9] = [
    "clone",
    "to_owned",
    "as_ref",
    "as_mut",
    "borrow",
    "borrow_mut",
    "as_deref",
    "as_deref_mut",
    "by_ref",
];

/// A type with its arguments, in the context where it was written.
#[derive(Debug, Clone)]
pub(crate) struct Typed {
    pub(crate) def: DefId,
    arguments: Vec<Typed>,
}

/// A member found by type.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Member {
    pub(crate) def: DefId,
    pub(crate) also: Option<DefId>,
}

/// Where an expression stands.
#[derive(Debug, Clone, Copy)]
struct Site {
    instance: InstanceId,
    owner: Option<DefId>,
    depth: u32,
}

impl Site {
    fn deeper(self) -> Self {
        Self {
            depth: self.depth + 1,
            ..self
        }
    }
}

impl World<'_> {
    /// The method or field of an expression.
    pub(crate) fn member_of_expression(
        &self,
        instance: InstanceId,
        expr: ExprIdx,
        name: Name,
        scope: ScopeId,
        owner: Option<DefId>,
    ) -> Option<Member> {
        let site = Site {
            instance,
            owner,
            depth: 0,
        };
        if let Some(member) = self.member_of_bounds(site, expr, name) {
            return Some(member);
        }
        let typed = self.type_of(site, expr)?;
        self.member_of(&typed, name, scope)
    }

    /// A member that one of the bounds of a local's type parameter declares.
    fn member_of_bounds(&self, site: Site, expr: ExprIdx, name: Name) -> Option<Member> {
        let facts = self.facts_of(site.instance);
        let ExprFact::Local(local) = facts.exprs[expr.index()] else {
            return None;
        };
        let (mut ty, scope) = facts.locals[local.index()].ty?;
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

    fn member_of(&self, typed: &Typed, name: Name, scope: ScopeId) -> Option<Member> {
        let mut at = typed.clone();
        for _ in 0..4 {
            if let Some(field) = self.field(at.def, name) {
                return Some(Member { def: field, also: None });
            }
            let (found, also) = self.associated(at.def, name, scope);
            let by_trait_alone = found.first().is_some_and(|&def| {
                self.def(def)
                    .parent
                    .get()
                    .is_some_and(|parent| self.def(parent).kind == ItemKind::Trait)
            });
            // A wrapper's own methods come before those of what it holds.
            match (found.first(), self.held(&at)) {
                (Some(&def), None) => return Some(Member { def, also }),
                (Some(&def), Some(_)) if !by_trait_alone => return Some(Member { def, also }),
                (_, Some(held)) => at = held,
                (None, None) => match self.dereferenced(at.def) {
                    Some(def) => {
                        at = Typed {
                            def,
                            arguments: Vec::new(),
                        }
                    }
                    None => break,
                },
            }
        }
        // The table knows every member of a standard type: one that it lacks is of what the type holds, which is not known
        // (`Pin<&mut Self>`). Of a dependency's type (its macros, its `Deref`) the type itself is what is used.
        let standard = matches!(self.def(at.def).origin, Origin::Standard { .. });
        (!standard).then_some(Member {
            def: at.def,
            also: None,
        })
    }

    /// What a transparent wrapper holds.
    fn held(&self, typed: &Typed) -> Option<Typed> {
        let name = self.def(typed.def).name;
        if TRANSPARENT.contains(&name.as_str()) {
            typed.arguments.first().cloned()
        } else {
            None
        }
    }

    fn field(&self, def: DefId, name: Name) -> Option<DefId> {
        let (_, item) = self.item_of(def)?;
        let ItemData::Fields { fields, .. } = &item.data else {
            return None;
        };
        fields.iter().any(|(field, _)| *field == name).then_some(def)
    }

    fn type_of(&self, site: Site, expr: ExprIdx) -> Option<Typed> {
        if site.depth > DEEPEST {
            return None;
        }
        let facts = self.facts_of(site.instance);
        let scopes = &self.instance(site.instance).scopes;
        match facts.exprs[expr.index()] {
            ExprFact::Unknown => None,
            ExprFact::Local(local) => {
                let local = facts.locals[local.index()];
                match (local.ty, local.init) {
                    (Some((ty, scope)), _) => self.written_type(site, ty, scopes[scope.index()]),
                    (None, Some(init)) => self.type_of(site.deeper(), init),
                    (None, None) => None,
                }
            }
            ExprFact::SelfValue => self.self_type(site.owner?),
            ExprFact::Typed(ty, scope) => self.written_type(site, ty, scopes[scope.index()]),
            ExprFact::Path(path, scope) => self.type_of_value(site, path, scopes[scope.index()]),
            ExprFact::Struct(path, scope) => self.type_of_literal(site, path, scopes[scope.index()]),
            ExprFact::Call(path, scope) => self.type_of_call(site, path, scopes[scope.index()]),
            ExprFact::Method(receiver, name) => self.type_of_method(site, receiver, name),
            ExprFact::Field(base, name) => {
                let base = self.type_of(site.deeper(), base)?;
                self.type_of_field(&base, name)
            }
            ExprFact::Unwrapped(inner) => {
                let inner = self.type_of(site.deeper(), inner)?;
                self.unwrapped(&inner)
            }
            ExprFact::Awaited(inner) => self.awaited(site, inner),
            ExprFact::Dereferenced(inner) => {
                let inner = self.type_of(site.deeper(), inner)?;
                Some(self.held(&inner).unwrap_or(inner))
            }
            ExprFact::Element(inner) => {
                let inner = self.type_of(site.deeper(), inner)?;
                let name = self.def(inner.def).name;
                matches!(name.as_str(), "Vec" | "slice" | "VecDeque" | "HashSet" | "BTreeSet")
                    .then(|| inner.arguments.first().cloned())
                    .flatten()
            }
        }
    }

    fn self_type(&self, owner: DefId) -> Option<Typed> {
        let container = self.container_of(owner)?;
        let def = if self.def(container).kind == ItemKind::Impl {
            self.impl_self(container)?
        } else {
            container
        };
        Some(Typed {
            def,
            arguments: Vec::new(),
        })
    }

    fn unwrapped(&self, typed: &Typed) -> Option<Typed> {
        let name = self.def(typed.def).name;
        if WRAPPERS.contains(&name.as_str()) || typed.arguments.len() == 1 {
            return typed.arguments.first().cloned();
        }
        None
    }

    fn awaited(&self, site: Site, inner: ExprIdx) -> Option<Typed> {
        // An `async fn` declares what awaiting it gives; a future's own type is not tracked.
        self.type_of(site.deeper(), inner)
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
            ItemKind::Struct => Some(Typed {
                def,
                arguments: Vec::new(),
            }),
            ItemKind::Variant => self.def(def).parent.get().map(|def| Typed {
                def,
                arguments: Vec::new(),
            }),
            _ => None,
        }
    }

    fn type_of_literal(&self, site: Site, path: PathIdx, scope: ScopeId) -> Option<Typed> {
        let def = self.named(site, path, scope, Namespaces::TYPE_OR_VALUE)?;
        Some(Typed {
            def: self.through_aliases(def)?,
            arguments: Vec::new(),
        })
    }

    fn named(&self, site: Site, path: PathIdx, scope: ScopeId, namespaces: Namespaces) -> Option<DefId> {
        let path = &self.facts_of(site.instance).paths[path.index()];
        let resolved = self.resolve_in(site.instance, path, scope, namespaces, site.owner);
        if resolved.missing.is_some() {
            None
        } else {
            resolved.defs.first().copied()
        }
    }

    fn type_of_call(&self, site: Site, path: PathIdx, scope: ScopeId) -> Option<Typed> {
        let fact = &self.facts_of(site.instance).paths[path.index()];
        let resolved = self.resolve_in(site.instance, fact, scope, Namespaces::VALUE, site.owner);
        if resolved.missing.is_some() {
            return None;
        }
        let def = resolved.second(0).also.or(resolved.defs.first().copied())?;
        match self.def(def).kind {
            ItemKind::Struct => Some(Typed {
                def,
                arguments: Vec::new(),
            }),
            ItemKind::Variant => self.def(def).parent.get().map(|def| Typed {
                def,
                arguments: Vec::new(),
            }),
            ItemKind::Function | ItemKind::Method => {
                let this = self.written_self(site, fact, scope);
                self.returned(def, this.as_ref(), site.depth)
            }
            _ => None,
        }
    }

    /// The type before an associated function's name: what `Self` is in its signature.
    fn written_self(&self, site: Site, path: &crate::facts::model::PathFact, scope: ScopeId) -> Option<Typed> {
        let (_, before) = path.segments.split_last()?;
        let before = crate::facts::model::PathFact {
            start: path.start,
            segments: before.into(),
            of_type: None,
        };
        let found = self.resolve_in(site.instance, &before, scope, Namespaces::TYPE, site.owner);
        let def = self.through_aliases(found.defs.first().copied()?)?;
        (!matches!(self.def(def).kind, ItemKind::Module | ItemKind::Trait)).then(|| Typed {
            def,
            arguments: Vec::new(),
        })
    }

    /// What a function returns; for an `async fn` what awaiting gives.
    fn returned(&self, function: DefId, this: Option<&Typed>, depth: u32) -> Option<Typed> {
        if depth > DEEPEST {
            return None;
        }
        if let Origin::Standard { .. } = self.def(function).origin {
            return self.standard_returned(function, this);
        }
        let (instance, item) = self.item_of(function)?;
        let ItemData::Function {
            returns: Some(returns), ..
        } = item.data
        else {
            return None;
        };
        let site = Site {
            instance,
            owner: Some(function),
            depth: depth + 1,
        };
        let facts = self.facts_of(instance);
        if facts.types[returns.index()] == TypeFact::SelfType {
            let of_trait = || {
                self.container_of(function)
                    .is_some_and(|outer| self.def(outer).kind == ItemKind::Trait)
            };
            // `Trait::make()` makes whatever is asked for.
            if this.is_some() || of_trait() {
                return this.cloned();
            }
        }
        self.written_type(site, returns, self.def(function).scope?)
    }

    /// What a function of the standard library returns, as the table's text says.
    fn standard_returned(&self, function: DefId, this: Option<&Typed>) -> Option<Typed> {
        let parent = self.def(function).parent.get()?;
        let text = if self.def(parent).kind == ItemKind::Module {
            self.table.returns(&self.path(function))?
        } else {
            let owner = self.standard_path(parent);
            self.table.associated(&owner, &self.def(function).name)?.returns?
        };
        let text = text.trim_start_matches(['&', ' ']).trim_start_matches("mut ");
        if text == "Self" {
            let of_type = self.def(parent).kind != ItemKind::Trait;
            let itself = of_type.then(|| Typed {
                def: parent,
                arguments: Vec::new(),
            });
            return this.cloned().or(itself);
        }
        let path = text.split('<').next()?.trim();
        self.standard_by_path(path).map(|def| Typed {
            def,
            arguments: Vec::new(),
        })
    }

    fn type_of_method(&self, site: Site, receiver: ExprIdx, name: Name) -> Option<Typed> {
        let receiver = self.type_of(site.deeper(), receiver)?;
        if KEEPING.contains(&name.as_str()) {
            return Some(receiver);
        }
        let wraps = WRAPPERS.contains(&self.def(receiver.def).name.as_str());
        if wraps && UNWRAPPING.contains(&name.as_str()) {
            return receiver.arguments.first().cloned();
        }
        if wraps
            && matches!(
                name.as_str(),
                "map_err" | "ok" | "ok_or" | "ok_or_else" | "or" | "or_else" | "filter" | "inspect_err"
            )
        {
            return Some(receiver);
        }
        let mut at = receiver;
        for _ in 0..4 {
            let (found, also) = self.associated_of_type(at.def, name);
            if let Some(function) = also.or(found.first().copied()) {
                return self.returned(function, Some(&at), site.depth);
            }
            at = self.held(&at)?;
        }
        None
    }

    fn type_of_field(&self, base: &Typed, name: Name) -> Option<Typed> {
        let mut at = base.clone();
        for _ in 0..4 {
            if let Some((instance, item)) = self.item_of(at.def)
                && let ItemData::Fields { fields, generics, .. } = &item.data
                && let Some(&(_, ty)) = fields.iter().find(|(field, _)| *field == name)
            {
                let site = Site {
                    instance,
                    owner: Some(at.def),
                    depth: 1,
                };
                let facts = self.facts_of(instance);
                if let TypeFact::Parameter(parameter, ..) = facts.types[ty.index()] {
                    let position = generics.iter().position(|known| *known == parameter)?;
                    return at.arguments.get(position).cloned();
                }
                return self.written_type(site, ty, self.def(at.def).scope?);
            }
            at = self.held(&at)?;
        }
        None
    }

    /// A type as written, with its arguments; references stand for what they lead to.
    fn written_type(&self, site: Site, ty: TypeIdx, scope: ScopeId) -> Option<Typed> {
        if site.depth > DEEPEST {
            return None;
        }
        let facts = self.facts_of(site.instance);
        match &facts.types[ty.index()] {
            TypeFact::Reference(inner) => self.written_type(site.deeper(), *inner, scope),
            TypeFact::SelfType => self.self_type(site.owner?),
            TypeFact::Slice(inner) => {
                let def = self.standard_by_path("slice")?;
                let arguments = self.written_type(site.deeper(), *inner, scope).into_iter().collect();
                Some(Typed { def, arguments })
            }
            TypeFact::Path(_, arguments) => {
                let def = self.type_definition_in(site.instance, ty, scope, site.owner)?;
                let arguments = arguments
                    .iter()
                    .map_while(|&argument| self.written_type(site.deeper(), argument, scope))
                    .collect();
                Some(Typed { def, arguments })
            }
            TypeFact::Bound(path, _) => {
                let def = self.named(site, *path, scope, Namespaces::TYPE)?;
                Some(Typed {
                    def,
                    arguments: Vec::new(),
                })
            }
            TypeFact::Parameter(_, first, end) => {
                // A value of a bounded parameter has the methods of its first bound that is no marker.
                let bounds = &facts.bounds[*first as usize..*end as usize];
                let def = bounds
                    .iter()
                    .find_map(|&bound| self.named(site, bound, scope, Namespaces::TYPE))?;
                Some(Typed {
                    def,
                    arguments: Vec::new(),
                })
            }
            TypeFact::Tuple(_) | TypeFact::Other => None,
        }
    }

    fn associated_of_type(&self, def: DefId, name: Name) -> (Vec<DefId>, Option<DefId>) {
        match self.def(def).scope {
            Some(scope) => self.associated(def, name, scope),
            None => (self.standard_member(def, name).into_iter().collect(), None),
        }
    }
}
