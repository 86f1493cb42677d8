//! What is drawn of a small graph: two crates of ours, one external, one of the standard library.

use std::sync::Arc;

use archguard_invariants::graph::{
    Crate, CrateId, CrateOrigin, Evidence, File, FileRole, GraphBuilder, Item, ItemKind, Reference, ReferenceKind,
    Resolution, TargetKind, Visibility,
};
use archguard_invariants::place::{FileId, Place, Position};

use super::*;

/// Two nodes, the second outside, that use each other; for whoever writes views.
pub(in crate::graph) fn two_nodes(first: &str, second: &str) -> View {
    let node = |name: &str, outside| Node {
        name: name.to_owned(),
        outside,
    };
    let edge = |from, to, references, dev| Edge {
        from,
        to,
        references,
        dev,
    };
    View {
        nodes: vec![node(first, false), node(second, true)],
        edges: vec![edge(0, 1, 3, false), edge(1, 0, 1, true)],
    }
}

struct Small {
    builder: GraphBuilder,
}

impl Small {
    /// A crate with its root module and a function `f` in it.
    fn krate(&mut self, head: &str, origin: CrateOrigin) -> (ItemId, ItemId) {
        let name: Arc<str> = head.trim_start_matches("bin:").into();
        let krate = self.builder.add_crate(Crate {
            name: Arc::clone(&name),
            head: head.into(),
            package: name,
            version: "".into(),
            repository: None,
            origin,
            target: if head.starts_with("bin:") {
                TargetKind::Bin
            } else {
                TargetKind::Lib
            },
            root: ItemId::new(0),
            dev: false,
            dependencies: Vec::new(),
            dev_only: Vec::new(),
        });
        let root = self.item(head, ItemKind::Module, krate, None);
        self.builder.crate_mut(krate).root = root;
        let function = self.item(&format!("{head}::f"), ItemKind::Function, krate, Some(root));
        (root, function)
    }

    fn item(&mut self, path: &str, kind: ItemKind, krate: CrateId, parent: Option<ItemId>) -> ItemId {
        let id = self.builder.add_item(Item {
            path: path.into(),
            kind,
            krate,
            parent,
            module: parent.unwrap_or(ItemId::new(0)),
            visibility: Visibility::Public,
            place: None,
            dev: false,
            cfg: None,
            link_name: None,
            only_modules: false,
        });
        if kind == ItemKind::Module {
            self.builder.item_mut(id).module = id;
        }
        id
    }

    fn reference(&mut self, from: ItemId, to: ItemId, line: u32, dev: bool) {
        let position = |column| Position { line, column };
        let reference = Reference {
            written: self.builder.text("x"),
            kind: ReferenceKind::Call,
            place: Place {
                file: FileId(0),
                start: position(1),
                end: position(2),
            },
            evidence: Evidence::SOURCE,
            resolution: Some(Resolution::Resolved),
            pathless: false,
            exposed: false,
            reexport: false,
            dev,
            cfg: None,
            self_type: None,
            inherited_from: None,
            also: None,
        };
        self.builder.add_reference(from, to, reference);
    }
}

fn small() -> Graph {
    let mut small = Small {
        builder: GraphBuilder::new(),
    };
    let file = File {
        display: "a.rs".into(),
        absolute: "a.rs".into(),
        role: FileRole::Examined,
        lines: 9,
    };
    small.builder.add_file(file);
    let (_, library) = small.krate("shop", CrateOrigin::Workspace);
    let (_, binary) = small.krate("bin:shop", CrateOrigin::Workspace);
    let (_, external) = small.krate("sqlx", CrateOrigin::External);
    let (_, standard) = small.krate("std", CrateOrigin::Standard);
    small.reference(binary, library, 1, false);
    small.reference(binary, library, 2, true);
    small.reference(library, binary, 3, true);
    small.reference(library, library, 4, false);
    small.reference(library, external, 5, false);
    small.reference(library, standard, 6, false);
    small.reference(external, library, 7, false);
    small.builder.finish()
}

fn drawn(by: GraphNodes) -> (Vec<String>, Vec<String>) {
    let graph = small();
    let component_of = |id: ItemId| graph.item(id).path.starts_with("shop").then(|| "library".to_owned());
    let included = |id: ItemId| graph.is_examined(id);
    let view = View::of(&Grouping {
        graph: &graph,
        by,
        component_of: &component_of,
        included: &included,
    });
    let name = |index: usize| view.nodes[index].name.clone();
    let node = |node: &Node| {
        if node.outside {
            format!("[{}]", node.name)
        } else {
            node.name.clone()
        }
    };
    let edge = |edge: &Edge| {
        let dev = if edge.dev { " dev" } else { "" };
        format!("{} -> {} {}{dev}", name(edge.from), name(edge.to), edge.references)
    };
    (
        view.nodes.iter().map(node).collect(),
        view.edges.iter().map(edge).collect(),
    )
}

#[test]
fn modules_are_those_that_are_examined() {
    let (nodes, edges) = drawn(GraphNodes::Module);
    assert_eq!(nodes, ["bin:shop", "shop"]);
    assert_eq!(edges, ["bin:shop -> shop 2", "shop -> bin:shop 1 dev"]);
}

#[test]
fn crates_show_what_they_use_outside_but_not_the_standard_library() {
    let (nodes, edges) = drawn(GraphNodes::Crate);
    assert_eq!(nodes, ["bin:shop", "shop", "[sqlx]"]);
    assert_eq!(
        edges,
        ["bin:shop -> shop 2", "shop -> bin:shop 1 dev", "shop -> sqlx 1"]
    );
}

#[test]
fn components_show_what_belongs_to_none() {
    let (nodes, edges) = drawn(GraphNodes::Component);
    assert_eq!(nodes, ["[(no component)]", "library"]);
    assert_eq!(
        edges,
        ["(no component) -> library 2", "library -> (no component) 1 dev"]
    );
}

#[test]
fn items_stand_alone() {
    let (nodes, edges) = drawn(GraphNodes::Item);
    assert_eq!(nodes, ["bin:shop", "bin:shop::f", "shop", "shop::f"]);
    assert_eq!(edges, ["bin:shop::f -> shop::f 2", "shop::f -> bin:shop::f 1 dev"]);
}
