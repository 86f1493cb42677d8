//! What an entry of a list means, to be named by a violation: what it leads to in the code, or where its crate is not there an
//! item of a crate that is planted.

use archguard_invariants::graph::{ItemId, ItemKind, Root, TargetState, Targets};
use archguard_invariants::pattern::{PathPattern, Segment, SegmentPart};
use archguard_invariants::place::Spanned;
use archguard_invariants::policy::Selector;
use archguard_invariants::policy::model::Term;

use super::garden::Garden;
use super::places::spread;

/// One entry with what it means.
pub(super) struct Aim {
    /// The index of the entry in its list.
    pub(super) term: usize,
    /// As it is written.
    pub(super) name: String,
    /// What violations may name; or why there is nothing, `Err` where that is no fault.
    pub(super) items: Result<Vec<ItemId>, Result<String, String>>,
}

/// How many items of one entry are tried.
const EACH: usize = 4;

/// The entries of a list that name something.
pub(super) fn aims(garden: &mut Garden<'_>, selector: &Selector, terms: &[Spanned<Term>]) -> Vec<Aim> {
    let mut aims = Vec::new();
    for (term, written) in terms.iter().enumerate() {
        let Some((name, pattern)) = entry(&written.value) else {
            continue;
        };
        aims.push(Aim {
            term,
            name,
            items: items(garden, selector, term, &written.value, pattern.as_ref()),
        });
    }
    aims
}

/// What an entry is called, and its pattern where it has one.
fn entry(term: &Term) -> Option<(String, Option<PathPattern>)> {
    match term {
        Term::Not(_) => None,
        Term::Bare(name) => Some((name.to_string(), Some(PathPattern::of_crate(name)))),
        Term::Component(_) => Some((term.to_string(), None)),
        Term::Pattern(pattern) => Some((pattern.to_string(), Some(pattern.clone()))),
        Term::Packed(_, pattern) => Some((format!("{pattern} ({term})"), Some(pattern.clone()))),
    }
}

fn items(
    garden: &mut Garden<'_>,
    selector: &Selector,
    term: usize,
    written: &Term,
    pattern: Option<&PathPattern>,
) -> Result<Vec<ItemId>, Result<String, String>> {
    let roots = selector.roots.iter().filter(|(_, of)| *of == term);
    let mut found: Vec<ItemId> = roots.map(|(root, _)| root.item).collect();
    let components = selector.components.iter().filter(|(_, of)| *of == term);
    for &(component, _) in components {
        let owned = garden.graph.items().map(|(id, _)| id);
        found.extend(
            owned
                .filter(|&id| garden.policy.component_of(id) == Some(component))
                .take(EACH),
        );
    }
    if !found.is_empty() {
        return Ok(spread(&found, EACH));
    }
    let Some(pattern) = pattern else {
        return Err(Ok("the component owns no code".to_owned()));
    };
    let state = garden.graph.targets(pattern).map(|targets| targets.state.clone());
    match state {
        Some(TargetState::NoMatch { nearest }) => {
            let near = nearest
                .map(|near| format!("; the nearest is `{near}`"))
                .unwrap_or_default();
            let reason = format!("it leads to nothing: its crate is there and has no such item{near}");
            Err(match written {
                // Whoever keeps a pack does not know which version is depended on.
                Term::Packed(..) => Err(reason),
                _ => Ok(reason),
            })
        }
        _ => planted(garden, pattern)
            .map(|item| vec![item])
            .ok_or_else(|| Ok("nothing that it names can be made up".to_owned())),
    }
}

/// What a `!` takes away: what it leads to, or where its crate is not there something that is made up.
pub(super) fn taken_away(garden: &mut Garden<'_>, pattern: &PathPattern) -> Vec<ItemId> {
    let targets = garden.graph.targets(pattern);
    let roots: Vec<ItemId> = targets
        .into_iter()
        .flat_map(|it| &it.roots)
        .map(|root| root.item)
        .collect();
    match targets.map(|targets| &targets.state) {
        _ if !roots.is_empty() => spread(&roots, EACH),
        Some(TargetState::NoMatch { .. }) => Vec::new(),
        _ => planted(garden, pattern).into_iter().collect(),
    }
}

/// Another `!` of a list that takes away the same as one, or more.
pub(super) fn also_taken_away(
    garden: &mut Garden<'_>,
    terms: &[Spanned<Term>],
    index: usize,
    items: &[ItemId],
) -> Option<String> {
    let others = (0..).zip(terms).filter(|&(other, _)| other != index);
    for (_, term) in others {
        let Term::Not(pattern) = &term.value else { continue };
        let also = taken_away(garden, pattern);
        let graph = garden.planting.graph();
        if items
            .iter()
            .all(|&item| also.iter().any(|&outer| graph.covers(outer, item)))
        {
            return Some(term.value.to_string());
        }
    }
    None
}

/// The path that an entry is where it names one and no more: `shop::db::{repo,connect}` are two entries.
pub(super) fn path_of(term: &Term) -> Option<String> {
    let (_, pattern) = entry(term)?;
    let pattern =
        pattern.filter(|pattern| !pattern.foreign && pattern.literal.is_none() && pattern.target.is_none())?;
    let literal = |segment: &Segment| match segment {
        Segment::Literal(name) => Some(name.to_string()),
        _ => None,
    };
    let names: Option<Vec<String>> = pattern.segments.iter().map(literal).collect();
    names.map(|names| names.join("::"))
}

/// An item that a pattern names, in a crate that is not there.
fn planted(garden: &mut Garden<'_>, pattern: &PathPattern) -> Option<ItemId> {
    if pattern.foreign {
        return foreign(garden, pattern);
    }
    if pattern.literal.is_some() || pattern.target.is_some() {
        return None;
    }
    let names: Vec<String> = pattern.segments.iter().filter_map(name).collect();
    let kind = if pattern.macro_only {
        ItemKind::Macro
    } else {
        ItemKind::Function
    };
    let item = garden.external(&names, kind)?;
    pattern.names_path(&garden.item(item).path).then_some(item)
}

/// A foreign item with a link name that a pattern means.
fn foreign(garden: &mut Garden<'_>, pattern: &PathPattern) -> Option<ItemId> {
    let link_name = name(pattern.segments.first()?)?;
    let item = garden.external(&["planted_foreign".to_owned(), link_name.clone()], ItemKind::Function)?;
    garden.planting.item_mut(item).link_name = Some(link_name.into());
    let roots = vec![Root { item, own_only: false }];
    let state = TargetState::Matched;
    garden.planting.set_targets(pattern.clone(), Targets { roots, state });
    Some(item)
}

/// A name that a segment stands for; none for one that may stand for no name.
pub(super) fn name(segment: &Segment) -> Option<String> {
    name_with(segment, "planted")
}

/// The same, with a word where the segment leaves it open.
pub(super) fn name_with(segment: &Segment, word: &str) -> Option<String> {
    match segment {
        Segment::Literal(name) => Some(name.to_string()),
        Segment::One => Some(word.to_owned()),
        Segment::Many => None,
        Segment::Partial(parts) => {
            let part = |part: &SegmentPart| match part {
                SegmentPart::Text(text) => text.to_string(),
                SegmentPart::Any => word.to_owned(),
            };
            Some(parts.iter().map(part).collect())
        }
    }
}
