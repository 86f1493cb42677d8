//! Tools, members, loans and days.

use std::fmt;

/// A day, counted from the first of January 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub u32);

impl Day {
    /// So many days later.
    #[must_use]
    pub fn later(self, days: u32) -> Self {
        Self(self.0.saturating_add(days))
    }
}

/// A name that is neither empty nor holds white space: of a tool, of a member.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name(String);

impl Name {
    /// None for text that is no name.
    pub fn new(text: &str) -> Option<Self> {
        let is_name = !text.is_empty() && !text.contains(char::is_whitespace);
        is_name.then(|| Self(text.to_owned()))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A tool in somebody's hands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loan {
    /// What was lent.
    pub tool: Name,
    /// To whom.
    pub member: Name,
    /// The last day on which it is not late.
    pub due: Day,
}

impl Loan {
    /// Whether it should have been back before a day.
    pub fn is_late(&self, today: Day) -> bool {
        self.due < today
    }
}
