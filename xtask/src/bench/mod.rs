//! `cargo xtask bench`: how long whole commands take, beside what cannot be avoided and what else people run, and how the
//! time grows with the code. Nothing is judged here: numbers are for people, and no test is timed.
//!
//! Everything that is measured is a process of its own, also the yardsticks (`yardstick`) and the stages on their own
//! (`stages`): all of them start alike, and what one leaves in memory is no burden to the next.
//!
//! Reading order: `command` (what was asked for), `programs` (what is measured, built as people have it), `corpus`
//! (workspaces, in copies), `checks`, `builds` and `tools` (the cases), `rounds` (runs them in turn), `growth` (made
//! workspaces of growing size), `page` and `plot` (what becomes of it). What cannot be measured stops nothing else: `left_out`.

mod builds;
mod case;
mod checks;
mod command;
mod copy;
mod corpus;
mod edit;
mod growth;
mod left_out;
mod page;
mod place;
mod plot;
mod policies;
mod process;
mod programs;
mod rounds;
mod shapes;
mod stages;
mod statistics;
mod tables;
mod tools;
mod words;
mod yardstick;

pub(crate) use command::run;
pub(crate) use stages::run as run_stages;
pub(crate) use yardstick::run as run_yardstick;
