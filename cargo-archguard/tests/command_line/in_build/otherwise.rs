//! Lines of the catalogue that are no finding in code: what a build says of them, and of which it can say nothing.

use std::collections::BTreeSet;
use std::fs;

use super::build::{By, Bypasses, Told};
use super::judged::Seen;
use super::page;
use crate::process::{archguard, exit_of};

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
            let bypasses = bypasses.only("app");
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
    let bypasses = Bypasses::new(By::Wrapper)
        .only("renamed_domain")
        .under(&[("RUSTC_WORKSPACE_WRAPPER", "")]);
    let told = bypasses.build();
    assert!(told.is_built, "{told:?}");
    assert!(!bypasses.check().is_empty());
    let bypasses = Bypasses::new(By::Macro);
    for root in ["app/src/lib.rs", "renamed_domain/src/lib.rs"] {
        bypasses.edit(root, "archguard::enforce!();", "");
    }
    let told = bypasses.build();
    let files = |told: &BTreeSet<Seen>, folder: &str| told.iter().filter(|seen| seen.file.starts_with(folder)).count();
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

/// Where the places of a rule are, in files whose path begins so.
fn places(found: &BTreeSet<Seen>, rule: &str, file: &str) -> Vec<String> {
    let found = found
        .iter()
        .filter(|seen| seen.rule == rule && seen.file.starts_with(file));
    found.map(|seen| format!("{}:{}", seen.file, seen.line)).collect()
}

/// Everything below a folder goes somewhere else.
fn moved(bypasses: &Bypasses, from: &str, to: &str) {
    let to = bypasses.root().join(to);
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::rename(bypasses.root().join(from), to).unwrap();
}

#[test]
fn line_47_a_crate_beside_the_repository_is_told_of_by_whom_it_serves() {
    for by in BOTH {
        let bypasses = Bypasses::new(by);
        moved(&bypasses, "outside", "../beside/outside");
        bypasses.edit("Cargo.toml", "path = \"outside\"", "path = \"../beside/outside\"");
        let is_there = |found: &BTreeSet<Seen>| {
            let is_it = |seen: &Seen| seen.file.ends_with("beside/outside/src/w47_outside.rs");
            found.iter().any(|seen| is_it(seen) && seen.rule == "raw-sql")
        };
        assert!(
            !is_there(&bypasses.build().seen),
            "{by:?}: nothing that needs it is built"
        );
        bypasses.freeze(|from| !from.starts_with("domain::") && !from.starts_with("outside"));
        assert!(is_there(&bypasses.build().seen), "{by:?}");
        assert!(is_there(&bypasses.check()), "{by:?}");
    }
}

#[test]
fn line_47_a_crate_of_another_workspace_that_is_needed_is_examined() {
    for by in BOTH {
        let bypasses = Bypasses::new(by).only("app");
        bypasses.append(
            "app/Cargo.toml",
            "other_workspace = { path = \"../other_workspace\" }\n",
        );
        let wanted = ["other_workspace/src/w47_elsewhere.rs:4"];
        assert_eq!(places(&bypasses.build().seen, "raw-sql", "other_"), wanted, "{by:?}");
        assert_eq!(places(&bypasses.check(), "raw-sql", "other_"), wanted);
    }
}

/// What a policy excludes is silent everywhere, and the verdict names it. Excluding it is a change of the policy: line 40.
#[test]
fn line_47_what_is_excluded_is_named() {
    let bypasses = Bypasses::new(By::Wrapper);
    bypasses.append(
        "archguard.toml",
        "\n[[exclude]]\npath = \"outside\"\nreason = \"Soon gone.\"\nowner = \"us\"\nuntil = \"2999-01-31\"\n",
    );
    let verdict = bypasses.verdict();
    assert_eq!(verdict["examined"]["excluded"][0]["path"], "outside", "{verdict:#}");
    assert_eq!(places(&bypasses.check(), "raw-sql", "outside"), [""; 0]);
    // What domain does is its own: through the excluded crate it gets at nothing that a rule with `transitive` forbids.
    assert_ne!(places(&bypasses.check(), "raw-sql", "domain"), [""; 0]);
}

/// A local crate under the driver's name, put in its place by a file that is no manifest.
#[test]
fn line_48_sources_that_cargo_is_told_to_take_instead_go_by_their_name() {
    for by in BOTH {
        let bypasses = Bypasses::new(by).only("renamed_domain");
        moved(&bypasses, "vendor/driver", "own/driver");
        let vendored = bypasses.root().join("own/driver");
        fs::create_dir_all(bypasses.root().join("vendor/driver/src")).unwrap();
        for file in ["Cargo.toml", ".cargo-checksum.json", "src/lib.rs"] {
            fs::copy(vendored.join(file), bypasses.root().join("vendor/driver").join(file)).unwrap();
        }
        let config = fs::read_to_string(bypasses.root().join(".cargo/config.toml")).unwrap();
        fs::write(
            bypasses.root().join(".cargo/config.toml"),
            format!("paths = [\"own/driver\"]\n{config}"),
        )
        .unwrap();
        let wanted = ["renamed_domain/src/w22_renamed.rs:4"];
        assert_eq!(
            places(&bypasses.build().seen, "raw-sql", "renamed_domain"),
            wanted,
            "{by:?}"
        );
        let checked = bypasses.check();
        assert_eq!(places(&checked, "raw-sql", "renamed_domain"), wanted);
        assert_ne!(
            places(&checked, "policy.unassigned", "own/driver"),
            [""; 0],
            "it is code of ours"
        );
    }
}

/// Another crate under the driver's name in one manifest is not the driver. It is examined itself.
#[test]
fn line_48_another_crate_under_that_name_goes_by_its_own() {
    let bypasses = Bypasses::new(By::Wrapper).only("renamed_domain");
    bypasses.edit(
        "renamed_domain/Cargo.toml",
        "db = { package = \"driver\", version = \"=0.0.0-stub\" }",
        "db = { package = \"outside\", path = \"../outside\" }\ndriver = { package = \"other-driver\", version = \"=0.0.0-stub\" }",
    );
    bypasses.edit(
        "renamed_domain/src/w22_renamed.rs",
        "db::query(\"select 1\");",
        "db::w47_outside::rows(); driver::run(\"\");",
    );
    let told = bypasses.build().seen;
    assert_eq!(places(&told, "raw-sql", "renamed_domain"), [""; 0]);
    assert_eq!(places(&told, "raw-sql", "outside"), ["outside/src/w47_outside.rs:4"]);
}

/// Line 45: whatever the environment and its owner's own configuration hold, the command judges the same.
#[test]
fn line_45_nothing_around_the_workspace_changes_the_verdict() {
    let bypasses = Bypasses::new(By::Wrapper);
    let whole = bypasses.verdict();
    let home = bypasses.root().join("../home");
    fs::create_dir_all(home.join(".config/archguard")).unwrap();
    let policy = "version = 1\n[policy]\nunassigned = \"allow\"\nundeclared = \"allow\"\n";
    for file in [
        "archguard.toml",
        ".config/archguard/archguard.toml",
        "../archguard.toml",
    ] {
        fs::write(home.join(file), policy).unwrap();
    }
    fs::write(
        home.join("config.toml"),
        "[env]\nARCHGUARD_POLICY = \"archguard.toml\"\n[build]\nrustflags = [\"--cfg\", \"clippy\"]\n",
    )
    .unwrap();
    let home = home.to_str().unwrap();
    let loose = format!("{home}/archguard.toml");
    let variables = [
        ("HOME", home),
        ("XDG_CONFIG_HOME", home),
        ("CARGO_HOME", home),
        ("ARCHGUARD_POLICY", &loose),
        ("ARCHGUARD_CONFIG", &loose),
        ("ARCHGUARD_ALLOW_POLICY_CHANGE", "1"),
        ("ARCHGUARD_TODAY", "1999-01-01"),
        ("RUSTFLAGS", "--cfg clippy --cfg feature=\"extra\""),
        ("CARGO_BUILD_RUSTC_WRAPPER", "/bin/true"),
        ("RUSTC_WRAPPER", "/bin/true"),
        ("CARGO_UNSTABLE_CONFIG_INCLUDE", "true"),
    ];
    let around = bypasses.verdict_under(&variables);
    for part in ["policy", "findings", "problems", "outcome"] {
        assert_eq!(around[part], whole[part], "{part}");
    }
    // This one stands for a compiler's wrapper: there is no verdict, and no success either.
    let output = archguard()
        .current_dir(bypasses.root())
        .env("ARCHGUARD_COMPILER_SESSION", home)
        .args(["check", "--ci"])
        .output()
        .unwrap();
    assert_ne!(exit_of(&output), 0);
}
