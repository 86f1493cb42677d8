//! The copy of the graph that violations are planted in, and what is expected of each.

use std::sync::Arc;

use archguard_invariants::finding::Lint;
use archguard_invariants::graph::{
    Crate, CrateId, CrateOrigin, Evidence, File, FileRole, Graph, Item, ItemId, ItemKind, Planting, Reference,
    ReferenceId, ReferenceKind, Resolution, Root, TargetKind, TargetState, Targets, Visibility,
};
use archguard_invariants::pattern::PathPattern;
use archguard_invariants::place::{FileId, Place, Position, TextSpan};
use archguard_invariants::policy::{BoundPolicy, RuleId};
use rustc_hash::FxHashMap;

use super::proof::{Outcome, Proven, Subject, Witness};

/// A violation, by the line of its own in the planted file.
pub(super) type PlantId = u32;

/// A planted violation: whose code it is, and what it names.
#[derive(Debug, Clone)]
pub(super) struct Plant {
    pub(super) from: ItemId,
    pub(super) to: Option<ItemId>,
}

/// What is to turn red by which violations, and why it cannot where none does.
#[derive(Debug)]
pub(super) struct Expectation {
    pub(super) subject: Subject,
    pub(super) rule: Option<RuleId>,
    pub(super) name: String,
    pub(super) span: Option<TextSpan>,
    pub(super) plants: Vec<PlantId>,
    /// Why not; `Err` where that is no fault.
    pub(super) reason: Result<String, String>,
}

/// What the judges found of each violation.
#[derive(Debug, Default)]
pub(super) struct Fired {
    by_plant: FxHashMap<PlantId, Vec<(RuleId, Lint)>>,
}

/// The copy.
pub(super) struct Garden<'a> {
    pub(super) graph: &'a Graph,
    pub(super) policy: &'a BoundPolicy<'a>,
    pub(super) planting: Planting,
    file: FileId,
    pub(super) plants: Vec<Plant>,
    /// Items of crates that were planted, by path.
    by_path: FxHashMap<Arc<str>, ItemId>,
}

impl<'a> Garden<'a> {
    pub(super) fn new(graph: &'a Graph, policy: &'a BoundPolicy<'a>) -> Self {
        let mut planting = graph.plant();
        let file = planting.add_file(File {
            display: "planted".into(),
            absolute: "planted".into(),
            role: FileRole::Examined,
            lines: u32::MAX,
        });
        Self {
            graph,
            policy,
            planting,
            file,
            plants: Vec::new(),
            by_path: FxHashMap::default(),
        }
    }

    /// The place of the next violation.
    fn next_place(&self) -> Place {
        place(self.file, self.plants.len() as u32 + 1)
    }

    /// Notes a violation whose items stand at [`Self::here`].
    pub(super) fn note(&mut self, from: ItemId, to: Option<ItemId>) -> PlantId {
        self.plants.push(Plant { from, to });
        self.plants.len() as u32
    }

    /// Where the next violation is to stand.
    pub(super) fn here(&self) -> Place {
        self.next_place()
    }

    /// An item of the copy.
    pub(super) fn item(&self, id: ItemId) -> &Item {
        self.planting.graph().item(id)
    }

    /// Something new inside an item; a function where nothing else is wanted.
    pub(super) fn child(&mut self, parent: ItemId, kind: ItemKind, name: &str) -> ItemId {
        let place = self.next_place();
        let outer = self.item(parent);
        let (path, krate, module, dev) = (format!("{}::{name}", outer.path), outer.krate, outer.module, outer.dev);
        let id = self.planting.add_item(Item {
            path: path.into(),
            kind,
            krate,
            parent: Some(parent),
            module,
            visibility: Visibility::Public,
            place: Some(place),
            dev,
            cfg: None,
            link_name: None,
            only_modules: false,
        });
        if kind == ItemKind::Module {
            self.planting.item_mut(id).module = id;
        }
        id
    }

    /// A new function in an item, named as nobody names theirs.
    pub(super) fn function(&mut self, parent: ItemId) -> ItemId {
        let name = format!("planted_{}", self.plants.len() + 1);
        let kind = match self.item(parent).kind {
            ItemKind::Module | ItemKind::Function | ItemKind::Method => ItemKind::Function,
            _ => ItemKind::Method,
        };
        self.child(parent, kind, &name)
    }

    /// Plants a reference; it is not a violation of its own yet.
    pub(super) fn refer(&mut self, from: ItemId, to: ItemId, kind: ReferenceKind, exposed: bool) -> ReferenceId {
        let reference = self.reference(from, to, kind, exposed);
        self.planting.add_reference(from, to, reference)
    }

    /// A reference at the place of the next violation.
    pub(super) fn reference(&mut self, from: ItemId, to: ItemId, kind: ReferenceKind, exposed: bool) -> Reference {
        let path = Arc::clone(&self.item(to).path);
        let written = self.planting.text(&path);
        let of = self.item(from);
        Reference {
            written,
            kind,
            place: self.next_place(),
            evidence: Evidence::SOURCE,
            resolution: Some(Resolution::Resolved),
            pathless: false,
            exposed,
            reexport: false,
            dev: of.dev || self.planting.graph().krate(of.krate).dev,
            cfg: None,
            inherited_from: None,
            also: None,
            self_type: None,
        }
    }

    /// Plants a violation: new code in `parent` names something.
    pub(super) fn violation(&mut self, parent: ItemId, to: ItemId, kind: ReferenceKind, exposed: bool) -> PlantId {
        let from = self.function(parent);
        self.refer(from, to, kind, exposed);
        self.note(parent, Some(to))
    }

    /// The same by a path that is not its definition's.
    pub(super) fn violation_written(
        &mut self,
        parent: ItemId,
        to: ItemId,
        (kind, exposed): (ReferenceKind, bool),
        written: &str,
    ) -> PlantId {
        let from = self.function(parent);
        let mut reference = self.reference(from, to, kind, exposed);
        reference.written = self.planting.text(written);
        self.planting.add_reference(from, to, reference);
        self.note(parent, Some(to))
    }

    /// Plants a violation into an item that is there.
    pub(super) fn violation_in(&mut self, from: ItemId, to: ItemId, kind: ReferenceKind, exposed: bool) -> PlantId {
        self.refer(from, to, kind, exposed);
        self.note(from, Some(to))
    }

    /// A crate that nobody has, with a root alone.
    pub(super) fn krate(&mut self, name: &str, origin: CrateOrigin) -> ItemId {
        if let Some(&known) = self.by_path.get(name) {
            return known;
        }
        let existing = self.planting.graph().crates().iter();
        let existing = existing.filter(|krate| &*krate.head == name && !krate.origin.is_examined());
        if let Some(root) = existing.map(|krate| krate.root).next() {
            return root;
        }
        let id = CrateId(self.planting.graph().crates().len() as u32);
        let root = self.planting.add_item(Item {
            path: name.into(),
            kind: ItemKind::Module,
            krate: id,
            parent: None,
            module: ItemId::new(self.planting.graph().item_count()),
            visibility: Visibility::Public,
            place: origin.is_examined().then(|| self.next_place()),
            dev: false,
            cfg: None,
            link_name: None,
            only_modules: false,
        });
        self.planting.add_crate(Crate {
            name: name.into(),
            head: name.into(),
            package: name.into(),
            version: "".into(),
            repository: None,
            origin,
            target: TargetKind::Lib,
            root,
            dev: false,
            dependencies: Vec::new(),
            dev_only: Vec::new(),
        });
        self.by_path.insert(name.into(), root);
        root
    }

    /// An item of a crate that nobody has, or that nobody has read.
    pub(super) fn external(&mut self, names: &[String], kind: ItemKind) -> Option<ItemId> {
        let (first, rest) = names.split_first()?;
        let mut at = self.krate(first, CrateOrigin::External);
        let mut path = first.clone();
        for (index, name) in rest.iter().enumerate() {
            path = format!("{path}::{name}");
            let kind = if index + 1 == rest.len() {
                kind
            } else {
                ItemKind::Module
            };
            at = if let Some(&known) = self.by_path.get(path.as_str()) {
                known
            } else {
                let id = self.child(at, kind, name);
                self.planting.item_mut(id).place = None;
                self.by_path.insert(path.as_str().into(), id);
                id
            };
        }
        Some(at)
    }

    /// Lets patterns that led nowhere lead to what was planted.
    fn retarget(&mut self) {
        let mut planted: Vec<(Arc<str>, ItemId)> = self
            .by_path
            .iter()
            .map(|(path, &item)| (Arc::clone(path), item))
            .collect();
        planted.sort();
        for pattern in self.policy.policy.patterns() {
            if pattern.literal.is_some() || pattern.foreign {
                continue;
            }
            let awake = |targets: &Targets| targets.state == TargetState::Matched;
            if self.graph.targets(&pattern).is_some_and(awake) {
                continue;
            }
            let fits = |item: ItemId| !pattern.macro_only || self.item(item).kind.is_macro();
            let mut roots: Vec<Root> = planted
                .iter()
                .filter(|(path, item)| pattern.names_path(path) && fits(*item))
                .map(|&(_, item)| root(&pattern, item))
                .collect();
            roots.sort_unstable();
            roots.dedup();
            if !roots.is_empty() {
                let state = TargetState::Matched;
                self.planting.set_targets(pattern, Targets { roots, state });
            }
        }
    }

    /// The copy with everything that was planted.
    pub(super) fn finish(mut self) -> (Graph, Vec<Plant>, FileId) {
        self.retarget();
        (self.planting.finish(), self.plants, self.file)
    }
}

fn root(pattern: &PathPattern, item: ItemId) -> Root {
    Root {
        item,
        own_only: pattern.own_only,
    }
}

fn place(file: FileId, line: u32) -> Place {
    let at = |column| Position { line, column };
    Place {
        file,
        start: at(1),
        end: at(2),
    }
}

impl Fired {
    pub(super) fn add(&mut self, plant: PlantId, rule: &RuleId, lint: Lint) {
        let fired = self.by_plant.entry(plant).or_default();
        if !fired.iter().any(|(known, of)| known == rule && *of == lint) {
            fired.push((rule.clone(), lint));
        }
    }

    /// The lint by which a rule found a violation.
    pub(super) fn by(&self, plant: PlantId, rule: &RuleId) -> Option<Lint> {
        let fired = self.by_plant.get(&plant)?;
        fired.iter().find(|(known, _)| known == rule).map(|&(_, lint)| lint)
    }

    /// The first lint that found a violation.
    pub(super) fn any(&self, plant: PlantId) -> Option<Lint> {
        let fired = self.by_plant.get(&plant)?;
        fired.iter().map(|&(_, lint)| lint).min_by_key(|lint| lint.id())
    }
}

impl Expectation {
    /// What has become of it.
    pub(super) fn settle(self, graph: &Graph, plants: &[Plant], fired: &Fired) -> Proven {
        let found = self.rule.as_ref().and_then(|rule| {
            let mut planted = self.plants.iter();
            planted.find_map(|&plant| Some((plant, fired.by(plant, rule)?)))
        });
        let outcome = match found {
            Some((plant, lint)) => Outcome::Proved(witness(graph, &plants[plant as usize - 1], lint)),
            None => match self.reason {
                Ok(reason) => Outcome::Dead(reason),
                Err(reason) => Outcome::Idle(reason),
            },
        };
        Proven {
            subject: self.subject,
            rule: self.rule,
            name: self.name,
            span: self.span,
            outcome,
        }
    }
}

pub(super) fn witness(graph: &Graph, plant: &Plant, lint: Lint) -> Witness {
    let path = |item: ItemId| graph.item(item).path.to_string();
    Witness {
        from: path(plant.from),
        to: plant.to.map(path),
        lint,
    }
}
