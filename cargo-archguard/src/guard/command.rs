//! Runs `guard`. Only module trees are read: no reference is followed, nothing is judged.

use std::io::Write;
use std::path::PathBuf;

use archguard_check::stages;
use archguard_invariants::advice::Guidance;
use archguard_invariants::advice::document::{FileGuidance, GuardDocument};

use crate::check::print_json;
use crate::cli::AnswerFormat;
use crate::locate::Locator;
use crate::print;
use crate::progress::Progress;
use crate::question::{Prepared, Question};
use crate::request::Options;
use crate::run::Ended;

/// Says what holds in each file.
pub(crate) fn run(
    options: &Options,
    files: &[String],
    format: AnswerFormat,
    progress: Progress,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Ended {
    let (question, document) = Question::answered(options, progress, err, |question, progress| {
        answer(question, files, progress)
    });
    let output = match (document, format) {
        (None, _) => Ok(()),
        (Some(document), AnswerFormat::Human) => print::guard(&document, out),
        (Some(document), AnswerFormat::Json) => print_json(&document, out),
    };
    Ended {
        exit_code: question.end(err),
        output,
    }
}

/// The guidance for those of the files that belong to the workspace; what is said of the others is a problem.
fn answer(question: &mut Question<'_>, files: &[String], progress: &mut Progress) -> Option<GuardDocument> {
    let Prepared {
        workspace,
        policy,
        graph,
    } = question.prepare(progress, stages::read_outline)?;
    let bound = question.bind(&policy, &graph);
    let decisions = question.decisions(&policy, &graph);
    let current = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let locator = Locator::new(&graph, &bound, &workspace);
    let mut guided = Vec::new();
    for file in files {
        match locator.locate(file, &current) {
            Ok(found) => guided.push(FileGuidance {
                guidance: Guidance::of(&graph, &bound, &found.standpoint).with_exceptions(
                    &graph,
                    &found.standpoint,
                    &decisions.exceptions,
                ),
                file: found.display,
                exists: found.on_disk,
                declare_in: found.declare_in,
                also: found.also,
            }),
            Err(message) => question.unknown(message, None),
        }
    }
    (!guided.is_empty()).then_some(GuardDocument {
        schema: 1,
        files: guided,
    })
}
