//! Published crates as real input: their sources, as cargo unpacked them, read under policies among their modules. What
//! is expected was read by hand, finding by finding.
//!
//! `tests/corpus/published` pins the versions.

#![expect(
    clippy::unwrap_used,
    reason = "preparing a corpus: whatever fails here is the test failing"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use archguard_evidence::workspace::{Request, load};
use archguard_evidence::{Options, read};
use archguard_invariants::policy::{BoundPolicy, Policy};
use archguard_tests::unpack;
use tempfile::TempDir;

/// Checks one crate's policy against `file:line from -> to` of every site of every finding.
#[track_caller]
fn check(policy: &str, expected: &[&str]) {
    let text = fs::read_to_string(pinned().join("policies").join(policy)).unwrap();
    let policy = Policy::read(policy, &text).expect("the policy can be read");
    let workspace = load(&Request {
        manifest_path: None,
        directory: unpacked().to_owned(),
        offline: true,
    })
    .expect("the workspace can be loaded");
    let evidence = read(&workspace, &Options::of(&policy));
    let graph = &evidence.graph;
    let binding = BoundPolicy::bind(&policy, graph);
    assert_eq!(evidence.problems, [], "the code can be read");
    assert_eq!(binding.problems, [], "the policy fits the code");
    let mut found = Vec::new();
    for finding in archguard_lints::judge(graph, &binding.policy).findings {
        let path = |item| &*graph.item(item).path;
        for site in &finding.sites {
            found.push(format!(
                "{}:{} {} {} -> {}",
                graph.file(site.place.file).display,
                site.place.start.line,
                finding.rule.as_str(),
                path(finding.from),
                finding.to.map_or("nothing", path),
            ));
        }
    }
    assert_eq!(found, expected, "found, expected:\n{}", found.join("\n"));
}

#[test]
fn walkdir_s_errors_know_its_entries() {
    check(
        "walkdir.toml",
        &[
            "walkdir/src/dent.rs:7 layering walkdir::dent -> walkdir::Result",
            "walkdir/src/dent.rs:126 layering walkdir::dent::DirEntry::metadata -> walkdir::Result",
            "walkdir/src/dent.rs:131 layering walkdir::dent::DirEntry::metadata_internal -> walkdir::Result",
            "walkdir/src/dent.rs:141 layering walkdir::dent::DirEntry::metadata_internal -> walkdir::Result",
            "walkdir/src/dent.rs:188 layering walkdir::dent::DirEntry::from_entry -> walkdir::Result",
            "walkdir/src/dent.rs:203 layering walkdir::dent::DirEntry::from_entry -> walkdir::Result",
            "walkdir/src/dent.rs:222 layering walkdir::dent::DirEntry::from_entry -> walkdir::Result",
            "walkdir/src/dent.rs:234 layering walkdir::dent::DirEntry::from_path -> walkdir::Result",
            "walkdir/src/dent.rs:256 layering walkdir::dent::DirEntry::from_path -> walkdir::Result",
            "walkdir/src/dent.rs:280 layering walkdir::dent::DirEntry::from_path -> walkdir::Result",
            "walkdir/src/error.rs:6 layering walkdir::error -> walkdir::dent::DirEntry",
            "walkdir/src/error.rs:170 layering walkdir::error::Error::from_entry -> walkdir::dent::DirEntry",
            "walkdir/src/error.rs:172 layering walkdir::error::Error::from_entry -> walkdir::dent::DirEntry::depth",
            "walkdir/src/error.rs:174 layering walkdir::error::Error::from_entry -> walkdir::dent::DirEntry::path",
            "walkdir/src/lib.rs:121 handles walkdir -> same_file::Handle",
            "walkdir/src/lib.rs:619 handles walkdir::Ancestor -> same_file::Handle",
            "walkdir/src/lib.rs:626 handles walkdir::Ancestor::new -> same_file::Handle::from_path",
            "walkdir/src/lib.rs:639 handles walkdir::Ancestor::is_same -> same_file::Handle",
            "walkdir/src/lib.rs:646 handles walkdir::Ancestor::is_same -> same_file::Handle",
            "walkdir/src/lib.rs:647 handles walkdir::Ancestor::is_same -> same_file::Handle::from_path",
            "walkdir/src/lib.rs:974 handles walkdir::IntoIter::check_loop -> same_file::Handle::from_path",
        ],
    );
}

#[test]
fn globset_speaks_to_its_engine_in_three_places() {
    check(
        "globset.toml",
        &[
            "globset/src/glob.rs:4 engine globset::glob -> regex_automata::meta::regex::Regex",
            "globset/src/glob.rs:800 engine globset::glob::bytes_to_escaped_literal -> regex_syntax::escape_into",
            "globset/src/lib.rs:125 engine globset -> regex_automata::util::search::PatternSet",
            "globset/src/lib.rs:126 engine globset -> regex_automata::meta::regex::Regex",
            "globset/src/lib.rs:127 engine globset -> regex_automata::util::pool::Pool",
            "globset/src/lib.rs:127 engine globset -> regex_automata::util::pool::PoolGuard",
            "globset/src/lib.rs:272 engine globset::new_regex -> regex_automata::util::syntax::Config::new",
            "globset/src/lib.rs:275 engine globset::new_regex -> regex_automata::meta::regex::Regex::config",
            "globset/src/lib.rs:279 engine globset::new_regex -> regex_automata::meta::regex::Regex::builder",
            "globset/src/lib.rs:288 engine globset::new_regex_set -> regex_automata::util::syntax::Config::new",
            "globset/src/lib.rs:291 engine globset::new_regex_set -> regex_automata::meta::regex::Regex::config",
            "globset/src/lib.rs:296 engine globset::new_regex_set -> regex_automata::meta::regex::Regex::builder",
            "globset/src/lib.rs:1007 engine globset::RegexSetStrategy::find_matches -> regex_automata::util::search::Input::new",
            "globset/src/lib.rs:1028 engine globset::RegexSetStrategy::matches_into -> regex_automata::util::pool::PoolGuard::put",
            "globset/src/lib.rs:1072 engine globset::MultiStrategyBuilder::regex_set -> regex_automata::util::search::PatternSet::new",
            "globset/src/lib.rs:1077 engine globset::MultiStrategyBuilder::regex_set -> regex_automata::util::pool::Pool::new",
        ],
    );
}

#[test]
fn ignore_reads_directories_in_one_module() {
    check(
        "ignore.toml",
        &[
            "ignore/src/lib.rs:287 walking ignore::Error::from_walkdir -> walkdir::error::Error",
            "ignore/src/lib.rs:288 walking ignore::Error::from_walkdir -> walkdir::error::Error::depth",
            "ignore/src/lib.rs:289 walking ignore::Error::from_walkdir -> walkdir::error::Error::loop_ancestor",
            "ignore/src/lib.rs:289 walking ignore::Error::from_walkdir -> walkdir::error::Error::path",
            "ignore/src/lib.rs:298 walking ignore::Error::from_walkdir -> walkdir::error::Error::path",
            "ignore/src/walk.rs:1526 threads ignore::walk::WalkParallel::visit -> std::thread::scoped::scope",
            "ignore/src/walk.rs:1539 threads ignore::walk::WalkParallel::threads -> std::thread::functions::available_parallelism",
            "ignore/src/walk.rs:1987 threads ignore::walk::Worker::get_work -> std::thread::functions::sleep",
            "ignore/src/walk.rs:2032 threads ignore::walk::<Worker as Drop>::drop -> std::thread::functions::panicking",
        ],
    );
}

#[test]
fn axum_core_s_macros_blame_nobody() {
    check("axum-core.toml", &[]);
}

fn pinned() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/published")
}

/// The members' workspace, unpacked once for all tests of this process.
pub(crate) fn unpacked() -> &'static Path {
    static UNPACKED: OnceLock<TempDir> = OnceLock::new();
    let unpack = || unpack(&pinned()).expect("the pinned crates can be had");
    UNPACKED.get_or_init(unpack).path()
}
