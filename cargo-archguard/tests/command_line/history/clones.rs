//! Where the commit comes from: no policy there, a shallow clone, no repository, code beside the repository.

use std::fs;

use super::workspace::{Repository, found, git_in, run_in};

#[test]
fn without_a_policy_at_the_base_that_of_the_change_judges_and_the_verdict_says_so() {
    let repository = Repository::with(|repository| fs::remove_file(repository.root().join("archguard.toml")).unwrap());
    repository.write("archguard.toml", super::workspace::POLICY);
    let (exit, verdict) = repository.verdict("--ci --base main");
    assert_eq!((exit, &verdict["policy"]["source"]), (0, &"worktree".into()));
    assert!(verdict["policy"]["base"]["hash"].is_null());
    let human = repository.run("--base main");
    assert!(human.out.contains("there is no policy at main"), "{}", human.out);
}

#[test]
fn the_base_of_an_unchanged_policy_is_named() {
    let repository = Repository::new();
    let (exit, verdict) = repository.verdict("--ci --base HEAD");
    assert_eq!((exit, found(&verdict)), (0, Vec::new()));
    assert_eq!(verdict["policy"]["base"]["rev"], "HEAD");
    assert!(verdict["policy"]["base"]["hash"].is_string());
}

#[test]
fn a_shallow_clone_is_told_what_to_fetch() {
    let repository = Repository::new();
    repository.write("shop/src/app.rs", "pub fn place() {}\n");
    repository.commit("change");
    let from = repository.root();
    git_in(
        repository.beside(),
        &format!(
            "clone --quiet --depth 1 --branch change file://{} shallow",
            from.display()
        ),
    );
    let clone = repository.beside().join("shallow");
    for (rev, hint) in [
        ("main", "`git fetch --depth 1 origin main:main` brings it"),
        (
            "origin/main",
            "`git fetch --depth 1 origin main:refs/remotes/origin/main` brings it",
        ),
        ("HEAD~1", "`git fetch --unshallow` brings the history"),
    ] {
        let said = run_in(&clone, &format!("--base {rev}"));
        assert_eq!(said.exit, 2, "{rev}: {}{}", said.out, said.err);
        for part in ["error[base]", "names no commit", hint] {
            assert!(said.out.contains(part), "{rev}: {part}: {}", said.out);
        }
    }
    git_in(&clone, "fetch --quiet --depth 1 origin main:refs/remotes/origin/main");
    assert_eq!(run_in(&clone, "--base origin/main").exit, 0, "what it said was right");
}

#[test]
fn what_cannot_be_a_base_ends_in_2() {
    let repository = Repository::new();
    let said = repository.run("--base nonsense");
    assert_eq!(said.exit, 2, "{}", said.out);
    assert!(said.out.contains("`nonsense` names no commit"), "{}", said.out);
    let (exit, verdict) = repository.verdict("--base nonsense");
    assert_eq!((exit, &verdict["problems"][0]["code"]), (2, &"base".into()));
    fs::remove_dir_all(repository.root().join(".git")).unwrap();
    let said = repository.run("--base main");
    assert_eq!(said.exit, 2);
    assert!(said.out.contains("no git repository"), "{}", said.out);
}

/// Neither what is checked out nor what stands in the environment has a say in what the base is.
#[test]
fn nothing_is_touched_and_nothing_outside_has_a_say() {
    let repository = Repository::new();
    repository.edit("archguard.toml", &[("dev    = true\n", "")]);
    let before = (repository.git("status --porcelain"), repository.git("stash list"));
    let other = Repository::new();
    let output = crate::process::archguard()
        .current_dir(repository.root())
        .env_remove("CI")
        .env("GIT_DIR", other.root().join(".git"))
        .env("GIT_WORK_TREE", other.root())
        .args(["--offline", "--base", "main"])
        .output()
        .unwrap();
    assert_eq!(crate::process::exit_of(&output), 1);
    assert_eq!(
        (repository.git("status --porcelain"), repository.git("stash list")),
        before
    );
}

/// A path dependency outside the repository lies where it lies, for the base too.
#[test]
fn code_beside_the_repository_is_no_obstacle() {
    let repository = Repository::with(|repository| {
        repository.write(
            "../beside/Cargo.toml",
            "[package]\nname = \"beside\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[workspace]\n",
        );
        repository.write("../beside/src/lib.rs", "pub fn help() {}\n");
        repository.edit(
            "shop/Cargo.toml",
            &[(
                "edition = \"2021\"\n",
                "edition = \"2021\"\n[dependencies]\nbeside = { path = \"../../beside\" }\n",
            )],
        );
        repository.edit("Cargo.lock", &[("[[package]]\nname = \"shop\"\nversion = \"0.1.0\"\n", "[[package]]\nname = \"beside\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"shop\"\nversion = \"0.1.0\"\ndependencies = [\n \"beside\",\n]\n")]);
        repository.edit(
            "archguard.toml",
            &[("tools    =", "beside = { paths = \"beside\", uses = [] }\ntools    =")],
        );
    });
    repository.edit("archguard.toml", &[("version = 1", "# the same\nversion = 1")]);
    let (exit, verdict) = repository.verdict("--ci --base main");
    assert_eq!((exit, found(&verdict)), (0, Vec::new()), "{verdict:#}");
    assert_eq!(
        verdict["policy"]["base"]["notes"].as_array().unwrap().len(),
        0,
        "{:#}",
        verdict["policy"]
    );
}
