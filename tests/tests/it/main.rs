//! Whole workspaces, read and judged as the command does it: a fixture for every clause of what source evidence sees.

mod associated;
mod externs;
mod harness;
mod invocations;
mod names;
mod pages;
mod published;
mod reexports;
