//! Whether a pattern speaks of a path that stands as text: an item's path, or what somebody wrote. What a pattern means in
//! a graph (through re-exports and facades) is found by the graph's maker, not here.

use super::model::{PathPattern, Segment, SegmentPart};
use crate::graph::TargetKind;

impl PathPattern {
    /// Whether the path lies in what the pattern covers: the item that it names or anything inside. Of `x::self` the
    /// text alone cannot tell items from child modules: everything under `x` counts, the caller knows the graph.
    ///
    /// A pattern without target prefix speaks of a package's library, binaries and build script.
    pub fn covers_path(&self, path: &str) -> bool {
        self.matches(path, self.macro_only)
    }

    /// Whether the path is exactly what the pattern names.
    pub fn names_path(&self, path: &str) -> bool {
        self.matches(path, true)
    }

    /// What the one `*` of a pattern stands for in a path that it names; none if it names another or has no single `*`.
    pub fn capture<'t>(&self, path: &'t str) -> Option<&'t str> {
        if self.wildcards() != 1 || !self.names_path(path) {
            return None;
        }
        let (_, rest) = split_target(path);
        let mut found = None;
        for (segment, name) in self.segments.iter().zip(rest.split("::")) {
            match segment {
                Segment::Literal(_) => {}
                Segment::One => found = Some(plain(name)),
                Segment::Partial(parts) => found = captured_part(parts, plain(name)),
                Segment::Many => return None,
            }
        }
        found
    }

    /// How many `*` the pattern has; `**` counts as two, since it stands for no single name.
    pub fn wildcards(&self) -> usize {
        self.segments
            .iter()
            .map(|segment| match segment {
                Segment::Literal(_) => 0,
                Segment::Partial(parts) => parts.iter().filter(|part| **part == SegmentPart::Any).count(),
                Segment::One => 1,
                Segment::Many => 2,
            })
            .sum()
    }

    fn matches(&self, path: &str, exact: bool) -> bool {
        if self.foreign || self.literal.is_some() {
            return false;
        }
        let (target, rest) = split_target(path);
        let target_fits = match (&self.target, target) {
            (Some(selector), Some(kind)) => selector.kind == kind,
            (Some(selector), None) => selector.kind == TargetKind::Lib,
            (None, Some(kind)) => matches!(kind, TargetKind::Lib | TargetKind::Bin | TargetKind::Build),
            (None, None) => true,
        };
        target_fits && (segments_match(&self.segments, Some(rest), exact) || self.matches_below_std(rest, exact))
    }

    /// `std` covers `core` and `alloc`.
    fn matches_below_std(&self, rest: &str, exact: bool) -> bool {
        let Some((Segment::Literal(first), tail)) = self.segments.split_first() else {
            return false;
        };
        let (name, next) = split_segment(rest);
        &**first == "std" && matches!(name, "core" | "alloc") && segments_match(tail, next, exact)
    }
}

impl Segment {
    /// Whether the segment stands for this name; `**` for any.
    pub fn matches(&self, name: &str) -> bool {
        match self {
            Self::Literal(literal) => **literal == *plain(name),
            Self::Partial(parts) => parts_match(parts, plain(name)),
            Self::One | Self::Many => true,
        }
    }
}

/// A name without the `r#` of a raw identifier.
fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// `bin:shop::main` is the binary's `shop::main`.
fn split_target(path: &str) -> (Option<TargetKind>, &str) {
    let (name, rest) = match path.bytes().position(|byte| byte == b':') {
        Some(at) => (&path[..at], &path[at + 1..]),
        None => return (None, path),
    };
    let kind = match name {
        "lib" => TargetKind::Lib,
        "bin" => TargetKind::Bin,
        "build" => TargetKind::Build,
        "test" => TargetKind::Test,
        "bench" => TargetKind::Bench,
        "example" => TargetKind::Example,
        _ => return (None, path),
    };
    if rest.starts_with(':') {
        (None, path)
    } else {
        (Some(kind), rest)
    }
}

/// At the first `::`, looked for by hand: this is asked for every segment of every path, and a search for a text has to be
/// made ready each time.
fn split_segment(path: &str) -> (&str, Option<&str>) {
    match path.as_bytes().windows(2).position(|pair| pair == b"::") {
        Some(at) => (&path[..at], Some(&path[at + 2..])),
        None => (path, None),
    }
}

fn segments_match(segments: &[Segment], rest: Option<&str>, exact: bool) -> bool {
    let Some((segment, tail)) = segments.split_first() else {
        return !exact || rest.is_none();
    };
    if *segment == Segment::Many {
        return segments_match(tail, rest, exact)
            || rest.is_some_and(|path| segments_match(segments, split_segment(path).1, exact));
    }
    rest.is_some_and(|path| {
        let (name, next) = split_segment(path);
        segment.matches(name) && segments_match(tail, next, exact)
    })
}

fn parts_match(parts: &[SegmentPart], name: &str) -> bool {
    match parts.split_first() {
        None => name.is_empty(),
        Some((SegmentPart::Text(text), tail)) => name.strip_prefix(&**text).is_some_and(|rest| parts_match(tail, rest)),
        Some((SegmentPart::Any, tail)) => {
            tail.is_empty() || name.char_indices().any(|(index, _)| parts_match(tail, &name[index..]))
        }
    }
}

/// What the one `*` among the parts stands for in a name that they match.
fn captured_part<'t>(parts: &[SegmentPart], name: &'t str) -> Option<&'t str> {
    let at = parts.iter().position(|part| *part == SegmentPart::Any)?;
    let length = |parts: &[SegmentPart]| -> usize {
        parts
            .iter()
            .map(|part| {
                if let SegmentPart::Text(text) = part {
                    text.len()
                } else {
                    0
                }
            })
            .sum()
    };
    name.get(length(&parts[..at])..name.len() - length(&parts[at + 1..]))
}
