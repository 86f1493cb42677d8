//! From a workspace to the graph: every examined module read, every path in it resolved, what the policy's patterns lead
//! to looked up.

mod annotations;
mod details;
mod details_in_graph;
mod earlier;
mod external_bodies;
mod found;
mod generated_code;
mod handing;
mod inherit;
mod items;
mod keeping;
mod kept;
mod literals;
mod load;
mod noticed;
mod options;
mod order;
mod orphans;
mod out_of_reach;
mod read;
mod references;
mod references_in_graph;
mod shapes;
mod targets;
mod witness;
mod workspaces;

pub use options::Options;
pub use read::{
    Evidence, kept_reading, read, read_asking, read_cached, read_outline, read_outline_cached, read_witnessed,
    read_witnessed_cached,
};
pub use witness::Differences;
pub use workspaces::take_in;
