//! What is hard, one kind at a time and in growing sizes: chains of globs and of re-exports as deep as there are modules,
//! and one knot of all modules.

use super::growth::{Effort, stages};
use super::left_out::LeftOut;
use super::programs::Programs;
use super::stages::Stages;
use super::statistics::{exponent, number};
use crate::synthetic::{Plan, Shape, write};
use crate::terminal;

/// Each is measured by itself.
pub(crate) const HARD: [Shape; 3] = [Shape::Globs, Shape::Reexports, Shape::Circle];
const SIZES: [usize; 5] = [100, 300, 1_000, 3_000, 10_000];
const FEW_SIZES: usize = 3;

/// One shape with its stages by lines.
pub(crate) struct Hard {
    pub(crate) shape: Shape,
    pub(crate) sizes: Vec<(usize, Stages)>,
}

impl Hard {
    /// The names of its stages.
    pub(crate) fn stages(&self) -> impl Iterator<Item = &str> {
        let largest = self.sizes.last().into_iter();
        largest.flat_map(|(_, stages)| stages.that_count().map(|(name, _)| name.as_str()))
    }

    /// The exponent by which a stage grows with the lines.
    pub(crate) fn exponent(&self, stage: &str) -> Option<f64> {
        let times = self.sizes.iter();
        let times = times.filter_map(|(lines, stages)| Some((number(*lines), *stages.seconds.get(stage)?)));
        exponent(&times.collect::<Vec<_>>())
    }

    /// What a stage takes at the largest size, as a multiple of parsing alone.
    pub(crate) fn against_parsing(&self, stage: &str) -> Option<f64> {
        let (_, stages) = self.sizes.last()?;
        Some(stages.seconds.get(stage)? / stages.seconds.get(super::stages::PARSING)?)
    }
}

/// Makes, measures and removes one workspace of this shape after the other; none where not one could be measured.
pub(crate) fn measure(programs: &Programs, effort: Effort, shape: Shape, left_out: &mut LeftOut) -> Option<Hard> {
    let modules = match effort {
        Effort::Full => &SIZES[..],
        Effort::Quick => &SIZES[..FEW_SIZES],
    };
    let mut sizes = Vec::new();
    for &modules in modules {
        let name = format!("{} of {modules} modules", shape.word());
        terminal::failure(&name);
        sizes.extend(left_out.keep(&name, size(programs, effort, shape, modules)));
    }
    (!sizes.is_empty()).then_some(Hard { shape, sizes })
}

fn size(programs: &Programs, effort: Effort, shape: Shape, modules: usize) -> Result<(usize, Stages), String> {
    let scratch = tempfile::tempdir().map_err(|error| error.to_string())?;
    let root = scratch.path().join("made");
    let lines = write(Plan::new(shape, modules), &root)?;
    Ok((lines, stages(programs, &root, shape, effort.rounds(3))?))
}
