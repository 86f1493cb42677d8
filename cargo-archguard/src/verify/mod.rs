//! `verify` is the check with what the compiler itself saw: what is compiled, and the process that cargo starts for it.

mod command;
mod wrapper;

pub(crate) use command::Compilation;
pub use wrapper::run_as_wrapper;
