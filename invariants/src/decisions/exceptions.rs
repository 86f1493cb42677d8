//! Exceptions: findings that somebody decided to accept, each exactly one, until a day.

use std::sync::Arc;

use super::{Inline, Key, Stretch, key_of};
use crate::date::{Day, Until};
use crate::place::TextSpan;
use crate::policy::RuleId;
use crate::verdict::Finding;
use crate::verdict::describe::position;

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

/// One entry. It accepts the finding with exactly this rule, item and definition: no pattern, no message, no line. One that
/// stands in the code accepts those of its rule that lie wholly in the code that it speaks of.
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
    /// Where the entry stands in the file of exceptions.
    pub span: TextSpan,
    /// For one in the code: where it stands, and what it speaks of instead of `from` and `to`, which then only tell the item.
    pub inline: Option<Inline>,
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
        let named = || match &self.inline {
            Some(inline) => self.rule.as_str() == finding.rule && inline.covers(finding),
            None => self.key() == key_of(finding),
        };
        finding.lint.can_be_accepted() && named()
    }

    pub(crate) fn key(&self) -> Key<'_> {
        (self.rule.as_str(), &self.from, self.to.as_deref())
    }
}

impl Exceptions {
    /// The entry that speaks of a finding; of several the first that is not over.
    pub fn naming(&self, finding: &Finding) -> Option<&Exception> {
        let naming = self.entries.iter().filter(|entry| entry.names(finding));
        naming.min_by_key(|entry| entry.is_expired())
    }

    /// Where an entry stands.
    pub fn place_of(&self, entry: &Exception) -> Stretch {
        let at = |byte| position(&self.text, byte);
        match &entry.inline {
            Some(inline) => inline.stands.clone(),
            None => Stretch {
                file: Arc::clone(&self.file),
                start: at(entry.span.start),
                end: at(entry.span.end),
            },
        }
    }
}
