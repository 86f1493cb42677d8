//! Whole workspaces, read and judged as the command does it: a fixture for every clause of what source evidence sees.

mod harness;
mod associated;
mod bypasses;
mod externs;
mod names;
mod pages;
mod reexports;
