//! The policy of a workspace, read, with what it adds to the workspace: packages' own files, and other workspaces that are
//! examined too. Every command that knows a policy begins here.

use archguard_invariants::policy::Policy;
use archguard_invariants::problem::Problem;

use crate::options::Options;
use crate::policy_file::PolicyFile;
use crate::source_files::SourceFiles;
use crate::stages::{self, Loaded};

/// A policy, and the files that it was read from.
pub struct Opened {
    /// The files.
    pub file: PolicyFile,
    /// Their texts, for places in them.
    pub sources: SourceFiles,
    /// The policy, or why there is none.
    pub policy: Result<Policy, Vec<Problem>>,
    /// What is wrong with other workspaces that it names.
    pub problems: Vec<Problem>,
}

impl Opened {
    /// Reads the policy and takes in what it names.
    pub fn of(workspace: &mut Loaded, options: &Options) -> Self {
        let file = PolicyFile::read(workspace.root(), options.policy.as_deref());
        let mut opened = Self {
            file,
            sources: SourceFiles::below(workspace.root()),
            policy: Err(Vec::new()),
            problems: Vec::new(),
        };
        opened.read(workspace);
        if let Ok(policy) = &opened.policy
            && !policy.settings.workspaces.is_empty()
        {
            opened.problems = stages::take_in(workspace, policy, options);
            // The packages there may have files of their own.
            opened.read(workspace);
        }
        opened.sources.targets = workspace.targets();
        opened
    }

    fn read(&mut self, workspace: &Loaded) {
        self.file.read_fragments(workspace);
        self.policy = self.file.texts().and_then(|texts| {
            self.sources.add_policy(&texts);
            stages::read_policy(&texts)
        });
    }
}
