//! What each requirement selects, once everything is bound; one that selects nothing is a problem.

use super::examiner::Examiner;
use super::model::{KindWord, Require};
use crate::graph::{Graph, ItemId, TargetState};
use crate::policy::bound::BoundPolicy;
use crate::policy::model::Term;
use crate::policy::patterns::pattern_of;
use crate::problem::{Problem, ProblemCode, ProblemPlace};

impl BoundPolicy<'_> {
    /// Fills in what the requirements select, and says which of them select nothing. `has_problems` tells whether the
    /// lists of a rule already have a problem, by index. An outline has nothing to select by.
    pub(in crate::policy) fn select_items(&mut self, graph: &Graph, has_problems: &[bool]) -> Vec<Problem> {
        let selected: Vec<Vec<ItemId>> = {
            let examiner = Examiner::new(graph, self);
            let all = |rule| {
                let ids = graph.items().map(|(id, _)| id);
                ids.filter(|&id| examiner.selects(rule, id)).collect()
            };
            self.requires.iter().map(all).collect()
        };
        let mut problems = Vec::new();
        for (index, selected) in selected.into_iter().enumerate() {
            let rule = self.requires[index].rule;
            let excused = graph.is_outline() || rule.head.optional || has_problems[index] || is_pending(graph, rule);
            if selected.is_empty() && !excused {
                problems.push(selects_nothing(rule, &self.requires[index].kinds));
            }
            self.requires[index].selected = selected;
        }
        problems
    }
}

/// Whether what selects leads into code that is not there yet.
fn is_pending(graph: &Graph, rule: &Require) -> bool {
    let terms = rule.items.lists().flat_map(|list| &list.value);
    let mut patterns = terms
        .filter(|term| !matches!(term.value, Term::Not(_)))
        .filter_map(|term| pattern_of(&term.value));
    patterns.any(|pattern| {
        let targets = graph.targets(&pattern);
        targets.is_some_and(|targets| targets.state == TargetState::Pending)
    })
}

fn selects_nothing(rule: &Require, kinds: &[KindWord]) -> Problem {
    let words: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
    Problem {
        code: ProblemCode::NothingMatched,
        message: format!(
            "`items` of `{}` selects nothing: no {} meets it, so the rule would judge nothing; `optional = true` lets it wait",
            rule.head.id.value.as_str(),
            alternatives(&words)
        ),
        place: ProblemPlace::Policy(rule.items.span),
        suggestion: None,
    }
}

/// "`fn`, `method` or `closure`"; all of them are just items.
fn alternatives(words: &[&str]) -> String {
    if words.len() > 4 {
        return "item".to_owned();
    }
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, head)) if !head.is_empty() => format!("{} or {last}", head.join(", ")),
        _ => quoted.concat(),
    }
}
