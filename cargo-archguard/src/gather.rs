//! The evidence of a run: the source, and with `verify` what the compiler saw.

use archguard_evidence::Evidence;
use archguard_invariants::policy::Policy;
use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};

use crate::progress::Progress;
use crate::request::Options;
use crate::stages::{self, Loaded};
use crate::verify::Compilation;

/// The evidence, and what is said of the compiler's part of it.
pub(crate) struct Gathered {
    pub(crate) evidence: Evidence,
    pub(crate) compiler: Option<CompilerPart>,
}

/// What the verdict says of the compiler's part.
#[derive(Default)]
pub(crate) struct CompilerPart {
    pub(crate) rustc: Option<String>,
    pub(crate) cfg_sets: Vec<String>,
}

impl Gathered {
    /// The source alone.
    pub(crate) fn of_source(evidence: Evidence) -> Self {
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

/// Gathers it; without a compilation the source alone.
pub(crate) fn gather(
    options: &Options,
    compilation: Option<&Compilation>,
    workspace: &Loaded,
    policy: &Policy,
    progress: &mut Progress,
) -> Gathered {
    let compiled = compilation.map(|compilation| {
        progress.stage("compiling");
        let request = compilation.request(options).map_err(|error| Problem {
            code: ProblemCode::Build,
            message: format!("this program's own path is not known: {error}"),
            place: ProblemPlace::None,
            suggestion: None,
        })?;
        stages::compile(workspace, &request)
    });
    progress.stage("reading the code");
    match compiled {
        None => Gathered::of_source(stages::read_evidence(workspace, Some(policy))),
        Some(Err(problem)) => Gathered {
            evidence: stages::read_evidence(workspace, Some(policy)),
            compiler: Some(CompilerPart::default()),
        }
        .with(vec![problem]),
        Some(Ok(witnessed)) => Gathered {
            evidence: stages::read_witnessed(workspace, policy, &witnessed),
            compiler: Some(CompilerPart {
                rustc: Some(witnessed.compilers().join(", ")).filter(|name| !name.is_empty()),
                cfg_sets: witnessed.cfg_sets,
            }),
        }
        .with(witnessed.problems),
    }
}
