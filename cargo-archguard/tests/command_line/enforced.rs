//! Architecture as errors of a plain `cargo build`: what is planted fails it, what is repaired builds again, and what has not
//! changed is not judged again.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use archguard_invariants::date::Day;
use tempfile::TempDir;

/// A driver, one place for it, and a handler. What stands for the repository is filled in.
const FILES: [(&str, &str); 7] = [
    (
        "Cargo.toml",
        "[workspace]\nmembers = [\"shop\", \"driver\"]\nresolver = \"3\"\n",
    ),
    (
        "shop/Cargo.toml",
        "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[dependencies]\ndriver = { path = \"../driver\" }\n",
    ),
    ("shop/src/lib.rs", "pub mod db;\npub mod http;\n"),
    (
        "shop/src/db.rs",
        "pub fn count() -> u32 {\n    driver::query(\"\")\n}\n",
    ),
    ("shop/src/http.rs", HANDLER),
    (
        "driver/Cargo.toml",
        "[package]\nname = \"driver\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
    ),
    ("driver/src/lib.rs", "pub fn query(_: &str) -> u32 {\n    1\n}\n"),
];

const HANDLER: &str = "pub fn list() -> u32 {\n    crate::db::count()\n}\n";
const RAW: &str = "pub fn list() -> u32 {\n    driver::query(\"\")\n}\n";

const POLICY: &str = "version = 1
[policy]
unassigned = \"allow\"
undeclared = \"allow\"
[[forbid]]
id = \"raw\"
use = \"driver\"
except = [\"shop::db\", \"driver\"]
because = \"One place for it.\"
instead = \"shop::db\"
";

pub(crate) struct Shop {
    directory: TempDir,
    target: PathBuf,
    _turn: MutexGuard<'static, ()>,
}

/// Cargo tells members of workspaces that are built into one folder by their paths below their roots, so that each shop
/// is the same to it: what one has just built passes for what another has just changed.
static TURN: Mutex<()> = Mutex::new(());

impl Shop {
    /// What is built of dependencies stays from run to run.
    fn new(target: &str) -> Self {
        let shop = Self {
            directory: TempDir::new().unwrap(),
            target: Path::new(env!("CARGO_TARGET_TMPDIR")).join(target),
            _turn: TURN.lock().unwrap_or_else(PoisonError::into_inner),
        };
        for (name, content) in FILES {
            shop.write(name, content);
        }
        shop.write("archguard.toml", POLICY);
        shop
    }

    fn write(&self, name: &str, content: &str) {
        let path = self.directory.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub(crate) fn cargo(&self) -> Command {
        let mut command = Command::new(env!("CARGO"));
        command
            .current_dir(self.directory.path())
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_TERM_COLOR", "never")
            .args(["build", "--offline"]);
        command
    }

    /// What a build says, and whether it succeeds.
    fn build(&self) -> (bool, String) {
        let Output { status, stderr, .. } = self.cargo().output().unwrap();
        (status.success(), String::from_utf8(stderr).unwrap())
    }

    fn builds(&self, what: &str) -> String {
        let (succeeded, said) = self.build();
        assert!(succeeded, "{what}: {said}");
        said
    }

    fn fails(&self, what: &str) -> String {
        let (succeeded, said) = self.build();
        assert!(!succeeded, "{what}: {said}");
        said
    }

    /// As it stands it builds, once; with a raw query in the handler it does not, and the build says why.
    fn is_stopped_saying(&self, wanted: &[&str]) {
        self.builds("clean");
        let again = self.builds("unchanged");
        assert!(!again.contains("Compiling"), "{again}");
        self.write("shop/src/http.rs", RAW);
        let said = self.fails("raw");
        for wanted in wanted {
            assert!(said.contains(wanted), "{wanted} in {said}");
        }
    }
}

/// The shop with `enforce!` in it.
pub(crate) fn with_macro() -> Shop {
    let shop = Shop::new("enforced-by-macro");
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let macros = repository.join("macros");
    let manifest = format!(
        "{}archguard = {{ path = '{}', features = [\"enforce\"] }}\n",
        FILES[1].1,
        macros.display()
    );
    shop.write("shop/Cargo.toml", &manifest);
    shop.write(
        "shop/src/lib.rs",
        "archguard::enforce!();\npub mod db;\npub mod http;\n",
    );
    shop.write("archguard.toml", &policy(&shop));
    // The versions that everything here is tested with.
    fs::copy(repository.join("Cargo.lock"), shop.directory.path().join("Cargo.lock")).unwrap();
    shop
}

fn policy(shop: &Shop) -> String {
    format!("{POLICY}{}", without_the_tool(shop.directory.path()))
}

/// What takes the tool itself out of a policy: by path it would be code of the workspace's own.
pub(crate) fn without_the_tool(root: &Path) -> String {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let top = root.canonicalize().unwrap();
    let up = "../".repeat(top.ancestors().count() - 1);
    let repository = repository.canonicalize().unwrap();
    let repository = repository.strip_prefix("/").unwrap().display().to_string();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let until = Day::of_unix_seconds(i64::try_from(now.as_secs()).unwrap() + 30 * 24 * 60 * 60);
    // Each crate by itself: what is tested may stand below the repository, where it is built.
    let of_crate = |folder: &str| {
        format!(
            "\n[[exclude]]\npath = \"{up}{repository}/{folder}\"\nreason = \"the tool\"\nowner = \"tools\"\nuntil = \"{until}\"\n"
        )
    };
    ["check", "evidence", "invariants", "lints", "macros"]
        .map(of_crate)
        .concat()
}

#[test]
fn the_macro_makes_errors_of_a_plain_build() {
    let shop = with_macro();
    let wanted = [
        "`shop::http::list` calls `driver::query`",
        "[raw/forbidden-use]",
        "--> shop/src/http.rs:2:5",
        "2 |     driver::query(\"\")",
        "  |     ^^^^^^^^^^^^^",
        "= because: One place for it.",
        "= instead: shop::db",
        "`cargo archguard`",
    ];
    shop.is_stopped_saying(&wanted);
    let forged = shop
        .cargo()
        .env("ARCHGUARD_COMPILER_SESSION", "Cargo.toml")
        .output()
        .unwrap();
    assert!(!forged.status.success(), "a variable alone switches nothing off");

    shop.write("shop/src/http.rs", HANDLER);
    shop.builds("repaired");
    shop.write("archguard.toml", &policy(&shop).replace("\"shop::db\", ", ""));
    let said = shop.fails("the policy alone has changed");
    assert!(said.contains("shop/src/db.rs:2:5"), "{said}");
    shop.write("archguard.toml", &policy(&shop).replace("shop::db\", ", "shop::dv\", "));
    let said = shop.fails("a problem in the policy");
    assert!(
        said.contains("archguard.toml:") && said.contains("`shop::db`?"),
        "{said}"
    );
    shop.write("archguard.toml", &policy(&shop));
    shop.builds("as it was");
}

/// The shop with the tool in the compiler's place.
fn with_wrapper() -> Shop {
    let mut shop = Shop::new("enforced-by-wrapper");
    shop.target = shop.directory.path().join("target");
    shop.write(
        ".cargo/config.toml",
        &format!(
            "[build]\nrustc-workspace-wrapper = '{}'\n",
            env!("CARGO_BIN_EXE_cargo-archguard")
        ),
    );
    shop
}

#[test]
fn the_wrapper_underlines_in_a_plain_build() {
    let shop = with_wrapper();
    let wanted = [
        "error[raw/forbidden-use]: `shop::http::list` calls `driver::query`",
        "--> shop/src/http.rs:2:5",
        "2 |     driver::query(\"\")",
        "  |     ^^^^^^^^^^^^^",
        "= because: One place for it.",
        "= instead: shop::db",
        "could not compile `shop`",
    ];
    shop.is_stopped_saying(&wanted);
    assert_eq!(
        shop.fails("raw, again").matches("error[raw/").count(),
        1,
        "nothing is fresh"
    );
    let forged = shop
        .cargo()
        .env("ARCHGUARD_COMPILER_SESSION", "Cargo.toml")
        .output()
        .unwrap();
    assert!(!forged.status.success(), "a variable alone switches nothing off");

    shop.write("shop/src/http.rs", HANDLER);
    shop.builds("repaired");
    shop.write("archguard.toml", &POLICY.replace("\"shop::db\", ", ""));
    let said = shop.fails("the policy alone has changed");
    assert!(said.contains("--> shop/src/db.rs:2:5"), "{said}");
    shop.write("archguard.toml", &POLICY.replace("shop::db\", ", "shop::dv\", "));
    let said = shop.fails("a problem in the policy");
    assert!(
        said.contains("--> archguard.toml:") && said.contains("`shop::db`?"),
        "{said}"
    );
    shop.write("archguard.toml", POLICY);
    shop.builds("as it was");
}

#[test]
fn through_the_wrapper_cargo_has_messages_of_the_compilers_kind() {
    let shop = with_wrapper();
    shop.write("shop/src/http.rs", RAW);
    let output = shop.cargo().arg("--message-format=json").output().unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    let messages =
        cargo_metadata::Message::parse_stream(lines.as_bytes()).filter_map(|message| match message.unwrap() {
            cargo_metadata::Message::CompilerMessage(message) => Some(message),
            _ => None,
        });
    let found: Vec<_> = messages.collect();
    assert_eq!(found.len(), 1, "{lines}");
    let span = &found[0].message.spans[0];
    assert_eq!(
        (
            found[0].target.name.as_str(),
            span.file_name.as_str(),
            span.line_start,
            span.column_start
        ),
        ("shop", "shop/src/http.rs", 2, 5)
    );
}

#[test]
fn what_does_not_compile_is_said_before_what_must_not_be() {
    let shop = with_wrapper();
    shop.write("shop/src/http.rs", &RAW.replace("u32", "&'static str"));
    let said = shop.fails("both");
    let place = |text: &str| said.find(text).unwrap_or_else(|| panic!("{text} in {said}"));
    assert!(place("error[E0308]") < place("error[raw/forbidden-use]"));
}

/// The other wrapper runs outside, and is given ours as the compiler.
#[cfg(unix)]
#[test]
fn another_wrapper_changes_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let shop = with_wrapper();
    shop.write("outside.sh", "#!/bin/sh\nexec \"$@\"\n");
    let outside = shop.directory.path().join("outside.sh");
    fs::set_permissions(&outside, fs::Permissions::from_mode(0o755)).unwrap();
    let build = || shop.cargo().env("RUSTC_WRAPPER", &outside).output().unwrap();
    assert!(build().status.success());
    shop.write("shop/src/http.rs", RAW);
    let said = String::from_utf8(build().stderr).unwrap();
    assert!(said.contains("error[raw/forbidden-use]"), "{said}");
}

#[test]
fn clippy_runs_as_ever() {
    let has_clippy = Command::new(env!("CARGO")).args(["clippy", "--version"]).output();
    if !has_clippy.is_ok_and(|output| output.status.success()) {
        return;
    }
    let shop = with_wrapper();
    let mut command = Command::new(env!("CARGO"));
    let output = command
        .current_dir(shop.directory.path())
        .env("CARGO_TARGET_DIR", &shop.target)
        .args(["clippy", "--offline"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
