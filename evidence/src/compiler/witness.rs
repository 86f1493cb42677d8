//! Asks the compiler what it knows of a unit. It is run as for the build, once for each output, and writes nothing; what it
//! prints is read while it comes.

use std::ffi::{OsStr, OsString};
use std::io::{self, BufReader, Read};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

use thiserror::Error;

use super::record::{Record, RecordBuilder};
use super::store::Mode;
use super::text::{Bodies, Items, ReadError, Reader, read_lines};

/// Why the compiler could not be asked.
#[derive(Debug, Error)]
pub enum WitnessError {
    /// It could not be run.
    #[error("the compiler `{program}` cannot be run")]
    Start {
        /// The compiler.
        program: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// It ended in an error.
    #[error("the compiler ends with {status} when asked for `{output}`: {message}")]
    Failed {
        /// What was asked for.
        output: &'static str,
        /// How it ended.
        status: ExitStatus,
        /// What it said.
        message: String,
    },
    /// What it printed is not as this tool knows it.
    #[error("what the compiler prints for `{output}` cannot be read")]
    Unreadable {
        /// What was asked for.
        output: &'static str,
        /// Why.
        #[source]
        source: ReadError,
    },
}

/// How much of what the compiler says about an error is kept.
const MESSAGE_LENGTH: usize = 4_000;
/// As much as is read from the compiler at once.
const BUFFER: usize = 1 << 18;

/// Has the compiler say what it knows, with arguments that say how to compile.
pub(super) fn witness(compiler: &OsStr, arguments: &[OsString], mode: Mode) -> Result<Record, WitnessError> {
    let mut record = RecordBuilder::default();
    ask(compiler, arguments, "thir-flat", &mut Bodies::new(&mut record))?;
    if mode == Mode::Everything {
        ask(compiler, arguments, "hir-tree", &mut Items::new(&mut record))?;
    }
    Ok(record.finish())
}

fn ask(
    compiler: &OsStr,
    arguments: &[OsString],
    output: &'static str,
    reader: &mut impl Reader,
) -> Result<(), WitnessError> {
    let mut child = start(compiler, arguments, output)?;
    let printed = child.stdout.take();
    let said = child.stderr.take();
    let listener = std::thread::spawn(move || {
        let mut text = Vec::new();
        // What cannot be read is not said; how the compiler ended is known all the same.
        let _ = said.map(|mut said| said.read_to_end(&mut text));
        text
    });
    let read = printed.map_or(Ok(0), |printed| read_lines(buffered(printed), reader));
    let status = child.wait().map_err(|source| not_started(compiler, source))?;
    let said = listener.join().unwrap_or_default();
    if !status.success() {
        let message = String::from_utf8_lossy(&said);
        return Err(WitnessError::Failed {
            output,
            status,
            message: message.trim().chars().take(MESSAGE_LENGTH).collect(),
        });
    }
    match read {
        Ok(_) => Ok(()),
        Err(source) => Err(WitnessError::Unreadable { output, source }),
    }
}

fn start(compiler: &OsStr, arguments: &[OsString], output: &str) -> Result<Child, WitnessError> {
    Command::new(compiler)
        .args(arguments)
        .arg(format!("-Zunpretty={output}"))
        .env("RUSTC_BOOTSTRAP", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|source| not_started(compiler, source))
}

fn not_started(compiler: &OsStr, source: io::Error) -> WitnessError {
    WitnessError::Start {
        program: compiler.to_string_lossy().into_owned(),
        source,
    }
}

fn buffered(printed: ChildStdout) -> BufReader<ChildStdout> {
    BufReader::with_capacity(BUFFER, printed)
}
