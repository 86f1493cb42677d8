//! From the lexer's spans back to the file: directly, or through the text that a macro was expanded from.

use proc_macro2::{LineColumn, Span as LexSpan};

use super::lines::Lines;
use super::model::{CallText, Piece, Span};

/// A span of the file, and who wrote its tokens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Located {
    pub(crate) span: Span,
    /// Whether they came out of a macro's definition.
    pub(crate) foreign: bool,
    /// Whether they stand for what a built-in macro makes: nobody wrote them.
    pub(crate) made: bool,
}

impl Located {
    fn outside(invocation: Span, made: bool) -> Self {
        Self {
            span: invocation,
            foreign: true,
            made,
        }
    }
}

/// How the lexer's spans lead back to the file.
#[derive(Debug)]
pub(crate) enum Positions<'a> {
    /// The file itself was lexed.
    File { text: &'a str, lines: &'a Lines },
    /// The call's arguments were lexed behind `lines_before` empty lines, the macro's definition as a text of no more
    /// lines than those: a token's line tells which of the two it is from.
    Expansion {
        /// Of the arguments alone.
        lines: Lines,
        lines_before: u32,
        call: &'a CallText,
        invocation: Span,
    },
}

impl Positions<'_> {
    /// The offset of a point; none for one in a macro's definition.
    fn offset(&self, point: LineColumn) -> Option<u32> {
        match self {
            Self::File { lines, .. } => Some(lines.offset(point.line, point.column)),
            Self::Expansion {
                lines, lines_before, ..
            } => {
                let line = point.line.checked_sub(*lines_before as usize)?;
                (line > 0).then(|| lines.offset(line, point.column))
            }
        }
    }

    /// Where a span stands in the file.
    pub(crate) fn locate(&self, span: LexSpan) -> Located {
        let (start, end) = (span.start(), span.end());
        let is_empty = start == end;
        self.between(start, self.offset(end).unwrap_or_default(), is_empty)
    }

    /// Where a stretch from the beginning of one span to the end of another stands.
    pub(crate) fn locate_between(&self, first: LexSpan, last: LexSpan) -> Located {
        let (start, first_end) = (first.start(), first.end());
        let mut end = self.offset(last.end()).unwrap_or_default();
        if start == last.start() {
            end = end.max(self.offset(first_end).unwrap_or_default());
        }
        self.between(start, end, start == first_end)
    }

    fn between(&self, start: LineColumn, end: u32, is_empty: bool) -> Located {
        let start = self.offset(start);
        match self {
            Self::File { .. } => {
                let start = start.unwrap_or_default();
                Located {
                    span: Span {
                        start,
                        end: end.max(start),
                    },
                    foreign: false,
                    made: false,
                }
            }
            Self::Expansion { call, invocation, .. } => {
                // Only tokens that were never lexed have no length.
                if is_empty {
                    return Located::outside(*invocation, true);
                }
                let Some(start) = start else {
                    return Located::outside(*invocation, false);
                };
                let piece = call.piece_at(start);
                if piece.foreign {
                    return Located::outside(*invocation, false);
                }
                let start_in_file = piece.file_start + (start - piece.text_start);
                let last = call.piece_at(end.saturating_sub(1));
                let end_in_file = if last.foreign {
                    start_in_file + 1
                } else {
                    last.file_start + end.saturating_sub(last.text_start)
                };
                Located {
                    span: Span {
                        start: start_in_file,
                        end: end_in_file.max(start_in_file),
                    },
                    foreign: false,
                    made: false,
                }
            }
        }
    }
}

impl CallText {
    fn piece_at(&self, text_offset: u32) -> Piece {
        let index = self.pieces.partition_point(|piece| piece.text_start <= text_offset);
        self.pieces[index.saturating_sub(1)]
    }
}
