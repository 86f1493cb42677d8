//! Whether the source of a unit says all that its items' interfaces hold. It does where no macro from elsewhere writes
//! items: then each path of a signature, a field, a bound, an impl or an import stands in a file, and the compiler's items,
//! the dearest of its outputs by far, would only say it again. What bodies do the typed bodies say in any case.
//!
//! Only names are known here, so that whatever might be something else than it looks like counts as a macro from elsewhere.

use std::fs;
use std::path::PathBuf;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, Ident, Item, Meta, Token, UseTree};

use crate::facts::cfg::Cfg;
use crate::names::nesting::nesting;

/// Derives of the standard library.
const DERIVES: &[&str] = &[
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Eq",
    "Hash",
    "Ord",
    "PartialEq",
    "PartialOrd",
];

/// Macros of the standard library and the language that write items, or nothing.
const ITEM_MACROS: &[&str] = &["compile_error", "macro_rules", "thread_local"];

/// Attributes of the language, and those of the standard library that write nothing which leads elsewhere.
const ATTRIBUTES: &[&str] = &[
    "allow",
    "automatically_derived",
    "bench",
    "cfg",
    "cfg_attr",
    "cold",
    "crate_name",
    "crate_type",
    "default",
    "deny",
    "deprecated",
    "derive",
    "doc",
    "expect",
    "export_name",
    "feature",
    "forbid",
    "global_allocator",
    "ignore",
    "inline",
    "link",
    "link_name",
    "link_section",
    "macro_export",
    "macro_use",
    "must_use",
    "no_main",
    "no_mangle",
    "no_std",
    "non_exhaustive",
    "path",
    "proc_macro",
    "proc_macro_attribute",
    "proc_macro_derive",
    "recursion_limit",
    "repr",
    "should_panic",
    "target_feature",
    "test",
    "track_caller",
    "type_length_limit",
    "unsafe",
    "used",
    "warn",
    "windows_subsystem",
];

/// Tools whose attributes the compiler leaves alone.
const TOOLS: &[&str] = &["clippy", "diagnostic", "rustfmt"];

/// Crates of the standard library.
const STANDARD: &[&str] = &["std", "core", "alloc"];

/// Where a glob cannot bring in a macro from another crate that no other glob of the unit brings in.
const OWN: &[&str] = &["crate", "self", "super", "Self"];

/// Beyond this nesting a file is not parsed here.
const DEEPEST: usize = 1_000;
/// What that may cost the parser on its stack; what is not used costs nothing.
const STACK: usize = 64 << 20;

/// Under which conditions a unit is compiled, as far as its invocation tells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Conditions<'a> {
    pub(super) is_test: bool,
    pub(super) features: &'a [String],
}

impl Conditions<'_> {
    /// Whether a cfg is certainly off.
    fn rule_out(self, cfg: &Cfg) -> bool {
        let known = |atom: &str| {
            if atom == "test" {
                return Some(self.is_test);
            }
            let feature = atom.strip_prefix("feature = \"")?.strip_suffix('"')?;
            Some(self.features.iter().any(|on| on == feature))
        };
        cfg.holds(&known) == Some(false)
    }
}

/// Whether the files of a unit say all that its interfaces hold.
pub(super) fn stand_in_the_source(files: &[PathBuf], conditions: Conditions<'_>) -> bool {
    let is_rust = |file: &&PathBuf| file.extension().is_some_and(|extension| extension == "rs");
    let says_all = |file: &PathBuf| fs::read_to_string(file).is_ok_and(|text| stand_in_text(&text, conditions));
    std::thread::scope(|scope| {
        let all = || files.iter().filter(is_rust).all(says_all);
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, all);
        // What cannot be read is asked of the compiler.
        thread.is_ok_and(|thread| thread.join().unwrap_or(false))
    })
}

fn stand_in_text(text: &str, conditions: Conditions<'_>) -> bool {
    if nesting(text) > DEEPEST {
        return false;
    }
    let says_all = syn::parse_file(text).is_ok_and(|file| {
        let mut reading = Reading {
            conditions,
            says_all: true,
        };
        reading.visit_file(&file);
        reading.says_all
    });
    // The lexer keeps every text it has seen for its spans; none is held past here.
    proc_macro2::extra::invalidate_current_thread_spans();
    says_all
}

struct Reading<'c> {
    conditions: Conditions<'c>,
    says_all: bool,
}

impl Reading<'_> {
    fn expect(&mut self, known: bool) {
        self.says_all &= known;
    }

    /// Whether something is not compiled here.
    fn is_left_out(&self, attributes: &[Attribute]) -> bool {
        let is_off = |attribute: &Attribute| match &attribute.meta {
            Meta::List(list) if list.path.is_ident("cfg") => self.conditions.rule_out(&Cfg::read(list.tokens.clone())),
            _ => false,
        };
        attributes.iter().any(is_off)
    }

    /// A macro whose output is items, members, a type or a pattern.
    fn writes_items(&mut self, path: &syn::Path) {
        self.expect(is_standard(path, ITEM_MACROS));
    }
}

impl<'ast> Visit<'ast> for Reading<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        if !self.says_all || self.is_left_out(attributes_of(item)) {
            return;
        }
        match item {
            Item::Macro(invocation) => {
                self.writes_items(&invocation.mac.path);
                self.expect(!invocation.ident.as_ref().is_some_and(is_known));
            }
            Item::ExternCrate(krate) => {
                self.expect(
                    !krate
                        .attrs
                        .iter()
                        .any(|attribute| attribute.path().is_ident("macro_use")),
                );
            }
            Item::Use(import) => self.expect(brings_no_macro(&import.tree, None)),
            Item::Verbatim(_) => self.expect(false),
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_impl_item_macro(&mut self, member: &'ast syn::ImplItemMacro) {
        self.writes_items(&member.mac.path);
        visit::visit_impl_item_macro(self, member);
    }

    fn visit_trait_item_macro(&mut self, member: &'ast syn::TraitItemMacro) {
        self.writes_items(&member.mac.path);
        visit::visit_trait_item_macro(self, member);
    }

    fn visit_foreign_item_macro(&mut self, member: &'ast syn::ForeignItemMacro) {
        self.writes_items(&member.mac.path);
        visit::visit_foreign_item_macro(self, member);
    }

    fn visit_type_macro(&mut self, ty: &'ast syn::TypeMacro) {
        self.expect(false);
        visit::visit_type_macro(self, ty);
    }

    fn visit_pat(&mut self, pattern: &'ast syn::Pat) {
        self.expect(!matches!(pattern, syn::Pat::Macro(_)));
        visit::visit_pat(self, pattern);
    }

    fn visit_stmt_macro(&mut self, statement: &'ast syn::StmtMacro) {
        // In braces mostly items; in parentheses mostly something to be done, which the typed bodies say.
        if matches!(statement.mac.delimiter, syn::MacroDelimiter::Brace(_)) {
            self.writes_items(&statement.mac.path);
        }
        visit::visit_stmt_macro(self, statement);
    }

    fn visit_macro(&mut self, invocation: &'ast syn::Macro) {
        // Another file, which may be no file of items.
        self.expect(
            !invocation
                .path
                .segments
                .iter()
                .any(|segment| segment.ident == "include"),
        );
        self.expect(write_none(invocation.tokens.clone(), self.conditions));
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        self.expect(writes_nothing(&attribute.meta, self.conditions));
    }

    /// What the parser has left as it stands.
    fn visit_token_stream(&mut self, _: &'ast TokenStream) {
        self.expect(false);
    }
}

/// Whether an attribute is one of the language's, and a derive one of the standard library's.
fn writes_nothing(meta: &Meta, conditions: Conditions<'_>) -> bool {
    let Meta::List(list) = meta else {
        return is_attribute(meta.path());
    };
    if list.path.is_ident("derive") {
        let derives = list.parse_args_with(Punctuated::<syn::Path, Token![,]>::parse_terminated);
        return derives.is_ok_and(|derives| derives.iter().all(|derive| is_standard(derive, DERIVES)));
    }
    if list.path.is_ident("cfg_attr") {
        let parts = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
        return parts.is_ok_and(|parts| {
            let is_off = parts
                .first()
                .is_some_and(|cfg| conditions.rule_out(&Cfg::read(cfg.to_token_stream())));
            is_off || parts.iter().skip(1).all(|meta| writes_nothing(meta, conditions))
        });
    }
    is_attribute(&list.path)
}

fn is_attribute(path: &syn::Path) -> bool {
    let is_tool = path.segments.len() > 1
        && path
            .segments
            .first()
            .is_some_and(|first| TOOLS.iter().any(|tool| first.ident == tool));
    is_tool || is_standard(path, ATTRIBUTES)
}

/// Whether a path is one of these names, bare or from the standard library.
fn is_standard(path: &syn::Path, names: &[&str]) -> bool {
    let is_from_there = match path.segments.first() {
        Some(first) if path.segments.len() > 1 => STANDARD.iter().any(|krate| first.ident == krate),
        _ => path.leading_colon.is_none(),
    };
    let last = path.segments.last();
    is_from_there && last.is_some_and(|last| names.iter().any(|name| last.ident == name))
}

/// Whether an import brings in no macro under one of the names that are taken for known. `path` is the first and the last
/// segment so far.
fn brings_no_macro(tree: &UseTree, path: Option<(&Ident, &Ident)>) -> bool {
    let is_of = |crates: &[&str]| path.is_some_and(|(first, _)| crates.iter().any(|krate| first == krate));
    match tree {
        UseTree::Path(inner) => {
            let first = path.map_or(&inner.ident, |(first, _)| first);
            brings_no_macro(&inner.tree, Some((first, &inner.ident)))
        }
        UseTree::Group(group) => group.items.iter().all(|tree| brings_no_macro(tree, path)),
        UseTree::Name(name) => is_of(STANDARD) || !is_known(&name.ident),
        UseTree::Rename(name) => is_of(STANDARD) || !is_known(&name.rename),
        UseTree::Glob(_) => {
            // An enum hands out its variants alone.
            let is_type = path.is_some_and(|(_, last)| last.to_string().starts_with(char::is_uppercase));
            is_type || is_of(STANDARD) || is_of(OWN)
        }
    }
}

fn is_known(name: &Ident) -> bool {
    [DERIVES, ITEM_MACROS, ATTRIBUTES]
        .concat()
        .iter()
        .any(|known| name == known)
}

/// Whether tokens hold nothing that writes items: no attribute from elsewhere, no import, no macro in braces.
fn write_none(tokens: TokenStream, conditions: Conditions<'_>) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_mark = |token: &TokenTree, mark: char| matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark);
    tokens.iter().enumerate().all(|(index, token)| match token {
        TokenTree::Ident(ident) => {
            let of_standard = tokens.get(index + 1).is_some_and(|next| is_one_of(next, STANDARD));
            ident != "use" || of_standard
        }
        TokenTree::Group(group) => {
            let before = |steps: usize| index.checked_sub(steps).and_then(|before| tokens.get(before));
            let behind = |mark| before(1).is_some_and(|token| is_mark(token, mark));
            let is_inner = behind('!') && before(2).is_some_and(|token| is_mark(token, '#'));
            let content = group.stream();
            match group.delimiter() {
                Delimiter::Bracket if behind('#') || is_inner => {
                    syn::parse2::<Meta>(content).is_ok_and(|meta| writes_nothing(&meta, conditions))
                }
                Delimiter::Brace if behind('!') => {
                    before(2).is_some_and(|name| is_one_of(name, ITEM_MACROS)) && write_none(content, conditions)
                }
                _ => write_none(content, conditions),
            }
        }
        _ => true,
    })
}

/// The attributes of an item that cfgs may take out.
fn attributes_of(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn is_one_of(token: &TokenTree, names: &[&str]) -> bool {
    matches!(token, TokenTree::Ident(ident) if names.iter().any(|name| ident == name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says_all(text: &str) -> bool {
        stand_in_text(text, conditions(false))
    }

    fn conditions(is_test: bool) -> Conditions<'static> {
        let features = &[];
        Conditions { is_test, features }
    }

    #[test]
    fn what_people_wrote_and_the_standard_library_derives_stands_in_the_source() {
        assert!(says_all(
            "//! Docs.\n#![warn(missing_docs)]\nuse std::{fmt::Debug, io::*};\nuse crate::shop::*;\nuse Kind::*;\n\
             /// An order.\n#[derive(Clone, std::fmt::Debug)]\n#[cfg_attr(unix, derive(Default), allow(dead_code))]\n\
             pub struct Order { #[allow(unused)] id: u32 }\n#[clippy::msrv = \"1.0\"]\nimpl Order {\n\
             #[inline] fn send(&self) -> Option<u8> { log::debug!(\"{}\", self.id); vec![json!(1)]; None } }\n\
             macro_rules! say { ($what:expr) => { use std::io; println!(\"{}\", $what) } }\n\
             thread_local! { static A: u8 = 1; }"
        ));
    }

    #[test]
    fn macros_from_elsewhere_may_write_what_no_source_says() {
        for text in [
            "#[derive(Serialize)] struct A;",
            "#[derive(Clone, serde::Serialize)] struct A;",
            "#[cfg_attr(unix, derive(Serialize))] struct A;",
            "#[cfg_attr(not(feature = \"serde\"), derive(Serialize))] struct A;",
            "#[tokio::main] async fn main() {}",
            "fn f() { #[instrument] fn g() {} }",
            "bitflags! { struct A: u32 {} }",
            "impl A { methods!(); }",
            "trait A { methods!(); }",
            "extern \"C\" { functions!(); }",
            "fn f(a: name!(u8)) {}",
            "fn f() { if let name!(a) = b {} }",
            "fn f() { bitflags! { struct A: u32 {} } }",
            "fn f() { say!({ #[derive(Serialize)] struct A; }); }",
            "fn f() { assert!({ bitflags! { struct A: u32 {} } true }); }",
            "macro_rules! a { () => { #[derive(Serialize)] struct A; } }",
            "include!(\"a.rs\");",
            "const A: u8 = include!(\"a.rs\");",
            "const A: u8 = std::include!(\"a.rs\");",
        ] {
            assert!(!says_all(text), "{text}");
        }
    }

    #[test]
    fn a_known_name_may_be_something_else() {
        for text in [
            "use other::Debug; #[derive(Debug)] struct A;",
            "use other::{self, Show as Debug}; #[derive(Debug)] struct A;",
            "use other::*; #[derive(Debug)] struct A;",
            "use tokio::test; #[test] async fn a() {}",
            "#[macro_use] extern crate other;",
            "macro_rules! thread_local { () => {} }",
            "#[derive(::other::Debug)] struct A;",
            "#[other::derive(Debug)] struct A;",
            "other::thread_local! {}",
            "fn f() { say!({ use other::Debug; #[derive(Debug)] struct A; }); }",
        ] {
            assert!(!says_all(text), "{text}");
        }
    }

    #[test]
    fn tests_count_where_they_are_compiled() {
        let text = "#[cfg(test)] mod tests { use proptest::*; }";
        assert!(stand_in_text(text, conditions(false)));
        assert!(!stand_in_text(text, conditions(true)));
        assert!(!says_all("#[cfg(any(test, unix))] mod tests { use proptest::*; }"));
    }

    #[test]
    fn what_cannot_be_read_is_asked_for() {
        assert!(!says_all("fn f( {"));
        assert!(!says_all(&format!(
            "const A: u8 = {}1{};",
            "(".repeat(2_000),
            ")".repeat(2_000)
        )));
        assert!(!stand_in_the_source(&["not/there.rs".into()], conditions(false)));
        assert!(stand_in_the_source(&["not/there.txt".into()], conditions(false)));
    }
}
