//! String literals that may be SQL: what they say is told later, once for each text, and only if somebody asks.

use proc_macro2::{Literal, TokenStream, TokenTree};
use syn::parse::Parser;

use super::context::Extractor;
use super::entry::Depth;
use super::invocations::argument_list;
use crate::facts::model::{LiteralFact, Span};
use crate::facts::positions::Located;
use crate::sql::{may_begin, placeholders};

/// Macros whose first string is a template that makes a text of its arguments.
const MAKING_TEXT: [&str; 6] = ["format", "format_args", "formatdoc", "formatcp", "write", "writeln"];

impl Extractor<'_> {
    /// A literal of any kind.
    pub(super) fn literal(&mut self, literal: &syn::Lit) {
        let token = match literal {
            syn::Lit::Str(text) => text.token(),
            syn::Lit::ByteStr(text) => text.token(),
            syn::Lit::CStr(text) => text.token(),
            _ => return,
        };
        self.literal_token(&token);
    }

    /// A literal of any kind, as a token.
    pub(super) fn literal_token(&mut self, literal: &Literal) {
        if self.depth != Depth::Everything {
            return;
        }
        let written = literal.to_string();
        let inside = inside_quotes(&written);
        let commented = inside.starts_with("--") || inside.starts_with("/*");
        if !commented && !may_begin(inside) {
            return;
        }
        // Where a comment ends, only the text with its escapes told says.
        let Some(text) = text_of(literal).filter(|text| !commented || may_begin(text)) else {
            return;
        };
        let place = on_first_line(self.locate(literal.span()), &written);
        self.add_literal(text, place);
    }

    /// `concat!(..)`: one text, with a place for whatever is no literal.
    pub(super) fn concatenated(&mut self, tokens: &TokenStream) {
        let parts: Vec<TokenTree> = tokens.clone().into_iter().collect();
        let (Some(first), true) = (parts.first(), self.depth == Depth::Everything) else {
            return;
        };
        let texts: String = parts.split(is_comma).map(part).collect();
        if may_begin(&texts) {
            let place = on_first_line(self.locate(first.span()), &first.to_string());
            self.add_literal(texts, place);
        }
    }

    /// `stringify!(..)`: the tokens as a text.
    pub(super) fn stringified(&mut self, tokens: &TokenStream) {
        let Some(first) = tokens.clone().into_iter().next() else {
            return;
        };
        if self.depth == Depth::Everything && may_begin(&format!("{first} ")) {
            let place = self.locate(first.span());
            self.add_literal(tokens.to_string(), place);
        }
    }

    fn add_literal(&mut self, text: String, place: Located) {
        if place.made {
            return;
        }
        self.code.literals.push(LiteralFact {
            text: text.into(),
            formatted: self.at.formats_values,
            span: place.span,
            scope: self.at.scope,
            owner: self.at.owner,
            cfg: self.at.cfg,
            exposed: self.at.exposed,
            dev: self.at.dev,
            foreign: place.foreign,
        });
    }
}

/// Of a literal of several lines the first one is shown.
pub(super) fn on_first_line(place: Located, written: &str) -> Located {
    match written.split_once('\n') {
        Some((line, _)) if !place.foreign => Located {
            span: Span {
                start: place.span.start,
                end: place
                    .span
                    .end
                    .min(place.span.start + line.trim_end().chars().count() as u32),
            },
            ..place
        },
        _ => place,
    }
}

/// Whether a macro's call formats values into SQL that it makes.
pub(super) fn formats_values(name: &str, tokens: &TokenStream) -> bool {
    let begins =
        |tree: TokenTree| matches!(tree, TokenTree::Literal(text) if may_begin(inside_quotes(&text.to_string())));
    makes_text(name) && tokens.clone().into_iter().any(begins) && template_of_values(tokens).is_some()
}

/// Whether a macro makes a text of a template and its arguments.
pub(super) fn makes_text(name: &str) -> bool {
    MAKING_TEXT.contains(&name)
}

/// The template among a macro's arguments, if values are put into it. What is written in capitals is a
/// constant, which nobody outside can choose.
pub(super) fn template_of_values(tokens: &TokenStream) -> Option<Literal> {
    let arguments = argument_list.parse2(tokens.clone()).ok()?;
    let mut arguments = arguments.iter();
    let template = arguments.find_map(|argument| match argument {
        syn::Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Str(text),
            ..
        }) => Some(text),
        _ => None,
    })?;
    let constant: Vec<bool> = arguments.map(is_constant).collect();
    let text = template.value();
    let places = placeholders(&text);
    let mut next = 0..;
    let mut values = places.iter().filter(|place| !place.doubled).map(|place| {
        let number = match place.name {
            "" => next.next(),
            name => name.parse().ok(),
        };
        match number {
            Some(number) => !constant.get(number).copied().unwrap_or_default(),
            None => !in_capitals(place.name),
        }
    });
    values.any(|is_value| is_value).then(|| template.token())
}

fn is_constant(argument: &syn::Expr) -> bool {
    match argument {
        syn::Expr::Path(path) => {
            let last = path.path.segments.last();
            last.is_some_and(|last| in_capitals(&last.ident.to_string()))
        }
        syn::Expr::Reference(inner) => is_constant(&inner.expr),
        syn::Expr::Lit(_) => true,
        _ => false,
    }
}

fn in_capitals(name: &str) -> bool {
    name.chars()
        .all(|letter| letter.is_uppercase() || letter.is_numeric() || letter == '_')
}

fn is_comma(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ',')
}

/// A part of `concat!`: its text, that of a `concat!` in it, or a place.
fn part(tokens: &[TokenTree]) -> String {
    match tokens {
        [] => String::new(),
        [TokenTree::Literal(literal)] => text_of(literal).unwrap_or_else(|| literal.to_string()),
        [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Group(group)] if name == "concat" => {
            let parts: Vec<TokenTree> = group.stream().into_iter().collect();
            parts.split(is_comma).map(part).collect()
        }
        [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Group(group)] if name == "stringify" => {
            group.stream().to_string()
        }
        _ => "{}".to_owned(),
    }
}

/// What a string literal says; escapes told.
fn text_of(literal: &Literal) -> Option<String> {
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(text) => Some(text.value()),
        syn::Lit::ByteStr(text) => Some(String::from_utf8_lossy(&text.value()).into_owned()),
        syn::Lit::CStr(text) => Some(text.value().to_string_lossy().into_owned()),
        _ => None,
    }
}

/// What is written between the quotes, as far as its beginning matters: escapes there are those of line ends.
fn inside_quotes(written: &str) -> &str {
    let Some(quote) = written.find('"').filter(|&at| at < 260) else {
        return "";
    };
    let mut text = &written[quote + 1..];
    while let Some(rest) = ["\\n", "\\t", "\\r", "\\\n", "\\\r"]
        .iter()
        .find_map(|escape| text.strip_prefix(escape))
    {
        text = rest.trim_start();
    }
    text.trim_end_matches(['"', '#'])
}
