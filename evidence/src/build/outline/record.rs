//! An outline's graph as it is written down, and the way back. References and what requirements ask for it has none of.

use archguard_invariants::graph::{
    Crate, CrateId, CrateOrigin, File, FileRole, Graph, GraphBuilder, Item, ItemId, ItemKind, Root, SharedAnnotation,
    TargetKind, TargetState, Targets, Visibility,
};
use archguard_invariants::pattern::PathPattern;
use archguard_invariants::place::{FileId, Place, Position};
use serde::{Deserialize, Serialize};

/// All of it; numbers are places in these lists.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Record {
    files: Vec<(String, std::path::PathBuf, FileRole, u32)>,
    crates: Vec<CrateRecord>,
    items: Vec<ItemRecord>,
    /// In the order of the patterns that were asked for; none for one that was not looked up.
    targets: Vec<Option<TargetsRecord>>,
    module_files: Vec<(u32, u32)>,
    /// Entry points of shared code: item, path and purpose.
    shared: Vec<(u32, String, Option<String>)>,
}

/// What a pattern leads to: items, each with whether only its own items count.
type TargetsRecord = (Vec<(u32, bool)>, TargetState);

#[derive(Debug, Serialize, Deserialize)]
struct CrateRecord {
    name: String,
    head: String,
    package: String,
    version: String,
    repository: Option<String>,
    origin: CrateOrigin,
    target: TargetKind,
    root: u32,
    dev: bool,
    dependencies: Vec<u32>,
    dev_only: Vec<u32>,
}

#[derive(Debug, Serialize, Deserialize)]
struct ItemRecord {
    path: String,
    kind: ItemKind,
    krate: u32,
    parent: Option<u32>,
    module: u32,
    /// The module that it is visible within; none for public items.
    within: Option<u32>,
    /// File, line and column of the start and of the end.
    place: Option<[u32; 5]>,
    dev: bool,
    cfg: Option<String>,
    link_name: Option<String>,
    only_modules: bool,
}

impl Record {
    /// Writes a graph down.
    pub(super) fn of(graph: &Graph, patterns: &[PathPattern]) -> Self {
        let number = |item: ItemId| item.index() as u32;
        let targets = |targets: &Targets| {
            let roots = targets.roots.iter().map(|root| (number(root.item), root.own_only));
            (roots.collect(), targets.state.clone())
        };
        let module_file = |(id, _)| Some((number(id), graph.module_file(id)?.0));
        let files = graph.files().iter();
        let shared = graph.annotations().shared.iter();
        let told = |entry: &SharedAnnotation| {
            let purpose = entry.purpose.as_deref().map(str::to_owned);
            (number(entry.item), entry.path.to_string(), purpose)
        };
        Self {
            files: files
                .map(|file| (file.display.to_string(), file.absolute.clone(), file.role, file.lines))
                .collect(),
            crates: graph.crates().iter().map(CrateRecord::of).collect(),
            items: graph.items().map(|(_, item)| ItemRecord::of(graph, item)).collect(),
            targets: patterns
                .iter()
                .map(|pattern| graph.targets(pattern).map(targets))
                .collect(),
            module_files: graph.items().filter_map(module_file).collect(),
            shared: shared.map(told).collect(),
        }
    }

    /// The graph again; the patterns are those that it was written with.
    pub(super) fn into_graph(self, patterns: &[PathPattern]) -> Graph {
        let mut builder = GraphBuilder::new();
        builder.outline = true;
        for (display, absolute, role, lines) in self.files {
            let display = display.into();
            builder.add_file(File {
                display,
                absolute,
                role,
                lines,
            });
        }
        for krate in self.crates {
            builder.add_crate(krate.into_crate());
        }
        for item in self.items {
            let item = item.into_item(&mut builder);
            builder.add_item(item);
        }
        for (pattern, targets) in patterns.iter().zip(self.targets) {
            let Some((roots, state)) = targets else { continue };
            let roots = roots.into_iter().map(|(item, own_only)| Root {
                item: ItemId::new(item as usize),
                own_only,
            });
            let roots = roots.collect();
            builder.set_targets(pattern.clone(), Targets { roots, state });
        }
        for (module, file) in self.module_files {
            builder.set_module_file(ItemId::new(module as usize), FileId(file));
        }
        let shared = self.shared.into_iter();
        let shared = shared.map(|(item, path, purpose)| SharedAnnotation {
            item: ItemId::new(item as usize),
            path: path.into(),
            purpose: purpose.map(Into::into),
        });
        builder.annotations.shared.extend(shared);
        builder.finish()
    }
}

impl CrateRecord {
    fn of(krate: &Crate) -> Self {
        Self {
            name: krate.name.to_string(),
            head: krate.head.to_string(),
            package: krate.package.to_string(),
            version: krate.version.to_string(),
            repository: krate.repository.as_deref().map(str::to_owned),
            origin: krate.origin,
            target: krate.target,
            root: krate.root.index() as u32,
            dev: krate.dev,
            dependencies: krate.dependencies.iter().map(|id| id.0).collect(),
            dev_only: krate.dev_only.iter().map(|id| id.0).collect(),
        }
    }

    fn into_crate(self) -> Crate {
        Crate {
            name: self.name.into(),
            head: self.head.into(),
            package: self.package.into(),
            version: self.version.into(),
            repository: self.repository.map(Into::into),
            origin: self.origin,
            target: self.target,
            root: ItemId::new(self.root as usize),
            dev: self.dev,
            dependencies: self.dependencies.into_iter().map(CrateId).collect(),
            dev_only: self.dev_only.into_iter().map(CrateId).collect(),
        }
    }
}

impl ItemRecord {
    fn of(graph: &Graph, item: &Item) -> Self {
        let place = |place: Place| {
            let (start, end) = (place.start, place.end);
            [place.file.0, start.line, start.column, end.line, end.column]
        };
        Self {
            path: item.path.to_string(),
            kind: item.kind,
            krate: item.krate.0,
            parent: item.parent.map(|parent| parent.index() as u32),
            module: item.module.index() as u32,
            within: match item.visibility {
                Visibility::Public => None,
                Visibility::Within(module) => Some(module.index() as u32),
            },
            place: item.place.map(place),
            dev: item.dev,
            cfg: item.cfg.map(|cfg| graph.cfg(cfg).to_owned()),
            link_name: item.link_name.as_deref().map(str::to_owned),
            only_modules: item.only_modules,
        }
    }

    fn into_item(self, builder: &mut GraphBuilder) -> Item {
        let id = |number: u32| ItemId::new(number as usize);
        let place = |[file, line, column, end_line, end_column]: [u32; 5]| Place {
            file: FileId(file),
            start: Position { line, column },
            end: Position {
                line: end_line,
                column: end_column,
            },
        };
        Item {
            path: self.path.into(),
            kind: self.kind,
            krate: CrateId(self.krate),
            parent: self.parent.map(id),
            module: id(self.module),
            visibility: self
                .within
                .map_or(Visibility::Public, |module| Visibility::Within(id(module))),
            place: self.place.map(place),
            dev: self.dev,
            cfg: self.cfg.map(|cfg| builder.cfg(&cfg)),
            link_name: self.link_name.map(Into::into),
            only_modules: self.only_modules,
        }
    }
}
