//! `cargo archguard`: commands, printing, files, processes. Everything that touches the outside; what is judged and how
//! is decided in the crates below.
//!
//! Reading order: [`run`], then `request` (what was asked for), `stages` (from the workspace to the findings), `check`,
//! `graph`, `explain`, `guard`, `init`, `packs` and `schema` (the commands), `print` (what a person sees).

mod base;
mod baseline;
mod beside;
mod causes;
mod check;
mod cli;
mod color;
mod decided;
mod exceptions;
mod excluded;
mod explain;
mod gather;
mod graph;
mod guard;
mod init;
mod locate;
mod opened;
mod packs;
mod policy_file;
mod print;
mod progress;
mod question;
mod request;
mod run;
mod schema;
mod shrink;
mod stages;
mod text_file;
mod verify;

pub use cli::command_line;
pub use request::Surroundings;
pub use run::{run, run_in};
pub use verify::run_as_wrapper;
