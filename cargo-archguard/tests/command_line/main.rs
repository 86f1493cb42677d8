//! The command line from outside: what it prints, what it ends with, and that its documents keep to their schemas.

#![expect(clippy::unwrap_used, reason = "what fails in a test's preparation fails the test")]

mod at_once;
mod bad_input;
mod built;
mod contract;
mod copies;
mod decisions;
mod documents;
mod enforced;
mod examples;
mod formats;
mod guarding;
mod help;
mod history;
mod in_build;
mod init;
#[cfg(unix)]
mod interrupted;
mod known;
mod language_server;
mod other_workspaces;
mod packs;
mod process;
mod questions;
mod readme;
mod requirements;
mod rustc_json;
mod schema;
mod setup;
mod setup_removed;
mod turns;
mod verify;
mod workspaces;
