//! Runs `schema`: the JSON Schema by which editors complete and check a file that this version reads. Needs no workspace.

use std::io::{self, Write};

use archguard_invariants::policy::format::PolicyFile;
use archguard_invariants::verdict::EXIT_CLEAN;

use crate::run::Ended;

/// Prints the schema of a file.
pub(crate) fn run(file: PolicyFile, out: &mut dyn Write) -> Ended {
    Ended {
        exit_code: EXIT_CLEAN,
        output: print(file, out),
    }
}

fn print(file: PolicyFile, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &file.json_schema())?;
    writeln!(out)
}
