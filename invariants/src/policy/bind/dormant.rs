//! Prohibitions may name crates that nobody depends on; slips of the pen for those that somebody does depend on are
//! problems (design 5, rules).

use super::binder::{Binder, first_name};
use crate::nearest::is_slip_of;
use crate::pattern::{PathPattern, Segment};
use crate::place::{Spanned, TextSpan};
use crate::policy::model::Term;
use crate::problem::ProblemCode;

impl Binder<'_, '_> {
    /// Checks the terms of a list that lie dormant.
    pub(super) fn check_slips(&mut self, terms: &[Spanned<Term>], dormant: &[usize]) {
        for term in dormant.iter().map(|index| &terms[*index]) {
            match &term.value {
                Term::Bare(name) => self.check_slip(&PathPattern::of_crate(name), true, term.span),
                Term::Pattern(pattern) => self.check_slip(pattern, false, term.span),
                // Whoever keeps a pack does not know this workspace: what it names and nobody has is no slip.
                Term::Packed(..) | Term::Component(_) | Term::Not(_) => {}
            }
        }
    }

    /// Notes a problem if a crate that is not there is nearly the name of a direct dependency (or, for a bare name, of
    /// a component or examined crate).
    pub(super) fn check_slip(&mut self, pattern: &PathPattern, bare: bool, span: TextSpan) {
        let (Some(Segment::Literal(_)), false, None) = (pattern.segments.first(), pattern.foreign, pattern.literal)
        else {
            return;
        };
        let name = first_name(pattern);
        let mut existing = self.direct_dependencies();
        if bare {
            existing.extend(
                self.policy
                    .components
                    .iter()
                    .map(|component| component.name.value.as_str()),
            );
        }
        existing.sort_unstable();
        let Some(meant) = existing
            .into_iter()
            .find(|existing| is_slip_of(&name, existing))
            .map(str::to_owned)
        else {
            return;
        };
        let message = format!("there is no crate `{name}`, and it is nearly `{meant}`, which is there");
        let rest = pattern.to_string().replacen(&name, &meant, 1);
        self.problem(ProblemCode::UnknownName, span, message, Some(rest));
    }

    /// Names of examined crates and of what their manifests depend on.
    fn direct_dependencies(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.examined_names().collect();
        for krate in self.graph.crates().iter().filter(|krate| krate.origin.is_examined()) {
            let dependencies = krate.dependencies.iter().map(|id| self.graph.krate(*id));
            names.extend(dependencies.flat_map(|dependency| [&*dependency.name, &*dependency.package]));
        }
        names
    }
}
