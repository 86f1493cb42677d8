//! Whether a compiler is understood: a small crate with known references is read through the same path as everybody's code,
//! and exactly those have to be found. A compiler whose text has changed ends here, never in a pass.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;
use std::{fs, io};

use thiserror::Error;

use super::record::Record;
use super::store::Mode;
use super::witness::{WitnessError, witness};

/// The probe's two crates, and what has to be seen in the second.
const DRIVER: &str = include_str!("probe/driver.rs");
const PROBE: &str = include_str!("probe/probe.rs");
const EXPECTED: &str = include_str!("probe/expected.txt");

/// How many differences a message names.
const SHOWN: usize = 5;

/// Why a compiler is not believed.
#[derive(Debug, Error)]
pub enum CalibrationError {
    /// The probe could not be compiled or read.
    #[error("{compiler} could not be tried out on the probe")]
    NotTried {
        /// The compiler's version.
        compiler: String,
        /// Why.
        #[source]
        source: TrialError,
    },
    /// It says other things of the probe than what is there.
    #[error("{compiler} is not understood by this version of archguard: of a known crate it {differences}")]
    NotUnderstood {
        /// The compiler's version.
        compiler: String,
        /// What is missing and what should not be there.
        differences: String,
    },
}

/// What went wrong with the probe.
#[derive(Debug, Error)]
pub enum TrialError {
    /// Files or processes.
    #[error("the probe could not be written or compiled")]
    Io(#[from] io::Error),
    /// The compiler refused the probe's first crate.
    #[error("the probe does not compile: {0}")]
    Refused(String),
    /// The compiler could not be asked about it.
    #[error(transparent)]
    Witness(#[from] WitnessError),
}

/// The version of a compiler that is understood: from what is known of it, else by trying it.
pub(super) fn version_of_trusted(compiler: &OsStr, folder: &Path) -> Result<String, CalibrationError> {
    let known = folder.join(format!("compiler-{}", key(compiler)));
    if let Ok(version) = fs::read_to_string(&known)
        && !version.is_empty()
    {
        return Ok(version);
    }
    let version = version(compiler);
    let found = try_out(compiler).map_err(|source| CalibrationError::NotTried {
        compiler: version.clone(),
        source,
    })?;
    let expected: BTreeSet<String> = EXPECTED.lines().map(str::to_owned).collect();
    if found != expected {
        return Err(CalibrationError::NotUnderstood {
            compiler: version,
            differences: differences(&expected, &found),
        });
    }
    // Trying it again costs a fifth of a second; that it could not be noted is no reason to stop.
    let _ = note(&known, &version);
    Ok(version)
}

fn note(known: &Path, version: &str) -> io::Result<()> {
    let folder = known.parent().unwrap_or(Path::new("."));
    let file = tempfile::NamedTempFile::new_in(folder)?;
    fs::write(file.path(), version)?;
    file.persist(known).map(drop).map_err(|error| error.error)
}

/// What tells one compiler, and one tool, from another without running them.
fn key(compiler: &OsStr) -> String {
    let path = which(compiler);
    let described = fs::metadata(&path).ok().map(|data| {
        let changed = data.modified().ok();
        let since = changed.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        (data.len(), since.map(|since| since.as_nanos()))
    });
    let toolchain = std::env::var_os("RUSTUP_TOOLCHAIN");
    let text = format!(
        "{} {described:?} {toolchain:?} {} {EXPECTED}",
        path.display(),
        env!("CARGO_PKG_VERSION")
    );
    blake3::hash(text.as_bytes()).to_hex()[..16].to_owned()
}

/// The file behind a program's name.
fn which(program: &OsStr) -> PathBuf {
    let path = Path::new(program);
    if path.components().count() > 1 {
        return path.to_path_buf();
    }
    let directories = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&directories).map(|directory| directory.join(program));
    found
        .into_iter()
        .find(|file| file.is_file())
        .unwrap_or_else(|| path.to_path_buf())
}

fn version(compiler: &OsStr) -> String {
    let output = Command::new(compiler).arg("--version").output();
    match output {
        Ok(output) if output.status.success() => String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        _ => format!("the compiler `{}`", compiler.to_string_lossy()),
    }
}

/// Compiles the probe and says what was seen in it, a line each.
fn try_out(compiler: &OsStr) -> Result<BTreeSet<String>, TrialError> {
    let directory = tempfile::tempdir()?;
    let file = |name: &str, text: &str| -> io::Result<PathBuf> {
        let path = directory.path().join(name);
        fs::write(&path, text)?;
        Ok(path)
    };
    let driver = file("driver.rs", DRIVER)?;
    let probe = file("probe.rs", PROBE)?;
    let common = ["--edition=2021", "--crate-type=lib", "--cap-lints=allow"];
    let library_built = Command::new(compiler)
        .args(common)
        .args(["--crate-name=driver", "--emit=metadata", "--out-dir"])
        .arg(directory.path())
        .arg(&driver)
        .output()?;
    if !library_built.status.success() {
        let message = String::from_utf8_lossy(&library_built.stderr);
        return Err(TrialError::Refused(message.trim().to_owned()));
    }
    let mut arguments: Vec<OsString> = common.iter().map(OsString::from).collect();
    arguments.push("--crate-name=probe".into());
    let mut library = OsString::from("--extern=driver=");
    library.push(directory.path().join("libdriver.rmeta"));
    arguments.push(library);
    arguments.push(probe.into());
    Ok(lines(&witness(compiler, &arguments, Mode::Everything)?))
}

/// What was seen of the probe's own crates. What the standard library is made of differs between compilers.
fn lines(record: &Record) -> BTreeSet<String> {
    let name = |definition: u32| {
        let definition = &record.definitions[definition as usize];
        let krate = &record.crates[definition.krate as usize].name;
        format!("{krate}::{}", definition.path)
    };
    let is_own = |line: &String| {
        [" driver::", " probe::", " core::ops::"]
            .iter()
            .any(|part| line.contains(part))
    };
    let references = record.references.iter().map(|seen| {
        let at = seen.place.map(|at| format!("{}:{}", at.line, at.column));
        format!(
            "{:?} {} of {} at {}{}{}",
            seen.kind,
            name(seen.target),
            name(seen.owner).trim_start_matches("probe::"),
            at.as_deref().unwrap_or("-"),
            if seen.from_macro { " macro" } else { "" },
            if seen.in_body { " body" } else { "" },
        )
    });
    let blocks = record.impls.iter().map(|block| {
        let part = |part: Option<u32>| part.map_or_else(|| "-".to_owned(), name);
        format!(
            "impl {} {}",
            name(block.block).trim_start_matches("probe::"),
            part(block.self_type)
        )
    });
    references.chain(blocks).filter(is_own).collect()
}

fn differences(expected: &BTreeSet<String>, found: &BTreeSet<String>) -> String {
    let part = |what: &str, lines: Vec<&String>| {
        let more = lines.len().saturating_sub(SHOWN);
        let shown: Vec<String> = lines.into_iter().take(SHOWN).map(|line| format!("`{line}`")).collect();
        let rest = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        (!shown.is_empty()).then(|| format!("{what} {}{rest}", shown.join(", ")))
    };
    let missing = part("does not say", expected.difference(found).collect());
    let surplus = part("says", found.difference(expected).collect());
    [missing, surplus]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("; it ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_compiler_is_understood() {
        let folder = tempfile::tempdir().expect("a directory");
        let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let version = version_of_trusted(&compiler, folder.path()).expect("understood");
        assert!(version.starts_with("rustc "), "{version}");
        let kept = fs::read_dir(folder.path()).expect("readable").count();
        assert_eq!(kept, 1, "what was found out is kept");
    }

    #[test]
    fn a_program_that_is_no_compiler_is_not_believed() {
        let folder = tempfile::tempdir().expect("a directory");
        let error = version_of_trusted(OsStr::new("true"), folder.path()).expect_err("not a compiler");
        assert!(error.to_string().contains("true"), "{error}");
        assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 0);
    }

    #[test]
    fn differences_name_both_sides() {
        let set = |lines: &[&str]| lines.iter().map(|&line| line.to_owned()).collect();
        assert_eq!(
            differences(&set(&["a", "b"]), &set(&["b", "c"])),
            "does not say `a`; it says `c`"
        );
    }
}
