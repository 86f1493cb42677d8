//! The catalogue of ways around the rule, `tests/bypasses`, judged inside builds: by the program in the compiler's place, and
//! by the macro. A build tells what the check tells, each finding where its crate is built, and no build tells more.
//! `docs/threat-model.md` says of each line whether a build tells it; that is held against what builds said.
//!
//! A crate that something is wrong with stops those that need it. So what a first build tells is frozen, and a second one
//! gets to the rest. Print the table with `--nocapture`.

mod build;
#[path = "../../../../tests/tests/it/bypasses/catalogue.rs"]
mod catalogue;
mod judged;
#[path = "../../../../tests/tests/it/bypasses/marks.rs"]
mod marks;
mod otherwise;
mod page;

use std::collections::{BTreeMap, BTreeSet};

use build::{By, Bypasses};
use catalogue::{CATALOGUE, Proof};
use judged::Seen;
use marks::{Mark, marks};

#[test]
fn the_wrapper_tells_of_every_way_what_the_check_tells() {
    every_way(By::Wrapper);
}

#[test]
fn the_macro_tells_of_every_way_what_the_check_tells() {
    every_way(By::Macro);
}

fn every_way(by: By) {
    let bypasses = Bypasses::new(by);
    let first = bypasses.build();
    // Nobody's wrapper compiles `outside`, and it calls no macro: what is wrong there is told to whom it serves, `domain`.
    bypasses.freeze(|from| !from.starts_with("domain::") && !from.starts_with("outside"));
    let second = bypasses.build();
    let mut told: BTreeSet<Seen> = first.seen.union(&second.seen).cloned().collect();
    assert_eq!([first.otherwise, second.otherwise].concat(), Vec::<String>::new());
    assert_eq!(differences(&bypasses.check(), &told), Vec::<String>::new());
    told.extend(bypasses.build_in("patched/").seen);

    let mut marks = marks(bypasses.root());
    marks.retain(|mark| !mark.file.starts_with("broken/"));
    marks.sort();
    let words = words(&marks, &told);
    print_table(&marks, &told, &words);
    let missed = marks
        .iter()
        .filter(|mark| !mark.may && !told.iter().any(|seen| mark.is_at(seen)));
    assert_eq!(
        missed.map(ToString::to_string).collect::<Vec<_>>(),
        Vec::<String>::new()
    );
    for (line, word) in words {
        assert_eq!(page::in_the_build(line), word, "line {line} of docs/threat-model.md");
    }
}

/// What either side alone says.
fn differences(checked: &BTreeSet<Seen>, told: &BTreeSet<Seen>) -> Vec<String> {
    let differences = checked.symmetric_difference(told).map(|seen| {
        let who = if told.contains(seen) { "build" } else { "check" };
        format!("the {who} alone: {}:{} {}", seen.file, seen.line, seen.rule)
    });
    differences.collect()
}

/// What the page has to say of the lines that marks prove.
fn words(marks: &[Mark], told: &BTreeSet<Seen>) -> BTreeMap<u32, &'static str> {
    let mut counts: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for mark in marks {
        let (of, all) = counts.entry(mark.way).or_default();
        *of += usize::from(told.iter().any(|seen| mark.is_at(seen)));
        *all += 1;
    }
    // The other half of this line is code that belongs to another build.
    counts.insert(47, (1, 2));
    let word = |(of, all): (usize, usize)| match of {
        0 => page::NO,
        _ if of < all => page::IN_PART,
        _ => page::YES,
    };
    counts.into_iter().map(|(line, counts)| (line, word(counts))).collect()
}

/// One table over all lines: number, tier and way, then each place with whether a build tells it.
#[expect(clippy::print_stdout, reason = "the table is what the test is asked for")]
fn print_table(marks: &[Mark], told: &BTreeSet<Seen>, words: &BTreeMap<u32, &str>) {
    for line in CATALOGUE {
        let word = words.get(&line.number).map(ToString::to_string);
        let word = word.unwrap_or_else(|| page::in_the_build(line.number));
        println!("{:>2} {:<6} {word:<8} {}", line.number, line.tier.word(), line.way);
        if let Proof::OwnTest(name) | Proof::CommandLine(name) = line.proof {
            println!("          apart from builds proved by {name}");
        }
        for mark in marks.iter().filter(|mark| mark.way == line.number) {
            let is_told = told.iter().any(|seen| mark.is_at(seen));
            println!("          {:<8} {mark}", if is_told { "told" } else { "not told" });
        }
    }
}
