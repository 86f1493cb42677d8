//! Which tokens may begin which fragment. The matcher asks this before it commits to a fragment, so it decides which
//! arm wins: <https://doc.rust-lang.org/reference/macros-by-example.html> and the compiler's parser are the source.
//! Not responsible for parsing the fragment.

use proc_macro2::{Delimiter, Ident};

use super::fragment::FragmentKind;
use super::lexeme::{Lexeme, read};

/// Keywords that begin an expression, besides the path segments.
const EXPRESSION_KEYWORDS: [&str; 23] = [
    "async", "await", "do", "box", "break", "builtin", "const", "continue", "dyn", "false", "for", "gen", "if", "let",
    "loop", "match", "move", "return", "static", "true", "try", "unsafe", "while",
];

/// Keywords that begin a type, besides the path segments.
const TYPE_KEYWORDS: [&str; 9] = ["_", "for", "impl", "fn", "unsafe", "extern", "typeof", "dyn", "async"];

/// Keywords that are segments of paths.
const PATH_KEYWORDS: [&str; 4] = ["self", "Self", "super", "crate"];

/// Words that are keywords in an edition in use.
const RESERVED: [&str; 52] = [
    "_", "as", "break", "const", "continue", "crate", "else", "enum", "extern", "false", "fn", "for", "if", "impl",
    "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "return", "self", "Self", "static", "struct",
    "super", "trait", "true", "type", "unsafe", "use", "where", "while", "abstract", "become", "box", "do", "final",
    "macro", "override", "priv", "typeof", "unsized", "virtual", "yield", "async", "await", "dyn", "try",
];

const EXPRESSION_OPERATORS: [&str; 15] = [
    "!", "-", "*", "|", "||", "&", "&&", "..", "...", "..=", "<", "<<", "::", "#", "<-",
];

const TYPE_OPERATORS: [&str; 8] = ["!", "*", "&", "&&", "?", "<", "<<", "::"];

const PATTERN_OPERATORS: [&str; 9] = ["&", "-", "&&", "..", "..=", "...", "::", "<", "<<"];

/// Whether a fragment of this kind may begin with this token. `None` is the end of a group or of the input, where
/// nothing begins, not even an empty visibility.
pub(super) fn can_start(kind: FragmentKind, lexeme: Option<&Lexeme<'_>>) -> bool {
    let Some(lexeme) = lexeme else { return false };
    match kind {
        FragmentKind::Ident => matches!(lexeme, Lexeme::Ident(ident) if ident != "_"),
        FragmentKind::Lifetime => matches!(lexeme, Lexeme::Lifetime(..)),
        FragmentKind::TokenTree | FragmentKind::Item | FragmentKind::Statement => true,
        FragmentKind::Block => lexeme.inside(Delimiter::Brace).is_some(),
        FragmentKind::Path | FragmentKind::Meta => matches!(lexeme, Lexeme::Ident(_)) || lexeme.is_operator("::"),
        FragmentKind::Literal => starts_literal(lexeme),
        FragmentKind::Visibility => {
            lexeme.is_operator(",") || matches!(lexeme, Lexeme::Ident(_)) || opaque(lexeme, starts_type)
        }
        FragmentKind::Type => opaque(lexeme, starts_type),
        FragmentKind::Expression => opaque(lexeme, starts_expression) && !lexeme.is_ident("let"),
        FragmentKind::Expression2021 => {
            opaque(lexeme, starts_expression) && !["let", "const", "_"].iter().any(|keyword| lexeme.is_ident(keyword))
        }
        FragmentKind::Pattern => opaque(lexeme, starts_pattern) || lexeme.is_operator("|"),
        FragmentKind::PatternWithoutAlternatives => opaque(lexeme, starts_pattern),
    }
}

/// An invisible group starts what its content starts: it was captured as a whole by another macro.
fn opaque(lexeme: &Lexeme<'_>, starts: fn(&Lexeme<'_>) -> bool) -> bool {
    let mut current = lexeme.clone();
    loop {
        match &current {
            Lexeme::Group(group, inside) if group.delimiter() == Delimiter::None => match read(*inside) {
                Some((first, _)) => current = first,
                None => return false,
            },
            _ => return starts(&current),
        }
    }
}

fn starts_literal(lexeme: &Lexeme<'_>) -> bool {
    matches!(lexeme, Lexeme::Literal(_))
        || ["true", "false"].iter().any(|word| lexeme.is_ident(word))
        || lexeme.is_operator("-")
        || lexeme.inside(Delimiter::None).is_some() && opaque(lexeme, starts_literal)
}

fn starts_expression(lexeme: &Lexeme<'_>) -> bool {
    match lexeme {
        Lexeme::Ident(ident) => ident == "_" || unreserved_or(ident, &EXPRESSION_KEYWORDS),
        Lexeme::Operator(operator) => EXPRESSION_OPERATORS.iter().any(|text| operator.is(text)),
        Lexeme::Literal(_) | Lexeme::Lifetime(..) | Lexeme::Group(..) => true,
    }
}

fn starts_type(lexeme: &Lexeme<'_>) -> bool {
    match lexeme {
        Lexeme::Ident(ident) => unreserved_or(ident, &TYPE_KEYWORDS),
        Lexeme::Operator(operator) => TYPE_OPERATORS.iter().any(|text| operator.is(text)),
        Lexeme::Lifetime(..) => true,
        Lexeme::Group(group, _) => matches!(group.delimiter(), Delimiter::Parenthesis | Delimiter::Bracket),
        Lexeme::Literal(_) => false,
    }
}

fn starts_pattern(lexeme: &Lexeme<'_>) -> bool {
    match lexeme {
        Lexeme::Ident(_) | Lexeme::Literal(_) => true,
        Lexeme::Operator(operator) => PATTERN_OPERATORS.iter().any(|text| operator.is(text)),
        Lexeme::Group(group, _) => matches!(group.delimiter(), Delimiter::Parenthesis | Delimiter::Bracket),
        Lexeme::Lifetime(..) => false,
    }
}

fn unreserved_or(ident: &Ident, keywords: &[&str]) -> bool {
    let is = |word: &&str| ident == word;
    keywords.iter().any(is) || PATH_KEYWORDS.iter().any(is) || !RESERVED.iter().any(is)
}
