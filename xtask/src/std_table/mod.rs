//! `cargo xtask std-table`: the standard library's public paths, read from a toolchain's installed
//! documentation and compiled crates, written to `evidence/data/std.txt`.
//!
//! `html` and `signature` read text, `listing`, `redirects` and `page` read the documentation, `probe` and
//! `items` ask the compiler, `definitions` joins the two, `arch` keeps the vendor intrinsics small, `write` is the file format.
//! The format's reader is `archguard_evidence::std_table`.
//!
//! No HTML crate: the pages are one machine's regular output and are scanned for a dozen fixed markers, which is
//! shorter than selectors over a tree and fast enough for half a gigabyte of pages.

mod arch;
mod command;
mod definitions;
mod error;
mod html;
mod items;
mod listing;
mod page;
mod probe;
mod redirects;
mod signature;
mod toolchain;
mod write;

pub(crate) use command::run;
