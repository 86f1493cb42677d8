//! `[[exclude]]`: visible while it holds, a problem afterwards and where it says too little.

use archguard_invariants::date::Day;
use cargo_archguard::{Surroundings, run_in};
use serde_json::Value;

use super::case::{POLICY, Workspace, all_say};
use crate::documents::{errors, published};

fn excluding(keys: &str) -> Workspace {
    Workspace::of(&format!(
        "//- archguard.toml\n{POLICY}[[exclude]]\n{keys}\n//- src/lib.rs\nmod broken;\n//- src/broken.rs\nfn broken(\n"
    ))
}

const KEYS: &str = "path = \"src/broken.rs\"\nreason = \"broken on purpose\"\nowner = \"us\"\nuntil = \"2027-01-31\"";

/// The verdict on a day.
fn on(day: &str, workspace: &Workspace) -> (u8, Value) {
    let manifest = workspace.path().join("Cargo.toml");
    let manifest = manifest.to_str().unwrap();
    let arguments = [
        "cargo-archguard",
        "check",
        "--offline",
        "--format",
        "json",
        "--manifest-path",
        manifest,
    ];
    let surroundings = Surroundings {
        today: Day::parse(day).unwrap(),
        ci: true,
    };
    let mut out = Vec::new();
    let code = run_in(
        surroundings,
        arguments.map(std::ffi::OsString::from),
        &mut out,
        &mut Vec::new(),
    );
    let verdict: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(errors(&published("verdict-1.json"), &verdict), [] as [String; 0]);
    (code, verdict)
}

#[test]
fn until_its_last_day_it_is_shown_and_nothing_more() {
    let workspace = excluding(KEYS);
    let (code, verdict) = on("2027-01-31", &workspace);
    assert_eq!((code, verdict["examined"]["files"].as_u64()), (0, Some(1)), "{verdict}");
    assert_eq!(
        verdict["examined"]["excluded"],
        serde_json::json!([{
            "path": "src/broken.rs", "reason": "broken on purpose", "owner": "us", "until": "2027-01-31"
        }])
    );
    let (code, verdict) = on("2027-02-01", &workspace);
    assert_eq!((code, verdict["problems"][0]["code"].as_str()), (2, Some("expired")));
    assert_eq!(verdict["outcome"], "incomplete");
}

#[test]
fn what_is_wrong_with_it_is_said() {
    let (missing, past) = (
        KEYS.replace("src/broken.rs", "src/gone.rs"),
        KEYS.replace("2027", "2020"),
    );
    all_say([
        (
            "no date",
            excluding(&KEYS.replace("2027-01-31", "soon")),
            2,
            "error[expired]: `soon` is not a date of the form YYYY-MM-DD, so the exclusion of `src/broken.rs` counts as over\n  at archguard.toml:8:9\nnote: 1 path excluded: src/broken.rs (broken on purpose, us, until soon)\nincomplete",
        ),
        (
            "over",
            excluding(&past),
            2,
            "error[expired]: the exclusion of `src/broken.rs` ended on 2020-01-31: examine the code, or let us decide anew\n  at archguard.toml:8:9\nnote: 1 path excluded: src/broken.rs (broken on purpose, us, until 2020-01-31)\nincomplete",
        ),
        (
            "no owner and no end",
            excluding("path = \"src/broken.rs\"\nreason = \"x\""),
            2,
            "error[policy-syntax]: [[exclude]] needs `owner`\n  at archguard.toml:4:1\nerror[policy-syntax]: [[exclude]] needs `until`\n  at archguard.toml:4:1\nerror",
        ),
        (
            "nothing there",
            excluding(&missing.replace("2027", "2999")),
            2,
            "error[nothing-matched]: `src/gone.rs` takes out nothing: no Rust file lies there\n  at archguard.toml:5:8\nerror[unexamined-code]: `src/broken.rs` does not parse: no Rust tokens: a bracket or literal is not closed, or a character belongs to none\n  at src/broken.rs:1:10\nnote: 1 path excluded: src/gone.rs (broken on purpose, us, until 2999-01-31)\nincomplete",
        ),
    ]);
}
