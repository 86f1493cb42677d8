//! The published JSON Schemas: in step with the code, and true of what is printed.

use std::path::Path;

use archguard_invariants::decisions::Decisions;
use archguard_invariants::document::{GraphDocument, ModuleEntry, ReferenceEntry};
use archguard_invariants::finding::Lint;
use archguard_invariants::graph::{ReferenceKind, Resolution, UnresolvedReason};
use archguard_invariants::policy::model::Severity;
use archguard_invariants::problem::ProblemCode;
use archguard_invariants::verdict::{
    AcceptedBy, EvidenceWord, Examined, Exclusion, Finding, Hop, Inputs, Narrowed, PolicyFacts, PolicySource,
    ProblemEntry, RuleEntry, RuleKind, SiteEntry, Source, Status, Target, Verdict, baseline_schema, diff_schema,
    exceptions_schema, explain_schema, graph_schema, guard_schema, packs_schema, prove_schema, verdict_schema,
};
use serde_json::Value;
use snapbox::{assert_data_eq, file};

fn pretty(schema: &schemars::Schema) -> String {
    let mut text = serde_json::to_string_pretty(schema).expect("a schema is JSON");
    text.push('\n');
    text
}

#[test]
fn the_published_schemas_are_those_of_the_code() {
    assert_data_eq!(
        pretty(&verdict_schema()),
        file!["../../../docs/schema/verdict-1.json"].raw()
    );
    assert_data_eq!(
        pretty(&graph_schema()),
        file!["../../../docs/schema/graph-1.json"].raw()
    );
    assert_data_eq!(pretty(&diff_schema()), file!["../../../docs/schema/diff-1.json"].raw());
    assert_data_eq!(
        pretty(&packs_schema()),
        file!["../../../docs/schema/packs-1.json"].raw()
    );
    assert_data_eq!(
        pretty(&explain_schema()),
        file!["../../../docs/schema/explain-1.json"].raw()
    );
    assert_data_eq!(
        pretty(&guard_schema()),
        file!["../../../docs/schema/guard-1.json"].raw()
    );
    assert_data_eq!(
        pretty(&prove_schema()),
        file!["../../../docs/schema/prove-1.json"].raw()
    );
    assert_data_eq!(
        pretty(&exceptions_schema()),
        file!["../../../docs/schema/exceptions-1.json"].raw()
    );
    assert_data_eq!(
        pretty(&baseline_schema()),
        file!["../../../docs/schema/baseline-1.json"].raw()
    );
}

pub(crate) fn published(name: &str) -> jsonschema::Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schema").join(name);
    let schema: Value = std::fs::read(path)
        .map(|bytes| serde_json::from_slice(&bytes).expect("the schema is JSON"))
        .expect("the schema is there");
    jsonschema::validator_for(&schema).expect("the schema is one")
}

fn verdict_validator() -> jsonschema::Validator {
    published("verdict-1.json")
}

pub(crate) fn errors(validator: &jsonschema::Validator, document: &Value) -> Vec<String> {
    validator
        .iter_errors(document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

fn problem(code: ProblemCode) -> ProblemEntry {
    ProblemEntry {
        code,
        message: "a message".to_owned(),
        file: Some("a.rs".to_owned()),
        line: Some(1),
        column: Some(1),
        end_line: None,
        end_column: None,
        suggestion: None,
    }
}

fn site(kind: Option<ReferenceKind>) -> SiteEntry {
    SiteEntry {
        file: "a.rs".to_owned(),
        line: 1,
        column: 2,
        end_line: 1,
        end_column: 3,
        kind,
        evidence: vec![EvidenceWord::Source, EvidenceWord::Compiler],
        cfg_sets: Vec::new(),
        resolution: kind.map(|_| Resolution::Inferred),
        public: true,
        cfg: kind.map(|_| "unix".to_owned()),
        generated: false,
    }
}

fn hop(kind: ReferenceKind) -> Hop {
    Hop {
        from: "a::x".to_owned(),
        to: "b::y".to_owned(),
        kind,
        file: "a.rs".to_owned(),
        line: 1,
        column: 1,
        end_line: 1,
        end_column: 2,
    }
}

fn finding(lint: Lint, severity: Severity, status: Status) -> Finding {
    let target = || Target {
        item: "b::y".to_owned(),
        written: "b::y".to_owned(),
        component: None,
        krate: "b".to_owned(),
    };
    Finding {
        rule: "r".to_owned(),
        lint,
        severity,
        status,
        exception: (status != Status::Baseline).then(|| AcceptedBy {
            reason: "r".to_owned(),
            owner: "o".to_owned(),
            until: "2026-12-31".to_owned(),
            expired: status == Status::New,
        }),
        frozen_sites: Some(1),
        from: Source {
            item: "a::x".to_owned(),
            module: "a".to_owned(),
            component: Some("c".to_owned()),
        },
        to: (lint != Lint::UnassignedModule).then(target),
        sites: ReferenceKind::ALL
            .into_iter()
            .map(Some)
            .chain([None])
            .map(site)
            .collect(),
        chain: ReferenceKind::ALL.into_iter().map(hop).collect(),
        cut: vec![hop(ReferenceKind::Import)],
        because: None,
        instead: vec!["b::z".to_owned()],
        message: "a message".to_owned(),
        fingerprint: "0".to_owned(),
        knot: Vec::new(),
        policy_span: None,
    }
}

/// A verdict with every word that can come out, and every list filled.
fn everything() -> Verdict {
    let of_severity = |severity| {
        Lint::ALL
            .into_iter()
            .map(move |lint| finding(lint, severity, Status::New))
    };
    let of_status =
        [Status::Baseline, Status::Excepted].map(|status| finding(Lint::ForbiddenUse, Severity::Warn, status));
    let kinds = [
        RuleKind::Layers,
        RuleKind::Forbid,
        RuleKind::Mandate,
        RuleKind::Require,
        RuleKind::Acyclic,
        RuleKind::Component,
        RuleKind::Policy,
    ];
    let rule = |kind| RuleEntry {
        id: "r".to_owned(),
        kind,
        matched: 1,
        dormant: vec!["x".to_owned()],
        findings: 1,
    };
    let names = || vec!["a".to_owned(), "b".to_owned()];
    let exclusion = Exclusion {
        path: "vendor".to_owned(),
        reason: "not ours".to_owned(),
        owner: "us".to_owned(),
        until: "2026-12-31".to_owned(),
    };
    let examined = Examined {
        packages: 1,
        targets: 1,
        files: 1,
        modules: 1,
        unresolved_by_reason: UnresolvedReason::ALL
            .into_iter()
            .map(|reason| (reason.word().to_owned(), 1))
            .collect(),
        evidence: vec![EvidenceWord::Source, EvidenceWord::Compiler],
        rustc: Some("1.95.0".to_owned()),
        cfg_sets: names(),
        opaque: names(),
        pending: names(),
        orphans: names(),
        unexamined: names(),
        excluded: vec![exclusion],
        workspaces_not_examined: names(),
        ..Examined::default()
    };
    Verdict::conclude(Inputs {
        policy: PolicyFacts {
            base: None,
            source: PolicySource::Base("abc".to_owned()),
            ..PolicyFacts::in_worktree("p", Some(""))
        },
        narrowed: Narrowed {
            packages: names(),
            policy: Some("lax.toml".to_owned()),
        },
        examined: Some(examined),
        rules: kinds.into_iter().map(rule).collect(),
        findings: of_severity(Severity::Error)
            .chain(of_severity(Severity::Warn))
            .chain(of_status)
            .collect(),
        elsewhere: Vec::new(),
        decisions: Decisions::default(),
        problems: ProblemCode::ALL.into_iter().map(problem).collect(),
    })
}

fn nothing() -> Verdict {
    Verdict::conclude(Inputs {
        policy: PolicyFacts::in_worktree("archguard.toml", None),
        narrowed: Narrowed::default(),
        examined: None,
        rules: Vec::new(),
        findings: Vec::new(),
        elsewhere: Vec::new(),
        decisions: Decisions::default(),
        problems: Vec::new(),
    })
}

#[test]
fn whatever_is_printed_keeps_to_the_schema() {
    let validator = verdict_validator();
    for verdict in [everything(), nothing()] {
        let document = serde_json::to_value(&verdict).unwrap();
        assert_eq!(errors(&validator, &document), [] as [String; 0]);
    }
}

#[test]
fn the_schema_refuses_what_is_never_printed() {
    let validator = verdict_validator();
    let faults: [(&str, Value); 8] = [
        ("/outcome", "fine".into()),
        ("/schema", 2.into()),
        ("/policy/source", "somewhere".into()),
        ("/findings/0/lint", "nonsense".into()),
        ("/findings/0/severity", "fatal".into()),
        ("/findings/0/sites/0/kind", "glance".into()),
        ("/problems/0/code", "oops".into()),
        ("/rules/0/kind", "wish".into()),
    ];
    for (pointer, value) in faults {
        let mut document = serde_json::to_value(everything()).unwrap();
        *document.pointer_mut(pointer).unwrap() = value;
        assert_ne!(errors(&validator, &document), [] as [String; 0], "{pointer}");
    }
    let mut document = serde_json::to_value(everything()).unwrap();
    document.as_object_mut().unwrap().remove("problems");
    assert_ne!(errors(&validator, &document), [] as [String; 0], "a field is missing");
}

#[test]
fn the_graph_document_keeps_to_its_schema() {
    let module = ModuleEntry {
        path: "a",
        krate: "a",
        target: "lib",
        file: None,
        component: None,
        dev: false,
    };
    let reference = |kind| ReferenceEntry {
        from: "a::x",
        from_module: "a",
        to: "b::y",
        to_module: None,
        krate: "b",
        written: "b::y",
        kind,
        evidence: vec![EvidenceWord::Source],
        resolution: None,
        public: false,
        dev: true,
        cfg: Some("unix"),
        file: "a.rs",
        line: 1,
        column: 1,
    };
    let references = ReferenceKind::ALL.into_iter().map(reference).collect();
    let document = serde_json::to_value(GraphDocument {
        schema: 1,
        modules: vec![module],
        references,
    })
    .unwrap();
    let validator = published("graph-1.json");
    assert_eq!(errors(&validator, &document), [] as [String; 0]);
    let fields = |pointer: &str| document.pointer(pointer).unwrap().as_object().unwrap().len();
    assert_eq!((fields(""), fields("/modules/0"), fields("/references/0")), (3, 6, 15));
}
