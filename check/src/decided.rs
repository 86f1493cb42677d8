//! What people decided about findings, as it lies beside the policy: reads exceptions and baseline and hands them to the
//! verdict. What they mean is decided there.

use std::collections::BTreeSet;

use archguard_invariants::date::Day;
use archguard_invariants::decisions::{Baseline, Decisions, Exceptions, Sight, Terms};
use archguard_invariants::graph::{Graph, ItemKind};
use archguard_invariants::policy::model::Settings;
use archguard_invariants::problem::Problem;
use archguard_invariants::verdict::{Finding, Inputs, Outcome, ProblemEntry, Verdict, describe};

use crate::beside::{BASELINE_FILE, Beside, EXCEPTIONS_FILE};
use crate::policy_file::PolicyFile;
use crate::source_files::SourceFiles;

/// Both files, and what they say.
#[derive(Debug)]
pub struct Decided {
    /// What they say.
    pub decisions: Decisions,
    /// What is wrong with them.
    pub problems: Vec<ProblemEntry>,
    /// The file of exceptions.
    pub exceptions_file: Beside,
    /// The baseline.
    pub baseline_file: Beside,
    /// Findings that are not told and can be meant.
    pub elsewhere: Vec<Finding>,
}

impl Decided {
    /// Reads both files, and the exceptions that stand in the code.
    pub fn read(policy: &PolicyFile, settings: &Settings, graph: &Graph, today: Day) -> Self {
        let terms = Terms {
            today,
            max_days: settings.exception_days.0,
        };
        let exceptions_file = Beside::read(policy, EXCEPTIONS_FILE);
        let baseline_file = Beside::read(policy, BASELINE_FILE);
        let mut decided = Self {
            decisions: Decisions::default(),
            problems: Vec::new(),
            exceptions_file,
            baseline_file,
            elsewhere: Vec::new(),
        };
        decided.read_exceptions(terms);
        let exceptions = &mut decided.decisions.exceptions;
        // An outline does not know what stands in functions.
        if !graph.is_outline() {
            let problems = exceptions.take_in(graph, settings.inline_exceptions, terms);
            decided.problems.extend(described(&decided.exceptions_file, problems));
        }
        decided.read_baseline();
        decided
    }

    fn read_exceptions(&mut self, terms: Terms) {
        let file = &self.exceptions_file;
        match &file.text {
            Ok(None) => {}
            Ok(Some(text)) => {
                let (exceptions, problems) = Exceptions::read(&file.display, text, terms);
                self.decisions.exceptions = exceptions;
                self.problems.extend(described(file, problems));
            }
            Err(problem) => self.problems.extend(described(file, vec![problem.clone()])),
        }
    }

    fn read_baseline(&mut self) {
        let file = &self.baseline_file;
        let read = match &file.text {
            Ok(None) => return,
            Ok(Some(text)) => Baseline::read(&file.display, text),
            Err(problem) => Err(vec![problem.clone()]),
        };
        match read {
            Ok(baseline) => self.decisions.baseline = Some(baseline),
            Err(problems) => self.problems.extend(described(file, problems)),
        }
    }

    /// The baseline without what is gone, where a verdict is clean and speaks of the whole workspace; none where nothing is to
    /// be taken out. As long as a breach has only changed its name, its entry tells what it was.
    pub fn tidied(&self, verdict: &Verdict) -> Option<Baseline> {
        let narrowed = !verdict.narrowed.packages.is_empty() || verdict.narrowed.policy.is_some();
        if verdict.outcome != Outcome::Clean || narrowed {
            return None;
        }
        let baseline = self.decisions.baseline.as_ref()?;
        let findings = verdict.findings.iter().chain(&self.elsewhere);
        let left = baseline.shrunk(findings, &self.decisions.sight);
        (left != *baseline).then_some(left)
    }

    /// Makes the files' texts known to whoever shows places in them.
    pub fn add_texts(&self, sources: &mut SourceFiles) {
        for file in [&self.exceptions_file, &self.baseline_file] {
            if let Ok(Some(text)) = &file.text {
                sources.add_text(&file.display, text);
            }
        }
    }

    /// Adds the decisions to what a verdict is made from, and what is wrong with them to its findings.
    pub fn add_to(&mut self, inputs: &mut Inputs) {
        inputs.problems.append(&mut self.problems);
        let found: Vec<&Finding> = inputs.findings.iter().chain(&inputs.elsewhere).collect();
        let stale = archguard_lints::stale_exceptions(&self.decisions, &found);
        inputs.findings.extend(stale);
        inputs.decisions = self.decisions.clone();
        self.elsewhere.clone_from(&inputs.elsewhere);
    }
}

/// How much of the code the findings speak of.
pub(crate) fn sight(graph: &Graph, impaired: bool) -> Sight {
    let pending = &graph.examined().pending;
    let files: BTreeSet<&str> = pending.iter().filter_map(|code| code.split(':').next()).collect();
    let modules = graph
        .items()
        .filter(|(id, item)| item.kind == ItemKind::Module && graph.is_examined(*id))
        .filter(|(id, _)| {
            let file = graph.module_file(*id).map(|file| &*graph.file(file).display);
            file.is_some_and(|file| files.contains(file))
        });
    let head = |path: &str| path.split("::").next().unwrap_or(path).to_owned();
    Sight {
        impaired,
        pending: modules.map(|(_, item)| head(&item.path)).collect(),
    }
}

fn described(file: &Beside, problems: Vec<Problem>) -> impl Iterator<Item = ProblemEntry> {
    let text = file.text.as_ref().ok().and_then(Option::as_deref);
    problems
        .into_iter()
        .map(move |problem| describe::problem(problem, &file.display, text))
}
