//! A macro's arms: read from a definition, tried in order on an invocation. Not responsible for the parts of an arm.

use proc_macro2::{Delimiter, TokenStream};
use syn::buffer::{Cursor, TokenBuffer};
use syn::parse::{ParseStream, Parser as _};

use super::error::{MacroError, MacroErrorKind};
use super::lexeme::{Lexeme, read};
use super::limits::{MAX_TOKENS, Nesting};
use super::matching::{Given, match_arguments};
use super::metavariable::Scope;
use super::pattern::Pattern;
use super::template::{self, Node};
use super::transcribe::transcribe;

/// A macro by example, ready to expand invocations.
///
/// It holds spans, so it stays on the thread that lexed it.
#[derive(Debug)]
pub struct MacroDefinition {
    arms: Vec<Arm>,
}

/// What an invocation expands to.
#[derive(Debug)]
pub struct Expansion {
    /// The tokens, each with the span of the arguments' or the definition's token that it is.
    pub tokens: TokenStream,
    /// The arm that matched, counted from zero in the order of the definition.
    pub arm: usize,
}

#[derive(Debug)]
struct Arm {
    pattern: Pattern,
    template: Vec<Node>,
    /// False for an arm that serves as attribute or derive (`attr(..) (..) => {..}`), which no `name!` reaches.
    callable: bool,
}

impl MacroDefinition {
    /// Reads the tokens between the outer delimiters of `macro_rules! name { (..) => {..}; .. }`.
    ///
    /// # Examples
    ///
    /// ```
    /// use archguard_evidence::mbe::MacroDefinition;
    ///
    /// let body = "($name:ident) => { pub mod $name; };".parse()?;
    /// let definition = MacroDefinition::parse(body)?;
    /// let expansion = definition.expand("routes".parse()?)?;
    /// assert_eq!(expansion.tokens.to_string(), "pub mod routes ;");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn parse(body: TokenStream) -> Result<Self, MacroError> {
        Nesting::measure(&body).check("the definition")?;
        let buffer = TokenBuffer::new2(body);
        Self::from_arms(buffer.begin())
    }

    /// Reads what follows the name in `macro name($x:expr) { .. }` or `macro name { (..) => {..}, .. }`.
    pub fn parse_decl_macro(rest: TokenStream) -> Result<Self, MacroError> {
        Nesting::measure(&rest).check("the definition")?;
        let buffer = TokenBuffer::new2(rest);
        let unreadable = || MacroError::malformed("a declarative macro is `macro name(..) {..}` or `macro name {..}`");
        match read(buffer.begin()) {
            Some((Lexeme::Group(group, inside), rest)) if group.delimiter() == Delimiter::Brace && rest.eof() => {
                Self::from_arms(inside)
            }
            Some((Lexeme::Group(group, matcher), rest)) if group.delimiter() == Delimiter::Parenthesis => {
                match read(rest) {
                    Some((Lexeme::Group(_, transcriber), behind)) if behind.eof() => Ok(Self {
                        arms: vec![Arm::parse(matcher, transcriber, true)?],
                    }),
                    _ => Err(unreadable()),
                }
            }
            _ => Err(unreadable()),
        }
    }

    /// The number of arms.
    pub fn arms(&self) -> usize {
        self.arms.len()
    }

    /// Expands one invocation: `arguments` are the tokens between its delimiters.
    pub fn expand(&self, arguments: TokenStream) -> Result<Expansion, MacroError> {
        self.expand_within(arguments, MAX_TOKENS)
    }

    /// Expands an invocation that another expansion made and that was printed since: fragments that were captured empty
    /// are lost in it.
    pub fn expand_printed(&self, arguments: TokenStream) -> Result<Expansion, MacroError> {
        self.expand_given(arguments, MAX_TOKENS, true)
    }

    /// Expands with a token budget.
    pub(super) fn expand_within(&self, arguments: TokenStream, budget: usize) -> Result<Expansion, MacroError> {
        self.expand_given(arguments, budget, false)
    }

    fn expand_given(&self, arguments: TokenStream, budget: usize, printed: bool) -> Result<Expansion, MacroError> {
        let nesting = Nesting::measure(&arguments).check("the invocation")?;
        let given = Given {
            parseable: nesting.check_parseable(),
            printed,
        };
        let mut expansion = None;
        let parser = |input: ParseStream<'_>| {
            expansion = Some(self.first_match(input, &given, budget));
            input.parse::<TokenStream>().map(drop)
        };
        // The result of the parser says nothing that `expansion` does not say.
        drop(parser.parse2(arguments));
        expansion.unwrap_or_else(|| Err(self.no_match()))
    }

    fn first_match(&self, input: ParseStream<'_>, given: &Given, budget: usize) -> Result<Expansion, MacroError> {
        for (index, arm) in self.arms.iter().enumerate().filter(|(_, arm)| arm.callable) {
            if let Some(bindings) = match_arguments(&arm.pattern, input.fork(), given)? {
                let tokens = transcribe(&arm.template, &arm.pattern.variables, &bindings, budget)?;
                return Ok(Expansion { tokens, arm: index });
            }
        }
        Err(self.no_match())
    }

    fn no_match(&self) -> MacroError {
        MacroError::new(MacroErrorKind::NoMatchingArm, format!("{} arms tried", self.arms.len()))
    }

    fn from_arms(mut cursor: Cursor<'_>) -> Result<Self, MacroError> {
        let mut arms = Vec::new();
        while !cursor.eof() {
            let (arm, rest) = Arm::read(cursor)?;
            arms.push(arm);
            cursor = match read(rest) {
                None => rest,
                Some((separator, behind)) if separator.is_operator(";") || separator.is_operator(",") => behind,
                Some(_) => return Err(MacroError::malformed("arms are not separated by `;`")),
            };
        }
        if arms.is_empty() {
            return Err(MacroError::malformed("a macro has at least one arm"));
        }
        Ok(Self { arms })
    }
}

impl Arm {
    /// Reads `(matcher) => {transcriber}` off the front.
    fn read(cursor: Cursor<'_>) -> Result<(Self, Cursor<'_>), MacroError> {
        let unreadable = || MacroError::malformed("an arm is `(matcher) => {transcriber}`");
        let (callable, cursor) = skip_role(cursor)?;
        let Some((Lexeme::Group(group, matcher), rest)) = read(cursor) else {
            return Err(unreadable());
        };
        let (_, rest) = read(rest)
            .filter(|(arrow, _)| arrow.is_operator("=>"))
            .ok_or_else(unreadable)?;
        let Some((Lexeme::Group(body, transcriber), rest)) = read(rest) else {
            return Err(unreadable());
        };
        if [&group, &body].iter().any(|group| group.delimiter() == Delimiter::None) {
            return Err(unreadable());
        }
        Ok((Self::parse(matcher, transcriber, callable)?, rest))
    }

    fn parse(matcher: Cursor<'_>, transcriber: Cursor<'_>, callable: bool) -> Result<Self, MacroError> {
        let pattern = Pattern::compile(matcher)?;
        let template = template::parse(
            transcriber,
            &Scope {
                variables: &pattern.variables,
            },
        )?;
        Ok(Self {
            pattern,
            template,
            callable,
        })
    }
}

/// Skips `attr(..)`, `unsafe attr(..)` and `derive()` before a matcher (RFC 3697 and 3698). The result says whether the
/// arm is for `name!(..)`.
fn skip_role(cursor: Cursor<'_>) -> Result<(bool, Cursor<'_>), MacroError> {
    let mut current = cursor;
    while let Some((Lexeme::Ident(word), rest)) = read(current) {
        if word == "unsafe" {
            current = rest;
            continue;
        }
        return match read(rest) {
            Some((Lexeme::Group(..), behind)) if word == "attr" => Ok((false, behind)),
            Some((Lexeme::Group(..), behind)) if word == "derive" => Ok((false, behind)),
            _ => Err(MacroError::malformed(format!("an arm cannot begin with `{word}`"))),
        };
    }
    Ok((true, current))
}
