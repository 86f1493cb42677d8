//! Whole workspaces, read and judged as the command does it: a fixture for every clause of what source evidence sees.

mod associated;
mod bypasses;
mod encodings;
mod externs;
mod harness;
mod includes;
mod module_tree;
mod names;
mod not_references;
mod orphans;
mod pages;
mod reexports;
mod resolution;
