//! What people decided about the findings in an answer: the status of each, and the exceptions that speak of what was asked
//! about.

use super::document::Explanation;
use super::subject::{Code, Subject};
use crate::advice::document::ExceptionAdvice;
use crate::advice::exceptions::{item_of, places, told};
use crate::decisions::{Decisions, Exception};
use crate::graph::{Graph, ItemId};
use crate::policy::BoundPolicy;
use crate::verdict::accept;

impl Explanation {
    /// The answer about these subjects with what was decided.
    #[must_use]
    pub fn decided(
        mut self,
        graph: &Graph,
        policy: &BoundPolicy<'_>,
        subjects: &[Subject],
        decisions: &Decisions,
    ) -> Self {
        let findings = [
            self.place.as_mut().map(|place| &mut place.findings),
            self.rule.as_mut().map(|rule| &mut rule.findings),
            self.pair.as_mut().map(|pair| &mut pair.findings),
        ];
        for findings in findings.into_iter().flatten() {
            accept(findings, &[], decisions);
        }
        let exceptions = &decisions.exceptions;
        if let (Some(place), [Subject::Code(code)]) = (&mut self.place, subjects)
            && let (Some(guidance), Some(standpoint)) = (place.guidance.take(), &code.standpoint)
        {
            place.guidance = Some(guidance.with_exceptions(graph, standpoint, exceptions));
        }
        if let Some(rule) = &mut self.rule {
            let entries = exceptions.entries.iter();
            let of_rule = entries.filter(|entry| entry.rule.as_str() == rule.rule);
            rule.exceptions = of_rule.map(told).collect();
        }
        if let (Some(pair), [Subject::Code(from), Subject::Code(to)]) = (&mut self.pair, subjects) {
            let entries = exceptions.entries.iter().zip(places(graph, exceptions));
            pair.exceptions = between(graph, policy, [from, to], entries);
        }
        self
    }
}

/// The exceptions for code of the first that names something of the second.
fn between<'e>(
    graph: &Graph,
    policy: &BoundPolicy<'_>,
    [from, to]: [&Code; 2],
    entries: impl Iterator<Item = (&'e Exception, Option<ItemId>)>,
) -> Vec<ExceptionAdvice> {
    let between = entries.filter(|(entry, place)| {
        let named = || entry.to.as_deref().and_then(|path| item_of(graph, path));
        let in_from = place.is_some_and(|item| from.extent.holds(graph, policy, item));
        in_from && named().is_some_and(|item| to.extent.holds(graph, policy, item))
    });
    between.map(|(entry, _)| told(entry)).collect()
}
