//! Workspaces made from a few numbers: of any size, with the same text every time. They show how the time of a check grows,
//! which nothing that people wrote can show over three decades.
//!
//! [`Plan`] says what is wanted, [`files`] is what it means, and `write` puts it into a folder. Each shape has its file:
//! `layered` is like ordinary code, the others are one hard thing each.

mod circle;
mod command;
mod files;
mod layered;
mod links;
mod manifests;
mod module_text;
mod plan;
mod random;

pub(crate) use command::run;
pub(crate) use files::write;
pub(crate) use plan::{Plan, Shape};
