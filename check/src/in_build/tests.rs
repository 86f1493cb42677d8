//! What is known is not judged again, and whatever could make it otherwise is.

use std::fs;
use std::time::{Duration, SystemTime};

use archguard_invariants::date::Day;
use tempfile::TempDir;

use super::{InBuild, Judge};
use crate::options::{Surroundings, Watch};

const FILES: [(&str, &str); 5] = [
    (
        "Cargo.toml",
        "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
    ),
    (
        "Cargo.lock",
        "version = 4\n[[package]]\nname = \"shop\"\nversion = \"0.1.0\"\n",
    ),
    ("src/lib.rs", "pub mod db;\npub mod http;\n"),
    ("src/db.rs", "pub fn query() {}\n"),
    ("src/http.rs", "pub fn list() {\n    crate::db::query();\n}\n"),
];

const POLICY: &str = "version = 1\n[policy]\nunassigned = \"allow\"\nundeclared = \"allow\"\n";
const FORBIDS: &str = "[[forbid]]\nid = \"raw\"\nuse = \"shop::db\"\nexcept = \"shop::db\"\nbecause = \"No.\"\n";
const EXCEPTION: &str = "[[except]]\nrule = \"raw\"\nfrom = \"shop::http::list\"\nto = \"shop::db::query\"\n\
    reason = \"Until it is moved.\"\nowner = \"us\"\nuntil = \"2026-03-31\"\n";

/// Whether anybody judges.
struct Judged(bool);

impl Watch for Judged {
    fn stage(&mut self, name: &'static str) {
        self.0 |= name == "judging";
    }
}

struct Shop {
    directory: TempDir,
    days: i64,
}

impl Shop {
    fn new() -> Self {
        let shop = Self {
            directory: TempDir::new().unwrap(),
            days: 20_500,
        };
        fs::create_dir(shop.directory.path().join("target")).unwrap();
        for (name, text) in FILES {
            shop.write(name, text);
        }
        shop.write("archguard.toml", POLICY);
        shop
    }

    /// With times in the past: what has just been written is not kept.
    fn write(&self, name: &str, text: &str) {
        let path = self.directory.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        let long_ago = SystemTime::now().checked_sub(Duration::from_secs(60)).unwrap();
        for path in path
            .ancestors()
            .take_while(|path| path.starts_with(self.directory.path()))
        {
            fs::File::open(path).unwrap().set_modified(long_ago).unwrap();
        }
    }

    /// How many findings and problems the build is told, and whether anybody judged for that.
    fn told(&self) -> (usize, bool) {
        let root = self.directory.path();
        let surroundings = Surroundings {
            today: Day::of_unix_seconds(self.days * 24 * 60 * 60),
            ci: false,
        };
        let of = |file: &str| {
            let mut judged = Judged(false);
            let (manifest, file) = (root.join("Cargo.toml"), root.join(file));
            let told = InBuild::watched(Judge::Macro, &manifest, &file, surroundings, &mut judged);
            (told, judged.0)
        };
        let (told, is_judged) = of("src/lib.rs");
        assert!(
            told.is_root || !told.problems.is_empty(),
            "a crate begins there, whether anybody judges or not"
        );
        assert!(!of("src/http.rs").0.is_root, "and none here");
        (told.findings.len() + told.problems.len(), is_judged)
    }

    /// What is told now, having been judged, and what is told the next time.
    #[track_caller]
    fn expect(&self, told: usize) {
        assert_eq!(self.told(), (told, true));
        assert_eq!(self.told(), (told, false), "the second time");
    }
}

#[test]
fn what_is_known_is_not_judged_again() {
    Shop::new().expect(0);
}

#[test]
fn whatever_a_judgement_rests_on_has_it_made_again() {
    let mut shop = Shop::new();
    shop.expect(0);
    shop.write("archguard.toml", &format!("{POLICY}{FORBIDS}"));
    shop.expect(1);
    // The 31st of March 2026 is day 20543.
    shop.write("archguard.exceptions.toml", EXCEPTION);
    shop.expect(0);
    shop.days = 20_544;
    let (told, judged) = shop.told();
    assert!(told > 0 && judged, "the exception has run out: {told}");
    shop.days = 20_543;
    assert_eq!(shop.told(), (0, true));
    fs::remove_file(shop.directory.path().join("archguard.exceptions.toml")).unwrap();
    shop.expect(1);
    shop.write("src/http.rs", "pub fn list() {}\n");
    shop.expect(0);
    let (name, text) = FILES[4];
    shop.write(name, text);
    shop.expect(1);
    shop.write("src/http.rs", "pub fn list() {}\n");
    assert_eq!(shop.told().0, 0);
    shop.write("archguard.baseline.toml", "version = \"none\"\n");
    let (told, judged) = shop.told();
    assert!(told > 0 && judged, "the baseline is broken");
}
