//! Cargo's answer about a workspace, kept below its target directory, so that it is not asked again while nothing has
//! changed that the answer depends on.
//!
//! [`witness`] says what that is and how it looks; [`survey`] finds it all for one workspace; [`place`] where the answer is
//! kept; `kept` asks only where what is kept does not hold. Whatever is not certain is not kept: an answer without a lock file, one made
//! in a copy, configuration that includes other files. A file that is damaged or cannot be written is no error: cargo is
//! asked. Reading code and its facts is not cached here.

mod kept;
mod place;
mod survey;
mod witness;

#[cfg(test)]
mod tests;

pub(super) use kept::Cache;
