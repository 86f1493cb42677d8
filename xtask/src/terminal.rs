//! The only place of `xtask` that writes to the terminal. What to say is decided elsewhere.

use std::io::{Write as _, stderr, stdout};

/// A line of the result. Not by `println!`: it panics when nobody reads any more, and that is no failure of the task.
pub(crate) fn line(text: &str) {
    let _ = writeln!(stdout(), "{text}");
}

/// Why the task failed.
pub(crate) fn failure(text: &str) {
    let _ = writeln!(stderr(), "{text}");
}
