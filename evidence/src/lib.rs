//! What the code does: workspace, sources, name resolution and the graph.

pub mod facts;
pub mod mbe;
pub mod std_table;
pub mod workspace;
