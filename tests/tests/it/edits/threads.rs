//! One thread and many say the same, with what is kept and without. How many there are is settled when a process begins, so
//! each number of them gets one, and writes down what it has seen.

use archguard_check::Latitude;
use tempfile::TempDir;

use super::compare::Seen;
use super::disk::{Disk, Time};
use super::draws::Draws;
use super::edit::{Edit, Kind};
use super::property::{alone, is_inside};
use super::shop::Shop;

const FOLDER: &str = "ARCHGUARD_EDITS_FOLDER";
const STEPS: u64 = 8;

#[test]
fn one_thread_and_many_see_the_same() {
    if is_inside() {
        write_down_what_is_seen();
        return;
    }
    let folder = TempDir::new().expect("a folder can be made");
    let seen = ["1", "2", "7"].map(|threads| {
        let path = folder.path().to_str().expect("the folder has a name");
        let environment = [("RAYON_NUM_THREADS", threads), (FOLDER, path)];
        alone("edits::threads::one_thread_and_many_see_the_same", &environment);
        std::fs::remove_dir_all(folder.path().join("shop")).expect("the shop was there");
        std::fs::read_to_string(folder.path().join("seen")).expect("it was written down")
    });
    assert!(seen[0].contains("\"findings\""), "something was seen");
    for other in &seen[1..] {
        let differing = seen[0].lines().zip(other.lines()).find(|(one, other)| one != other);
        assert!(*other == seen[0], "{differing:?}");
    }
}

/// Edits a shop that is always the same, at the same place.
fn write_down_what_is_seen() {
    let threads = std::env::var("RAYON_NUM_THREADS").expect("somebody said how many");
    assert_eq!(rayon::current_num_threads().to_string(), threads);
    let folder = std::env::var_os(FOLDER).expect("somebody said where");
    let root = std::path::Path::new(&folder).join("shop");
    std::fs::create_dir(&root).expect("a folder can be made");
    let root = root.canonicalize().expect("the folder is there");
    let mut shop = Shop::random(&mut Draws::of(5));
    let mut disk = Disk::new(&root);
    let mut all = String::new();
    for seed in 0..STEPS {
        disk.become_this(shop.contents(), Time::True);
        for latitude in [Latitude::Free, Latitude::Asked] {
            all.push_str(&Seen::of(&root, latitude).written());
        }
        let kinds = [Kind::AddModule, Kind::Word, Kind::AddItem, Kind::AddStatement];
        let edit = Edit {
            kind: *Draws::of(seed).one(&kinds),
            time: Time::True,
            is_seen: true,
            seed,
        };
        edit.apply(&mut shop);
    }
    std::fs::write(root.with_file_name("seen"), all).expect("it can be written down");
}
