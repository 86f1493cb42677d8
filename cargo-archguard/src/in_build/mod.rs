//! The compiler's wrapper of teams that install the tool, `build.rustc-workspace-wrapper = "cargo-archguard"`: a unit of the
//! workspace is compiled and judged at the same time, and what is wrong with it is an error of the compiler's kind.
//!
//! `unit` does that for one unit. What is asked of the compiler besides, by cargo or by build scripts, goes straight to it.

mod unit;

pub(crate) use unit::{compile, names_a_compiler};
