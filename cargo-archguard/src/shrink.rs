//! The baseline shrinks by itself: a check that is clean and speaks of the whole workspace takes out what is gone.

use std::io::{self, Write};

use archguard_check::Decided;
use archguard_invariants::verdict::Verdict;

/// Rewrites the baseline without what is gone, and says so on standard error.
pub(crate) fn tidy(decided: &Decided, verdict: &Verdict, err: &mut dyn Write) -> io::Result<()> {
    let Some(left) = decided.tidied(verdict) else {
        return Ok(());
    };
    let file = &decided.baseline_file;
    match file.replace(&left.to_text()) {
        Ok(()) => writeln!(
            err,
            "archguard: {} was rewritten: it holds less than before",
            file.display
        ),
        Err(error) => writeln!(
            err,
            "archguard: {} can shrink, but was not rewritten: {error}",
            file.display
        ),
    }
}
