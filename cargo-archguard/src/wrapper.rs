//! The program in the compiler's place: for `verify`, or inside a build. Which of the two is settled here, before anybody
//! looks for a command.

use std::ffi::OsString;
use std::io::Write;
use std::path::Path;

use archguard_check::{runs_for_verify, with_causes};
use archguard_evidence::compiler::{SESSION_VARIABLE, UnitCall, wrap};

use crate::in_build;

/// Does what cargo wants of a compiler if it started this process in a compiler's place; the exit code comes back. None for
/// a process that somebody started.
pub fn run_as_wrapper(arguments: impl IntoIterator<Item = OsString>, err: &mut dyn Write) -> Option<u8> {
    let arguments: Vec<OsString> = arguments.into_iter().skip(1).collect();
    let session = std::env::var_os(SESSION_VARIABLE).filter(|session| !session.is_empty());
    let (compiler, rest) = arguments.split_first()?;
    let in_build = in_build::names_a_compiler(compiler);
    let ended = match session {
        // The variable alone switches nothing off: what `verify` compiles lies where it builds, and no build looks there.
        Some(session) if !in_build || runs_for_verify() || UnitCall::of_process(rest).is_none() => {
            wrap(arguments, Path::new(&session)).map_err(|error| with_causes(&error))
        }
        _ if in_build => in_build::compile(compiler, rest, err).map_err(|error| with_causes(&error)),
        _ => return None,
    };
    match ended {
        Ok(exit_code) => Some(u8::try_from(exit_code).unwrap_or(u8::MAX)),
        Err(message) => {
            // Where standard error is gone, the exit code says it alone: cargo stops either way.
            let _ = writeln!(err, "error: archguard: {message}");
            Some(1)
        }
    }
}
