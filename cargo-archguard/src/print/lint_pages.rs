//! The pages of the lints, as the help of a rule where a format has one.

use archguard_invariants::finding::Lint;

/// A lint's page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    /// The whole page.
    pub(super) text: &'static str,
    /// What the lint reports, the first sentence of the page that says so.
    pub(super) summary: &'static str,
}

/// The page of a lint.
pub(super) fn page(lint: Lint) -> Page {
    let text = text(lint);
    Page {
        text,
        summary: summary(text),
    }
}

/// A page's text, from the copy that the crate carries.
macro_rules! text {
    ($id:literal) => {
        include_str!(concat!("../../pages/", $id, ".md"))
    };
}

fn text(lint: Lint) -> &'static str {
    match lint {
        Lint::ContradictedAnnotation => text!("contradicted-annotation"),
        Lint::CrateNotAllowed => text!("crate-not-allowed"),
        Lint::DependencyCycle => text!("dependency-cycle"),
        Lint::DevCodeInProduction => text!("dev-code-in-production"),
        Lint::ForbiddenReach => text!("forbidden-reach"),
        Lint::ForbiddenUse => text!("forbidden-use"),
        Lint::LayerBreach => text!("layer-breach"),
        Lint::LeakedType => text!("leaked-type"),
        Lint::MandateBypassed => text!("mandate-bypassed"),
        Lint::MisplacedItem => text!("misplaced-item"),
        Lint::MissingAnnotation => text!("missing-annotation"),
        Lint::PrivateInterface => text!("private-interface"),
        Lint::RequirementUnmet => text!("requirement-unmet"),
        Lint::StaleException => text!("stale-exception"),
        Lint::PolicyWeakened => text!("policy-weakened"),
        Lint::UnassignedModule => text!("unassigned-module"),
        Lint::UndeclaredDependency => text!("undeclared-dependency"),
        Lint::UnresolvedSuspect => text!("unresolved-suspect"),
    }
}

/// The first paragraph below `## What it reports`, up to the end of its first sentence.
fn summary(page: &'static str) -> &'static str {
    let rest = page.split_once("\n## What it reports\n").map_or("", |(_, rest)| rest);
    let paragraph = rest.trim_start().split("\n\n").next().unwrap_or_default();
    let end = [". ", ".\n"].iter().filter_map(|mark| paragraph.find(mark)).min();
    end.map_or(paragraph, |end| &paragraph[..=end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lint_has_its_page_and_a_sentence() {
        for lint in Lint::ALL {
            let page = page(lint);
            assert!(page.text.starts_with(&format!("# {}\n", lint.id())), "{}", lint.id());
            assert!(
                page.summary.len() > 20 && page.summary.ends_with('.'),
                "{}: {}",
                lint.id(),
                page.summary
            );
        }
    }
}
