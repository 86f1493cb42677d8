//! What calls give: the types that functions and methods declare to return.

use archguard_invariants::graph::ItemKind;

use super::ids::{DefId, ScopeId};
use super::typed::{DEEPEST, Site, Typed};
use super::world::{Origin, World};
use super::wrappers::Given;
use crate::facts::model::{ExprFact, ExprIdx, ItemData, LocalFact, Name, Namespaces, PathIdx, TypeFact};

impl World<'_> {
    pub(crate) fn type_of_call(&self, site: Site, path: PathIdx, scope: ScopeId) -> Option<Typed> {
        let (def, this) = self.named_by_call(site, path, scope)?;
        match self.def(def).kind {
            ItemKind::Struct => Some(Typed::plain(def)),
            ItemKind::Variant => self.def(def).parent.get().map(Typed::plain),
            ItemKind::Function | ItemKind::Method => self.returned(def, this.as_ref(), site.depth),
            _ => None,
        }
    }

    /// What a call names, and the type that is written before it.
    fn named_by_call(&self, site: Site, path: PathIdx, scope: ScopeId) -> Option<(DefId, Option<Typed>)> {
        let fact = &self.facts_of(site.instance).paths[path.index()];
        let resolved = self.resolve_in(site.instance, fact, scope, Namespaces::VALUE, site.owner);
        if resolved.missing.is_some() {
            return None;
        }
        let def = resolved.second(0).also.or(resolved.defs.first().copied())?;
        let this = self.written_self(site, fact, scope);
        Some((def, this))
    }

    pub(crate) fn type_of_method(&self, site: Site, receiver: ExprIdx, name: Name, scope: ScopeId) -> Option<Typed> {
        let receiver = self.type_of(site.deeper(), receiver)?;
        if let Some(Given(known)) = self.of_standard_method(&receiver, name) {
            return known;
        }
        let (function, this) = self.method(receiver, name, scope)?;
        self.returned(function, Some(&this), site.depth)
    }

    /// The function behind a method's name, and the type that has it: its own, that of what it holds, or that of a trait in
    /// scope.
    fn method(&self, receiver: Typed, name: Name, scope: ScopeId) -> Option<(DefId, Typed)> {
        self.own_method(receiver.clone(), name).or_else(|| {
            let (found, also) = self.associated(receiver.def, name, scope);
            Some((also.or(found.first().copied())?, receiver))
        })
    }

    fn own_method(&self, receiver: Typed, name: Name) -> Option<(DefId, Typed)> {
        let mut at = receiver;
        for _ in 0..4 {
            let (found, also) = self.associated_of_type(at.def, name);
            if let Some(function) = also.or(found.first().copied()) {
                return Some((function, at));
            }
            at = self.held(&at)?;
        }
        None
    }

    /// What awaiting an expression gives: what an `async fn` declares, the `Output` of a declared `Future`, or that of an
    /// examined type's own impl. What a dependency's future gives is not told.
    pub(crate) fn awaited(&self, site: Site, inner: ExprIdx) -> Option<Typed> {
        if site.depth > DEEPEST {
            return None;
        }
        let facts = self.facts_of(site.instance);
        let scopes = &self.instance(site.instance).scopes;
        if let ExprFact::Choice(branches) = &facts.code.exprs[inner.index()] {
            return branches.iter().find_map(|&branch| self.awaited(site.deeper(), branch));
        }
        let function = match facts.code.exprs[inner.index()] {
            ExprFact::Local(local) => match facts.code.locals[local.index()] {
                LocalFact {
                    ty: None,
                    init: Some(init),
                } => return self.awaited(site.deeper(), init),
                _ => None,
            },
            ExprFact::Call(path, scope) => self
                .named_by_call(site, path, scopes[scope.index()])
                .map(|(def, _)| def),
            ExprFact::Method(receiver, name, scope) => {
                let receiver = self.type_of(site.deeper(), receiver)?;
                self.method(receiver, name, scopes[scope.index()]).map(|(def, _)| def)
            }
            _ => None,
        };
        let typed = self.type_of(site.deeper(), inner)?;
        if function.is_some_and(|function| self.is_async(function)) {
            return Some(typed);
        }
        let mut at = typed;
        for _ in 0..4 {
            if self.path(at.def).as_str() == "core::future::future::Future" {
                return at.argument(0);
            }
            if let Some(output) = self.output_of_own_future(site, &at) {
                return Some(output);
            }
            at = self.held(&at).or_else(|| self.pinned(&at))?;
        }
        None
    }

    fn output_of_own_future(&self, site: Site, typed: &Typed) -> Option<Typed> {
        const FUTURES: [&str; 2] = ["core::future::future::Future", "core::future::into_future::IntoFuture"];
        let member = self.associated_by_impl(typed.def, &FUTURES, Name::from("Output"))?;
        let (instance, item) = self.item_of(member)?;
        let ItemData::Typed { ty: Some(written), .. } = item.data else {
            return None;
        };
        let owner = Some(member);
        let depth = site.depth + 1;
        let site = Site { instance, owner, depth };
        self.written_type(site, written, self.def(member).scope?)
    }

    fn is_async(&self, function: DefId) -> bool {
        self.item_of(function)
            .is_some_and(|(_, item)| matches!(item.data, ItemData::Function { is_async: true, .. }))
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
        (!matches!(self.def(def).kind, ItemKind::Module | ItemKind::Trait)).then(|| Typed::plain(def))
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
            self.table.associated(owner, &self.def(function).name)?.returns?
        };
        let text = text.trim_start_matches(['&', ' ']).trim_start_matches("mut ");
        if text == "Self" {
            let of_type = self.def(parent).kind != ItemKind::Trait;
            let itself = of_type.then(|| Typed::plain(parent));
            return this.cloned().or(itself);
        }
        let path = text.split('<').next()?.trim();
        self.standard_by_path(path).map(Typed::plain)
    }
}
