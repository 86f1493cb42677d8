//! The known word that a mistyped one was probably meant to be. It suggests, and accepts nothing.

/// The nearest of `known` to `word` if one is near enough to be meant: a third of its letters may be wrong, one always.
/// Of two equally near ones the earlier.
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let word = word.to_lowercase();
    let near = known.iter().map(|&candidate| (edits(&word, candidate), candidate));
    near.filter(|&(edits, candidate)| edits <= (candidate.len() / 3).max(1))
        .min_by_key(|&(edits, _)| edits)
        .map(|(_, candidate)| candidate)
}

/// Insertions, removals, replacements and swaps of neighbours that lead from one word to the other
/// (optimal string alignment).
fn edits(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for row in 1..=left.len() {
        let mut current = vec![row];
        for column in 1..=right.len() {
            let same = left[row - 1] == right[column - 1];
            let replaced = above[column - 1] + usize::from(!same);
            let mut best = replaced.min(above[column] + 1).min(current[column - 1] + 1);
            if row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1] {
                best = best.min(before[column - 2] + 1);
            }
            current.push(best);
        }
        before = std::mem::replace(&mut above, current);
    }
    above[right.len()]
}

#[cfg(test)]
mod tests {
    use super::{edits, nearest};

    const KEYS: [&str; 4] = ["rule", "reason", "owner", "until"];

    #[test]
    fn edits_are_counted() {
        for (left, right, expected) in [
            ("", "", 0),
            ("", "rule", 4),
            ("rule", "rule", 0),
            ("rulle", "rule", 1),
            ("ruel", "rule", 1),
            ("id", "rule", 4),
        ] {
            assert_eq!(edits(left, right), expected, "{left} {right}");
            assert_eq!(edits(right, left), expected, "{right} {left}");
        }
    }

    #[test]
    fn near_words_are_suggested_and_far_ones_are_not() {
        for (word, expected) in [
            ("untill", Some("until")),
            ("Reason", Some("reason")),
            ("reasons", Some("reason")),
            ("onwer", Some("owner")),
            ("rules", Some("rule")),
            ("note", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, &KEYS), expected, "{word}");
        }
    }
}
