//! Policies that cannot be used.

use super::case::{Workspace, all_say};

/// The policy, and what is said of it. All end in 2.
const POLICIES: [(&str, &str, &str); 18] = [
    (
        "empty",
        "",
        "error[policy-syntax]: the policy is empty: it needs `version = 1` and at least one component or rule\n  at archguard.toml:1:1\nerror",
    ),
    (
        "not TOML",
        "version = 1\n[components\n",
        "error[policy-syntax]: the policy is not TOML: unclosed table, expected `]`\n  at archguard.toml:2:12\nerror",
    ),
    (
        "an unknown key",
        "version = 1\n[components]\nall = \"shop\"\n[[forbid]]\nid = \"x\"\nuses = \"std::fs\"\n",
        "error[policy-syntax]: [[forbid]] needs `use`\n  at archguard.toml:4:1\nerror[unknown-key]: [[forbid]] has no key `uses`; it has `use`, `as`, `through`, `transitive`, `id`, `because`, `instead`, `docs`, `severity`, `dev`, `in`, `except` and `optional`\n  at archguard.toml:6:1\nerror",
    ),
    (
        "an unknown table",
        "version = 1\n[component]\nall = \"shop\"\n",
        "error[unknown-key]: the policy has no key `component`; it has `version`, `policy`, `sets`, `components`, `layers`, `forbid`, `mandate`, `require`, `acyclic`, `exclude` and `facades`\n  at archguard.toml:2:2\nerror",
    ),
    (
        "an unknown component",
        "version = 1\n[components]\nhttp = { paths = \"shop\", uses = [\"htpp\"] }\n",
        "error[unknown-name]: there is no component `htpp`, and no examined crate of that name\n  at archguard.toml:3:34\nincomplete",
    ),
    (
        "an unknown set",
        "version = 1\n[sets]\ndrivers = [\"std::fs\"]\n[components]\nall = \"shop\"\n[[forbid]]\nid = \"x\"\nuse = \"set:driver\"\n",
        "error[unknown-name]: there is no set `driver`\n  at archguard.toml:8:7\nerror",
    ),
    (
        "an unknown crate",
        "version = 1\n[components]\nall = \"shp::db\"\n",
        "error[policy.unassigned/unassigned-module]: `shop::a` holds code and is in no component\n  at src/lib.rs:1:9\nerror[unknown-name]: `shp::db`: there is no crate `shp`\n  at archguard.toml:3:7\nincomplete",
    ),
    (
        "a pattern that matches nothing",
        "version = 1\n[components]\nall = \"shop\"\ndb = \"shop::db\"\n",
        "error[nothing-matched]: `shop::db` matches nothing\n  at archguard.toml:4:6\nincomplete",
    ),
    (
        "a rule that is dormant",
        "version = 1\n[components]\nall = \"shop\"\n[[forbid]]\nid = \"x\"\nuse = \"sqlx\"\n",
        "error[nothing-matched]: nothing that `x` names is there, so the rule could never find anything; `optional = true` lets it wait\n  at archguard.toml:6:7\nnote: 1 rule with dormant patterns, whose crates are not there: x (sqlx)\nincomplete",
    ),
    (
        "equal claims",
        "version = 1\n[components]\na = \"shop::a\"\nb = \"shop::a\"\nmain = \"shop::self\"\n",
        "error[policy-conflict]: `shop::a` is claimed by `a` and by `b` with equal right: name it in one of them, or make one pattern more specific\n  at archguard.toml:4:5\nincomplete",
    ),
    (
        "uses up a layering",
        "version = 1\n[components]\nlow = { paths = \"shop::a\", uses = [\"high\"] }\nhigh = \"shop::self\"\n[[layers]]\nid = \"l\"\norder = [\"high\", \"low\"]\n",
        "error[policy-conflict]: `low` cannot list `high` under `uses`: `l` puts it above\n  at archguard.toml:3:36\nincomplete",
    ),
    (
        "one id for two rules",
        "version = 1\n[components]\nall = \"shop\"\n[[forbid]]\nid = \"x\"\nuse = \"std::fs\"\n[[forbid]]\nid = \"x\"\nuse = \"std::net\"\n",
        "error[policy-conflict]: rule id `x` is given twice: an id is a rule's identity\n  at archguard.toml:8:6\nerror",
    ),
    (
        "a requirement that selects nothing",
        "version = 1\n[components]\nall = \"shop\"\n[[require]]\nid = \"x\"\nitems = { name = \"*Row\" }\nmust = { in = \"all\" }\n",
        "error[nothing-matched]: `items` of `x` selects nothing: no item meets it, so the rule would judge nothing; `optional = true` lets it wait\n  at archguard.toml:6:9\nincomplete",
    ),
    (
        "a workspace that is none",
        "version = 1\n[components]\nall = \"shop\"\n[policy]\nworkspaces = \"other\"\n",
        "error[nothing-matched]: `other` in `workspaces` means nothing: no manifest of another workspace lies there\n  at archguard.toml:5:14\nincomplete",
    ),
    (
        "a key of the whole policy below a table",
        "[components]\nall = \"shop\"\nversion = 1\n",
        "error[policy-syntax]: the policy does not say its version: `version` stands in `[components]` here, and belongs above the first `[table]`\n  at archguard.toml:3:1\nerror[policy-syntax]: component `version` must be a path, an array of paths, or a table, this is an integer\n  at archguard.toml:3:11\nerror",
    ),
    (
        "an order of one",
        "version = 1\n[components]\nall = \"shop\"\n[[layers]]\nid = \"l\"\norder = [\"all\"]\n",
        "error[nothing-matched]: `order` of `l` has one entry: there is nothing above or below it\n  at archguard.toml:6:10\nerror",
    ),
    (
        "a word that says too much",
        "version = 1\n[components]\nall = \"shop\"\n[[forbid]]\nid = \"x\"\nuse = \"std::fs\"\nseverity = \"warning\"\n",
        "error[unknown-name]: `severity` of [[forbid]] cannot be `warning`; it takes `error` and `warn`\n  at archguard.toml:7:12\nerror",
    ),
    (
        "another version",
        "version = 2\n",
        "error[policy-syntax]: policy version 2 is not known: this archguard reads version 1\n  at archguard.toml:1:11\nerror",
    ),
];

#[test]
fn each_fault_is_named_with_its_place_and_ends_in_2() {
    all_say(POLICIES.map(|(name, policy, expected)| {
        let workspace = Workspace::of("//- src/lib.rs\npub mod a;\n//- src/a.rs\npub fn f() {}\n");
        workspace.write("archguard.toml", policy);
        (name, workspace, 2, expected)
    }));
}

#[test]
fn without_a_policy_it_says_how_to_make_one() {
    let workspace = Workspace::of("//- no archguard.toml\n");
    workspace.says(
        "none",
        2,
        "error[no-policy]: there is no policy: the workspace root holds no archguard.toml\nerror",
    );
}

#[cfg(unix)]
#[test]
fn a_folder_is_no_policy() {
    let workspace = Workspace::of("//- no archguard.toml\n//- archguard.toml/x\n");
    workspace.says(
        "a folder",
        2,
        "error[policy-syntax]: `archguard.toml` cannot be read: Is a directory (os error 21)\nerror",
    );
}
