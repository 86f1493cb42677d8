//! The format of the policy and of the files beside it, as data: every table, its keys, what stands under each, what is meant
//! by leaving it out, and a sentence of what it says.
//!
//! There is no other list of keys. The reader knows a key because it stands here, the JSON Schemas for editors are made from
//! it, and so are the tables of the page on policies. How a value is read is the reader's.

mod beside;
mod document;
mod file;
mod json_schema;
mod reserved;
mod rules;
mod shape;
mod words;

pub(super) use beside::{BASELINE, EXCEPT, EXCEPTIONS, FROZEN};
pub(super) use document::{COMPONENT, DOCUMENT, EXCLUDE, MAX_DAYS, PACKAGE, SETTINGS};
pub use file::PolicyFile;
pub use reserved::{RESERVED_RULES, ReservedRule};
pub(super) use rules::{ACYCLIC, CONDITIONS, FORBID, LAYERS, MANDATE, REQUIRE};
pub use shape::{Key, Shape, Table};
pub use words::Word;
pub(super) use words::{
    AMONG_WORDS, ANNOTATION_WORDS, DEV_WORDS, PENDING_WORDS, PERMISSION_WORDS, SEVERITY_WORDS, WRAPPER_WORDS, use_words,
};
