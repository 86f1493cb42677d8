//! `guard`: what code in a file may and may not do, before it is written.

mod command;

pub(crate) use command::run;
