//! What the code does: workspace, sources, name resolution and the graph.

mod build;
pub mod compiler;
pub mod facts;
mod index;
mod kept;
pub mod mbe;
mod names;
mod sql;
pub mod std_table;
mod turn;
pub mod workspace;

pub use build::{
    Differences, Evidence, Options, kept_reading, read, read_asking, read_cached, read_outline, read_outline_cached,
    read_witnessed, read_witnessed_cached, take_in,
};
pub use kept::KeptAnswer;
