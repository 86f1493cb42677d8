//! `[[exclude]]`: code that is not examined, for a reason, until a day. What day it is, a caller says; where the code lies,
//! whoever reads it finds out.

use crate::date::{Day, Until};
use crate::place::Spanned;
use crate::problem::{Problem, ProblemCode, ProblemPlace};

/// One `[[exclude]]`.
#[derive(Debug, Clone)]
pub struct Exclusion {
    /// A file or directory, relative to the workspace root, with `/`.
    pub path: Spanned<String>,
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day.
    pub until: Spanned<Until>,
}

impl Exclusion {
    /// What is wrong with it on a day: it is over. A text that is no day is over from the beginning.
    pub fn problem_on(&self, today: Day) -> Option<Problem> {
        if !self.until.value.is_over(today) {
            return None;
        }
        let (path, owner) = (&self.path.value, &self.owner);
        let message = match &self.until.value {
            Until::Day(day) => {
                format!("the exclusion of `{path}` ended on {day}: examine the code, or let {owner} decide anew")
            }
            Until::Malformed(text) => {
                format!("`{text}` is not a date of the form YYYY-MM-DD, so the exclusion of `{path}` counts as over")
            }
        };
        Some(Problem {
            code: ProblemCode::Expired,
            message,
            place: ProblemPlace::Policy(self.until.span),
            suggestion: None,
        })
    }

    /// The problem of one that takes nothing out.
    pub fn idle(&self) -> Problem {
        Problem {
            code: ProblemCode::NothingMatched,
            message: format!("`{}` takes out nothing: no Rust file lies there", self.path.value),
            place: ProblemPlace::Policy(self.path.span),
            suggestion: None,
        }
    }
}
