//! `diff`: what a change does to the architecture. [`command`] compares and prints, [`lines`] says it in lines for people,
//! [`markdown`] as a comment for a review.

mod command;
mod lines;
mod markdown;

pub(crate) use command::run;
