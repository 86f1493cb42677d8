//! The algorithms and laws of the graph, on graphs made of a few words.

use std::sync::Arc;

use petgraph::graph::DiGraph;
use proptest::prelude::*;

use super::cycles::knots;
use super::*;
use crate::place::{FileId, Place, Position};

/// One crate `x` with these functions in these modules (`a::f`), and references `a::f -> b::g`, one per line of the file.
fn graph(references: &[(&str, &str)]) -> (GraphBuilder, Vec<ItemId>) {
    let mut builder = GraphBuilder::new();
    let file = builder.add_file(File {
        display: "src/lib.rs".into(),
        absolute: "src/lib.rs".into(),
        role: FileRole::Examined,
        lines: 100,
    });
    let root = builder.add_item(item("x", ItemKind::Module, None, ItemId::new(0)));
    builder.add_crate(Crate {
        name: "x".into(),
        head: "x".into(),
        package: "x".into(),
        version: "0.1.0".into(),
        repository: None,
        origin: CrateOrigin::Workspace,
        target: TargetKind::Lib,
        root,
        dev: false,
        dependencies: Vec::new(),
        dev_only: Vec::new(),
    });
    let mut items = vec![root];
    let mut find_or_add = |builder: &mut GraphBuilder, path: &str| {
        let full = format!("x::{path}");
        if let Some(&found) = items.iter().find(|&&id| *builder.item(id).path == *full) {
            return found;
        }
        let (module, _) = path.split_once("::").unwrap();
        let module_path = format!("x::{module}");
        let module = items
            .iter()
            .copied()
            .find(|&id| *builder.item(id).path == *module_path)
            .unwrap_or_else(|| {
                let next = ItemId::new(items.len());
                items.push(builder.add_item(item(&module_path, ItemKind::Module, Some(root), next)));
                next
            });
        items.push(builder.add_item(item(&full, ItemKind::Function, Some(module), module)));
        ItemId::new(items.len() - 1)
    };
    for (line, (from, to)) in (1..).zip(references) {
        let (from, to) = (find_or_add(&mut builder, from), find_or_add(&mut builder, to));
        let written = Arc::clone(&builder.item(to).path);
        let written = builder.text(&written);
        builder.add_reference(from, to, reference(written, file, line));
    }
    (builder, items)
}

fn item(path: &str, kind: ItemKind, parent: Option<ItemId>, module: ItemId) -> Item {
    Item {
        path: path.into(),
        kind,
        krate: CrateId(0),
        parent,
        module,
        visibility: Visibility::Public,
        place: None,
        dev: false,
        cfg: None,
        link_name: None,
        only_modules: false,
    }
}

fn reference(written: TextId, file: FileId, line: u32) -> Reference {
    Reference {
        written,
        kind: ReferenceKind::Call,
        place: Place {
            file,
            start: Position { line, column: 1 },
            end: Position { line, column: 2 },
        },
        evidence: Evidence::SOURCE,
        resolution: Some(Resolution::Resolved),
        pathless: false,
        exposed: false,
        reexport: false,
        dev: false,
        cfg: None,
        self_type: None,
        inherited_from: None,
        also: None,
    }
}

fn by_path(graph: &Graph, path: &str) -> ItemId {
    graph
        .items()
        .find(|(_, item)| &*item.path == path)
        .expect("the item is there")
        .0
}

fn hops(graph: &Graph, chain: &[ReferenceId]) -> Vec<String> {
    let name = |id: ItemId| graph.item(id).path.trim_start_matches("x::").to_owned();
    let links = chain.iter().map(|&id| graph.link(id));
    links
        .map(|link| format!("{} -> {}", name(link.from), name(link.to)))
        .collect()
}

#[test]
fn the_module_view_holds_each_pair_once_with_all_its_references() {
    let (builder, _) = graph(&[("a::f", "b::g"), ("a::h", "b::g"), ("a::f", "a::h"), ("b::g", "c::k")]);
    let graph = builder.finish();
    graph.verify().unwrap();
    let view = graph.by_module(|_| true);
    let names = |node| graph.item(view.key(node)).path.to_string();
    let edges: Vec<_> = view
        .petgraph()
        .edge_indices()
        .map(|edge| {
            let (from, to) = view.petgraph().edge_endpoints(edge).unwrap();
            (names(from), names(to), view.petgraph()[edge].len())
        })
        .collect();
    let expected = [("x::a", "x::b", 2), ("x::b", "x::c", 1)];
    assert_eq!(
        edges,
        expected.map(|(from, to, count)| (from.to_owned(), to.to_owned(), count))
    );
}

#[test]
fn where_a_called_trait_is_implemented_is_no_edge() {
    let (mut builder, items) = graph(&[("a::f", "b::g"), ("c::k", "c::l")]);
    let (from, to, also) = (items[2], items[4], items[6]);
    assert_eq!(&*builder.item(also).path, "x::c::k");
    let mut second = reference(builder.text("x::b::g"), FileId(0), 9);
    second.also = Some(also);
    builder.add_reference(from, to, second);
    let graph = builder.finish();
    assert_eq!(graph.by_module(|_| true).petgraph().edge_count(), 1);
}

#[test]
fn the_shortest_chain_wins_and_ties_go_to_the_first_reference() {
    let (builder, _) = graph(&[
        ("a::f", "b::one"),
        ("a::f", "b::two"),
        ("b::two", "c::end"),
        ("b::one", "c::end"),
        ("a::f", "b::long"),
        ("b::long", "b::longer"),
    ]);
    let graph = builder.finish();
    let end = by_path(&graph, "x::c::end");
    let chain = graph
        .shortest_chain([by_path(&graph, "x::a::f")], |item| item == end, |_| true)
        .unwrap();
    assert_eq!(hops(&graph, &chain), ["a::f -> b::one", "b::one -> c::end"]);
    assert_eq!(graph.shortest_chain([end], |item| item != end, |_| true), None);
}

#[test]
fn a_ring_starts_at_its_smallest_node_and_is_the_shortest() {
    let mut graph: DiGraph<(), usize> = DiGraph::new();
    let nodes: Vec<_> = (0..6).map(|_| graph.add_node(())).collect();
    for (from, to) in [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0), (3, 2), (5, 0), (4, 2), (1, 1)] {
        graph.add_edge(nodes[from], nodes[to], 1);
    }
    let found = knots(&graph, |&weight| weight);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].nodes, nodes[..5]);
    let ring: Vec<_> = found[0]
        .ring
        .iter()
        .map(|&edge| graph.edge_endpoints(edge).unwrap())
        .collect();
    assert_eq!(ring, [(nodes[2], nodes[3]), (nodes[3], nodes[2])]);
    assert!(found[0].cut_is_smallest);
}

#[test]
fn broken_laws_are_named() {
    let (mut builder, items) = graph(&[("a::f", "b::g")]);
    builder.item_mut(items[1]).parent = Some(items[2]);
    let broken = builder.finish().verify().unwrap_err();
    assert_eq!(broken, ["the parents of `x::a` go in a circle"]);

    let (mut builder, items) = graph(&[("a::f", "b::g")]);
    builder.item_mut(items[1]).module = items[0];
    builder.item_mut(items[2]).visibility = Visibility::Within(items[4]);
    let broken = builder.finish().verify().unwrap_err();
    let expected = [
        "the module of module `x::a` is not itself",
        "`x::a::f` is visible within something that is no module",
    ];
    assert_eq!(broken, expected);
}

#[test]
fn texts_are_told_by_what_they_say() {
    let (mut builder, items) = graph(&[("a::f", "b::g")]);
    let [second, first] = ["z", "a"].map(|text| builder.text(text));
    assert_eq!(builder.text("z"), second);
    let line = reference(first, FileId(0), 7);
    for written in [second, first] {
        builder.add_unresolved(Unresolved {
            from: items[2],
            written,
            kind: line.kind,
            place: line.place,
            reason: UnresolvedReason::UnknownName,
            leads: Vec::new(),
            dev: false,
            cfg: None,
        });
        let reference = reference(written, FileId(0), 7);
        builder.details.add_passing(Passing {
            what: items[2],
            from: items[2],
            to: items[4],
            through: None,
            reference,
        });
    }
    builder.text("of nobody");
    let graph = builder.finish();
    let unresolved = graph.unresolved().iter().map(|path| graph.text(path.written));
    assert_eq!(unresolved.collect::<Vec<_>>(), ["a", "z"]);
    let passings = graph.details().passings().iter();
    let passed = passings.map(|passing| graph.text(passing.reference.written));
    assert_eq!(passed.collect::<Vec<_>>(), ["a"]);
    // In the order in which they are met, without those that nobody writes.
    assert_eq!(
        graph.texts.iter().map(|text| &**text).collect::<Vec<_>>(),
        ["x::b::g", "a", "z"]
    );
    assert_eq!(graph.verify(), Ok(()));

    let mut planting = graph.plant();
    assert_eq!(graph.text(planting.text("z")), "z");
    let mut planted = planting.finish();
    planted.texts[2] = "a".into();
    assert_eq!(planted.verify().unwrap_err(), ["the text `a` stands twice"]);
    planted.texts.pop();
    assert_eq!(
        planted.verify().unwrap_err(),
        ["text 2 is written somewhere and does not exist"]
    );
}

fn random_edges() -> impl Strategy<Value = (usize, Vec<(usize, usize, usize)>)> {
    (2..24_usize).prop_flat_map(|nodes| {
        let edge = (0..nodes, 0..nodes, 1..5_usize);
        (Just(nodes), prop::collection::vec(edge, 0..60))
    })
}

fn weighted(nodes: usize, edges: &[(usize, usize, usize)]) -> DiGraph<(), usize> {
    let mut graph = DiGraph::new();
    let ids: Vec<_> = (0..nodes).map(|_| graph.add_node(())).collect();
    for &(from, to, weight) in edges {
        if from != to && graph.find_edge(ids[from], ids[to]).is_none() {
            graph.add_edge(ids[from], ids[to], weight);
        }
    }
    graph
}

proptest! {
    #[test]
    fn removing_the_cuts_leaves_no_cycle_and_no_edge_of_a_cut_can_be_spared((nodes, edges) in random_edges()) {
        let graph = weighted(nodes, &edges);
        let found = knots(&graph, |&weight| weight);
        prop_assert_eq!(found.is_empty(), !petgraph::algo::is_cyclic_directed(&graph));
        let cut: Vec<_> = found.iter().flat_map(|knot| knot.cut.clone()).collect();
        let without = |edges: &[petgraph::graph::EdgeIndex<u32>]| {
            graph.filter_map(|_, ()| Some(()), |id, &weight| (!edges.contains(&id)).then_some(weight))
        };
        prop_assert!(!petgraph::algo::is_cyclic_directed(&without(&cut)));
        for spared in &cut {
            let rest: Vec<_> = cut.iter().copied().filter(|edge| edge != spared).collect();
            prop_assert!(petgraph::algo::is_cyclic_directed(&without(&rest)));
        }
        for knot in &found {
            let ends: Vec<_> = knot.ring.iter().map(|&edge| graph.edge_endpoints(edge).unwrap()).collect();
            prop_assert!(ends.len() >= 2);
            for (index, &(_, to)) in ends.iter().enumerate() {
                prop_assert_eq!(to, ends[(index + 1) % ends.len()].0);
            }
        }
    }

    #[test]
    fn reachability_is_transitive(edges in prop::collection::vec((0..8_usize, 0..8_usize), 0..20)) {
        let names: Vec<String> = (0..8).map(|index| format!("m{}::f{index}", index % 3)).collect();
        let references: Vec<_> = edges.iter().map(|&(from, to)| (names[from].as_str(), names[to].as_str())).collect();
        let (builder, _) = graph(&references);
        let graph = builder.finish();
        prop_assert_eq!(graph.verify(), Ok(()));
        let items: Vec<ItemId> = graph.items().map(|(id, _)| id).collect();
        let reaches = |from, to| graph.shortest_chain([from], |item| item == to, |_| true).is_some();
        for &a in &items {
            for &b in items.iter().filter(|&&b| reaches(a, b)) {
                for &c in items.iter().filter(|&&c| reaches(b, c)) {
                    prop_assert!(reaches(a, c));
                }
            }
        }
    }
}

#[test]
fn references_and_unresolved_paths_come_by_file_and_place_whatever_the_order_of_adding() {
    let (mut builder, items) = graph(&[("a::f", "b::g")]);
    let earlier = builder.add_file(File {
        display: "src/a.rs".into(),
        absolute: "src/a.rs".into(),
        role: FileRole::Examined,
        lines: 100,
    });
    for (file, line) in [(FileId(0), 9), (earlier, 7), (FileId(0), 3), (earlier, 8)] {
        let made = reference(builder.text("x::b::g"), file, line);
        builder.add_unresolved(Unresolved {
            from: items[0],
            written: made.written,
            kind: made.kind,
            place: made.place,
            reason: UnresolvedReason::UnknownName,
            leads: Vec::new(),
            dev: false,
            cfg: None,
        });
        builder.add_reference(items[2], items[4], made);
    }
    let graph = builder.finish();
    let at = |place: Place| (place.file.0, place.start.line);
    let references: Vec<_> = graph.references().map(|link| at(link.reference.place)).collect();
    assert_eq!(references, [(1, 7), (1, 8), (0, 1), (0, 3), (0, 9)]);
    let unresolved: Vec<_> = graph.unresolved().iter().map(|path| at(path.place)).collect();
    assert_eq!(unresolved, [(1, 7), (1, 8), (0, 3), (0, 9)]);
}

#[test]
fn broken_laws_of_details_are_named() {
    let (mut builder, items) = graph(&[("a::f", "b::g")]);
    let missing = ItemId::new(99);
    let shape = TypeShape {
        items: vec![missing],
        written: "x".into(),
        arguments: Vec::new(),
    };
    builder.details.set_signature(
        items[2],
        Signature {
            parameters: vec![None, Some(shape)],
            ..Signature::default()
        },
    );
    builder.details.set_body(items[2], None);
    builder.details.set_unsafe(items[0]);
    builder.details.set_attributes(
        items[1],
        Place {
            file: FileId(7),
            start: Position { line: 1, column: 1 },
            end: Position { line: 1, column: 2 },
        },
    );
    builder.details.add_public_reexport(items[2], missing, false);
    assert_eq!(
        builder.finish().verify().unwrap_err(),
        [
            "`x::a::f` has a body, and is Function",
            "`x::a::f` has a re-export, and is Function",
            "`x` has `unsafe`, and is Module",
            "a re-export speaks of item 99, which does not exist",
            "a signature speaks of item 99, which does not exist",
            "the place of attributes stands in file 7, which does not exist",
        ]
    );
}

/// Each kind of reference once, and each thing that a reference can be besides.
fn varied() -> Graph {
    let (mut builder, items) = graph(&[("a::f", "b::g"), ("b::g", "c::h")]);
    let cfg = builder.cfg("unix");
    let first = builder.references()[0].2.clone();
    for (line, kind) in (10..).zip(ReferenceKind::ALL) {
        let mut reference = reference(first.written, FileId(0), line);
        reference.kind = kind;
        builder.add_reference(items[2], items[4], reference);
    }
    let under = builder.cfg_sets(vec!["no default features".into()]);
    let last = builder.references()[1].2.place;
    let elsewhere = builder.text("elsewhere");
    let mut seen = reference(elsewhere, FileId(0), last.start.line + 1);
    seen.evidence.under = Some(under);
    builder.add_reference(items[4], items[2], seen);
    let changes: [fn(&mut Reference, CfgId, ItemId); 11] = [
        |reference, _, _| {
            reference.evidence = Evidence {
                source: false,
                compiler: true,
                under: None,
            }
        },
        |reference, _, _| reference.resolution = Some(Resolution::Inferred),
        |reference, _, _| reference.resolution = None,
        |reference, _, _| reference.pathless = true,
        |reference, _, _| reference.exposed = true,
        |reference, _, _| reference.reexport = true,
        |reference, _, _| reference.dev = true,
        |reference, cfg, _| reference.cfg = Some(cfg),
        |reference, _, item| reference.inherited_from = Some(item),
        |reference, _, item| reference.also = Some(item),
        |reference, _, item| reference.self_type = Some(item),
    ];
    for (line, change) in (40..).zip(changes) {
        let mut reference = reference(elsewhere, FileId(0), line);
        change(&mut reference, cfg, items[1]);
        builder.add_reference(items[4], items[2], reference);
    }
    let written = builder.text("gone");
    builder.add_unresolved(Unresolved {
        from: items[2],
        written,
        kind: ReferenceKind::Call,
        place: first.place,
        reason: UnresolvedReason::UnknownName,
        leads: vec![items[1]],
        dev: true,
        cfg: Some(cfg),
    });
    builder.generated.mark_item(items[1]);
    builder.examined.files = 1;
    builder.set_module_file(items[0], FileId(0));
    builder.details.set_unsafe(items[2]);
    builder.finish()
}

#[test]
fn a_graph_that_was_written_down_is_the_same_graph() {
    let graph = varied();
    let bytes = postcard::to_stdvec(&SnapshotOf::new(&graph, &[])).unwrap();
    let again = postcard::from_bytes::<Snapshot>(&bytes).unwrap().into_graph(&[]);
    assert_eq!(format!("{again:?}"), format!("{graph:?}"));
}
