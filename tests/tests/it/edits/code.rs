//! Code as a tree that can be edited anywhere: pieces of text, some with more pieces between braces.

use std::fmt::Write;

use super::draws::Draws;
use super::templates::{Template, fill, other_word, templates};

/// What may stand in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Items of a module.
    Module,
    /// Items of an impl or a trait.
    Impl,
    /// Statements.
    Body,
}

/// One item or statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) attribute: Option<&'static str>,
    pub(super) head: String,
    pub(super) inside: Option<Inside>,
}

/// What stands between braces, and after them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Inside {
    pub(super) level: Level,
    pub(super) pieces: Vec<Piece>,
    pub(super) tail: &'static str,
}

/// Where a list of pieces is: the numbers of those to go into.
pub(super) type Way = Vec<usize>;

impl Piece {
    /// A piece of plain text.
    pub(super) fn text(head: impl Into<String>) -> Self {
        Self {
            attribute: None,
            head: head.into(),
            inside: None,
        }
    }

    /// A random piece for a place, with a little inside.
    pub(super) fn random(level: Level, draws: &mut Draws) -> Self {
        let template = *draws.one(templates(level));
        Self::filled(template, draws)
    }

    fn filled(Template { head, inside }: Template, draws: &mut Draws) -> Self {
        let filled = fill(head, draws);
        let inside = inside.map(|(level, tail)| {
            let pieces = (0..draws.below(3)).map(|_| Self::random(level, draws)).collect();
            Inside { level, pieces, tail }
        });
        Self {
            attribute: None,
            head: filled,
            inside,
        }
    }

    /// The name of the file's module, for `mod name;`.
    pub(super) fn module(&self) -> Option<&str> {
        let (_, name) = self.head.strip_suffix(';')?.rsplit_once("mod ")?;
        Some(name)
    }
}

/// The beginning of a file: most of them have some of these.
pub(super) fn begun(draws: &mut Draws) -> Vec<Piece> {
    let templates = templates(Level::Module);
    let mut pieces = Vec::new();
    for beginning in [
        "use %P*",
        "pub use %P*",
        "pub struct %T {",
        "pub trait %R",
        "impl %T",
        "pub fn %f(",
    ] {
        let fitting: Vec<&Template> = templates.iter().filter(|it| it.head.starts_with(beginning)).collect();
        if draws.in_hundred(70) {
            pieces.push(Piece::filled(**draws.one(&fitting), draws));
        }
    }
    pieces
}

/// The text of pieces.
pub(super) fn text(pieces: &[Piece]) -> String {
    let mut out = String::new();
    print(pieces, 0, &mut out);
    out
}

fn print(pieces: &[Piece], depth: usize, out: &mut String) {
    for piece in pieces {
        let indent = "    ".repeat(depth);
        if let Some(attribute) = piece.attribute {
            writeln!(out, "{indent}{attribute}").expect("a string takes everything");
        }
        write!(out, "{indent}{}", piece.head).expect("a string takes everything");
        if let Some(inside) = &piece.inside {
            out.push_str(" {\n");
            print(&inside.pieces, depth + 1, out);
            write!(out, "{indent}}}{}", inside.tail).expect("a string takes everything");
        }
        out.push('\n');
    }
}

/// Every list of pieces, with what may stand in it.
pub(super) fn lists(pieces: &[Piece]) -> Vec<(Level, Way)> {
    let mut found = vec![(Level::Module, Way::new())];
    add_lists(pieces, &mut Way::new(), &mut found);
    found
}

fn add_lists(pieces: &[Piece], way: &mut Way, found: &mut Vec<(Level, Way)>) {
    for (index, piece) in pieces.iter().enumerate() {
        if let Some(inside) = &piece.inside {
            way.push(index);
            found.push((inside.level, way.clone()));
            add_lists(&inside.pieces, way, found);
            way.pop();
        }
    }
}

/// The list at the end of a way that [`lists`] told.
pub(super) fn list<'p>(pieces: &'p mut Vec<Piece>, way: &[usize]) -> &'p mut Vec<Piece> {
    way.iter().fold(pieces, |pieces, &index| {
        let inside = pieces[index].inside.as_mut().expect("the way leads through braces");
        &mut inside.pieces
    })
}

/// Puts another word of the same kind, and so of the same length, in the place of a random one.
pub(super) fn change_word(pieces: &mut [Piece], draws: &mut Draws) -> bool {
    let start = draws.below(pieces.len().max(1));
    let indices = (start..pieces.len()).chain(0..start);
    for index in indices {
        let piece = &mut pieces[index];
        if let Some(inside) = &mut piece.inside
            && draws.in_hundred(60)
            && change_word(&mut inside.pieces, draws)
        {
            return true;
        }
        // The name of a file's module is the business of those who move files.
        if piece.module().is_none()
            && let Some(head) = other_word(&piece.head, draws)
        {
            piece.head = head;
            return true;
        }
    }
    false
}
