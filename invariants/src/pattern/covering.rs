//! Whether one pattern says all that another says, whatever code there is: for comparing policies. Where it cannot be told from
//! the two texts alone, the answer is no.

use super::model::{PathPattern, Segment, SegmentPart};
use crate::graph::TargetKind;

impl PathPattern {
    /// Whether every path that `other` covers lies in what this one covers, today and tomorrow.
    pub fn covers(&self, other: &Self) -> bool {
        if self.foreign != other.foreign || self.literal != other.literal {
            return false;
        }
        if self.literal.is_some() || self == other {
            return true;
        }
        if self.foreign {
            return is_named_by(&self.segments, &other.segments);
        }
        if !self.covers_target(other) || (self.macro_only && !other.macro_only) {
            return false;
        }
        if self.own_only || self.macro_only {
            return self.own_only == other.own_only && is_named_by(&self.segments, &other.segments);
        }
        begins_with(&self.segments, &other.segments)
    }

    /// Whether there may be a path that both cover.
    pub fn overlaps(&self, other: &Self) -> bool {
        if self.foreign != other.foreign || self.literal != other.literal {
            return false;
        }
        let differ = |(one, other): (&Segment, &Segment)| match (one, other) {
            (Segment::Literal(_), Segment::Literal(_)) => !covers_segment(one, other) && !covers_segment(other, one),
            (Segment::Literal(one), _) => !other.matches(one),
            (_, Segment::Literal(other)) => !one.matches(other),
            _ => false,
        };
        let is_single = |(one, other): &(&Segment, &Segment)| **one != Segment::Many && **other != Segment::Many;
        let mut pairs = self.segments.iter().zip(&other.segments).take_while(is_single);
        !pairs.any(differ)
    }

    /// Without a prefix a pattern speaks of a package's library, binaries and build script.
    fn covers_target(&self, other: &Self) -> bool {
        match (&self.target, &other.target) {
            (None, None) => true,
            (None, Some(other)) => matches!(other.kind, TargetKind::Lib | TargetKind::Bin | TargetKind::Build),
            (Some(own), Some(other)) => own == other,
            (Some(_), None) => false,
        }
    }
}

/// Whether what `narrow` names lies below what `wide` names.
fn begins_with(wide: &[Segment], narrow: &[Segment]) -> bool {
    let Some((first, rest)) = wide.split_first() else {
        return true;
    };
    let Some((other, others)) = narrow.split_first() else {
        return *first == Segment::Many && begins_with(rest, narrow);
    };
    match first {
        Segment::Many => begins_with(rest, narrow) || begins_with(wide, others),
        _ => covers_segment(first, other) && begins_with(rest, others),
    }
}

/// Whether the two name the same depth, the first with names at least as wide.
fn is_named_by(wide: &[Segment], narrow: &[Segment]) -> bool {
    wide.len() == narrow.len()
        && wide
            .iter()
            .zip(narrow)
            .all(|(wide, narrow)| covers_segment(wide, narrow))
}

impl Segment {
    /// Whether every name that `other` stands for is one that this stands for; one name each.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        covers_segment(self, other)
    }
}

fn covers_segment(wide: &Segment, narrow: &Segment) -> bool {
    match (wide, narrow) {
        (_, Segment::Many) => *wide == Segment::Many,
        (Segment::One | Segment::Many, _) => true,
        (Segment::Literal(std), Segment::Literal(part)) if &**std == "std" => {
            matches!(&**part, "std" | "core" | "alloc")
        }
        _ => covers_letters(&letters(wide), &letters(narrow)),
    }
}

/// A name's letters; nothing for any text.
fn letters(segment: &Segment) -> Vec<Option<char>> {
    let of_part = |part: &SegmentPart| match part {
        SegmentPart::Text(text) => text.chars().map(Some).collect(),
        SegmentPart::Any => vec![None],
    };
    match segment {
        Segment::Literal(name) => name.chars().map(Some).collect(),
        Segment::Partial(parts) => parts.iter().flat_map(of_part).collect(),
        Segment::One | Segment::Many => vec![None],
    }
}

fn covers_letters(wide: &[Option<char>], narrow: &[Option<char>]) -> bool {
    match wide.split_first() {
        None => narrow.is_empty(),
        Some((None, rest)) => {
            covers_letters(rest, narrow)
                || narrow
                    .split_first()
                    .is_some_and(|(_, narrow)| covers_letters(wide, narrow))
        }
        Some((letter, rest)) => narrow
            .split_first()
            .is_some_and(|(other, narrow)| letter == other && covers_letters(rest, narrow)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> PathPattern {
        PathPattern::parse(text).unwrap().remove(0)
    }

    #[test]
    fn what_a_pattern_covers_of_another() {
        let covered = [
            ("sqlx", "sqlx::query"),
            ("shop::db*", "shop::db_old"),
            ("shop::*", "shop::db"),
            ("shop::*", "shop::d*b::x"),
            ("shop::**::tests", "shop::a::b::tests::x"),
            ("shop::**", "shop::**::x"),
            ("shop::db", "shop::db::self"),
            ("shop", "bin:shop"),
            ("bin:*", "bin:shop"),
            ("sqlx", "sqlx::query!"),
            ("std", "core::fmt"),
            ("extern:sqlite3_*", "extern:sqlite3_open"),
            ("shop::a*c*", "shop::abcd*"),
        ];
        for (wide, narrow) in covered {
            assert!(pattern(wide).covers(&pattern(narrow)), "{wide} covers {narrow}");
            assert!(
                !pattern(narrow).covers(&pattern(wide)),
                "{narrow} does not cover {wide}"
            );
            assert!(pattern(wide).overlaps(&pattern(narrow)), "{wide} meets {narrow}");
        }
        let apart = [
            ("sqlx", "diesel"),
            ("shop::db", "shop::database"),
            ("extern:sqlx", "sqlx"),
            ("literal:sql", "literal:sql-formatted"),
            ("shop::a*::x", "shop::b"),
        ];
        for (one, other) in apart {
            assert!(!pattern(one).covers(&pattern(other)), "{one} {other}");
            assert!(!pattern(other).covers(&pattern(one)), "{other} {one}");
        }
        assert!(!pattern("shop::db").overlaps(&pattern("shop::http")));
        assert!(pattern("shop::d*").overlaps(&pattern("shop::*b")));
    }
}
