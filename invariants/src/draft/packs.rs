//! Dependencies that packs know, and which components name them today.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::components::{Key, Plan, first_name};
use crate::graph::query::Link;
use crate::packs::{KnownDependency, known_dependencies};

/// A dependency that packs know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCrate {
    /// Its name in code.
    pub name: String,
    /// The packs, sorted: `sql`.
    pub packs: Vec<&'static str>,
    /// Whose production code names it, those who do so most first.
    pub users: Vec<PackUser>,
}

/// A component that names such a crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackUser {
    /// The component, by index.
    pub component: usize,
    /// By how many references.
    pub references: usize,
    /// The first of them, as file and line.
    pub first: (Arc<str>, u32),
}

impl Plan<'_> {
    /// The dependencies that packs know, by name; `index` tells the components.
    pub(super) fn known_crates(&self, index: &BTreeMap<&Key, usize>) -> Vec<KnownCrate> {
        let known = known_dependencies(self.graph);
        let mut users: Vec<BTreeMap<usize, PackUser>> = vec![BTreeMap::new(); known.len()];
        for link in self.graph.references().filter(|link| self.is_judged(link)) {
            let Some(named) = known.iter().position(|known| self.names(&link, known)) else {
                continue;
            };
            if let Some(&component) = self.key(link.from).and_then(|key| index.get(&key)) {
                let place = link.reference.place;
                let user = users[named].entry(component).or_insert_with(|| PackUser {
                    component,
                    references: 0,
                    first: (Arc::clone(&self.graph.file(place.file).display), place.start.line),
                });
                user.references += 1;
            }
        }
        let with_users = known.into_iter().zip(users).map(|(known, users)| {
            let mut users: Vec<PackUser> = users.into_values().collect();
            users.sort_by_key(|user| (Reverse(user.references), user.component));
            KnownCrate {
                name: known.name,
                packs: known.packs,
                users,
            }
        });
        with_users.collect()
    }

    /// By its name, or by something that is defined in it.
    fn names(&self, link: &Link<'_>, known: &KnownDependency) -> bool {
        let krate = self.graph.item(link.to).krate;
        krate == known.krate || first_name(self.graph, link) == Some(known.name.as_str())
    }
}
