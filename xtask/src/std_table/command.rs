//! The task itself: make the table and write it, or compare it with the one in the repository.

use super::arch;
use super::definitions::{Definitions, Sources};
use super::error::{StdTableError, read};
use super::items::Items;
use super::listing::Listing;
use super::probe::Probed;
use super::redirects::Redirects;
use super::toolchain::{CRATES, Toolchain};
use super::write;
use std::path::{Path, PathBuf};

/// Runs `cargo xtask std-table` with the arguments after the task's name; returns what to tell.
pub(crate) fn run(arguments: &[&str]) -> Result<String, StdTableError> {
    match arguments {
        [] => write_table(),
        ["--check"] => check_table(),
        [argument, ..] => Err(StdTableError::Argument((*argument).to_owned())),
    }
}

fn data_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../evidence/data/std.txt")
}

fn write_table() -> Result<String, StdTableError> {
    let toolchain = Toolchain::locate()?;
    let text = make(&toolchain)?;
    let path = data_file();
    std::fs::write(&path, &text).map_err(|source| StdTableError::Write { path, source })?;
    Ok(format!(
        "std-table: {} lines, {} KB, from {}",
        text.lines().count(),
        text.len() / 1024,
        toolchain.version
    ))
}

fn check_table() -> Result<String, StdTableError> {
    let toolchain = Toolchain::locate()?;
    let path = data_file();
    let known = read(&path)?;
    let made_from = known.lines().nth(1).unwrap_or_default();
    if made_from != toolchain.version {
        return Ok(format!(
            "std-table: skipped, the table is from {made_from}, this is {}",
            toolchain.version
        ));
    }
    if let Some(missing) = toolchain.missing_pages() {
        return Ok(format!(
            "std-table: skipped, the documentation is not installed: no {}",
            missing.display()
        ));
    }
    let made = make(&toolchain)?;
    if made == known {
        return Ok(format!("std-table: up to date with {made_from}"));
    }
    let same = made
        .lines()
        .zip(known.lines())
        .take_while(|(left, right)| left == right)
        .count();
    Err(StdTableError::Outdated { path, line: same + 1 })
}

fn make(toolchain: &Toolchain) -> Result<String, StdTableError> {
    if let Some(missing) = toolchain.missing_pages() {
        return Err(StdTableError::NoDocumentation(missing));
    }
    let (mut listing, mut redirects, mut items) = (Listing::default(), Redirects::default(), Vec::new());
    for name in CRATES {
        listing.read_crate(&toolchain.pages, name)?;
        redirects.read_crate(&toolchain.pages, name)?;
        items.push(Items::parse(name, &toolchain.list_items(name)?));
    }
    listing.add_hidden();
    let probed = Probed::resolve(&listing)?;
    let sources = Sources {
        pages: &toolchain.pages,
        listing: &listing,
        redirects: &redirects,
        probed: &probed,
        items: &items,
    };
    let definitions = Definitions::join(&sources)?;
    Ok(write::table(
        &toolchain.version,
        &definitions,
        &arch::section(&listing, &redirects),
    ))
}
