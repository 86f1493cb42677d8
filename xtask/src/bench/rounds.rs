//! Runs cases in turn, round by round: what slows the machine down for a while slows down all of them. Ratios are taken
//! within a round and then the median of them, so that a slow minute does not count.

use std::collections::BTreeMap;

use super::case::{Case, What};
use super::process::{Sample, run};
use super::statistics::median;
use super::words;
use crate::terminal;

/// What came out: the samples of each case, one for each round, and why some cases have none.
#[derive(Debug, Default)]
pub(crate) struct Results {
    samples: BTreeMap<What, Vec<Sample>>,
    pub(crate) refused: Vec<(What, String)>,
    /// Cases that count though they did not end with 0, with what they ended with: checks that found something.
    pub(crate) verdicts: Vec<(What, i32)>,
}

impl Results {
    /// Runs each case once to see whether it can be, and then all of them `rounds` times.
    pub(crate) fn of(cases: &[Case<'_>], rounds: usize) -> Self {
        let mut results = Self::default();
        let mut able: Vec<&Case<'_>> = Vec::new();
        for case in cases {
            match tried(case, 0) {
                Ok(code) => {
                    able.push(case);
                    results.verdicts.extend((code != 0).then_some((case.what, code)));
                }
                Err(why) => results.refused.push((case.what, why)),
            }
        }
        for round in 1..=rounds {
            terminal::failure(&format!("  round {round} of {rounds}, {} cases", able.len()));
            able.retain(|case| results.add(case.what, once(case, round)));
        }
        results
    }

    /// Adds what came out of one run; whether there is to be another.
    fn add(&mut self, what: What, sample: Result<Sample, String>) -> bool {
        match sample {
            Ok(sample) => {
                self.samples.entry(what).or_default().push(sample);
                true
            }
            Err(why) => {
                // It has fewer samples than the others and cannot be compared with them round by round.
                self.samples.remove(&what);
                self.refused.push((what, why));
                false
            }
        }
    }

    pub(crate) fn measured(&self) -> impl Iterator<Item = What> {
        self.samples.keys().copied()
    }

    /// The median of what each run took by the clock, in seconds.
    pub(crate) fn seconds(&self, what: What) -> Option<f64> {
        self.median_of(what, |sample| sample.wall.as_secs_f64())
    }

    /// The median of what each run took on the processors, in seconds.
    pub(crate) fn processor_seconds(&self, what: What) -> Option<f64> {
        self.median_of(what, |sample| sample.cpu.as_secs_f64())
    }

    /// How many processors it kept busy.
    pub(crate) fn processors(&self, what: What) -> Option<f64> {
        self.median_of(what, |sample| sample.cpu.as_secs_f64() / sample.wall.as_secs_f64())
    }

    /// The most memory, in bytes.
    pub(crate) fn peak(&self, what: What) -> Option<f64> {
        self.median_of(what, |sample| f64::from(sample.peak) * 1024.0)
    }

    /// How many times the one took of what the other did.
    pub(crate) fn ratio(&self, what: What, to: What) -> Option<f64> {
        self.paired(what, to, |part, whole| part / whole)
    }

    /// How much more the one took than the other, in seconds.
    pub(crate) fn difference(&self, what: What, than: What) -> Option<f64> {
        self.paired(what, than, |more, less| more - less)
    }

    fn median_of(&self, what: What, of: impl Fn(&Sample) -> f64) -> Option<f64> {
        median(self.samples.get(&what)?.iter().map(of))
    }

    fn paired(&self, what: What, other: What, of: impl Fn(f64, f64) -> f64) -> Option<f64> {
        let (left, right) = (self.samples.get(&what)?, self.samples.get(&other)?);
        if left.len() != right.len() {
            return None;
        }
        let pairs = left.iter().zip(right);
        median(pairs.map(|(left, right)| of(left.wall.as_secs_f64(), right.wall.as_secs_f64())))
    }
}

/// A run that is measured.
fn once(case: &Case<'_>, round: usize) -> Result<Sample, String> {
    (case.prepare)(round)?;
    let (status, sample) = run(&mut (case.command)())?;
    if case.ends_with.accepts(status.code()) {
        return Ok(sample);
    }
    // Nobody has listened to what is measured: what it has to say it says when it fails again.
    match tried(case, round) {
        Ok(_) => Err(format!("{status} in round {round}, and not when run again")),
        Err(why) => Err(why),
    }
}

/// A run that is listened to: the code that it ended with, or what it said where that does not count.
fn tried(case: &Case<'_>, round: usize) -> Result<i32, String> {
    (case.prepare)(round)?;
    let output = words::listen(&mut (case.command)())?;
    match output.status.code() {
        Some(code) if case.ends_with.accepts(Some(code)) => Ok(code),
        _ => Err(words::last(&output)),
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;
    use std::time::Duration;

    use super::super::case::EndsWith;
    use super::*;

    fn taking(seconds: &[u64]) -> Vec<Sample> {
        let sample = |&seconds: &u64| Sample {
            wall: Duration::from_secs(seconds),
            cpu: Duration::from_secs(2 * seconds),
            peak: 1024,
        };
        seconds.iter().map(sample).collect()
    }

    #[test]
    fn ratios_are_taken_within_rounds() {
        // The second round was slow, the third was slow for one of the two.
        let samples = [(What::Cold, taking(&[4, 40, 4])), (What::Parse, taking(&[2, 20, 40]))];
        let results = Results {
            samples: BTreeMap::from(samples),
            ..Results::default()
        };
        assert_eq!(results.ratio(What::Cold, What::Parse), Some(2.0));
        assert_eq!(results.difference(What::Cold, What::Parse), Some(2.0));
        assert_eq!(results.seconds(What::Parse), Some(20.0));
        assert_eq!(results.processors(What::Cold), Some(2.0));
        assert_eq!(results.ratio(What::Cold, What::Warm), None);
    }

    #[test]
    fn what_was_measured_in_other_rounds_is_not_compared_round_by_round() {
        let samples = [(What::Cold, taking(&[4, 4])), (What::OwnCrates, taking(&[9]))];
        let results = Results {
            samples: BTreeMap::from(samples),
            ..Results::default()
        };
        assert_eq!(results.ratio(What::OwnCrates, What::Cold), None);
    }

    fn cargo(what: What, ends_with: EndsWith, word: &'static str) -> Case<'static> {
        Case::plain(what, ends_with, move || {
            let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
            command.arg(word);
            command
        })
    }

    #[test]
    fn a_case_that_fails_says_why_and_the_others_are_measured() {
        let unready = Case::after(
            What::Warm,
            EndsWith::Success,
            |_| Err("not ready".to_owned()),
            || Command::new("cargo"),
        );
        let cases = [
            cargo(What::Parse, EndsWith::Success, "no-such-command"),
            unready,
            cargo(What::Cold, EndsWith::Verdict, "--version"),
        ];
        let results = Results::of(&cases, 2);
        assert_eq!(results.measured().collect::<Vec<_>>(), [What::Cold]);
        let refused: Vec<What> = results.refused.iter().map(|&(what, _)| what).collect();
        assert_eq!(refused, [What::Parse, What::Warm]);
        let (parse, warm) = (&results.refused[0].1, &results.refused[1].1);
        assert!(parse.contains("101") && parse.contains("no such command"), "{parse}");
        assert_eq!(warm, "not ready");
        assert_eq!(results.verdicts, []);
    }

    #[test]
    fn a_case_that_fails_in_a_later_round_is_left_out_once_and_for_all() {
        let fails_later = Case::after(
            What::Warm,
            EndsWith::Success,
            |round| {
                if round < 2 {
                    Ok(())
                } else {
                    Err(format!("round {round}"))
                }
            },
            || (cargo(What::Warm, EndsWith::Success, "--version").command)(),
        );
        let cases = [fails_later, cargo(What::Cold, EndsWith::Success, "--version")];
        let results = Results::of(&cases, 3);
        assert_eq!(results.measured().collect::<Vec<_>>(), [What::Cold]);
        assert_eq!(results.refused, [(What::Warm, "round 2".to_owned())]);
    }

    #[test]
    fn a_check_that_finds_something_counts_and_what_it_ended_with_is_kept() {
        // Git ends with 1 where there is no such key.
        let case = Case::plain(What::Cold, EndsWith::Verdict, || {
            let mut command = Command::new("git");
            command.args(["config", "--get", "archguard.no-such-key"]);
            command
        });
        let results = Results::of(&[case], 1);
        assert_eq!(results.verdicts, [(What::Cold, 1)]);
        assert_eq!(results.refused, []);
        assert!(results.seconds(What::Cold).is_some());
    }
}
