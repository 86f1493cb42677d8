//! Whole workspaces, read and judged as the command does it: a fixture for every clause of what source evidence sees.

mod associated;
mod bypasses;
mod cfgs;
mod determinism;
mod dev_code;
mod encodings;
mod externs;
mod foreign;
mod forms;
mod harness;
mod harness_itself;
mod includes;
mod invocations;
mod judgements;
mod macros;
mod methods;
mod module_tree;
mod names;
mod not_references;
mod orphans;
mod pages;
mod pitfalls;
mod published;
mod reexports;
mod resolution;
mod standard_library;
