//! A graph from a few lines of text, and answers to a policy's patterns by plain text: enough to test what stands on a graph.
//!
//! ```text
//! crate shop deps=sqlx,axum dev=mockall  a member; `bin:shop`, `package=..` as needed
//! extern sqlx family=sqlx_core       an external crate; `opaque sqlx` one without sources
//! mod shop::db                       any kind of item, by the words of the graph; parents come first
//! ref shop::http::list -> sqlx_core::query::query as sqlx::query [also shop::X]
//! ```

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::graph::{
    Crate, CrateId, CrateOrigin, Evidence, File, FileRole, Graph, GraphBuilder, Item, ItemId, ItemKind, Reference,
    ReferenceKind, Resolution, Root, TargetKind, TargetState, Targets, Visibility,
};
use crate::nearest::nearest;
use crate::pattern::PathPattern;
use crate::place::{FileId, Place, Position};
use crate::policy::Policy;

/// The graph of the described code, with what each of the policy's patterns leads to.
pub(crate) fn graph_of(policy: &Policy, code: &str) -> Graph {
    graph_for(&[policy], code)
}

/// The same for several policies.
pub(crate) fn graph_for(policies: &[&Policy], code: &str) -> Graph {
    let mut maker = Maker::default();
    maker.builder.add_file(File {
        display: "code.rs".into(),
        absolute: "code.rs".into(),
        role: FileRole::Examined,
        lines: 1,
    });
    let lines = || code.lines().map(str::trim).filter(|line| !line.is_empty());
    for line in lines() {
        maker.line(line);
    }
    maker.dependencies(lines());
    for pattern in policies.iter().flat_map(|policy| policy.patterns()) {
        let targets = maker.targets(&pattern);
        maker.builder.set_targets(pattern, targets);
    }
    maker.builder.finish()
}

#[derive(Default)]
struct Maker {
    builder: GraphBuilder,
    items: Vec<(Arc<str>, ItemId)>,
    crates: Vec<Crate>,
    families: FxHashMap<String, Vec<String>>,
    references: usize,
}

impl Maker {
    fn line(&mut self, line: &str) {
        let (word, rest) = line.split_once(' ').unwrap();
        match word {
            "crate" => self.krate(rest, CrateOrigin::Workspace),
            "extern" => self.krate(rest, CrateOrigin::External),
            "opaque" => self.krate(rest, CrateOrigin::Opaque),
            "ref" => self.reference(rest),
            kind => self.item(kind, rest),
        }
    }

    fn krate(&mut self, line: &str, origin: CrateOrigin) {
        let mut words = line.split(' ');
        let head = words.next().unwrap();
        let (prefix, name) = head.split_once(':').unwrap_or(("lib", head));
        let package = option(line, "package").unwrap_or(name);
        let kinds = [TargetKind::Lib, TargetKind::Bin, TargetKind::Build, TargetKind::Test];
        let target = kinds.into_iter().find(|kind| kind.prefix() == prefix).unwrap();
        if let Some(family) = option(line, "family") {
            self.families
                .insert(name.to_owned(), family.split(',').map(str::to_owned).collect());
        }
        let krate = CrateId(u32::try_from(self.crates.len()).unwrap());
        let root = self.add(ItemKind::Module, head, krate, None);
        let krate = Crate {
            name: name.into(),
            head: head.into(),
            package: package.into(),
            version: "".into(),
            repository: None,
            origin,
            target,
            root,
            dev: false,
            dependencies: Vec::new(),
            dev_only: Vec::new(),
        };
        self.crates.push(krate.clone());
        self.builder.add_crate(krate);
    }

    fn dependencies<'c>(&mut self, lines: impl Iterator<Item = &'c str>) {
        for line in lines.filter(|line| line.starts_with("crate ")) {
            let ids = |key: &str| -> Vec<CrateId> {
                let names = option(line, key).into_iter().flat_map(|names| names.split(','));
                let crates = names.map(|name| self.crates.iter().position(|krate| &*krate.head == name).unwrap());
                crates.map(|at| CrateId(u32::try_from(at).unwrap())).collect()
            };
            let head = line.split(' ').nth(1).unwrap();
            let from = self.crates.iter().position(|krate| &*krate.head == head).unwrap();
            let (mut dependencies, dev_only) = (ids("deps"), ids("dev"));
            dependencies.extend(&dev_only);
            let krate = self.builder.crate_mut(CrateId(u32::try_from(from).unwrap()));
            krate.dependencies = dependencies;
            krate.dev_only = dev_only;
        }
    }

    fn item(&mut self, word: &str, path: &str) {
        let kind = match word {
            "mod" => ItemKind::Module,
            "fn" => ItemKind::Function,
            "method" => ItemKind::Method,
            "struct" => ItemKind::Struct,
            "enum" => ItemKind::Enum,
            "trait" => ItemKind::Trait,
            "macro" => ItemKind::Macro,
            other => panic!("a kind of item that tests do not use: {other}"),
        };
        let (outer, _) = path.rsplit_once("::").unwrap();
        let parent = self.id(outer);
        let krate = self.builder.item(parent).krate;
        self.add(kind, path, krate, Some(parent));
    }

    fn add(&mut self, kind: ItemKind, path: &str, krate: CrateId, parent: Option<ItemId>) -> ItemId {
        let path: Arc<str> = path.into();
        let id = self.builder.add_item(Item {
            path: Arc::clone(&path),
            kind,
            krate,
            parent,
            module: ItemId::new(0),
            visibility: Visibility::Public,
            place: None,
            dev: false,
            cfg: None,
            link_name: None,
            only_modules: false,
        });
        let module = match (kind, parent) {
            (ItemKind::Module, _) | (_, None) => id,
            (_, Some(parent)) => self.builder.item(parent).module,
        };
        self.builder.item_mut(id).module = module;
        self.items.push((path, id));
        id
    }

    fn id(&self, path: &str) -> ItemId {
        let found = self.items.iter().find(|(known, _)| **known == *path);
        found.unwrap_or_else(|| panic!("no item {path}")).1
    }

    fn reference(&mut self, line: &str) {
        let words: Vec<&str> = line.split(' ').collect();
        let after = |word: &str| words.iter().position(|found| *found == word).map(|at| words[at + 1]);
        let (from, to) = (words[0], after("->").unwrap());
        self.references += 1;
        let column = u32::try_from(self.references).unwrap();
        let place = Place {
            file: FileId(0),
            start: Position { line: 1, column },
            end: Position {
                line: 1,
                column: column + 1,
            },
        };
        let reference = Reference {
            written: self.builder.text(after("as").unwrap_or(to)),
            kind: ReferenceKind::Path,
            place,
            evidence: Evidence::SOURCE,
            resolution: Some(Resolution::Resolved),
            pathless: false,
            exposed: false,
            reexport: false,
            dev: false,
            cfg: None,
            self_type: None,
            inherited_from: None,
            also: after("also").map(|path| self.id(path)),
        };
        self.builder.add_reference(self.id(from), self.id(to), reference);
    }

    /// What a pattern leads to, by the text of paths; a package covers its targets, a facade its family as stated.
    fn targets(&self, pattern: &PathPattern) -> Targets {
        let named = |path: &str, id: ItemId| self.names(path, id).any(|name| pattern.names_path(&name));
        let fits = |id: ItemId| !pattern.macro_only || self.builder.item(id).kind.is_macro();
        let found = self.items.iter().filter(|(path, id)| named(path, *id) && fits(*id));
        let mut roots: Vec<Root> = found
            .map(|(_, item)| Root {
                item: *item,
                own_only: pattern.own_only,
            })
            .collect();
        roots.sort_unstable();
        let state = if roots.is_empty() {
            self.missing(pattern)
        } else {
            TargetState::Matched
        };
        Targets { roots, state }
    }

    /// The names that an item goes by: its path, and the same under its package's and its facades' names.
    fn names(&self, path: &str, id: ItemId) -> impl Iterator<Item = String> {
        let krate = &self.crates[self.builder.item(id).krate.0 as usize];
        let inside = &path[krate.head.len()..];
        let facades = self
            .families
            .iter()
            .filter(|(_, members)| members.iter().any(|member| **member == *krate.name));
        let heads = facades.map(|(facade, _)| facade.as_str()).chain([&*krate.package]);
        let mut names: Vec<String> = heads.map(|head| format!("{head}{inside}")).collect();
        names.push(path.to_owned());
        names.into_iter()
    }

    fn missing(&self, pattern: &PathPattern) -> TargetState {
        let first = &pattern.segments[0];
        let mut crates = self
            .crates
            .iter()
            .filter(|krate| first.matches(&krate.name) || first.matches(&krate.package));
        match crates.next() {
            None => TargetState::Dormant,
            Some(krate) if krate.origin == CrateOrigin::Opaque => TargetState::Pending,
            Some(_) => {
                let paths = self.items.iter().map(|(path, _)| &**path);
                TargetState::NoMatch {
                    nearest: nearest(&pattern.to_string(), paths).map(str::to_owned),
                }
            }
        }
    }
}

fn option<'l>(line: &'l str, key: &str) -> Option<&'l str> {
    line.split(' ')
        .find_map(|word| word.strip_prefix(key)?.strip_prefix('='))
}
