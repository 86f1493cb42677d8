//! The format of the policy as data, as JSON Schema and as the reader has it: three sayings of one thing.

mod agreement;
mod everything;
mod repository;
mod schema;

pub(crate) use schema::keeps;
