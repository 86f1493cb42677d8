//! From what the judges report to what the verdict prints: ids become paths, places become lines and columns. Nothing is
//! judged here, and nothing is left out.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::model::{EvidenceWord, Finding, Hop, KnotReferences, ProblemEntry, SiteEntry, Source, Status, Target};
use crate::finding::{RawFinding, Site};
use crate::graph::{Evidence, Graph, ItemId, ReferenceId};
use crate::place::{Place, Position, TextSpan};
use crate::policy::PolicyTexts;
use crate::problem::{Problem, ProblemPlace};

/// Names the component that owns an item.
pub type ComponentOf<'a> = &'a dyn Fn(ItemId) -> Option<String>;

/// Describes what a judge reported.
pub fn finding(graph: &Graph, component_of: ComponentOf<'_>, raw: RawFinding) -> Finding {
    let from = source(graph, component_of, raw.from);
    let to = raw.to.map(|item| target(graph, component_of, item, raw.written));
    let fingerprint = fingerprint(raw.rule.as_str(), &from.item, to.as_ref().map(|to| to.item.as_str()));
    Finding {
        rule: raw.rule.as_str().to_owned(),
        lint: raw.lint,
        severity: raw.severity,
        status: Status::New,
        exception: None,
        frozen_sites: None,
        from,
        to,
        sites: raw.sites.iter().map(|found| site(graph, found, raw.from)).collect(),
        chain: raw.chain.iter().map(|&id| hop(graph, id)).collect(),
        cut: raw.cut.iter().map(|&id| hop(graph, id)).collect(),
        because: raw.because,
        instead: raw.instead,
        message: raw.message,
        fingerprint,
        policy_span: raw.policy_span,
        knot: knot(graph, &raw.knot),
    }
}

fn knot(graph: &Graph, references: &[(usize, usize, ReferenceId)]) -> Vec<KnotReferences> {
    let mut places: BTreeMap<_, usize> = BTreeMap::new();
    for &(from_node, to_node, reference) in references {
        let link = graph.link(reference);
        let path = |item: ItemId| &graph.item(item).path;
        *places
            .entry(((from_node, to_node), path(link.from), path(link.to)))
            .or_default() += 1;
    }
    let grouped = places.into_iter().map(|((nodes, from, to), places)| KnotReferences {
        nodes,
        from: Arc::clone(from),
        to: Arc::clone(to),
        places,
    });
    grouped.collect()
}

/// Describes a problem; places in the policy need its file and text.
pub fn problem(problem: Problem, policy_file: &str, policy_text: Option<&str>) -> ProblemEntry {
    let (file, range) = match problem.place {
        ProblemPlace::Policy(span) => (
            Some(policy_file.to_owned()),
            policy_text.map(|text| (position(text, span.start), position(text, span.end.max(span.start)))),
        ),
        ProblemPlace::File { file, start } => {
            let start = start.map(|(line, column)| Position { line, column });
            (Some(file.to_string()), start.map(|start| (start, start)))
        }
        ProblemPlace::None => (None, None),
    };
    ProblemEntry {
        code: problem.code,
        message: problem.message,
        file,
        line: range.map(|(start, _)| start.line),
        column: range.map(|(start, _)| start.column),
        end_line: range.map(|(_, end)| end.line),
        end_column: range.map(|(_, end)| end.column),
        suggestion: problem.suggestion,
    }
}

/// Describes a problem whose place, where it is in the policy, is one in any of its texts.
pub fn problem_in(mut problem: Problem, texts: &PolicyTexts) -> ProblemEntry {
    let span = match &problem.place {
        ProblemPlace::Policy(span) => *span,
        _ => TextSpan::default(),
    };
    let (file, local) = texts.locate(span);
    if let ProblemPlace::Policy(span) = &mut problem.place {
        *span = local;
    }
    self::problem(problem, &file.file, Some(&file.text))
}

/// Line and column, from 1 and in characters, of a byte in a text. A byte inside a character counts as its beginning.
pub fn position(text: &str, byte: usize) -> Position {
    let byte = byte.min(text.len());
    let boundary = (0..=byte)
        .rev()
        .find(|&index| text.is_char_boundary(index))
        .unwrap_or(0);
    let before = &text[..boundary];
    let line_start = before.rfind('\n').map_or(0, |index| index + 1);
    let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
    // A byte order mark is no character of the first line.
    let column = before[line_start..].trim_start_matches('\u{feff}').chars().count() + 1;
    Position {
        line: line as u32,
        column: column as u32,
    }
}

fn source(graph: &Graph, component_of: ComponentOf<'_>, id: ItemId) -> Source {
    let item = graph.item(id);
    Source {
        item: item.path.to_string(),
        module: graph.item(item.module).path.to_string(),
        component: component_of(id),
    }
}

fn target(graph: &Graph, component_of: ComponentOf<'_>, id: ItemId, written: String) -> Target {
    let item = graph.item(id);
    let krate = graph.krate(item.krate).name.to_string();
    Target {
        item: item.path.to_string(),
        written,
        component: component_of(id),
        krate,
    }
}

fn site(graph: &Graph, site: &Site, whose: ItemId) -> SiteEntry {
    let Place { file, start, end } = site.place;
    let reference = site.reference.as_ref();
    let evidence = reference.map_or(Evidence::SOURCE, |reference| reference.evidence);
    SiteEntry {
        file: graph.file(file).display.to_string(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        kind: reference.map(|reference| reference.kind),
        evidence: evidence_words(evidence),
        cfg_sets: graph.cfg_sets(evidence).iter().map(ToString::to_string).collect(),
        resolution: reference.and_then(|reference| reference.resolution),
        public: reference.is_some_and(|reference| reference.exposed),
        cfg: reference
            .and_then(|reference| reference.cfg)
            .map(|cfg| graph.cfg(cfg).to_owned()),
        generated: graph.is_generated_place(site.place) || graph.is_generated(whose),
    }
}

/// Describes one reference of a way.
pub(crate) fn hop(graph: &Graph, id: ReferenceId) -> Hop {
    let link = graph.link(id);
    let Place { file, start, end } = link.reference.place;
    Hop {
        from: graph.item(link.from).path.to_string(),
        to: graph.item(link.to).path.to_string(),
        kind: link.reference.kind,
        file: graph.file(file).display.to_string(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}

/// The words for who saw a reference.
pub(crate) fn evidence_words(evidence: Evidence) -> Vec<EvidenceWord> {
    let mut words = Vec::new();
    if evidence.source {
        words.push(EvidenceWord::Source);
    }
    if evidence.compiler {
        words.push(EvidenceWord::Compiler);
    }
    words
}

/// Identity over time. Each part carries its length, so that no two splits of one text are the same finding.
pub fn fingerprint(rule: &str, from: &str, to: Option<&str>) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in [Some(rule), Some(from), to].into_iter().flatten() {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

#[cfg(test)]
mod tests;
