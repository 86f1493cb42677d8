//! What `init` is to write: a draft that the code was judged by. Nothing is written here, and a draft that cannot be
//! checked with comes to nothing.

use std::path::PathBuf;
use std::sync::OnceLock;

use archguard_check::{
    BASELINE_FILE, Beside, Checked, Gathered, Loaded, PolicyFile, SourceFiles, Watch, conclude, stages,
};
use archguard_evidence::Evidence;
use archguard_invariants::draft::Draft;
use archguard_invariants::graph::Graph;
use archguard_invariants::policy::{Policy, PolicyTexts};
use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};

use crate::progress::Progress;
use crate::question::Question;
use crate::request::Options;

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    /// Show the draft.
    Print,
    /// Write it.
    Write,
    /// Write it, and freeze what the code does against it.
    WriteAndFreeze,
}

/// A policy that is not written yet.
pub(super) struct Plan {
    /// Where it goes.
    pub(super) path: PathBuf,
    /// That place as printed.
    pub(super) display: String,
    /// The policy.
    pub(super) text: String,
    /// What a check by it says.
    pub(super) checked: Checked,
}

impl Plan {
    /// Drafts and judges; none where something stands in the way, which the question is told.
    pub(super) fn of(
        question: &mut Question<'_>,
        options: &Options,
        task: Task,
        progress: &mut Progress,
    ) -> Option<Self> {
        progress.stage("loading the workspace");
        let workspace = question.workspace()?;
        let (mut file, path) = PolicyFile::drafted(workspace.root(), options.asked.policy.as_deref());
        if task != Task::Print && path.symlink_metadata().is_ok() {
            question.problems.push(problem(format!(
                "there is a policy already: `{}`; `init --print` shows a draft without writing it",
                file.display
            )));
        }
        let baseline = Beside::read(&file, BASELINE_FILE);
        if task == Task::WriteAndFreeze && !matches!(baseline.text, Ok(None)) {
            question.problems.push(problem(format!(
                "there is a baseline already: `{}`; without `--baseline` only the policy is drafted",
                baseline.display
            )));
        }
        if !question.problems.is_empty() {
            return None;
        }
        progress.stage("reading the code");
        let (evidence, drafted) = draft(&workspace, &file.display);
        let text = drafted.text;
        let policy = match drafted.policy {
            Some(Ok(policy)) => policy,
            Some(Err(problems)) => return refuse(question, problems),
            None => {
                let message = "there is no code to draft a policy from: no package has a library or a binary";
                question.problems.push(problem(message.to_owned()));
                return None;
            }
        };
        let misfits = stages::bind(&policy, &evidence.graph).problems;
        if !misfits.is_empty() {
            return refuse(question, misfits);
        }
        progress.stage("judging by the draft");
        file.text = Ok(text.clone());
        let mut sources = SourceFiles::below(workspace.root());
        sources.add_policy(&policy.texts);
        // What cannot be read is no reason to draft nothing: the check will name it again.
        let checked = conclude(
            &options.asked,
            &workspace,
            &file,
            &policy,
            sources,
            Gathered::of_source(evidence),
        );
        Some(Self {
            path,
            display: file.display,
            text,
            checked,
        })
    }
}

/// A draft's text, and how it is read.
#[derive(Default)]
struct Drafted {
    text: String,
    /// None where there is nothing to draft from.
    policy: Option<Result<Policy, Vec<Problem>>>,
}

impl Drafted {
    fn of(graph: &Graph, display: &str) -> Self {
        let draft = Draft::of(graph);
        if draft.components.is_empty() {
            return Self::default();
        }
        let text = draft.to_toml();
        Self {
            policy: Some(stages::read_policy(&PolicyTexts::new(display, &text))),
            text,
        }
    }
}

/// Reads the code once: the draft is made from the graph, which then learns what the draft's patterns lead to.
fn draft(workspace: &Loaded, display: &str) -> (Evidence, Drafted) {
    let drafted = OnceLock::new();
    let evidence = stages::read_evidence_drafting(workspace, &|graph| match &drafted
        .get_or_init(|| Drafted::of(graph, display))
        .policy
    {
        Some(Ok(policy)) => policy.patterns(),
        _ => Vec::new(),
    });
    (evidence, drafted.into_inner().unwrap_or_default())
}

/// The draft speaks of something that a policy cannot say: what it is goes out without a place, the text being nowhere.
fn refuse(question: &mut Question<'_>, problems: Vec<Problem>) -> Option<Plan> {
    let told = problems.into_iter().map(|told| Problem {
        message: format!("no draft could be made that fits the code: {}", told.message),
        place: ProblemPlace::None,
        ..told
    });
    question.problems.extend(told);
    None
}

pub(super) fn problem(message: String) -> Problem {
    Problem {
        code: ProblemCode::Workspace,
        message,
        place: ProblemPlace::None,
        suggestion: None,
    }
}
