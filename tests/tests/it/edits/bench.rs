//! A workspace in one literal whose files are edited one after the other: what is taken over from the reading before is what
//! reading from nothing says.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use archguard_evidence::workspace::Workspace;
use archguard_evidence::{Evidence, Options, read, read_cached};
use archguard_invariants::graph::SnapshotOf;
use archguard_invariants::pattern::PathPattern;
use archguard_invariants::policy::model::DevCode;

use super::ways::{Way, way_of};
use crate::harness::Fixture;

/// The workspace.
pub(super) struct Bench {
    fixture: Fixture,
    /// What is read of it is kept.
    kept: Workspace,
    pub(super) options: Options,
}

impl Bench {
    /// A fixture, and the patterns that the policy asks for.
    pub(super) fn of(text: &str, patterns: &[&str]) -> Self {
        let fixture = Fixture::of(text);
        let kept = fixture.workspace.clone().kept_as("as it is");
        fs::create_dir_all(&fixture.workspace.target_directory).expect("a folder can be made");
        let patterns = patterns
            .iter()
            .flat_map(|text| PathPattern::parse(text).expect("it is a pattern"));
        let options = Options {
            patterns: patterns.collect(),
            ..Options::default()
        };
        let bench = Self { fixture, kept, options };
        bench.age();
        bench
    }

    /// The same where an attribute makes development code.
    pub(super) fn with_dev_attribute(mut self, path: &str) -> Self {
        let patterns = PathPattern::parse(path).expect("it is a pattern");
        self.options
            .dev_code
            .extend(patterns.into_iter().map(DevCode::Attribute));
        self
    }

    /// The same where something is required of items.
    pub(super) fn with_requirements(mut self) -> Self {
        self.options.requirements = true;
        self
    }

    /// Nothing is so young that it might still change.
    fn age(&self) {
        let then = SystemTime::now()
            .checked_sub(Duration::from_secs(60))
            .expect("clocks are past the seventies");
        set_times(&self.fixture.workspace.root, then);
    }

    /// Puts something in the place of what stands once in a file.
    pub(super) fn edit(&self, file: &str, from: &str, to: &str) {
        let path = self.fixture.workspace.root.join(file);
        let text = fs::read_to_string(&path).expect("the file is there");
        assert_eq!(text.matches(from).count(), 1, "`{from}` stands once in {file}");
        fs::write(&path, text.replace(from, to)).expect("a file can be written");
        self.age();
    }

    /// Reads with what is kept and without, which say the same; in which way.
    #[track_caller]
    pub(super) fn look(&self, what: &str) -> Way {
        let (way, kept) = way_of(|| read_cached(&self.kept, &self.options));
        let anew = read(&self.fixture.workspace, &self.options);
        assert_eq!(anew.problems, [], "{what}");
        let (kept, anew) = (self.written(&kept), self.written(&anew));
        assert!(kept == anew, "{what} ({way:?}):\n{}", differences(&kept, &anew));
        way
    }

    /// One edit after the other, there and back: each stays in part, and is seen.
    #[track_caller]
    pub(super) fn stays_in_part(&self, edits: &[(&str, &str, &str)]) {
        self.look("before");
        assert_eq!(self.look("again"), Way::Kept);
        for &(file, from, to) in edits {
            for (from, to) in [(from, to), (to, from)] {
                let what = format!("{file}: `{from}` becomes `{to}`");
                self.edit(file, from, to);
                assert_eq!(self.look(&what), Way::InPart, "{what}");
                assert_eq!(self.look(&what), Way::Kept, "{what}");
            }
        }
    }

    /// One edit after the other, there and back: whatever way is taken, it says what reading from nothing says.
    #[track_caller]
    pub(super) fn says_the_same(&self, edits: &[(&str, &str, &str)]) {
        self.look("before");
        for &(file, from, to) in edits {
            for (from, to) in [(from, to), (to, from)] {
                let what = format!("{file}: `{from}` becomes `{to}`");
                self.edit(file, from, to);
                self.look(&what);
            }
        }
    }

    fn written(&self, evidence: &Evidence) -> String {
        assert_eq!(evidence.graph.verify(), Ok(()));
        let snapshot = SnapshotOf::new(&evidence.graph, &self.options.patterns);
        let value = serde_json::to_value(&snapshot).expect("a graph can be written");
        let lists = value.as_object().expect("it has several lists").iter();
        let mut written: String = lists
            .flat_map(|(name, list)| {
                let all = list.as_array().map_or_else(|| vec![list], |all| all.iter().collect());
                let numbered = all.into_iter().enumerate();
                numbered.map(move |(number, one)| format!("{name} {number} {one}\n"))
            })
            .collect();
        let Evidence {
            problems,
            idle_generated,
            ..
        } = evidence;
        writeln!(written, "{problems:?} {idle_generated:?}").expect("a string takes everything");
        written
    }
}

/// The lines that only one of two has.
fn differences(kept: &str, anew: &str) -> String {
    let only = |of: &str, other: &str, sign: &str| -> String {
        let known: BTreeSet<&str> = other.lines().collect();
        let lines = of.lines().filter(|line| !known.contains(line));
        lines.flat_map(|line| [sign, " ", line, "\n"]).collect()
    };
    only(kept, anew, "+") + &only(anew, kept, "-")
}

fn set_times(path: &Path, then: SystemTime) {
    for entry in fs::read_dir(path).expect("the folder is there").flatten() {
        let path = entry.path();
        let kind = entry.file_type().expect("it has a kind");
        if kind.is_dir() && !path.ends_with("target/archguard") {
            set_times(&path, then);
        }
        if !kind.is_symlink() {
            let file = fs::File::open(&path).expect("it can be opened");
            file.set_modified(then).expect("a time can be set");
        }
    }
}
