//! Copies of the lints' pages in the crate that prints them: a crate that is published can only include what lies in it.
//! People read and change the pages in `docs/lints`.

use super::Generated;
use crate::repository::Repository;

const PAGES: &str = "docs/lints";
const COPIES: &str = "cargo-archguard/pages";

/// A copy of each page; an error for a copy of which there is no page.
pub(super) fn files(repository: &Repository) -> Result<Vec<Generated>, String> {
    let pages = repository.stems(PAGES, "md")?;
    if repository.exists(COPIES) {
        let copies = repository.stems(COPIES, "md")?;
        if let Some(stray) = copies.iter().find(|copy| !pages.contains(copy)) {
            return Err(format!(
                "{COPIES}/{stray}.md is a copy of no page in {PAGES}: remove it"
            ));
        }
    }
    let copy = |page: &String| {
        Ok(Generated {
            path: format!("{COPIES}/{page}.md"),
            text: repository.read(&format!("{PAGES}/{page}.md"))?,
        })
    };
    pages.iter().map(copy).collect()
}
