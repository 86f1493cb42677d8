//! Where little has changed, the graph of before stays, and what has changed is kept beside it.

use std::fs;
use std::time::Duration;

use super::shop::{FILES, Shop, write};
use crate::build::kept::Extent;
use crate::{kept_reading, read_cached};

const MINUTE: Duration = Duration::from_secs(60);

/// A workspace in which one small file is little.
fn shop() -> Shop {
    let shop = Shop::read_as(Extent::Whole);
    let many: Vec<String> = (0..300)
        .map(|number| format!("pub fn f{number}() {{ one() }}"))
        .collect();
    write(shop.directory.path(), "src/windows.rs", &many.join("\n"));
    shop.age(MINUTE);
    shop
}

struct Steps {
    shop: Shop,
    graph: Vec<u8>,
}

impl Steps {
    fn graph(shop: &Shop) -> Vec<u8> {
        fs::read(&shop.place().unwrap().file.path).unwrap()
    }

    /// Writes a file and reads; whether the graph of before stays, and what the reading is known by.
    fn then(&mut self, what: &str, path: &str, text: &str) -> (bool, [u8; 32]) {
        let shop = &self.shop;
        write(shop.directory.path(), path, text);
        shop.age(MINUTE);
        shop.agree(what);
        let known = kept_reading(&shop.workspace, &shop.options);
        let read = read_cached(&shop.workspace, &shop.options);
        assert!(known.is_some(), "{what}");
        assert_eq!(read.kept_as, known, "{what}");
        shop.agree(what);
        let graph = Self::graph(shop);
        let stays = graph == self.graph;
        self.graph = graph;
        (stays, known.unwrap())
    }
}

#[test]
fn little_is_read_again_and_known_all_the_same() {
    let shop = shop();
    shop.agree("at first");
    let first = kept_reading(&shop.workspace, &shop.options).unwrap();
    let mut steps = Steps {
        graph: Steps::graph(&shop),
        shop,
    };
    let (db, repo) = (FILES[3].0, FILES[4].0);
    let body = "pub fn save() {\n    two();\n}\nfn one() {}\n";
    let (stays, one) = steps.then("a body", repo, body);
    assert!(stays && one != first);
    let (stays, two) = steps.then("an item", repo, &format!("{body}fn two() {{}}\n"));
    assert!(stays && ![first, one].contains(&two));
    let (stays, three) = steps.then(
        "another file",
        db,
        "pub use self::repo::save;\npub mod repo;\npub struct Row;\n",
    );
    assert!(stays && ![first, one, two].contains(&three));
    assert_eq!(steps.then("one file as before", db, FILES[3].1), (true, two));
    assert_eq!(steps.then("all as before", repo, FILES[4].1), (true, first));
    assert!(steps.shop.is_kept());
    let (stays, _) = steps.then("much", "src/windows.rs", "pub fn f() {}\n");
    assert!(!stays, "it is worth being kept");
    assert!(steps.shop.is_kept());
}

#[test]
fn what_is_kept_beside_holds_only_as_it_is() {
    let shop = shop();
    let top = shop.directory.path().to_path_buf();
    shop.agree("at first");
    let known = || kept_reading(&shop.workspace, &shop.options);
    let repo = FILES[4].0;
    for (what, change) in [
        (
            "once more",
            (|top| write(top, "src/db/repo.rs", "pub fn save() { three(); }\n")) as fn(&std::path::Path),
        ),
        ("another file", |top| write(top, "src/db.rs", "pub mod repo;\n")),
        ("a file less", |top| {
            fs::remove_file(top.join("src/db/repo.rs")).unwrap();
        }),
        ("a file more", |top| write(top, "src/db/orphan.rs", "")),
    ] {
        for (path, text) in FILES.into_iter().filter(|(path, _)| *path != "src/windows.rs") {
            write(&top, path, text);
        }
        let _ = fs::remove_file(top.join("src/db/orphan.rs"));
        write(&top, repo, "pub fn save() { two(); }\n");
        shop.age(MINUTE);
        shop.agree("little");
        assert!(known().is_some(), "before {what}");
        change(&top);
        shop.age(MINUTE);
        assert_eq!(known(), None, "{what}");
        shop.agree(what);
    }
}
