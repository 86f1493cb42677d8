//! What the code does: workspace, sources, name resolution and the graph.

pub mod facts;
