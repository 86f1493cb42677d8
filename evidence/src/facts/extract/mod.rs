//! From one file's text to its facts. Each file here reads one part of the language; `context` holds what they share.

mod annotations;
mod attributes;
mod bodies;
mod call_text;
mod context;
mod entry;
mod expressions;
mod formatted;
mod imports;
mod invocations;
mod items;
mod literals;
mod members;
mod passing;
mod patterns;
mod scan;
mod types;

pub use entry::{Depth, ExtractError, extract, extract_expression};
pub(crate) use entry::{Reading, extract_tokens};
pub(crate) use invocations::included;
