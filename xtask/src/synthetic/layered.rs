//! Code as it usually is: crates in three layers, each a tree of modules, and functions that use what stands elsewhere,
//! mostly in their own crate, by every way that there is to name a thing.

use super::files::SourceFile;
use super::manifests::{self, Member};
use super::module_text::{self, Target};
use super::plan::Plan;
use super::random::Random;

/// Modules of a crate, where there are enough: the members of google-cloud-rust have fewer, those of rust-analyzer as many.
const MODULES_OF_A_CRATE: usize = 100;
const PARTS_OF_AN_AREA: usize = 10;
/// The layers, from the lowest.
const LAYERS: [&str; 3] = ["base", "core", "app"];
/// Dependencies of a crate, at most.
const DEPENDENCIES: usize = 4;

/// The whole workspace.
#[derive(Clone, Copy)]
pub(crate) struct Layered {
    crates: usize,
    /// Modules with code, in each crate.
    parts: usize,
    plan: Plan,
}

pub(crate) fn files(plan: Plan) -> impl Iterator<Item = SourceFile> {
    let whole = Layered::of(plan);
    let members: Vec<Member> = (0..whole.crates).map(|krate| whole.member(krate)).collect();
    let sources = (0..whole.crates).flat_map(move |krate| whole.sources(krate));
    manifests::files(&members).into_iter().chain(sources)
}

impl Layered {
    fn of(plan: Plan) -> Self {
        let crates = (plan.modules / MODULES_OF_A_CRATE).max(LAYERS.len());
        // Besides those with code each crate has its root, and one for each area.
        let below_root = (plan.modules / crates).max(3) - 1;
        let parts = (below_root * PARTS_OF_AN_AREA).div_ceil(PARTS_OF_AN_AREA + 1);
        Self { crates, parts, plan }
    }

    fn name(self, krate: usize) -> String {
        format!("{}_{krate:04}", LAYERS[self.layer(krate)])
    }

    fn layer(self, krate: usize) -> usize {
        krate * LAYERS.len() / self.crates
    }

    /// The crates that one depends on: earlier ones, those nearby rather than those far away.
    fn dependencies(self, krate: usize) -> Vec<usize> {
        let mut random = Random::of(self.plan.seed, [krate, usize::MAX]);
        let reach = krate.min(self.crates.div_ceil(2));
        let mut chosen: Vec<usize> = (0..DEPENDENCIES.min(krate))
            .map(|_| krate - 1 - random.below(reach))
            .collect();
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }

    fn member(self, krate: usize) -> Member {
        Member {
            name: self.name(krate),
            dependencies: self.dependencies(krate).into_iter().map(|it| self.name(it)).collect(),
        }
    }

    fn sources(self, krate: usize) -> impl Iterator<Item = SourceFile> {
        let name = self.name(krate);
        let areas = self.parts.div_ceil(PARTS_OF_AN_AREA);
        let root = SourceFile::new(format!("{name}/src/lib.rs"), module_text::root(areas));
        let folder = name.clone();
        let areas = (0..areas).map(move |area| {
            let parts = area * PARTS_OF_AN_AREA..((area + 1) * PARTS_OF_AN_AREA).min(self.parts);
            SourceFile::new(format!("{folder}/src/area_{area}/mod.rs"), module_text::area(parts))
        });
        let parts = (0..self.parts).map(move |part| {
            let area = part / PARTS_OF_AN_AREA;
            SourceFile::new(format!("{name}/src/area_{area}/part_{part}.rs"), self.part(krate, part))
        });
        std::iter::once(root).chain(areas).chain(parts)
    }

    fn part(self, krate: usize, part: usize) -> String {
        let mut random = Random::of(self.plan.seed, [krate, part]);
        let dependencies = self.dependencies(krate);
        let mut target = || self.target(krate, &dependencies, &mut random);
        let imported: Vec<Target> = (0..module_text::IMPORTS).map(|_| target()).collect();
        let functions = self.plan.references / module_text::REFERENCES_OF_A_FUNCTION;
        let named: Vec<[Target; 2]> = (0..functions.max(1)).map(|_| [target(), target()]).collect();
        module_text::part(&Target::own(krate, part), &imported, &named)
    }

    /// Where a reference leads: four of five within the crate.
    fn target(self, krate: usize, dependencies: &[usize], random: &mut Random) -> Target {
        let part = random.below(self.parts);
        let area = part / PARTS_OF_AN_AREA;
        let way = random.below(3);
        let (krate, head) = if dependencies.is_empty() || random.below(5) > 0 {
            (krate, "crate".to_owned())
        } else {
            let other = dependencies[random.below(dependencies.len())];
            (other, self.name(other))
        };
        let module = match way {
            0 => format!("{head}::area_{area}::part_{part}"),
            // Areas and roots hand on by globs what is below them.
            1 => format!("{head}::area_{area}"),
            _ => head,
        };
        Target::new(krate, part, module)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synthetic::Shape;

    #[test]
    fn crates_depend_on_earlier_ones_alone_and_layers_on_lower_ones() {
        let whole = Layered::of(Plan::new(Shape::Layered, 3_000));
        assert_eq!(whole.crates, 30);
        let mut seen = 0;
        for krate in 0..whole.crates {
            for dependency in whole.dependencies(krate) {
                assert!(dependency < krate, "{krate} on {dependency}");
                assert!(whole.layer(dependency) <= whole.layer(krate), "{krate} on {dependency}");
                seen += 1;
            }
        }
        assert!(seen > 60, "{seen} dependencies");
    }
}
