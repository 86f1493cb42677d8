//! What a file declares, told apart from what its functions do. Files that name each other's items depend on the former
//! alone: while it stays the same, what they name stays where it is.

use std::mem;

use serde::Serialize;

use super::model::{
    CfgIdx, FileFacts, ImportFact, ItemData, ItemFact, MacroCallFact, PathFact, PathIdx, PathStart, ScopeFact,
    TypeFact, TypeIdx, VisibilityFact,
};

impl FileFacts {
    /// All that others can depend on, written down: items, imports and item macros of every scope, those in blocks too, in
    /// which order they stand, what is included. No place, and nothing that the code of a function names or binds.
    pub(crate) fn declared(&self) -> Vec<u8> {
        let mut writer = Writer {
            facts: self,
            out: Vec::new(),
        };
        writer.all();
        writer.out
    }
}

struct Writer<'f> {
    facts: &'f FileFacts,
    out: Vec<u8>,
}

impl Writer<'_> {
    fn put(&mut self, value: &impl Serialize) {
        let out = mem::take(&mut self.out);
        self.out = postcard::to_extend(value, out).expect("memory takes whatever has a form");
    }

    /// Each of some, and how many there are.
    fn each<T>(&mut self, all: &[T], write: impl Fn(&mut Self, &T)) {
        self.put(&all.len());
        for one in all {
            write(self, one);
        }
    }

    fn all(&mut self) {
        let facts = self.facts;
        self.each(&facts.scopes, Self::scope);
        self.each(&facts.items, Self::item);
        self.put(&(&facts.foreign_items, facts.no_std));
        self.cfg(facts.file_cfg);
        self.each(&facts.includes, |writer, include| {
            writer.put(&(&include.what, include.scope, include.owner, include.dev));
            writer.cfg(include.cfg);
        });
        self.order();
    }

    /// Macros hold from where they are defined: what stands before what.
    fn order(&mut self) {
        let facts = self.facts;
        let imports = facts.scopes.iter().flat_map(|scope| &scope.imports);
        let calls = facts.scopes.iter().flat_map(|scope| &scope.calls);
        let starts = [
            facts.items.iter().map(|item| item.span.start).collect::<Vec<_>>(),
            imports.map(|import| import.span.start).collect(),
            calls.map(|call| call.span.start).collect(),
            facts.includes.iter().map(|include| include.span.start).collect(),
        ];
        let numbered = starts.iter().enumerate().flat_map(|(kind, starts)| {
            let starts = starts.iter().enumerate();
            starts.map(move |(number, &start)| (start, kind, number))
        });
        let mut order: Vec<_> = numbered.collect();
        order.sort_unstable();
        self.each(&order, |writer, &(_, kind, number)| writer.put(&(kind, number)));
    }

    fn scope(&mut self, scope: &ScopeFact) {
        self.put(&(scope.parent, scope.block_of, &scope.items));
        self.each(&scope.imports, Self::import);
        self.each(&scope.calls, Self::call);
    }

    fn import(&mut self, import: &ImportFact) {
        self.path(import.path);
        self.put(&(import.name, import.glob, import.types_only, import.extern_crate));
        self.put(&(import.macro_use, import.dev, import.foreign, import.owner));
        self.visibility(&import.visibility);
        self.cfg(import.cfg);
    }

    fn call(&mut self, call: &MacroCallFact) {
        self.path(call.path);
        self.put(&(
            &call.arguments.text,
            call.dev,
            call.container,
            call.owner,
            &call.parameters,
        ));
        // What it makes stands where the arguments stand.
        self.each(&call.arguments.pieces, |writer, piece| {
            let distance = piece.file_start.wrapping_sub(call.span.start);
            writer.put(&(piece.text_start, distance, piece.foreign));
        });
        self.cfg(call.cfg);
    }

    fn item(&mut self, item: &ItemFact) {
        self.put(&(item.name, item.kind, item.scope, item.parent));
        self.put(&(item.dev, item.foreign, item.link_name));
        self.visibility(&item.visibility);
        self.cfg(item.cfg);
        self.data(&item.data);
    }

    fn data(&mut self, data: &ItemData) {
        match data {
            ItemData::None => self.put(&'n'),
            ItemData::Module {
                inline,
                paths,
                macro_use,
                attributes: _,
            } => {
                self.put(&('m', inline, macro_use));
                self.each(paths, |writer, (cfg, path)| {
                    writer.cfg(*cfg);
                    writer.put(path);
                });
            }
            ItemData::Function {
                parameters,
                returns,
                is_async,
                is_unsafe,
                has_self,
                generics,
            } => {
                self.put(&'f');
                self.types(parameters);
                self.types(returns.as_slice());
                self.put(&(is_async, is_unsafe, has_self, generics));
            }
            ItemData::Fields {
                fields,
                constructor,
                generics,
                derives,
            } => {
                self.put(&'s');
                self.each(fields, |writer, &(name, ty)| {
                    writer.put(&name);
                    writer.ty(ty);
                });
                self.put(&(constructor, generics));
                self.paths(derives);
            }
            ItemData::Enum { generics, derives } => {
                self.put(&('e', generics));
                self.paths(derives);
            }
            ItemData::Trait { supertraits, is_unsafe } => {
                self.put(&('t', is_unsafe));
                self.paths(supertraits);
            }
            ItemData::Impl {
                of_trait,
                self_type,
                is_unsafe,
            } => {
                self.put(&('i', is_unsafe));
                self.paths(of_trait.as_slice());
                self.ty(*self_type);
            }
            ItemData::Typed { ty, generics, defaults } => {
                self.put(&('a', generics));
                self.types(ty.as_slice());
                self.each(defaults, |writer, default| writer.types(default.as_slice()));
            }
            ItemData::Macro {
                body,
                body_start: _,
                decl_macro,
                exported,
            } => self.put(&('r', body, decl_macro, exported)),
        }
    }

    fn visibility(&mut self, visibility: &VisibilityFact) {
        match visibility {
            VisibilityFact::In(path) => {
                self.put(&VisibilityFact::In(PathIdx(0)));
                self.path(*path);
            }
            other => self.put(other),
        }
    }

    fn cfg(&mut self, cfg: Option<CfgIdx>) {
        self.put(&cfg.map(|cfg| &self.facts.cfgs[cfg.index()]));
    }

    fn paths(&mut self, paths: &[PathIdx]) {
        self.each(paths, |writer, &path| writer.path(path));
    }

    fn path(&mut self, path: PathIdx) {
        let facts = self.facts;
        let PathFact {
            start,
            segments,
            of_type,
        } = &facts.paths[path.index()];
        match *start {
            PathStart::Type(ty) => {
                self.put(&PathStart::Type(TypeIdx(0)));
                self.ty(ty);
            }
            PathStart::Parameter(first, end) => {
                self.put(&PathStart::Parameter(0, 0));
                self.bounds(first, end);
            }
            other => self.put(&other),
        }
        self.put(segments);
        self.types(of_type.as_slice());
    }

    fn bounds(&mut self, first: u32, end: u32) {
        self.paths(&self.facts.bounds[first as usize..end as usize]);
    }

    fn types(&mut self, types: &[TypeIdx]) {
        self.each(types, |writer, &ty| writer.ty(ty));
    }

    fn ty(&mut self, ty: TypeIdx) {
        let facts = self.facts;
        match &facts.types[ty.index()] {
            TypeFact::Path(path, arguments) => {
                self.put(&'p');
                self.path(*path);
                self.types(arguments);
            }
            TypeFact::Reference(of) => {
                self.put(&'r');
                self.ty(*of);
            }
            TypeFact::Slice(of) => {
                self.put(&'s');
                self.ty(*of);
            }
            TypeFact::Tuple(types) => {
                self.put(&'t');
                self.types(types);
            }
            TypeFact::Bound(path, arguments) => {
                self.put(&'b');
                self.path(*path);
                self.types(arguments);
            }
            TypeFact::Parameter(name, first, end) => {
                self.put(&('g', name));
                self.bounds(*first, *end);
            }
            TypeFact::SelfType => self.put(&'S'),
            TypeFact::Other => self.put(&'o'),
        }
    }
}
