//! The examples on the lints' pages do what the pages say: what is bad yields that lint and no other, what is good nothing.

use std::path::Path;

use archguard_lints::registered;

use crate::annotations::CRATE as ANNOTATIONS;
use crate::harness::new_lints;

/// The only code block of a language in a section of a page.
fn block<'p>(page: &'p str, section: &str, language: &str) -> &'p str {
    let (_, rest) = page
        .split_once(&format!("\n## {section}\n"))
        .expect("the section is there");
    let section = rest.split("\n## ").next().unwrap_or_default();
    let (_, rest) = section
        .split_once(&format!("```{language}\n"))
        .expect("it has such a block");
    rest.split("```").next().unwrap_or_default()
}

fn workspace(page: &str, section: &str) -> String {
    let (policy, code) = (block(page, section, "toml"), block(page, section, "rust"));
    // The crate is there for whoever depends on it.
    let annotations = if code.contains("archguard::") { ANNOTATIONS } else { "" };
    format!("//- archguard.toml\n{policy}{code}{annotations}")
}

fn pages() -> impl Iterator<Item = (&'static str, String)> {
    registered().map(|lint| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../docs/lints/{}.md", lint.id()));
        (lint.id(), std::fs::read_to_string(path).expect("every lint has a page"))
    })
}

#[test]
fn every_bad_example_yields_its_lint_and_no_other() {
    for (lint, page) in pages() {
        assert_eq!(new_lints(&workspace(&page, "Bad")), [lint]);
    }
}

#[test]
fn no_good_example_yields_anything() {
    for (lint, page) in pages() {
        assert_eq!(new_lints(&workspace(&page, "Good")), [] as [&str; 0], "{lint}");
    }
}

#[test]
fn pages_and_lints_are_the_same_list() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/lints");
    let files = std::fs::read_dir(directory).expect("the folder is there");
    let mut pages: Vec<String> = files
        .map(|file| file.expect("it can be read").file_name().to_string_lossy().into_owned())
        .collect();
    pages.sort();
    let mut lints: Vec<String> = registered().map(|lint| format!("{}.md", lint.id())).collect();
    lints.sort();
    assert_eq!(pages, lints);
}
