//! Types with their arguments, as declarations write them: of annotations, aliases and fields.

use archguard_invariants::graph::ItemKind;

use super::ids::{DefId, InstanceId, ScopeId};
use super::world::World;
use crate::facts::model::{ItemData, Name, Namespaces, TypeFact, TypeIdx};

/// How many steps an expression is followed.
pub(crate) const DEEPEST: u32 = 40;

/// A type with its arguments, in the context where it was written.
#[derive(Debug, Clone)]
pub(crate) struct Typed {
    pub(crate) def: DefId,
    /// For a tuple its elements; none where an argument is not known.
    pub(crate) arguments: Vec<Option<Typed>>,
}

impl Typed {
    /// A type without arguments.
    pub(crate) fn plain(def: DefId) -> Self {
        Self {
            def,
            arguments: Vec::new(),
        }
    }

    /// The argument of this number, if it is known.
    pub(crate) fn argument(&self, number: usize) -> Option<Self> {
        self.arguments.get(number).cloned().flatten()
    }
}

/// Where an expression stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Site {
    pub(crate) instance: InstanceId,
    pub(crate) owner: Option<DefId>,
    pub(crate) depth: u32,
}

impl Site {
    pub(crate) fn deeper(self) -> Self {
        Self {
            depth: self.depth + 1,
            ..self
        }
    }
}

impl World<'_> {
    pub(crate) fn type_of_field(&self, base: &Typed, name: Name) -> Option<Typed> {
        if let Some(number) = self.is_tuple(base).then(|| name.parse().ok()).flatten() {
            return self.part(base, number, false);
        }
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
                    return at.argument(position);
                }
                return self.written_type(site, ty, self.def(at.def).scope?);
            }
            at = self.held(&at)?;
        }
        None
    }

    /// A type as written, with its arguments; references stand for what they lead to.
    pub(crate) fn written_type(&self, site: Site, ty: TypeIdx, scope: ScopeId) -> Option<Typed> {
        if site.depth > DEEPEST {
            return None;
        }
        let facts = self.facts_of(site.instance);
        match &facts.types[ty.index()] {
            TypeFact::Reference(inner) => self.written_type(site.deeper(), *inner, scope),
            TypeFact::SelfType => self.self_type(site.owner?),
            TypeFact::Slice(inner) => {
                let def = self.standard_by_path("slice")?;
                let arguments = vec![self.written_type(site.deeper(), *inner, scope)];
                Some(Typed { def, arguments })
            }
            TypeFact::Tuple(types) => self.tuple(self.written_types(site, types, scope)),
            TypeFact::Path(path, arguments) => {
                let arguments = self.written_types(site, arguments, scope);
                if let Some(alias) = self.named(site, *path, scope, Namespaces::TYPE)
                    && let Some(behind) = self.behind_generic_alias(site, alias, &arguments)
                {
                    return Some(behind);
                }
                let def = self.type_definition_in(site.instance, ty, scope, site.owner)?;
                Some(Typed { def, arguments })
            }
            TypeFact::Bound(path, arguments) => {
                let def = self.named(site, *path, scope, Namespaces::TYPE)?;
                let arguments = self.written_types(site, arguments, scope);
                Some(Typed { def, arguments })
            }
            TypeFact::Parameter(_, first, end) => {
                // A value of a bounded parameter has the methods of its first bound that is no marker.
                let bounds = &facts.bounds[*first as usize..*end as usize];
                let def = bounds
                    .iter()
                    .find_map(|&bound| self.named(site, bound, scope, Namespaces::TYPE))?;
                Some(Typed::plain(def))
            }
            TypeFact::Other => None,
        }
    }

    fn written_types(&self, site: Site, types: &[TypeIdx], scope: ScopeId) -> Vec<Option<Typed>> {
        let each = types.iter().map(|&ty| self.written_type(site.deeper(), ty, scope));
        each.collect()
    }

    /// What an alias with type parameters stands for, given its arguments; none for any other name.
    fn behind_generic_alias(&self, site: Site, alias: DefId, arguments: &[Option<Typed>]) -> Option<Typed> {
        if self.def(alias).kind != ItemKind::TypeAlias {
            return None;
        }
        let (instance, item) = self.item_of(alias)?;
        let ItemData::Typed { ty: Some(ty), generics } = &item.data else {
            return None;
        };
        let inner = Site {
            instance,
            owner: Some(alias),
            depth: site.depth + 1,
        };
        let mut behind = self.written_type(inner, *ty, self.def(alias).scope?)?;
        let facts = self.facts_of(instance);
        if let TypeFact::Path(_, own) = &facts.types[ty.index()] {
            for (slot, argument) in behind.arguments.iter_mut().zip(own) {
                if let TypeFact::Parameter(name, ..) = facts.types[argument.index()] {
                    let position = generics.iter().position(|known| *known == name);
                    *slot = position.and_then(|position| arguments.get(position).cloned().flatten());
                }
            }
        }
        Some(behind)
    }
}
