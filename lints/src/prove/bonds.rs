//! What planted items stand in relation to, so that a requirement selects them or is met by them.

use archguard_invariants::graph::{ItemId, TypeShape};
use archguard_invariants::place::Spanned;
use archguard_invariants::policy::Selector;
use archguard_invariants::policy::model::Term;
use archguard_invariants::policy::require::{BoundRequire, Conditions, Relation};

use super::aims::{Aim, aims, taken_away};
use super::garden::Garden;

/// What an item is to stand in relation to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bond {
    pub(super) relation: Relation,
    pub(super) to: ItemId,
    /// The wrapper that a type is an argument of.
    pub(super) through: Option<ItemId>,
}

impl Bond {
    pub(super) fn new(relation: Relation, to: ItemId) -> Self {
        Self {
            relation,
            to,
            through: None,
        }
    }

    /// Behind a wrapper, where it is a type of a signature.
    pub(super) fn wrapped(self, wrapper: ItemId) -> Self {
        let is_type = matches!(self.relation, Relation::Take | Relation::Return);
        Self {
            through: is_type.then_some(wrapper),
            ..self
        }
    }

    /// The type in a signature.
    pub(super) fn shape(&self, garden: &Garden<'_>) -> TypeShape {
        let shape = |of: ItemId, arguments| TypeShape {
            items: vec![of],
            written: garden.item(of).path.clone(),
            arguments,
        };
        let own = shape(self.to, Vec::new());
        match self.through {
            Some(wrapper) => shape(wrapper, vec![Some(own)]),
            None => own,
        }
    }
}

/// Something of each list of `items` for an item to stand in relation to; none where nothing can be made up.
pub(super) fn of_items(garden: &mut Garden<'_>, rule: &BoundRequire<'_>) -> Option<Vec<Bond>> {
    let lists = rule.items.relations.iter();
    lists
        .map(|(relation, list)| {
            let aims = aims(garden, list, terms(rule.items.conditions, *relation));
            first(*relation, &aims)
        })
        .collect()
}

/// The first thing that a list names.
pub(super) fn first(relation: Relation, aims: &[Aim]) -> Option<Bond> {
    let item = aims.iter().find_map(|aim| aim.items.as_ref().ok()?.first().copied())?;
    Some(Bond::new(relation, item))
}

/// The list under a key, as written.
pub(super) fn terms(conditions: &Conditions, relation: Relation) -> &[Spanned<Term>] {
    let mut lists = conditions.relations.iter();
    let found = lists.find(|(known, _)| *known == relation);
    found.map_or(&[][..], |(_, list)| &list.value[..])
}

/// What an entry of a list names, or takes away; or why there is nothing, `Err` where that is no fault.
pub(super) fn named(
    garden: &mut Garden<'_>,
    selector: &Selector,
    (terms, entry): (&[Spanned<Term>], usize),
) -> Result<Vec<ItemId>, Result<String, String>> {
    let nothing = || Ok("it leads to nothing".to_owned());
    if let Term::Not(pattern) = &terms[entry].value {
        let items = taken_away(garden, pattern);
        return if items.is_empty() { Err(nothing()) } else { Ok(items) };
    }
    let mut aims = aims(garden, selector, terms).into_iter();
    aims.find(|aim| aim.term == entry)
        .map_or_else(|| Err(nothing()), |aim| aim.items)
}
