//! What is kept of a workspace says what reading it from scratch would say, whatever was edited in between: random edits on
//! a workspace in which names lead far. `ARCHGUARD_EDITS=1000` makes a thousand of them, `PROPTEST_RNG_SEED` the same ones again.

mod bench;
mod bodies;
mod code;
mod compare;
mod declarations;
mod disk;
mod draws;
mod edit;
mod edit_code;
mod edit_files;
mod edit_packages;
mod noticed_macros;
mod noticed_rest;
mod noticed_types;
mod packages;
mod policy;
mod property;
mod shop;
mod templates;
mod threads;
mod ways;
