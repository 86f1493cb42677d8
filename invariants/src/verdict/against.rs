//! What the verdict says of the commit that a change is judged against.

use serde::{Deserialize, Serialize};

use super::model::{Hop, PolicySource};
use crate::changes::PolicyChanges;
use crate::policy::model::Severity;

/// The commit, and what has become of policy, exceptions and baseline since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BaseFacts {
    /// The commit as it was asked for.
    pub rev: String,
    /// The commit.
    pub commit: String,
    /// The hash of the policy there, as `policy.hash` is that of today; null where there was none, and the policy of today
    /// judges alone.
    pub hash: Option<String>,
    /// Whether the command line accepts what has been weakened (`--allow-policy-change`).
    pub accepted: bool,
    /// What the policy no longer denies.
    pub weakened: Vec<ChangeEntry>,
    /// What it denies and did not.
    pub strengthened: Vec<ChangeEntry>,
    /// What people have decided since and does not count.
    pub uncounted: Uncounted,
    /// What could not be looked at.
    pub notes: Vec<String>,
}

/// One difference between the two policies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangeEntry {
    /// The rule, or a reserved id for what is no rule: `policy.dev_code`.
    pub rule: String,
    /// How severely it is or was denied.
    pub severity: Severity,
    /// What has changed, as clauses.
    pub changes: Vec<String>,
    /// References that were denied and are let pass; of what is stricter none.
    pub references: Vec<Hop>,
}

/// Decisions that the base does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Uncounted {
    /// Exceptions.
    pub exceptions: usize,
    /// Entries of the baseline, and places that were added to one.
    pub baseline: usize,
}

impl BaseFacts {
    /// A base under which nothing is different.
    pub fn of(rev: impl Into<String>, commit: impl Into<String>, hash: Option<String>) -> Self {
        Self {
            rev: rev.into(),
            commit: commit.into(),
            hash,
            accepted: false,
            weakened: Vec::new(),
            strengthened: Vec::new(),
            uncounted: Uncounted::default(),
            notes: Vec::new(),
        }
    }

    /// The source that the verdict names: the base, if there was a policy.
    pub fn source(&self) -> PolicySource {
        match self.hash {
            Some(_) => PolicySource::Base(self.commit.clone()),
            None => PolicySource::Worktree,
        }
    }

    /// With what the policy denies and did not.
    pub fn add_strengthened(&mut self, changes: &PolicyChanges) {
        for change in &changes.strengthened {
            let rule = change.rule.as_str();
            match self.strengthened.last_mut().filter(|last| last.rule == rule) {
                Some(last) => last.changes.push(change.strengthened()),
                None => self.strengthened.push(ChangeEntry {
                    rule: rule.to_owned(),
                    severity: change.severity,
                    changes: vec![change.strengthened()],
                    references: Vec::new(),
                }),
            }
        }
    }

    /// How messages call the commit: `main (1a2b3c4)`.
    pub fn name(&self) -> String {
        let short = &self.commit[..self.commit.len().min(7)];
        if self.commit.starts_with(&self.rev) {
            short.to_owned()
        } else {
            format!("{} ({short})", self.rev)
        }
    }
}
