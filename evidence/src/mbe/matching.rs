//! Runs a compiled matcher over arguments: all ways to continue are followed at once, token by token, and one fragment
//! is parsed where only one way is left. This is the compiler's own method, so the same arm wins. Not responsible for
//! the choice between arms.

use std::rc::Rc;

use proc_macro2::Delimiter;
use syn::parse::ParseBuffer;

use super::bindings::{Binding, Event, replay};
use super::error::{MacroError, MacroErrorKind};
use super::fragment::FragmentKind;
use super::lexeme::{Lexeme, Terminal, read};
use super::pattern::{Instruction, Operator, Pattern};
use super::start::can_start;

/// The most ways to continue that are followed at once. Real macros have a handful; a repetition inside a repetition
/// over the same token doubles them with each token.
const MAX_THREADS: usize = 1_024;

/// What is known of the arguments as a whole.
pub(super) struct Given {
    /// Whether they nest so deep that fragments cannot be parsed.
    pub(super) parseable: Result<(), MacroError>,
    /// Whether they were printed from another expansion: then an empty visibility left no trace, and one may end a group.
    pub(super) printed: bool,
}

/// Matches all arguments: the bindings of each variable, or `None` if the arm does not fit.
pub(super) fn match_arguments(
    pattern: &Pattern,
    arguments: ParseBuffer<'_>,
    given: &Given,
) -> Result<Option<Vec<Binding>>, MacroError> {
    let mut machine = Machine {
        pattern,
        levels: vec![arguments],
        log: Vec::new(),
        given,
    };
    let mut threads = vec![Thread { at: 0, history: None }];
    loop {
        let Some(position) = machine.position() else {
            return Ok(None);
        };
        let ways = machine.follow(threads, &position)?;
        match (ways.accepted.as_slice(), ways.advanced.len(), ways.captures.as_slice()) {
            ([], 0, []) => match ways.empty.as_slice() {
                [] => return Ok(None),
                [thread] => threads = vec![machine.capture(thread)?],
                _ => return Err(ambiguous()),
            },
            ([history], 0, []) => return Ok(Some(machine.bindings(*history))),
            ([], _, []) => {
                machine.advance(&position)?;
                threads = ways.advanced;
            }
            ([], 0, [thread]) => threads = vec![machine.capture(thread)?],
            _ => return Err(ambiguous()),
        }
    }
}

fn ambiguous() -> MacroError {
    MacroError::new(
        MacroErrorKind::Ambiguous,
        "one token does not decide how the arm continues",
    )
}

/// One way through the program.
#[derive(Clone, Copy)]
struct Thread {
    at: usize,
    /// The last entry of the log on this way.
    history: Option<usize>,
}

/// What can happen at the current token.
#[derive(Default)]
struct Ways {
    /// Threads that took the token, placed behind it.
    advanced: Vec<Thread>,
    /// Threads that wait at a fragment which may begin here.
    captures: Vec<Thread>,
    /// Threads that wait at a visibility which only an empty one can be: taken where there is no other way.
    empty: Vec<Thread>,
    /// Histories of the threads that are at the end, as the input is.
    accepted: Vec<Option<usize>>,
}

/// Where the input is.
enum Position<'a> {
    Lexeme(Lexeme<'a>),
    EndOfGroup,
    EndOfInput,
}

struct Machine<'p, 'a> {
    pattern: &'p Pattern,
    /// The input in each of the groups that are open, outermost first.
    levels: Vec<ParseBuffer<'a>>,
    /// All events of all threads, each with the one before it on its way.
    log: Vec<(Option<usize>, Event)>,
    given: &'p Given,
}

impl<'a> Machine<'_, 'a> {
    fn position(&self) -> Option<Position<'a>> {
        let level = self.levels.last()?;
        Some(match read(level.cursor()) {
            Some((lexeme, _)) => Position::Lexeme(lexeme),
            None if self.levels.len() > 1 => Position::EndOfGroup,
            None => Position::EndOfInput,
        })
    }

    /// Follows every thread to where it needs a token.
    fn follow(&mut self, mut pending: Vec<Thread>, position: &Position<'a>) -> Result<Ways, MacroError> {
        let mut ways = Ways::default();
        while let Some(thread) = pending.pop() {
            self.step(thread, position, &mut pending, &mut ways);
            if pending.len() + ways.advanced.len() > MAX_THREADS {
                return Err(ambiguous());
            }
        }
        Ok(ways)
    }

    fn step(&mut self, thread: Thread, position: &Position<'a>, pending: &mut Vec<Thread>, ways: &mut Ways) {
        let to = |at| Thread { at, ..thread };
        let next = to(thread.at + 1);
        match &self.pattern.instructions[thread.at] {
            Instruction::Terminal(expected) if takes(position, expected) => ways.advanced.push(next),
            Instruction::Open(delimiter) if opens(position, *delimiter) => ways.advanced.push(next),
            Instruction::Close if matches!(position, Position::EndOfGroup) => ways.advanced.push(next),
            Instruction::Accept if matches!(position, Position::EndOfInput) => ways.accepted.push(thread.history),
            Instruction::Capture { kind, .. } if may_begin(*kind, position) => ways.captures.push(thread),
            Instruction::Capture {
                kind: FragmentKind::Visibility,
                ..
            } if self.given.printed => ways.empty.push(thread),
            Instruction::Again { body } => pending.extend([next, to(*body)]),
            Instruction::Separator {
                terminal: expected,
                body,
            } => {
                pending.push(next);
                if takes(position, expected) {
                    ways.advanced.push(to(*body));
                }
            }
            Instruction::Repeat {
                operator,
                first,
                end,
                depth,
                exit,
            } => {
                let event = Event::Repeat {
                    first: *first,
                    end: *end,
                    depth: *depth,
                };
                self.log.push((thread.history, event));
                let history = Some(self.log.len() - 1);
                pending.push(Thread {
                    at: thread.at + 1,
                    history,
                });
                if *operator != Operator::OneOrMore {
                    pending.push(Thread { at: *exit, history });
                }
            }
            _ => {}
        }
    }

    /// Moves the input over the token that the threads took.
    fn advance(&mut self, position: &Position<'a>) -> Result<(), MacroError> {
        let Some(level) = self.levels.last() else { return Ok(()) };
        match position {
            Position::EndOfInput => {}
            Position::EndOfGroup => {
                self.levels.pop();
            }
            Position::Lexeme(Lexeme::Group(..)) => {
                let inside = level.fork();
                inside
                    .step(|cursor| match cursor.any_group() {
                        Some((inside, ..)) => Ok(((), inside)),
                        None => Err(cursor.error("expected a group")),
                    })
                    .and_then(|()| skip(level))
                    .map_err(|error| MacroError::new(MacroErrorKind::InvalidFragment, error.to_string()))?;
                self.levels.push(inside);
            }
            Position::Lexeme(_) => {
                skip(level).map_err(|error| MacroError::new(MacroErrorKind::InvalidFragment, error.to_string()))?;
            }
        }
        Ok(())
    }

    /// Parses the fragment that a thread waits for.
    fn capture(&mut self, thread: &Thread) -> Result<Thread, MacroError> {
        let (Instruction::Capture { variable, kind, depth }, Some(level)) =
            (&self.pattern.instructions[thread.at], self.levels.last())
        else {
            return Err(ambiguous());
        };
        if kind.is_parsed() {
            self.given.parseable.clone()?;
        }
        let fragment = Rc::new(kind.capture(level)?);
        self.log.push((
            thread.history,
            Event::Capture {
                variable: *variable,
                depth: *depth,
                fragment,
            },
        ));
        Ok(Thread {
            at: thread.at + 1,
            history: Some(self.log.len() - 1),
        })
    }

    fn bindings(&self, last: Option<usize>) -> Vec<Binding> {
        let mut events = Vec::new();
        let mut current = last;
        while let Some(index) = current {
            let (before, event) = &self.log[index];
            events.push(event.clone());
            current = *before;
        }
        replay(self.pattern.variables.len(), events.into_iter().rev())
    }
}

fn skip(level: &ParseBuffer<'_>) -> syn::Result<()> {
    level.step(|cursor| match read(*cursor) {
        Some((_, rest)) => Ok(((), rest)),
        None => Err(cursor.error("unexpected end")),
    })
}

fn may_begin(kind: FragmentKind, position: &Position<'_>) -> bool {
    match position {
        Position::Lexeme(lexeme) => can_start(kind, Some(lexeme)),
        _ => can_start(kind, None),
    }
}

fn takes(position: &Position<'_>, expected: &Terminal) -> bool {
    matches!(position, Position::Lexeme(lexeme) if lexeme.is_terminal(expected))
}

fn opens(position: &Position<'_>, delimiter: Delimiter) -> bool {
    matches!(position, Position::Lexeme(lexeme) if lexeme.inside(delimiter).is_some())
}
