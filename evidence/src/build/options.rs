//! What the reader wants to know from the policy beforehand.

use std::path::PathBuf;
use std::sync::Arc;

use archguard_invariants::pattern::PathPattern;
use archguard_invariants::policy::Policy;
use archguard_invariants::policy::generated::Generated;
use archguard_invariants::policy::model::DevCode;

use crate::workspace::Workspace;

/// What the policy asks of the reading.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The patterns whose targets the graph has to know.
    pub patterns: Vec<PathPattern>,
    /// What counts as development code beside test-like items and targets.
    pub dev_code: Vec<DevCode>,
    /// Code that is generated.
    pub generated: Vec<Generated>,
    /// What belongs to an external crate's family beside what shows it by name or repository, by the crate's name.
    pub facades: Vec<(Arc<str>, Vec<PathPattern>)>,
    /// Files and directories that are not to be examined, relative to the workspace root.
    pub excluded: Vec<String>,
    /// Whether the policy requires something of items: then the graph has closures and [`archguard_invariants::graph::Details`].
    pub requirements: bool,
}

impl Options {
    /// What a policy asks.
    pub fn of(policy: &Policy) -> Self {
        let facade = |facade: &archguard_invariants::policy::model::Facade| {
            let family = facade.family.iter().map(|listed| listed.value.clone());
            (Arc::clone(&facade.name.value), family.collect())
        };
        let excluded = policy.exclusions.iter();
        Self {
            patterns: policy.patterns(),
            dev_code: policy.settings.dev_code.iter().map(|code| code.value.clone()).collect(),
            generated: policy
                .settings
                .generated
                .iter()
                .map(|entry| entry.value.clone())
                .collect(),
            facades: policy.facades.iter().map(facade).collect(),
            excluded: excluded.map(|entry| entry.path.value.clone()).collect(),
            requirements: !policy.requires.is_empty(),
        }
    }

    /// What is not to be examined, where it lies.
    pub(super) fn excluded_paths(&self, workspace: &Workspace) -> Vec<PathBuf> {
        self.excluded.iter().map(|path| workspace.root.join(path)).collect()
    }
}
