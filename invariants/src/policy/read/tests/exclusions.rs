//! What is taken out of the check.

use super::*;

pub(super) const VENDORED: &str = "[[exclude]]\npath = \"vendor/driver/\"\nreason = \"not ours\"\nowner = \"the core team\"\nuntil = \"2027-01-31\"\n";

#[test]
fn an_exclusion_has_path_reason_owner_and_end() {
    let policy = read(VENDORED);
    let [exclusion] = &policy.exclusions[..] else {
        panic!("one entry");
    };
    assert_eq!(exclusion.path.value, "vendor/driver");
    assert_eq!((&*exclusion.reason, &*exclusion.owner), ("not ours", "the core team"));
    assert_eq!(exclusion.until.value.to_string(), "2027-01-31");
    assert_eq!(
        mistakes("[[exclude]]\npath = \"vendor\"\nreason = \" \"\nowners = \"a\"\n"),
        [
            "policy-syntax|[[exclude]]|[[exclude]] needs `owner`|-",
            "policy-syntax|[[exclude]]|[[exclude]] needs `until`|-",
            "policy-syntax|\" \"|`reason` of [[exclude]] is empty|-",
            "unknown-key|owners|[[exclude]] has no key `owners`; it has `path`, `reason`, `owner` and `until`|owner",
        ]
    );
}

#[test]
fn an_exclusion_is_one_place_below_the_root() {
    for (path, wrong) in [
        ("/tmp/x", "a path relative to the workspace root"),
        ("C:/x", "a path relative to the workspace root"),
        ("src\\\\x.rs", "written with `/`"),
        ("vendor/*", "one file or directory, without wildcards"),
        ("./", "less than the whole workspace"),
    ] {
        let text = VENDORED.replace("vendor/driver/", path);
        let shown = path.replace("\\\\", "\\");
        assert_eq!(
            mistakes(&text),
            [format!("bad-pattern|\"{path}\"|`{shown}` must be {wrong}|-")]
        );
    }
}

#[test]
fn an_exclusion_ends_after_its_last_day_and_without_one_at_once() {
    let problem = |until: &str, today: &str| {
        let policy = read(&VENDORED.replace("2027-01-31", until));
        let today = crate::date::Day::parse(today).unwrap();
        policy.exclusions[0].problem_on(today).map(|problem| problem.message)
    };
    assert_eq!(problem("2027-01-31", "2027-01-31"), None);
    assert_eq!(
        problem("2027-01-31", "2027-02-01").as_deref(),
        Some(
            "the exclusion of `vendor/driver` ended on 2027-01-31: examine the code, or let the core team decide anew"
        )
    );
    assert_eq!(
        problem("31.1.2027", "2020-01-01").as_deref(),
        Some("`31.1.2027` is not a date of the form YYYY-MM-DD, so the exclusion of `vendor/driver` counts as over")
    );
}
