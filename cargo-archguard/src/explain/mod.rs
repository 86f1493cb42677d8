//! `explain`: what the policy says of a place, a rule or a pair, and what the code does there.

mod command;

pub(crate) use command::run;
