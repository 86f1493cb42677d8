//! What the reader wants to know from the policy beforehand.

use archguard_invariants::pattern::PathPattern;
use archguard_invariants::policy::model::DevCode;

/// What the policy asks of the reading.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The patterns whose targets the graph has to know.
    pub patterns: Vec<PathPattern>,
    /// What counts as development code beside test-like items and targets.
    pub dev_code: Vec<DevCode>,
    /// Files and directories that are not to be examined, relative to the workspace root.
    pub excluded: Vec<String>,
    /// Whether the policy requires something of items: then the graph has closures and [`archguard_invariants::graph::Details`].
    pub requirements: bool,
}
