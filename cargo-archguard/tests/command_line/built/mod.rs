//! Plain `cargo build` in a copy of the first example, as somebody sees it who breaks a rule and repairs it: with the macro
//! and with the wrapper, written in by hand and by `setup`.
//!
//! [`copy`] makes the copy. [`transcripts`] are golden files, which `docs/enforcing.md` shows, recorded by [`session`];
//! [`wired`] is `setup` and the hook.

mod copy;
mod session;
mod transcripts;
mod wired;
