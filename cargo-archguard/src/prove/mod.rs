//! `prove`: whether every part of the policy can fire at all.

mod command;

pub(crate) use command::run;
