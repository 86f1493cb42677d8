//! Annotations by their form: an attribute or an invocation that is given nothing, one text, or the keys of an exception.
//! Attributes of the language and macros that print texts look the same and are told apart by name, the rest by whoever
//! knows where the path leads.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;

use super::context::Extractor;
use crate::facts::model::{AnnotationFact, ItemIdx, Name, PathIdx, Said, Span};

/// The keys of an exception, in the order of [`Said::Exception`].
const KEYS: [&str; 4] = ["rule", "reason", "owner", "until"];

/// Attributes of the language that take nothing or one text.
const OF_THE_LANGUAGE: [&str; 18] = [
    "automatically_derived",
    "bench",
    "cold",
    "default",
    "fundamental",
    "global_allocator",
    "ignore",
    "inline",
    "macro_use",
    "may_dangle",
    "non_exhaustive",
    "no_implicit_prelude",
    "no_std",
    "repr",
    "should_panic",
    "target_feature",
    "test",
    "track_caller",
];

impl Extractor<'_> {
    /// Notes an attribute that may be an annotation of the item here.
    pub(super) fn note_attribute(&mut self, path: PathIdx, single: Option<&str>, meta: &syn::Meta) {
        if single.is_some_and(|name| OF_THE_LANGUAGE.contains(&name)) {
            return;
        }
        let says = match meta {
            syn::Meta::Path(_) => Some(Said::Nothing),
            syn::Meta::List(list) => said(&list.tokens),
            syn::Meta::NameValue(_) => None,
        };
        if let Some(says) = says {
            let last = last_span(meta.to_token_stream()).unwrap_or_else(|| meta.span());
            self.note(path, says, (meta.path().span(), last), self.at.owner);
        }
    }

    /// Notes an invocation in the place of an item or a statement that may be an annotation of what is around it.
    pub(super) fn note_invocation(&mut self, path: PathIdx, call: &syn::Macro) {
        let says = match said(&call.tokens) {
            Some(Said::Text(text)) if may_name_component(&text) => Said::Text(text),
            Some(says @ Said::Exception(_)) => says,
            _ => return,
        };
        let close = match &call.delimiter {
            syn::MacroDelimiter::Paren(token) => token.span.close(),
            syn::MacroDelimiter::Brace(token) => token.span.close(),
            syn::MacroDelimiter::Bracket(token) => token.span.close(),
        };
        self.note(path, says, (call.path.span(), close), self.at.owner);
    }

    fn note(
        &mut self,
        path: PathIdx,
        says: Said,
        (first, last): (proc_macro2::Span, proc_macro2::Span),
        on: Option<ItemIdx>,
    ) {
        if self.at.definition {
            return;
        }
        let place = self.positions.locate_between(first, last);
        if place.made {
            return;
        }
        self.facts.annotations.push(AnnotationFact {
            path,
            says,
            span: place.span,
            scope: self.at.scope,
            on,
            imported: Vec::new(),
            covers: self.at.annotated,
            cfg: self.at.cfg,
            dev: self.at.dev,
        });
    }

    /// What an annotation that is found from here on speaks of, if one of the attributes is an exception: the whole item.
    pub(super) fn enter_annotated(&mut self, attributes: &[syn::Attribute], item: &dyn ToTokens) {
        if attributes.iter().any(|attribute| is_exception(&attribute.meta)) {
            self.at.annotated = self.extent(item.to_token_stream());
        }
    }

    /// What an invocation inside of something speaks of, if one is an exception: all of that, which `whole` makes tokens of.
    pub(super) fn enter_around<'s>(
        &mut self,
        mut calls: impl Iterator<Item = &'s syn::Macro>,
        whole: impl FnOnce() -> TokenStream,
    ) {
        if calls.any(|call| mentions_keys(call.tokens.clone())) {
            self.at.annotated = self.extent(whole());
        }
    }

    /// From the first to the last of tokens; without a place in the file none of it.
    fn extent(&self, tokens: TokenStream) -> Option<Span> {
        let first = tokens.clone().into_iter().next()?.span();
        let last = last_span(tokens)?;
        let (start, end) = (self.locate(first).span, self.locate(last).span);
        Some(Span {
            start: start.start.min(end.start),
            end: start.end.max(end.end),
        })
    }

    /// Says of the annotations noted since there were `before` what they stand on.
    pub(super) fn annotations_are_on(&mut self, before: usize, item: ItemIdx) {
        for annotation in &mut self.facts.annotations[before..] {
            annotation.on = Some(item);
        }
    }

    /// Says of the annotations noted since there were `before` that they stand on a `use` of these names.
    pub(super) fn annotations_are_on_imports(&mut self, before: usize, names: &[Name]) {
        for annotation in &mut self.facts.annotations[before..] {
            annotation.imported = names.to_vec();
        }
    }
}

/// What arguments say, if they are those of an annotation.
fn said(tokens: &TokenStream) -> Option<Said> {
    if tokens.is_empty() {
        return Some(Said::Nothing);
    }
    if let Some(text) = one_text(tokens.clone()) {
        return Some(Said::Text(text.into()));
    }
    if !mentions_keys(tokens.clone()) {
        return None;
    }
    let pairs = Punctuated::<syn::MetaNameValue, syn::Token![,]>::parse_terminated
        .parse2(tokens.clone())
        .ok()?;
    let mut values: [Option<Box<str>>; 4] = Default::default();
    for pair in pairs {
        let at = KEYS.iter().position(|key| pair.path.is_ident(key))?;
        values[at] = Some(super::attributes::literal_text(&pair.value)?.into());
    }
    Some(Said::Exception(values))
}

/// The one text that the tokens are, behind the groups that macros put around what they substitute.
fn one_text(tokens: TokenStream) -> Option<String> {
    let mut trees = tokens.into_iter();
    let (first, None) = (trees.next()?, trees.next()) else {
        return None;
    };
    match first {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => one_text(group.stream()),
        TokenTree::Literal(literal) => match syn::Lit::new(literal) {
            syn::Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a key of an exception stands in front.
fn mentions_keys(tokens: TokenStream) -> bool {
    let mut trees = tokens.into_iter();
    let first = trees.next();
    let second = trees.next();
    let is_key = matches!(first, Some(TokenTree::Ident(word)) if KEYS.iter().any(|key| word == key));
    is_key && matches!(second, Some(TokenTree::Punct(equals)) if equals.as_char() == '=')
}

/// Whether an attribute has the form of an exception, or may have it under a cfg.
fn is_exception(meta: &syn::Meta) -> bool {
    let syn::Meta::List(list) = meta else { return false };
    mentions_keys(list.tokens.clone())
        || (list.path.is_ident("cfg_attr")
            && list
                .tokens
                .clone()
                .into_iter()
                .any(|tree| matches!(tree, TokenTree::Group(group) if mentions_keys(group.stream()))))
}

/// `[a-z][a-z0-9_-]*`, and `.member` behind it: anything else does not compile.
fn may_name_component(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text
            .chars()
            .all(|it| it.is_alphanumeric() || matches!(it, '_' | '-' | '.'))
}

/// The last token that stands anywhere.
fn last_span(tokens: TokenStream) -> Option<proc_macro2::Span> {
    tokens.into_iter().last().map(|tree| match tree {
        TokenTree::Group(group) => group.span_close(),
        tree => tree.span(),
    })
}
