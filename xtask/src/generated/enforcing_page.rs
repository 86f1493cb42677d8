//! `docs/enforcing.md`: what a build says is shown as the tests have seen it.

use std::collections::BTreeMap;

use super::Generated;
use super::marked::filled;
use crate::repository::Repository;

const PAGE: &str = "docs/enforcing.md";
const TRANSCRIPTS: &str = "cargo-archguard/tests/snapshots";
const WAYS: [&str; 2] = ["macro", "wrapper"];

/// The page with the transcripts.
pub(super) fn file(repository: &Repository) -> Result<Generated, String> {
    let mut parts = BTreeMap::new();
    for way in WAYS {
        let seen = repository.read(&format!("{TRANSCRIPTS}/enforced-by-{way}.txt"))?;
        let seen = seen.replace("[ROOT]", "/home/ada/shop");
        parts.insert(way.to_owned(), format!("\n```console\n{}\n```\n\n", seen.trim_end()));
    }
    let text = filled(&repository.read(PAGE)?, &parts).map_err(|fault| format!("{PAGE}{fault}"))?;
    Ok(Generated {
        path: PAGE.to_owned(),
        text,
    })
}
