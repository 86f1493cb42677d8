//! The table of commands and exit codes, each of them reached.

use std::collections::BTreeSet;

use super::runs::faults;
use super::shop::Shop;

/// What each command can end with: 0 clean, 1 findings, 2 problems or a wrong command line.
const TABLE: [(&str, &[i32]); 13] = [
    ("", &[0, 1, 2]),
    ("check", &[0, 1, 2]),
    ("verify", &[0, 1, 2]),
    ("diff", &[0, 1, 2]),
    ("baseline", &[0, 1, 2]),
    ("exceptions", &[0, 1, 2]),
    ("explain", &[0, 2]),
    ("graph", &[0, 2]),
    ("guard", &[0, 2]),
    ("init", &[0, 2]),
    ("packs", &[0, 2]),
    ("prove", &[0, 1, 2]),
    ("schema", &[0, 2]),
];

/// How the shop is changed before a run.
type Change = fn(&Shop);

/// What a command ends with and why: the code, what is done before, the line, what must be said.
struct Case(&'static str, i32, Change, &'static str, &'static str);

const AS_IT_IS: Change = |_| {};
const KEPT: Change = |shop| shop.write("shop/src/http.rs", "pub fn list() {}\n");
/// The same, without the exception that is stale then.
const CLEAN: Change = |shop| {
    KEPT(shop);
    shop.remove("archguard.exceptions.toml");
};
const WARNED: Change = |shop| {
    CLEAN(shop);
    shop.write("archguard.toml", "version = 1\n[components]\nall = [\"shop\", \"tools\"]\n[[forbid]]\nid = \"no-exit\"\nuse = \"std::process::exit\"\nseverity = \"warn\"\n");
    shop.write("tools/src/main.rs", "fn main() {\n    std::process::exit(1);\n}\n");
};
const UNREADABLE_CODE: Change = |shop| shop.write("tools/src/main.rs", "fn main( {}\n");
const NOT_COMPILING: Change = |shop| shop.write("shop/src/db.rs", "pub fn connect() -> u32 {}\npub fn query() {}\n");
const NO_LOCK_FILE: Change = |shop| shop.remove("Cargo.lock");
const NO_POLICY: Change = |shop| shop.remove("archguard.toml");
const NOTHING_BESIDE: Change = |shop| {
    NO_POLICY(shop);
    shop.remove("archguard.exceptions.toml");
};
const BROKEN_POLICY: Change = |shop| shop.write("archguard.toml", "version = 1\n[components]\nhttp = 1\n");
const BROKEN_EXCEPTIONS: Change = |shop| shop.write("archguard.exceptions.toml", "[[except]]\nrule = \"x\"\n");
const BROKEN_BASELINE: Change = |shop| shop.write("archguard.baseline.toml", "version = 1\n");
const NO_MANIFEST: Change = |shop| shop.remove("Cargo.toml");
const EXPIRED: Change = |shop| {
    shop.write("archguard.exceptions.toml", "[[except]]\nrule = \"component.http.uses\"\nfrom = \"shop::http::list\"\nto = \"shop::db::connect\"\nreason = \"Later.\"\nowner = \"us\"\nuntil = \"2020-11-30\"\n");
};
/// In a repository, with everything in one commit.
const COMMITTED: Change = |shop| {
    shop.git("init --quiet");
    shop.git("add .");
    shop.git("-c user.name=us -c user.email=us@example.org commit --quiet -m begin");
};
const WEAKER: Change = |shop| {
    CLEAN(shop);
    COMMITTED(shop);
    shop.write("archguard.toml", "version = 1\npolicy.exceptions = { max_days = 999999 }\n\n[components]\nhttp  = { paths = \"shop::http\", uses = [\"db\"] }\ndb    = { paths = \"shop::db\", uses = [] }\ntools = \"tools\"\n");
};
const WORSE: Change = |shop| {
    COMMITTED(shop);
    shop.write(
        "shop/src/db.rs",
        "pub fn connect() {}\npub fn query() {\n    crate::http::list();\n}\n",
    );
};
const FROZEN: Change = |shop| assert_eq!(shop.run("baseline").exit, 0);
const FROZEN_THEN_KEPT: Change = |shop| {
    FROZEN(shop);
    CLEAN(shop);
};
const FROZEN_THEN_WORSE: Change = |shop| {
    FROZEN(shop);
    shop.write(
        "shop/src/db.rs",
        "pub fn connect() {}\npub fn query() {\n    crate::http::list();\n}\n",
    );
};

const CASES: [Case; 69] = [
    Case("", 0, CLEAN, "", "archguard: clean"),
    Case("", 1, AS_IT_IS, "", "archguard: findings"),
    Case("", 2, UNREADABLE_CODE, "", "archguard: incomplete"),
    Case("", 2, NO_POLICY, "", "archguard: error"),
    Case("", 2, AS_IT_IS, "--nonsense", "unexpected argument '--nonsense'"),
    Case("", 2, AS_IT_IS, "nonsense", "unrecognized subcommand 'nonsense'"),
    Case("check", 0, CLEAN, "", "archguard: clean"),
    Case("check", 0, WARNED, "", "1 warning"),
    Case("check", 0, FROZEN, "", "1 in the baseline"),
    Case("check", 1, AS_IT_IS, "", "archguard: findings"),
    Case("check", 1, KEPT, "", "stale-exception"),
    Case("check", 1, EXPIRED, "", "the exception for this ended on 2020-11-30"),
    Case("check", 1, FROZEN_THEN_WORSE, "", "archguard: findings"),
    Case("check", 2, UNREADABLE_CODE, "", "archguard: incomplete"),
    Case("check", 2, BROKEN_POLICY, "", "error[policy-syntax]"),
    Case("check", 2, BROKEN_EXCEPTIONS, "", "archguard.exceptions.toml"),
    Case("check", 2, BROKEN_BASELINE, "", "archguard.baseline.toml"),
    Case("check", 2, NO_MANIFEST, "", "error[workspace]"),
    Case("check", 2, AS_IT_IS, "-p nobody", "nobody"),
    Case("check", 2, AS_IT_IS, "--format xml", "possible values"),
    Case("verify", 0, CLEAN, "", "seen by source and compiler"),
    Case("verify", 1, AS_IT_IS, "", "archguard: findings"),
    Case(
        "verify",
        2,
        NOT_COMPILING,
        "",
        "the build failed (default features): not built: `shop` (shop)",
    ),
    Case("verify", 2, NO_LOCK_FILE, "", "there is no Cargo.lock"),
    Case("verify", 2, UNREADABLE_CODE, "", "error[build]"),
    Case("verify", 2, BROKEN_POLICY, "", "error[policy-syntax]"),
    Case("check", 1, WEAKER, "--ci --base HEAD", "policy-weakened"),
    Case("check", 2, AS_IT_IS, "--base HEAD", "error[base]"),
    Case("diff", 0, COMMITTED, "HEAD", "archguard: clean since HEAD"),
    Case("diff", 1, WEAKER, "HEAD", "the policy is weaker in 1 rule"),
    Case("diff", 1, WORSE, "HEAD", "1 finding introduced"),
    Case("diff", 2, AS_IT_IS, "HEAD", "error[base]"),
    Case("baseline", 0, AS_IT_IS, "", "was written: 1 line"),
    Case("baseline", 0, FROZEN, "--check", "as small as it can be"),
    Case("baseline", 1, FROZEN_THEN_KEPT, "--check", "can shrink"),
    Case("baseline", 1, FROZEN_THEN_WORSE, "", "was not written"),
    Case("baseline", 2, UNREADABLE_CODE, "", "not whole"),
    Case("baseline", 2, AS_IT_IS, "-p shop", "`-p` cannot be used"),
    Case("exceptions", 0, AS_IT_IS, "--check", "1 in force"),
    Case("exceptions", 0, KEPT, "", "1 stale"),
    Case("exceptions", 1, KEPT, "--check", "1 stale"),
    Case("exceptions", 1, EXPIRED, "--check", "1 expired"),
    Case(
        "exceptions",
        2,
        AS_IT_IS,
        "--base HEAD",
        "lies in no git repository that can be read",
    ),
    Case("exceptions", 2, BROKEN_EXCEPTIONS, "", "needs `from`"),
    Case("exceptions", 2, AS_IT_IS, "--format dot", "possible values"),
    Case("explain", 0, AS_IT_IS, "http", "shop::http"),
    Case("explain", 2, AS_IT_IS, "htpp", "htpp"),
    Case("explain", 2, BROKEN_POLICY, "http", "error[policy-syntax]"),
    Case("explain", 2, AS_IT_IS, "", "required arguments"),
    Case("graph", 0, AS_IT_IS, "", "digraph"),
    Case("graph", 0, NO_POLICY, "", "digraph"),
    Case("graph", 2, UNREADABLE_CODE, "", "unexamined-code"),
    Case("graph", 2, NO_POLICY, "--by component", "no-policy"),
    Case("guard", 0, AS_IT_IS, "shop/src/http.rs", "http"),
    Case("guard", 0, AS_IT_IS, "shop/src/http/new.rs", "http"),
    Case("guard", 2, AS_IT_IS, "nowhere/src/new.rs", "nowhere/src/new.rs"),
    Case("guard", 2, BROKEN_POLICY, "shop/src/http.rs", "error[policy-syntax]"),
    Case("init", 0, NO_POLICY, "", "archguard: wrote archguard.toml"),
    Case("init", 0, AS_IT_IS, "--print", "version = 1"),
    Case(
        "init",
        0,
        NOTHING_BESIDE,
        "--baseline",
        "archguard: wrote archguard.toml",
    ),
    Case("init", 2, NO_POLICY, "--baseline", "no baseline can be made"),
    Case("init", 2, AS_IT_IS, "", "there is a policy already"),
    Case("packs", 0, NO_MANIFEST, "", "pack:sql"),
    Case("packs", 2, AS_IT_IS, "sql", "unexpected argument 'sql'"),
    Case("prove", 0, AS_IT_IS, "", "0 dead"),
    Case(
        "prove",
        1,
        AS_IT_IS,
        "--policy other/lax.toml",
        "dead: component everything",
    ),
    Case("prove", 2, BROKEN_POLICY, "", "error[policy-syntax]"),
    Case("schema", 0, NO_MANIFEST, "", "json-schema.org"),
    Case("schema", 2, AS_IT_IS, "lints", "possible values"),
];

/// Commands that are shown, `""` for none.
fn commands() -> BTreeSet<String> {
    let line = cargo_archguard::command_line();
    let shown = line.get_subcommands().filter(|command| !command.is_hide_set());
    let names = shown.map(|command| command.get_name().to_owned());
    std::iter::once(String::new()).chain(names).collect()
}

#[test]
fn the_table_has_every_command_and_a_case_for_every_code() {
    let table: BTreeSet<String> = TABLE.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(table, commands());
    let promised = TABLE
        .iter()
        .flat_map(|(name, codes)| codes.iter().map(|code| (*name, *code)));
    let reached = CASES.iter().map(|Case(name, code, ..)| (*name, *code));
    assert_eq!(
        promised.collect::<BTreeSet<(&str, i32)>>(),
        reached.collect::<BTreeSet<(&str, i32)>>()
    );
}

#[test]
fn every_code_is_reached() {
    let wrong = faults(&CASES, |Case(command, code, change, arguments, expected)| {
        let shop = Shop::new();
        change(&shop);
        let line = format!("--offline {command} {arguments}");
        let said = shop.run(&line);
        let is_as_promised = said.exit == *code && said.all().contains(expected);
        (!is_as_promised).then(|| {
            format!(
                "`{line}` ends in {} rather than {code} with `{expected}`:\n{}",
                said.exit,
                said.all()
            )
        })
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Commands that are specified and not there yet end in 2 whatever stands behind them.
#[test]
fn commands_to_come_end_in_2() {
    let line = cargo_archguard::command_line();
    let hidden: Vec<&str> = line
        .get_subcommands()
        .filter(|command| command.is_hide_set())
        .map(clap::Command::get_name)
        .collect();
    assert!(!hidden.is_empty(), "nothing is hidden: this test goes");
    for name in hidden {
        let said = Shop::new().run(name);
        assert_eq!((said.exit, said.out.as_str()), (2, ""), "{name}");
        assert!(
            said.err.starts_with(&format!("error: `{name}` is not there yet")),
            "{name}"
        );
    }
}
