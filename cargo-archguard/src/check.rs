//! `check`: the stages in order, the verdict, and its printing. A stage that fails ends the way to judging; what was
//! found until then is still said.

use std::io::{self, Write};
use std::path::Path;

use archguard_invariants::decisions::Decisions;
use archguard_invariants::finding::RawFinding;
use archguard_invariants::graph::{Graph, ItemId};
use archguard_invariants::nearest::nearest;
use archguard_invariants::policy::{BoundPolicy, Policy};
use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};
use archguard_invariants::verdict::examined::Coverage;
use archguard_invariants::verdict::{
    Examined, Inputs, Narrowed, PolicyFacts, ProblemEntry, Verdict, describe, each_once,
};

use crate::cli::CheckFormat;
use crate::decided::{self, Decided};
use crate::excluded;
use crate::gather::{Gathered, gather};
use crate::opened::Opened;
use crate::policy_file::PolicyFile;
use crate::print::{self, Sources};
use crate::progress::Progress;
use crate::request::{Latitude, Options};
use crate::run::Ended;
use crate::shrink;
use crate::stages::{self, Judgement, Loaded};
use crate::verify::Compilation;

/// A verdict, and what was needed for it.
pub(crate) struct Checked {
    /// The verdict.
    pub(crate) verdict: Verdict,
    /// The files that it speaks of.
    pub(crate) sources: Sources,
    /// What was decided about findings; none where it did not come to judging.
    pub(crate) decided: Option<Decided>,
}

/// Checks, with what the compiler sees if it is to be asked, and prints.
pub(crate) fn run(
    options: &Options,
    compilation: Option<&Compilation>,
    format: CheckFormat,
    progress: Progress,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Ended {
    let Checked {
        verdict,
        mut sources,
        decided,
    } = check(options, compilation, progress, err);
    let exit_code = verdict.exit_code();
    if let Some(decided) = decided.filter(|_| options.latitude == Latitude::Free) {
        let _ = shrink::tidy(&decided, &verdict, err);
    }
    let output = match format {
        CheckFormat::Human => print::verdict(&verdict, &mut sources, options.color, options.amount, out),
        CheckFormat::Json => print_json(&verdict, out),
        CheckFormat::Sarif => print_json(&print::sarif::document(&verdict, &mut sources), out),
        CheckFormat::Github => print::github::verdict(&verdict, &sources, options.amount, out),
    };
    Ended { exit_code, output }
}

/// One JSON document and a line end.
pub(crate) fn print_json(document: &impl serde::Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, document).map_err(io::Error::from)?;
    writeln!(out)
}

/// Checks, and ends the progress.
pub(crate) fn check(
    options: &Options,
    compilation: Option<&Compilation>,
    mut progress: Progress,
    err: &mut dyn Write,
) -> Checked {
    let checked = check_with(options, compilation, &mut progress);
    // Times that cannot be shown are no reason to keep the verdict back.
    let _ = progress.finish(err);
    checked
}

fn check_with(options: &Options, compilation: Option<&Compilation>, progress: &mut Progress) -> Checked {
    progress.stage("loading the workspace");
    match stages::load(options) {
        Ok(mut workspace) => check_workspace(options, compilation, &mut workspace, progress),
        Err(problems) => {
            let policy = PolicyFile::unread(options.policy.as_deref());
            unjudged(options, &policy, Sources::below(Path::new("")), problems)
        }
    }
}

fn check_workspace(
    options: &Options,
    compilation: Option<&Compilation>,
    workspace: &mut Loaded,
    progress: &mut Progress,
) -> Checked {
    progress.stage("reading the policy");
    let Opened {
        file,
        sources,
        policy,
        problems: left_out,
    } = Opened::of(workspace, options);
    let unknown = unknown_packages(options, workspace);
    match policy {
        Ok(policy) if unknown.is_empty() => {
            let mut gathered = gather(options, compilation, workspace, &policy, progress);
            gathered.evidence.problems.splice(0..0, left_out);
            progress.stage("judging");
            conclude(options, workspace, &file, &policy, sources, gathered)
        }
        Ok(_) => unjudged(options, &file, sources, unknown.into_iter().chain(left_out).collect()),
        Err(problems) if file.texts().is_err() => unjudged(options, &file, sources, problems),
        Err(problems) => unjudged(options, &file, sources, unknown.into_iter().chain(problems).collect()),
    }
}

/// From the evidence to the verdict.
pub(crate) fn conclude(
    options: &Options,
    workspace: &Loaded,
    file: &PolicyFile,
    policy: &Policy,
    mut sources: Sources,
    gathered: Gathered,
) -> Checked {
    let Gathered { evidence, compiler } = gathered;
    let graph = &evidence.graph;
    sources.add_files(graph);
    let binding = stages::bind(policy, graph);
    let unseen = evidence
        .problems
        .into_iter()
        .chain(binding.problems)
        .chain(idle_generated(policy, &evidence.idle_generated))
        .chain(excluded::problems(policy, &evidence.idle_exclusions, options.today))
        .collect::<Vec<_>>();
    let mut decided = Decided::read(file, policy.settings.exception_days, options.today);
    decided.add_texts(&mut sources);
    decided.decisions.sight = decided::sight(graph, !unseen.is_empty());
    let problems = unseen
        .into_iter()
        .chain(pending_problems(policy, graph, compiler.is_some()))
        .collect();
    let coverage = Coverage {
        packages: &options.packages,
        check_dev: policy.settings.check_dev,
    };
    let mut inputs = judged_inputs(graph, &binding.policy, coverage, file, problems);
    decided.add_to(&mut inputs);
    if let Some(examined) = &mut inputs.examined {
        examined.notes = workspace.notes();
        examined.excluded = excluded::entries(policy);
        if let Some(compiler) = compiler {
            examined.add_compiler(compiler.rustc, compiler.cfg_sets, evidence.agreement);
        }
    }
    Checked {
        verdict: Verdict::conclude(inputs),
        sources,
        decided: Some(decided),
    }
}

fn judged_inputs(
    graph: &Graph,
    bound: &BoundPolicy<'_>,
    coverage: Coverage<'_>,
    file: &PolicyFile,
    problems: Vec<Problem>,
) -> Inputs {
    let Judgement { findings, rules } = stages::judge(graph, bound);
    let component_of = |item: ItemId| component_name(bound, item);
    let (inside, outside): (Vec<_>, Vec<_>) = findings
        .into_iter()
        .partition(|finding| coverage.contains(graph, finding.from));
    let described = |findings: Vec<RawFinding>| {
        let each = findings
            .into_iter()
            .map(|finding| describe::finding(graph, &component_of, finding));
        each_once(each.collect())
    };
    Inputs {
        policy: facts(file),
        narrowed: narrowed(coverage.packages, file),
        examined: Some(Examined::of(graph, coverage, &problems)),
        rules,
        findings: described(inside),
        elsewhere: described(outside),
        decisions: Decisions::default(),
        problems: described_problems(file, problems),
    }
}

/// Entries of `[policy] generated` that mean no file.
pub(crate) fn idle_generated(policy: &Policy, idle: &[usize]) -> Vec<Problem> {
    let entries = idle.iter().filter_map(|&index| policy.settings.generated.get(index));
    entries.map(archguard_invariants::policy::generated::idle).collect()
}

/// Generated code that has not been built is a note, unless the policy wants it to be more, or it should have been built.
fn pending_problems(policy: &Policy, graph: &Graph, compiled: bool) -> Vec<Problem> {
    let pending = graph
        .examined()
        .pending
        .iter()
        .filter(|_| compiled || policy.settings.pending_is_error);
    pending
        .map(|code| Problem {
            code: ProblemCode::UnexaminedCode,
            message: format!("`{code}` is generated code that has not been built, and so was not examined"),
            place: ProblemPlace::None,
            suggestion: None,
        })
        .collect()
}

/// The name of the component that owns an item.
pub(crate) fn component_name(bound: &BoundPolicy<'_>, item: ItemId) -> Option<String> {
    bound
        .component_of(item)
        .map(|id| bound.component(id).name.as_str().to_owned())
}

/// A verdict without judgement.
fn unjudged(options: &Options, file: &PolicyFile, sources: Sources, problems: Vec<Problem>) -> Checked {
    let inputs = Inputs {
        policy: facts(file),
        narrowed: narrowed(&options.packages, file),
        examined: None,
        rules: Vec::new(),
        findings: Vec::new(),
        elsewhere: Vec::new(),
        decisions: Decisions::default(),
        problems: described_problems(file, problems),
    };
    Checked {
        verdict: Verdict::conclude(inputs),
        sources,
        decided: None,
    }
}

fn facts(file: &PolicyFile) -> PolicyFacts {
    match file.readable() {
        Some(texts) => PolicyFacts::of_texts(&texts),
        None => PolicyFacts::in_worktree(file.display.clone(), None),
    }
}

/// What the command line takes away from the whole workspace under its own policy.
fn narrowed(packages: &[String], file: &PolicyFile) -> Narrowed {
    Narrowed {
        packages: packages.to_vec(),
        policy: file.replaces_own.then(|| file.display.clone()),
    }
}

/// Problems as the verdict prints them.
pub(crate) fn described_problems(file: &PolicyFile, problems: Vec<Problem>) -> Vec<ProblemEntry> {
    let texts = file.readable();
    let described = |problem| match &texts {
        Some(texts) => describe::problem_in(problem, texts),
        None => describe::problem(problem, &file.display, None),
    };
    problems.into_iter().map(described).collect()
}

/// Packages that were asked for and are not there: a typing error must not narrow the check to nothing.
pub(crate) fn unknown_packages(options: &Options, workspace: &Loaded) -> Vec<Problem> {
    let known = |name: &str| {
        workspace
            .packages()
            .any(|package| package.replace('-', "_") == name.replace('-', "_"))
    };
    let unknown = options.packages.iter().filter(|name| !known(name));
    unknown
        .map(|name| Problem {
            code: ProblemCode::UnknownName,
            message: format!("`-p {name}` names no package of the workspace"),
            place: ProblemPlace::None,
            suggestion: nearest(name, workspace.packages()).map(str::to_owned),
        })
        .collect()
}
