//! One unit: the compiler runs, and meanwhile the crate is judged. What the compiler has to say comes first.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use archguard_check::{InBuild, Judge, Surroundings};
use archguard_evidence::compiler::{ErrorFormat, UnitCall};
use thiserror::Error;

use crate::color;
use crate::print::{Sources, rustc};

/// Why a unit is neither compiled nor judged.
#[derive(Debug, Error)]
pub(crate) enum UnitError {
    /// The compiler could not be run.
    #[error("`{program}` cannot be run")]
    Compiler {
        /// The compiler.
        program: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Cargo could not be told when to ask again: what changes later would go unjudged.
    #[error("the files that the judgement rests on cannot be named to cargo")]
    Watch(#[source] io::Error),
    /// What is wrong could not be said.
    #[error("what is wrong cannot be printed")]
    Output(#[source] io::Error),
}

/// Whether the program was started in a compiler's place: cargo names the compiler first, and no command is called like one.
pub(crate) fn names_a_compiler(argument: &OsStr) -> bool {
    let stem = Path::new(argument).file_stem();
    stem.is_some_and(|stem| stem == "rustc" || stem == "clippy-driver")
}

/// Does what cargo wants of the compiler, and judges the unit that it is about; the exit code comes back.
pub(crate) fn compile(compiler: &OsStr, arguments: &[OsString], err: &mut dyn Write) -> Result<i32, UnitError> {
    let not_run = |source| UnitError::Compiler {
        program: compiler.to_string_lossy().into_owned(),
        source,
    };
    let mut child = Command::new(compiler).args(arguments).spawn().map_err(not_run)?;
    let Some(call) = UnitCall::of_process(arguments) else {
        return exit_code(&mut child).map_err(not_run);
    };
    let judged = InBuild::of(Judge::Wrapper, &call.manifest, &call.root, Surroundings::of_process());
    let exit = exit_code(&mut child).map_err(not_run)?;
    if judged.is_clean() {
        if exit == 0 {
            watch(&call, judged.rests_on).map_err(UnitError::Watch)?;
        }
        return Ok(exit);
    }
    tell(judged, call.errors, err).map_err(UnitError::Output)?;
    Ok(if exit == 0 { 1 } else { exit })
}

/// Ended by a signal: an error without a number of its own.
fn exit_code(child: &mut Child) -> io::Result<i32> {
    child.wait().map(|status| status.code().unwrap_or(1))
}

/// Another policy or another tool judges otherwise.
fn watch(call: &UnitCall, mut files: Vec<PathBuf>) -> io::Result<()> {
    files.push(env::current_exe()?);
    call.watch(&files)
}

fn tell(judged: InBuild, errors: ErrorFormat, err: &mut dyn Write) -> io::Result<()> {
    let InBuild {
        findings,
        problems,
        sources,
        ..
    } = judged;
    let mut sources = Sources::of(sources);
    let colored = match errors {
        ErrorFormat::Json { colored } => colored,
        ErrorFormat::Human => color::for_errors(None),
    };
    let problems = problems
        .iter()
        .map(|problem| rustc::of_problem(problem, &mut sources, colored))
        .collect::<Vec<_>>();
    let findings = findings
        .iter()
        .map(|finding| rustc::of_finding(finding, &mut sources, colored))
        .collect::<Vec<_>>();
    for message in problems.iter().chain(&findings) {
        match errors {
            ErrorFormat::Json { .. } => writeln!(err, "{message}")?,
            ErrorFormat::Human => write!(err, "{}", message["rendered"].as_str().unwrap_or_default())?,
        }
    }
    err.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compiler_is_known_by_its_name_alone() {
        for compiler in ["rustc", "/usr/bin/rustc", "rustc.exe", "/bin/clippy-driver"] {
            assert!(names_a_compiler(compiler.as_ref()), "{compiler}");
        }
        for other in ["archguard", "check", "rustc-json", "--rustc", "rustdoc", ""] {
            assert!(!names_a_compiler(other.as_ref()), "{other}");
        }
    }
}
