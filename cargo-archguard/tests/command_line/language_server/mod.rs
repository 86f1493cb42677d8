//! Findings as diagnostics of an editor: rust-analyzer runs the command that `docs/editor.md` gives it, and a client waits
//! until the finding is there.
//!
//! [`frame`] is how messages travel, [`client`] talks and answers, [`editor`] is what an editor does with one file. [`real`]
//! runs it against rust-analyzer, where there is one; [`pretended`] against a server of its own, so that the client is
//! known to work where there is none.

mod client;
mod editor;
mod frame;
mod pretended;
mod real;
