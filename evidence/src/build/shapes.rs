//! Types of signatures as far as requirements ask for them: what each path leads to, with its arguments.

use crate::facts::model::{Name, Namespaces, TypeFact, TypeIdx};
use crate::names::ids::{DefId, ScopeId};
use crate::names::typed::{DEEPEST, Site, Typed};
use crate::names::world::World;

/// A type by definitions.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    /// What its path leads to; an alias and what it stands for; all bounds of a type parameter.
    pub(super) defs: Vec<DefId>,
    /// As written, absolute.
    pub(super) written: Name,
    /// Its type arguments.
    pub(super) arguments: Vec<Option<Shape>>,
}

impl Shape {
    /// Every definition in it.
    pub(super) fn add_defs(&self, defs: &mut Vec<DefId>) {
        defs.extend(&self.defs);
        for argument in self.arguments.iter().flatten() {
            argument.add_defs(defs);
        }
    }
}

impl World<'_> {
    /// The shape of a type as written; references and pointers stand for what they lead to. None where nothing is known.
    pub(super) fn shape(&self, site: Site, ty: TypeIdx, scope: ScopeId) -> Option<Shape> {
        if site.depth > DEEPEST {
            return None;
        }
        match &self.facts_of(site.instance).types[ty.index()] {
            TypeFact::Reference(inner) => self.shape(site.deeper(), *inner, scope),
            TypeFact::SelfType => self.self_type(site.owner?).map(|typed| self.of_typed(&typed)),
            TypeFact::Path(path, arguments) | TypeFact::Bound(path, arguments) => {
                let path = &self.facts_of(site.instance).paths[path.index()];
                let found = self.resolve_in(site.instance, path, scope, Namespaces::TYPE, site.owner);
                if found.missing.is_some() {
                    return None;
                }
                let of_arguments = arguments.iter().map(|&ty| self.shape(site.deeper(), ty, scope));
                let own = Shape {
                    defs: found.defs.clone(),
                    written: found.written,
                    arguments: of_arguments.collect(),
                };
                Some(self.with_alias(site, ty, scope, own))
            }
            TypeFact::Parameter(_, first, end) => {
                let facts = self.facts_of(site.instance);
                let bounds = &facts.bounds[*first as usize..*end as usize];
                let defs: Vec<DefId> = bounds
                    .iter()
                    .filter_map(|&bound| self.named(site, bound, scope, Namespaces::TYPE))
                    .collect();
                let written = defs.first().map(|&def| self.path(def))?;
                Some(Shape {
                    defs,
                    written,
                    arguments: Vec::new(),
                })
            }
            TypeFact::Slice(_) | TypeFact::Tuple(_) => {
                let typed = self.written_type(site, ty, scope)?;
                Some(self.of_typed(&typed))
            }
            TypeFact::Other => None,
        }
    }

    /// An alias is the type behind it too, with that type's arguments.
    fn with_alias(&self, site: Site, ty: TypeIdx, scope: ScopeId, mut own: Shape) -> Shape {
        let Some(behind) = self.written_type(site, ty, scope) else {
            return own;
        };
        if !own.defs.contains(&behind.def) {
            let behind = self.of_typed(&behind);
            own.defs.extend(behind.defs);
            own.arguments = behind.arguments;
        }
        own
    }

    fn of_typed(&self, typed: &Typed) -> Shape {
        let arguments = typed.arguments.iter();
        Shape {
            defs: vec![typed.def],
            written: self.path(typed.def),
            arguments: arguments
                .map(|argument| argument.as_ref().map(|typed| self.of_typed(typed)))
                .collect(),
        }
    }
}
