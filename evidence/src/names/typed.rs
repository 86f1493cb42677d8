//! Types with their arguments, as declarations write them: of annotations, aliases and fields.

use std::cell::Cell;

use super::aliases::Bindings;
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
        self.written_type_with(site, ty, scope, Bindings::none(&Cell::new(0)))
    }

    /// The same where type parameters stand for something.
    pub(crate) fn written_type_with(
        &self,
        site: Site,
        ty: TypeIdx,
        scope: ScopeId,
        bindings: Bindings<'_>,
    ) -> Option<Typed> {
        if site.depth > DEEPEST || !bindings.step() {
            return None;
        }
        let inner = |ty| self.written_type_with(site.deeper(), ty, scope, bindings);
        let all = |types: &[TypeIdx]| types.iter().map(|&ty| inner(ty)).collect::<Vec<_>>();
        let facts = self.facts_of(site.instance);
        match &facts.types[ty.index()] {
            TypeFact::Reference(of) => inner(*of),
            TypeFact::SelfType => self.self_type(site.owner?),
            TypeFact::Slice(of) => {
                let def = self.standard_by_path("slice")?;
                let arguments = vec![inner(*of)];
                Some(Typed { def, arguments })
            }
            TypeFact::Tuple(types) => self.tuple(all(types)),
            TypeFact::Path(path, arguments) => {
                let arguments = all(arguments);
                if let Some(alias) = self.named(site, *path, scope, Namespaces::TYPE)
                    && let Some(behind) = self.behind_alias(site, alias, &arguments, bindings)
                {
                    return Some(behind);
                }
                let def = self.type_definition_in(site.instance, ty, scope, site.owner)?;
                Some(Typed { def, arguments })
            }
            TypeFact::Bound(path, arguments) => {
                let def = self.named(site, *path, scope, Namespaces::TYPE)?;
                let arguments = all(arguments);
                Some(Typed { def, arguments })
            }
            TypeFact::Parameter(name, first, end) => {
                if let Some(position) = bindings.position(*name) {
                    return bindings.at(position);
                }
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
}
