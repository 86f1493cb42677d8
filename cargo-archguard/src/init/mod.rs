//! `init`: a first policy, drafted from the code.

mod command;

pub(crate) use command::run;
