//! The matcher of an arm, compiled to a flat program: delimiters, repetitions and captures are instructions, so that
//! the machine needs no recursion. Not responsible for running it.

use proc_macro2::{Delimiter, Ident};
use syn::buffer::Cursor;

use super::error::MacroError;
use super::fragment::FragmentKind;
use super::lexeme::{Lexeme, Terminal, read};
use super::template::CRATE_ROOT_IDENT;

/// How often a repetition repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    ZeroOrMore,
    OneOrMore,
    ZeroOrOne,
}

/// One step of the program.
#[derive(Debug)]
pub(super) enum Instruction {
    /// Exactly this token.
    Terminal(Terminal),
    /// Into a group.
    Open(Delimiter),
    /// Out of the group, at its end.
    Close,
    /// A repetition around the variables `first..end` begins; `exit` is the instruction behind it.
    Repeat {
        operator: Operator,
        first: usize,
        end: usize,
        depth: usize,
        exit: usize,
    },
    /// The end of a repetition's body without separator: again from `body`, or on.
    Again { body: usize },
    /// The end of a repetition's body: the separator and again from `body`, or on.
    Separator { terminal: Terminal, body: usize },
    /// A fragment for a variable.
    Capture {
        variable: usize,
        kind: FragmentKind,
        depth: usize,
    },
    /// The end of the arguments.
    Accept,
}

/// A compiled matcher.
#[derive(Debug, Default)]
pub(super) struct Pattern {
    pub(super) instructions: Vec<Instruction>,
    /// The variables' names in the order of their declarations.
    pub(super) variables: Vec<String>,
}

impl Pattern {
    /// Compiles the tokens between a matcher's delimiters.
    pub(super) fn compile(matcher: Cursor<'_>) -> Result<Self, MacroError> {
        let mut pattern = Self::default();
        pattern.sequence(matcher, 0)?;
        pattern.instructions.push(Instruction::Accept);
        Ok(pattern)
    }

    /// Compiles a sequence; the result says whether it can match nothing.
    fn sequence(&mut self, mut cursor: Cursor<'_>, depth: usize) -> Result<bool, MacroError> {
        let mut nullable = true;
        while let Some((lexeme, rest)) = read(cursor) {
            let element_nullable;
            (cursor, element_nullable) = if lexeme.is_operator("$") {
                self.dollar(rest, depth)?
            } else {
                self.plain(&lexeme, depth)?;
                (rest, false)
            };
            nullable &= element_nullable;
        }
        Ok(nullable)
    }

    fn plain(&mut self, lexeme: &Lexeme<'_>, depth: usize) -> Result<(), MacroError> {
        match (lexeme.terminal(), lexeme) {
            (Some(terminal), _) => self.instructions.push(Instruction::Terminal(terminal)),
            (None, Lexeme::Group(group, inside)) => {
                self.instructions.push(Instruction::Open(group.delimiter()));
                self.sequence(*inside, depth)?;
                self.instructions.push(Instruction::Close);
            }
            _ => {}
        }
        Ok(())
    }

    /// What follows a `$`.
    fn dollar<'a>(&mut self, cursor: Cursor<'a>, depth: usize) -> Result<(Cursor<'a>, bool), MacroError> {
        match read(cursor) {
            Some((Lexeme::Ident(ident), rest)) if ident == "crate" => {
                self.instructions
                    .push(Instruction::Terminal(Terminal::Ident(CRATE_ROOT_IDENT.to_owned())));
                Ok((rest, false))
            }
            Some((Lexeme::Ident(name), rest)) => self.variable(&name, rest, depth),
            Some((Lexeme::Group(group, inside), rest)) if group.delimiter() == Delimiter::Parenthesis => {
                self.repetition(inside, rest, depth)
            }
            // The compiler asks for a name here. A lone `$` can only be meant literally.
            _ => {
                self.instructions
                    .push(Instruction::Terminal(Terminal::Operator("$".to_owned())));
                Ok((cursor, false))
            }
        }
    }

    fn variable<'a>(
        &mut self,
        name: &Ident,
        cursor: Cursor<'a>,
        depth: usize,
    ) -> Result<(Cursor<'a>, bool), MacroError> {
        let missing = || MacroError::malformed(format!("`${name}` has no fragment specifier"));
        let (_, behind) = read(cursor)
            .filter(|(colon, _)| colon.is_operator(":"))
            .ok_or_else(missing)?;
        let Some((Lexeme::Ident(specifier), rest)) = read(behind) else {
            return Err(missing());
        };
        let mut kind = FragmentKind::named(&specifier)?;
        // Only `pat` of the editions before 2021 may stand before `|`, and that one takes no alternatives.
        if kind == FragmentKind::Pattern && matches!(read(rest), Some((next, _)) if next.is_operator("|")) {
            kind = FragmentKind::PatternWithoutAlternatives;
        }
        let name = name.to_string();
        if self.variables.contains(&name) {
            return Err(MacroError::malformed(format!("`${name}` is declared twice")));
        }
        self.instructions.push(Instruction::Capture {
            variable: self.variables.len(),
            kind,
            depth,
        });
        self.variables.push(name);
        Ok((rest, kind == FragmentKind::Visibility))
    }

    fn repetition<'a>(
        &mut self,
        inside: Cursor<'_>,
        behind: Cursor<'a>,
        depth: usize,
    ) -> Result<(Cursor<'a>, bool), MacroError> {
        let (separator, operator, rest) = repetition_tail(behind)?;
        let (start, first) = (self.instructions.len(), self.variables.len());
        self.instructions.push(Instruction::Repeat {
            operator,
            first,
            end: first,
            depth,
            exit: start,
        });
        let nullable = self.sequence(inside, depth + 1)?;
        if nullable && separator.is_none() {
            return Err(MacroError::malformed("a repetition matches the empty token sequence"));
        }
        let body = start + 1;
        match separator.as_ref().and_then(Lexeme::terminal) {
            _ if operator == Operator::ZeroOrOne => {}
            Some(terminal) => self.instructions.push(Instruction::Separator { terminal, body }),
            None => self.instructions.push(Instruction::Again { body }),
        }
        let (exit, end) = (self.instructions.len(), self.variables.len());
        self.instructions[start] = Instruction::Repeat {
            operator,
            first,
            end,
            depth,
            exit,
        };
        Ok((rest, nullable || operator != Operator::OneOrMore))
    }
}

/// A repetition's separator, its operator, and the place behind them.
pub(super) type RepetitionTail<'a> = (Option<Lexeme<'a>>, Operator, Cursor<'a>);

/// Reads what follows the parentheses of a repetition.
pub(super) fn repetition_tail(cursor: Cursor<'_>) -> Result<RepetitionTail<'_>, MacroError> {
    let missing = || MacroError::malformed("a repetition lacks its `*`, `+` or `?`");
    let (lexeme, rest) = read(cursor).ok_or_else(missing)?;
    if let Some(operator) = operator(&lexeme) {
        return Ok((None, operator, rest));
    }
    if matches!(lexeme, Lexeme::Group(..)) {
        return Err(missing());
    }
    let (next, behind) = read(rest).ok_or_else(missing)?;
    match operator(&next).ok_or_else(missing)? {
        Operator::ZeroOrOne => Err(MacroError::malformed("`?` takes no separator")),
        operator => Ok((Some(lexeme), operator, behind)),
    }
}

fn operator(lexeme: &Lexeme<'_>) -> Option<Operator> {
    if lexeme.is_operator("*") {
        Some(Operator::ZeroOrMore)
    } else if lexeme.is_operator("+") {
        Some(Operator::OneOrMore)
    } else if lexeme.is_operator("?") {
        Some(Operator::ZeroOrOne)
    } else {
        None
    }
}
