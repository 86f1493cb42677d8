//! Lines of the catalogue that are no finding in code: what a build says of them, and of which it can say nothing.

use super::build::{By, Bypasses, Told};
use super::page;

const BOTH: [By; 2] = [By::Wrapper, By::Macro];

/// That the page says so of these lines too.
fn page_says(lines: &[u32], word: &str) {
    for &line in lines {
        assert_eq!(page::in_the_build(line), word, "line {line} of docs/threat-model.md");
    }
}

/// What a failed build says besides findings, all in one.
fn said(by: By, told: &Told) -> String {
    assert!(!told.is_built, "{by:?}");
    told.otherwise.concat()
}

#[test]
fn line_43_what_does_not_parse_fails_the_build_and_the_wrapper_says_what_was_not_read() {
    for by in BOTH {
        let told = Bypasses::new(by).build_in("broken/");
        assert!(said(by, &told).contains("src/w43_broken.rs:"), "{by:?}: {told:?}");
        let found: Vec<&str> = told.seen.iter().map(|seen| seen.rule.as_str()).collect();
        // The compiler gives up before it expands the macro.
        let expected: &[&str] = if by == By::Wrapper { &["no-process"] } else { &[] };
        assert_eq!(found, expected, "{by:?}");
    }
    page_says(&[43], page::YES);
}

#[test]
fn lines_41_and_44_are_problems_of_every_crate() {
    let fragment = include_str!("../../../../tests/bypasses/domain/w44_fragment.toml");
    let exception = "version = 1\n[[except]]\nrule = \"raw-sql\"\nfrom = \"domain::w01_use\"\nuntil = \"2999-01-31\"\n";
    for by in BOTH {
        for (file, text) in [
            ("domain/archguard.toml", fragment),
            ("archguard.exceptions.toml", exception),
        ] {
            let bypasses = Bypasses::new(by);
            bypasses.append(file, text);
            assert!(
                said(by, &bypasses.build()).contains(&format!("--> {file}:")),
                "{by:?} {file}"
            );
        }
    }
    page_says(&[41, 44], page::YES);
}

/// Other builds compile another workspace of the repository. The wrapper's line above it counts there too, and asks for a policy;
/// of the macro nothing is known there. `check` names the workspace, and `[policy] workspaces` takes it in.
#[test]
fn line_47_another_workspace_is_not_built_with_this_one() {
    let told = Bypasses::new(By::Wrapper).build_in("other_workspace/");
    assert!(said(By::Wrapper, &told).contains("error[no-policy]"), "{told:?}");
    let told = Bypasses::new(By::Macro).build_in("other_workspace/");
    assert!(told.is_built, "{told:?}");
    page_says(&[47], page::IN_PART);
}

/// Line 40: who rewrites the judge is judged by the new one. `--base` asks the old one.
#[test]
fn line_40_a_rewritten_policy_is_the_policy_of_the_build() {
    for by in BOTH {
        let bypasses = Bypasses::new(by);
        bypasses.edit(
            "archguard.toml",
            "[sets]\ndrivers = [\"driver\"]",
            "[sets]\ndrivers = [\"neutral\"]",
        );
        let told = bypasses.build();
        assert!(
            !told.seen.iter().any(|seen| seen.file.starts_with("renamed_domain/")),
            "{by:?}: {told:?}"
        );
    }
    page_says(&[40], page::NO);
}

/// Lines 45 and 46: a build without the wrapper is a build without the wrapper, by a variable or by a file; and a crate that
/// no longer calls the macro tells nothing of itself. The command judges all of them.
#[test]
fn lines_45_and_46_what_is_switched_off_is_silent() {
    let bypasses = Bypasses::new(By::Wrapper).under(&[("RUSTC_WORKSPACE_WRAPPER", "")]);
    let told = bypasses.build();
    assert!(told.is_built, "{told:?}");
    assert!(!bypasses.check().is_empty());
    let bypasses = Bypasses::new(By::Macro);
    for root in ["app/src/lib.rs", "renamed_domain/src/lib.rs"] {
        bypasses.edit(root, "archguard::enforce!();", "");
    }
    let told = bypasses.build();
    let files = |told: &std::collections::BTreeSet<super::judged::Seen>, folder: &str| {
        told.iter().filter(|seen| seen.file.starts_with(folder)).count()
    };
    for folder in ["app/", "renamed_domain/"] {
        assert_eq!(files(&told.seen, folder), 0, "{folder} {told:?}");
        assert_ne!(files(&bypasses.check(), folder), 0, "{folder}");
    }
    page_says(&[45, 46], page::NO);
}

/// A crate below that does not call the macro is told of by the one above it that does.
#[test]
fn line_46_what_others_need_is_told_by_them() {
    let bypasses = Bypasses::new(By::Macro);
    for root in ["persistence", "shared", "wrapper", "proc_macros"] {
        bypasses.edit(&format!("{root}/src/lib.rs"), "archguard::enforce!();", "");
    }
    bypasses.edit("domain/w38_build.rs", "archguard::enforce!();", "");
    let told = bypasses.build();
    for folder in ["persistence/", "shared/", "wrapper/", "proc_macros/"] {
        assert!(
            told.seen.iter().any(|seen| seen.file.starts_with(folder)),
            "{folder} {told:?}"
        );
    }
}

/// What another crate's build script has yet to write keeps no build from going on: it could never be written.
#[test]
fn what_is_yet_to_be_generated_is_no_error_of_a_build() {
    for by in BOTH {
        let bypasses = Bypasses::new(by);
        bypasses.edit("archguard.toml", "[policy]\n", "[policy]\npending = \"error\"\n");
        assert_eq!(bypasses.build().otherwise, Vec::<String>::new(), "{by:?}");
    }
}
