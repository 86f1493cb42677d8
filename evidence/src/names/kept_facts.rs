//! The facts of files and of what macros make, kept so that what has not changed is neither parsed nor expanded again.
//! Facts depend on a file's bytes alone: what they are kept under is a hash of these, and for what cargo has unpacked once
//! and never changes its path, so that it need not even be read. What a macro makes depends on its definition and on the
//! call alone.

use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::facts::extract::Depth;
use crate::facts::model::FileFacts;
use crate::kept::shelf::{Address, Key, Shelf};
use crate::kept::{FACTS, KeptFile, this_tool};
use crate::workspace::{Workspace, lies_in_cargo_home};

/// Raised whenever what is written changes its form.
const FORMAT: u32 = 4;
/// Facts of dependencies that nobody needs any more go when all of them together are larger than this.
const MOST_UNPACKED: u64 = 256 << 20;
/// What macros make and nobody needs any more goes when all of it together is larger than this.
const MOST_EXPANDED: u64 = 64 << 20;

/// What a file held when it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReadAs {
    depth: Depth,
    key: Key,
}

impl ReadAs {
    /// For bytes that were read.
    pub(crate) fn of(depth: Depth, bytes: &[u8]) -> Self {
        let key = key(depth, bytes);
        Self { depth, key }
    }

    /// Whether it was read whole, bodies too.
    pub(crate) fn is_whole(self) -> bool {
        self.depth == Depth::Everything
    }

    /// Whether these are the bytes that were read.
    pub(crate) fn is(self, bytes: &[u8]) -> bool {
        Self::of(self.depth, bytes) == self
    }
}

/// All that is kept for one workspace; nothing for one that is not kept itself.
#[derive(Debug, Default)]
pub(crate) struct KeptFacts {
    shelves: Option<Shelves>,
    /// What files hold that are known not to have changed.
    unchanged: FxHashMap<PathBuf, ReadAs>,
}

#[derive(Debug)]
struct Shelves {
    /// The folders of dependencies that cargo has unpacked.
    unpacked_folders: FxHashSet<PathBuf>,
    unpacked: Shelf,
    own: Shelf,
    own_declarations: Shelf,
    expanded: Shelf,
}

/// A file's facts and its number of lines.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Entry<F> {
    pub(super) facts: F,
    pub(super) lines: u32,
}

impl KeptFacts {
    /// What is kept for a workspace.
    pub(crate) fn of(workspace: &Workspace) -> Self {
        if workspace.kept_as.is_none() {
            return Self::default();
        }
        let folder = workspace.target_directory.join("archguard");
        let shelf = |name: &str| {
            let asked = format!("{FORMAT} {} {} {name}", this_tool(), workspace.root.display());
            let hash = blake3::hash(asked.as_bytes()).to_hex();
            Shelf::read(KeptFile::new(&folder, FACTS, &hash[..32]))
        };
        let dependencies = workspace.dependencies.iter();
        let unpacked_folders = dependencies.filter(|package| lies_in_cargo_home(package));
        let ((unpacked, own_declarations), (own, expanded)) = rayon::join(
            || (shelf("unpacked"), shelf("own declarations")),
            || (shelf("own"), shelf("expanded")),
        );
        Self {
            shelves: Some(Shelves {
                unpacked_folders: unpacked_folders.map(|package| package.directory.clone()).collect(),
                unpacked,
                own,
                own_declarations,
                expanded,
            }),
            unchanged: FxHashMap::default(),
        }
    }

    /// The same where some files are known not to have changed: they need not be read.
    pub(crate) fn knowing(self, unchanged: FxHashMap<PathBuf, ReadAs>) -> Self {
        Self { unchanged, ..self }
    }

    /// What a file holds that is known not to have changed.
    pub(super) fn of_unchanged(&self, path: &Path, depth: Depth) -> Option<ReadAs> {
        let read_as = *self.unchanged.get(path)?;
        (read_as.depth == depth).then_some(read_as)
    }

    /// Where the facts of a file are kept that cargo has unpacked: it need not be read to know them.
    pub(super) fn of_unpacked(&self, path: &Path, depth: Depth) -> Option<Address<'_>> {
        let shelves = self.shelves.as_ref()?;
        let is_unpacked = path.ancestors().any(|folder| shelves.unpacked_folders.contains(folder));
        is_unpacked.then(|| shelves.unpacked.at(key(depth, path.as_os_str().as_encoded_bytes())))
    }

    /// What any other file held when it was read; nothing where nothing is kept of it.
    pub(super) fn read_as(&self, bytes: &[u8], depth: Depth) -> Option<ReadAs> {
        self.shelves.as_ref().map(|_| ReadAs::of(depth, bytes))
    }

    /// Where the facts of any other file are kept, by what it held.
    pub(super) fn of_content(&self, read_as: ReadAs) -> Option<Address<'_>> {
        let shelves = self.shelves.as_ref()?;
        let own = match read_as.depth {
            Depth::Everything => &shelves.own,
            Depth::Declarations => &shelves.own_declarations,
        };
        Some(own.at(read_as.key))
    }

    /// What a file said that held something else then, if that is still kept.
    pub(crate) fn facts_of(&self, read_as: ReadAs) -> Option<FileFacts> {
        let entry: Entry<FileFacts> = self.of_content(read_as)?.get()?;
        Some(entry.facts)
    }

    /// Where it is kept what a call of a macro makes, by [`key_of_expansion`].
    pub(super) fn of_expansion(&self, key: Key) -> Option<Address<'_>> {
        Some(self.shelves.as_ref()?.expanded.at(key))
    }

    /// Whether it is kept what such a call makes.
    pub(super) fn has_expansion(&self, key: &Key) -> bool {
        let shelves = self.shelves.as_ref();
        shelves.is_some_and(|shelves| shelves.expanded.has(key))
    }

    /// Whether anything is kept.
    pub(super) fn keeps(&self) -> bool {
        self.shelves.is_some()
    }

    /// Writes down what is new.
    pub(crate) fn write(&self) {
        let Some(shelves) = &self.shelves else { return };
        let keeps_unused = |shelf: &Shelf, most| shelf.size() < most;
        let all = [
            (&shelves.unpacked, keeps_unused(&shelves.unpacked, MOST_UNPACKED)),
            (&shelves.own, false),
            (&shelves.own_declarations, false),
            (&shelves.expanded, keeps_unused(&shelves.expanded, MOST_EXPANDED)),
        ];
        all.into_par_iter()
            .for_each(|(shelf, with_unused)| shelf.write(with_unused));
    }
}

/// What it is known by what a call of a macro makes: by everything that decides about that.
pub(super) fn key_of_expansion(decided_by: &impl Serialize) -> Option<Key> {
    Some(*blake3::hash(&postcard::to_stdvec(decided_by).ok()?).as_bytes())
}

fn key(depth: Depth, of: &[u8]) -> Key {
    let mut hasher = blake3::Hasher::new();
    let depth = match depth {
        Depth::Everything => b"everything",
        Depth::Declarations => b"what it is",
    };
    hasher.update(depth).update(of);
    *hasher.finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;
    use crate::names::sources::read;

    const TEXT: &str = "pub mod a { pub fn f() -> u32 { g(1) } }\n";

    fn shelf(folder: &Path, name: &str) -> Shelf {
        Shelf::read(KeptFile::new(folder, FACTS, name))
    }

    fn kept(folder: &Path, unpacked: &Path) -> KeptFacts {
        KeptFacts {
            shelves: Some(Shelves {
                unpacked_folders: std::iter::once(unpacked.to_path_buf()).collect(),
                unpacked: shelf(folder, "unpacked"),
                own: shelf(folder, "own"),
                own_declarations: shelf(folder, "declarations"),
                expanded: shelf(folder, "expanded"),
            }),
            unchanged: FxHashMap::default(),
        }
    }

    /// What is read of a file, and how many entries were new.
    fn reading(folder: &Path, unpacked: &Path, file: &Path, depth: Depth) -> (String, usize) {
        let kept = kept(folder, unpacked);
        let source = read(file, depth, &kept);
        let shelves = kept.shelves.as_ref().unwrap();
        let shelves = [&shelves.unpacked, &shelves.own, &shelves.own_declarations];
        let fresh = shelves.iter().map(|shelf| shelf.fresh()).sum();
        kept.write();
        (format!("{:?} {}", source.facts, source.lines), fresh)
    }

    #[test]
    fn what_is_kept_is_what_the_file_says() {
        let top = TempDir::new().unwrap();
        let (folder, unpacked) = (top.path().join("kept"), top.path().join("unpacked"));
        let file = top.path().join("lib.rs");
        let anew = |depth| {
            let source = read(&file, depth, &KeptFacts::default());
            format!("{:?} {}", source.facts, source.lines)
        };
        for depth in [Depth::Everything, Depth::Declarations] {
            fs::write(&file, TEXT).unwrap();
            assert_eq!(reading(&folder, &unpacked, &file, depth), (anew(depth), 1));
            assert_eq!(reading(&folder, &unpacked, &file, depth), (anew(depth), 0));
            fs::write(&file, TEXT.replace("g(1)", "h(1)")).unwrap();
            assert_eq!(reading(&folder, &unpacked, &file, depth), (anew(depth), 1));
        }
        fs::write(&file, "pub fn f( {").unwrap();
        assert_eq!(
            reading(&folder, &unpacked, &file, Depth::Everything),
            (anew(Depth::Everything), 0)
        );
    }

    #[test]
    fn what_cargo_has_unpacked_is_not_looked_at_again() {
        let top = TempDir::new().unwrap();
        let (folder, unpacked) = (top.path().join("kept"), top.path().join("unpacked"));
        fs::create_dir_all(&unpacked).unwrap();
        let file = unpacked.join("lib.rs");
        fs::write(&file, TEXT).unwrap();
        let (first, fresh) = reading(&folder, &unpacked, &file, Depth::Declarations);
        assert_eq!(fresh, 1);
        fs::write(&file, "").unwrap();
        assert_eq!(reading(&folder, &unpacked, &file, Depth::Declarations), (first, 0));
        // As deep as it was read, and no deeper.
        assert_eq!(reading(&folder, &unpacked, &file, Depth::Everything).1, 1);
    }

    #[test]
    fn what_is_known_not_to_have_changed_is_not_read_again() {
        let top = TempDir::new().unwrap();
        let (folder, unpacked) = (top.path().join("kept"), top.path().join("unpacked"));
        let file = top.path().join("lib.rs");
        fs::write(&file, TEXT).unwrap();
        let (first, _) = reading(&folder, &unpacked, &file, Depth::Everything);
        let read_as = ReadAs::of(Depth::Everything, TEXT.as_bytes());
        fs::write(&file, "pub fn other() {}\n").unwrap();
        let unchanged = |read_as| std::iter::once((file.clone(), read_as)).collect();
        let again = |read_as, depth| {
            let source = read(&file, depth, &kept(&folder, &unpacked).knowing(unchanged(read_as)));
            format!("{:?} {}", source.facts, source.lines)
        };
        assert_eq!(again(read_as, Depth::Everything), first);
        // Neither what was read as deep as nobody asks, nor what is not kept.
        let elsewhere = ReadAs::of(Depth::Everything, b"something else");
        for (read_as, depth) in [(read_as, Depth::Declarations), (elsewhere, Depth::Everything)] {
            let anew = read(&file, depth, &KeptFacts::default());
            assert_eq!(again(read_as, depth), format!("{:?} {}", anew.facts, anew.lines));
        }
    }

    #[test]
    fn what_is_damaged_or_not_used_any_more_goes() {
        let top = TempDir::new().unwrap();
        let (folder, unpacked) = (top.path().join("kept"), top.path().join("unpacked"));
        let file = |name: &str| top.path().join(name);
        fs::write(file("a.rs"), TEXT).unwrap();
        fs::write(file("b.rs"), "pub fn other() {}\n").unwrap();
        let fresh = |name: &str| reading(&folder, &unpacked, &file(name), Depth::Everything).1;
        assert_eq!((fresh("a.rs"), fresh("a.rs")), (1, 0));
        // Nobody used the first one while the second was new.
        assert_eq!((fresh("b.rs"), fresh("b.rs"), fresh("a.rs")), (1, 0, 1));
        let path = KeptFile::new(&folder, FACTS, "own").path;
        let bytes = fs::read(&path).unwrap();
        for damaged in [&[][..], &bytes[..bytes.len() / 2], &[0; 64]] {
            fs::write(&path, damaged).unwrap();
            assert_eq!((fresh("a.rs"), fresh("a.rs")), (1, 0));
        }
    }
}
