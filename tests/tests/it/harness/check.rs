//! [`check`]: reads a fixture and compares the references at its marks.
//!
//! An expectation is `kind path`, then what else is to be compared. Always compared: `inferred`, `dev`, `cfg ..` (to the
//! end), `via macro`. Only if given: `written path`, `also path`, `naming type`, `from item`, `exposed`, `reexport`. Besides these
//! `unresolved path reason`, and `nothing`: no reference touches the carets.

use archguard_evidence::{Options, read};
use archguard_invariants::document::GraphDocument;
use archguard_invariants::graph::{Graph, ItemKind, Reference, Resolution};
use archguard_invariants::place::Place;
use archguard_invariants::problem::{Problem, ProblemPlace};

use super::Fixture;
use super::marks::{Mark, marks};

/// What was read.
pub(crate) struct Checked {
    /// The graph.
    pub(crate) graph: Graph,
    /// The problems.
    pub(crate) problems: Vec<Problem>,
}

/// Reads a fixture; every mark must be met, and nothing may be problematic.
#[track_caller]
pub(crate) fn check(text: &str) -> Checked {
    let checked = Checked::of(&Fixture::of(text));
    checked.problems_are(&[]);
    checked
}

/// The document that the command prints for a graph.
pub(crate) fn document(graph: &Graph) -> String {
    let document = GraphDocument::of(graph, &|_| None, &|item| graph.is_examined(item));
    serde_json::to_string_pretty(&document).expect("a document is JSON")
}

impl Checked {
    /// Reads a fixture; every mark must be met.
    #[track_caller]
    pub(crate) fn of(fixture: &Fixture) -> Self {
        let evidence = read(&fixture.workspace, &Options::default());
        let checked = Self {
            graph: evidence.graph,
            problems: evidence.problems,
        };
        assert_eq!(checked.graph.verify(), Ok(()), "the graph keeps its laws");
        let mut complaints = Vec::new();
        for file in &fixture.files {
            for mark in marks(&file.path, &file.text) {
                checked.compare(&mark, &mut complaints);
            }
        }
        assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
        checked
    }

    fn compare(&self, mark: &Mark, complaints: &mut Vec<String>) {
        let exactly = |place: Place| {
            self.touches(mark, place) && (place.start.column, place.end.column) == (mark.start, mark.end)
        };
        if mark.expected == ["nothing"] {
            let found = self.found(|place| self.touches(mark, place));
            if !found.is_empty() {
                complaints.push(complaint(mark, &found));
            }
            return;
        }
        let mut found = self.found(exactly);
        let mut missing = Vec::new();
        for expected in &mark.expected {
            match found.iter().position(|found| found.answers(expected)) {
                Some(index) => drop(found.remove(index)),
                None => missing.push(expected),
            }
        }
        if !missing.is_empty() || !found.is_empty() {
            let all = self.found(|place| self.on_line(mark, place));
            complaints.push(complaint(mark, &all));
        }
    }

    fn on_line(&self, mark: &Mark, place: Place) -> bool {
        *self.graph.file(place.file).display == *mark.file
            && place.start.line <= mark.line
            && mark.line <= place.end.line
    }

    fn touches(&self, mark: &Mark, place: Place) -> bool {
        let starts_after = place.start.line == mark.line && place.start.column >= mark.end;
        let ends_before = place.end.line == mark.line && place.end.column <= mark.start;
        self.on_line(mark, place) && !starts_after && !ends_before
    }

    fn found(&self, wanted: impl Fn(Place) -> bool) -> Vec<Seen> {
        let references = self.graph.references().filter(|link| wanted(link.reference.place));
        let unresolved = self.graph.unresolved().iter().filter(|missing| wanted(missing.place));
        let path = |id| self.graph.item(id).path.to_string();
        references
            .map(|link| Seen::of(&self.graph, link.reference, &path(link.from), &path(link.to)))
            .chain(unresolved.map(|missing| Seen {
                columns: (missing.place.start.column, missing.place.end.column),
                kind: "unresolved",
                path: self.graph.text(missing.written).to_owned(),
                words: vec![missing.reason.word().to_owned()],
                extra: Vec::new(),
            }))
            .collect()
    }

    /// All modules of examined crates.
    pub(crate) fn modules(&self) -> Vec<&str> {
        self.items_of(|kind| kind == ItemKind::Module)
    }

    /// All items of examined crates of some kinds, by path.
    pub(crate) fn items_of(&self, wanted: impl Fn(ItemKind) -> bool) -> Vec<&str> {
        let items = self.graph.items();
        let mut paths: Vec<&str> = items
            .filter(|(id, item)| self.graph.is_examined(*id) && wanted(item.kind))
            .map(|(_, item)| &*item.path)
            .collect();
        paths.sort_unstable();
        paths
    }

    /// The modules must be exactly these.
    #[track_caller]
    pub(crate) fn modules_are(&self, expected: &[&str]) {
        assert_eq!(self.modules(), expected, "the modules");
    }

    /// The problems must be exactly these: `file:line: message`.
    #[track_caller]
    pub(crate) fn problems_are(&self, expected: &[&str]) {
        let texts = self.problems.iter().map(|problem| match &problem.place {
            ProblemPlace::File { file, start } => {
                let line = start.map_or(String::new(), |(line, _)| format!(":{line}"));
                format!("{file}{line}: {}", problem.message)
            }
            _ => problem.message.clone(),
        });
        assert_eq!(texts.collect::<Vec<_>>(), expected, "the problems");
    }

    /// The paths that led nowhere must be exactly these: `path reason`.
    #[track_caller]
    pub(crate) fn unresolved_are(&self, expected: &[&str]) {
        let unresolved = self.graph.unresolved().iter();
        let found: Vec<String> = unresolved
            .map(|missing| format!("{} {}", self.graph.text(missing.written), missing.reason.word()))
            .collect();
        assert_eq!(found, expected, "the unresolved paths");
    }

    /// The orphans must be exactly these files.
    #[track_caller]
    pub(crate) fn orphans_are(&self, expected: &[&str]) {
        let orphans = self.graph.examined().orphans.iter();
        let found: Vec<&str> = orphans.map(|&file| &*self.graph.file(file).display).collect();
        assert_eq!(found, expected, "the orphans");
    }

    /// What is pending must be exactly this.
    #[track_caller]
    pub(crate) fn pending_is(&self, expected: &[&str]) {
        assert_eq!(self.graph.examined().pending, expected, "what is pending");
    }

    /// All references in a file, as `line: kind path`: for files of which nothing else may come.
    pub(crate) fn references_in(&self, file: &str) -> Vec<String> {
        self.graph
            .references()
            .filter(|link| *self.graph.file(link.reference.place.file).display == *file)
            .map(|link| {
                let line = link.reference.place.start.line;
                format!(
                    "{line}: {} {}",
                    link.reference.kind.word(),
                    self.graph.item(link.to).path
                )
            })
            .collect()
    }
}

/// A mark that is not met, and what stands on its line.
fn complaint(mark: &Mark, found: &[Seen]) -> String {
    let head = format!(
        "{}:{}:{}..{}: expected {:?}; on this line:",
        mark.file, mark.line, mark.start, mark.end, mark.expected
    );
    let lines = found.iter().map(|seen| format!("    {}", seen.text()));
    std::iter::once(head).chain(lines).collect::<Vec<_>>().join("\n")
}

/// A reference or an unresolved path, in words.
struct Seen {
    columns: (u32, u32),
    kind: &'static str,
    path: String,
    /// What an expectation must say too.
    words: Vec<String>,
    /// What an expectation may say.
    extra: Vec<String>,
}

const KEYS: [&str; 10] = [
    "inferred", "dev", "via", "cfg", "written", "also", "naming", "from", "exposed", "reexport",
];

impl Seen {
    fn of(graph: &Graph, reference: &Reference, from: &str, to: &str) -> Self {
        let path = |id| graph.item(id).path.to_string();
        let mut words = Vec::new();
        if reference.resolution == Some(Resolution::Inferred) {
            words.push("inferred".to_owned());
        }
        if reference.dev {
            words.push("dev".to_owned());
        }
        if let Some(inherited) = reference.inherited_from {
            words.push(format!("via {}", path(inherited)));
        }
        if let Some(cfg) = reference.cfg {
            words.push(format!("cfg {}", graph.cfg(cfg)));
        }
        let mut extra = vec![
            format!("written {}", graph.text(reference.written)),
            format!("from {from}"),
        ];
        extra.extend(reference.also.map(|also| format!("also {}", path(also))));
        extra.extend(reference.self_type.map(|named| format!("naming {}", path(named))));
        extra.extend(reference.exposed.then(|| "exposed".to_owned()));
        extra.extend(reference.reexport.then(|| "reexport".to_owned()));
        Self {
            columns: (reference.place.start.column, reference.place.end.column),
            kind: reference.kind.word(),
            path: to.to_owned(),
            words,
            extra,
        }
    }

    fn answers(&self, expected: &str) -> bool {
        let mut parts = clauses(expected);
        let head = parts.remove(0);
        if self.kind == "unresolved" {
            return head == format!("unresolved {} {}", self.path, self.words[0]);
        }
        head == format!("{} {}", self.kind, self.path)
            && self.words.iter().all(|word| parts.contains(word))
            && parts
                .iter()
                .all(|part| self.words.contains(part) || self.extra.contains(part))
    }

    fn text(&self) -> String {
        let (start, end) = self.columns;
        format!(
            "{start}..{end}: {} {} {} ({})",
            self.kind,
            self.path,
            self.words.join(" "),
            self.extra.join(", ")
        )
    }
}

/// The beginning, and each clause that a key word opens. A cfg reaches to the end.
fn clauses(expected: &str) -> Vec<String> {
    let mut found: Vec<String> = vec![String::new()];
    for word in expected.split_whitespace() {
        let in_cfg = found.last().is_some_and(|last| last.starts_with("cfg "));
        if KEYS.contains(&word) && !in_cfg {
            found.push(word.to_owned());
        } else if let Some(last) = found.last_mut() {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    found
}
