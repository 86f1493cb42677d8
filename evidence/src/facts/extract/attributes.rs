//! Attributes: cfg, test code, derives, attribute macros, link names. Doc comments and inert attributes are nothing.

use proc_macro2::TokenStream;
use syn::parse::Parser;
use syn::punctuated::Punctuated;

use archguard_invariants::graph::ReferenceKind;

use super::context::{Extractor, name_of};
use crate::facts::cfg::Cfg;
use crate::facts::model::{Certainty, CfgIdx, Name, Namespaces, PathIdx};
use crate::std_table::is_builtin_attribute;

/// Attributes that belong to tools, not to macros.
const TOOLS: [&str; 6] = ["rustfmt", "clippy", "diagnostic", "miri", "rust_analyzer", "rustdoc"];

/// Macros of the language that leave the attributes beneath them as they are.
const HARMLESS: [&str; 4] = ["bench", "cfg_eval", "global_allocator", "test"];

/// What an item's attributes say of it, beside cfg and references.
#[derive(Debug, Default)]
pub(super) struct ItemAttributes {
    pub(super) derives: Vec<PathIdx>,
    pub(super) paths: Vec<(Option<CfgIdx>, Box<str>)>,
    pub(super) macro_use: bool,
    pub(super) macro_export: bool,
    pub(super) link_name: Option<Name>,
    pub(super) no_mangle: bool,
    /// How sure it is that another one is an attribute of its own: not beneath one that may be a macro, which is given the
    /// others and may take them away: `#[rstest] #[case::empty]`.
    others: Option<Certainty>,
    /// `#[proc_macro]`, `#[proc_macro_attribute]`, `#[proc_macro_derive(Name)]`.
    pub(super) proc_macro: Option<(archguard_invariants::graph::ItemKind, Option<Name>)>,
}

impl Extractor<'_> {
    /// Takes cfg and test marks into the position; attribute references are left to [`Self::attribute_references`].
    pub(super) fn enter_attributes(&mut self, attributes: &[syn::Attribute]) {
        for attribute in attributes {
            self.enter_meta(&attribute.meta);
        }
        // Statements and expressions carry no item of their own: what their attributes name is named here.
        let mut ignored = ItemAttributes::default();
        for attribute in attributes {
            self.meta_references(&attribute.meta, &mut ignored);
        }
    }

    /// Takes an item's cfg and test marks into the position.
    pub(super) fn enter_item_attributes(&mut self, attributes: &[syn::Attribute]) {
        for attribute in attributes {
            self.enter_meta(&attribute.meta);
        }
    }

    /// Takes one attribute's cfg or test mark into the position.
    pub(super) fn enter_meta(&mut self, meta: &syn::Meta) {
        let path = meta.path();
        if let syn::Meta::List(list) = meta
            && path.is_ident("cfg")
        {
            let cfg = Cfg::read(list.tokens.clone());
            self.at.dev |= cfg.implies_test();
            self.at.cfg = Some(self.cfg_and(cfg));
        } else if let syn::Meta::List(list) = meta
            && path.is_ident("cfg_attr")
        {
            // `#[cfg_attr(x, test)]`: test code wherever x holds; the item itself always exists.
            let (_, metas) = read_cfg_attr(list.tokens.clone());
            self.at.dev |= metas.iter().any(|meta| is_test_attribute(meta.path()));
        } else if is_test_attribute(path) {
            self.at.dev = true;
        }
    }

    /// Records what an item's attributes name and collects what they say of the item.
    pub(super) fn attribute_references(&mut self, attributes: &[syn::Attribute]) -> ItemAttributes {
        let mut found = ItemAttributes::default();
        for attribute in attributes {
            self.meta_references(&attribute.meta, &mut found);
        }
        found
    }

    /// Records what an attribute among unknown tokens names.
    pub(super) fn scanned_meta(&mut self, meta: &syn::Meta) {
        self.meta_references(meta, &mut ItemAttributes::default());
    }

    fn meta_references(&mut self, meta: &syn::Meta, found: &mut ItemAttributes) {
        let path = meta.path();
        let single = path.get_ident().map(ToString::to_string);
        match (single.as_deref(), meta) {
            (Some("cfg_attr"), syn::Meta::List(list)) => self.cfg_attr(list.tokens.clone(), found),
            (Some("derive"), syn::Meta::List(list)) => self.derives(&list.tokens, found),
            (Some("unsafe"), syn::Meta::List(list)) => {
                if let Ok(inner) = syn::parse2::<syn::Meta>(list.tokens.clone()) {
                    self.meta_references(&inner, found);
                }
            }
            (Some("path"), syn::Meta::NameValue(value)) => {
                if let Some(text) = literal_text(&value.value) {
                    found.paths.push((self.at.cfg, text.into()));
                }
            }
            (Some("export_name" | "link_name"), syn::Meta::NameValue(value)) => {
                found.link_name = joined_text(&value.value).map(|text| Name::from(&text));
            }
            (Some("no_mangle"), _) => found.no_mangle = true,
            (Some("macro_use"), _) => found.macro_use = true,
            (Some("macro_export"), _) => found.macro_export = true,
            (Some("proc_macro"), _) => {
                found.proc_macro = Some((archguard_invariants::graph::ItemKind::Macro, None));
            }
            (Some("proc_macro_attribute"), _) => {
                found.proc_macro = Some((archguard_invariants::graph::ItemKind::Attribute, None));
            }
            (Some("proc_macro_derive"), syn::Meta::List(list)) => {
                let name = list
                    .tokens
                    .clone()
                    .into_iter()
                    .next()
                    .map(|tree| Name::from(&tree.to_string()));
                found.proc_macro = Some((archguard_invariants::graph::ItemKind::Derive, name));
            }
            (Some("cfg" | "doc" | "allow" | "warn" | "deny" | "expect" | "forbid" | "deprecated" | "must_use"), _) => {}
            _ => self.attribute_macro(path, meta, found),
        }
    }

    fn cfg_attr(&mut self, tokens: TokenStream, found: &mut ItemAttributes) {
        let (cfg, metas) = read_cfg_attr(tokens);
        self.within(|this| {
            if let Some(cfg) = cfg {
                this.at.cfg = Some(this.cfg_and(cfg));
            }
            for meta in &metas {
                this.meta_references(meta, found);
            }
        });
    }

    fn derives(&mut self, tokens: &TokenStream, found: &mut ItemAttributes) {
        let Ok(paths) = Punctuated::<syn::Path, syn::Token![,]>::parse_terminated.parse2(tokens.clone()) else {
            self.scan_tokens(tokens.clone());
            return;
        };
        for path in paths {
            let place = self.path_place(&path);
            let fact = self.plain_path(&path);
            let index = self.path_id(fact);
            self.add_path_reference(
                index,
                Namespaces::MACRO,
                ReferenceKind::Derive,
                place,
                Certainty::Certain,
            );
            found.derives.push(index);
        }
    }

    /// An attribute that may be a macro; a single name that leads nowhere is a helper of a derive, and any may be one of a
    /// macro above it.
    fn attribute_macro(&mut self, path: &syn::Path, meta: &syn::Meta, found: &mut ItemAttributes) {
        if path
            .segments
            .first()
            .is_some_and(|first| TOOLS.iter().any(|tool| first.ident == tool))
        {
            return;
        }
        let place = self.path_place(path);
        let fact = self.plain_path(path);
        let single = path.get_ident().map(ToString::to_string);
        let certainty = if single.is_some() {
            Certainty::Possible
        } else {
            found.others.unwrap_or(Certainty::Certain)
        };
        let leaves_others = |name: &str| is_builtin_attribute(name) || HARMLESS.contains(&name);
        if !single.as_deref().is_some_and(leaves_others) {
            found.others = Some(Certainty::Possible);
        }
        let index = self.path_id(fact);
        self.add_path_reference(index, Namespaces::MACRO, ReferenceKind::Attribute, place, certainty);
        self.note_attribute(index, single.as_deref(), meta);
        match meta {
            syn::Meta::List(list) => self.scan_attribute_arguments(list.tokens.clone()),
            syn::Meta::NameValue(value) => {
                if !matches!(value.value, syn::Expr::Lit(_) | syn::Expr::Macro(_)) {
                    self.expression(&value.value);
                }
            }
            syn::Meta::Path(_) => {}
        }
    }

    /// Takes `#![..]` of the file itself.
    pub(super) fn file_attributes(&mut self, attributes: &[syn::Attribute]) {
        self.enter_item_attributes(attributes);
        self.facts.file_cfg = self.at.cfg;
        self.facts.no_std = attributes.iter().any(|attribute| {
            attribute.path().is_ident("no_std")
                || (attribute.path().is_ident("cfg_attr")
                    && attribute
                        .meta
                        .require_list()
                        .is_ok_and(|list| list.tokens.to_string().contains("no_std")))
        });
        self.attribute_references(attributes);
    }
}

/// `#[test]`, `#[bench]`, `#[tokio::test]`, `#[rstest]`: any attribute whose last name is one of these.
fn is_test_attribute(path: &syn::Path) -> bool {
    path.segments.last().is_some_and(|last| {
        let name = name_of(&last.ident);
        name == "test" || name == "rstest" || (name == "bench" && path.segments.len() == 1)
    })
}

fn read_cfg_attr(tokens: TokenStream) -> (Option<Cfg>, Vec<syn::Meta>) {
    let mut predicate = TokenStream::new();
    let mut rest = TokenStream::new();
    let mut seen_comma = false;
    for tree in tokens {
        match &tree {
            proc_macro2::TokenTree::Punct(punct) if punct.as_char() == ',' && !seen_comma => seen_comma = true,
            _ if seen_comma => rest.extend([tree]),
            _ => predicate.extend([tree]),
        }
    }
    let metas = Punctuated::<syn::Meta, syn::Token![,]>::parse_terminated.parse2(rest);
    (
        Some(Cfg::read(predicate)),
        metas.map(|metas| metas.into_iter().collect()).unwrap_or_default(),
    )
}

/// The text of a string literal.
pub(super) fn literal_text(expr: &syn::Expr) -> Option<String> {
    match expr {
        syn::Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Str(text),
            ..
        }) => Some(text.value()),
        syn::Expr::Group(group) => literal_text(&group.expr),
        _ => None,
    }
}

/// The text of a literal, or what `concat!` and `stringify!` make of such: the compiler expands them in attributes too.
fn joined_text(expr: &syn::Expr) -> Option<String> {
    match expr {
        syn::Expr::Lit(syn::ExprLit { lit, .. }) if !matches!(lit, syn::Lit::Str(_)) => {
            Some(quote::ToTokens::to_token_stream(lit).to_string())
        }
        syn::Expr::Macro(call) if is_macro(&call.mac, "stringify") => Some(call.mac.tokens.to_string()),
        syn::Expr::Macro(call) if is_macro(&call.mac, "concat") => {
            let parts = Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
            let parts = parts.parse2(call.mac.tokens.clone()).ok()?;
            parts.iter().map(joined_text).collect()
        }
        _ => literal_text(expr),
    }
}

/// Whether a macro goes by a name, alone or as the standard library's.
fn is_macro(called: &syn::Macro, name: &str) -> bool {
    called.path.segments.last().is_some_and(|last| last.ident == name)
}
