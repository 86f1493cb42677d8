//! Which of two patterns that name the same item says more: the order by which components claim modules.

use std::cmp::Ordering;

use super::model::{PathPattern, Segment};

impl PathPattern {
    /// Compares by specificity, the more specific being the greater: segment by segment a literal beats a partial `*`,
    /// that beats `*`, that beats `**`; then a target prefix beats none, `x::self` beats `x`, `x!` beats `x`.
    ///
    /// Only meaningful for patterns that name the same item.
    pub fn compare_specificity(&self, other: &Self) -> Ordering {
        let length = self.segments.len().max(other.segments.len());
        let rank = |pattern: &Self, index: usize| pattern.segments.get(index).map_or(END, segment_rank);
        (0..length)
            .map(|index| rank(self, index).cmp(&rank(other, index)))
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
            .then_with(|| self.target.is_some().cmp(&other.target.is_some()))
            .then_with(|| self.own_only.cmp(&other.own_only))
            .then_with(|| self.macro_only.cmp(&other.macro_only))
    }
}

/// `x` beats `x::**`, and `x::**::y` beats `x::**`.
const END: u8 = 1;

fn segment_rank(segment: &Segment) -> u8 {
    match segment {
        Segment::Many => 0,
        Segment::One => 2,
        Segment::Partial(_) => 3,
        Segment::Literal(_) => 4,
    }
}
