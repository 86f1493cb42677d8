//! What type aliases stand for, with what is written for their type parameters and what they fill in themselves.

use std::cell::Cell;

use archguard_invariants::graph::ItemKind;

use super::ids::DefId;
use super::typed::{Site, Typed};
use super::world::{Origin, World};
use crate::facts::model::{ItemData, Name};

/// What type parameters stand for, as far as they are told; none where that is not known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bindings<'a> {
    names: &'a [Name],
    types: &'a [Option<Typed>],
    steps: &'a Cell<u32>,
}

/// Of how many parts a type is followed. One that stands for two of itself would have no end.
const MOST_STEPS: u32 = 4096;

impl<'a> Bindings<'a> {
    /// None, at the beginning of a type.
    pub(crate) fn none(steps: &'a Cell<u32>) -> Self {
        Self {
            names: &[],
            types: &[],
            steps,
        }
    }

    /// Counts a part of the type; false once there are too many.
    pub(crate) fn step(self) -> bool {
        self.steps.set(self.steps.get() + 1);
        self.steps.get() <= MOST_STEPS
    }

    /// Whether it is told what a parameter stands for, and where.
    pub(crate) fn position(self, name: Name) -> Option<usize> {
        self.names.iter().position(|known| *known == name)
    }

    /// What the parameter at a position stands for.
    pub(crate) fn at(self, position: usize) -> Option<Typed> {
        self.types.get(position).cloned().flatten()
    }
}

impl World<'_> {
    /// What an alias stands for, given its arguments; none for any other name.
    pub(crate) fn behind_alias(
        &self,
        site: Site,
        alias: DefId,
        arguments: &[Option<Typed>],
        outer: Bindings<'_>,
    ) -> Option<Typed> {
        if self.def(alias).kind != ItemKind::TypeAlias {
            return None;
        }
        if let Origin::Standard { .. } = self.def(alias).origin {
            return self.behind_standard_alias(alias, arguments);
        }
        let (instance, item) = self.item_of(alias)?;
        let ItemData::Typed {
            ty: Some(ty),
            generics,
            defaults,
        } = &item.data
        else {
            return None;
        };
        let inner = Site {
            instance,
            owner: Some(alias),
            depth: site.depth + 1,
        };
        let scope = self.def(alias).scope?;
        let mut types: Vec<Option<Typed>> = arguments.iter().take(generics.len()).cloned().collect();
        for default in defaults.iter().skip(types.len()) {
            let known = Bindings {
                names: &generics[..types.len()],
                types: &types,
                ..outer
            };
            let default = default.and_then(|ty| self.written_type_with(inner, ty, scope, known));
            types.push(default);
        }
        let bindings = Bindings {
            names: generics,
            types: &types,
            ..outer
        };
        self.written_type_with(inner, *ty, scope, bindings)
    }

    /// The same for one of the standard library, as the table's text says: `<T> = std::result::Result<T, std::io::Error>`.
    fn behind_standard_alias(&self, alias: DefId, arguments: &[Option<Typed>]) -> Option<Typed> {
        let text = self.table.returns(&self.path(alias))?;
        let (parameters, target) = text.rsplit_once("= ")?;
        let parameters = top_level(parameters.trim().trim_start_matches('<').trim_end_matches('>'));
        let (path, own) = target.split_once('<').unwrap_or((target, ""));
        let own = top_level(own.trim_end().strip_suffix('>').unwrap_or_default());
        let argument = |text: &str| match parameters.iter().position(|known| *known == text) {
            Some(position) => arguments.get(position).cloned().flatten(),
            None => self.standard_by_path(text.split('<').next()?).map(Typed::plain),
        };
        Some(Typed {
            def: self.standard_by_path(path.trim())?,
            arguments: own.into_iter().map(argument).collect(),
        })
    }
}

/// The parts of a list of types, lists inside them left whole.
fn top_level(list: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let parts = list.split(|character| {
        match character {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        character == ',' && depth == 0
    });
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
}
