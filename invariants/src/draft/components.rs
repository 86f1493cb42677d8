//! Which components a draft has, and what the code of each uses today.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::arrange;
use super::packs::KnownCrate;
use crate::graph::query::Link;
use crate::graph::{Crate, CrateOrigin, Graph, ItemId, ItemKind, TargetKind};
use crate::packs::direct_dependencies;

/// A workspace's package is taken apart into its top-level modules if it holds this share of all modules (in percent) ...
const SHARE_OF_THE_BIG: usize = 40;
/// ... and at least so many modules at the top.
const FEWEST_MODULES: usize = 4;

/// A policy that the code suggests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The components, in the order of their packages and names, roots first.
    pub components: Vec<DraftComponent>,
    /// Indices of components from the highest layer to the lowest, siblings together; those that neither use nor are used
    /// stand in none.
    pub layers: Vec<Vec<usize>>,
    /// What points upwards or goes round in circles in that order.
    pub upward: Vec<UpwardUse>,
    /// Groups of components that use each other in a circle.
    pub knots: Vec<Vec<usize>>,
    /// External crates that only one component uses, with its index.
    pub exclusive: Vec<(String, usize)>,
    /// Dependencies that packs know, by name.
    pub known: Vec<KnownCrate>,
    /// Other workspaces of the repository, which are not examined.
    pub other_workspaces: Vec<String>,
}

/// A component of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftComponent {
    /// Its name.
    pub name: String,
    /// The patterns that it is made of.
    pub paths: Vec<String>,
    /// How many modules of production code it holds.
    pub modules: usize,
    /// The components that it uses, by index.
    pub uses: Vec<Use>,
    /// The external crates that it names, by name.
    pub crates: Vec<String>,
}

/// One component's use of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The component that is used.
    pub component: usize,
    /// By how many references.
    pub references: usize,
    /// The first of them, as file and line.
    pub first: (Arc<str>, u32),
    /// Whether the draft allows it.
    pub allowed: bool,
}

/// A use that the draft does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpwardUse {
    /// The component whose code it is.
    pub from: usize,
    /// The component that is used.
    pub to: usize,
}

/// A package's name with underscores, and the top-level module where the package is taken apart.
pub(super) type Key = (Arc<str>, Option<Arc<str>>);

/// How many references, and where the first of them stands.
type Seen = (usize, (Arc<str>, u32));

/// Which component each item belongs to.
pub(super) struct Plan<'g> {
    pub(super) graph: &'g Graph,
    /// Packages that are taken apart.
    split: BTreeSet<Arc<str>>,
}

impl Draft {
    /// What the code suggests; a graph that was built without a policy serves.
    pub fn of(graph: &Graph) -> Self {
        let plan = Plan::new(graph);
        let modules = plan.modules();
        let keys: Vec<&Key> = modules.keys().collect();
        let names = names(&keys);
        let mut components: Vec<DraftComponent> = keys
            .iter()
            .zip(names)
            .map(|(key, name)| DraftComponent {
                name,
                paths: vec![plan.path(key)],
                modules: modules[*key],
                uses: Vec::new(),
                crates: Vec::new(),
            })
            .collect();
        let index: BTreeMap<&Key, usize> = keys.iter().enumerate().map(|(index, key)| (*key, index)).collect();
        plan.note_uses(&index, &mut components);
        let mut draft = Self {
            components,
            layers: Vec::new(),
            upward: Vec::new(),
            knots: Vec::new(),
            exclusive: Vec::new(),
            known: plan.known_crates(&index),
            other_workspaces: graph.examined().workspaces_not_examined.clone(),
        };
        arrange::arrange(&mut draft);
        draft.exclusive = exclusive(&draft.components);
        draft
    }
}

/// The crate that the code itself writes; none for a method or field.
pub(super) fn first_name<'g>(graph: &'g Graph, link: &Link<'_>) -> Option<&'g str> {
    let first = graph.text(link.reference.written).split("::").next();
    first.filter(|_| !link.reference.pathless)
}

/// External crates with a single user.
fn exclusive(components: &[DraftComponent]) -> Vec<(String, usize)> {
    let mut users: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, component) in components.iter().enumerate() {
        for krate in &component.crates {
            users.entry(krate).or_default().push(index);
        }
    }
    let single = users
        .into_iter()
        .filter(|(_, users)| users.len() == 1 && components.len() > 1);
    single.map(|(krate, users)| (krate.to_owned(), users[0])).collect()
}

/// A module's own name where no other component has it, else with the package's.
fn names(keys: &[&Key]) -> Vec<String> {
    let short = |(package, module): &Key| match module {
        Some(module) => plain(module),
        None => package.to_string(),
    };
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for key in keys {
        *taken.entry(short(key)).or_default() += 1;
    }
    let packages: BTreeSet<&Arc<str>> = keys.iter().map(|(package, _)| package).collect();
    keys.iter()
        .map(|key| {
            let name = short(key);
            let clashes = taken[&name] > 1 || (key.1.is_some() && packages.contains(&Arc::from(name.as_str())));
            match &key.1 {
                Some(module) if clashes => format!("{}-{}", key.0, plain(module)),
                _ => name,
            }
        })
        .collect()
}

/// A name without the `r#` of a raw identifier.
fn plain(name: &str) -> String {
    name.strip_prefix("r#").unwrap_or(name).to_owned()
}

/// Whether a crate's code is production code that is judged.
fn is_production(krate: &Crate) -> bool {
    krate.origin.is_examined()
        && !krate.dev
        && matches!(krate.target, TargetKind::Lib | TargetKind::Bin | TargetKind::Build)
}

impl<'g> Plan<'g> {
    fn new(graph: &'g Graph) -> Self {
        let mut plan = Self {
            graph,
            split: BTreeSet::new(),
        };
        let whole = plan.modules();
        let all: usize = whole.values().sum();
        let packages: Vec<Arc<str>> = whole.keys().map(|(package, _)| Arc::clone(package)).collect();
        for package in &packages {
            let is_big = whole[&(Arc::clone(package), None)] * 100 >= all * SHARE_OF_THE_BIG;
            if packages.len() == 1 || (is_big && plan.tops(package).len() >= FEWEST_MODULES) {
                plan.split.insert(Arc::clone(package));
            }
        }
        plan
    }

    /// The names of a package's top-level modules.
    fn tops(&self, package: &str) -> BTreeSet<Arc<str>> {
        let roots = self.graph.crates().iter();
        let roots: Vec<ItemId> = roots
            .filter(|krate| is_production(krate) && *krate.package == *package)
            .map(|krate| krate.root)
            .collect();
        let modules = self.graph.items().filter(|(_, item)| {
            item.kind == ItemKind::Module && !item.dev && item.parent.is_some_and(|parent| roots.contains(&parent))
        });
        modules
            .filter_map(|(_, item)| item.path.rsplit("::").next().map(Arc::from))
            .collect()
    }

    /// The component of an item of examined production code.
    pub(super) fn key(&self, item: ItemId) -> Option<Key> {
        let graph = self.graph;
        let krate = graph.krate(graph.item(item).krate);
        if !is_production(krate) {
            return None;
        }
        let package = Arc::clone(&krate.package);
        if !self.split.contains(&package) {
            return Some((package, None));
        }
        let top = graph.lineage(graph.item(item).module).find(|&outer| {
            let of = graph.item(outer);
            of.kind == ItemKind::Module && of.parent == Some(krate.root)
        });
        let name = top.and_then(|top| graph.item(top).path.rsplit("::").next().map(Arc::from));
        Some((package, name))
    }

    /// The components with the number of their modules.
    fn modules(&self) -> BTreeMap<Key, usize> {
        let mut found: BTreeMap<Key, usize> = BTreeMap::new();
        for (id, item) in self.graph.items() {
            if item.kind == ItemKind::Module
                && !item.dev
                && let Some(key) = self.key(id)
            {
                *found.entry(key).or_default() += 1;
            }
        }
        found
    }

    /// The pattern of a component: by the package's name, which covers its library, binaries and build script.
    fn path(&self, (package, module): &Key) -> String {
        match module {
            Some(module) => format!("{package}::{}", plain(module)),
            None if self.split.contains(package) => format!("{package}::self"),
            None => package.to_string(),
        }
    }

    fn note_uses(&self, index: &BTreeMap<&Key, usize>, components: &mut [DraftComponent]) {
        let mut uses: BTreeMap<(usize, usize), Seen> = BTreeMap::new();
        let mut crates: Vec<BTreeSet<String>> = vec![BTreeSet::new(); components.len()];
        let direct = direct_dependencies(self.graph);
        let direct: BTreeSet<&str> = direct.iter().map(|&id| &*self.graph.krate(id).name).collect();
        for link in self.graph.references().filter(|link| self.is_judged(link)) {
            let Some(&from) = self.key(link.from).and_then(|key| index.get(&key)) else {
                continue;
            };
            for to in std::iter::once(link.to).chain(link.reference.self_type) {
                let krate = self.graph.krate(self.graph.item(to).krate);
                if matches!(krate.origin, CrateOrigin::External | CrateOrigin::Opaque) {
                    // What a crate hands out of another is used through the one that is written.
                    if let Some(first) = first_name(self.graph, &link).filter(|first| direct.contains(first)) {
                        crates[from].insert(first.to_owned());
                    }
                } else if let Some(&to) = self.key(to).and_then(|key| index.get(&key))
                    && to != from
                {
                    let place = link.reference.place;
                    let first = || (Arc::clone(&self.graph.file(place.file).display), place.start.line);
                    uses.entry((from, to)).or_insert_with(|| (0, first())).0 += 1;
                }
            }
        }
        for ((from, to), (references, first)) in uses {
            components[from].uses.push(Use {
                component: to,
                references,
                first,
                allowed: true,
            });
        }
        for (component, crates) in components.iter_mut().zip(crates) {
            component.crates = crates.into_iter().collect();
        }
    }

    /// Production code, and not what an external macro's code names: that counts as the macro's crate.
    pub(super) fn is_judged(&self, link: &Link<'_>) -> bool {
        let external = |maker: ItemId| !self.graph.is_examined(maker);
        let dev = link.reference.dev || self.graph.item(link.from).dev;
        self.graph.is_examined(link.from) && !dev && !link.reference.inherited_from.is_some_and(external)
    }
}
