//! What cargo starts in the compiler's place when a test has a fixture compiled.

use std::process::ExitCode;

use archguard_evidence::compiler::{SESSION_VARIABLE, wrap};

fn main() -> ExitCode {
    let session = std::env::var_os(SESSION_VARIABLE).unwrap_or_default();
    match wrap(std::env::args_os().skip(1).collect(), session.as_ref()) {
        Ok(exit_code) => ExitCode::from(u8::try_from(exit_code).unwrap_or(u8::MAX)),
        Err(error) => {
            let causes = std::iter::successors(Some(&error as &dyn std::error::Error), |&cause| cause.source());
            let causes: Vec<String> = causes.map(ToString::to_string).collect();
            // Standard error is what cargo shows of a unit that failed.
            let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("{}\n", causes.join(": ")).as_bytes());
            ExitCode::FAILURE
        }
    }
}
