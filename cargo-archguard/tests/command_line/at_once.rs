//! Several processes at once on one workspace and what is kept of it: each says what it would say alone, and what they leave
//! behind serves the next.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use crate::process::{archguard, exit_of, text};

const AT_ONCE: usize = 8;
/// How often the code changes while they check.
const ROUNDS: usize = 4;
const POLICY: &str = "version = 1

[components]
shop = \"shop\"

[[forbid]]
id  = \"no-files\"
use = \"std::fs\"
";
/// Two texts of one length that a rule tells apart.
const TEXTS: [&str; 2] = [
    "pub fn f() { std::fs::read(0); }\n",
    "pub fn f() { std::io::read(0); }\n",
];

/// A workspace with enough modules for processes to meet over them.
struct Shop {
    directory: TempDir,
}

impl Shop {
    fn new() -> Self {
        let shop = Self {
            directory: TempDir::new().unwrap(),
        };
        let mut library = String::from("pub mod edited;\n");
        for index in 0..60 {
            let next = (index + 1) % 60;
            writeln!(library, "pub mod m{index};").unwrap();
            let module = format!(
                "pub use super::m{next}::*;\npub struct T{index};\nimpl T{index} {{ pub fn f(&self) {{ g{next}(); crate::edited::f(); }} }}\n\
                 pub fn g{index}(one: &T{next}) {{ one.f(); std::fs::write(0, 0); nowhere(); }}\n"
            );
            shop.write(&format!("src/m{index}.rs"), &module);
        }
        for (name, content) in [
            (
                "Cargo.toml",
                "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
            ),
            (
                "Cargo.lock",
                "version = 4\n\n[[package]]\nname = \"shop\"\nversion = \"0.1.0\"\n",
            ),
            ("archguard.toml", POLICY),
            ("src/lib.rs", &library),
            ("src/edited.rs", TEXTS[0]),
        ] {
            shop.write(name, content);
        }
        // Where nothing has been built nothing is kept.
        fs::create_dir(shop.path("target")).unwrap();
        shop
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    fn write(&self, name: &str, content: &str) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), content).unwrap();
    }

    /// Puts another text in the place of the edited file in one step; its size, and its time if that is told, stay as they
    /// were.
    fn edit(&self, content: &str, time: Option<SystemTime>) {
        let aside = self.path("src/edited.new");
        fs::write(&aside, content).unwrap();
        if let Some(time) = time {
            fs::File::open(&aside).unwrap().set_modified(time).unwrap();
        }
        fs::rename(aside, self.path("src/edited.rs")).unwrap();
    }

    fn begin(&self, server: bool) -> Child {
        let mut command = archguard();
        command.current_dir(self.directory.path()).env_remove("CI");
        // What is kept here lies here, wherever the tests are built.
        for variable in ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR", "CARGO_BUILD_BUILD_DIR"] {
            command.env_remove(variable);
        }
        if server {
            // There nothing that is kept is believed.
            command.env("CI", "1");
        }
        command.args(["check", "--offline", "--format", "json"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    }

    fn anew(&self) -> String {
        said(self.begin(true))
    }

    /// What the folder holds in which something is kept: what each file is, as long as it is not written again.
    fn kept(&self) -> BTreeMap<PathBuf, (SystemTime, Vec<u8>)> {
        let entries = fs::read_dir(self.path("target/archguard")).unwrap();
        let files = entries.map(|entry| entry.unwrap().path());
        // Whose turn it is to read is told by a lock, and nothing stands in it.
        files
            .filter(|path| !path.ends_with("turn"))
            .map(|path| {
                let modified = path.metadata().unwrap().modified().unwrap();
                let bytes = fs::read(&path).unwrap();
                (path, (modified, bytes))
            })
            .collect()
    }

    /// Everything that is kept is whole, says what is there, and is not written again where nothing changes.
    #[track_caller]
    fn serves(&self, expected: &str) {
        // What has just been written may not be kept yet.
        for _ in 0..100 {
            let before = self.kept();
            for (path, (_, bytes)) in &before {
                assert!(is_whole(path, bytes), "{}", path.display());
            }
            assert_eq!(said(self.begin(false)), expected);
            if self.kept() == before {
                let names = before.keys().map(|path| path.file_name().unwrap().to_string_lossy());
                assert!(names.into_iter().any(|name| name.starts_with("graph-")));
                return;
            }
        }
        panic!("it is never kept");
    }
}

/// The first bytes of a file are the hash of the others; nothing is left that was only on its way.
fn is_whole(path: &Path, bytes: &[u8]) -> bool {
    let name = path.file_name().unwrap().to_string_lossy();
    let (hash, body) = bytes.split_at(blake3::OUT_LEN);
    let is_whole = if name.starts_with("facts-") {
        is_whole_shelf(hash, body)
    } else {
        *blake3::hash(body).as_bytes() == hash
    };
    !name.starts_with('.') && is_whole
}

/// Many things in one file: the hash is that of the index, which has key, length and the beginning of the hash of each.
fn is_whole_shelf(hash: &[u8], body: &[u8]) -> bool {
    let number = |bytes: &[u8]| usize::try_from(u64::from_le_bytes(bytes.try_into().unwrap())).unwrap();
    let (index, mut things) = body.split_at(8 + 56 * number(&body[..8]));
    let all_whole = index[8..].chunks(56).all(|record| {
        let (thing, rest) = things.split_at(number(&record[32..40]));
        things = rest;
        blake3::hash(thing).as_bytes().starts_with(&record[40..])
    });
    all_whole && things.is_empty() && *blake3::hash(index).as_bytes() == hash
}

#[track_caller]
fn said(process: Child) -> String {
    let output = process.wait_with_output().unwrap();
    let out = text(&output.stdout);
    assert_eq!((exit_of(&output), text(&output.stderr)), (1, String::new()), "{out}");
    out
}

#[test]
fn processes_at_once_say_what_each_would_say_alone() {
    let shop = Shop::new();
    for content in [TEXTS[0], TEXTS[1], TEXTS[0]] {
        shop.edit(content, None);
        let alone = shop.anew();
        let all: Vec<Child> = (0..AT_ONCE).map(|_| shop.begin(false)).collect();
        for process in all {
            assert_eq!(said(process), alone);
        }
        shop.serves(&alone);
    }
}

#[test]
fn processes_at_once_say_what_stood_there_while_it_is_edited() {
    let shop = Shop::new();
    let old = SystemTime::now().checked_sub(Duration::from_secs(1000)).unwrap();
    let alone = TEXTS.map(|content| {
        shop.edit(content, Some(old));
        shop.anew()
    });
    assert_ne!(alone[0], alone[1]);
    for round in 0..ROUNDS {
        let time = (round % 2 == 0).then_some(old);
        let mut all = Vec::new();
        for number in 0..AT_ONCE {
            all.push(shop.begin(false));
            shop.edit(TEXTS[number % 2], time);
        }
        for process in all {
            let said = said(process);
            assert!(alone.contains(&said), "{said}");
        }
        for (content, alone) in TEXTS.iter().zip(&alone) {
            shop.edit(content, time);
            shop.serves(alone);
        }
    }
}
