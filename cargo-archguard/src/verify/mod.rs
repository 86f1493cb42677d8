//! `verify` is the check with what the compiler itself saw: what is compiled.

mod command;

pub(crate) use command::Compilation;
