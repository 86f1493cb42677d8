//! Whether one list of a policy covers what another does: entry by entry, by what the entries would cover in code that nobody
//! has written yet. A component stands for itself and for the paths that it claims.

use crate::graph::TargetState;
use crate::pattern::PathPattern;
use crate::place::Spanned;
use crate::policy::ComponentId;
use crate::policy::model::Term;

use super::two::{Side, Two};

/// A list of one of the two policies.
#[derive(Clone, Copy)]
pub(super) struct List<'l> {
    pub(super) side: Side,
    pub(super) terms: &'l [Spanned<Term>],
}

/// What an entry stands for.
enum Meaning {
    Components(Vec<ComponentId>),
    Path(PathPattern),
    TakesAway,
}

impl Two<'_> {
    /// The entries of `narrow` that `wide` does not cover, as they are written.
    pub(super) fn uncovered(&self, narrow: List<'_>, wide: List<'_>) -> Vec<String> {
        let entries = narrow.terms.iter().map(|term| &term.value);
        let mut left: Vec<String> = entries
            .filter(|term| !self.is_covered(narrow, term, wide))
            .map(ToString::to_string)
            .collect();
        left.sort();
        left.dedup();
        left
    }

    /// Whether `wide` covers all that an entry of `narrow` does. What names nothing that is there any more is covered.
    pub(super) fn is_covered(&self, narrow: List<'_>, term: &Term, wide: List<'_>) -> bool {
        match self.meaning(narrow.side, term) {
            Meaning::TakesAway => true,
            Meaning::Components(components) => components.into_iter().all(|component| {
                self.covers_component(wide, narrow.side, component) && self.lets(wide, narrow, component)
            }),
            Meaning::Path(path) => {
                self.is_gone(&path) || (self.covers_path(wide, &path) && takes_away_no_more(wide, narrow, &path))
            }
        }
    }

    /// Whether two lists may cover something in common.
    pub(super) fn may_meet(&self, one: List<'_>, term: &Term, other: List<'_>) -> bool {
        let paths = |side, term: &Term| match self.meaning(side, term) {
            Meaning::Components(components) => components.iter().flat_map(|it| self.claims(side, *it)).collect(),
            Meaning::Path(path) => vec![path],
            Meaning::TakesAway => Vec::new(),
        };
        let ours = paths(one.side, term);
        let is_met = |path: &PathPattern| ours.iter().any(|own| own.overlaps(path));
        let components = |side, term: &Term| match self.meaning(side, term) {
            Meaning::Components(components) => Some(components),
            _ => None,
        };
        // Two components never share code, however their paths lie.
        let apart = |theirs: &Term| {
            let (Some(own), Some(theirs)) = (components(one.side, term), components(other.side, theirs)) else {
                return false;
            };
            let id = |side, component| self.strict_id(side, component);
            let theirs: Vec<_> = theirs.iter().map(|it| id(other.side, *it)).collect();
            own.iter().all(|it| {
                let own = id(one.side, *it);
                own.is_some() && theirs.iter().all(|their| their.is_some() && *their != own)
            })
        };
        let mut others = other
            .terms
            .iter()
            .map(|term| &term.value)
            .filter(|theirs| !apart(theirs));
        others.any(|term| paths(other.side, term).iter().any(is_met))
    }

    fn meaning(&self, side: Side, term: &Term) -> Meaning {
        match term {
            Term::Not(_) => Meaning::TakesAway,
            Term::Pattern(path) | Term::Packed(_, path) => Meaning::Path(path.clone()),
            Term::Bare(name) | Term::Component(name) => {
                let policy = self.side(side);
                if matches!(term, Term::Bare(_)) && policy.policy.declaration_of(name).is_none() {
                    return Meaning::Path(PathPattern::of_crate(name));
                }
                Meaning::Components(policy.components_named(name))
            }
        }
    }

    fn is_gone(&self, path: &PathPattern) -> bool {
        let targets = self.graph.targets(path);
        targets.is_some_and(|targets| matches!(targets.state, TargetState::NoMatch { .. }))
    }

    fn claims(&self, side: Side, component: ComponentId) -> Vec<PathPattern> {
        let written = |(path, own_only): (&str, bool)| {
            if own_only {
                format!("{path}::self")
            } else {
                path.to_owned()
            }
        };
        let paths = self.side(side).claims_of(component).map(written);
        paths
            .filter_map(|path| PathPattern::parse(&path).ok())
            .flatten()
            .collect()
    }

    fn covers_component(&self, wide: List<'_>, side: Side, component: ComponentId) -> bool {
        let wanted = self.strict_id(side, component);
        let named = wide
            .terms
            .iter()
            .any(|term| match self.meaning(wide.side, &term.value) {
                Meaning::Components(listed) => {
                    let mut listed = listed.into_iter();
                    listed.any(|it| {
                        (it == component && wide.side == side)
                            || (wanted.is_some() && self.strict_id(wide.side, it) == wanted)
                    })
                }
                _ => false,
            });
        let claims = || self.claims(side, component);
        named || claims().iter().all(|path| self.covers_path(wide, path))
    }

    fn covers_path(&self, wide: List<'_>, path: &PathPattern) -> bool {
        wide.terms
            .iter()
            .any(|term| match self.meaning(wide.side, &term.value) {
                Meaning::Path(own) => own.covers(path),
                Meaning::Components(listed) => {
                    let mut claims = listed
                        .into_iter()
                        .flat_map(|component| self.claims(wide.side, component));
                    claims.any(|own| own.covers(path))
                }
                Meaning::TakesAway => false,
            })
    }

    fn lets(&self, wide: List<'_>, narrow: List<'_>, component: ComponentId) -> bool {
        let claims = self.claims(narrow.side, component);
        claims.iter().all(|path| takes_away_no_more(wide, narrow, path))
    }
}

/// Whether `wide` takes nothing of a path away by `!` that `narrow` does not take away as well.
fn takes_away_no_more(wide: List<'_>, narrow: List<'_>, path: &PathPattern) -> bool {
    let taken = |list: List<'_>| -> Vec<PathPattern> {
        let each = list.terms.iter().filter_map(|term| match &term.value {
            Term::Not(path) => Some(path.clone()),
            _ => None,
        });
        each.collect()
    };
    let already = taken(narrow);
    let fresh = taken(wide)
        .into_iter()
        .filter(|away| !already.iter().any(|own| own.covers(away)));
    !fresh.into_iter().any(|away| away.overlaps(path))
}
