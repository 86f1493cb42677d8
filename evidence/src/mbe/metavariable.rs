//! Metavariable expressions: `${count($x)}`, `${ignore($x)}`, `${index()}`, `${len()}`, `${concat(a, $x)}`
//! (RFC 3086). Not responsible for the iteration in which they are asked.

use proc_macro2::{Delimiter, Ident, Literal, Span, TokenTree};
use syn::buffer::Cursor;
use syn::ext::IdentExt as _;
use syn::parse::Parser as _;

use super::bindings::{Binding, Iteration};
use super::error::MacroError;
use super::lexeme::{Lexeme, read};

/// The variables that a transcriber may use.
pub(super) struct Scope<'a> {
    pub(super) variables: &'a [String],
}

impl Scope<'_> {
    pub(super) fn variable(&self, name: &Ident) -> Option<usize> {
        self.variables.iter().position(|variable| name == variable)
    }

    fn required(&self, name: &Ident) -> Result<usize, MacroError> {
        self.variable(name)
            .ok_or_else(|| MacroError::malformed(format!("`${name}` is not a variable of the arm")))
    }
}

/// A parsed metavariable expression.
#[derive(Debug)]
pub(super) enum MetaExpression {
    Count { variable: usize, depth: Option<usize> },
    Ignore { variable: usize },
    Index { depth: usize },
    Length { depth: usize },
    Concat(Vec<Part>),
}

/// A piece of `${concat(..)}`.
#[derive(Debug)]
pub(super) enum Part {
    Text(String),
    Variable(usize),
}

/// An argument of a metavariable expression.
enum Argument {
    Variable(Ident),
    Word(Ident),
    Literal(Literal),
}

impl MetaExpression {
    /// Parses the tokens between `${` and `}`.
    pub(super) fn parse(cursor: Cursor<'_>, scope: &Scope<'_>) -> Result<Self, MacroError> {
        let unreadable = || MacroError::malformed("a metavariable expression is `${ name(arguments) }`");
        let Some((Lexeme::Ident(name), rest)) = read(cursor) else {
            return Err(unreadable());
        };
        let Some((Lexeme::Group(group, inside), behind)) = read(rest) else {
            return Err(unreadable());
        };
        if group.delimiter() != Delimiter::Parenthesis || !behind.eof() {
            return Err(unreadable());
        }
        let arguments = arguments(inside)?;
        match (name.to_string().as_str(), arguments.as_slice()) {
            ("count", [variable]) => Ok(Self::Count {
                variable: variable.variable(scope)?,
                depth: None,
            }),
            ("count", [variable, depth]) => Ok(Self::Count {
                variable: variable.variable(scope)?,
                depth: Some(depth.number()?),
            }),
            ("ignore", [variable]) => Ok(Self::Ignore {
                variable: variable.variable(scope)?,
            }),
            ("index", []) => Ok(Self::Index { depth: 0 }),
            ("index", [depth]) => Ok(Self::Index { depth: depth.number()? }),
            ("len" | "length", []) => Ok(Self::Length { depth: 0 }),
            ("len" | "length", [depth]) => Ok(Self::Length { depth: depth.number()? }),
            ("concat", parts) => parts
                .iter()
                .map(|part| part.part(scope))
                .collect::<Result<_, _>>()
                .map(Self::Concat),
            (other, _) => Err(MacroError::malformed(format!(
                "unknown metavariable expression `{other}`"
            ))),
        }
    }

    /// The variables that it asks for, which drive the repetition around it.
    pub(super) fn variables(&self) -> Vec<usize> {
        match self {
            Self::Count { variable, .. } | Self::Ignore { variable } => vec![*variable],
            Self::Index { .. } | Self::Length { .. } => Vec::new(),
            Self::Concat(parts) => parts
                .iter()
                .filter_map(|part| match part {
                    Part::Variable(variable) => Some(*variable),
                    Part::Text(_) => None,
                })
                .collect(),
        }
    }

    /// What it stands for at this iteration of the repetitions around it.
    pub(super) fn evaluate(
        &self,
        bindings: &[Binding],
        iterations: &[Iteration],
        span: Span,
    ) -> Result<Option<TokenTree>, MacroError> {
        let number = match self {
            Self::Ignore { .. } => return Ok(None),
            Self::Concat(parts) => return concat(parts, bindings, iterations, span).map(Some),
            Self::Count { variable, depth } => count(&bindings[*variable], *depth, iterations)?,
            Self::Index { depth } => iteration(iterations, *depth)?.index,
            Self::Length { depth } => iteration(iterations, *depth)?.length,
        };
        let mut literal = Literal::usize_unsuffixed(number);
        literal.set_span(span);
        Ok(Some(literal.into()))
    }
}

impl Argument {
    fn variable(&self, scope: &Scope<'_>) -> Result<usize, MacroError> {
        match self {
            Self::Variable(name) | Self::Word(name) => scope.required(name),
            Self::Literal(_) => Err(MacroError::malformed("a metavariable expression asks for a variable")),
        }
    }

    fn number(&self) -> Result<usize, MacroError> {
        match self {
            Self::Literal(literal) => literal.to_string().parse().ok(),
            _ => None,
        }
        .ok_or_else(|| MacroError::malformed("the depth in a metavariable expression is a plain number"))
    }

    fn part(&self, scope: &Scope<'_>) -> Result<Part, MacroError> {
        Ok(match self {
            Self::Variable(name) => Part::Variable(scope.required(name)?),
            Self::Word(word) => Part::Text(word.unraw().to_string()),
            Self::Literal(literal) => Part::Text(literal_text(literal)),
        })
    }
}

fn arguments(mut cursor: Cursor<'_>) -> Result<Vec<Argument>, MacroError> {
    let unreadable = || MacroError::malformed("arguments of a metavariable expression are names and literals");
    let mut arguments = Vec::new();
    while let Some((lexeme, rest)) = read(cursor) {
        let (argument, behind) = match lexeme {
            Lexeme::Ident(word) => (Argument::Word(word), rest),
            Lexeme::Literal(literal) => (Argument::Literal(literal), rest),
            dollar if dollar.is_operator("$") => match read(rest) {
                Some((Lexeme::Ident(name), behind)) => (Argument::Variable(name), behind),
                _ => return Err(unreadable()),
            },
            _ => return Err(unreadable()),
        };
        arguments.push(argument);
        cursor = match read(behind) {
            Some((comma, next)) if comma.is_operator(",") => next,
            None => behind,
            Some(_) => return Err(unreadable()),
        };
    }
    Ok(arguments)
}

/// The characters of a string or the text of another literal.
fn literal_text(literal: &Literal) -> String {
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(text) => text.value(),
        syn::Lit::Char(character) => character.value().to_string(),
        _ => literal.to_string(),
    }
}

fn iteration(iterations: &[Iteration], depth: usize) -> Result<Iteration, MacroError> {
    iterations
        .iter()
        .rev()
        .nth(depth)
        .copied()
        .ok_or_else(|| MacroError::repetition(format!("there is no repetition {depth} levels up")))
}

fn count(binding: &Binding, depth: Option<usize>, iterations: &[Iteration]) -> Result<usize, MacroError> {
    match binding.at(iterations) {
        Some(sequence @ Binding::Sequence(_)) => Ok(count_below(sequence, depth)),
        _ => Err(MacroError::repetition(
            "`count` asks for a variable that does not repeat here",
        )),
    }
}

/// The number of captures, or of the iterations this many levels down.
fn count_below(binding: &Binding, depth: Option<usize>) -> usize {
    match (binding, depth) {
        (Binding::Fragment(_), _) => 1,
        (Binding::Sequence(values), Some(0)) => values.len(),
        (Binding::Sequence(values), _) => values
            .iter()
            .map(|value| count_below(value, depth.map(|depth| depth - 1)))
            .sum(),
    }
}

fn concat(parts: &[Part], bindings: &[Binding], iterations: &[Iteration], span: Span) -> Result<TokenTree, MacroError> {
    let mut text = String::new();
    for part in parts {
        match part {
            Part::Text(word) => text.push_str(word),
            Part::Variable(variable) => text.push_str(&captured_text(&bindings[*variable], iterations)?),
        }
    }
    let unusable = |_| MacroError::malformed(format!("`concat` yields `{text}`, which is no identifier"));
    let mut ident = Ident::parse_any.parse_str(&text).map_err(unusable)?;
    ident.set_span(span);
    Ok(ident.into())
}

fn captured_text(binding: &Binding, iterations: &[Iteration]) -> Result<String, MacroError> {
    let Some(Binding::Fragment(fragment)) = binding.at(iterations) else {
        return Err(MacroError::repetition(
            "`concat` asks for a variable that still repeats",
        ));
    };
    match fragment.trees.as_slice() {
        [TokenTree::Ident(ident)] => Ok(ident.unraw().to_string()),
        [TokenTree::Literal(literal)] => Ok(literal_text(literal)),
        _ => Err(MacroError::malformed("`concat` joins identifiers and literals only")),
    }
}
