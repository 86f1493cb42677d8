//! The catalogue of ways around "no raw SQL outside persistence": `tests/bypasses` holds a file `wNN_*` for each line.
//!
//! A finding must stand exactly where a mark in the fixture says so, `//~ rule`, and nowhere else. `rule(inferred)`: known
//! through declared types. `//~? rule`: settled by compiler evidence; source evidence may see it, and then says `inferred`.
//! `//~ 42:rule` belongs to another line than the file's name says. Print the table with `--nocapture`.

mod catalogue;
mod judged;
mod marks;

use std::fs;

use archguard_evidence::compiler::Mode;
use archguard_invariants::policy::{Policy, PolicyTexts};
use archguard_invariants::problem::{ProblemCode, ProblemPlace};

use catalogue::{CATALOGUE, Proof, Tier};
use judged::{Fixture, Seen};
use marks::{Mark, line_of, marks};

/// The workspaces of the fixture that are judged, by their directory.
const WORKSPACES: [&str; 3] = ["", "patched/", "broken/"];

#[test]
fn every_way_around_the_rule_ends_in_a_finding_at_its_place_and_the_control_in_none() {
    let fixture = Fixture::copy();
    let mut marks = marks(fixture.root());
    marks.sort();
    let mut seen: Vec<Seen> = WORKSPACES
        .iter()
        .flat_map(|directory| fixture.judge(directory).seen)
        .collect();
    seen.sort();
    print_table(&marks, &seen);
    let complaints = complaints(&marks, &seen);
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
    for line in CATALOGUE {
        let firm = marks.iter().filter(|mark| mark.way == line.number && !mark.may).count();
        match (line.proof, line.tier) {
            (Proof::Marks, Tier::Source) => assert!(firm > 0, "line {} has no mark that must be met", line.number),
            (Proof::Silence | Proof::CommandLine(_), _) => {
                assert_eq!(firm, 0, "line {} is proved otherwise", line.number);
            }
            (Proof::Marks | Proof::OwnTest(_), _) => {}
        }
    }
}

#[test]
fn with_the_compiler_as_witness_every_mark_is_met_and_the_control_stays_silent() {
    every_mark_is_met(Mode::Everything);
}

/// So it is, too, with whatever lies between the two: where the compiler is asked for interfaces only as they are needed.
#[test]
fn with_typed_bodies_alone_every_mark_is_met_and_the_control_stays_silent() {
    every_mark_is_met(Mode::Bodies);
}

fn every_mark_is_met(mode: Mode) {
    let fixture = Fixture::copy();
    let mut marks = marks(fixture.root());
    marks.sort();
    for mark in &mut marks {
        // What only types tell, the compiler settles.
        (mark.may, mark.inferred) = (false, false);
    }
    let judged = WORKSPACES.map(|directory| fixture.verify(directory, mode));
    let [whole, patched, broken] = &judged;
    assert_eq!((&whole.problems, &patched.problems), (&Vec::new(), &Vec::new()));
    assert_eq!(whole.pending, Vec::<String>::new(), "what build scripts write is there");
    assert_eq!(broken.exit_code, 2, "line 43 compiles for nobody");
    let mut seen: Vec<Seen> = judged.iter().flat_map(|judged| judged.seen.clone()).collect();
    seen.sort();
    print_table(&marks, &seen);
    let generated = |seen: &Seen| seen.file == "out:domain/w12_generated.rs";
    assert!(seen.iter().any(generated), "line 12 is seen once it is generated");
    let written: Vec<Seen> = seen.iter().filter(|seen| !generated(seen)).cloned().collect();
    let complaints = complaints(&marks, &written);
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
    for line in CATALOGUE.iter().filter(|line| line.tier != Tier::Source) {
        let by_compiler = |seen: &&Seen| line_of(&seen.file) == Some(line.number) && seen.evidence.compiler;
        assert!(
            seen.iter().any(|seen| by_compiler(&seen)),
            "the compiler does not see line {}",
            line.number
        );
    }
}

#[test]
fn the_catalogue_and_the_fixture_know_the_same_lines() {
    let numbers: Vec<u32> = CATALOGUE.iter().map(|line| line.number).collect();
    assert_eq!(numbers, (1..=53).collect::<Vec<_>>());
    let fixture = Fixture::copy();
    let mut in_files: Vec<u32> = fixture.files().iter().filter_map(|file| line_of(file)).collect();
    in_files.sort_unstable();
    in_files.dedup();
    let in_code = CATALOGUE
        .iter()
        .filter(|line| !matches!(line.proof, Proof::CommandLine(_)));
    assert_eq!(in_files, in_code.map(|line| line.number).collect::<Vec<_>>());
}

#[test]
fn the_fixture_is_read_whole() {
    let judged = Fixture::copy().judge("");
    assert_eq!(judged.problems, []);
    assert_eq!(judged.exit_code, 1);
    assert_eq!(judged.orphans, 0);
    // What a procedural macro writes: line 52.
    assert_eq!(judged.unresolved, ["persistence::w52_made_function::Db::derived"]);
    assert_eq!(judged.opaque, Vec::<String>::new());
}

#[test]
fn line_12_code_that_is_not_generated_yet_is_pending_and_judged_once_it_is() {
    let fixture = Fixture::copy();
    let judged = fixture.judge("");
    assert!(
        matches!(&judged.pending[..], [pending] if pending.starts_with("domain/src/w12_generated.rs:3: ")),
        "{:?}",
        judged.pending
    );
    let output = fixture.root().join("target/debug/build/domain-0123456789abcdef/out");
    fs::create_dir_all(&output).expect("the fixture is a copy");
    fs::write(
        output.join("w12_generated.rs"),
        "pub fn rows() {\n    driver::query(\"select 1\");\n}\n",
    )
    .expect("the directory was just made");
    let judged = fixture.judge("");
    assert_eq!(judged.pending, Vec::<String>::new());
    assert_eq!(judged.places("raw-sql", "w12_"), ["out:domain/w12_generated.rs:2"]);
}

#[test]
fn line_16_test_code_is_exempt_and_counted_unless_a_rule_judges_it() {
    let judged = Fixture::copy().judge("");
    assert_eq!(judged.places("raw-sql", "w16_"), Vec::<String>::new());
    assert_eq!(
        judged.places("raw-sql-in-tests", "w16_"),
        ["domain/src/w16_cfg_test.rs:7"]
    );
    assert!(judged.dev_references_in("domain/src/w16_cfg_test.rs") > 0);
}

#[test]
fn line_43_a_file_that_does_not_parse_ends_in_exit_2_and_the_rest_is_still_judged() {
    let judged = Fixture::copy().judge("broken/");
    let [problem] = &judged.problems[..] else {
        panic!("one problem: {:?}", judged.problems)
    };
    assert_eq!(problem.code, ProblemCode::UnexaminedCode);
    let ProblemPlace::File { file, start } = &problem.place else {
        panic!("it stands in a file: {problem:?}")
    };
    assert_eq!((&**file, start.map(|(line, _)| line)), ("src/w43_broken.rs", Some(3)));
    assert_eq!(judged.exit_code, 2);
    assert_eq!(judged.places("no-process", ""), ["broken/src/orders.rs:4"]);
}

#[test]
fn line_44_a_fragment_or_a_policy_further_down_loosens_nothing() {
    let own = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/bypasses/archguard.toml"));
    let own = own.expect("the fixture has a policy");
    let refused = |fragment: &str| {
        let mut texts = PolicyTexts::new("archguard.toml", &own);
        texts.add_fragment("domain", "domain/archguard.toml", fragment);
        let problems = Policy::read_texts(&texts).expect_err("it would loosen something");
        let [problem] = &problems[..] else {
            panic!("one problem: {problems:?}")
        };
        let ProblemPlace::Policy(span) = problem.place else {
            panic!("it stands in the policy: {problem:?}")
        };
        assert_eq!(&*texts.locate(span).0.file, "domain/archguard.toml", "{fragment}");
    };
    for key in [
        "[components]",
        "[policy]",
        "[[exclude]]",
        "[sets]",
        "[facades]",
        "[[layers]]",
    ] {
        refused(&format!("version = 1\n{key}\n"));
    }
    refused("version = 1\n[[forbid]]\nid = \"raw-sql\"\nuse = \"driver\"\nexcept = \"domain\"\n");
    refused("version = 1\nuses = \"*\"\n");
    refused(include_str!("../../bypasses/domain/w44_fragment.toml"));
}

#[test]
fn line_47_other_workspaces_of_the_repository_are_named() {
    let judged = Fixture::copy().judge("");
    assert_eq!(judged.other_workspaces, ["broken", "other_workspace", "patched"]);
}

#[test]
fn lines_4_35_and_50_pass_only_where_the_rule_has_through_and_public_names_them() {
    let with = |public: &str| {
        let fixture = Fixture::copy();
        let through = "except  = \"persistence\"\nthrough = \"persistence\"\n";
        let component = format!("persistence = {{ paths = \"persistence\", public = \"{public}\" }}");
        fixture.edit("archguard.toml", "except  = \"persistence\"\n", through);
        fixture.edit("archguard.toml", "persistence = \"persistence\"", &component);
        let judged = fixture.judge("");
        assert_eq!(judged.problems, []);
        let found = |way: &str| !judged.places("raw-sql", way).is_empty();
        ["04", "35", "50"].map(|way| found(&format!("domain/src/w{way}_")))
    };
    assert_eq!(with("persistence::raw"), [true, true, false]);
    assert_eq!(with("persistence::w04_renamed"), [false, true, true]);
    assert_eq!(with("persistence::w35_deref::Store"), [true, false, true]);
}

/// Marks that are not met, and findings that no mark expects.
fn complaints(marks: &[Mark], seen: &[Seen]) -> Vec<String> {
    let mut complaints = Vec::new();
    for mark in marks {
        let found: Vec<&Seen> = seen.iter().filter(|seen| mark.is_at(seen)).collect();
        if found.is_empty() && !mark.may {
            complaints.push(format!("missed: {mark}"));
        }
        if (mark.may || mark.inferred) && found.iter().any(|seen| !seen.inferred) {
            complaints.push(format!("not said to be inferred: {mark}"));
        }
    }
    let unexpected = seen.iter().filter(|seen| !marks.iter().any(|mark| mark.is_at(seen)));
    complaints.extend(unexpected.map(|seen| format!("unexpected: {seen}")));
    complaints
}

/// One table over all lines: number, tier and way, then each place with who found something there.
#[expect(clippy::print_stdout, reason = "the table is what the test is asked for")]
fn print_table(marks: &[Mark], seen: &[Seen]) {
    for line in CATALOGUE {
        println!("{:>2} {:<6} {}", line.number, line.tier.word(), line.way);
        match line.proof {
            Proof::CommandLine(names) => println!("          proved by tests of the command line: {names}"),
            Proof::Silence => println!("          nothing may be reported"),
            Proof::OwnTest(name) => println!("          proved by {name}"),
            Proof::Marks => {}
        }
        let marks: Vec<&Mark> = marks.iter().filter(|mark| mark.way == line.number).collect();
        for mark in &marks {
            let found: Vec<&Seen> = seen.iter().filter(|seen| mark.is_at(seen)).collect();
            println!("          {:<17} {mark}", judged::known(&found));
        }
        let is_marked = |seen: &Seen| marks.iter().any(|mark| mark.is_at(seen));
        let unmarked = seen.iter().filter(|seen| line_of(&seen.file) == Some(line.number));
        for seen in unmarked.filter(|seen| !is_marked(seen)) {
            println!("          {:<17} {seen}", judged::known(&[seen]));
        }
    }
}

#[test]
fn the_tests_that_are_named_as_proof_exist() {
    let here = include_str!("bypasses.rs");
    let of_the_command_line = |module: &str| {
        let below = concat!(env!("CARGO_MANIFEST_DIR"), "/../cargo-archguard/tests/command_line");
        let path = format!("{below}/{}.rs", module.replace("::", "/"));
        fs::read_to_string(path).expect("the command line has such tests")
    };
    for line in CATALOGUE {
        let (names, text) = match line.proof {
            Proof::OwnTest(name) => (vec![name], here.to_owned()),
            Proof::CommandLine(names) => {
                let (module, names) = names.split_once(": ").expect("a file, then the tests in it");
                let names = names.split(", ").map(|name| name.trim_end_matches(".."));
                (names.collect(), of_the_command_line(module))
            }
            Proof::Marks | Proof::Silence => continue,
        };
        for name in names {
            assert!(
                text.contains(&format!("\nfn {name}")),
                "line {}: no test `{name}`",
                line.number
            );
        }
    }
}
