//! Every lint has a judge, a test file and a page of its name, and the pages keep their form.

use std::path::{Path, PathBuf};

use archguard_invariants::policy::Policy;
use archguard_lints::registered;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The code blocks of one language in a section of a page.
fn blocks<'p>(page: &'p str, section: &str, language: &str) -> Vec<&'p str> {
    let heading = format!("\n## {section}\n");
    let (_, rest) = page
        .split_once(heading.as_str())
        .unwrap_or_else(|| panic!("there is a section {section}"));
    let text = rest.split("\n## ").next().unwrap_or_default();
    let opening = format!("```{language}\n");
    let blocks = text.split(opening.as_str()).skip(1);
    blocks
        .map(|block| block.split("```").next().unwrap_or_default())
        .collect()
}

#[test]
fn every_lint_has_a_judge_a_test_and_a_page_of_its_name() {
    for lint in registered() {
        let file = lint.id().replace('-', "_");
        let expected = [
            format!("lints/src/judges/{file}.rs"),
            format!("lints/tests/it/{file}.rs"),
            format!("docs/lints/{}.md", lint.id()),
        ];
        for path in expected {
            assert!(repository().join(&path).is_file(), "{path} is missing");
        }
    }
    let pages = std::fs::read_dir(repository().join("docs/lints"))
        .expect("the folder is there")
        .count();
    assert_eq!(pages, registered().count(), "pages without a lint");
}

#[test]
fn every_page_has_a_bad_and_a_good_workspace_with_a_policy_that_reads() {
    for lint in registered() {
        let path = repository().join(format!("docs/lints/{}.md", lint.id()));
        let page = std::fs::read_to_string(path).expect("the page is there");
        assert!(
            page.starts_with(&format!("# {}\n", lint.id())),
            "{} has its id as title",
            lint.id()
        );
        for heading in ["What it reports", "Why", "How to fix"] {
            assert!(
                page.contains(&format!("\n## {heading}\n")),
                "{} says: {heading}",
                lint.id()
            );
        }
        for section in ["Bad", "Good"] {
            let [policy] = blocks(&page, section, "toml")[..] else {
                panic!("{}: one policy under {section}", lint.id());
            };
            assert_eq!(
                Policy::read("archguard.toml", policy).map(|_| ()),
                Ok(()),
                "{}",
                lint.id()
            );
            let [code] = blocks(&page, section, "rust")[..] else {
                panic!("{}: one workspace under {section}", lint.id());
            };
            assert!(
                code.starts_with("//- ") && code.contains("//- src/lib.rs\n"),
                "{}",
                lint.id()
            );
        }
        let both = |section| [blocks(&page, section, "toml"), blocks(&page, section, "rust")];
        assert_ne!(both("Bad"), both("Good"), "{}", lint.id());
    }
}
