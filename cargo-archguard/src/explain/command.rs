//! Runs `explain`. Everything is read and judged as for a check; what is said of it is made in `invariants`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use archguard_check::{Loaded, Watch, stages};
use archguard_invariants::explain::subject::{self, Code, Extent};
use archguard_invariants::explain::{Explanation, Subject, pair, place, rule};
use archguard_invariants::finding::RawFinding;
use archguard_invariants::graph::Graph;
use archguard_invariants::policy::BoundPolicy;

use crate::check::print_json;
use crate::cli::AnswerFormat;
use crate::locate::Locator;
use crate::print;
use crate::progress::Progress;
use crate::question::{Prepared, Question};
use crate::request::Options;
use crate::run::Ended;

/// Explains one name, or how two hang together.
pub(crate) fn run(
    options: &Options,
    names: &[String],
    format: AnswerFormat,
    progress: Progress,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Ended {
    let (question, explanation) = Question::answered(options, progress, err, |question, progress| {
        explain(question, names, progress)
    });
    let output = match explanation {
        None => Ok(()),
        Some(explanation) => write(&explanation, format, options, out),
    };
    Ended {
        exit_code: question.end(err),
        output,
    }
}

fn write(explanation: &Explanation, format: AnswerFormat, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    match format {
        AnswerFormat::Human => print::explanation(explanation, options.amount, out),
        AnswerFormat::Json => print_json(explanation, out),
    }
}

fn explain(question: &mut Question<'_>, names: &[String], progress: &mut Progress) -> Option<Explanation> {
    let Prepared {
        workspace,
        policy,
        graph,
    } = question.prepare(progress, |workspace, policy| {
        stages::read_evidence_for(workspace, policy, subject::patterns(names))
    })?;
    progress.stage("judging");
    let bound = question.bind(&policy, &graph);
    let findings = stages::judge(&graph, &bound).findings;
    let decisions = question.decisions(&policy, &graph);
    let answer = Answer {
        graph: &graph,
        policy: &bound,
        findings: &findings,
    };
    let subjects: Vec<Subject> = names
        .iter()
        .filter_map(|name| answer.subject(question, &workspace, name))
        .collect();
    if subjects.len() < names.len() {
        return None;
    }
    let explanation = answer.of(question, &subjects)?;
    Some(explanation.decided(&graph, &bound, &subjects, &decisions))
}

/// What an answer is made from.
struct Answer<'a> {
    graph: &'a Graph,
    policy: &'a BoundPolicy<'a>,
    findings: &'a [RawFinding],
}

impl Answer<'_> {
    /// What a name stands for; what looks like a path of a file is one.
    fn subject(&self, question: &mut Question<'_>, workspace: &Loaded, name: &str) -> Option<Subject> {
        let current = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
        if is_file(name, &current) {
            let locator = Locator::new(self.graph, self.policy, workspace);
            return match locator.locate(name, &current) {
                Ok(found) => Some(Subject::Code(Code {
                    what: if found.on_disk { "file" } else { "new file" },
                    name: found.display,
                    extent: Extent::Modules(found.modules),
                    standpoint: Some(found.standpoint),
                })),
                Err(message) => {
                    question.unknown(message, None);
                    None
                }
            };
        }
        Subject::find(self.graph, self.policy, name)
            .map_err(|unknown| question.unknown(unknown.message, unknown.suggestion))
            .ok()
    }

    fn of(&self, question: &mut Question<'_>, subjects: &[Subject]) -> Option<Explanation> {
        let &Self {
            graph,
            policy,
            findings,
        } = self;
        let mut explanation = Explanation {
            schema: 1,
            place: None,
            rule: None,
            pair: None,
        };
        match subjects {
            [Subject::Rule(id)] => explanation.rule = Some(rule::explain(graph, policy, id, findings)),
            [Subject::Code(code)] => explanation.place = Some(place::explain(graph, policy, code, findings)),
            [Subject::Code(from), Subject::Code(to)] => {
                explanation.pair = Some(pair::explain(graph, policy, from, to, findings));
            }
            _ => {
                let message = "a pair is two places in the code; a rule is explained by itself";
                question.unknown(message.to_owned(), None);
                return None;
            }
        }
        Some(explanation)
    }
}

/// Whether a name is that of a file rather than a path in the code.
fn is_file(name: &str, current: &Path) -> bool {
    let looks_like_one = name.contains(['/', '\\']) || Path::new(name).extension().is_some_and(|it| it == "rs");
    looks_like_one || (!name.contains("::") && current.join(name).is_file())
}
