//! Every policy of this repository that the reader takes is one by the schema.

use std::path::{Path, PathBuf};

use archguard_invariants::policy::Policy;
use archguard_invariants::policy::format::PolicyFile;

use super::keeps;

/// Folders with policies, and how many there are at least.
const FOLDERS: [(&str, usize); 4] = [
    ("examples", 4),
    ("tests/corpus/policies", 10),
    ("tests/corpus/published/policies", 4),
    ("tests/bypasses", 2),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The files of TOML in a folder and the folders in it, what cargo reads and writes apart.
fn files_of_toml(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if !name.starts_with('.') && name != "target" {
                files_of_toml(&path, found);
            }
        } else if path.extension().is_some_and(|it| it == "toml") && name != "Cargo.toml" {
            found.push(path);
        }
    }
}

/// Whether the reader takes a text; then the schema must.
fn is_one(text: &str) -> bool {
    let is_read = Policy::read("archguard.toml", text).is_ok();
    if is_read {
        keeps(PolicyFile::Policy, text);
    }
    is_read
}

#[test]
fn policies_of_examples_and_corpus_keep_to_the_schema() {
    for (folder, least) in FOLDERS {
        let mut files = Vec::new();
        files_of_toml(&root().join(folder), &mut files);
        let read = files
            .iter()
            .filter(|file| is_one(&std::fs::read_to_string(file).expect("it is text")))
            .count();
        assert!(read >= least, "{folder}: {read} of {files:?}");
    }
    let own = std::fs::read_to_string(root().join("archguard.toml")).expect("it is there");
    assert!(is_one(&own), "the repository's own");
}

/// The blocks of TOML in a page: those that are whole policies, and the others.
fn blocks(page: &str) -> (Vec<&str>, Vec<&str>) {
    let blocks = page.split("\n```").filter_map(|block| block.split_once('\n'));
    let mut policies = Vec::new();
    let mut fragments = Vec::new();
    for (language, text) in blocks {
        match language {
            "toml" => policies.push(text),
            "toml fragment" => fragments.push(text),
            _ => {}
        }
    }
    (policies, fragments)
}

#[test]
fn policies_on_the_pages_keep_to_the_schema() {
    let mut pages = vec![root().join("README.md")];
    for folder in ["docs", "docs/lints"] {
        let entries = std::fs::read_dir(root().join(folder)).expect("the folder is there");
        pages.extend(entries.map(|entry| entry.expect("it can be read").path()));
    }
    let (mut policies, mut fragments) = (0, 0);
    for page in pages
        .iter()
        .filter(|page| page.extension().is_some_and(|it| it == "md"))
    {
        let text = std::fs::read_to_string(page).expect("it is text");
        let (whole, parts) = blocks(&text);
        policies += whole.iter().filter(|text| is_one(text)).count();
        for part in &parts {
            keeps(PolicyFile::Package, part);
        }
        fragments += parts.len();
    }
    assert!(policies >= 40, "{policies} policies");
    assert!(fragments >= 1, "{fragments} fragments");
}
