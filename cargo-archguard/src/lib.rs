//! `cargo archguard`: commands, printing, processes. What is judged and how is decided in the crates below.
//!
//! Reading order: [`run`], then `request` (what was asked for), `check`,
//! `graph`, `explain`, `guard`, `prove`, `init`, `packs`, `schema` and `setup` (the commands), `print` (what a person sees).

mod against;
mod baseline;
mod check;
mod cli;
mod color;
mod diff;
mod exceptions;
mod explain;
mod git;
mod graph;
mod guard;
mod in_build;
mod init;
mod locate;
mod packs;
mod print;
mod progress;
mod prove;
mod question;
mod request;
mod run;
mod schema;
mod setup;
mod shrink;
mod timings;
mod verify;
mod with_cargo;
mod wrapper;

pub use archguard_check::Surroundings;
pub use cli::command_line;
pub use run::{run, run_in};
pub use wrapper::run_as_wrapper;
