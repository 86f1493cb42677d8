//! What a file declares, told apart from what its functions do. Files that name each other's items depend on the former
//! alone: while it stays the same, what they name stays where it is.

use std::mem;

use archguard_invariants::graph::ReferenceKind;
use serde::Serialize;

use super::model::{
    CfgIdx, FileFacts, ImportFact, ItemData, ItemFact, MacroCallFact, Named, PathFact, PathIdx, PathStart, RefFact,
    ScopeFact, TypeFact, TypeIdx, VisibilityFact,
};

impl FileFacts {
    /// All that others can depend on, written down: items, imports and item macros of every scope, those in blocks too, in
    /// which order they stand, what is included, attributes. No place, and nothing that the code of a function names or binds.
    pub(crate) fn declared(&self) -> Vec<u8> {
        let mut writer = Writer {
            facts: self,
            out: Vec::new(),
        };
        writer.all();
        writer.out
    }
}

/// Writes down what something declares: the same bytes for the same, wherever in the file it stands.
pub(super) struct Writer<'f> {
    pub(super) facts: &'f FileFacts,
    pub(super) out: Vec<u8>,
}

impl Writer<'_> {
    pub(super) fn put(&mut self, value: &impl Serialize) {
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
        self.attributes();
        self.order();
    }

    /// The policy may say of any attribute that what it stands on is development code, and that may lie in other files.
    fn attributes(&mut self) {
        let all = self.facts.code.refs.iter();
        let attributes: Vec<&RefFact> = all
            .filter(|reference| reference.kind == ReferenceKind::Attribute)
            .collect();
        self.each(&attributes, |writer, reference| {
            if let Named::Path(path, _) = reference.named {
                writer.path(path);
            }
            writer.put(&(reference.scope, reference.owner));
        });
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

    pub(super) fn import(&mut self, import: &ImportFact) {
        self.path(import.path);
        self.put(&(import.name, import.glob, import.types_only, import.extern_crate));
        self.put(&(import.macro_use, import.dev, import.foreign, import.owner));
        self.visibility(&import.visibility);
        self.cfg(import.cfg);
    }

    pub(super) fn call(&mut self, call: &MacroCallFact) {
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

    pub(super) fn data(&mut self, data: &ItemData) {
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

    pub(super) fn visibility(&mut self, visibility: &VisibilityFact) {
        match visibility {
            VisibilityFact::In(path) => {
                self.put(&VisibilityFact::In(PathIdx::FIRST));
                self.path(*path);
            }
            other => self.put(other),
        }
    }

    pub(super) fn cfg(&mut self, cfg: Option<CfgIdx>) {
        self.put(&cfg.map(|cfg| &self.facts.cfgs[cfg.index()]));
    }

    pub(super) fn paths(&mut self, paths: &[PathIdx]) {
        self.each(paths, |writer, &path| writer.path(path));
    }

    pub(super) fn path(&mut self, path: PathIdx) {
        let facts = self.facts;
        let PathFact {
            start,
            segments,
            of_type,
        } = &facts.paths[path.index()];
        match *start {
            PathStart::Type(ty) => {
                self.put(&PathStart::Type(TypeIdx::FIRST));
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

    pub(super) fn ty(&mut self, ty: TypeIdx) {
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

#[cfg(test)]
mod tests {
    use crate::facts::extract::{Depth, extract};

    fn declared(text: &str) -> Vec<u8> {
        let facts = extract(text, Depth::Everything);
        facts
            .unwrap_or_else(|error| panic!("{text}: {}", error.message))
            .declared()
    }

    #[test]
    fn what_functions_do_is_not_declared() {
        let same = [
            ("fn f() {}", "// A comment.\nfn f() {   }"),
            ("fn f() { g(); }", "fn f() { let a: Vec<u8> = h(1, |x| x); a.len() }"),
            (
                "fn f() {} fn g() {}",
                "fn f() { let more = \"longer\"; more; } fn g() {}",
            ),
            (
                "fn f() { println!(\"{}\", 1); }",
                "fn f() { println!(\"{} {}\", 1, a::b()); }",
            ),
            ("const A: u8 = 1;", "const A: u8 = other();"),
            ("struct S { a: u8 }", "/// Said of it.\nstruct S { a: u8, }"),
            ("use a::b; fn f() {}", "use a::b;\n\n\nfn f() {}"),
        ];
        for (one, other) in same {
            assert_eq!(declared(one), declared(other), "{one} | {other}");
        }
    }

    #[test]
    fn what_others_can_notice_is_declared() {
        let different = [
            ("fn f() {}", "fn g() {}"),
            ("fn f() {}", "pub fn f() {}"),
            ("pub(super) fn f() {}", "pub(crate) fn f() {}"),
            ("pub(in a) fn f() {}", "pub(in b) fn f() {}"),
            ("fn f(a: A) {}", "fn f(a: B) {}"),
            ("fn f(a: &A) {}", "fn f(a: [A; 1]) {}"),
            ("fn f(a: A) {}", "fn f(a: A, b: A) {}"),
            ("fn f() {}", "fn f() -> A {}"),
            ("fn f() -> A<B> {}", "fn f() -> A<C> {}"),
            ("fn f() -> (A, B) {}", "fn f() -> (A, C) {}"),
            ("fn f() -> impl A {}", "fn f() -> impl B {}"),
            ("fn f() -> <A as B>::C {}", "fn f() -> <D as B>::C {}"),
            ("fn f<T: A>(t: T) {}", "fn f<T: B>(t: T) {}"),
            ("fn f<T>(t: T) -> T::A {}", "fn f<T: B>(t: T) -> T::A {}"),
            ("fn f() {}", "async fn f() {}"),
            ("fn f() {}", "unsafe fn f() {}"),
            ("impl S { fn f() {} }", "impl S { fn f(&self) {} }"),
            ("impl S { fn f() {} }", "impl T { fn f() {} }"),
            ("impl S { fn f() {} }", "impl A for S { fn f() {} }"),
            ("impl A for S {}", "unsafe impl A for S {}"),
            ("fn f() {}", "#[cfg(unix)] fn f() {}"),
            ("fn f() {}", "#[test] fn f() {}"),
            ("fn f() {}", "#[mine] fn f() {}"),
            ("fn f() {}", "#[unsafe(no_mangle)] fn f() {}"),
            (
                "extern \"C\" { fn f(); }",
                "extern \"C\" { #[link_name = \"g\"] fn f(); }",
            ),
            ("struct S { a: A }", "struct S { a: B }"),
            ("struct S { a: A }", "struct S { b: A }"),
            ("struct S;", "struct S {}"),
            ("struct S;", "#[derive(Clone)] struct S;"),
            ("struct S<T>(T);", "struct S<U, T>(T);"),
            ("enum E { A }", "enum E { A, B }"),
            ("enum E { A }", "#[derive(Clone)] enum E { A }"),
            ("trait T {}", "trait T: A {}"),
            ("trait T {}", "unsafe trait T {}"),
            ("type A = B;", "type A = C;"),
            ("type A<T> = B<T>;", "type A<T = u8> = B<T>;"),
            ("use a::b;", "use a::c;"),
            ("use a::b;", "use a::b as c;"),
            ("use a::b;", "use a::b::*;"),
            ("use a::b;", "pub use a::b;"),
            ("use a::b::{self};", "use a::b;"),
            ("extern crate a;", "#[macro_use] extern crate a;"),
            ("fn f() {}", "fn f() { use a::b; }"),
            ("fn f() {}", "fn f() { fn g() {} }"),
            ("fn f() { struct S; }", "fn f() { struct S; impl S { fn g() {} } }"),
            ("mod a;", "mod b;"),
            ("mod a;", "mod a {}"),
            ("mod a;", "#[path = \"b.rs\"] mod a;"),
            ("mod a;", "#[macro_use] mod a;"),
            ("macro_rules! m { () => {} }", "macro_rules! m { () => { f(); } }"),
            (
                "macro_rules! m { () => {} }",
                "#[macro_export] macro_rules! m { () => {} }",
            ),
            (
                "macro_rules! m { () => {} } mod a;",
                "mod a; macro_rules! m { () => {} }",
            ),
            ("make!(a);", "make!(b);"),
            ("make!(a);", "other!(a);"),
            ("make!(a); mod b;", "mod b; make!(a);"),
            ("include!(\"a.rs\");", "include!(\"b.rs\");"),
            ("fn f() {}", "#![no_std] fn f() {}"),
            ("fn f() {}", "#![cfg(unix)] fn f() {}"),
        ];
        for (one, other) in different {
            assert_ne!(declared(one), declared(other), "{one} | {other}");
        }
    }
}
