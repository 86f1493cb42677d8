//! Macro invocations and definitions. What the arguments name is named by the place that wrote them.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};

use archguard_invariants::graph::{ItemKind, ReferenceKind};

use super::attributes::literal_text;
use super::context::{Extractor, name_of};
use super::literals::formats_values;
use super::passing::Callee;
use crate::facts::model::{
    Certainty, IncludeFact, Included, ItemData, MacroCallFact, Named, Namespaces, PathIdx, VisibilityFact,
};

/// Macros whose arguments are no code of the place: text, or names of the environment.
const TEXT_ONLY: [&str; 8] = [
    "include_str",
    "include_bytes",
    "env",
    "option_env",
    "compile_error",
    "module_path",
    "line",
    "cfg",
];

/// Macros of the standard library whose arguments are expressions, and what usually stands in for them.
const OF_EXPRESSIONS: [&str; 26] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "dbg",
    "debug",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "eprint",
    "eprintln",
    "error",
    "format",
    "format_args",
    "info",
    "panic",
    "print",
    "println",
    "todo",
    "trace",
    "try",
    "unimplemented",
    "unreachable",
    "vec",
    "warn",
    "write",
    "writeln",
];

/// Macros whose arguments are output: they belong to whoever expands them.
const QUOTING: [&str; 5] = [
    "quote",
    "quote_spanned",
    "parse_quote",
    "parse_quote_spanned",
    "quote_with_span",
];

/// In how many calls' arguments another call's arguments are still parsed: each time they are read as a whole. Below that
/// they are only scanned for paths.
const DEEPEST_CALL: u16 = 64;

/// `matches!` and its like: an expression and a pattern.
const MATCHING: [&str; 5] = [
    "matches",
    "assert_matches",
    "debug_assert_matches",
    "assert_not_matches",
    "assert_let",
];

impl Extractor<'_> {
    /// An invocation in expression, statement, type or pattern position; the macro's path.
    pub(super) fn invocation(&mut self, call: &syn::Macro) -> PathIdx {
        let place = self.path_place(&call.path);
        let fact = self.plain_path(&call.path);
        let path = self.path_id(fact);
        self.add_path_reference(path, Namespaces::MACRO, ReferenceKind::Macro, place, Certainty::Certain);
        let Some(name) = call.path.segments.last().map(|last| name_of(&last.ident)) else {
            return path;
        };
        let to = Callee {
            named: Named::Path(path, Namespaces::MACRO),
            scope: self.at.scope,
        };
        self.within(|this| {
            this.at.calls += 1;
            this.at.formats_values = formats_values(name.as_str(), &call.tokens);
            this.at.macro_call = Some(to);
            this.arguments_of(name.as_str(), call, place.span, to);
        });
        path
    }

    fn arguments_of(&mut self, name: &str, call: &syn::Macro, span: crate::facts::model::Span, to: Callee) {
        match name {
            "concat" => self.concatenated(&call.tokens),
            "stringify" => self.stringified(&call.tokens),
            text if TEXT_ONLY.contains(&text) || QUOTING.contains(&text) => {}
            "include" => self.include(&call.tokens, span),
            _ if self.at.calls > DEEPEST_CALL => self.scan_only(call.tokens.clone()),
            text if MATCHING.contains(&text) => self.matching_arguments(call.tokens.clone()),
            text if OF_EXPRESSIONS.contains(&text) => {
                self.exposing(false, |this| this.expressions_of(call.tokens.clone()));
            }
            _ => self.exposing(false, |this| this.arguments(call.tokens.clone(), Some(to))),
        }
    }

    /// Arguments that are expressions; anything else if they do not read as such.
    fn expressions_of(&mut self, tokens: TokenStream) {
        match argument_list.parse2(tokens.clone()) {
            Ok(arguments) => arguments.iter().for_each(|argument| {
                self.expression(argument);
            }),
            Err(_) => self.arguments(tokens, None),
        }
    }

    /// Arguments of a macro whose grammar is not known: expressions, else statements, else whatever paths their tokens
    /// spell.
    pub(super) fn arguments(&mut self, tokens: TokenStream, to: Option<Callee>) {
        self.within(|this| {
            this.at.arguments = true;
            this.arguments_as_they_read(tokens, to);
        });
    }

    fn arguments_as_they_read(&mut self, tokens: TokenStream, to: Option<Callee>) {
        if tokens.is_empty() {
            return;
        }
        if let Ok(arguments) = argument_list.parse2(tokens.clone()) {
            for argument in arguments {
                // A name alone may be a word of the macro's own language.
                let word = matches!(&argument, syn::Expr::Path(path) if path.path.get_ident().is_some());
                self.within(|this| {
                    this.at.tentative |= word;
                    let value = this.expression(&argument);
                    this.note_passed(&argument, value, None, to);
                });
            }
        } else if let Ok(statements) = syn::Block::parse_within.parse2(tokens.clone()) {
            self.within(|this| this.block_of_locals(|this| this.statements(&statements)));
        } else {
            self.scan_tokens(tokens);
        }
    }

    fn matching_arguments(&mut self, tokens: TokenStream) {
        match matching_list.parse2(tokens.clone()) {
            Ok((value, pattern, guard, rest)) => self.block_of_locals(|this| {
                let value = this.expression(&value);
                this.bind(&pattern, value);
                for expr in guard.iter().chain(&rest) {
                    this.expression(expr);
                }
            }),
            Err(_) => self.arguments(tokens, None),
        }
    }

    fn include(&mut self, tokens: &TokenStream, span: crate::facts::model::Span) {
        let what = included(tokens);
        let include = IncludeFact {
            what,
            scope: self.at.scope,
            owner: self.at.owner,
            span,
            cfg: self.at.cfg,
            dev: self.at.dev,
        };
        self.facts.includes.push(include);
    }

    /// A macro in item position: a definition, an `include!`, or an invocation that may declare items.
    pub(super) fn item_macro(&mut self, item: &syn::ItemMacro) {
        self.enter_item_attributes(&item.attrs);
        if let Some(ident) = &item.ident {
            self.macro_rules(ident, item);
            return;
        }
        self.attribute_references(&item.attrs);
        self.item_call(&item.mac);
    }

    /// An invocation that may declare items in the scope here.
    pub(super) fn item_call(&mut self, call: &syn::Macro) {
        let place = self.path_place(&call.path);
        let fact = self.plain_path(&call.path);
        let path = self.path_id(fact);
        self.add_path_reference(path, Namespaces::MACRO, ReferenceKind::Macro, place, Certainty::Certain);
        if call.path.segments.last().is_some_and(|last| last.ident == "include") {
            self.include(&call.tokens, place.span);
            return;
        }
        self.note_invocation(path, call);
        let fact = MacroCallFact {
            path,
            arguments: self.call_text(call),
            span: place.span,
            cfg: self.at.cfg,
            dev: self.at.dev,
            container: self.container(),
            owner: self.at.owner,
            parameters: self.parameters.iter().map(|parameter| parameter.name).collect(),
        };
        self.facts.scopes[self.at.scope.index()].calls.push(fact);
    }

    /// A macro among the members of an impl or trait.
    pub(super) fn member_macro(&mut self, attributes: &[syn::Attribute], call: &syn::Macro) {
        self.enter_item_attributes(attributes);
        self.attribute_references(attributes);
        self.item_call(call);
    }

    fn macro_rules(&mut self, ident: &syn::Ident, item: &syn::ItemMacro) {
        let exported = item
            .attrs
            .iter()
            .any(|attribute| attribute.path().is_ident("macro_export"));
        let visibility = if exported {
            VisibilityFact::Public
        } else {
            VisibilityFact::Crate
        };
        let text = self.call_text(&item.mac);
        let body_start = text.pieces.first().map_or(0, |piece| piece.file_start);
        let data = ItemData::Macro {
            body: text.text,
            body_start,
            decl_macro: false,
            exported,
        };
        self.begin(ident, ItemKind::Macro, visibility, data);
        self.attribute_references(&item.attrs);
        self.at.definition = true;
        self.macro_body(item.mac.tokens.clone());
    }

    /// The outputs of a macro's arms are the macro's references.
    fn macro_body(&mut self, tokens: TokenStream) {
        let mut after_arrow = false;
        for tree in tokens {
            match tree {
                TokenTree::Punct(punct) if punct.as_char() == '>' => after_arrow = true,
                TokenTree::Group(group) if after_arrow => {
                    after_arrow = false;
                    self.scan_tokens(group.stream());
                }
                _ => {}
            }
        }
    }

    /// `macro name(..) { .. }`, which the parser keeps as tokens. Whether it was one.
    pub(super) fn decl_macro(&mut self, tokens: &TokenStream) -> bool {
        let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
        let keyword = trees
            .windows(2)
            .position(|pair| matches!(pair, [TokenTree::Ident(word), TokenTree::Ident(_)] if word == "macro"));
        let Some(keyword) = keyword else { return false };
        let TokenTree::Ident(name) = &trees[keyword + 1] else {
            return false;
        };
        let public = trees[..keyword]
            .iter()
            .any(|tree| matches!(tree, TokenTree::Ident(word) if word == "pub"));
        let rest: TokenStream = trees[keyword + 2..].iter().cloned().collect();
        let data = ItemData::Macro {
            body: rest.to_string().into(),
            body_start: 0,
            decl_macro: true,
            exported: false,
        };
        let visibility = if public {
            VisibilityFact::Public
        } else {
            VisibilityFact::Private
        };
        self.within(|this| {
            this.begin(name, ItemKind::Macro, visibility, data);
            this.at.definition = true;
            for tree in &trees[keyword + 2..] {
                if let TokenTree::Group(group) = tree
                    && group.delimiter() == Delimiter::Brace
                {
                    this.scan_tokens(group.stream());
                }
            }
        });
        true
    }
}

/// `a, name = b; c`: expressions between commas or semicolons, with optional names.
pub(super) fn argument_list(input: ParseStream<'_>) -> syn::Result<Vec<syn::Expr>> {
    let mut arguments = Vec::new();
    while !input.is_empty() {
        if input.peek(syn::Ident) && input.peek2(syn::Token![=]) && !input.peek2(syn::Token![==]) {
            input.parse::<syn::Ident>()?;
            input.parse::<syn::Token![=]>()?;
        }
        arguments.push(input.parse()?);
        if input.is_empty() {
            break;
        }
        if input.peek(syn::Token![;]) {
            input.parse::<syn::Token![;]>()?;
        } else {
            input.parse::<syn::Token![,]>()?;
        }
    }
    Ok(arguments)
}

type Matching = (syn::Expr, syn::Pat, Option<syn::Expr>, Vec<syn::Expr>);

fn matching_list(input: ParseStream<'_>) -> syn::Result<Matching> {
    let value = input.parse()?;
    input.parse::<syn::Token![,]>()?;
    let pattern = syn::Pat::parse_multi_with_leading_vert(input)?;
    let guard = if input.peek(syn::Token![if]) {
        input.parse::<syn::Token![if]>()?;
        Some(input.parse()?)
    } else {
        None
    };
    if !input.is_empty() {
        input.parse::<syn::Token![,]>()?;
    }
    let rest = argument_list(input)?;
    Ok((value, pattern, guard, rest))
}

/// The file that the arguments of an `include!`, or of a macro like it, name.
pub(crate) fn included(tokens: &TokenStream) -> Included {
    let Ok(expr) = syn::parse2::<syn::Expr>(tokens.clone()) else {
        return Included::Computed;
    };
    if let Some(path) = literal_text(&expr) {
        return Included::Literal(path.into());
    }
    let syn::Expr::Macro(concat) = &expr else {
        return Included::Computed;
    };
    if !concat.mac.path.is_ident("concat") {
        return Included::Computed;
    }
    let Ok(parts) = argument_list.parse2(concat.mac.tokens.clone()) else {
        return Included::Computed;
    };
    let [syn::Expr::Macro(environment), rest @ ..] = parts.as_slice() else {
        return Included::Computed;
    };
    let texts: Option<Vec<String>> = rest.iter().map(literal_text).collect();
    let (Some(texts), Ok(variable)) = (texts, syn::parse2::<syn::LitStr>(environment.mac.tokens.clone())) else {
        return Included::Computed;
    };
    let below = texts.concat().trim_start_matches(['/', '\\']).to_owned();
    match variable.value().as_str() {
        "OUT_DIR" => Included::OutDir(below.into()),
        "CARGO_MANIFEST_DIR" => Included::ManifestDir(below.into()),
        _ => Included::Computed,
    }
}
