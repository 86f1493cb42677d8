//! `packs`: every entry is printed, in words and as a document that keeps to its schema. No workspace is needed.

use std::ffi::OsString;

use archguard_invariants::packs::Pack;
use serde_json::Value;

use crate::documents::{errors, published};

fn output(arguments: &[&str]) -> String {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let line = ["cargo-archguard", "packs"].iter().chain(arguments).map(OsString::from);
    assert_eq!(cargo_archguard::run(line, &mut out, &mut err), 0);
    assert_eq!(String::from_utf8(err).unwrap(), "");
    String::from_utf8(out).unwrap()
}

#[test]
fn every_entry_is_listed() {
    let (brief, full) = (output(&[]), output(&["-v"]));
    for pack in Pack::all() {
        assert!(brief.contains(&format!("pack:{}: {}\n", pack.name, pack.about)));
        for entry in &pack.entries {
            assert!(brief.contains(&format!("\n  {} (", entry.written)), "{}", entry.written);
            assert!(full.contains(&format!("\n    {}\n", entry.source)), "{}", entry.source);
        }
    }
    assert!(brief.contains("\n  std::fs (standard library)\n") && !brief.contains("https://"));
}

#[test]
fn the_document_keeps_to_its_schema() {
    let document: Value = serde_json::from_str(&output(&["--format", "json"])).unwrap();
    assert_eq!(errors(&published("packs-1.json"), &document), [] as [String; 0]);
    let packs = document["packs"].as_array().unwrap();
    let number = |pack: &Value| pack["entries"].as_array().unwrap().len();
    let entries: usize = packs.iter().map(number).sum();
    assert_eq!(
        entries,
        Pack::all().iter().map(|pack| pack.entries.len()).sum::<usize>()
    );
    assert_eq!(packs[8]["entries"][0]["crate"], "sqlx");
}
