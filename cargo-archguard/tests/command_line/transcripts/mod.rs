//! Plain `cargo build` in a copy of the first example, as somebody sees it who breaks a rule, repairs it, and changes the
//! policy: once with the macro, once with the wrapper. The transcripts are golden files, and `docs/enforcing.md` shows them.
//!
//! [`copy`] makes the copy, [`session`] runs and records, [`builds`] says what happens.

mod builds;
mod copy;
mod session;
