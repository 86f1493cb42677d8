//! `schema`: prints what is published. No workspace is needed.

use std::path::Path;

use crate::process::{exit_of, run, text};

/// What stands on the line behind `schema`, and the file that must be printed.
const PUBLISHED: [(&[&str], &str); 5] = [
    (&[], "policy-1.json"),
    (&["policy"], "policy-1.json"),
    (&["package"], "policy-package-1.json"),
    (&["exceptions"], "policy-exceptions-1.json"),
    (&["baseline"], "policy-baseline-1.json"),
];

#[test]
fn what_is_printed_is_what_is_published() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schema");
    let nowhere = tempfile::tempdir().unwrap();
    for (file, published) in PUBLISHED {
        let output = run(nowhere.path(), &[&["schema"], file].concat());
        assert_eq!((exit_of(&output), text(&output.stderr)), (0, String::new()), "{file:?}");
        let published = std::fs::read_to_string(docs.join(published)).unwrap();
        assert_eq!(text(&output.stdout), published, "{file:?}");
    }
}

#[test]
fn a_file_of_which_there_is_none_is_refused() {
    let output = run(Path::new("."), &["schema", "lints"]);
    assert_eq!((exit_of(&output), text(&output.stdout)), (2, String::new()));
    assert!(text(&output.stderr).contains("[possible values: policy, package, exceptions, baseline]"));
}
