//! What can go wrong while the table is made. Nothing here is repaired: a table made from half the pages is worse than none.

use std::path::PathBuf;

/// Why no table was made, or why it differs.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StdTableError {
    #[error("unknown argument `{0}`; the only one is --check")]
    Argument(String),
    #[error("the toolchain's documentation is not installed: no {} (add it with: rustup component add rust-docs)", .0.display())]
    NoDocumentation(PathBuf),
    #[error("no compiled crate `{name}` under {}", .directory.display())]
    NoCompiledCrate { name: &'static str, directory: PathBuf },
    #[error("{} could not be read", .path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("{} could not be written", .path.display())]
    Write { path: PathBuf, source: std::io::Error },
    #[error("rustc could not be run")]
    Start(#[source] std::io::Error),
    #[error("rustc {arguments} failed: {message}")]
    Rustc { arguments: String, message: String },
    #[error("the pages are not as expected: {0}")]
    Unexpected(String),
    #[error("{} is not what this toolchain gives (first difference in line {line}); run: cargo xtask std-table", .path.display())]
    Outdated { path: PathBuf, line: usize },
}

/// Reads a file as text, with its path in the error.
pub(crate) fn read(path: &std::path::Path) -> Result<String, StdTableError> {
    std::fs::read_to_string(path).map_err(|source| StdTableError::Read {
        path: path.to_owned(),
        source,
    })
}
