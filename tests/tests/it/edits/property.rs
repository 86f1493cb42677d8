//! A thousand random edits: after each, what is said with what is kept is what is said without.

use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

use archguard_check::Latitude;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use tempfile::TempDir;

use super::compare::{Seen, verdict};
use super::disk::{Disk, Time};
use super::draws::Draws;
use super::edit::{Edit, edits, edits_of_code};
use super::shop::Shop;
use super::ways::parts_of;

/// Set in the process that edits.
const INSIDE: &str = "ARCHGUARD_EDITS_INSIDE";
/// How many edits at least.
const AMOUNT: &str = "ARCHGUARD_EDITS";
/// So many that the test ends within half a minute where nothing is optimised.
const ORDINARY: usize = 40;
/// Edits of one workspace, at most; half of that on average.
const AT_ONCE: usize = 40;
/// What is to be seen of edits is seen in so many times the amount.
const PATIENCE: usize = 20;
/// Where no amount is asked for, the same edits each time: what a change is held to is no matter of luck.
const ORDINARY_SEED: u64 = 7;

/// How often fewer edits are tried where some are not seen right.
const MOST_TRIES: u32 = 150;

/// Runs a test of this binary in a process of its own: a folder for what is built that the tests were given would hold the
/// builds of the edited workspaces too, and nobody can change the environment of a process that runs.
pub(super) fn alone(test: &str, environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(std::env::current_exe().expect("the test runs"));
    for variable in ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR", "CARGO_BUILD_BUILD_DIR"] {
        command.env_remove(variable);
    }
    command.env(INSIDE, "1").envs(environment.iter().copied());
    let output = command.args([test, "--exact", "--nocapture"]).output();
    let output = output.expect("this test can be run");
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(
        output.status.success() && said(&output.stdout).contains("1 passed"),
        "{}\n{}",
        said(&output.stdout),
        said(&output.stderr)
    );
    output
}

pub(super) fn is_inside() -> bool {
    std::env::var_os(INSIDE).is_some()
}

#[test]
fn edits_upon_edits_are_seen_as_if_nothing_were_kept() {
    let test = "edits::property::edits_upon_edits_are_seen_as_if_nothing_were_kept";
    in_process_of_its_own(test, Mix::Everything);
}

#[test]
fn edits_of_code_are_seen_as_if_nothing_were_taken_over() {
    let test = "edits::property::edits_of_code_are_seen_as_if_nothing_were_taken_over";
    in_process_of_its_own(test, Mix::CodeAlone);
}

fn in_process_of_its_own(test: &str, mix: Mix) {
    if is_inside() {
        let amount = std::env::var(AMOUNT).ok().and_then(|amount| amount.parse().ok());
        let seed = match amount {
            Some(_) => RandomState::new().hash_one(mix),
            None => ORDINARY_SEED,
        };
        edit_randomly(mix, amount.unwrap_or(ORDINARY), seed);
    } else {
        let output = alone(test, &[]);
        std::io::stdout().write_all(&output.stdout).expect("somebody listens");
    }
}

/// What is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Mix {
    Everything,
    /// Nothing else changes, so that much can be taken over.
    CodeAlone,
}

impl Mix {
    fn edits(self) -> BoxedStrategy<Edit> {
        match self {
            Self::Everything => edits().boxed(),
            Self::CodeAlone => edits_of_code().boxed(),
        }
    }
}

/// What was done, so that nobody takes nothing for something.
#[derive(Debug, Default)]
struct Done {
    edits: Cell<usize>,
    looks: Cell<usize>,
    whole: Cell<usize>,
    kept: Cell<usize>,
    /// Readings that took over what had not changed.
    in_part: Cell<usize>,
    /// Those of them before which something else had been declared.
    by_names: Cell<usize>,
}

fn count(cell: &Cell<usize>) {
    cell.set(cell.get() + 1);
}

impl Done {
    /// Whether enough was edited, and what this mix is for was seen.
    fn is_enough(&self, mix: Mix, amount: usize) -> bool {
        self.edits.get() >= amount && (mix == Mix::Everything || self.in_part.get() > 0 && self.by_names.get() > 0)
    }
}

fn edit_randomly(mix: Mix, amount: usize, seed: u64) {
    let mut config = Config {
        cases: u32::MAX,
        failure_persistence: None,
        ..Config::default()
    };
    if config.max_shrink_iters == u32::MAX {
        config.max_shrink_iters = MOST_TRIES;
    }
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(seed);
    }
    let seed = config.rng_seed;
    let done = Done::default();
    let mut runner = TestRunner::new(config);
    let sequences = (any::<u64>().no_shrink(), vec(mix.edits(), 1..AT_ONCE));
    while !done.is_enough(mix, amount) && done.edits.get() < PATIENCE * amount {
        let tree = sequences.new_tree(&mut runner).expect("edits can be made up");
        let outcome = runner.run_one(tree, |(start, edits)| {
            run(mix, start, &edits, &done).map_err(TestCaseError::fail)
        });
        if let Err(error) = outcome {
            panic!("PROPTEST_RNG_SEED={seed} {AMOUNT}={amount}: {error}");
        }
    }
    let report = format!("PROPTEST_RNG_SEED={seed}: {done:?}\n");
    std::io::stderr()
        .write_all(report.as_bytes())
        .expect("somebody listens");
    assert!(
        done.kept.get() > 0 && done.kept.get() * 10 >= done.whole.get() * 9,
        "too little was kept: {done:?}"
    );
    assert!(done.is_enough(mix, amount), "too little was taken over: {done:?}");
}

/// Edits a new workspace; what was seen otherwise.
fn run(mix: Mix, start: u64, edits: &[Edit], done: &Done) -> Result<(), String> {
    let folder = TempDir::new().expect("a folder can be made");
    let root = folder.path().canonicalize().expect("the folder is there");
    let mut shop = Shop::random(&mut Draws::of(start));
    let mut time = Time::True;
    if mix == Mix::CodeAlone {
        shop.policy = shop.policy.without_exclusions();
        time = Time::Old;
    }
    let mut disk = Disk::new(&root);
    disk.become_this(shop.contents(), time);
    look(disk.root(), done)?;
    for (number, edit) in edits.iter().enumerate() {
        let touched = edit.apply(&mut shop);
        disk.become_this(shop.contents(), edit.time);
        if let Some(path) = touched {
            disk.touch(&path);
        }
        count(&done.edits);
        if edit.is_seen || number + 1 == edits.len() {
            look(disk.root(), done).map_err(|what| format!("after edit {number}, {edit:?}: {what}"))?;
        }
    }
    Ok(())
}

/// Looks as the command does, with what is kept, without, and with what is kept now; what is different.
fn look(root: &Path, done: &Done) -> Result<(), String> {
    let told = done.looks.get().is_multiple_of(2).then(|| verdict(root));
    let (parts, kept) = parts_of(|| Seen::of(root, Latitude::Free));
    let anew = Seen::of(root, Latitude::Asked);
    let is_document = anew.verdict.starts_with('{');
    if let Some(told) = told.filter(|told| is_document && *told != anew.verdict) {
        let difference = anew.telling(told).difference(&anew).unwrap_or_default();
        return Err(format!("what a check says, and what is there: {difference}"));
    }
    if let Some(difference) = kept.difference(&anew) {
        return Err(format!("what is kept, and what is there: {difference}"));
    }
    count(&done.looks);

    if parts.contains("references of changed files") && !parts.contains("references") {
        count(&done.in_part);
        let by_names = parts.contains("who mentions what has changed");
        done.by_names.set(done.by_names.get() + usize::from(by_names));
    }
    if anew.is_whole {
        count(&done.whole);
        let again = verdict(root);
        if again != anew.verdict {
            return Err("a second check says something else".to_owned());
        }
        done.kept.set(done.kept.get() + usize::from(is_kept(root)));
    }
    Ok(())
}

/// Whether there is a whole graph.
fn is_kept(root: &Path) -> bool {
    let entries = std::fs::read_dir(root.join("target/archguard"))
        .into_iter()
        .flatten()
        .flatten();
    let mut names = entries.map(|entry| entry.file_name());
    names.any(|name| name.to_string_lossy().starts_with("graph-"))
}
