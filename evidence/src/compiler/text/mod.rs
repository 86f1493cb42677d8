//! The only place that knows how the compiler prints what it knows. The text is no stable format: what is not understood
//! is an error, never left out; whether all was understood is shown by the probe that each compiler has to pass.

mod bodies;
mod items;
mod lines;
mod parts;

pub(super) use bodies::Bodies;
pub(super) use items::Items;
pub use lines::ReadError;
pub(super) use lines::{Reader, read_lines};
