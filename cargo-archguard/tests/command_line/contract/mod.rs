//! What the command line promises, as tables: every exit code of every command, every option of every command and what it does.
//! A command, an option or a word that is not in them fails a test here.

mod case;
mod cases;
mod exit_codes;
mod options;
mod runs;
mod shop;
mod states;

pub(crate) use runs::faults;
