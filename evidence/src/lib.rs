//! What the code does: workspace, sources, name resolution and the graph.

mod build;
pub mod facts;
pub mod mbe;
mod names;
mod sql;
pub mod std_table;
pub mod workspace;

pub use build::{Evidence, Options, read, read_asking, read_outline, take_in};
