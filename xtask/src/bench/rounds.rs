//! Runs cases in turn, round by round: what slows the machine down for a while slows down all of them. Ratios are taken
//! within a round and then the median of them, so that a slow minute does not count.

use std::collections::BTreeMap;

use super::case::{Case, What};
use super::process::{Sample, run};
use super::statistics::median;
use crate::terminal;

/// What came out: the samples of each case, one for each round, and why some cases have none.
#[derive(Debug, Default)]
pub(crate) struct Results {
    samples: BTreeMap<What, Vec<Sample>>,
    pub(crate) refused: Vec<(What, String)>,
}

impl Results {
    /// Runs each case once to see whether it can be, and then all of them `rounds` times.
    pub(crate) fn of(cases: &[Case<'_>], rounds: usize) -> Self {
        let mut results = Self::default();
        let mut able: Vec<&Case<'_>> = Vec::new();
        for case in cases {
            match once(case, 0) {
                Ok(_) => able.push(case),
                Err(why) => results.refused.push((case.what, why)),
            }
        }
        for round in 1..=rounds {
            terminal::failure(&format!("  round {round} of {rounds}, {} cases", able.len()));
            for case in &able {
                match once(case, round) {
                    Ok(sample) => results.samples.entry(case.what).or_default().push(sample),
                    Err(why) => results.refused.push((case.what, why)),
                }
            }
        }
        // A case that failed once has fewer samples than the others and cannot be compared with them round by round.
        results.samples.retain(|_, samples| samples.len() == rounds);
        results
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

fn once(case: &Case<'_>, round: usize) -> Result<Sample, String> {
    (case.prepare)(round)?;
    let (status, sample) = run(&mut (case.command)())?;
    if case.ends_with.accepts(status.code()) {
        Ok(sample)
    } else {
        Err(format!("ended with {status}"))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

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
            refused: Vec::new(),
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
            refused: Vec::new(),
        };
        assert_eq!(results.ratio(What::OwnCrates, What::Cold), None);
    }
}
