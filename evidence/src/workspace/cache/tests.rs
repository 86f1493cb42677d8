//! What is kept holds exactly as long as cargo would say the same.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::Cache;
use crate::kept::WORKSPACE;
use crate::workspace::locate::canonical;
use crate::workspace::{Request, Workspace, load};

/// A workspace in a directory below another, since cargo looks upwards too, and where its answer is kept.
struct Kept {
    _directory: TempDir,
    top: PathBuf,
    root: PathBuf,
    cache: Cache,
}

const ROOT: &str = "[workspace]\nresolver = \"2\"\nmembers = [\"crates/*\", \"tool\"]\nexclude = [\"crates/out\"]\n";
const LOCK: &str = "version = 4\n[[package]]\nname = \"first\"\nversion = \"0.1.0\"\ndependencies = [\"outside\"]\n[[package]]\nname = \"outside\"\nversion = \"0.1.0\"\n[[package]]\nname = \"tool\"\nversion = \"0.1.0\"\n";

fn manifest(name: &str, rest: &str) -> String {
    format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n{rest}\n")
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

impl Kept {
    fn new() -> Self {
        let directory = tempfile::Builder::new().prefix("archguard-").tempdir().unwrap();
        let top = canonical(directory.path());
        let root = top.join("here");
        let outside =
            "[dependencies]\noutside = { path = \"../../../outside\" }\n[[bin]]\nname = \"named\"\npath = \"run.rs\"";
        for (path, text) in [
            ("here/Cargo.toml", ROOT.to_owned()),
            ("here/Cargo.lock", LOCK.to_owned()),
            ("here/crates/first/Cargo.toml", manifest("first", outside)),
            ("here/crates/first/src/lib.rs", String::new()),
            ("here/crates/first/run.rs", String::new()),
            ("here/tool/Cargo.toml", manifest("tool", "")),
            ("here/tool/src/main.rs", String::new()),
            ("here/tool/tests/it.rs", String::new()),
            ("outside/Cargo.toml", manifest("outside", "")),
            ("outside/src/lib.rs", String::new()),
        ] {
            write(&top.join(path), &text);
        }
        let request = Self::request(&root);
        let target = load(&request).unwrap().target_directory;
        let manifest = root.join("Cargo.toml");
        let cache = Cache::within(&top.join("kept"), &manifest, manifest.clone(), target);
        Self {
            _directory: directory,
            top,
            root,
            cache,
        }
    }

    fn request(root: &Path) -> Request {
        Request {
            manifest_path: None,
            directory: root.to_path_buf(),
            offline: true,
        }
    }

    /// What cargo says, or that it refuses.
    fn asked(&self) -> Result<Workspace, String> {
        load(&Self::request(&self.root)).map_err(|error| error.to_string())
    }

    fn loaded(&self) -> Result<Workspace, String> {
        let asking = || load(&Self::request(&self.root));
        self.cache.or_load(asking).map_err(|error| error.to_string())
    }

    fn is_kept(&self) -> bool {
        self.cache.read().is_some()
    }
}

fn shown(workspace: &Result<Workspace, String>) -> String {
    match workspace {
        Ok(workspace) => format!(
            "{:#?}",
            Workspace {
                kept_as: None,
                ..workspace.clone()
            }
        ),
        Err(refusal) => refusal.clone(),
    }
}

type Change = (&'static str, fn(&Path));

/// Every kind of change that may make cargo say something else; the argument is the directory above the workspace.
const CHANGES: [Change; 23] = [
    ("the root manifest", |top| {
        write(&top.join("here/Cargo.toml"), &ROOT.replace(", \"tool\"", ""));
    }),
    ("a member's manifest", |top| {
        write(
            &top.join("here/tool/Cargo.toml"),
            &manifest("tool", "[features]\nx = []"),
        );
    }),
    ("a manifest outside", |top| {
        write(
            &top.join("outside/Cargo.toml"),
            &manifest("outside", "links = \"x\"\nbuild = \"b.rs\""),
        );
    }),
    ("the lock file", |top| {
        write(
            &top.join("here/Cargo.lock"),
            &LOCK.replace("version = 4", "version = 3"),
        );
    }),
    ("no lock file", |top| {
        fs::remove_file(top.join("here/Cargo.lock")).unwrap();
    }),
    ("a new member", |top| {
        write(&top.join("here/crates/second/Cargo.toml"), &manifest("second", ""));
        write(&top.join("here/crates/second/src/lib.rs"), "");
    }),
    ("a folder that should be a member", |top| {
        write(&top.join("here/crates/no_package/notes.txt"), "");
    }),
    ("a member that goes", |top| {
        fs::remove_dir_all(top.join("here/tool")).unwrap();
    }),
    ("a package outside that goes", |top| {
        fs::remove_file(top.join("outside/Cargo.toml")).unwrap();
    }),
    ("a binary", |top| write(&top.join("here/tool/src/bin/more.rs"), "")),
    ("a binary in a folder", |top| {
        write(&top.join("here/tool/src/bin/deep/main.rs"), "");
    }),
    ("a test", |top| write(&top.join("here/crates/first/tests/it.rs"), "")),
    ("an example", |top| {
        write(&top.join("here/crates/first/examples/show.rs"), "");
    }),
    ("a bench outside", |top| {
        write(&top.join("outside/benches/speed.rs"), "");
    }),
    ("a library beside a binary", |top| {
        write(&top.join("here/tool/src/lib.rs"), "");
    }),
    ("a binary beside a library", |top| {
        write(&top.join("outside/src/main.rs"), "");
    }),
    ("a build script", |top| write(&top.join("here/tool/build.rs"), "")),
    ("a test that goes", |top| {
        fs::remove_file(top.join("here/tool/tests/it.rs")).unwrap();
    }),
    ("a named file that goes", |top| {
        fs::remove_file(top.join("here/crates/first/run.rs")).unwrap();
    }),
    ("configuration", |top| {
        write(
            &top.join("here/.cargo/config.toml"),
            "[build]\ntarget-dir = \"other\"\n",
        );
    }),
    ("configuration above", |top| {
        write(&top.join(".cargo/config"), "[patch.crates-io]\n");
    }),
    ("a workspace above", |top| {
        write(
            &top.join("Cargo.toml"),
            "[workspace]\nmembers = []\nexclude = [\"here\"]\n",
        );
    }),
    ("a toolchain", |top| {
        write(&top.join("here/rust-toolchain.toml"), "[toolchain]\ncomponents = []\n");
    }),
];

#[test]
fn every_kind_of_change_is_noticed() {
    for (what, change) in CHANGES {
        let kept = Kept::new();
        assert!(!kept.is_kept());
        let before = kept.loaded();
        assert!(kept.is_kept(), "before {what}");
        assert_eq!(shown(&kept.loaded()), shown(&before), "before {what}");
        change(&kept.top);
        assert!(!kept.is_kept(), "{what}");
        assert_eq!(shown(&kept.loaded()), shown(&kept.asked()), "{what}");
        // Again from what may be kept now.
        assert_eq!(shown(&kept.loaded()), shown(&kept.asked()), "after {what}");
    }
}

#[test]
fn changes_upon_changes_are_noticed() {
    // With these the lock file does not fit any more, or cargo refuses: then nothing is kept.
    let ends = [
        "a new member",
        "a member that goes",
        "a folder that should be a member",
        "no lock file",
        "a package outside that goes",
    ];
    let kept = Kept::new();
    let mut seen = 0;
    // A stride that is prime to the number of changes meets each once, in an order that is not the list's.
    for step in 0..CHANGES.len() {
        let (what, change) = CHANGES[step * 7 % CHANGES.len()];
        if !ends.contains(&what) {
            change(&kept.top);
            assert_eq!(shown(&kept.loaded()), shown(&kept.asked()), "{what}");
            seen += usize::from(kept.is_kept());
        }
    }
    assert_eq!(seen, CHANGES.len() - ends.len());
}

#[test]
fn code_is_not_what_cargo_says() {
    let kept = Kept::new();
    kept.loaded().unwrap();
    for file in [
        "here/tool/src/main.rs",
        "here/tool/src/new.rs",
        "here/tool/src/new/deep.rs",
        "here/README.md",
    ] {
        write(&kept.top.join(file), "mod new;");
    }
    assert!(kept.is_kept());
}

#[test]
fn what_is_damaged_is_written_anew() {
    let kept = Kept::new();
    let whole = shown(&kept.loaded());
    let bytes = fs::read(&kept.cache.file.path).unwrap();
    let mut changed = bytes.clone();
    *changed.last_mut().unwrap() ^= 1;
    for damaged in [&[], &b"{}"[..], &bytes[..bytes.len() / 2], &changed, &[0; 40]] {
        fs::write(&kept.cache.file.path, damaged).unwrap();
        assert!(!kept.is_kept());
        assert_eq!(shown(&kept.loaded()), whole);
        assert_eq!(fs::read(&kept.cache.file.path).unwrap(), bytes);
    }
}

#[test]
fn without_a_place_everything_works_as_before() {
    let kept = Kept::new();
    // Where the folder would be there is a file.
    fs::write(kept.cache.file.path.parent().unwrap(), "").unwrap();
    assert_eq!(shown(&kept.loaded()), shown(&kept.asked()));
    assert!(!kept.is_kept());
}

#[test]
fn an_answer_about_another_directory_is_not_kept() {
    let kept = Kept::new();
    let manifest = kept.root.join("Cargo.toml");
    let elsewhere = Cache::within(
        &kept.top.join("kept"),
        &manifest,
        manifest.clone(),
        kept.top.join("elsewhere"),
    );
    elsewhere.or_load(|| load(&Kept::request(&kept.root))).unwrap();
    assert!(!elsewhere.file.path.exists());
}

#[test]
fn what_cannot_be_known_is_not_kept() {
    let unknown: [Change; 5] = [
        ("members anywhere", |top| {
            write(&top.join("here/Cargo.toml"), &ROOT.replace("crates/*", "crates/**"));
        }),
        ("more configuration", |top| {
            write(
                &top.join("here/.cargo/config.toml"),
                "include = [{ path = \"more.toml\", optional = true }]\n",
            );
        }),
        ("other places", |top| {
            write(&top.join("here/.cargo/config.toml"), "paths = []\n");
        }),
        ("a package that no manifest leads to", |top| {
            write(&top.join("depot/Cargo.toml"), &manifest("depot", ""));
            write(&top.join("depot/src/lib.rs"), "");
            let patch = "[patch.crates-io]\ndepot = { path = \"../depot\" }\n";
            write(&top.join("here/.cargo/config.toml"), patch);
            let tool = manifest("tool", "[dependencies]\ndepot = \"0.1\"");
            write(&top.join("here/tool/Cargo.toml"), &tool);
            let depot = "[[package]]\nname = \"depot\"\nversion = \"0.1.0\"\n";
            let lock = LOCK.replacen("[[package]]", &format!("{depot}[[package]]"), 1);
            write(
                &top.join("here/Cargo.lock"),
                &format!("{lock}dependencies = [\"depot\"]\n"),
            );
        }),
        ("no lock file", |top| {
            fs::remove_file(top.join("here/Cargo.lock")).unwrap();
        }),
    ];
    for (what, change) in unknown {
        let kept = Kept::new();
        change(&kept.top);
        assert_eq!(shown(&kept.loaded()), shown(&kept.asked()), "{what}");
        assert!(!kept.is_kept(), "{what}");
    }
}

#[test]
fn old_answers_go() {
    let kept = Kept::new();
    let folder = kept.cache.file.path.parent().unwrap();
    let long_ago = std::time::SystemTime::UNIX_EPOCH;
    for number in 0..WORKSPACE.most_files + 3 {
        let old = folder.join(format!("workspace-{number}"));
        write(&old, "");
        fs::File::options()
            .write(true)
            .open(&old)
            .unwrap()
            .set_modified(long_ago)
            .unwrap();
    }
    write(&folder.join("other"), "");
    kept.loaded().unwrap();
    assert!(kept.is_kept());
    assert!(folder.join("other").exists());
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let answers = names.filter(|name| name.to_string_lossy().starts_with("workspace-"));
    assert_eq!(answers.count(), WORKSPACE.most_files);
}

/// What else is kept of a workspace does not depend on who asked.
#[test]
fn an_answer_is_known_again_in_another_environment() {
    let kept = Kept::new();
    let first = kept.loaded().unwrap().kept_as.unwrap();
    assert_eq!(kept.cache.read().unwrap().kept_as.unwrap(), first);
    let manifest = kept.root.join("Cargo.toml");
    let target = kept.asked().unwrap().target_directory;
    let again = Cache::within(&kept.top.join("elsewhere"), &manifest, manifest.clone(), target);
    fs::create_dir_all(kept.root.join(".cargo")).unwrap();
    fs::write(kept.root.join(".cargo/config.toml"), "[term]\nquiet = false\n").unwrap();
    let load = || load(&Kept::request(&kept.root));
    assert_eq!(again.or_load(load).unwrap().kept_as.unwrap(), first);
    write(&kept.top.join("here/tool/src/bin/more.rs"), "");
    assert_ne!(again.or_load(load).unwrap().kept_as.unwrap(), first);
}

#[test]
fn the_environment_of_cargo_is_part_of_the_name() {
    let name = |variables: &[(&str, &str)]| {
        let variables = variables.iter().map(|(name, value)| (name.into(), value.into()));
        super::place::name(Path::new("/w/Cargo.toml"), variables)
    };
    let plain = name(&[]);
    assert_eq!(name(&[("EDITOR", "x")]), plain);
    for variable in [
        "CARGO",
        "CARGO_BUILD_TARGET",
        "RUSTC",
        "RUSTUP_TOOLCHAIN",
        "RUSTUP_HOME",
        "PATH",
        "HOME",
    ] {
        assert_ne!(name(&[(variable, "x")]), plain, "{variable}");
        assert_ne!(name(&[(variable, "x")]), name(&[(variable, "y")]), "{variable}");
    }
}
