//! The arguments of an item macro as text that can be lexed again, with the way back to the file.

use std::fmt::{Display, Write as _};

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use super::context::Extractor;
use crate::facts::model::{CallText, Piece};
use crate::facts::positions::Positions;

impl Extractor<'_> {
    /// The text between an invocation's delimiters.
    pub(super) fn call_text(&self, call: &syn::Macro) -> CallText {
        match self.positions {
            Positions::File { text, lines } => {
                let delimiters = call.delimiter.span();
                let open = self.locate(delimiters.open()).span.end;
                let close = self.locate(delimiters.close()).span.start;
                let range = lines.byte(text, open)..lines.byte(text, close);
                let piece = Piece {
                    text_start: 0,
                    file_start: open,
                    foreign: false,
                };
                CallText {
                    text: text[range].into(),
                    pieces: vec![piece],
                }
            }
            Positions::Expansion { .. } => {
                let mut printer = Printer {
                    text: String::new(),
                    length: 0,
                    pieces: Vec::new(),
                    extractor: self,
                };
                printer.stream(call.tokens.clone());
                if printer.pieces.is_empty() {
                    printer.pieces.push(Piece {
                        text_start: 0,
                        file_start: 0,
                        foreign: true,
                    });
                }
                CallText {
                    text: printer.text.into(),
                    pieces: printer.pieces,
                }
            }
        }
    }
}

/// Prints tokens of an expansion, remembering where each came from.
struct Printer<'e, 'a> {
    text: String,
    /// Characters printed.
    length: u32,
    pieces: Vec<Piece>,
    extractor: &'e Extractor<'a>,
}

impl Printer<'_, '_> {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.length += text.chars().count() as u32;
    }

    fn print(&mut self, token: impl Display) {
        let before = self.text.len();
        write!(self.text, "{token} ").expect("a string takes any text");
        self.length += self.text[before..].chars().count() as u32;
    }

    fn mark(&mut self, span: proc_macro2::Span) {
        let place = self.extractor.locate(span);
        self.pieces.push(Piece {
            text_start: self.length,
            file_start: place.span.start,
            foreign: place.foreign,
        });
    }

    fn stream(&mut self, tokens: TokenStream) {
        for tree in tokens {
            self.tree(tree);
        }
    }

    fn tree(&mut self, tree: TokenTree) {
        match tree {
            TokenTree::Group(group) => {
                // A group without delimiters keeps an operand together: parentheses do the same.
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None if needs_parentheses(&group.stream()) => ("(", ")"),
                    Delimiter::None => ("", ""),
                };
                self.mark(group.span_open());
                self.push(open);
                self.push(" ");
                self.stream(group.stream());
                self.mark(group.span_close());
                self.push(close);
                self.push(" ");
            }
            TokenTree::Punct(punct) => {
                self.mark(punct.span());
                self.push(punct.as_char().encode_utf8(&mut [0; 4]));
                if punct.spacing() == Spacing::Alone {
                    self.push(" ");
                }
            }
            TokenTree::Ident(ident) => {
                self.mark(ident.span());
                self.print(ident);
            }
            TokenTree::Literal(literal) => {
                self.mark(literal.span());
                self.print(literal);
            }
        }
    }
}

/// Whether any operator stands between operands at the top of these tokens.
fn needs_parentheses(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|tree| {
        matches!(tree, TokenTree::Punct(punct) if !matches!(punct.as_char(), ':' | '<' | '>' | '\'' | '&' | '#' | '!' | ',' | '.'))
    })
}
