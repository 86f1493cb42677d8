//! `[facades]`: which crates belong to an external crate's family beside those that show it by name or repository.

use super::section::{Reader, Section};
use super::terms::ListKind;
use crate::place::Spanned;
use crate::policy::model::{Facade, Term};
use crate::problem::ProblemCode;

impl<'t> Reader<'t> {
    /// Reads `[facades]`, in order of writing.
    pub(super) fn read_facades(&mut self, document: &Section<'_, 't>) -> Vec<Facade> {
        let Some(section) = document
            .get("facades")
            .and_then(|value| self.section("[facades]", value))
        else {
            return Vec::new();
        };
        let mut facades = Vec::new();
        for (name, span, value) in section.entries() {
            let is_name = name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
            if name.is_empty() || !is_name {
                let message = format!("`{name}` in [facades] must be a crate's name as in code, with underscores");
                let suggestion = Some(name.replace('-', "_")).filter(|better| better != name);
                self.problem_near(ProblemCode::BadPattern, span, message, suggestion);
                continue;
            }
            let what = section.key_name(name);
            let terms = self.terms_of(&what, value, ListKind::Paths);
            if terms.value.is_empty() && self.problems.is_empty() {
                self.problem(ProblemCode::PolicySyntax, terms.span, format!("{what} names nothing"));
            }
            let mut family = Vec::new();
            for term in terms.value {
                if let Term::Pattern(value) = term.value {
                    family.push(Spanned { value, span: term.span });
                } else {
                    let message = format!("{what} takes crates and paths, and nothing away from them");
                    self.problem(ProblemCode::BadPattern, term.span, message);
                }
            }
            facades.push(Facade {
                name: Spanned {
                    value: name.into(),
                    span,
                },
                family,
            });
        }
        facades
    }
}
