//! The fragment kinds (`expr`, `ty`, ...) and how far each reaches in the arguments. `syn` parses what has a grammar;
//! only the extent is kept, the tokens stay as they were. Not responsible for whether a fragment may begin here.

use proc_macro2::{Delimiter, Group, Ident, TokenTree};
use syn::buffer::Cursor;
use syn::parse::discouraged::Speculative as _;
use syn::parse::{ParseBuffer, ParseStream};
use syn::{Attribute, Block, Expr, Item, Pat, Path, Token, Type, Visibility};

use super::error::{MacroError, MacroErrorKind};
use super::lexeme::{Lexeme, detach_end, read};
use super::limits;

/// The kind of a metavariable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FragmentKind {
    Ident,
    Path,
    Type,
    Expression,
    /// `expr_2021`: no `_` and no `const {}`.
    Expression2021,
    Pattern,
    /// `pat_param`: no `|` on the outside.
    PatternWithoutAlternatives,
    Statement,
    Block,
    Item,
    Meta,
    TokenTree,
    Visibility,
    Literal,
    Lifetime,
}

/// What a metavariable captured.
#[derive(Debug)]
pub(super) struct Fragment {
    /// What is transcribed for it.
    pub(super) trees: Vec<TokenTree>,
    /// The number of tokens, those inside groups counted.
    pub(super) size: usize,
    /// Whether it is a `let`, which ends with a semicolon that the fragment does not contain.
    pub(super) open_statement: bool,
}

impl FragmentKind {
    /// The kind that a specifier names.
    pub(super) fn named(specifier: &Ident) -> Result<Self, MacroError> {
        Ok(match specifier.to_string().as_str() {
            "ident" => Self::Ident,
            "path" => Self::Path,
            "ty" => Self::Type,
            "expr" => Self::Expression,
            "expr_2021" => Self::Expression2021,
            "pat" => Self::Pattern,
            "pat_param" => Self::PatternWithoutAlternatives,
            "stmt" => Self::Statement,
            "block" => Self::Block,
            "item" => Self::Item,
            "meta" => Self::Meta,
            "tt" => Self::TokenTree,
            "vis" => Self::Visibility,
            "literal" => Self::Literal,
            "lifetime" => Self::Lifetime,
            other => return Err(MacroError::malformed(format!("unknown fragment specifier `{other}`"))),
        })
    }

    /// Whether the extent is found by recursive descent.
    pub(super) fn is_parsed(self) -> bool {
        !matches!(self, Self::Ident | Self::TokenTree | Self::Lifetime | Self::Literal)
    }

    /// Whether precedence could break if the capture were transcribed bare.
    fn is_opaque(self) -> bool {
        matches!(self, Self::Expression | Self::Expression2021 | Self::Type)
    }

    /// Takes one fragment of this kind from the front of the input.
    pub(super) fn capture(self, input: ParseStream<'_>) -> Result<Fragment, MacroError> {
        let fork = input.fork();
        let shape = self
            .skip(&fork)
            .map_err(|error| MacroError::new(MacroErrorKind::InvalidFragment, format!("expected {self:?}: {error}")))?;
        let mut trees = between(input.cursor(), fork.cursor())
            .ok_or_else(|| MacroError::new(MacroErrorKind::InvalidFragment, "ends inside another macro's capture"))?;
        input.advance_to(&fork);
        detach_end(&mut trees);
        if self.is_opaque() && shape != Shape::Block && !stands_alone(&trees) {
            trees = vec![enclosed(trees)];
        }
        let size = limits::count(&trees);
        Ok(Fragment {
            trees,
            size,
            open_statement: shape == Shape::Let,
        })
    }

    fn skip(self, input: ParseStream<'_>) -> syn::Result<Shape> {
        match self {
            Self::Expression | Self::Expression2021 => return input.parse().map(|expr| shape(&expr)),
            Self::Statement => return skip_statement(input),
            Self::Ident | Self::TokenTree | Self::Lifetime => skip_lexeme(input),
            Self::Literal => skip_literal(input),
            Self::Path => input.parse::<Path>().map(drop),
            Self::Type => input.parse::<Type>().map(drop),
            Self::Pattern => Pat::parse_multi_with_leading_vert(input).map(drop),
            Self::PatternWithoutAlternatives => Pat::parse_single(input).map(drop),
            Self::Block => input.parse::<Block>().map(drop),
            Self::Item => input.parse::<Item>().map(drop),
            Self::Meta => skip_meta(input),
            Self::Visibility => input.parse::<Visibility>().map(drop),
        }?;
        Ok(Shape::Other)
    }
}

/// What matters about a fragment besides its extent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// An expression that ends with its own braces. It needs no invisible group to hold together, and without one it
    /// can be a statement without semicolon.
    Block,
    Let,
    Other,
}

fn shape(expr: &Expr) -> Shape {
    match expr {
        Expr::Block(_)
        | Expr::If(_)
        | Expr::Match(_)
        | Expr::Unsafe(_)
        | Expr::Loop(_)
        | Expr::While(_)
        | Expr::ForLoop(_) => Shape::Block,
        _ => Shape::Other,
    }
}

/// The token trees between two places of one stream, `None` if the second lies inside a group.
pub(super) fn between(begin: Cursor<'_>, end: Cursor<'_>) -> Option<Vec<TokenTree>> {
    let mut trees = Vec::new();
    let mut cursor = begin;
    while cursor != end {
        let (tree, rest) = cursor.token_tree()?;
        trees.push(tree);
        cursor = rest;
    }
    Some(trees)
}

/// A lone literal means the same bare, and inner macros may still see it as `literal`; an invisible group is one
/// already.
fn stands_alone(trees: &[TokenTree]) -> bool {
    match trees {
        [TokenTree::Literal(_)] => true,
        [TokenTree::Group(group)] => group.delimiter() == Delimiter::None,
        _ => false,
    }
}

fn enclosed(trees: Vec<TokenTree>) -> TokenTree {
    let first = trees.first().map(TokenTree::span);
    let last = trees.last().map(TokenTree::span);
    let mut group = Group::new(Delimiter::None, trees.into_iter().collect());
    if let (Some(first), Some(last)) = (first, last) {
        group.set_span(first.join(last).unwrap_or(first));
    }
    group.into()
}

fn skip_lexeme(input: ParseStream<'_>) -> syn::Result<()> {
    input.step(|cursor| match read(*cursor) {
        Some((_, rest)) => Ok(((), rest)),
        None => Err(cursor.error("unexpected end")),
    })
}

fn skip_literal(input: ParseStream<'_>) -> syn::Result<()> {
    input.step(|cursor| match read(*cursor) {
        Some((Lexeme::Operator(operator), rest)) if operator.is("-") => match read(rest) {
            Some((Lexeme::Literal(_) | Lexeme::Ident(_), behind)) => Ok(((), behind)),
            _ => Err(cursor.error("expected a literal")),
        },
        Some((Lexeme::Group(_, inside), rest)) if is_literal(inside) => Ok(((), rest)),
        Some((Lexeme::Literal(_) | Lexeme::Ident(_), rest)) => Ok(((), rest)),
        _ => Err(cursor.error("expected a literal")),
    })
}

/// Whether another macro's capture is a literal and nothing else.
fn is_literal(inside: Cursor<'_>) -> bool {
    let unsigned = match read(inside) {
        Some((lexeme, rest)) if lexeme.is_operator("-") => rest,
        _ => inside,
    };
    matches!(read(unsigned), Some((Lexeme::Literal(_), rest)) if rest.eof())
}

/// A statement without its semicolon, except for items, which own theirs. A lone semicolon is the empty statement.
fn skip_statement(input: ParseStream<'_>) -> syn::Result<Shape> {
    if input.peek(Token![;]) {
        return skip_lexeme(input).map(|()| Shape::Other);
    }
    let ahead = input.fork();
    Attribute::parse_outer(&ahead)?;
    if ahead.peek(Token![let]) {
        input.advance_to(&ahead);
        return skip_let(input).map(|()| Shape::Let);
    }
    if !is_item_macro_or_expression(&ahead) {
        return input.parse::<Item>().map(|_| Shape::Other);
    }
    Expr::parse_with_earlier_boundary_rule(input).map(|_| Shape::Other)
}

fn skip_let(input: ParseStream<'_>) -> syn::Result<()> {
    input.parse::<Token![let]>()?;
    Pat::parse_single(input)?;
    if input.peek(Token![:]) {
        input.parse::<Token![:]>()?;
        input.parse::<Type>()?;
    }
    if input.peek(Token![=]) {
        input.parse::<Token![=]>()?;
        input.parse::<Expr>()?;
        if input.peek(Token![else]) {
            input.parse::<Token![else]>()?;
            input.parse::<Block>()?;
        }
    }
    Ok(())
}

/// Whether what follows the attributes is no item. A bare macro call is an expression here: its semicolon is not
/// part of the fragment.
fn is_item_macro_or_expression(input: &ParseBuffer<'_>) -> bool {
    let fork = input.fork();
    match fork.parse::<Item>() {
        Ok(Item::Macro(item)) => item.ident.is_none(),
        Ok(_) => false,
        Err(_) => true,
    }
}

/// The inside of an attribute: a path and its arguments, or a path and a value.
fn skip_meta(input: ParseStream<'_>) -> syn::Result<()> {
    if input.peek(Token![unsafe]) {
        input.parse::<Token![unsafe]>()?;
        return skip_lexeme(input);
    }
    input.call(Path::parse_mod_style)?;
    if input.peek(Token![=]) && !input.peek(Token![==]) && !input.peek(Token![=>]) {
        input.parse::<Token![=]>()?;
        input.parse::<Expr>().map(drop)
    } else if matches!(read(input.cursor()), Some((Lexeme::Group(group, _), _)) if group.delimiter() != Delimiter::None)
    {
        skip_lexeme(input)
    } else {
        Ok(())
    }
}
