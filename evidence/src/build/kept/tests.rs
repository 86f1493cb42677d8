//! What is kept says what reading anew would say.

mod later;
mod shop;
mod surroundings;

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use self::shop::{FILES, Shop, write};
use super::Extent;
use super::witness::{Aspect, Witness};
use crate::facts::extract::Depth;
use crate::names::kept_facts::ReadAs;

/// Apart from its arguments, so that no check takes these texts for code.
const INCLUDE: &str = "include!";

type Change = (&'static str, bool, fn(&Path));
type Step = (&'static str, fn(&Path));

const CHANGES: [Change; 14] = [
    ("a body", true, |top| {
        write(
            top,
            "src/db/repo.rs",
            "pub fn save() {\n    let a = 1;\n\n    two(a);\n}\nfn one() {}\n",
        );
    }),
    ("comments", true, |top| {
        write(
            top,
            "src/lib.rs",
            "//! Another shop.\n// With\npub mod db;\npub mod http; \n\n#[cfg(windows)]\nmod windows;\n",
        );
    }),
    ("what is no code", true, |top| write(top, "src/notes.md", "")),
    ("a module", false, |top| {
        write(
            top,
            "src/db.rs",
            "pub use self::repo::save;\npub mod repo;\npub struct Pool;\npub mod more;\n",
        );
        write(top, "src/db/more.rs", "");
    }),
    ("a module less", false, |top| {
        write(top, "src/db.rs", "pub struct Pool;\n");
    }),
    ("another name", false, |top| {
        write(top, "src/db/repo.rs", "pub fn store() {}\n");
    }),
    ("a name of the same length", false, |top| {
        write(top, "src/db/repo.rs", "pub fn sAve() {\n    one();\n}\nfn one() {}\n");
    }),
    ("a file that moves", false, |top| {
        write(top, "src/db/mod.rs", FILES[3].1);
        fs::remove_file(top.join("src/db.rs")).unwrap();
    }),
    ("a file in a second place", false, |top| {
        write(top, "src/db/repo/mod.rs", "");
    }),
    ("a file in a first place", false, |top| {
        write(top, "src/http.rs", "");
    }),
    ("a file that goes", false, |top| {
        fs::remove_file(top.join("src/db/repo.rs")).unwrap();
    }),
    ("a file for windows that goes", false, |top| {
        fs::remove_file(top.join("src/windows.rs")).unwrap();
    }),
    ("an include", false, |top| {
        write(top, "src/http/mod.rs", &format!("{INCLUDE}(\"part.rs\");\n"));
        write(top, "src/http/part.rs", "pub mod orders {}\n");
    }),
    ("generated code", false, |top| {
        write(
            top,
            "src/http/mod.rs",
            &format!("{INCLUDE}(concat!(env!(\"OUT_DIR\"), \"/x.rs\"));\n"),
        );
    }),
];

#[test]
fn what_is_kept_is_what_would_be_read() {
    // Old enough for times to tell; so young that only contents do.
    for age in [Duration::from_secs(60), Duration::from_secs(1)] {
        for (what, stays, change) in CHANGES {
            let shop = Shop::new();
            shop.age(age);
            assert!(!shop.is_kept());
            shop.agree(what);
            assert!(shop.is_kept(), "before {what}");
            shop.agree(what);
            change(shop.directory.path());
            assert_eq!(shop.is_kept(), stays, "{what}");
            shop.agree(what);
            // Kept again where it can be.
            shop.age(age);
            shop.agree(what);
            shop.agree(what);
        }
    }
}

#[test]
fn the_whole_is_kept_until_a_byte_changes() {
    for age in [Duration::from_secs(60), Duration::from_secs(1)] {
        for (what, _, change) in CHANGES {
            let shop = Shop::read_as(Extent::Whole);
            shop.age(age);
            assert!(!shop.is_kept());
            shop.agree(what);
            assert!(shop.is_kept(), "before {what}");
            shop.agree(what);
            change(shop.directory.path());
            assert_eq!(shop.is_kept(), what == "what is no code", "{what}");
            shop.agree(what);
            shop.age(age);
            shop.agree(what);
            shop.agree(what);
        }
    }
}

/// What is kept of a call may not outlive anything that decides what it makes.
#[test]
fn what_macros_make_is_what_they_would_make() {
    let by = "#[macro_export]\nmacro_rules! make {\n    ($name:ident) => { pub fn $name() { crate::db::repo::save(); } };\n}\n";
    let members = "pub struct S;\nimpl<T> Wide<T> { crate::make!(in_impl); }\npub struct Wide<T>(T);\n";
    let calls = format!("{members}crate::make!(first);\nfn f() {{ crate::make!(inner); inner(); }}\n");
    let steps: [(&str, &str, String); 6] = [
        ("as it was", "src/http/mod.rs", calls.clone()),
        (
            "another definition",
            "src/lib.rs",
            by.replace("repo::save", "Pool::gone"),
        ),
        ("another argument", "src/http/mod.rs", calls.replace("first", "other")),
        (
            "the same further down",
            "src/http/mod.rs",
            format!("\n// Moved.\n{calls}"),
        ),
        (
            "another parameter around it",
            "src/http/mod.rs",
            calls.replace("Wide<T>", "Wide<db>").replace("(T)", "(db)"),
        ),
        (
            "items and no members",
            "src/http/mod.rs",
            calls.replace("crate::make!(in_impl); ", "").replace("first", "in_impl"),
        ),
    ];
    let shop = Shop::read_as(Extent::Whole);
    let top = shop.directory.path();
    let library = |definition: &str| format!("{definition}pub mod db;\npub mod http;\n");
    write(top, "src/lib.rs", &library(by));
    for (what, file, text) in steps {
        let text = if file == "src/lib.rs" { library(&text) } else { text };
        write(top, file, &text);
        shop.age(Duration::from_secs(60));
        shop.agree(what);
        shop.agree(what);
    }
}

#[test]
fn what_the_verdict_says_of_unread_files_is_looked_at_again() {
    let orphan = "a file in no module tree";
    let changes: [Step; 4] = [
        (orphan, |top| write(top, "src/orphan.rs", "")),
        (orphan, |top| write(top, "notes/orphan.rs", "")),
        ("git ignores it", |top| write(top, ".gitignore", "orphan.rs\n")),
        ("another workspace", |top| {
            write(
                top,
                "other/Cargo.toml",
                "[workspace]\n[package]\nname = \"other\"\nversion = \"0.1.0\"\n",
            );
        }),
    ];
    let mut shop = Shop::read_as(Extent::Whole);
    for (what, change) in changes {
        shop.age(Duration::from_secs(60));
        shop.agree(what);
        assert!(shop.is_kept(), "before {what}");
        change(shop.directory.path());
        // As another process finds it.
        shop.workspace.other_workspaces.take();
        assert!(!shop.is_kept(), "{what}");
        shop.agree(what);
    }
}

#[test]
fn a_file_for_another_system_is_looked_for_again() {
    let shop = Shop::read_as(Extent::Whole);
    let top = shop.directory.path();
    let text = "#[cfg_attr(windows, path = \"deep/windows.rs\")]\nmod db;\npub mod http;\n";
    write(top, "src/lib.rs", text);
    let minute = Duration::from_secs(60);
    shop.age(minute);
    shop.agree("without it");
    assert!(shop.is_kept());
    write(top, "src/deep/windows.rs", "pub fn here() {}\n");
    assert!(!shop.is_kept());
    shop.agree("with it");
}

#[test]
fn what_is_taken_out_is_looked_at_again() {
    let mut shop = Shop::read_as(Extent::Whole);
    shop.options.excluded = vec!["src/db".to_owned(), "old".to_owned()];
    shop.age(Duration::from_secs(60));
    shop.agree("one exclusion leads to nothing");
    assert!(shop.is_kept());
    write(shop.directory.path(), "old/left.rs", "");
    shop.agree("now to something");
}

#[test]
fn what_was_looked_into_once_is_shown_by_its_stamp_the_next_time() {
    for extent in [Extent::Outline, Extent::Whole] {
        let shop = Shop::read_as(extent);
        shop.cached();
        let conditions = shop.place().unwrap().file().path.clone();
        let asked = |what: &str| {
            let before = fs::read(&conditions).unwrap();
            assert!(shop.is_kept(), "{what}");
            fs::read(&conditions).unwrap() != before
        };
        assert!(!asked("as it was"));
        // Touched, and what is no code comes beside it.
        write(shop.directory.path(), "src/notes.md", "");
        assert!(!asked("too young to tell"));
        shop.age(Duration::from_secs(30));
        assert!(asked("looked into"));
        assert!(!asked("shown"));
        shop.agree("at the end");
    }
}

#[test]
fn changes_upon_changes() {
    let shop = Shop::new();
    for (what, _, change) in CHANGES
        .iter()
        .filter(|(what, ..)| !what.contains("include") && *what != "a file that moves")
    {
        change(shop.directory.path());
        shop.age(Duration::from_secs(60));
        shop.agree(what);
        shop.agree(what);
    }
}

#[test]
fn what_a_build_generates_is_looked_for_again() {
    let shop = Shop::new();
    let top = shop.directory.path();
    write(
        top,
        "src/http/mod.rs",
        &format!("{INCLUDE}(concat!(env!(\"OUT_DIR\"), \"/routes.rs\"));\n"),
    );
    let built = ["built/debug/build/shop-1/out", "built/debug/build/shop-2/out"];
    let minute = Duration::from_secs(60);
    let holds_and_changes = |change: &dyn Fn()| {
        shop.age(minute);
        shop.agree("before");
        assert!(shop.is_kept());
        change();
        assert!(!shop.is_kept());
        shop.agree("after");
    };
    let generate = |folder: &str, text: &str, age: u64| {
        let path = format!("{folder}/routes.rs");
        write(top, &path, text);
        let then = SystemTime::now().checked_sub(Duration::from_secs(age)).unwrap();
        for path in [top.join(&path), top.join(folder)] {
            fs::File::open(path).unwrap().set_modified(then).unwrap();
        }
    };
    holds_and_changes(&|| generate(built[0], "pub mod orders {}", 40));
    holds_and_changes(&|| generate(built[1], "pub mod prices {}", 30));
    holds_and_changes(&|| generate(built[1], "pub mod tariffs {}", 20));
    holds_and_changes(&|| fs::remove_dir_all(top.join("built/debug")).unwrap());
    // Only another build has this file, until it is there.
    write(
        top,
        "src/http/mod.rs",
        &format!("#[cfg(other)]\n{INCLUDE}(\"other.in\");\n"),
    );
    holds_and_changes(&|| write(top, "src/http/other.in", "pub mod other {}"));
    holds_and_changes(&|| fs::remove_file(top.join("src/http/other.in")).unwrap());
}

#[cfg(unix)]
#[test]
fn a_time_that_was_set_back_deceives_nobody() {
    let shop = Shop::new();
    shop.cached();
    let file = shop.directory.path().join("src/db/repo.rs");
    let time = file.metadata().unwrap().modified().unwrap();
    let text = fs::read_to_string(&file).unwrap().replace("save", "sAve");
    fs::write(&file, text).unwrap();
    fs::File::open(&file).unwrap().set_modified(time).unwrap();
    assert!(!shop.is_kept());
}

/// A link shows the file that it leads to as its own: who knows two files has to learn that they are one.
#[cfg(unix)]
#[test]
fn a_file_that_becomes_a_link_is_another_file() {
    let becomes_link = |file: &str, to: &str| {
        let shop = Shop::read_as(Extent::Whole);
        let top = shop.directory.path();
        write(top, "src/http/mod.rs", "pub mod repo;\n");
        write(
            top,
            "src/http/repo.rs",
            &fs::read_to_string(top.join("src/db/repo.rs")).unwrap(),
        );
        write(top, "src/orphan.rs", "");
        shop.age(Duration::from_secs(60));
        shop.agree("two files");
        assert!(shop.is_kept());
        fs::remove_file(top.join(file)).unwrap();
        std::os::unix::fs::symlink(top.join(to), top.join(file)).unwrap();
        shop.age(Duration::from_secs(60));
        shop.agree(file);
    };
    becomes_link("src/orphan.rs", "src/db/repo.rs");
    becomes_link("src/http/repo.rs", "src/db/repo.rs");
}

#[test]
fn what_took_a_files_place_meanwhile_is_not_taken_for_what_was_read() {
    let shop = Shop::new();
    let top = shop.directory.path();
    let path = top.join("src/db/repo.rs");
    let read_as = ReadAs::of(Depth::Everything, &fs::read(&path).unwrap());
    let witness = |began| Witness::of(path.clone(), Aspect::Bytes, began, Some(read_as));
    write(top, "src/other.rs", "pub fn store() {}\n");
    // As old as the file that it replaces: only the place is new.
    shop.age(Duration::from_secs(60));
    let began = SystemTime::now();
    assert!(witness(began).is_some());
    fs::rename(top.join("src/other.rs"), &path).unwrap();
    assert_eq!(witness(began), None);
    fs::remove_file(&path).unwrap();
    assert_eq!(witness(began), None);
}

#[test]
fn another_policy_or_workspace_has_an_outline_of_its_own() {
    let mut shop = Shop::new();
    shop.cached();
    assert!(shop.is_kept());
    shop.workspace.kept_as = Some("otherwise".to_owned());
    assert!(!shop.is_kept());
    shop.workspace.kept_as = Some("as it is".to_owned());
    assert!(shop.is_kept());
    shop.options.patterns.pop();
    assert!(!shop.is_kept());
    shop.options.excluded.push("src/db".to_owned());
    assert!(shop.place().is_none());
    shop.options.excluded.clear();
    shop.workspace.kept_as = None;
    assert!(shop.place().is_none());
}

#[test]
fn what_has_just_been_written_is_not_kept() {
    let shop = Shop::new();
    let minute = Duration::from_secs(60);
    shop.set_time(SystemTime::now().checked_add(minute).unwrap());
    shop.agree("while it is read it may change");
    assert!(!shop.is_kept());
}

#[test]
fn what_keeps_it_from_being_whole_is_kept_with_it() {
    let problems: [Step; 4] = [
        ("a file that does not parse", |top| {
            write(top, "src/db/repo.rs", "pub fn save( {");
        }),
        ("a file that is no text", |top| {
            fs::write(top.join("src/db/repo.rs"), [0xff]).unwrap();
        }),
        ("a module without a file", |top| {
            fs::remove_file(top.join("src/db/repo.rs")).unwrap();
        }),
        ("a module with two files", |top| write(top, "src/db/repo/mod.rs", "")),
    ];
    let minute = Duration::from_secs(60);
    for extent in [Extent::Outline, Extent::Whole] {
        for (what, happens) in problems {
            let shop = Shop::read_as(extent);
            happens(shop.directory.path());
            shop.age(minute);
            shop.agree(what);
            assert_eq!(shop.cached().problems.len(), 1, "{what}");
            assert!(shop.is_kept(), "{what}");
            // Elsewhere: the problem stays.
            write(
                shop.directory.path(),
                "src/http/mod.rs",
                "pub mod orders { pub fn list() { f() } }",
            );
            shop.age(minute);
            shop.agree(what);
            assert_eq!(shop.cached().problems.len(), 1, "{what}");
            for (path, text) in [FILES[3], FILES[4]] {
                write(shop.directory.path(), path, text);
            }
            let second = shop.directory.path().join("src/db/repo/mod.rs");
            if second.is_file() {
                fs::remove_file(second).unwrap();
            }
            shop.age(minute);
            assert!(!shop.is_kept(), "{what} no longer");
            shop.agree(what);
            assert_eq!(shop.cached().problems, [], "{what} no longer");
        }
    }
}

#[test]
fn what_is_damaged_is_read_anew() {
    let shop = Shop::new();
    shop.cached();
    let place = shop.place().unwrap();
    let bytes = fs::read(&place.file.path).unwrap();
    let mut changed = bytes.clone();
    *changed.last_mut().unwrap() ^= 1;
    for damaged in [&[], &b"{}"[..], &bytes[..bytes.len() / 2], &changed] {
        fs::write(&place.file.path, damaged).unwrap();
        assert!(!shop.is_kept());
        shop.agree("damaged");
        assert!(shop.is_kept());
    }
}

#[test]
fn a_file_may_come_into_a_folder_that_nobody_reads() {
    let shop = Shop::new();
    let top = shop.directory.path();
    write(top, "src/deep/notes.txt", "");
    write(
        top,
        "src/lib.rs",
        "#[cfg_attr(windows, path = \"deep/windows.rs\")]\nmod db;\npub mod http;\n",
    );
    shop.age(Duration::from_secs(60));
    shop.agree("without it");
    assert!(shop.is_kept());
    write(top, "src/deep/windows.rs", "pub mod here {}\n");
    assert!(!shop.is_kept());
    shop.agree("with it");
}

#[cfg(unix)]
#[test]
fn what_a_link_leads_to_may_come_later() {
    let shop = Shop::new();
    let top = shop.directory.path();
    std::os::unix::fs::symlink(top.join("far/there.rs"), top.join("src/windows_too.rs")).unwrap();
    write(
        top,
        "src/lib.rs",
        "#[cfg_attr(windows, path = \"windows_too.rs\")]\nmod db;\npub mod http;\n",
    );
    write(top, "far/there.rs", "pub mod here {}\n");
    shop.age(Duration::from_secs(60));
    fs::remove_file(top.join("far/there.rs")).unwrap();
    shop.agree("without it");
    assert!(shop.is_kept());
    write(top, "far/there.rs", "pub mod here {}\n");
    assert!(!shop.is_kept());
    shop.agree("with it");
}
