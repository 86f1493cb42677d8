//! Exceptions: findings that somebody decided to accept, each exactly one, until a day.

use std::sync::Arc;

use super::{Key, key_of};
use crate::date::{Day, Until};
use crate::place::TextSpan;
use crate::policy::RuleId;
use crate::verdict::Finding;

/// The exceptions of a workspace.
#[derive(Debug, Clone, Default)]
pub struct Exceptions {
    /// The file's path as printed.
    pub file: Arc<str>,
    /// The file's text: places of entries are byte spans of it.
    pub text: Arc<str>,
    /// The whole entries, in order of writing; those with something missing are problems and accept nothing.
    pub entries: Vec<Exception>,
}

/// One entry. It accepts the finding with exactly this rule, item and definition: no pattern, no message, no line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// The rule's id.
    pub rule: RuleId,
    /// Whose code, as in the finding.
    pub from: String,
    /// What it leads to, as in the finding; none for a finding without a target.
    pub to: Option<String>,
    /// Why the finding is accepted.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day.
    pub until: Until,
    /// How many days are left after the day of reading; none where `until` is no date.
    pub days_left: Option<i64>,
    /// Where the entry stands.
    pub span: TextSpan,
}

/// What dates are measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// The day of reading.
    pub today: Day,
    /// `[policy] exceptions = { max_days = .. }`: the most days that `until` may lie ahead.
    pub max_days: u32,
}

impl Exception {
    /// Whether it is over: past its last day, or without one that is a date.
    pub fn is_expired(&self) -> bool {
        self.days_left.is_none_or(|days| days < 0)
    }

    /// Whether it speaks of a finding. What is wrong with exceptions, or with the policy, cannot be excepted.
    pub fn names(&self, finding: &Finding) -> bool {
        finding.lint.can_be_accepted() && self.key() == key_of(finding)
    }

    pub(crate) fn key(&self) -> Key<'_> {
        (self.rule.as_str(), &self.from, self.to.as_deref())
    }
}

impl Exceptions {
    /// The entry that speaks of a finding.
    pub fn naming(&self, finding: &Finding) -> Option<&Exception> {
        self.entries.iter().find(|entry| entry.names(finding))
    }
}
