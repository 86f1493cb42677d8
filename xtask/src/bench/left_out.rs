//! What cannot be measured. It is said at once and named at the end; nothing else stops for it.

use super::case::What;
use super::rounds::Results;
use crate::terminal;

/// Whatever was left out so far.
#[derive(Debug, Default)]
pub(crate) struct LeftOut {
    names: Vec<String>,
}

impl LeftOut {
    /// Says what is left out, and why.
    pub(crate) fn note(&mut self, what: &str, why: &str) {
        terminal::failure(&format!("left out: {what}: {why}"));
        self.names.push(what.to_owned());
    }

    /// What was measured; where it was not, that is noted.
    pub(crate) fn keep<T>(&mut self, what: &str, measured: Result<T, String>) -> Option<T> {
        measured.map_err(|why| self.note(what, &why)).ok()
    }

    /// Notes the cases of something that have no samples. Other people's tools are none of them: nobody has to have them.
    pub(crate) fn note_cases(&mut self, of: &str, results: &Results) {
        for (what, why) in &results.refused {
            if !matches!(what, What::Tool(_)) {
                self.note(&format!("{of}: {}", what.label()), why);
            }
        }
    }

    /// The names of all, where there are any.
    pub(crate) fn names(self) -> Option<String> {
        (!self.names.is_empty())
            .then(|| format!("not everything could be measured; left out: {}", self.names.join("; ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_is_named_and_the_rest_is_kept() {
        let mut left_out = LeftOut::default();
        let each = [Ok(1), Err("it has no manifest".to_owned()), Ok(3)];
        let each = ["a", "b", "c"].into_iter().zip(each);
        let kept: Vec<i32> = each.filter_map(|(name, it)| left_out.keep(name, it)).collect();
        assert_eq!(kept, [1, 3]);
        let refused = [What::Cold, What::Tool("other")].map(|what| (what, "it ended".to_owned()));
        let mut results = Results::default();
        results.refused.extend(refused);
        left_out.note_cases("c", &results);
        let names = left_out.names().expect("something was left out");
        assert!(
            names.ends_with(&format!("left out: b; c: {}", What::Cold.label())),
            "{names}"
        );
        assert_eq!(LeftOut::default().names(), None);
    }
}
