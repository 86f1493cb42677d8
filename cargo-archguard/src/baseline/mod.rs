//! `baseline`: freezes the findings of today, takes out what is gone, and says whether there is something to take out.
//! [`plan`] decides what the file is to hold, [`command`] runs it.

mod command;
mod plan;

pub(crate) use command::run;
pub(crate) use plan::Task;
