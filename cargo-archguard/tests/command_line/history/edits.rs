//! Thirty edits of a policy in a git history, fifteen that weaken and fifteen that do not.

use super::workspace::{POLICY, Repository, found, rules};
use crate::contract::faults;

type Edit = (&'static str, &'static [(&'static str, &'static str)]);

/// What is weakened, and by which edit.
const WEAKENING: [Edit; 18] = [
    (
        "no-cycles",
        &[(
            "[[acyclic]]\nid    = \"no-cycles\"\namong = [\"components\", \"modules\"]\n",
            "",
        )],
    ),
    (
        "no-processes",
        &[("dev    = true\n", "severity = \"warn\"\ndev = true\n")],
    ),
    ("no-processes", &[("dev    = true\n", "")]),
    (
        "no-processes",
        &[("except = [\"db\", \"tools\"]", "except = [\"db\", \"tools\", \"http\"]")],
    ),
    (
        "no-processes",
        &[("system = [\"std::process\", \"std::net\"]", "system = \"std::process\"")],
    ),
    ("no-files", &[("in       = [\"domain\", \"app\"]", "in = \"domain\"")]),
    ("no-files", &[("as       = [\"call\", \"import\"]", "as = \"call\"")]),
    (
        "component.http.uses",
        &[("uses = [\"app\", \"domain\"]", "uses = [\"app\", \"domain\", \"db\"]")],
    ),
    (
        "layering",
        &[("\"app\", \"db\", \"domain\"]", "\"db\", \"app\", \"domain\"]")],
    ),
    ("component.domain.crates", &[(", crates = []", "")]),
    ("component.db.public", &[(", public = \"shop::db::repo\"", "")]),
    (
        "policy.dev_code",
        &[("\"feature:testing\"", "\"feature:testing\", \"shop::app\"")],
    ),
    ("policy.unassigned", &[("[policy]", "[policy]\nunassigned = \"allow\"")]),
    (
        "policy.exclude",
        &[("until  = \"2999-01-31\"", "until  = \"2999-03-31\"")],
    ),
    ("policy.exceptions", &[("max_days = 999999", "max_days = 9999999")]),
    (
        "orders-in-the-domain",
        &[("kind = [\"struct\", \"enum\"]", "kind = \"struct\"")],
    ),
    (
        "files-by-db",
        &[(
            "instead_of = \"std::fs::File\"",
            "instead_of = \"std::fs::File\"\nexcept = \"app\"",
        )],
    ),
    (
        "component.db.paths files-by-db no-processes",
        &[(
            "db       = { paths = \"shop::db\"",
            "db = { paths = [\"shop::db\", \"shop::http::orders\"]",
        )],
    ),
];

const HARMLESS: [Edit; 17] = [
    ("a comment", &[("[components]", "# What there is.\n[components]")]),
    (
        "a reason",
        &[(
            "dev    = true\n",
            "dev = true\nbecause = \"Nobody starts processes but the database.\"\n",
        )],
    ),
    (
        "another order of rules",
        &[
            (
                "[[acyclic]]\nid    = \"no-cycles\"\namong = [\"components\", \"modules\"]\n",
                "",
            ),
            (
                "[[layers]]\n",
                "[[acyclic]]\nid = \"no-cycles\"\namong = [\"modules\", \"components\"]\n\n[[layers]]\n",
            ),
        ],
    ),
    (
        "another order in a list",
        &[("except = [\"db\", \"tools\"]", "except = [\"tools\", \"db\"]")],
    ),
    (
        "another name of a set",
        &[("system =", "world ="), ("set:system", "set:world")],
    ),
    (
        "no set",
        &[
            ("[sets]\nsystem = [\"std::process\", \"std::net\"]\n", ""),
            ("\"set:system\"", "[\"std::net\", \"std::process\"]"),
        ],
    ),
    (
        "another name of a component",
        &[
            ("\ndb       =", "\nstorage ="),
            ("\"app\", \"db\", \"domain\"", "\"app\", \"storage\", \"domain\""),
            ("except = [\"db\",", "except = [\"storage\","),
            ("use        = \"db\"", "use = \"storage\""),
        ],
    ),
    (
        "a path for a component",
        &[("except = [\"db\",", "except = [\"shop::db\",")],
    ),
    (
        "another id",
        &[("id     = \"no-processes\"", "id = \"processes-are-for-the-database\"")],
    ),
    (
        "two rules for one",
        &[
            ("use    = \"set:system\"\n", "use = \"std::process\"\n"),
            (
                "[[mandate]]",
                "[[forbid]]\nid = \"no-network\"\nuse = \"std::net\"\nexcept = [\"db\", \"tools\"]\ndev = true\n\n[[mandate]]",
            ),
        ],
    ),
    (
        "one rule's code divided between two",
        &[(
            "except = [\"db\", \"tools\"]\ndev    = true\n",
            "except = [\"db\", \"tools\", \"http\"]\ndev = true\n\n[[forbid]]\nid = \"no-processes-in-http\"\nin = \"http\"\nuse = \"set:system\"\ndev = true\nbecause = \"Ask the operators.\"\n",
        )],
    ),
    (
        "a new rule",
        &[(
            "[[mandate]]",
            "[[forbid]]\nid = \"no-threads\"\nuse = \"std::thread\"\n\n[[mandate]]",
        )],
    ),
    (
        "a shorter list",
        &[(
            "features = { each = \"shop::features::*\", uses = [\"domain\"] }",
            "features = { each = \"shop::features::*\", uses = \"domain\" }",
        )],
    ),
    (
        "development code judged like any other",
        &[("dev_code   =", "dev = \"check\"\ndev_code   =")],
    ),
    ("an earlier end", &[("2999-01-31", "2998-01-31")]),
    ("a warning becomes an error", &[("severity = \"warn\"\n", "")]),
    (
        "uses for a layering",
        &[(
            "app      = \"shop::app\"",
            "app = { paths = \"shop::app\", uses = [\"db\", \"domain\"] }",
        )],
    ),
];

#[test]
fn what_weakens_is_found_and_what_does_not_is_not() {
    let all: Vec<(bool, &Edit)> = (WEAKENING.iter().map(|edit| (true, edit)))
        .chain(HARMLESS.iter().map(|edit| (false, edit)))
        .collect();
    let wrong = faults(&all, |(weakens, (what, edits))| {
        let repository = Repository::new();
        repository.edit("archguard.toml", edits);
        let (exit, verdict) = repository.verdict("--ci --base main");
        let weakened = rules(&verdict, "weakened");
        let (expected, findings) = if *weakens {
            (
                1,
                what.split(' ').map(|rule| format!("policy-weakened {rule}")).collect(),
            )
        } else {
            (0, Vec::new())
        };
        // What the edit makes a breach besides is none of this test's business.
        let told = found(&verdict)
            .into_iter()
            .filter(|it| !weakens || it.starts_with("policy-weakened"));
        let is_right = (exit, told.collect::<Vec<_>>()) == (expected, findings.clone())
            && weakened.len() == findings.len()
            && verdict["problems"].as_array().unwrap().is_empty();
        (!is_right).then(|| {
            format!(
                "{what}: exit {exit}, {:?}: {:#}\n{:#}",
                found(&verdict),
                verdict["policy"],
                verdict["problems"]
            )
        })
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the weaker policy lets pass in the same change is shown with it, and nothing but the policy is blamed.
#[test]
fn what_is_let_pass_is_shown() {
    let repository = Repository::new();
    repository.edit(
        "archguard.toml",
        &[("except = [\"db\", \"tools\"]", "except = [\"db\", \"tools\", \"http\"]")],
    );
    repository.write(
        "shop/src/http/orders.rs",
        "pub fn list() -> crate::domain::Order {\n    std::process::exit(1)\n}\n",
    );
    assert_eq!(repository.run("").exit, 0, "by its own policy the change is clean");
    let (exit, verdict) = repository.verdict("--base main");
    assert_eq!(
        (exit, found(&verdict)),
        (1, vec!["policy-weakened no-processes".to_owned()])
    );
    let reference = &verdict["policy"]["base"]["weakened"][0]["references"][0];
    assert_eq!(
        (&reference["from"], &reference["to"], &reference["line"]),
        (
            &"shop::http::orders::list".into(),
            &"std::process::exit".into(),
            &2.into()
        )
    );
    let commit = repository.git("rev-parse main").trim().to_owned();
    assert_eq!(verdict["policy"]["source"], format!("base:{commit}"));
    let human = repository.run("--base main");
    for part in [
        "policy-weakened",
        "it no longer speaks of `shop::http`",
        "1 place that it denied is let pass",
        "std::process::exit(1)",
    ] {
        assert!(human.out.contains(part), "{part}: {}", human.out);
    }
}

/// Accepted it is a warning, and the line of the verdict says so; under `--ci` nobody can accept it.
#[test]
fn a_weakened_policy_can_be_accepted_but_not_in_ci() {
    let repository = Repository::new();
    repository.edit("archguard.toml", &[("dev    = true\n", "")]);
    let accepted = repository.run("--base main --allow-policy-change");
    assert_eq!(accepted.exit, 0, "{}{}", accepted.out, accepted.err);
    for part in ["warning", "policy-weakened", "--allow-policy-change"] {
        assert!(accepted.out.contains(part), "{part}: {}", accepted.out);
    }
    let refused = repository.run("--ci --base main --allow-policy-change");
    assert_eq!(refused.exit, 2);
    assert!(refused.err.contains("cannot be used with"), "{}", refused.err);
    let (_, verdict) = repository.verdict("--base main --allow-policy-change");
    assert_eq!(verdict["policy"]["base"]["accepted"], true);
}

/// What is stricter is listed, and nobody is blamed.
#[test]
fn what_is_stricter_is_listed() {
    let repository = Repository::new();
    repository.edit(
        "archguard.toml",
        &[
            ("severity = \"warn\"\n", ""),
            (
                "uses = [\"app\", \"domain\"]",
                "uses = [\"app\", \"domain\", \"features\"]",
            ),
        ],
    );
    repository.commit("laxer");
    repository.git("branch base");
    repository.write("archguard.toml", POLICY);
    let (exit, verdict) = repository.verdict("--base base");
    assert_eq!(exit, 1);
    assert_eq!(rules(&verdict, "weakened"), ["no-exit"]);
    assert_eq!(rules(&verdict, "strengthened"), ["component.http.uses"]);
}
