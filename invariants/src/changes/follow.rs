//! An older policy after code has been moved: its paths go where the code went that they named. What a component claims
//! follows only where the newer policy has it so too: code that has moved from one component's place to another's has
//! changed hands, whatever it was.

use crate::graph::{Graph, TargetState};
use crate::pattern::PathPattern;
use crate::place::Spanned;
use crate::policy::model::{Component, Policy, Term, TermList, Uses};
use crate::policy::{BoundPolicy, ComponentName};

use super::moves::Moves;

/// What is known of the move.
struct Follower<'a> {
    then: &'a Graph,
    now: &'a Graph,
    moves: &'a Moves,
    newer: &'a BoundPolicy<'a>,
}

impl Policy {
    /// This policy of the state `then` (whose graph knows its patterns), as it would speak of the state `now`, whose policy is
    /// `newer`. The graph of `now` has to be asked for the patterns of the result again, by [`Graph::add_paths`].
    #[must_use]
    pub fn following(&self, then: &Graph, now: &Graph, moves: &Moves, newer: &BoundPolicy<'_>) -> Self {
        let follower = Follower {
            then,
            now,
            moves,
            newer,
        };
        let mut policy = self.clone();
        let older = BoundPolicy::bind(self, then).policy;
        for (declaration, component) in policy.components.iter_mut().enumerate() {
            if component.each {
                follower.family(component, self);
            } else {
                follower.claims(component, declaration, &older);
            }
        }
        for list in lists(&mut policy) {
            follower.list(list);
        }
        for rule in policy.layers.iter_mut().filter(|rule| rule.inside.is_none()) {
            for member in rule.order.iter_mut().flat_map(|rank| &mut rank.members) {
                if let Some(new) = moves.path_now(&member.value).filter(|_| member.value.contains("::")) {
                    member.value = new.into();
                }
            }
        }
        policy
    }
}

impl Follower<'_> {
    /// Adds what a component owned and owns under another path.
    fn claims(&self, component: &mut Component, declaration: usize, older: &BoundPolicy<'_>) {
        let is_own = |id: &_| older.component(*id).declaration == declaration;
        let Some(own) = older.ids().find(is_own) else {
            return;
        };
        let mut fresh = Vec::new();
        for (path, own_only) in older.claims_of(own) {
            fresh.extend(self.moves.path_now(path).map(|new| (new, own_only)));
        }
        for (old, new) in self.moves.each() {
            let item = self.then.items().find(|(_, item)| *item.path == *old);
            if item.is_some_and(|(id, _)| older.component_of(id) == Some(own)) {
                fresh.push((new.to_owned(), false));
            }
        }
        fresh.retain(|(path, _)| self.is_owned(path, &component.name.value));
        for (path, own_only) in fresh {
            add(&mut component.paths, literal(&path, own_only), component.name.span);
        }
    }

    /// A family follows as a whole: where its pattern matches nothing any more, and all that the newer one matches was in it.
    fn family(&self, component: &mut Component, older: &Policy) {
        let patterns = |list: &TermList| -> Vec<PathPattern> {
            let each = list.iter().filter_map(|term| match &term.value {
                Term::Pattern(pattern) => Some(pattern.clone()),
                _ => None,
            });
            each.collect()
        };
        let is_gone = |pattern: &PathPattern| {
            let targets = self.now.targets(pattern);
            targets.is_none_or(|targets| targets.state != TargetState::Matched)
        };
        let name = &component.name.value;
        let Some(newer) = self
            .newer
            .policy
            .declaration_of(name.as_str())
            .filter(|newer| newer.each)
        else {
            return;
        };
        let known = older
            .declaration_of(name.as_str())
            .map(|known| patterns(&known.paths))
            .unwrap_or_default();
        let was_in = |path: &str| {
            let then = self.moves.path_then(path);
            then.is_some_and(|then| known.iter().any(|pattern| pattern.names_path(&then)))
        };
        let members = patterns(&newer.paths);
        let roots = members
            .iter()
            .filter_map(|pattern| self.now.targets(pattern))
            .flat_map(|targets| &targets.roots);
        let mut roots = roots.map(|root| &self.now.item(root.item).path);
        if known.iter().all(is_gone) && roots.all(|path| was_in(path)) {
            component.paths.clone_from(&newer.paths);
        }
    }

    /// Whether the newer policy gives a path to the component of that name.
    fn is_owned(&self, path: &str, name: &ComponentName) -> bool {
        let item = self.now.items().find(|(_, item)| *item.path == *path);
        let owner = item.and_then(|(id, _)| self.newer.component_of(id));
        owner.is_some_and(|owner| self.newer.component(owner).name == *name)
    }

    /// Adds where the code of each entry has gone.
    fn list(&self, list: &mut TermList) {
        let mut fresh = Vec::new();
        for term in list.iter() {
            let (pattern, away) = match &term.value {
                Term::Pattern(pattern) => (pattern.clone(), false),
                Term::Not(pattern) => (pattern.clone(), true),
                Term::Bare(name) => (PathPattern::of_crate(name), false),
                Term::Component(_) | Term::Packed(..) => continue,
            };
            let roots = self.then.targets(&pattern).map_or(&[][..], |targets| &targets.roots);
            for root in roots {
                let path = self.moves.path_now(&self.then.item(root.item).path);
                let Some(moved) = path.and_then(|path| literal(&path, root.own_only)) else {
                    continue;
                };
                let moved = PathPattern {
                    macro_only: pattern.macro_only,
                    ..moved
                };
                if !pattern.covers(&moved) {
                    let value = if away { Term::Not(moved) } else { Term::Pattern(moved) };
                    fresh.push(Spanned { value, span: term.span });
                }
            }
        }
        list.extend(fresh);
    }
}

fn add(list: &mut TermList, pattern: Option<PathPattern>, span: crate::place::TextSpan) {
    let Some(pattern) = pattern else {
        return;
    };
    let is_there = list
        .iter()
        .any(|term| matches!(&term.value, Term::Pattern(known) if known.covers(&pattern)));
    if !is_there {
        let value = Term::Pattern(pattern);
        list.push(Spanned { value, span });
    }
}

/// The pattern of a path that is an item's own.
fn literal(path: &str, own_only: bool) -> Option<PathPattern> {
    let [pattern] = PathPattern::parse(path).ok()?.try_into().ok()?;
    Some(PathPattern { own_only, ..pattern })
}

/// The lists of a policy that speak of code, but for what components claim.
fn lists(policy: &mut Policy) -> Vec<&mut TermList> {
    let mut lists: Vec<&mut TermList> = Vec::new();
    for component in &mut policy.components {
        lists.extend(component.public.as_mut().map(|list| &mut list.value));
        if let Some(Spanned {
            value: Uses::Only(list),
            ..
        }) = &mut component.uses
        {
            lists.push(list);
        }
    }
    let mut heads = Vec::new();
    for rule in &mut policy.layers {
        heads.push(&mut rule.head);
        lists.extend(rule.inside.as_mut().map(|list| &mut list.value));
    }
    for rule in &mut policy.forbids {
        heads.push(&mut rule.head);
        lists.push(&mut rule.targets.value);
    }
    for rule in &mut policy.mandates {
        heads.push(&mut rule.head);
        lists.extend([&mut rule.shared.value, &mut rule.instead_of.value]);
    }
    for rule in &mut policy.requires {
        heads.push(&mut rule.head);
        for conditions in [&mut rule.items, &mut rule.must] {
            lists.extend(conditions.within.as_mut().map(|list| &mut list.value));
            lists.extend(conditions.relations.iter_mut().map(|(_, list)| &mut list.value));
        }
    }
    heads.extend(policy.acyclics.iter_mut().map(|rule| &mut rule.head));
    for head in heads {
        lists.extend(
            [&mut head.within, &mut head.except]
                .into_iter()
                .flatten()
                .map(|list| &mut list.value),
        );
    }
    for package in &mut policy.packages {
        lists.extend(package.uses.as_mut().map(|list| &mut list.value));
    }
    lists
}
