//! Reads tokens the way macro matching sees them: `=>`, `::` or `'a` are one token each, although `proc_macro2` keeps
//! them as several. Not responsible for what a token means.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use smallvec::{SmallVec, smallvec};
use syn::buffer::Cursor;

/// The operators of more than one character, as the compiler's lexer glues them, longest first.
const OPERATORS: [&str; 24] = [
    "<<=", ">>=", "...", "..=", "&&", "||", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "%=", "^=", "&=", "|=",
    "<<", ">>", "..", "::", "->", "=>",
];

/// One token of the macro grammar.
#[derive(Clone)]
pub(super) enum Lexeme<'a> {
    Ident(Ident),
    Lifetime(Punct, Ident),
    Literal(Literal),
    Operator(Operator),
    Group(TokenGroup, Cursor<'a>),
}

/// A group with its delimiter read once. Asking the lexer's own type again and again inside the matcher's loop was
/// compiled to a load ahead of the check that the token is a group at all, and crashed (rustc 1.95, optimised builds).
#[derive(Clone)]
pub(super) struct TokenGroup {
    delimiter: Delimiter,
    group: Group,
}

impl TokenGroup {
    fn new(group: Group) -> Self {
        Self {
            delimiter: group.delimiter(),
            group,
        }
    }

    pub(super) fn delimiter(&self) -> Delimiter {
        self.delimiter
    }

    pub(super) fn span(&self) -> Span {
        self.group.span()
    }

    pub(super) fn stream(&self) -> TokenStream {
        self.group.stream()
    }
}

impl From<TokenGroup> for TokenTree {
    fn from(group: TokenGroup) -> Self {
        group.group.into()
    }
}

/// An operator with the characters it was glued from.
#[derive(Clone)]
pub(super) struct Operator {
    puncts: SmallVec<[Punct; 3]>,
}

/// A token without its place: what a matcher compares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Terminal {
    Ident(String),
    Lifetime(String),
    Literal(String),
    Operator(String),
}

/// The next token and the cursor behind it, `None` at the end of the group.
pub(super) fn read(cursor: Cursor<'_>) -> Option<(Lexeme<'_>, Cursor<'_>)> {
    let (tree, rest) = cursor.token_tree()?;
    Some(match tree {
        TokenTree::Ident(ident) => (Lexeme::Ident(ident), rest),
        TokenTree::Literal(literal) => (Lexeme::Literal(literal), rest),
        TokenTree::Group(group) => {
            let inside = cursor.any_group().map_or(Cursor::empty(), |(inside, ..)| inside);
            (Lexeme::Group(TokenGroup::new(group), inside), rest)
        }
        TokenTree::Punct(punct) => read_punct(punct, rest),
    })
}

fn read_punct(first: Punct, rest: Cursor<'_>) -> (Lexeme<'_>, Cursor<'_>) {
    if first.as_char() == '\'' {
        return match rest.token_tree() {
            Some((TokenTree::Ident(name), behind)) => (Lexeme::Lifetime(first, name), behind),
            _ => (Lexeme::Operator(Operator::of(first)), rest),
        };
    }
    if first.spacing() == Spacing::Alone {
        return (Lexeme::Operator(Operator::of(first)), rest);
    }
    let mut puncts: SmallVec<[Punct; 3]> = smallvec![first];
    let mut ends: SmallVec<[Cursor<'_>; 3]> = smallvec![rest];
    while puncts.len() < 3 && puncts[puncts.len() - 1].spacing() == Spacing::Joint {
        match ends[ends.len() - 1].token_tree() {
            Some((TokenTree::Punct(next), behind)) if next.as_char() != '\'' => {
                puncts.push(next);
                ends.push(behind);
            }
            _ => break,
        }
    }
    let begins_with = |operator: &str| {
        let mut here = puncts.iter().map(Punct::as_char);
        operator.chars().all(|wanted| here.next() == Some(wanted))
    };
    let length = OPERATORS
        .iter()
        .find(|operator| begins_with(operator))
        .map_or(1, |operator| operator.len());
    puncts.truncate(length);
    (Lexeme::Operator(Operator { puncts }), ends[length - 1])
}

impl Lexeme<'_> {
    /// Whether this is what a matcher wants.
    pub(super) fn is_terminal(&self, terminal: &Terminal) -> bool {
        match (self, terminal) {
            (Self::Ident(ident), Terminal::Ident(wanted)) => ident == wanted,
            (Self::Lifetime(_, name), Terminal::Lifetime(wanted)) => name == wanted,
            (Self::Literal(literal), Terminal::Literal(wanted)) => literal.to_string() == *wanted,
            (Self::Operator(operator), Terminal::Operator(wanted)) => operator.is(wanted),
            _ => false,
        }
    }

    /// What a matcher compares, `None` for a group.
    pub(super) fn terminal(&self) -> Option<Terminal> {
        Some(match self {
            Self::Ident(ident) => Terminal::Ident(ident.to_string()),
            Self::Lifetime(_, name) => Terminal::Lifetime(name.to_string()),
            Self::Literal(literal) => Terminal::Literal(literal.to_string()),
            Self::Operator(operator) => Terminal::Operator(operator.text()),
            Self::Group(..) => return None,
        })
    }

    pub(super) fn is_operator(&self, text: &str) -> bool {
        matches!(self, Self::Operator(operator) if operator.is(text))
    }

    pub(super) fn is_ident(&self, text: &str) -> bool {
        matches!(self, Self::Ident(ident) if ident == text)
    }

    /// The group's content if the token is a group with this delimiter.
    pub(super) fn inside(&self, delimiter: Delimiter) -> Option<&TokenGroup> {
        match self {
            Self::Group(group, _) if group.delimiter() == delimiter => Some(group),
            _ => None,
        }
    }

    /// The tokens as they stood, spans and all.
    pub(super) fn into_trees(self) -> Vec<TokenTree> {
        match self {
            Self::Ident(ident) => vec![ident.into()],
            Self::Lifetime(quote, name) => vec![quote.into(), name.into()],
            Self::Literal(literal) => vec![literal.into()],
            Self::Operator(operator) => operator.puncts.into_iter().map(TokenTree::from).collect(),
            Self::Group(group, _) => vec![group.into()],
        }
    }
}

impl Operator {
    fn of(punct: Punct) -> Self {
        Self {
            puncts: smallvec![punct],
        }
    }

    pub(super) fn text(&self) -> String {
        self.puncts.iter().map(Punct::as_char).collect()
    }

    pub(super) fn is(&self, text: &str) -> bool {
        self.puncts.iter().map(Punct::as_char).eq(text.chars())
    }
}

/// Cuts the last character loose from whatever will follow it. Two operators that were apart must not become one
/// because an expansion put them side by side (`&` before a captured `&x`).
pub(super) fn detach_end(trees: &mut [TokenTree]) {
    if let Some(TokenTree::Punct(last)) = trees.last_mut()
        && last.spacing() == Spacing::Joint
        && last.as_char() != '\''
    {
        let span = last.span();
        *last = Punct::new(last.as_char(), Spacing::Alone);
        last.set_span(span);
    }
}
