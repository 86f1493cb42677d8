//! What a package says of its own code.

use super::exclusions::VENDORED;
use super::*;

/// A policy with one fragment of a package `web`; the problems as [`mistakes`] prints them, with the file in front.
fn with_fragment(own: &str, fragment: &str) -> Result<Policy, Vec<String>> {
    let mut texts = PolicyTexts::new("archguard.toml", &format!("version = 1\n{own}"));
    texts.add_fragment("web", "web/archguard.toml", fragment);
    Policy::read_texts(&texts).map_err(|problems| {
        let shown = problems.into_iter().map(|problem| {
            let ProblemPlace::Policy(span) = problem.place else {
                panic!("it has a place");
            };
            let (file, span) = texts.locate(span);
            let underlined = file.text[span.start..span.end].lines().next().unwrap_or_default();
            format!("{}|{underlined}|{}", file.file, problem.message)
        });
        shown.collect()
    })
}

const OWN: &str = "[sets]\ndrivers = [\"sqlx\"]\n[components]\nhttp = \"web\"\ndomain = \"domain\"\n[[forbid]]\nid = \"a\"\nuse = \"std::fs\"\n";

#[test]
fn a_fragment_adds_rules_for_its_package_and_limits() {
    let policy = with_fragment(
        OWN,
        "version = 1\nuses = [\"domain\"]\ncrates = \"serde\"\n[[forbid]]\nid = \"b\"\nuse = \"set:drivers\"\n\
         [[acyclic]]\nid = \"c\"\namong = \"modules\"\n",
    )
    .unwrap();
    let packages: Vec<Option<&str>> = policy.heads().map(|head| head.package.as_deref()).collect();
    assert_eq!(packages, [None, Some("web"), Some("web")]);
    assert_eq!(terms(&policy.forbids[1].targets.value), ["sqlx"]);
    let [limits] = &policy.packages[..] else {
        panic!("one package");
    };
    assert_eq!(&*limits.package, "web");
    assert_eq!(terms(&limits.uses.as_ref().unwrap().value), ["domain"]);
    assert_eq!(terms(&limits.crates.as_ref().unwrap().value), ["serde"]);
}

#[test]
fn a_fragment_can_do_nothing_but_narrow() {
    let keys = "it narrows what the workspace's policy allows, by `uses`, `crates`, `forbid`, `mandate`, `require` and `acyclic`";
    assert_eq!(
        with_fragment(
            OWN,
            "version = 1\nuses = \"*\"\n[components]\nx = \"web\"\n[[layers]]\nid = \"l\"\n[policy]\nunassigned = \"allow\"\n"
        )
        .unwrap_err(),
        [
            "web/archguard.toml|\"*\"|`*` narrows nothing: a package without `uses` may use what the workspace's policy allows".to_owned(),
            format!("web/archguard.toml|components|the policy of a package has no key `components`: {keys}"),
            format!("web/archguard.toml|layers|the policy of a package has no key `layers`: {keys}"),
            format!("web/archguard.toml|policy|the policy of a package has no key `policy`: {keys}"),
        ]
    );
}

#[test]
fn mistakes_in_a_fragment_stand_in_its_file() {
    assert_eq!(
        with_fragment(OWN, "version = 1\n[[forbid]]\nid = \"a\"\nuse = \"x\"\n").unwrap_err(),
        ["web/archguard.toml|\"a\"|rule id `a` is given twice: an id is a rule's identity"]
    );
    assert_eq!(
        with_fragment(OWN, "uses = [\"component:htpp\"]\n").unwrap_err(),
        ["web/archguard.toml||the policy does not say its version: write `version = 1` at the top"]
    );
    assert_eq!(
        with_fragment(OWN, "version = 1\nuses = [\"component:htpp\"]\n").unwrap_err(),
        ["web/archguard.toml|\"component:htpp\"|there is no component `htpp`"]
    );
    assert_eq!(
        with_fragment(OWN, "version = 1\nuses = [\n").unwrap_err()[0],
        "web/archguard.toml||the policy of package `web` is not TOML: unclosed array, expected `]`"
    );
}

#[test]
fn the_fragment_of_excluded_code_is_not_read() {
    let own = format!("{OWN}{}", VENDORED.replace("vendor/driver/", "web"));
    assert!(with_fragment(&own, "version = [[[").is_ok());
    assert!(with_fragment(&own.replace("\"web\"\nreason", "\"we\"\nreason"), "version = [[[").is_err());
}
