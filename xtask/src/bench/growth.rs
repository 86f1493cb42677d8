//! Ordinary code in growing sizes: the whole command and its stages, each at every size.

use std::fs;
use std::path::Path;

use super::checks::Subject;
use super::left_out::LeftOut;
use super::place::Place;
use super::programs::Programs;
use super::rounds::Results;
use super::stages::Stages;
use super::statistics::{exponent, number};
use crate::synthetic::{Plan, Shape, write};
use crate::terminal;

/// Sizes in modules: a hundred have some 10,000 lines.
const SIZES: [usize; 7] = [100, 300, 1_000, 3_000, 10_000, 30_000, 75_000];
const FEW_SIZES: usize = 3;
/// Above, there are fewer rounds.
const LARGE: usize = 10_000;
/// Above, the stages on their own would need more memory than the check does.
const LARGEST_IN_STAGES: usize = 30_000;

/// How much is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effort {
    /// Enough to say something.
    Full,
    /// Enough to see that it works.
    Quick,
}

impl Effort {
    pub(crate) fn rounds(self, most: usize) -> usize {
        match self {
            Self::Full => most,
            Self::Quick => 1,
        }
    }
}

/// What was measured at one size.
pub(crate) struct Point {
    pub(crate) modules: usize,
    pub(crate) lines: usize,
    pub(crate) results: Results,
    /// None where it would have been too large.
    pub(crate) stages: Option<Stages>,
}

/// The sizes to be measured, in modules.
pub(crate) fn sizes(effort: Effort) -> &'static [usize] {
    match effort {
        Effort::Full => &SIZES,
        Effort::Quick => &SIZES[..FEW_SIZES],
    }
}

/// Makes, measures and removes a workspace; none where it could not be measured.
pub(crate) fn measure(programs: &Programs, effort: Effort, modules: usize, left_out: &mut LeftOut) -> Option<Point> {
    let name = format!("made workspace of {modules} modules");
    terminal::failure(&name);
    let point = left_out.keep(&name, point(programs, effort, modules))?;
    left_out.note_cases(&name, &point.results);
    Some(point)
}

fn point(programs: &Programs, effort: Effort, modules: usize) -> Result<Point, String> {
    let scratch = tempfile::tempdir().map_err(|error| error.to_string())?;
    let root = scratch.path().join("made");
    write(Plan::new(Shape::Layered, modules), &root)?;
    let rounds = effort.rounds(if modules > LARGE { 3 } else { 5 });
    let stages = (modules <= LARGEST_IN_STAGES)
        .then(|| stages(programs, &root, Shape::Layered, rounds.min(3)))
        .transpose()?;
    let subject = Subject::new(Place::new(root, programs)?, scratch.path())?;
    Ok(Point {
        modules,
        lines: subject.lines,
        results: Results::of(&subject.cases(), rounds),
        stages,
    })
}

/// The stages of a made workspace, the median of so many runs.
pub(crate) fn stages(programs: &Programs, root: &Path, shape: Shape, runs: usize) -> Result<Stages, String> {
    let place = Place::new(root.to_owned(), programs)?;
    let directory = fs::canonicalize(root).map_err(|error| error.to_string())?;
    let directory = directory.display().to_string();
    let run = |_| {
        let said = Place::capture(place.xtask(&["stages", &directory, shape.word()]))?;
        let stages = Stages::of_text(said.trim_end()).ok_or("the stages cannot be read")?;
        Ok(stages.and_told(&place.timings()?))
    };
    let runs: Vec<Stages> = (0..runs).map(run).collect::<Result<_, String>>()?;
    Ok(Stages::medians(&runs))
}

/// The exponent by which something grows with the lines.
pub(crate) fn exponent_of(points: &[Point], of: impl Fn(&Point) -> Option<f64>) -> Option<f64> {
    let sized = points.iter().map(|point| (number(point.lines), of(point)));
    let known = sized.filter_map(|(lines, value)| Some((lines, value?)));
    exponent(&known.collect::<Vec<_>>())
}
