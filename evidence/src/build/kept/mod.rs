//! What was read of a workspace, kept so that it is not read again while it would say the same.
//!
//! An *outline* is which modules there are: bodies of functions, documentation and comments say nothing of that, and the
//! lines of what is kept are those of the day when it was read. The *whole* graph holds as long as no byte of the code has
//! changed. [`witness`] tells whether a file or folder still says the same, that it cannot be read too; for how
//! long the rest holds (the workspace as cargo sees it, what builds have generated, the files in no module tree) is asked
//! again each time.

mod decoding;
mod stamp;
mod surroundings;
mod witness;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use archguard_invariants::graph::{Snapshot, SnapshotOf};
use archguard_invariants::place::FileId;
use archguard_invariants::problem::Problem;
use archguard_invariants::verdict::Agreement;
use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use self::decoding::Decoding;
use self::surroundings::Surroundings;
use self::witness::{Aspect, Holds, Witness};
use super::Options;
use super::found::Tally;
use super::read::idle_exclusions;
use crate::Evidence;
use crate::kept::{CONDITIONS, GRAPH, Hash, KeptFile, Kind, OUTLINE, this_tool};
use crate::names::generated::newest;
use crate::names::kept_facts::ReadAs;
use crate::names::world::{Generated, World};
use crate::workspace::{Workspace, lies_in_cargo_home};

/// Raised whenever what is written changes its form.
const FORMAT: u32 = 13;

/// A hash that tells one reading from another.
pub(super) type Identity = [u8; blake3::OUT_LEN];

/// How much was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// Which modules there are.
    Outline,
    /// Everything.
    Whole,
}

/// The conditions, and the hash of what is true under them.
#[derive(Deserialize)]
struct Conditional {
    of: Hash,
    conditions: Conditions,
}

#[derive(Serialize)]
struct KeepingConditional<'k> {
    of: Hash,
    conditions: &'k Conditions,
}

/// Where one reading is kept.
#[derive(Debug)]
pub(super) struct KeptReading {
    /// What was read.
    file: Arc<KeptFile>,
    /// What that rests on.
    conditions: KeptFile,
    extent: Extent,
    /// Whether nothing but source is read.
    is_of_source: bool,
    /// What the workspaces are kept as: what they are made of is the same as long as this is.
    workspaces: Vec<String>,
}

/// What has to hold for the rest to be true. It is a file of its own: to know that nothing has changed, no more is read.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Conditions {
    workspaces: Vec<String>,
    /// In the order of their paths.
    witnesses: Vec<Witness>,
    /// How little that has changed since was found at the last reading, which was not worth keeping whole.
    later: Vec<Witness>,
    generated: Vec<Generated>,
    surroundings: Option<Surroundings>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Kept {
    pub(super) graph: Snapshot,
    /// What was counted in each file.
    pub(super) tallies: Vec<(FileId, Tally)>,
    /// What kept it from being whole.
    pub(super) problems: Vec<Problem>,
    /// The words that macros of dependencies write.
    pub(super) words_of_macros: Vec<Box<str>>,
    idle_generated: Vec<usize>,
    agreement: Option<Agreement>,
}

#[derive(Serialize)]
struct Keeping<'k> {
    graph: SnapshotOf<'k>,
    tallies: &'k [(FileId, Tally)],
    problems: &'k [Problem],
    words_of_macros: &'k [Box<str>],
    idle_generated: &'k [usize],
    agreement: Option<&'k Agreement>,
}

/// What is kept, and still holds.
#[derive(Debug)]
pub(super) enum Found {
    /// All of it.
    Whole(Box<Evidence>),
    /// All but what some files say.
    InPart(Box<InPart>),
}

/// What was read when some files of code held something else.
#[derive(Debug)]
pub(super) struct InPart {
    /// What was said then.
    pub(super) kept: Decoding,
    /// The files, where links lead, with what they held.
    pub(super) changed: Vec<(PathBuf, ReadAs)>,
    /// What was read otherwise.
    pub(super) grounds: Grounds,
}

/// What an earlier reading rested on.
#[derive(Debug)]
pub(super) struct Grounds {
    of: Hash,
    conditions: Conditions,
    /// What of that says something else now.
    outdated: FxHashSet<PathBuf>,
}

/// Whether code is what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// When the graph was kept.
    AsKept,
    /// At the last reading since.
    AsLater,
    Otherwise,
}

/// What something was read from, and what of that still holds.
struct Held {
    state: State,
    /// The files of code that say something else now, and what they held when the graph was kept.
    changed: Vec<(PathBuf, ReadAs)>,
    grounds: Grounds,
    /// Whether the next time a look from outside shows more of this.
    shows_more: bool,
}

impl Grounds {
    /// What the files hold of which every byte is what it was when the graph was kept.
    pub(super) fn unchanged(&self) -> FxHashMap<PathBuf, ReadAs> {
        let witnesses = self.conditions.witnesses.iter();
        let whole = witnesses.filter(|witness| witness.speaks_of_bytes());
        let read = whole.filter_map(|witness| Some((witness.path(), witness.read_as()?)));
        read.filter(|(path, _)| !self.outdated.contains(*path))
            .map(|(path, read_as)| (path.to_path_buf(), read_as))
            .collect()
    }
}

impl KeptReading {
    /// The place for what a policy asks of a workspace, and for what a compiler has seen of it; none where the workspace
    /// itself is not kept, or an outline is not all there is.
    pub(super) fn of(workspace: &Workspace, options: &Options, extent: Extent, seen: Option<&str>) -> Option<Self> {
        let others = workspace.taken_in.iter().map(|other| other.kept_as.clone());
        let workspaces = std::iter::once(workspace.kept_as.clone()).chain(others);
        let workspaces = workspaces.collect::<Option<Vec<_>>>()?;
        let is_partial = !workspace.taken_in.is_empty() || !options.excluded.is_empty();
        if extent == Extent::Outline && is_partial {
            return None;
        }
        let (kind, of_what): (Kind, _) = match extent {
            Extent::Outline => (OUTLINE, "outline"),
            Extent::Whole => (GRAPH, "graph"),
        };
        let root = workspace.root.display();
        let asked = format!("{FORMAT} {} {root} {seen:?} {options:?}", this_tool());
        let name = &blake3::hash(asked.as_bytes()).to_hex()[..32];
        let folder = workspace.target_directory.join("archguard");
        Some(Self {
            file: Arc::new(KeptFile::new(&folder, kind, name)),
            conditions: KeptFile::new(&folder, CONDITIONS, &format!("{of_what}-{name}")),
            extent,
            is_of_source: seen.is_none(),
            workspaces,
        })
    }

    /// The file that is replaced last.
    pub(super) fn file(&self) -> &KeptFile {
        &self.conditions
    }

    /// What is kept, as far as what it was read from says the same.
    pub(super) fn read(&self, workspace: &Workspace, options: &Options) -> Option<Found> {
        let Conditional { of, conditions } = self.conditions.read()?;
        let kept = Decoding::begin(Arc::clone(&self.file), of);
        let held = self.held(of, conditions, workspace, options)?;
        if held.state == State::AsKept {
            let kept = kept.end()?;
            let kept_as = self.renewed(&held, workspace, options);
            return Some(Found::Whole(Box::new(Evidence {
                graph: kept.graph.into_graph(&options.patterns),
                problems: kept.problems,
                idle_generated: kept.idle_generated,
                kept_as: Some(kept_as),
                idle_exclusions: self.idle_exclusions(workspace, options),
                agreement: kept.agreement,
            })));
        }
        // A compiler has not seen what has changed.
        let may_hold = self.is_of_source && self.extent == Extent::Whole;
        may_hold.then(|| {
            Found::InPart(Box::new(InPart {
                kept,
                changed: held.changed,
                grounds: held.grounds,
            }))
        })
    }

    /// [`Evidence::kept_as`] of the last reading, if everything that it was read from says the same.
    pub(super) fn identity(&self, workspace: &Workspace, options: &Options) -> Option<Identity> {
        let Conditional { of, conditions } = self.conditions.read()?;
        let held = self.held(of, conditions, workspace, options)?;
        (held.state != State::Otherwise).then(|| self.renewed(&held, workspace, options))
    }

    /// Keeps how everything looks now that all of it holds, so that the next time less is looked into; what the reading is
    /// known by.
    fn renewed(&self, held: &Held, workspace: &Workspace, options: &Options) -> Identity {
        let Grounds { of, conditions, .. } = &held.grounds;
        if held.shows_more {
            // Who has read anew meanwhile has written other conditions, and reads anew once more.
            self.conditions.write(&KeepingConditional { of: *of, conditions });
        }
        let later = match held.state {
            State::AsLater => &conditions.later[..],
            State::AsKept | State::Otherwise => &[],
        };
        identity(of, later, &self.idle_exclusions(workspace, options))
    }

    fn idle_exclusions(&self, workspace: &Workspace, options: &Options) -> Vec<usize> {
        match self.extent {
            Extent::Outline => Vec::new(),
            Extent::Whole => idle_exclusions(workspace, options),
        }
    }

    /// What of the conditions holds, if they do but for what files of code say.
    fn held(&self, of: Hash, mut conditions: Conditions, workspace: &Workspace, options: &Options) -> Option<Held> {
        let began = SystemTime::now();
        let built = workspace.target_directories();
        let still_there = |file: &Generated| newest(&built, &file.package, &file.below) == file.found;
        if conditions.workspaces != self.workspaces || !conditions.generated.iter().all(still_there) {
            return None;
        }
        let Conditions {
            witnesses,
            later,
            surroundings,
            ..
        } = &mut conditions;
        let (held, around): (Vec<Holds>, _) = rayon::join(
            || witnesses.par_iter().chain(&*later).map(Witness::holds).collect(),
            || {
                let around = surroundings.as_ref();
                around.map_or(Holds::AtOnce, |around| around.hold(workspace, options, witnesses))
            },
        );
        let mut shows_more = match (around, surroundings) {
            (Holds::No, _) => return None,
            (Holds::LookedInto, Some(around)) => around.again(workspace, began),
            _ => false,
        };
        let mut changed = Vec::new();
        let mut outdated = FxHashSet::default();
        let (first, since) = held.split_at(witnesses.len());
        for (witness, holds) in witnesses.iter_mut().zip(first) {
            if *holds == Holds::No {
                changed.push(witness.held_as_code()?);
                outdated.insert(witness.path().to_path_buf());
            }
        }
        // One that is again what it was when the graph was kept is not what it was later.
        let later_outdated = later.iter().filter(|witness| outdated.contains(witness.path())).count();
        let is_later = later_outdated == outdated.len() && !since.contains(&Holds::No);
        let state = match outdated.is_empty() {
            true => State::AsKept,
            false if is_later => State::AsLater,
            false => State::Otherwise,
        };
        let all = witnesses.iter_mut().zip(first).chain(later.iter_mut().zip(since));
        for (witness, _) in all.filter(|(_, holds)| **holds == Holds::LookedInto) {
            shows_more |= witness.again(began);
        }
        Some(Held {
            state,
            changed,
            grounds: Grounds {
                of,
                conditions,
                outdated,
            },
            shows_more,
        })
    }

    /// What has to hold for what was read of a world since a time to be true, beside what was known before; none if it is
    /// not to be kept. What is little is kept beside the graph of before.
    pub(super) fn conditions(
        &self,
        world: &World<'_>,
        options: &Options,
        since: SystemTime,
        before: Option<&Grounds>,
        is_little: bool,
    ) -> Option<Conditions> {
        let aspect = match self.extent {
            Extent::Outline => Aspect::Declarations,
            Extent::Whole => Aspect::Bytes,
        };
        let sources = world.store.sources();
        let read: FxHashMap<&Path, ReadAs> = sources
            .filter_map(|source| Some((source.path.as_path(), source.read_as?)))
            .collect();
        let mut paths = read_from(world);
        let mut generated = world.notes.borrow().generated.clone();
        let mut witnesses = Vec::new();
        let mut surroundings = None;
        if let Some(Grounds {
            conditions, outdated, ..
        }) = before
        {
            // It reads the same files: what lies around them is what it was.
            surroundings.clone_from(&conditions.surroundings);
            for witness in &conditions.witnesses {
                let path = witness.path();
                let now = read.get(path).copied();
                // What has been read since is what it says.
                let holds = !outdated.contains(path) && (now.is_none() || now == witness.read_as());
                if holds {
                    paths.remove(path);
                }
                if holds || is_little {
                    witnesses.push(witness.clone());
                }
            }
            let known: FxHashSet<Generated> = generated.iter().cloned().collect();
            let others = conditions.generated.iter().filter(|file| !known.contains(file));
            generated.extend(others.cloned());
        }
        let witness = |path: PathBuf| {
            let read_as = read.get(path.as_path()).copied();
            Witness::of(path, aspect, since, read_as)
        };
        let fresh: Option<Vec<Witness>> = paths.into_par_iter().map(witness).collect();
        let mut later = fresh?;
        if !is_little {
            witnesses.append(&mut later);
            witnesses.sort_by(|one, other| one.path().cmp(other.path()));
        }
        Some(Conditions {
            workspaces: self.workspaces.clone(),
            generated,
            surroundings: surroundings.or_else(|| {
                let is_whole = self.extent == Extent::Whole;
                is_whole.then(|| Surroundings::of(world.workspace, options, &witnesses, since))
            }),
            witnesses,
            later,
        })
    }

    /// Keeps that little has changed since an earlier reading, whose graph stays; what the reading is known by.
    pub(super) fn keep_little(
        &self,
        conditions: &Conditions,
        before: &Grounds,
        idle_exclusions: &[usize],
    ) -> Option<Identity> {
        let of = before.of;
        self.conditions.write(&KeepingConditional { of, conditions })?;
        Some(identity(&of, &conditions.later, idle_exclusions))
    }

    /// Keeps what was read; what it is known by then.
    pub(super) fn keep(
        &self,
        conditions: &Conditions,
        evidence: &Evidence,
        (tallies, words_of_macros): (&[(FileId, Tally)], &[Box<str>]),
        options: &Options,
    ) -> Option<Identity> {
        let keeping = Keeping {
            graph: SnapshotOf::new(&evidence.graph, &options.patterns),
            tallies,
            problems: &evidence.problems,
            words_of_macros,
            idle_generated: &evidence.idle_generated,
            agreement: evidence.agreement.as_ref(),
        };
        // Nothing is lost but time where it cannot be written.
        let of = self
            .file
            .write_by(|to| postcard::to_io(&keeping, to).ok().map(|_| ()))?;
        self.conditions.write(&KeepingConditional { of, conditions })?;
        Some(identity(&of, &[], &evidence.idle_exclusions))
    }
}

/// What is kept, with what has been read since and what is looked up anew each time.
fn identity(hash: &Hash, later: &[Witness], idle_exclusions: &[usize]) -> Identity {
    let mut hasher = blake3::Hasher::new();
    for index in idle_exclusions {
        hasher.update(&index.to_le_bytes());
    }
    for witness in later {
        let path = witness.path().as_os_str().as_encoded_bytes();
        hasher.update(&(path.len() as u64).to_le_bytes()).update(path);
        hasher.update(witness.said().unwrap_or(&[0; blake3::OUT_LEN]));
    }
    *hasher.update(hash).finalize().as_bytes()
}

/// The files that were read and the folders in which files of modules were looked for; what cargo has unpacked once and
/// never changes is known with the workspace.
fn read_from(world: &World<'_>) -> BTreeSet<PathBuf> {
    let dependencies = world.workspace.dependencies.iter();
    let unpacked: FxHashSet<&Path> = dependencies
        .filter(|package| lies_in_cargo_home(package))
        .map(|package| package.directory.as_path())
        .collect();
    let is_unpacked = |path: &Path| path.ancestors().any(|folder| unpacked.contains(folder));
    let mut paths = BTreeSet::new();
    for source in world.store.sources().filter(|source| !is_unpacked(&source.path)) {
        let folder = source.path.parent().unwrap_or(Path::new("/"));
        paths.insert(folder.to_path_buf());
        if source.path.ends_with("mod.rs") {
            // Beside its folder may come to stand a file of the same name.
            paths.extend(folder.parent().map(Path::to_path_buf));
        }
        // Where there is none, the folder above shows when it comes.
        paths.extend(Some(source.path.with_extension("")).filter(|below| below.is_dir()));
        paths.insert(source.path.clone());
    }
    let notes = world.notes.borrow();
    let looked_at = notes.looked_at.iter().filter(|path| !would_show(path, &paths));
    let looked_at: Vec<PathBuf> = looked_at.cloned().collect();
    paths.extend(looked_at);
    paths
}

/// Whether there is nothing at a path of code, and one of some folders would hold a name more if there were.
fn would_show(path: &Path, folders: &BTreeSet<PathBuf>) -> bool {
    let is_code = path.extension().is_some_and(|extension| extension == "rs");
    let is_missing = |path: &Path| path.symlink_metadata().is_err();
    let nearest = || path.ancestors().skip(1).find(|above| !is_missing(above));
    is_code && is_missing(path) && nearest().is_some_and(|folder| folder.is_dir() && folders.contains(folder))
}
