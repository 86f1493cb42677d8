//! The nearest existing name to one that does not exist, for problems that want to help.

/// The candidate that a reader most likely meant, if one is near: at most a third of the letters differ (one of two), or
/// one word is how the other begins (three letters at least).
///
/// Equal distances are decided by the order of the names, so that the answer does not depend on that of the candidates.
///
/// ```
/// use archguard_invariants::nearest::nearest;
///
/// assert_eq!(nearest("persistance", ["http", "persistence"]), Some("persistence"));
/// assert_eq!(nearest("warning", ["error", "warn"]), Some("warn"));
/// assert_eq!(nearest("xyz", ["http", "persistence"]), None);
/// ```
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let length = name.chars().count();
    let limit = (length / 3).max(1).min(length.saturating_sub(1));
    let near = |candidate: &str| {
        let distance = strsim::osa_distance(name, candidate);
        // A path that another begins with holds it, and is not it.
        let is_word = ![name, candidate].iter().any(|it| it.contains("::") || it.contains('/'));
        let begins = is_word && (name.starts_with(candidate) || candidate.starts_with(name));
        let shorter = length.min(candidate.chars().count());
        let is_near = distance <= limit || (begins && shorter >= LETTERS_OF_A_BEGINNING);
        // What begins alike is further away than any slip of the pen.
        is_near.then_some((distance > limit, distance))
    };
    candidates
        .into_iter()
        .filter(|candidate| *candidate != name)
        .filter_map(|candidate| Some((near(candidate)?, candidate)))
        .min()
        .map(|(_, candidate)| candidate)
}

/// With fewer letters too much begins alike.
const LETTERS_OF_A_BEGINNING: usize = 3;

/// Whether one name is likely a slip of the pen for another: one edit away, two from eight letters on, none below five.
///
/// The policy may forbid crates that nobody depends on; one that is nearly the name of a crate that somebody does
/// depend on is taken for a slip (design 5, rules).
pub fn is_slip_of(name: &str, existing: &str) -> bool {
    let limit = match name.chars().count() {
        0..5 => return false,
        5..8 => 1,
        _ => 2,
    };
    name != existing && strsim::osa_distance(name, existing) <= limit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_by_length() {
        assert!(!is_slip_of("sqxl", "sqlx"));
        assert!(is_slip_of("diezel", "diesel"));
        assert!(is_slip_of("disel", "diesel"));
        assert!(!is_slip_of("dizel", "diesel"));
        assert!(is_slip_of("rusqliet", "rusqlite"));
        assert!(is_slip_of("rusqlete2", "rusqlite"));
        assert!(!is_slip_of("rusqlite", "rusqlite"));
    }

    #[test]
    fn beginnings_come_after_slips() {
        assert_eq!(nearest("modul", ["mod", "module"]), Some("module"));
        assert_eq!(nearest("exceptions", ["except", "rule"]), Some("except"));
        assert_eq!(nearest("in", ["instead", "items"]), None);
        assert_eq!(nearest("ins", ["instead", "items"]), Some("instead"));
    }

    #[test]
    fn ties_go_by_name() {
        assert_eq!(nearest("abcd", ["abcx", "abcc"]), Some("abcc"));
        assert_eq!(nearest("abcd", ["abcc", "abcx"]), Some("abcc"));
    }
}
