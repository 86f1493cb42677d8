//! From the evidence to the verdict: the policy is bound and the code judged by it, what people decided is added, and
//! everything that keeps the verdict from being whole.

use archguard_invariants::decisions::Decisions;
use archguard_invariants::finding::RawFinding;
use archguard_invariants::graph::{Graph, ItemId};
use archguard_invariants::policy::{BoundPolicy, Policy};
use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};
use archguard_invariants::verdict::examined::Coverage;
use archguard_invariants::verdict::{
    Examined, Inputs, Narrowed, PolicyFacts, ProblemEntry, Verdict, describe, each_once,
};

use crate::against::Against;
use crate::check::Checked;
use crate::decided::{self, Decided};
use crate::excluded;
use crate::gather::Gathered;
use crate::options::Options;
use crate::policy_file::PolicyFile;
use crate::source_files::SourceFiles;
use crate::stages::{self, Judgement, Loaded};

/// From the evidence to the verdict.
pub fn conclude(
    options: &Options,
    workspace: &Loaded,
    file: &PolicyFile,
    policy: &Policy,
    sources: SourceFiles,
    gathered: Gathered,
) -> Checked {
    conclude_against(options, workspace, file, policy, sources, gathered, None)
}

/// From the evidence to the verdict, with what a commit says to it.
pub(crate) fn conclude_against(
    options: &Options,
    workspace: &Loaded,
    file: &PolicyFile,
    policy: &Policy,
    mut sources: SourceFiles,
    gathered: Gathered,
    mut against: Option<Against>,
) -> Checked {
    let Gathered { mut evidence, compiler } = gathered;
    let followed = against
        .as_ref()
        .map(|against| against.follow(&mut evidence.graph, policy));
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
    let mut decided = Decided::read(file, &policy.settings, graph, options.today);
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
    let judgement = stages::judge(graph, &binding.policy);
    let mut weakened = Vec::new();
    if let Some((against, followed)) = against.as_mut().zip(followed.as_ref()) {
        weakened = against.weakened(graph, followed, &binding.policy, &judgement);
        against.count_only_known(&mut decided, followed);
    }
    let mut inputs = judged_inputs(graph, &binding.policy, judgement, coverage, file, problems);
    decided.add_to(&mut inputs);
    inputs.findings.extend(weakened);
    if let Some(facts) = against.as_ref().map(Against::facts) {
        inputs.policy.source = facts.source();
        inputs.policy.base = Some(facts);
    }
    if let Some(examined) = &mut inputs.examined {
        examined.notes = workspace.notes();
        examined.excluded = excluded::entries(policy);
        if let Some(compiler) = compiler {
            examined.add_compiler(compiler.rustc, compiler.cfg_sets, evidence.agreement);
        }
    }
    let verdict = Verdict::conclude(inputs);
    let compared = against.as_ref().zip(followed.as_ref());
    let difference = compared
        .and_then(|(against, followed)| against.difference(graph, followed, &binding.policy, &verdict.findings));
    Checked {
        verdict,
        sources,
        decided: Some(decided),
        reading: evidence.kept_as,
        difference,
    }
}

fn judged_inputs(
    graph: &Graph,
    bound: &BoundPolicy<'_>,
    judgement: Judgement,
    coverage: Coverage<'_>,
    file: &PolicyFile,
    problems: Vec<Problem>,
) -> Inputs {
    let Judgement { findings, rules } = judgement;
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
pub fn idle_generated(policy: &Policy, idle: &[usize]) -> Vec<Problem> {
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
            message: pending_message(code),
            place: ProblemPlace::None,
            suggestion: None,
        })
        .collect()
}

/// What is said of generated code that has not been built.
pub(crate) fn pending_message(code: &str) -> String {
    format!("`{code}` is generated code that has not been built, and so was not examined")
}

/// The name of the component that owns an item.
pub fn component_name(bound: &BoundPolicy<'_>, item: ItemId) -> Option<String> {
    bound
        .component_of(item)
        .map(|id| bound.component(id).name.as_str().to_owned())
}

/// A verdict without judgement.
pub(crate) fn unjudged(options: &Options, file: &PolicyFile, sources: SourceFiles, problems: Vec<Problem>) -> Checked {
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
        reading: None,
        difference: None,
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
pub fn described_problems(file: &PolicyFile, problems: Vec<Problem>) -> Vec<ProblemEntry> {
    let texts = file.readable();
    let described = |problem| match &texts {
        Some(texts) => describe::problem_in(problem, texts),
        None => describe::problem(problem, &file.display, None),
    };
    problems.into_iter().map(described).collect()
}
