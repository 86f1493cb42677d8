//! The installed toolchain: its version, its documentation, its compiled crates. Reads no page itself.

use super::error::StdTableError;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The crates of the table. The order is the order of trust for what a page shows: `std`'s pages list the
/// implementations of all crates below it.
pub(crate) const CRATES: [&str; 5] = ["std", "alloc", "core", "proc_macro", "test"];

/// One installed toolchain.
pub(crate) struct Toolchain {
    /// What `rustc --version` prints.
    pub(crate) version: String,
    /// The folder with one folder of pages per crate.
    pub(crate) pages: PathBuf,
    libraries: PathBuf,
}

impl Toolchain {
    /// Finds the toolchain that `rustc` stands for.
    pub(crate) fn locate() -> Result<Toolchain, StdTableError> {
        let version = rustc(&["--version"])?.trim().to_owned();
        let sysroot = PathBuf::from(rustc(&["--print", "sysroot"])?.trim());
        let libraries = PathBuf::from(rustc(&["--print", "target-libdir"])?.trim());
        Ok(Toolchain {
            version,
            pages: sysroot.join("share/doc/rust/html"),
            libraries,
        })
    }

    /// The first crate whose documentation is missing, if any.
    pub(crate) fn missing_pages(&self) -> Option<PathBuf> {
        CRATES
            .iter()
            .map(|name| self.pages.join(name).join("index.html"))
            .find(|index| !index.is_file())
    }

    /// The compiler's own list of a compiled crate's items.
    pub(crate) fn list_items(&self, name: &'static str) -> Result<String, StdTableError> {
        let metadata = self.compiled(name)?;
        rustc(&["-Zls=items", &metadata.to_string_lossy()])
    }

    // Of the two forms on disk only the bare metadata serves: the archive makes `-Zls` panic.
    fn compiled(&self, name: &'static str) -> Result<PathBuf, StdTableError> {
        let missing = || StdTableError::NoCompiledCrate {
            name,
            directory: self.libraries.clone(),
        };
        let entries = std::fs::read_dir(&self.libraries).map_err(|_| missing())?;
        let prefix = format!("lib{name}-");
        let fits = |path: &Path| {
            path.extension().is_some_and(|extension| extension == "rmeta")
                && path
                    .file_name()
                    .is_some_and(|file| file.to_string_lossy().starts_with(&prefix))
        };
        entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| fits(path))
            .min()
            .ok_or_else(missing)
    }
}

/// The compiler's tree of a source text, its paths resolved. What does not resolve shows as an error in the tree, so
/// the compiler's own verdict on the text does not matter here.
pub(crate) fn resolve_imports(source: &str) -> Result<String, StdTableError> {
    let mut child = command()
        .args([
            "--edition",
            "2021",
            "--crate-name",
            "probe",
            "--crate-type",
            "lib",
            "-Zunpretty=hir-tree",
            "-",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(StdTableError::Start)?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(source.as_bytes()).map_err(StdTableError::Start)?;
    }
    let output = child.wait_with_output().map_err(StdTableError::Start)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn command() -> Command {
    let mut command = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    command.env("RUSTC_BOOTSTRAP", "1");
    command
}

fn rustc(arguments: &[&str]) -> Result<String, StdTableError> {
    let program = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(program)
        .args(arguments)
        .env("RUSTC_BOOTSTRAP", "1")
        .output()
        .map_err(StdTableError::Start)?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(StdTableError::Rustc {
            arguments: arguments.join(" "),
            message,
        })
    }
}
