//! Which names something mentions: what a declaration is made of, and the words of a text.

use super::model::{FileFacts, ItemData, ItemFact, Name, PathIdx, PathStart, TypeFact, TypeIdx};

/// Names that are mentioned in the facts of a file.
pub(crate) struct Mentions<'f> {
    facts: &'f FileFacts,
    /// As they were met.
    pub(crate) names: Vec<Name>,
}

impl<'f> Mentions<'f> {
    pub(crate) fn of(facts: &'f FileFacts) -> Self {
        Self {
            facts,
            names: Vec::new(),
        }
    }

    /// What a declaration is made of, without the names of what it declares. Of a definition of a macro the words that name
    /// something already.
    pub(crate) fn item(&mut self, item: &ItemFact) {
        match &item.data {
            ItemData::None | ItemData::Module { .. } => {}
            ItemData::Function {
                parameters, returns, ..
            } => {
                self.types(parameters);
                self.types(returns.as_slice());
            }
            ItemData::Fields { fields, derives, .. } => {
                for &(_, ty) in fields {
                    self.ty(ty);
                }
                self.paths(derives);
            }
            ItemData::Enum { derives, .. } => self.paths(derives),
            ItemData::Trait { supertraits, .. } => self.paths(supertraits),
            ItemData::Impl {
                of_trait, self_type, ..
            } => {
                self.paths(of_trait.as_slice());
                self.ty(*self_type);
            }
            ItemData::Typed { ty, defaults, .. } => {
                self.types(ty.as_slice());
                for default in defaults {
                    self.types(default.as_slice());
                }
            }
            ItemData::Macro { body, .. } => self.names.extend(words(body).filter_map(Name::from_existing)),
        }
    }

    pub(crate) fn path(&mut self, path: PathIdx) {
        let path = &self.facts.paths[path.index()];
        match path.start {
            PathStart::Type(ty) => self.ty(ty),
            PathStart::Parameter(first, end) => self.bounds(first, end),
            _ => {}
        }
        self.names.extend(path.segments.iter().copied());
        self.types(path.of_type.as_slice());
    }

    pub(crate) fn ty(&mut self, ty: TypeIdx) {
        let facts = self.facts;
        match &facts.types[ty.index()] {
            TypeFact::Path(path, arguments) | TypeFact::Bound(path, arguments) => {
                self.path(*path);
                self.types(arguments);
            }
            TypeFact::Reference(of) | TypeFact::Slice(of) => self.ty(*of),
            TypeFact::Tuple(types) => self.types(types),
            TypeFact::Parameter(_, first, end) => self.bounds(*first, *end),
            TypeFact::SelfType | TypeFact::Other => {}
        }
    }

    fn types(&mut self, types: &[TypeIdx]) {
        for &ty in types {
            self.ty(ty);
        }
    }

    fn paths(&mut self, paths: &[PathIdx]) {
        for &path in paths {
            self.path(path);
        }
    }

    fn bounds(&mut self, first: u32, end: u32) {
        self.paths(&self.facts.bounds[first as usize..end as usize]);
    }
}

/// The words of a text of Rust, wherever they stand: names, keywords, those in strings and comments too. Of a raw name the
/// part behind `r#`, of one with other letters than those of ASCII what these leave.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_part_of_word = |byte: u8| byte == b'_' || byte.is_ascii_alphanumeric();
    let words = text.as_bytes().split(move |&byte| !is_part_of_word(byte));
    let words = words.filter(|word| !word.is_empty());
    words.filter_map(|word| std::str::from_utf8(word).ok())
}

impl FileFacts {
    /// The name that a type goes by: of a reference what it leads to, none for what has no name of its own.
    pub(crate) fn name_of_type(&self, ty: TypeIdx) -> Option<Name> {
        match &self.types[ty.index()] {
            TypeFact::Path(path, _) | TypeFact::Bound(path, _) => self.last_name(*path),
            TypeFact::Reference(of) => self.name_of_type(*of),
            TypeFact::Slice(_)
            | TypeFact::Tuple(_)
            | TypeFact::Parameter(..)
            | TypeFact::SelfType
            | TypeFact::Other => None,
        }
    }

    /// The last name of a path; none for one that begins with a type parameter.
    pub(crate) fn last_name(&self, path: PathIdx) -> Option<Name> {
        let path = &self.paths[path.index()];
        let is_of_parameter = matches!(path.start, PathStart::Parameter(..));
        path.segments.last().copied().filter(|_| !is_of_parameter)
    }
}
