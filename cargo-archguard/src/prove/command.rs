//! Runs `prove`: the code is read as for a check, violations are planted in memory and judged.

use std::io::Write;

use archguard_check::{Watch, exclusion_problems, idle_generated, stages};
use archguard_invariants::policy::Policy;
use archguard_invariants::proof::{ProofDocument, ProofEntry, ProofState, ProofSubject, Violation};
use archguard_lints::{Outcome, Proof, Proven, Subject, Witness, prove};

use crate::check::print_json;
use crate::cli::AnswerFormat;
use crate::print;
use crate::progress::Progress;
use crate::question::{Prepared, Question};
use crate::request::Options;
use crate::run::Ended;

/// Proves the policy, and prints what came out.
pub(crate) fn run(
    options: &Options,
    format: AnswerFormat,
    progress: Progress,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Ended {
    let (question, answer) = Question::answered(options, progress, err, |question, progress| {
        answer(question, options, progress)
    });
    let (proofs, planted) = answer.unwrap_or_default();
    let (problems, mut sources) = question.take_problems();
    let document = ProofDocument::of(proofs, planted, problems);
    let output = match format {
        AnswerFormat::Human => print::problems(&document.problems, &mut sources, options.color, out)
            .and_then(|()| print::proof(&document, options.amount, out)),
        AnswerFormat::Json => print_json(&document, out),
    };
    Ended {
        exit_code: document.exit_code(),
        output,
    }
}

/// The entries and how many violations were planted; nothing where it does not come to judging.
fn answer(question: &mut Question<'_>, options: &Options, progress: &mut Progress) -> Option<(Vec<ProofEntry>, usize)> {
    let mut idle = Vec::new();
    let Prepared { policy, graph, .. } = question.prepare(progress, |workspace, policy| {
        let evidence = stages::read_evidence(workspace, Some(policy));
        idle.extend(idle_generated(policy, &evidence.idle_generated));
        idle.extend(exclusion_problems(
            policy,
            &evidence.idle_exclusions,
            options.asked.today,
        ));
        evidence
    })?;
    question.problems.append(&mut idle);
    let bound = question.bind(&policy, &graph);
    progress.stage("planting violations");
    let Proof { proven, planted } = prove(&graph, &bound);
    let entries = proven.into_iter().map(|proven| entry(&policy, proven));
    Some((entries.collect(), planted))
}

fn entry(policy: &Policy, proven: Proven) -> ProofEntry {
    let (state, violation, reason) = match proven.outcome {
        Outcome::Proved(Witness { from, to, lint }) => (ProofState::Proved, Some(Violation { from, to, lint }), None),
        Outcome::Dead(reason) => (ProofState::Dead, None, Some(reason)),
        Outcome::Idle(reason) => (ProofState::Idle, None, Some(reason)),
    };
    let entry = ProofEntry {
        subject: match proven.subject {
            Subject::Rule => ProofSubject::Rule,
            Subject::Pattern => ProofSubject::Pattern,
            Subject::Key => ProofSubject::Key,
            Subject::Component => ProofSubject::Component,
            Subject::Path => ProofSubject::Path,
        },
        rule: proven.rule.map(|rule| rule.as_str().to_owned()),
        name: proven.name,
        state,
        violation,
        reason,
        file: None,
        line: None,
        column: None,
        end_line: None,
        end_column: None,
    };
    entry.at(&policy.texts, proven.span)
}
