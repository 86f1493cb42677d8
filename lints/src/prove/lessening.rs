//! Lists and scopes with an entry less, and which code that makes a difference for.

use archguard_invariants::graph::{Graph, ItemId};
use archguard_invariants::place::Spanned;
use archguard_invariants::policy::model::{Term, TermList};
use archguard_invariants::policy::{BoundPolicy, Selector};

/// A list without one entry: what the others cover.
pub(super) fn without(graph: &Graph, list: &Selector, terms: &TermList, entry: usize) -> Selector {
    let mut less = list.clone();
    let Term::Not(pattern) = &terms[entry].value else {
        less.roots.retain(|(_, of)| *of != entry);
        less.components.retain(|(_, of)| *of != entry);
        less.written.retain(|(_, of)| *of != entry);
        return less;
    };
    let roots = |pattern| graph.targets(pattern).into_iter().flat_map(|targets| &targets.roots);
    let others = (0..).zip(terms).filter(|&(other, _)| other != entry);
    let others: Vec<_> = others
        .filter_map(|(_, term)| match &term.value {
            Term::Not(other) => Some(roots(other)),
            _ => None,
        })
        .flatten()
        .collect();
    let own: Vec<_> = roots(pattern).filter(|root| !others.contains(root)).collect();
    less.excluded.retain(|root| !own.contains(&root));
    less
}

/// A list that code is in or not, with one of its entries.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) list: &'a Selector,
    pub(super) terms: &'a TermList,
    pub(super) index: usize,
}

impl<'a> Entry<'a> {
    /// The entries of a list that may be absent.
    pub(super) fn of_list(list: Option<&'a Selector>, terms: Option<&'a Spanned<TermList>>) -> Vec<Self> {
        let (Some(list), Some(terms)) = (list, terms) else {
            return Vec::new();
        };
        let terms = &terms.value;
        (0..terms.len()).map(|index| Self { list, terms, index }).collect()
    }
}

impl Entry<'_> {
    pub(super) fn is_negative(&self) -> bool {
        matches!(self.terms[self.index].value, Term::Not(_))
    }

    /// Examined items, and whether the list holds each with all its entries and without this one.
    fn examined<'g>(
        &'g self,
        graph: &'g Graph,
        policy: &'g BoundPolicy<'_>,
    ) -> impl Iterator<Item = (ItemId, bool, bool)> + 'g {
        let less = without(graph, self.list, self.terms, self.index);
        let items = graph.items().map(|(id, _)| id).filter(|&id| graph.is_examined(id));
        items.map(move |id| {
            let holds = |list: &Selector| list.term_of_definition(graph, policy, id).is_some();
            (id, holds(self.list), holds(&less))
        })
    }

    /// Why it makes no difference to any of the code that else would be spoken of.
    pub(super) fn why_not(
        &self,
        graph: &Graph,
        policy: &BoundPolicy<'_>,
        (key, spoken_of): (&str, &dyn Fn(ItemId) -> bool),
    ) -> String {
        if self.examined(graph, policy).any(|(_, whole, less)| whole != less) {
            return if self
                .examined(graph, policy)
                .any(|(id, whole, less)| whole != less && spoken_of(id))
            {
                "no violation that is planted in its code is judged otherwise without it".to_owned()
            } else {
                format!("the rule speaks of nothing that it names, whatever `{key}` says")
            };
        }
        if self.is_negative() {
            return "it takes away nothing that the rest of the list holds".to_owned();
        }
        let own = self.alone(graph, policy);
        if own.is_empty() {
            return "it names no code".to_owned();
        }
        match self.twin(graph, policy, &own) {
            Some(twin) => format!("`{twin}` of the same list covers all that it names"),
            None if self
                .examined(graph, policy)
                .all(|(id, whole, _)| !whole || !own.contains(&id)) =>
            {
                "a `!` of the same list takes away all that it names".to_owned()
            }
            None => "the rest of the list covers all that it names".to_owned(),
        }
    }

    /// What the entry covers by itself.
    fn alone(&self, graph: &Graph, policy: &BoundPolicy<'_>) -> Vec<ItemId> {
        let only = only(self.list, self.index);
        let items = graph.items().map(|(id, _)| id).filter(|&id| graph.is_examined(id));
        items
            .filter(|&id| only.term_of_definition(graph, policy, id).is_some())
            .collect()
    }

    /// Another entry that covers all of that.
    fn twin(&self, graph: &Graph, policy: &BoundPolicy<'_>, own: &[ItemId]) -> Option<String> {
        let mut others = (0..self.terms.len()).filter(|&other| other != self.index);
        let twin = others.find(|&other| {
            let only = only(self.list, other);
            own.iter()
                .all(|&id| only.term_of_definition(graph, policy, id).is_some())
        })?;
        Some(self.terms[twin].value.to_string())
    }

    /// Whether the entry decides about an item.
    pub(super) fn decides<'g>(
        &self,
        graph: &'g Graph,
        policy: &'g BoundPolicy<'_>,
    ) -> impl Fn(ItemId) -> bool + use<'g, '_> {
        let less = without(graph, self.list, self.terms, self.index);
        let whole = self.list;
        move |item| {
            let holds = |list: &Selector| list.term_of_definition(graph, policy, item).is_some();
            holds(whole) != holds(&less)
        }
    }
}

/// What one entry of a list covers.
fn only(list: &Selector, entry: usize) -> Selector {
    let mut only = list.clone();
    only.excluded.clear();
    only.roots.retain(|(_, of)| *of == entry);
    only.components.retain(|(_, of)| *of == entry);
    only
}
