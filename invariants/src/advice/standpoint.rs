//! Where an author stands: a module of the graph, or one that does not exist yet, with the component that owns it.
//! What may be done there is said elsewhere.

use std::cmp::Ordering;

use crate::graph::{CrateId, Graph, ItemId, ItemKind};
use crate::pattern::PathPattern;
use crate::policy::model::{Component, Term};
use crate::policy::{BoundPolicy, ComponentId, Scope, Selector};

/// A place in the module tree from which code speaks.
#[derive(Debug, Clone)]
pub struct Standpoint {
    /// The module's path.
    pub path: String,
    /// The examined modules that stand for it: itself; a component's are all its modules. Of a module that does not exist
    /// yet the nearest one around it; none for the root of a crate that does not exist yet.
    pub modules: Vec<ItemId>,
    /// Whether the module is there.
    pub exists: bool,
    /// The crate that its code is compiled into; of one that does not exist yet another of its package.
    pub krate: CrateId,
    /// Whether its code is development code.
    pub dev: bool,
    /// Who owns it.
    pub owner: Option<Owner>,
    /// The same path under the package's name, where that is another.
    by_package: Option<String>,
}

/// The component that owns a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The component's name; a family's new member has one that no bound component has.
    pub name: String,
    /// The component, or for a new member another member of its family: all of them declare the same.
    pub component: ComponentId,
    /// Whether this is a new member of a family.
    pub is_new: bool,
}

/// Where a crate that does not exist yet would belong: to a package, whose other crates are known.
#[derive(Debug, Clone, Copy)]
pub struct NewCrate {
    /// Another crate of the package.
    pub beside: CrateId,
    /// Whether it is a test, a bench or an example.
    pub dev: bool,
}

impl Standpoint {
    /// An examined module, or the one that an item stands in.
    pub fn of(graph: &Graph, policy: &BoundPolicy<'_>, item: ItemId) -> Self {
        let module = graph.item(item).module;
        let of = graph.item(module);
        Self {
            path: of.path.to_string(),
            modules: vec![module],
            exists: true,
            krate: of.krate,
            dev: of.dev || graph.krate(of.krate).dev,
            owner: policy.component_of(item).map(|id| Owner::known(policy, id)),
            by_package: None,
        }
    }

    /// All of a component: a rule speaks of it if it speaks of any of its modules.
    pub fn of_component(graph: &Graph, policy: &BoundPolicy<'_>, component: ComponentId) -> Self {
        let owned = graph
            .items()
            .filter(|&(id, item)| item.kind == ItemKind::Module && policy.component_of(id) == Some(component));
        let (dev, modules): (Vec<ItemId>, Vec<ItemId>) = owned
            .map(|(id, _)| id)
            .partition(|&id| graph.item(id).dev || graph.krate(graph.item(id).krate).dev);
        let modules = if modules.is_empty() { dev } else { modules };
        let krate = modules.first().map_or(CrateId(0), |&first| graph.item(first).krate);
        Self {
            path: policy.component(component).name.as_str().to_owned(),
            modules,
            exists: true,
            krate,
            dev: false,
            owner: Some(Owner::known(policy, component)),
            by_package: None,
        }
    }

    /// A module that does not exist yet, in `around` (the nearest module that does).
    pub fn of_new(graph: &Graph, policy: &BoundPolicy<'_>, around: ItemId, path: String) -> Self {
        let of = graph.item(around);
        let krate = graph.krate(of.krate);
        let mut standpoint = Self {
            by_package: by_package(&path, &krate.package),
            path,
            modules: vec![around],
            exists: false,
            krate: of.krate,
            dev: of.dev || krate.dev,
            owner: None,
        };
        let below = of.path.len();
        standpoint.owner = standpoint.new_owner(policy, below).or_else(|| {
            // What a component owns of a module alone (`x::self`) does not reach down to a new child.
            let owner = policy.component_of(around)?;
            let below = || policy.component_of_written(&format!("{}::_::_", of.path));
            let owner = if policy.claims_whole(&of.path, owner) {
                Some(owner)
            } else {
                below()
            };
            owner.map(|id| Owner::known(policy, id))
        });
        standpoint
    }

    /// The root of a crate that does not exist yet.
    pub fn of_new_crate(graph: &Graph, policy: &BoundPolicy<'_>, path: String, new: NewCrate) -> Self {
        let mut standpoint = Self {
            by_package: by_package(&path, &graph.krate(new.beside).package),
            path,
            modules: Vec::new(),
            exists: false,
            krate: new.beside,
            dev: new.dev,
            owner: None,
        };
        standpoint.owner = standpoint.new_owner(policy, 0);
        standpoint
    }

    /// The component that it belongs to.
    pub fn component(&self) -> Option<ComponentId> {
        self.owner.as_ref().map(|owner| owner.component)
    }

    /// Whether a list covers what stands here.
    pub fn is_covered(&self, graph: &Graph, policy: &BoundPolicy<'_>, list: &Selector) -> bool {
        if self.exists {
            let mut modules = self.modules.iter();
            return modules.any(|&module| list.term_of_definition(graph, policy, module).is_some());
        }
        let by_owner = self.owner.as_ref().is_some_and(|owner| owner.is_in(policy, list));
        let by_text = list.written.iter().any(|(pattern, _)| self.is_named(pattern));
        let around = || self.modules.iter().any(|&around| list.covers_below(graph, around));
        (by_owner || by_text || around()) && !self.modules.iter().any(|&around| list.takes_away_below(graph, around))
    }

    /// Whether a rule speaks of the code here.
    pub fn is_in_scope(&self, graph: &Graph, policy: &BoundPolicy<'_>, scope: &Scope) -> bool {
        if self.exists {
            let mut modules = self.modules.iter();
            return modules.any(|&module| scope.contains(graph, policy, module));
        }
        let covered = |list: &Selector| self.is_covered(graph, policy, list);
        let own_package = &graph.krate(self.krate).package;
        if scope.package.as_ref().is_some_and(|package| package != own_package) {
            return false;
        }
        scope.within.as_ref().is_none_or(covered) && !scope.except.as_ref().is_some_and(covered)
    }

    /// Whether a pattern covers the path that a new module will have.
    fn is_named(&self, pattern: &PathPattern) -> bool {
        self.texts().any(|path| {
            if pattern.own_only {
                pattern.names_path(path)
            } else {
                pattern.covers_path(path) && !pattern.macro_only
            }
        })
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.path.as_str()).chain(self.by_package.as_deref())
    }

    /// The component whose patterns claim the new part of the path (beyond `known` bytes) most closely.
    fn new_owner(&self, policy: &BoundPolicy<'_>, known: usize) -> Option<Owner> {
        let mut best: Option<(usize, &PathPattern, Owner)> = None;
        for declaration in &policy.policy.components {
            for (length, pattern, member) in self.new_claims(declaration, known) {
                let better = best.as_ref().is_none_or(|(known, other, _)| {
                    let by_pattern = || pattern.compare_specificity(other) == Ordering::Greater;
                    length > *known || (length == *known && by_pattern())
                });
                if let (true, Some(owner)) = (better, Owner::of_name(policy, declaration, &member)) {
                    best = Some((length, pattern, owner));
                }
            }
        }
        best.map(|(_, _, owner)| owner)
    }

    /// What a declaration's patterns claim of the new part of the path: how much, by which pattern, for whom.
    fn new_claims<'p>(&self, declaration: &'p Component, known: usize) -> Vec<(usize, &'p PathPattern, String)> {
        let name = declaration.name.value.as_str();
        let taken_away = declaration.paths.iter().any(|term| match &term.value {
            Term::Not(pattern) => self.is_named(pattern),
            _ => false,
        });
        let mut claims = Vec::new();
        for term in declaration.paths.iter().filter(|_| !taken_away) {
            let Term::Pattern(pattern) = &term.value else { continue };
            for path in self.texts() {
                let ends = std::iter::once(path.len()).chain(path.rmatch_indices("::").map(|(at, _)| at));
                for end in ends.filter(|&end| end > known && (!pattern.own_only || end == path.len())) {
                    if !pattern.names_path(&path[..end]) {
                        continue;
                    }
                    let member = match pattern.capture(&path[..end]) {
                        Some(member) if declaration.each => format!("{name}.{member}"),
                        _ => name.to_owned(),
                    };
                    claims.push((end, pattern, member));
                }
            }
        }
        claims
    }
}

impl Owner {
    fn known(policy: &BoundPolicy<'_>, component: ComponentId) -> Self {
        Self {
            name: policy.component(component).name.as_str().to_owned(),
            component,
            is_new: false,
        }
    }

    fn of_name(policy: &BoundPolicy<'_>, declaration: &Component, name: &str) -> Option<Self> {
        if let Some(known) = policy.ids().find(|&id| policy.component(id).name.as_str() == name) {
            return Some(Self::known(policy, known));
        }
        let family = declaration.name.value.as_str();
        let member = policy.ids().find(|&id| {
            let of = policy.component(id).family.as_ref();
            of.is_some_and(|of| of.as_str() == family)
        })?;
        Some(Self {
            name: name.to_owned(),
            component: member,
            is_new: true,
        })
    }

    /// Whether a list names the component; a new member is in what names its whole family.
    fn is_in(&self, policy: &BoundPolicy<'_>, list: &Selector) -> bool {
        let listed = |id: ComponentId| list.components.iter().any(|&(listed, _)| listed == id);
        if !self.is_new {
            return listed(self.component);
        }
        let family = &policy.component(self.component).family;
        policy
            .ids()
            .filter(|&id| policy.component(id).family == *family)
            .all(listed)
    }
}

/// `shop::x` of a package `small_shop` is also `small_shop::x`.
fn by_package(path: &str, package: &str) -> Option<String> {
    let end = path.find("::").unwrap_or(path.len());
    let start = path[..end].find(':').map_or(0, |at| at + 1);
    (&path[start..end] != package).then(|| format!("{}{package}{}", &path[..start], &path[end..]))
}
