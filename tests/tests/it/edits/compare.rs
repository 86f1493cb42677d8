//! What is seen of a workspace, with what is kept of it and without.

use std::path::Path;

use archguard_check::{Checked, Gathered, Latitude, Opened, Options, conclude, recall_or_check, stages};
use archguard_evidence::Evidence;
use archguard_invariants::date::Day;
use archguard_invariants::graph::SnapshotOf;
use archguard_invariants::pattern::PathPattern;
use serde_json::Value;

/// Everything that is said of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) verdict: String,
    graph: Vec<u8>,
    outline: Vec<u8>,
    /// Whether nothing keeps what was read from being kept.
    pub(super) is_whole: bool,
}

impl Seen {
    /// What is said, with what is kept of the workspace if it may be.
    pub(super) fn of(root: &Path, latitude: Latitude) -> Self {
        let options = options(root, latitude);
        let nothing = |verdict: String| Self {
            verdict,
            graph: Vec::new(),
            outline: Vec::new(),
            is_whole: false,
        };
        let mut loaded = match stages::load(&options) {
            Ok(loaded) => loaded,
            Err(problems) => return nothing(format!("{problems:#?}")),
        };
        let opened = Opened::of(&mut loaded, &options);
        let policy = match opened.policy {
            Ok(policy) => policy,
            Err(problems) => return nothing(format!("{problems:#?}")),
        };
        let outline = stages::read_outline(&loaded, &policy);
        let evidence = stages::read_evidence_against(&loaded, &policy, None);
        assert_eq!(evidence.graph.verify(), Ok(()), "the graph keeps its laws");
        let patterns = policy.patterns();
        let graph = serde_json::to_vec(&SnapshotOf::new(&evidence.graph, &patterns)).expect("a graph can be written");
        let is_whole = evidence.problems.is_empty();
        let gathered = Gathered::of_source(evidence);
        let checked = conclude(&options, &loaded, &opened.file, &policy, opened.sources, gathered);
        Self {
            verdict: json(&checked),
            graph,
            outline: outline_of(&outline, &patterns),
            is_whole,
        }
    }

    /// The same with another verdict.
    pub(super) fn telling(&self, verdict: String) -> Self {
        Self {
            verdict,
            ..self.clone()
        }
    }

    /// All of it in one text.
    pub(super) fn written(&self) -> String {
        let graphs = [&self.graph, &self.outline].map(|graph| String::from_utf8_lossy(graph));
        format!("{}\n{}\n{}\n", self.verdict, graphs[0], graphs[1])
    }

    /// What another says otherwise, the first line of each.
    pub(super) fn difference(&self, other: &Self) -> Option<String> {
        let pretty = |bytes: &[u8]| -> String {
            let value: Value = serde_json::from_slice(bytes).unwrap_or_default();
            format!("{value:#}")
        };
        let differing = [
            ("verdict", self.verdict.clone(), other.verdict.clone()),
            ("graph", pretty(&self.graph), pretty(&other.graph)),
            ("outline", pretty(&self.outline), pretty(&other.outline)),
        ];
        let differing = differing.into_iter().filter_map(|(what, one, two)| {
            let line = one.lines().zip(two.lines()).position(|(one, two)| one != two);
            let line = line.or_else(|| (one != two).then(|| one.lines().count().min(two.lines().count())))?;
            let around = |text: &str| -> String {
                let lines = text.lines().skip(line.saturating_sub(8)).take(16);
                lines.collect::<Vec<_>>().join("\n")
            };
            Some(format!(
                "{what}, line {line}:\n{}\n--- and\n{}\n",
                around(&one),
                around(&two)
            ))
        });
        let differing: Vec<String> = differing.collect();
        (!differing.is_empty()).then(|| differing.concat())
    }
}

/// The verdict of a check as the command does it.
pub(super) fn verdict(root: &Path) -> String {
    json(&recall_or_check(&options(root, Latitude::Free), &mut ()))
}

fn options(root: &Path, latitude: Latitude) -> Options {
    Options {
        manifest_path: Some(root.join("Cargo.toml")),
        packages: Vec::new(),
        policy: None,
        offline: true,
        latitude,
        today: Day::parse("2026-11-20").expect("it is a day"),
    }
}

fn json(checked: &Checked) -> String {
    serde_json::to_string_pretty(&checked.verdict).expect("a verdict can be written")
}

/// An outline without its lines: those are of the day when it was read.
fn outline_of(outline: &Evidence, patterns: &[PathPattern]) -> Vec<u8> {
    assert!(outline.graph.is_outline());
    let snapshot = SnapshotOf::new(&outline.graph, patterns);
    let mut value = serde_json::to_value(snapshot).expect("a graph can be written");
    for (list, key) in [("files", "lines"), ("items", "place")] {
        for entry in value[list].as_array_mut().into_iter().flatten() {
            entry[key].take();
        }
    }
    value["problems"] = Value::String(format!("{:?}", outline.problems));
    value.to_string().into_bytes()
}
