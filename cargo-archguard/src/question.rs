//! What `explain` and `guard` share: the way from the command line to a policy bound to a graph, and what is said when
//! it ends early. Problems go to standard error, so that standard output stays one document.

use std::io::Write;
use std::path::Path;

use archguard_check::{
    Decided, Loaded, Opened, PolicyFile, SourceFiles, Watch, described_problems, stages, unknown_packages,
};
use archguard_evidence::Evidence;
use archguard_invariants::decisions::Decisions;
use archguard_invariants::graph::Graph;
use archguard_invariants::policy::{BoundPolicy, Policy};
use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};
use archguard_invariants::verdict::{EXIT_CLEAN, EXIT_PROBLEMS, ProblemEntry};

use crate::print::{self, Sources};
use crate::progress::Progress;
use crate::request::Options;

/// A policy on its way to an answer, with what went wrong until now.
pub(crate) struct Question<'a> {
    options: &'a Options,
    /// What goes to standard error in the end.
    pub(crate) problems: Vec<Problem>,
    /// The same, with their places.
    described: Vec<ProblemEntry>,
    /// What keeps no answer back, but is said with it.
    unexamined: Vec<Problem>,
    file: Option<PolicyFile>,
    sources: Option<SourceFiles>,
}

/// What every answer is made from.
pub(crate) struct Prepared {
    /// The workspace.
    pub(crate) workspace: Loaded,
    /// The policy, not bound yet.
    pub(crate) policy: Policy,
    /// What was read of the code.
    pub(crate) graph: Graph,
}

impl<'a> Question<'a> {
    /// Nothing is known yet.
    fn new(options: &'a Options) -> Self {
        Self {
            options,
            problems: Vec::new(),
            described: Vec::new(),
            unexamined: Vec::new(),
            file: None,
            sources: None,
        }
    }

    /// Answers, and ends the progress.
    pub(crate) fn answered<T>(
        options: &'a Options,
        mut progress: Progress,
        err: &mut dyn Write,
        answer: impl FnOnce(&mut Self, &mut Progress) -> T,
    ) -> (Self, T) {
        let mut question = Self::new(options);
        let answer = answer(&mut question, &mut progress);
        progress.finish(err);
        (question, answer)
    }

    /// Loads the workspace, reads the policy, and by `read` the code; nothing where one of the first two is missing.
    pub(crate) fn prepare(
        &mut self,
        progress: &mut Progress,
        read: impl FnOnce(&Loaded, &Policy) -> Evidence,
    ) -> Option<Prepared> {
        progress.stage("loading the workspace");
        let mut workspace = self.workspace()?;
        let policy = self.policy(&mut workspace)?;
        if !self.problems.is_empty() {
            return None;
        }
        progress.stage("reading the code");
        let evidence = read(&workspace, &policy);
        self.problems.extend(evidence.problems);
        Some(Prepared {
            workspace,
            policy,
            graph: evidence.graph,
        })
    }

    /// Reads what people decided about findings.
    pub(crate) fn decisions(&mut self, policy: &Policy, graph: &Graph) -> Decisions {
        let Some(file) = &self.file else {
            return Decisions::default();
        };
        let mut decided = Decided::read(file, &policy.settings, graph, self.options.asked.today);
        if let Some(sources) = &mut self.sources {
            decided.add_texts(sources);
        }
        self.described.append(&mut decided.problems);
        decided.decisions
    }

    /// Loads the workspace.
    pub(crate) fn workspace(&mut self) -> Option<Loaded> {
        let loaded = stages::load(&self.options.asked).map_err(|problems| self.problems.extend(problems));
        loaded.ok()
    }

    /// Notes the packages that were asked for and are not there.
    pub(crate) fn check_packages(&mut self, workspace: &Loaded) {
        self.problems.extend(unknown_packages(&self.options.asked, workspace));
    }

    /// Reads the policy, without which nothing can be answered, and takes in what it names.
    pub(crate) fn policy(&mut self, workspace: &mut Loaded) -> Option<Policy> {
        let opened = Opened::of(workspace, &self.options.asked);
        self.check_packages(workspace);
        self.file = Some(opened.file);
        self.sources = Some(opened.sources);
        self.unexamined = opened.problems;
        opened.policy.map_err(|problems| self.problems.extend(problems)).ok()
    }

    /// Binds the policy.
    pub(crate) fn bind<'p>(&mut self, policy: &'p Policy, graph: &Graph) -> BoundPolicy<'p> {
        if let Some(sources) = &mut self.sources {
            sources.add_files(graph);
        }
        let binding = stages::bind(policy, graph);
        self.problems.append(&mut self.unexamined);
        self.problems.extend(binding.problems);
        binding.policy
    }

    /// Whether nothing has gone wrong until now.
    pub(crate) fn is_whole(&self) -> bool {
        self.problems.is_empty() && self.described.is_empty()
    }

    /// Notes a name that stands for nothing.
    pub(crate) fn unknown(&mut self, message: String, suggestion: Option<String>) {
        self.problems.push(Problem {
            code: ProblemCode::UnknownName,
            message,
            place: ProblemPlace::None,
            suggestion,
        });
    }

    /// What went wrong, with its places and the texts that they are in.
    pub(crate) fn take_problems(self) -> (Vec<ProblemEntry>, Sources) {
        let file = self
            .file
            .unwrap_or_else(|| PolicyFile::read(Path::new(""), self.options.asked.policy.as_deref()));
        let mut problems = described_problems(&file, self.problems);
        problems.extend(self.described);
        (problems, Sources::of(self.sources.unwrap_or_default()))
    }

    /// Says what went wrong; the exit code.
    pub(crate) fn end(self, err: &mut dyn Write) -> u8 {
        if self.problems.is_empty() && self.described.is_empty() {
            return EXIT_CLEAN;
        }
        let color = self.options.error_color;
        let (problems, mut sources) = self.take_problems();
        // That nobody reads them changes no exit code.
        let _ = print::problems(&problems, &mut sources, color, err);
        EXIT_PROBLEMS
    }
}
