//! `verify`: the check, with what the compiler itself saw.

mod command;
mod wrapper;

pub(crate) use command::{Compilation, run};
pub use wrapper::run_as_wrapper;
