//! The parsed form of a path pattern.

use std::fmt;
use std::sync::Arc;

use crate::graph::TargetKind;

/// A piece of a segment: text, or `*` for any text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SegmentPart {
    /// These characters.
    Text(Arc<str>),
    /// Any characters, none included.
    Any,
}

/// One segment of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Segment {
    /// Exactly this name.
    Literal(Arc<str>),
    /// A name with `*` in it: `query*`.
    Partial(Vec<SegmentPart>),
    /// `*`: one segment, whatever its name.
    One,
    /// `**`: any number of segments, none included.
    Many,
}

/// Which targets the first segment names: `bin:shop`, `bin:*`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TargetSelector {
    /// The kind of target.
    pub kind: TargetKind,
}

/// What a string literal can be told to be: `literal:sql`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LiteralKind {
    /// Text that reads as SQL.
    Sql,
    /// SQL that values are formatted into, rather than bound to it.
    SqlFormatted,
}

impl LiteralKind {
    /// All kinds, in the order of the documentation.
    pub const ALL: [Self; 2] = [Self::Sql, Self::SqlFormatted];

    /// The word behind `literal:`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sql => "sql",
            Self::SqlFormatted => "sql-formatted",
        }
    }
}

/// One path pattern, braces already expanded: `shop::db`, `sqlx::query*`, `x::self`, `bin:shop`, `query!`, `extern:sqlite3_*`,
/// `literal:sql`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PathPattern {
    /// The segments; the first is a crate name (or a package's). For `extern:` patterns the one segment of the link name.
    pub segments: Vec<Segment>,
    /// `bin:`, `lib:`, ... before the first segment.
    pub target: Option<TargetSelector>,
    /// `x::self`: the module without its children.
    pub own_only: bool,
    /// `query!`: the macro namespace only.
    pub macro_only: bool,
    /// `extern:name`: foreign items by link name.
    pub foreign: bool,
    /// `literal:sql`: string literals by what they say; the one segment is the kind's word.
    pub literal: Option<LiteralKind>,
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Literal(name) => f.write_str(name),
            Self::Partial(parts) => parts.iter().try_for_each(|part| match part {
                SegmentPart::Text(text) => f.write_str(text),
                SegmentPart::Any => f.write_str("*"),
            }),
            Self::One => f.write_str("*"),
            Self::Many => f.write_str("**"),
        }
    }
}

impl fmt::Display for PathPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.foreign {
            f.write_str("extern:")?;
        }
        if self.literal.is_some() {
            f.write_str("literal:")?;
        }
        if let Some(target) = &self.target {
            write!(f, "{}:", target.kind.prefix())?;
        }
        for (index, segment) in self.segments.iter().enumerate() {
            if index > 0 {
                f.write_str("::")?;
            }
            write!(f, "{segment}")?;
        }
        if self.own_only {
            f.write_str("::self")?;
        }
        if self.macro_only {
            f.write_str("!")?;
        }
        Ok(())
    }
}
