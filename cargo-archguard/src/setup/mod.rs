//! `setup`: wires the check into build, hook, CI, editor and `AGENTS.md`, and takes it out again.
//!
//! Reading order: [`section`] (lines of ours in somebody's file), [`wanted`] (a file that is to hold one, and what that comes
//! to: a value), [`site`] (what there is around the workspace), then the parts ([`wrapper`], [`enforcement`], [`hook`],
//! [`pre_commit`], [`workflow`], [`editor`], [`agents`]), [`plan`] (all of them), [`command`] (shows, asks, writes).

mod agents;
mod alias;
mod command;
mod editor;
mod enforcement;
mod hook;
mod plan;
mod pre_commit;
mod section;
mod shown;
mod site;
mod toml_key;
mod wanted;
mod workflow;
mod wrapper;

pub(crate) use command::{Asked, Task, run};
pub(crate) use plan::Method;
