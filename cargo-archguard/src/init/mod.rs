//! `init`: a first policy, drafted from the code, and a first baseline if one is asked for. [`plan`] drafts and judges by
//! the draft, [`command`] writes and says what was written.

mod command;
mod plan;

pub(crate) use command::run;
pub(crate) use plan::Task;
