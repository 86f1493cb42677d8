//! From text to patterns: prefixes, segments, wildcards, and what is right where the text is wrong.

use std::sync::Arc;

use super::braces::{Expansion, expand};
use super::error::{PatternError, PatternErrorKind};
use super::model::{LiteralKind, PathPattern, Segment, SegmentPart, TargetSelector};
use crate::graph::TargetKind;

const TARGETS: [TargetKind; 6] = [
    TargetKind::Lib,
    TargetKind::Bin,
    TargetKind::Build,
    TargetKind::Test,
    TargetKind::Bench,
    TargetKind::Example,
];

impl PathPattern {
    /// Reads a pattern. Braces make several, in order of writing. Raw identifiers lose their `r#`.
    ///
    /// ```
    /// use archguard_invariants::pattern::PathPattern;
    ///
    /// let patterns = PathPattern::parse("shop::db::{repo,query*}").unwrap();
    /// assert_eq!(patterns[1].to_string(), "shop::db::query*");
    /// assert_eq!(PathPattern::parse("shop::(a|b)").unwrap_err().offset, 6);
    /// ```
    pub fn parse(text: &str) -> Result<Vec<Self>, PatternError> {
        expand(text)?.iter().map(Self::parse_expanded).collect()
    }

    /// The pattern of one name: a crate.
    pub fn of_crate(name: &str) -> Self {
        Self {
            segments: vec![Segment::Literal(name.into())],
            target: None,
            own_only: false,
            macro_only: false,
            foreign: false,
            literal: None,
        }
    }

    /// Reads one text whose braces have been expanded; offsets of errors are those of the original text.
    pub(crate) fn parse_expanded(expansion: &Expansion) -> Result<Self, PatternError> {
        let fail = |(offset, kind)| PatternError {
            offset: expansion.original(offset),
            kind,
        };
        let text = expansion.text.as_str();
        let (prefix, body_start) = split_prefix(text).map_err(fail)?;
        if let Some(Prefix::Literal) = prefix {
            return Self::literal(&text[body_start..]).ok_or_else(|| {
                let kind = PatternErrorKind::UnknownLiteral(text[body_start..].to_owned());
                fail((body_start, kind))
            });
        }
        let (body, macro_only) = match text[body_start..].strip_suffix('!') {
            Some(body) => (body, true),
            None => (&text[body_start..], false),
        };
        let (segments, own_only) = read_segments(body, body_start).map_err(fail)?;
        let pattern = Self {
            segments,
            target: match prefix {
                Some(Prefix::Target(kind)) => Some(TargetSelector { kind }),
                _ => None,
            },
            own_only,
            macro_only,
            foreign: matches!(prefix, Some(Prefix::Foreign)),
            literal: None,
        };
        pattern.check_whole(body_start).map_err(fail)?;
        Ok(pattern)
    }

    fn literal(word: &str) -> Option<Self> {
        let kind = LiteralKind::ALL.into_iter().find(|kind| kind.word() == word)?;
        Some(Self {
            literal: Some(kind),
            ..Self::of_crate(kind.word())
        })
    }

    fn check_whole(&self, start: usize) -> Result<(), (usize, PatternErrorKind)> {
        if self.foreign && (self.segments.len() != 1 || self.own_only || self.macro_only) {
            return Err((start, PatternErrorKind::ForeignPath));
        }
        if self.macro_only && self.own_only {
            return Err((start, PatternErrorKind::ModuleAndMacro));
        }
        if self.macro_only && self.segments.len() == 1 {
            return Err((start, PatternErrorKind::MacroWithoutCrate(self.segments[0].to_string())));
        }
        Ok(())
    }
}

enum Prefix {
    Target(TargetKind),
    Foreign,
    Literal,
}

/// What is wrong, at which byte of the expanded text.
type Fault = (usize, PatternErrorKind);

/// The prefix and where the path begins.
fn split_prefix(text: &str) -> Result<(Option<Prefix>, usize), Fault> {
    let Some(colon) = text.find(':') else {
        return Ok((None, 0));
    };
    if text[colon..].starts_with("::") {
        return if colon == 0 {
            Err((0, PatternErrorKind::LeadingColons))
        } else {
            Ok((None, 0))
        };
    }
    let word = &text[..colon];
    if word == "extern" {
        return Ok((Some(Prefix::Foreign), colon + 1));
    }
    if word == "literal" {
        return Ok((Some(Prefix::Literal), colon + 1));
    }
    match TARGETS.into_iter().find(|kind| kind.prefix() == word) {
        Some(kind) => Ok((Some(Prefix::Target(kind)), colon + 1)),
        None => Err((0, PatternErrorKind::UnknownPrefix(word.to_owned()))),
    }
}

/// The segments, and whether the last was `self`.
fn read_segments(body: &str, start: usize) -> Result<(Vec<Segment>, bool), Fault> {
    if body.trim().is_empty() {
        return Err((start, PatternErrorKind::Empty));
    }
    if body.starts_with("::") {
        return Err((start, PatternErrorKind::LeadingColons));
    }
    let mut segments: Vec<Segment> = Vec::new();
    let mut offset = start;
    let mut names = body.split("::").peekable();
    while let Some(name) = names.next() {
        if name == "self" && !segments.is_empty() && names.peek().is_none() {
            return Ok((segments, true));
        }
        let segment = read_segment(name, offset, segments.is_empty())?;
        if segment == Segment::Many && segments.last() == Some(&Segment::Many) {
            return Err((offset, PatternErrorKind::ManyTwice));
        }
        segments.push(segment);
        offset += name.len() + 2;
    }
    Ok((segments, false))
}

fn read_segment(text: &str, offset: usize, first: bool) -> Result<Segment, Fault> {
    if text.is_empty() {
        return Err((offset, PatternErrorKind::EmptySegment));
    }
    if matches!(text, "self" | "super" | "crate" | "Self") {
        return Err((offset, PatternErrorKind::RelativeSegment(text.to_owned())));
    }
    let (name, name_offset) = match text.strip_prefix("r#") {
        Some(name) if !name.is_empty() => (name, offset + 2),
        _ => (text, offset),
    };
    for (index, character) in name.char_indices() {
        if !(character.is_alphanumeric() || character == '_' || character == '*') {
            return Err((name_offset + index, wrong_character(character, name, first)));
        }
    }
    match name {
        "*" => Ok(Segment::One),
        "**" => Ok(Segment::Many),
        _ if name.contains("**") => Err((name_offset, PatternErrorKind::ManyInsideSegment)),
        _ if name.contains('*') => Ok(Segment::Partial(read_parts(name))),
        _ => Ok(Segment::Literal(name.into())),
    }
}

fn wrong_character(character: char, name: &str, first: bool) -> PatternErrorKind {
    match character {
        '-' if first => PatternErrorKind::DashInCrate(name.replace('-', "_")),
        '-' => PatternErrorKind::DashInName(name.replace('-', "_")),
        '.' if !name.contains(['*', '+', '?', '[', '(']) => PatternErrorKind::WrongSeparator('.'),
        '/' | '\\' | ':' => PatternErrorKind::WrongSeparator(character),
        '!' => PatternErrorKind::MisplacedBang,
        other => PatternErrorKind::NotAPattern(other),
    }
}

fn read_parts(name: &str) -> Vec<SegmentPart> {
    let mut parts = Vec::new();
    for (index, text) in name.split('*').enumerate() {
        if index > 0 {
            parts.push(SegmentPart::Any);
        }
        if !text.is_empty() {
            parts.push(SegmentPart::Text(Arc::from(text)));
        }
    }
    parts
}
