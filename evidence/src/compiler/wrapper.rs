//! The compiler's wrapper: compiles as asked, and for units of the workspace has the compiler say what it knows. Cargo
//! starts it in the compiler's place; a unit without its record is a unit that failed.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::{env, fs, io};

use thiserror::Error;

use super::calibrate::{self, CalibrationError};
use super::interfaces::{self, Conditions};
use super::invocation::Invocation;
use super::session::Session;
use super::store::{self, Mode, Stored, Unit};
use super::witness::{WitnessError, witness};

/// Why a unit has no record.
#[derive(Debug, Error)]
pub enum WrapperError {
    /// The wrapper was started by hand.
    #[error("no compiler to run was named: this is for cargo to start")]
    NoCompiler,
    /// The session cannot be read.
    #[error("the session `{path}` cannot be read")]
    Session {
        /// Its file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The compiler could not be run at all.
    #[error("`{program}` cannot be run")]
    Start {
        /// The compiler, or the wrapper in front of it.
        program: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The compiler is one that this tool does not understand.
    #[error(transparent)]
    Calibration(#[from] CalibrationError),
    /// The compiler could not be asked about the unit.
    #[error("`{crate_name}` could not be read by the compiler's eyes")]
    Witness {
        /// The unit.
        crate_name: String,
        /// Why.
        #[source]
        source: WitnessError,
    },
    /// What the compiler said could not be kept.
    #[error("what the compiler said of `{crate_name}` could not be kept")]
    Keep {
        /// The unit.
        crate_name: String,
        /// Why.
        #[source]
        source: io::Error,
    },
}

/// Does what cargo wants of the compiler. `arguments` begin with the compiler; the answer is the exit code.
pub fn wrap(arguments: Vec<OsString>, session: &Path) -> Result<i32, WrapperError> {
    let mut arguments = arguments.into_iter();
    let compiler = arguments.next().ok_or(WrapperError::NoCompiler)?;
    let arguments: Vec<OsString> = arguments.collect();
    let session = Session::read(session).map_err(|source| WrapperError::Session {
        path: session.to_path_buf(),
        source,
    })?;
    let directory = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let invocation = Invocation::parse(&expanded(&arguments));
    if !session.covers(directory.as_deref()) {
        // What compiles nothing is asked of the compiler itself.
        let own = session
            .wrapper_of_dependencies
            .as_deref()
            .filter(|_| invocation.is_some());
        let status = run(own, &compiler, &arguments)?;
        return Ok(exit_code(status));
    }
    let status = run(None, &compiler, &arguments)?;
    let Some(invocation) = invocation.filter(|_| status.success()) else {
        return Ok(exit_code(status));
    };
    record(&compiler, &invocation, &session)?;
    Ok(0)
}

fn record(compiler: &OsStr, invocation: &Invocation, session: &Session) -> Result<(), WrapperError> {
    let compiler_version = calibrate::version_of_trusted(compiler, &session.folder)?;
    let crate_name = || invocation.crate_name.clone();
    let not_kept = |source| WrapperError::Keep {
        crate_name: crate_name(),
        source,
    };
    let dep_info = store::dep_info_of(invocation);
    let directory = env::current_dir().map_err(not_kept)?;
    let files_read = store::files_read(&dep_info, &directory).map_err(not_kept)?;
    let conditions = Conditions {
        is_test: invocation.is_test,
        features: &invocation.features,
    };
    let mode = match session.mode {
        Mode::Needed if !interfaces::stand_in_the_source(&files_read, conditions) => Mode::Everything,
        mode => mode,
    };
    let record = witness(compiler, &invocation.kept, mode).map_err(|source| WrapperError::Witness {
        crate_name: crate_name(),
        source,
    })?;
    let unit = Unit {
        crate_name: crate_name(),
        root: directory.join(&invocation.root),
        is_test: invocation.is_test,
        features: invocation.features.clone(),
        platform: invocation.platform.clone(),
        compiler: compiler_version,
        files_read,
        directory,
    };
    let path = store::path_of(
        &invocation.out_directory,
        &invocation.crate_name,
        &invocation.extra_filename,
    );
    store::write(&path, &Stored { unit, mode, record })
        .and_then(|()| store::watch(&dep_info, &[&path]))
        .map_err(not_kept)
}

fn run(wrapper: Option<&Path>, compiler: &OsStr, arguments: &[OsString]) -> Result<ExitStatus, WrapperError> {
    let mut command = match wrapper {
        Some(wrapper) => {
            let mut command = Command::new(wrapper);
            command.arg(compiler);
            command
        }
        None => Command::new(compiler),
    };
    command.args(arguments);
    command.status().map_err(|source| WrapperError::Start {
        program: command.get_program().to_string_lossy().into_owned(),
        source,
    })
}

fn exit_code(status: ExitStatus) -> i32 {
    // Ended by a signal: an error without a number of its own.
    status.code().unwrap_or(1)
}

/// Arguments that cargo has put into a file because the line would have become too long.
pub(super) fn expanded(arguments: &[OsString]) -> Vec<OsString> {
    let mut all = Vec::with_capacity(arguments.len());
    for argument in arguments {
        let file = argument.to_str().and_then(|text| text.strip_prefix('@'));
        match file.map(fs::read_to_string) {
            Some(Ok(lines)) => all.extend(lines.lines().map(OsString::from)),
            _ => all.push(argument.clone()),
        }
    }
    all
}
