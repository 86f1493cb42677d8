//! Each lint on its own, and the facts of files on their own, in one process: `cargo xtask stages <directory> <shape>`,
//! called by `bench` in the program that it has built. One line for each number; nothing is kept or taken from what is kept.
//! What the stages of a whole check take, that tells itself (`--timings`) and is read here.

use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use archguard_evidence::facts::extract::{Depth, extract};
use archguard_evidence::workspace::{Request, Workspace, load};
use archguard_evidence::{Options, read};
use archguard_invariants::graph::{FileRole, Graph};
use archguard_invariants::policy::{BoundPolicy, Policy};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::policies::{self, Trial};
use super::statistics::median;
use crate::synthetic::Shape;

/// How often what takes milliseconds is repeated.
const REPETITIONS: usize = 3;

/// What the workspace has, and what each stage took.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Stages {
    pub(crate) references: usize,
    /// In seconds, by name.
    pub(crate) seconds: BTreeMap<String, f64>,
}

/// The names of what is neither a lint nor a stage of the check.
pub(crate) const PARSING: &str = "parsing alone";
pub(crate) const FACTS: &str = "facts of each file alone, parsing included";
/// What the check tells of its own stages begins with this.
pub(crate) const OF_CHECK: &str = "check: ";

impl Stages {
    fn text(&self) -> String {
        let times = self
            .seconds
            .iter()
            .map(|(name, seconds)| format!("\n{name}\t{seconds}"));
        format!("{}{}", self.references, times.collect::<String>())
    }

    /// What `run` printed.
    pub(crate) fn of_text(text: &str) -> Option<Self> {
        let (references, times) = text.split_once('\n')?;
        let time = |line: &str| {
            let (name, seconds) = line.split_once('\t')?;
            Some((name.to_owned(), seconds.parse().ok()?))
        };
        Some(Self {
            references: references.parse().ok()?,
            seconds: times.lines().map(time).collect::<Option<_>>()?,
        })
    }

    /// What takes at least a hundredth of parsing alone: of what takes less, nobody asks how it grows.
    pub(crate) fn that_count(&self) -> impl Iterator<Item = (&String, &f64)> {
        let least = self.seconds.get(PARSING).map_or(0.0, |parsing| parsing / 100.0);
        self.seconds.iter().filter(move |&(_, &seconds)| seconds >= least)
    }

    /// With the stages that a check told of, each under those that it is a part of.
    pub(crate) fn and_told(mut self, told: &str) -> Self {
        let mut above: Vec<&str> = Vec::new();
        for (depth, name, seconds) in told.lines().filter_map(timing) {
            above.truncate(depth);
            above.push(name);
            let shown = format!("{OF_CHECK}{}", above.join(", "));
            // A lint is measured alone, where it does not use what another has worked out.
            if !name.starts_with("lint ") {
                *self.seconds.entry(shown).or_default() += seconds;
            }
        }
        self
    }

    /// The medians of several runs.
    pub(crate) fn medians(runs: &[Self]) -> Self {
        let Some(first) = runs.first() else {
            return Self::default();
        };
        let of = |name: &String| {
            let times = runs.iter().filter_map(|run| run.seconds.get(name).copied());
            median(times).unwrap_or_default()
        };
        Self {
            references: first.references,
            seconds: first.seconds.keys().map(|name| (name.clone(), of(name))).collect(),
        }
    }
}

/// A line of `--timings`: how deep it stands, what it is of, and how long that took.
fn timing(line: &str) -> Option<(usize, &str, f64)> {
    let (milliseconds, rest) = line.strip_prefix("archguard: ")?.split_once(" ms ")?;
    let name = rest.trim_start();
    let depth = (rest.len() - name.len()) / 2;
    Some((depth, name, milliseconds.trim().parse::<f64>().ok()? / 1e3))
}

pub(crate) fn run(arguments: &[&str]) -> Result<String, String> {
    let [directory, shape] = arguments else {
        return Err("usage: cargo xtask stages <directory> <shape>".to_owned());
    };
    let shape = Shape::of_word(shape).ok_or("there is no such shape")?;
    measure(Path::new(directory), shape).map(|stages| stages.text())
}

fn measure(directory: &Path, shape: Shape) -> Result<Stages, String> {
    let mut stages = Stages::default();
    let mut add = |name: &str, seconds: f64| stages.seconds.insert(name.to_owned(), seconds);
    let graph = graph_for(&workspace_of(directory)?, shape)?;
    let files = examined(&graph);
    let (parsing, ()) = timed(|| each(&files, |text| drop(black_box(syn::parse_file(text)))));
    add(PARSING, parsing);
    let (facts, ()) = timed(|| each(&files, |text| drop(black_box(extract(text, Depth::Everything)))));
    add(FACTS, facts);
    for trial in policies::of(shape) {
        add(trial.name, judging(&graph, &trial)?);
    }
    stages.references = graph.reference_count();
    Ok(stages)
}

fn workspace_of(directory: &Path) -> Result<Workspace, String> {
    let request = Request {
        manifest_path: Some(directory.join("Cargo.toml")),
        directory: directory.to_path_buf(),
        offline: true,
    };
    load(&request).map_err(|error| crate::chain(&error))
}

fn examined(graph: &Graph) -> Vec<PathBuf> {
    let files = graph.files().iter().filter(|file| file.role == FileRole::Examined);
    files.map(|file| file.absolute.clone()).collect()
}

/// Does something with the text of each file, on all cores.
fn each(files: &[PathBuf], with: impl Fn(&str) + Sync) {
    files.par_iter().for_each(|path| {
        if let Ok(text) = fs::read_to_string(path) {
            with(&text);
            proc_macro2::extra::invalidate_current_thread_spans();
        }
    });
}

/// The graph that every policy of a shape can be bound to.
fn graph_for(workspace: &Workspace, shape: Shape) -> Result<Graph, String> {
    let mut options = Options::default();
    for trial in policies::of(shape) {
        options.patterns.extend(policy_of(&trial)?.patterns());
    }
    options.patterns.sort_unstable();
    options.patterns.dedup();
    // The lints of `require` ask for what is not read otherwise.
    options.requirements = shape == Shape::Layered;
    Ok(read(workspace, &options).graph)
}

fn policy_of(trial: &Trial) -> Result<Policy, String> {
    let read = Policy::read("archguard.toml", &trial.text);
    read.map_err(|problems| format!("{}: {problems:?}", trial.name))
}

/// How long all judges take under a policy that gives one of them something to judge.
fn judging(graph: &Graph, trial: &Trial) -> Result<f64, String> {
    let policy = policy_of(trial)?;
    let binding = BoundPolicy::bind(&policy, graph);
    let misfits: Vec<&str> = binding
        .problems
        .iter()
        .map(|problem| problem.message.as_str())
        .collect();
    if !misfits.is_empty() {
        return Err(format!("{}: {}", trial.name, misfits.join("; ")));
    }
    let judge = || black_box(archguard_lints::judge(graph, &binding.policy));
    let times = (0..REPETITIONS).map(|_| timed(judge).0);
    Ok(median(times).unwrap_or_default())
}

fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let made = work();
    (start.elapsed().as_secs_f64(), made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_check_tells_of_itself_is_read_with_what_it_is_a_part_of() {
        let told = "note: x\narchguard:      1.5 ms loading\narchguard:    120.0 ms reading\n\
                    archguard:     20.0 ms   graph\narchguard:      5.0 ms     keeping\narchguard:      2.0 ms   counting\n\
                    archguard:      4.0 ms judging\narchguard:      3.0 ms   lint layer-breach\narchguard: clean: 3 packages\n";
        let stages = Stages::default().and_told(told);
        let expected = [
            ("judging", 0.004),
            ("loading", 0.0015),
            ("reading", 0.12),
            ("reading, counting", 0.002),
            ("reading, graph", 0.02),
            ("reading, graph, keeping", 0.005),
        ];
        let expected = expected.map(|(name, seconds)| (format!("check: {name}"), seconds));
        assert_eq!(stages.seconds, BTreeMap::from(expected));
    }

    fn taking(reading: f64) -> Stages {
        Stages {
            references: 12,
            seconds: BTreeMap::from([(FACTS.to_owned(), reading), ("layer-breach".to_owned(), 0.25)]),
        }
    }

    #[test]
    fn stages_are_read_as_they_are_printed() {
        assert_eq!(Stages::of_text(&taking(1.5).text()), Some(taking(1.5)));
        assert_eq!(Stages::of_text("12\nno number\tx"), None);
    }

    #[test]
    fn what_takes_next_to_nothing_does_not_count() {
        let mut stages = taking(1.5);
        stages.seconds.insert(PARSING.to_owned(), 30.0);
        let names: Vec<&str> = stages.that_count().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, [FACTS, PARSING]);
    }

    #[test]
    fn of_several_runs_each_stage_has_its_median() {
        assert_eq!(Stages::medians(&[taking(1.0), taking(9.0), taking(2.0)]), taking(2.0));
    }
}
