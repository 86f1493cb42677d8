//! Code that has been moved or renamed between two states of a workspace: modules that are gone, and new ones with the same
//! things in them.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{Graph, ItemKind};

/// Modules by the path that they had and the one that they have; the outermost ones alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Moves {
    moved: BTreeMap<String, String>,
}

/// What lies in a module, relative to it.
type Inside = BTreeSet<String>;

impl Moves {
    /// Compares two states of a workspace. A module is taken for another if at least half of what lies in either lies in
    /// both, by name; the most alike first.
    pub fn between(then: &Graph, now: &Graph) -> Self {
        let (before, after) = (modules(then), modules(now));
        let gone: Vec<_> = before.iter().filter(|(path, _)| !after.contains_key(*path)).collect();
        let fresh: Vec<_> = after.iter().filter(|(path, _)| !before.contains_key(*path)).collect();
        let mut alike = Vec::new();
        for (old, inside) in &gone {
            for (new, other) in &fresh {
                if let Some(likeness) = likeness(inside, other) {
                    let same_name = last(old) == last(new);
                    alike.push((likeness, same_name, *old, *new));
                }
            }
        }
        // A crate or package that was renamed takes its whole tree with it: outer modules first among equals.
        alike.sort_by(|left, right| {
            let (depth, other_depth) = (left.2.matches("::").count(), right.2.matches("::").count());
            let falling = (right.0, right.1).cmp(&(left.0, left.1));
            falling.then((depth, left.2, left.3).cmp(&(other_depth, right.2, right.3)))
        });
        let mut moves = Self::default();
        let mut taken = BTreeSet::new();
        for (_, _, old, new) in alike {
            if !moves.moved.contains_key(old) && taken.insert(new) {
                moves.moved.insert(old.clone(), new.clone());
            }
        }
        moves.keep_outermost();
        moves
    }

    /// What is moved with the module around it needs no line of its own.
    fn keep_outermost(&mut self) {
        let all = self.moved.clone();
        self.moved.retain(|old, new| {
            let outer = old.rsplit_once("::").map(|(outer, _)| outer);
            let carried = outer.and_then(|outer| Self { moved: all.clone() }.path_now(outer));
            let carried = carried
                .zip(old.rsplit_once("::"))
                .map(|(outer, (_, name))| format!("{outer}::{name}"));
            carried.as_ref() != Some(new)
        });
    }

    /// Each module that has moved, with where it is now.
    pub fn each(&self) -> impl Iterator<Item = (&str, &str)> {
        self.moved.iter().map(|(old, new)| (old.as_str(), new.as_str()))
    }

    /// Where the code of a path has gone; none if neither it nor a module around it has moved.
    pub fn path_now(&self, path: &str) -> Option<String> {
        let around = std::iter::successors(Some(path), |path| Some(path.rsplit_once("::")?.0));
        for outer in around {
            if let Some(new) = self.moved.get(outer) {
                return Some(format!("{new}{}", &path[outer.len()..]));
            }
        }
        None
    }

    /// Where the code of a path is today, moved or not.
    pub fn follow(&self, path: &str) -> String {
        self.path_now(path).unwrap_or_else(|| path.to_owned())
    }

    /// Where the code of a path was.
    pub fn path_then(&self, path: &str) -> Option<String> {
        let back = Self {
            moved: self.moved.iter().map(|(old, new)| (new.clone(), old.clone())).collect(),
        };
        back.path_now(path)
    }
}

/// Every examined module with the paths, relative to it, of what is defined in it.
fn modules(graph: &Graph) -> BTreeMap<String, Inside> {
    let mut modules: BTreeMap<String, Inside> = BTreeMap::new();
    for (id, item) in graph.items().filter(|(id, _)| graph.is_examined(*id)) {
        if item.kind == ItemKind::Module {
            modules.entry(item.path.to_string()).or_default();
        }
        if matches!(item.kind, ItemKind::Impl | ItemKind::Closure) {
            continue;
        }
        for outer in graph.lineage(id).skip(1) {
            let outer = graph.item(outer);
            if outer.kind == ItemKind::Module
                && let Some(relative) = item.path.strip_prefix(&*outer.path)
            {
                modules
                    .entry(outer.path.to_string())
                    .or_default()
                    .insert(relative.to_owned());
            }
        }
    }
    modules
}

/// The part in thousandths that two have in common; none below half.
fn likeness(one: &Inside, other: &Inside) -> Option<usize> {
    let common = one.intersection(other).count();
    let all = one.len() + other.len() - common;
    (common > 0 && 2 * common >= all).then(|| 1000 * common / all)
}

fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}
