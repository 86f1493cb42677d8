//! The process that cargo starts in the compiler's place while `verify` runs.

use std::ffi::OsString;
use std::io::Write;
use std::path::Path;

use archguard_check::with_causes;
use archguard_evidence::compiler::{SESSION_VARIABLE, wrap};

/// Compiles and records if this process was started by cargo for `verify`; the exit code comes back. None for a process
/// that somebody started.
pub fn run_as_wrapper(arguments: impl IntoIterator<Item = OsString>, err: &mut dyn Write) -> Option<u8> {
    let session = std::env::var_os(SESSION_VARIABLE).filter(|session| !session.is_empty())?;
    let arguments: Vec<OsString> = arguments.into_iter().skip(1).collect();
    match wrap(arguments, Path::new(&session)) {
        Ok(exit_code) => Some(u8::try_from(exit_code).unwrap_or(u8::MAX)),
        Err(error) => {
            // Where standard error is gone, the exit code says it alone: cargo stops either way.
            let _ = writeln!(err, "error: archguard: {}", with_causes(&error));
            Some(1)
        }
    }
}
