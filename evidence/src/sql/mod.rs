//! Whether a text is SQL. What the text means, to which database it goes, and who may hold it is nobody's business here.
//!
//! In three steps, each dearer than the one before: [`begin`] looks at the first word, and is asked of every literal;
//! [`shape`] at the words that a statement cannot do without, and whether the whole reads as prose; [`recognise`] parses,
//! in several dialects, with [`placeholders`] filled in and with what an unfinished text may go on with.

mod begin;
mod placeholders;
mod prose;
mod recognise;
mod shape;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use begin::may_begin;
pub(crate) use placeholders::placeholders;
pub(crate) use recognise::is_sql;
