//! What was read of a workspace, kept so that it is not read again while it would say the same.
//!
//! An *outline* is which modules there are: bodies of functions, documentation and comments say nothing of that, and the
//! lines of what is kept are those of the day when it was read. The *whole* graph holds as long as no byte of the code has
//! changed. [`witness`] tells whether a file or folder still says the same. Kept is only what is without problems; for how
//! long the rest holds (the workspace as cargo sees it, what builds have generated, the files in no module tree) is asked
//! again each time.

mod witness;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::SystemTime;

use archguard_invariants::graph::{Snapshot, SnapshotOf};
use archguard_invariants::place::FileId;
use archguard_invariants::verdict::Agreement;
use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use self::witness::{Aspect, Witness};
use super::Options;
use super::generated::newest;
use super::read::{files_of_packages, idle_exclusions};
use super::references::Tally;
use crate::Evidence;
use crate::kept::{GRAPH, Hash, KeptBytes, KeptFile, Kind, OUTLINE, this_tool};
use crate::names::kept_facts::ReadAs;
use crate::names::sources::canonical;
use crate::names::world::{Generated, World};
use crate::workspace::{Workspace, display_path, lies_in_cargo_home};

/// Raised whenever what is written changes its form.
const FORMAT: u32 = 6;

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

/// Where one reading is kept.
#[derive(Debug)]
pub(super) struct KeptReading {
    file: KeptFile,
    extent: Extent,
    /// Whether nothing but source is read.
    is_of_source: bool,
    /// What the workspaces are kept as: what they are made of is the same as long as this is.
    workspaces: Vec<String>,
}

/// What has to hold for the rest to be true. It is written first and can be read alone.
#[derive(Serialize, Deserialize)]
pub(super) struct Conditions {
    workspaces: Vec<String>,
    witnesses: Vec<Witness>,
    generated: Vec<Generated>,
    surroundings: Option<Surroundings>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Kept {
    pub(super) graph: Snapshot,
    /// What was counted in each file.
    pub(super) tallies: Vec<(FileId, Tally)>,
    idle_generated: Vec<usize>,
    agreement: Option<Agreement>,
}

#[derive(Serialize)]
struct Keeping<'k> {
    graph: SnapshotOf<'k>,
    tallies: &'k [(FileId, Tally)],
    idle_generated: &'k [usize],
    agreement: Option<&'k Agreement>,
}

/// What is kept, being read while others look whether it holds.
#[derive(Debug)]
pub(super) struct Decoding {
    bytes: Arc<KeptBytes>,
    from: usize,
    /// None where no thread could be had.
    thread: Option<JoinHandle<Option<Kept>>>,
}

impl Decoding {
    fn begin(bytes: Arc<KeptBytes>, from: usize) -> Self {
        let theirs = Arc::clone(&bytes);
        let thread = thread::Builder::new().spawn(move || decoded(&theirs, from));
        Self {
            bytes,
            from,
            thread: thread.ok(),
        }
    }

    /// What is kept; none if it cannot be read.
    pub(super) fn end(self) -> Option<Kept> {
        match self.thread {
            Some(thread) => thread.join().ok().flatten(),
            None => decoded(&self.bytes, self.from),
        }
    }
}

fn decoded(bytes: &[u8], from: usize) -> Option<Kept> {
    postcard::from_bytes(bytes.get(from..)?).ok()
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
    pub(super) unchanged: Unchanged,
}

/// What a reading rested on that still holds.
#[derive(Debug)]
pub(super) struct Unchanged {
    witnesses: Vec<Witness>,
    generated: Vec<Generated>,
    surroundings: Option<Surroundings>,
    /// When that was seen.
    seen: SystemTime,
}

/// What still holds of what something was read from.
struct Held {
    /// The files of code that say something else now, and what they held.
    changed: Vec<(PathBuf, ReadAs)>,
    unchanged: Vec<Witness>,
    generated: Vec<Generated>,
    surroundings: Option<Surroundings>,
}

/// What the verdict says of files that were not read.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Surroundings {
    /// A hash of the paths of all Rust files of the packages, and of where those lead that were not read.
    files: [u8; 32],
    other_workspaces: Vec<String>,
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
        let kind: Kind = match extent {
            Extent::Outline => OUTLINE,
            Extent::Whole => GRAPH,
        };
        let root = workspace.root.display();
        let asked = format!("{FORMAT} {} {root} {seen:?} {options:?}", this_tool());
        let name = &blake3::hash(asked.as_bytes()).to_hex()[..32];
        Some(Self {
            file: KeptFile::new(&workspace.target_directory.join("archguard"), kind, name),
            extent,
            is_of_source: seen.is_none(),
            workspaces,
        })
    }

    /// The file.
    pub(super) fn file(&self) -> &KeptFile {
        &self.file
    }

    /// What is kept, as far as what it was read from says the same.
    pub(super) fn read(&self, workspace: &Workspace, options: &Options) -> Option<Found> {
        let bytes = Arc::new(self.file.read_bytes()?);
        let seen = SystemTime::now();
        let (conditions, rest): (Conditions, _) = postcard::take_from_bytes(&bytes).ok()?;
        let kept = Decoding::begin(Arc::clone(&bytes), bytes.len() - rest.len());
        let held = self.held(conditions, workspace, options)?;
        if held.changed.is_empty() {
            let kept = kept.end()?;
            let idle_exclusions = self.idle_exclusions(workspace, options);
            return Some(Found::Whole(Box::new(Evidence {
                graph: kept.graph.into_graph(&options.patterns),
                problems: Vec::new(),
                idle_generated: kept.idle_generated,
                kept_as: Some(identity(&bytes.hash, &idle_exclusions)),
                idle_exclusions,
                agreement: kept.agreement,
            })));
        }
        // A compiler has not seen what has changed.
        let may_hold = self.is_of_source && self.extent == Extent::Whole;
        may_hold.then(|| {
            Found::InPart(Box::new(InPart {
                kept,
                changed: held.changed,
                unchanged: Unchanged {
                    witnesses: held.unchanged,
                    generated: held.generated,
                    surroundings: held.surroundings,
                    seen,
                },
            }))
        })
    }

    /// [`Evidence::kept_as`] of what is kept, if everything that it was read from says the same.
    pub(super) fn identity(&self, workspace: &Workspace, options: &Options) -> Option<Identity> {
        let bytes = self.file.read_bytes()?;
        let (conditions, _) = postcard::take_from_bytes(&bytes).ok()?;
        let held = self.held(conditions, workspace, options)?;
        let is_whole = held.changed.is_empty();
        is_whole.then(|| identity(&bytes.hash, &self.idle_exclusions(workspace, options)))
    }

    fn idle_exclusions(&self, workspace: &Workspace, options: &Options) -> Vec<usize> {
        match self.extent {
            Extent::Outline => Vec::new(),
            Extent::Whole => idle_exclusions(workspace, options),
        }
    }

    /// What of the conditions holds, if they do but for what files of code say.
    fn held(&self, conditions: Conditions, workspace: &Workspace, options: &Options) -> Option<Held> {
        let built = workspace.target_directories();
        let still_there = |file: &Generated| newest(&built, &file.package, &file.below) == file.found;
        if conditions.workspaces != self.workspaces || !conditions.generated.iter().all(still_there) {
            return None;
        }
        let (held, surroundings): (Vec<bool>, _) = rayon::join(
            || conditions.witnesses.par_iter().map(Witness::still_holds).collect(),
            || self.surroundings(workspace, options, &conditions.witnesses),
        );
        let numbered = conditions.witnesses.iter().zip(&held);
        let changed = numbered
            .filter(|(_, held)| !**held)
            .map(|(witness, _)| witness.held_as_code());
        let changed = changed.collect::<Option<Vec<_>>>()?;
        if conditions.surroundings != surroundings {
            return None;
        }
        let mut held = held.into_iter();
        let mut unchanged = conditions.witnesses;
        unchanged.retain(|_| held.next() == Some(true));
        Some(Held {
            changed,
            unchanged,
            generated: conditions.generated,
            surroundings,
        })
    }

    /// What has to hold for what was read of a world since a time to be true, beside what was known before; none if it is
    /// not to be kept.
    pub(super) fn conditions(
        &self,
        world: &World<'_>,
        evidence: &Evidence,
        options: &Options,
        since: SystemTime,
        before: Option<Unchanged>,
    ) -> Option<Conditions> {
        if !evidence.problems.is_empty() {
            return None;
        }
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
        if let Some(before) = before {
            // It reads the same files: what lies around them is what it was.
            surroundings = before.surroundings;
            for witness in before.witnesses {
                let now = read.get(witness.path()).copied();
                // What has been read since is what it says.
                if now.is_none() || now == witness.read_as() {
                    paths.remove(witness.path());
                    witnesses.push(witness.again(before.seen));
                }
            }
            let known: FxHashSet<Generated> = generated.iter().cloned().collect();
            generated.extend(before.generated.into_iter().filter(|file| !known.contains(file)));
        }
        let witness = |path: PathBuf| {
            let read_as = read.get(path.as_path()).copied();
            Witness::of(path, aspect, since, read_as)
        };
        let fresh: Option<Vec<Witness>> = paths.into_par_iter().map(witness).collect();
        witnesses.extend(fresh?);
        witnesses.sort_by(|one, other| one.path().cmp(other.path()));
        Some(Conditions {
            workspaces: self.workspaces.clone(),
            generated,
            surroundings: surroundings.or_else(|| self.surroundings(world.workspace, options, &witnesses)),
            witnesses,
        })
    }

    /// Keeps what was read; what it is known by then.
    pub(super) fn keep(
        &self,
        conditions: &Conditions,
        evidence: &Evidence,
        tallies: &[(FileId, Tally)],
        options: &Options,
    ) -> Option<Identity> {
        let keeping = Keeping {
            graph: SnapshotOf::new(&evidence.graph, &options.patterns),
            tallies,
            idle_generated: &evidence.idle_generated,
            agreement: evidence.agreement.as_ref(),
        };
        // Nothing is lost but time where it cannot be written.
        let hash = self.file.write_by(|to| {
            postcard::to_io(conditions, &mut *to).ok()?;
            postcard::to_io(&keeping, to).ok().map(|_| ())
        })?;
        Some(identity(&hash, &evidence.idle_exclusions))
    }

    fn surroundings(&self, workspace: &Workspace, options: &Options, witnesses: &[Witness]) -> Option<Surroundings> {
        if self.extent == Extent::Outline {
            return None;
        }
        let mut hasher = blake3::Hasher::new();
        let mut add = |path: &Path| {
            let path = path.as_os_str().as_encoded_bytes();
            hasher.update(&(path.len() as u64).to_le_bytes()).update(path);
        };
        let looked_at: FxHashSet<&Path> = witnesses.iter().map(Witness::path).collect();
        for path in files_of_packages(workspace, options) {
            add(&path);
            if !looked_at.contains(path.as_path()) {
                // A link to a file that was read, it is none that nobody reads.
                add(&canonical(&path));
            }
        }
        let others = workspace.other_workspaces().iter();
        Some(Surroundings {
            files: *hasher.finalize().as_bytes(),
            other_workspaces: others.map(|path| display_path(workspace, path)).collect(),
        })
    }
}

/// What is kept, with what is looked up anew each time.
fn identity(hash: &Hash, idle_exclusions: &[usize]) -> Identity {
    let mut hasher = blake3::Hasher::new();
    for index in idle_exclusions {
        hasher.update(&index.to_le_bytes());
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
    let mut paths: BTreeSet<PathBuf> = world.notes.borrow().looked_at.iter().cloned().collect();
    for source in world.store.sources().filter(|source| !is_unpacked(&source.path)) {
        let folder = source.path.parent().unwrap_or(Path::new("/"));
        paths.insert(folder.to_path_buf());
        if source.path.ends_with("mod.rs") {
            // Beside its folder may come to stand a file of the same name.
            paths.extend(folder.parent().map(Path::to_path_buf));
        }
        paths.insert(source.path.with_extension(""));
        paths.insert(source.path.clone());
    }
    paths
}
