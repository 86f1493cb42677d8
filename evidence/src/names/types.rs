//! Types as written: the definition that each stands for, and their short text.

use archguard_invariants::graph::ItemKind;

use super::ids::{DefId, InstanceId, ScopeId};
use super::world::{Origin, World};
use crate::facts::model::{FileFacts, ItemData, ItemFact, Namespaces, PathStart, TypeFact, TypeIdx};

/// How many aliases are followed.
const DEEPEST: usize = 16;

impl World<'_> {
    /// The definition that a type stands for, through references and aliases.
    pub(crate) fn type_definition(&self, instance: InstanceId, ty: TypeIdx, scope: ScopeId) -> Option<DefId> {
        self.type_definition_in(instance, ty, scope, None)
    }

    /// The same inside an impl or trait, which `Self` stands for.
    pub(crate) fn type_definition_in(
        &self,
        instance: InstanceId,
        ty: TypeIdx,
        scope: ScopeId,
        owner: Option<DefId>,
    ) -> Option<DefId> {
        let facts = self.facts_of(instance);
        match &facts.types[ty.index()] {
            TypeFact::Path(path, _) | TypeFact::Bound(path, _) => {
                let path = &facts.paths[path.index()];
                let found = self.resolve_in(instance, path, scope, Namespaces::TYPE, owner);
                if found.missing.is_some() {
                    return None;
                }
                self.through_aliases(found.defs.first().copied()?)
            }
            TypeFact::Reference(inner) => self.type_definition_in(instance, *inner, scope, owner),
            TypeFact::Slice(_) => self.standard_by_path("slice"),
            TypeFact::Tuple(_) => self.standard_by_path("tuple"),
            TypeFact::SelfType => {
                let container = self.container_of(owner?)?;
                if self.def(container).kind == ItemKind::Impl {
                    self.impl_self(container)
                } else {
                    Some(container)
                }
            }
            TypeFact::Parameter(..) | TypeFact::Other => None,
        }
    }

    /// The type behind an alias; the definition itself where it is none.
    pub(crate) fn through_aliases(&self, def: DefId) -> Option<DefId> {
        let mut at = def;
        for _ in 0..DEEPEST {
            if self.def(at).kind != ItemKind::TypeAlias {
                return Some(at);
            }
            let next = if let Origin::Standard { .. } = self.def(at).origin {
                self.standard_alias(at)
            } else {
                let (instance, item) = self.item_of(at)?;
                let ItemData::Typed { ty: Some(ty), .. } = item.data else {
                    return Some(at);
                };
                let facts = self.facts_of(instance);
                let scope = self.def(at).scope?;
                if let TypeFact::Path(path, _) = &facts.types[ty.index()] {
                    let path = &facts.paths[path.index()];
                    let found = self.resolve(instance, path, scope, Namespaces::TYPE);
                    found.defs.first().copied()
                } else {
                    self.type_definition(instance, ty, scope)
                }
            };
            match next {
                Some(next) if next != at => at = next,
                _ => return Some(at),
            }
        }
        Some(at)
    }

    /// What an alias of the standard library stands for: `io::Result` is `Result`.
    pub(crate) fn standard_alias(&self, def: DefId) -> Option<DefId> {
        if self.def(def).kind != ItemKind::TypeAlias {
            return None;
        }
        let text = self.table.returns(&self.path(def))?;
        // `<T> = std::result::Result<T, std::io::Error>`
        let target = text.rsplit_once("= ").map_or(text, |(_, target)| target);
        let path = target.split('<').next().unwrap_or(target).trim();
        self.standard_by_path(path)
    }
}

/// An impl's segment in paths: `<Order as Display>`, `<impl Order>` where the type is not of the crate.
pub(crate) fn impl_text(facts: &FileFacts, item: &ItemFact) -> String {
    let ItemData::Impl {
        of_trait, self_type, ..
    } = &item.data
    else {
        return item.name.to_string();
    };
    let ty = type_text(facts, *self_type);
    match of_trait {
        Some(path) => {
            let name = facts.paths[path.index()]
                .segments
                .last()
                .map_or("_", |name| name.as_str());
            format!("<{ty} as {name}>")
        }
        None => format!("<impl {ty}>"),
    }
}

fn type_text(facts: &FileFacts, ty: TypeIdx) -> String {
    let list = |types: &[TypeIdx]| {
        types
            .iter()
            .map(|&ty| type_text(facts, ty))
            .collect::<Vec<_>>()
            .join(", ")
    };
    match &facts.types[ty.index()] {
        TypeFact::Path(path, arguments) => {
            let path = &facts.paths[path.index()];
            let name = match (path.segments.last(), path.start) {
                (Some(name), _) => name.as_str(),
                (None, PathStart::SelfType) => "Self",
                (None, _) => "_",
            };
            if arguments.is_empty() {
                name.to_owned()
            } else {
                format!("{name}<{}>", list(arguments))
            }
        }
        TypeFact::Reference(inner) => format!("&{}", type_text(facts, *inner)),
        TypeFact::Slice(inner) => format!("[{}]", type_text(facts, *inner)),
        TypeFact::Tuple(types) => format!("({})", list(types)),
        TypeFact::Bound(path, _) => {
            format!(
                "dyn {}",
                facts.paths[path.index()]
                    .segments
                    .last()
                    .map_or("_", |name| name.as_str())
            )
        }
        TypeFact::Parameter(name, ..) => name.to_string(),
        TypeFact::SelfType => "Self".to_owned(),
        TypeFact::Other => "_".to_owned(),
    }
}
