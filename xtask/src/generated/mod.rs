//! Files of the repository that are made from others: the schemas of the policy's files, the tables of the page on policies,
//! the transcripts of the page on builds, the copies of the lints' pages. `cargo xtask generate` writes them, `cargo xtask ci` fails where one is not as it would be written.

mod enforcing_page;
mod lint_pages;
mod marked;
mod policy_page;
mod schemas;
mod tables;

use crate::check::{Check, Outcome};
use crate::repository::Repository;

pub(crate) use marked::{filled, parts};

pub(crate) const CHECK: Check = Check {
    name: "generated files",
    run: check,
};

/// A file, and what it should hold.
struct Generated {
    path: String,
    text: String,
}

/// All of them.
fn all(repository: &Repository) -> Result<Vec<Generated>, String> {
    let mut files = schemas::files()?;
    files.push(policy_page::file(repository)?);
    files.push(enforcing_page::file(repository)?);
    files.extend(lint_pages::files(repository)?);
    Ok(files)
}

fn check(repository: &Repository) -> Outcome {
    let files = match all(repository) {
        Ok(files) => files,
        Err(fault) => return Outcome::Failed(vec![fault]),
    };
    let faults = files
        .iter()
        .filter_map(|file| fault(file, repository.read(&file.path).ok().as_deref()))
        .collect();
    Outcome::of(faults, files.len(), "files")
}

/// What is wrong with a file that holds this, if anything; with the first line that differs.
fn fault(file: &Generated, found: Option<&str>) -> Option<String> {
    let path = &file.path;
    let found = match found {
        Some(text) if text == file.text => return None,
        Some(text) => text,
        None => return Some(format!("{path} is not there: run `cargo xtask generate`")),
    };
    let mut lines = file.text.lines().zip(found.lines());
    let shorter = file.text.lines().count().min(found.lines().count());
    let line = lines.position(|(should, is)| should != is).unwrap_or(shorter);
    Some(format!(
        "{path}:{} is not as it should be: run `cargo xtask generate`",
        line + 1
    ))
}

/// Writes those that differ; returns the closing line.
pub(crate) fn write(repository: &Repository) -> Result<String, String> {
    let files = all(repository)?;
    let mut written = Vec::new();
    for file in &files {
        if fault(file, repository.read(&file.path).ok().as_deref()).is_some() {
            repository.write(&file.path, &file.text)?;
            written.push(file.path.as_str());
        }
    }
    Ok(match written.as_slice() {
        [] => format!("{} files, all as they should be", files.len()),
        written => format!("written: {}", written.join(", ")),
    })
}

#[cfg(test)]
mod tests {
    use super::{Generated, fault};

    #[test]
    fn what_differs_is_named_with_its_line() {
        let file = Generated {
            path: "a.md".to_owned(),
            text: "one\ntwo\nthree\n".to_owned(),
        };
        let at = |found| fault(&file, found).unwrap_or_default();
        assert_eq!(fault(&file, Some("one\ntwo\nthree\n")), None);
        assert!(at(Some("one\n2\nthree\n")).starts_with("a.md:2 "));
        assert!(at(Some("one\ntwo\n")).starts_with("a.md:3 "));
        assert!(at(Some("one\ntwo\nthree\nfour\n")).starts_with("a.md:4 "));
        assert!(at(None).starts_with("a.md is not there"));
    }
}
