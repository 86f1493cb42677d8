//! The evidence of a run: the source, and with `verify` what the compiler saw.

use archguard_evidence::Evidence;
use archguard_evidence::compiler::BuildRequest;
use archguard_invariants::policy::Policy;
use archguard_invariants::problem::Problem;

use crate::options::Watch;
use crate::stages::{self, Loaded};

/// What to have compiled, or why it cannot be.
pub type Compiling = Result<BuildRequest, Problem>;

/// The evidence, and what is said of the compiler's part of it.
pub struct Gathered {
    /// What the code does.
    pub evidence: Evidence,
    /// What is said of the compiler, if it was asked.
    pub compiler: Option<CompilerPart>,
}

/// What the verdict says of the compiler's part.
#[derive(Default)]
pub struct CompilerPart {
    /// The compilers that answered.
    pub rustc: Option<String>,
    /// The feature sets that were built.
    pub cfg_sets: Vec<String>,
}

impl Gathered {
    /// The source alone.
    pub fn of_source(evidence: Evidence) -> Self {
        Self {
            evidence,
            compiler: None,
        }
    }

    /// With what kept the compiler from being asked about everything.
    fn with(mut self, problems: Vec<Problem>) -> Self {
        self.evidence.problems.extend(problems);
        self
    }
}

/// The policy to judge by, and an older one that judges beside it.
#[derive(Clone, Copy)]
pub(crate) struct Policies<'p> {
    pub(crate) now: &'p Policy,
    pub(crate) then: Option<&'p Policy>,
}

impl Policies<'_> {
    fn read(self, workspace: &Loaded) -> Evidence {
        stages::read_evidence_against(workspace, self.now, self.then)
    }
}

/// Gathers it; without anything to compile the source alone.
pub(crate) fn gather(
    compiling: Option<Compiling>,
    workspace: &Loaded,
    policies: Policies<'_>,
    watch: &mut dyn Watch,
) -> Gathered {
    let compiled = compiling.map(|compiling| {
        watch.stage("compiling");
        stages::compile(workspace, &compiling?)
    });
    watch.stage("reading the code");
    match compiled {
        None => Gathered::of_source(policies.read(workspace)),
        Some(Err(problem)) => Gathered {
            evidence: policies.read(workspace),
            compiler: Some(CompilerPart::default()),
        }
        .with(vec![problem]),
        Some(Ok(witnessed)) => Gathered {
            evidence: stages::read_witnessed(workspace, policies.now, policies.then, &witnessed),
            compiler: Some(CompilerPart {
                rustc: Some(witnessed.compilers().join(", ")).filter(|name| !name.is_empty()),
                cfg_sets: witnessed.cfg_sets,
            }),
        }
        .with(witnessed.problems),
    }
}
