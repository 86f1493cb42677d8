//! Whether anything has changed around the files that were read is told without a walk, and never wrongly.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::shop::{Shop, write};
use crate::build::kept::Extent;
use crate::build::kept::surroundings::Surroundings;
use crate::build::kept::witness::Holds;

/// The package of a repository, with folders that nothing is read from.
fn shop() -> Shop {
    let mut shop = Shop::read_as(Extent::Whole);
    let top = shop.directory.path();
    for (path, text) in [
        ("shop/.gitignore", "/left\n"),
        ("shop/notes/deep/orphan.rs", ""),
        ("shop/left/ignored.rs", ""),
        ("shop/left/deep/ignored.rs", ""),
        (
            "shop/inner/Cargo.toml",
            "[package]\nname = \"inner\"\nversion = \"0.1.0\"\n",
        ),
        (
            "shop/inner/part/Cargo.toml",
            "[package]\nname = \"part\"\nversion = \"0.1.0\"\n",
        ),
    ] {
        write(top, path, text);
    }
    let moved = top.join("shop");
    for name in ["Cargo.toml", "Cargo.lock", "src", "tests"] {
        fs::rename(top.join(name), moved.join(name)).unwrap();
    }
    shop.workspace.packages[0].directory.clone_from(&moved);
    shop.workspace.root.clone_from(&moved);
    shop.workspace.repository_root = Some(moved);
    shop.workspace.other_workspaces.take();
    age(shop.directory.path());
    shop
}

fn age(top: &Path) {
    let then = SystemTime::now().checked_sub(Duration::from_secs(60)).unwrap();
    for entry in walkdir::WalkDir::new(top) {
        let file = fs::File::open(entry.unwrap().path()).unwrap();
        file.set_modified(then).unwrap();
    }
}

fn around(shop: &Shop) -> Surroundings {
    Surroundings::of(&shop.workspace, &shop.options, &[], SystemTime::now())
}

/// As another process finds it.
fn found(shop: &mut Shop, before: &Surroundings) -> Holds {
    shop.workspace.other_workspaces.take();
    before.hold(&shop.workspace, &shop.options, &[])
}

type Change = (&'static str, Holds, fn(&Path));

const CHANGES: [Change; 15] = [
    ("nothing", Holds::AtOnce, |_| ()),
    ("the text of an orphan", Holds::AtOnce, |top| {
        write(top, "shop/notes/deep/orphan.rs", "fn f() {}");
    }),
    ("what git ignores", Holds::AtOnce, |top| {
        write(top, "shop/left/more.rs", "");
    }),
    ("what is no code", Holds::LookedInto, |top| {
        write(top, "shop/notes/deep/plan.md", "");
    }),
    ("an empty folder", Holds::LookedInto, |top| {
        fs::create_dir(top.join("shop/notes/empty")).unwrap();
    }),
    ("an orphan", Holds::No, |top| write(top, "shop/notes/other.rs", "")),
    ("an orphan in a new folder", Holds::No, |top| {
        write(top, "shop/notes/new/other.rs", "");
    }),
    ("an orphan less", Holds::No, |top| {
        fs::remove_file(top.join("shop/notes/deep/orphan.rs")).unwrap();
    }),
    ("another name", Holds::No, |top| {
        fs::rename(top.join("shop/notes/deep"), top.join("shop/notes/high")).unwrap();
    }),
    ("git ignores something else", Holds::No, |top| {
        let file = top.join("shop/.gitignore");
        fs::write(&file, "/lost\n").unwrap();
    }),
    ("git ignores something deeper", Holds::No, |top| {
        write(top, "shop/notes/deep/.gitignore", "*.rs\n");
    }),
    ("a package that becomes a workspace", Holds::No, |top| {
        write(top, "shop/inner/Cargo.toml", "[workspace]\nmembers = [\"part\"]\n");
    }),
    ("a package less", Holds::No, |top| {
        fs::remove_file(top.join("shop/inner/part/Cargo.toml")).unwrap();
        fs::remove_file(top.join("shop/inner/Cargo.toml")).unwrap();
    }),
    ("a repository around it", Holds::LookedInto, |top| {
        fs::create_dir(top.join(".git")).unwrap();
    }),
    ("what the repository around it ignores", Holds::LookedInto, |top| {
        write(top, ".gitignore", "nothing\n");
    }),
];

#[test]
fn stamps_of_folders_show_what_has_changed_around() {
    for (what, expected, change) in CHANGES {
        let mut shop = shop();
        let before = around(&shop);
        assert_eq!(found(&mut shop, &before), Holds::AtOnce, "before {what}");
        change(shop.directory.path());
        assert_eq!(found(&mut shop, &before), expected, "{what}");
    }
}

#[test]
fn what_had_to_be_walked_through_is_shown_by_stamps_once_it_is_old_enough() {
    let mut shop = shop();
    let mut before = around(&shop);
    let top = shop.directory.path().to_path_buf();
    write(&top, "shop/notes/plan.md", "");
    assert_eq!(found(&mut shop, &before), Holds::LookedInto);
    let now = SystemTime::now();
    assert!(
        !before.again(&shop.workspace, now),
        "it may change within the same moment"
    );
    assert_eq!(found(&mut shop, &before), Holds::LookedInto);
    age(&top);
    assert!(before.again(&shop.workspace, now));
    assert_eq!(found(&mut shop, &before), Holds::AtOnce);
    write(&top, "shop/notes/orphan.rs", "");
    assert_eq!(found(&mut shop, &before), Holds::No);
}

#[cfg(unix)]
#[test]
fn where_links_lead_is_looked_at_each_time() {
    for (link, to, matters) in [
        ("shop/notes/linked.rs", "shop/left/ignored.rs", true),
        ("shop/notes/Cargo.toml", "shop/inner/Cargo.toml", true),
        ("shop/notes/linked.md", "shop/left/ignored.rs", false),
        ("shop/notes/linked", "shop/left", false),
    ] {
        let mut shop = shop();
        let top = shop.directory.path().to_path_buf();
        std::os::unix::fs::symlink(top.join(to), top.join(link)).unwrap();
        age(&top);
        let mut before = around(&shop);
        let expected = if matters { Holds::LookedInto } else { Holds::AtOnce };
        assert_eq!(found(&mut shop, &before), expected, "{link}");
        assert_eq!(before.again(&shop.workspace, SystemTime::now()), !matters, "{link}");
        assert_eq!(found(&mut shop, &before), expected, "{link}");
    }
}
