//! `verify --base`: what only the compiler sees, judged by the policy of the commit too.

use super::workspace::{Repository, found};

/// The database hands out a command to whoever asks, and nothing there says of what type.
fn repository() -> Repository {
    Repository::with(|repository| {
        repository.write(
            "shop/src/db/mod.rs",
            "pub mod repo;\n\npub fn connect() {\n    with(|_| ());\n}\n\npub fn with<T>(run: impl FnOnce(&mut std::process::Command) -> T) -> T {\n    run(&mut std::process::Command::new(\"sh\"))\n}\n",
        );
        repository.edit(
            "archguard.toml",
            &[(
                "public = \"shop::db::repo\"",
                "public = [\"shop::db::repo\", \"shop::db::with\"]",
            )],
        );
    })
}

/// A layer that may use the database starts a process, and names none.
fn broken(repository: &Repository) {
    repository.write(
        "shop/src/app.rs",
        "pub fn place() {\n    crate::db::repo::save(&crate::domain::Order);\n    crate::db::with(|it| it.env_clear().status().is_ok());\n}\n",
    );
}

const FORBIDDEN: &str = "forbidden-use no-processes";

#[test]
fn what_only_the_compiler_sees_is_judged_by_the_commits_policy() {
    let repository = repository();
    let (exit, verdict) = repository.verdict("verify --ci --base main");
    assert_eq!((exit, found(&verdict)), (0, Vec::new()), "{:#}", verdict["problems"]);

    broken(&repository);
    let (exit, verdict) = repository.verdict("--ci --base main");
    assert_eq!((exit, found(&verdict)), (0, Vec::new()), "the source does not tell");
    let (exit, verdict) = repository.verdict("verify --ci --base main");
    assert_eq!((exit, found(&verdict)), (1, vec![FORBIDDEN.to_owned()]));

    repository.edit(
        "archguard.toml",
        &[("except = [\"db\", \"tools\"]", "except = [\"db\", \"tools\", \"app\"]")],
    );
    assert_eq!(
        repository.run("verify --ci").exit,
        0,
        "by its own policy the change is clean"
    );
    let (exit, verdict) = repository.verdict("verify --ci --base main");
    assert_eq!(
        (exit, found(&verdict)),
        (1, vec!["policy-weakened no-processes".to_owned()])
    );
    let references = verdict["policy"]["base"]["weakened"][0]["references"]
        .as_array()
        .unwrap();
    let to: Vec<&str> = references.iter().map(|it| it["to"].as_str().unwrap()).collect();
    assert_eq!(
        to,
        ["std::process::Command::env_clear", "std::process::Command::status"]
    );
    let (exit, verdict) = repository.verdict("verify --base main --allow-policy-change");
    assert_eq!((exit, &verdict["policy"]["base"]["accepted"]), (0, &true.into()));
}

/// An exception of the same change does not count here either.
#[test]
fn an_exception_of_the_change_does_not_count() {
    let repository = repository();
    broken(&repository);
    let exception = |to: &str| {
        format!(
            "[[except]]\nrule = \"no-processes\"\nfrom = \"shop::app::place\"\nto = \"std::process::Command::{to}\"\nreason = \"Later.\"\nowner = \"us\"\nuntil = \"2999-01-31\"\n"
        )
    };
    repository.write(
        "archguard.exceptions.toml",
        &["env_clear", "status"].map(exception).concat(),
    );
    assert_eq!(repository.run("verify --ci").exit, 0);
    let (exit, verdict) = repository.verdict("verify --ci --base main");
    assert_eq!((exit, found(&verdict)), (1, vec![FORBIDDEN.to_owned()]));
    assert_eq!(verdict["policy"]["base"]["uncounted"]["exceptions"], 2);
}
