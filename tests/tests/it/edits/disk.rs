//! The edited workspace on disk: only what has changed is written, and times are set as an edit wants them.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// What lies at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    Text(String),
    Link(String),
}

/// When what an edit has touched was changed, as far as files tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Time {
    /// When it was.
    True,
    /// Long ago, and always at the same time.
    Old,
    /// When the file was changed before.
    SetBack,
}

/// A folder, and what is known to lie in it.
#[derive(Debug)]
pub(super) struct Disk {
    root: PathBuf,
    contents: BTreeMap<String, Content>,
    old: SystemTime,
}

impl Disk {
    pub(super) fn new(root: &Path) -> Self {
        // Nothing is kept where nothing has been built.
        fs::create_dir_all(root.join("target")).expect("a folder can be made");
        let ago = Duration::from_secs(1_000_000);
        Self {
            root: root.to_path_buf(),
            contents: BTreeMap::new(),
            old: SystemTime::now()
                .checked_sub(ago)
                .expect("clocks are past the seventies"),
        }
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Makes what lies there this. What is moved as it is, is moved and not written anew.
    pub(super) fn become_this(&mut self, contents: BTreeMap<String, Content>, time: Time) {
        let gone: Vec<String> = self
            .contents
            .keys()
            .filter(|path| !contents.contains_key(*path))
            .cloned()
            .collect();
        let mut before = BTreeMap::new();
        let mut came: Vec<&String> = contents
            .iter()
            .filter(|(path, content)| self.contents.get(*path) != Some(content))
            .map(|(path, _)| path)
            .collect();
        for path in &gone {
            let content = &self.contents[path];
            let to = came
                .iter()
                .position(|new| !self.contents.contains_key(*new) && contents[*new] == *content);
            if let (Some(position), Content::Text(_)) = (to, content) {
                let to = self.root.join(came.remove(position));
                self.note_times(&to, &mut before);
                fs::create_dir_all(above(&to)).expect("a folder can be made");
                fs::rename(self.root.join(path), to).expect("a file can be moved");
            } else {
                self.note_times(&self.root.join(path), &mut before);
                fs::remove_file(self.root.join(path)).expect("a file can be removed");
            }
        }
        for path in came {
            let target = self.root.join(path);
            self.note_times(&target, &mut before);
            self.write(&target, &contents[path], self.contents.get(path));
        }
        for path in gone {
            self.remove_empty(above(&self.root.join(path)));
        }
        self.contents = contents;
        self.set_times(&before, time);
    }

    /// Writes what lies at a path once more.
    pub(super) fn touch(&self, path: &str) {
        if let Some(Content::Text(text)) = self.contents.get(path) {
            fs::write(self.root.join(path), text).expect("a file can be written");
        }
    }

    /// Takes a folder away in which nothing lies any more, and those around it.
    fn remove_empty(&self, folder: &Path) {
        let is_ours = folder.starts_with(&self.root) && folder != self.root && !folder.ends_with("target");
        if is_ours && fs::remove_dir(folder).is_ok() {
            self.remove_empty(above(folder));
        }
    }

    fn write(&self, target: &Path, content: &Content, old: Option<&Content>) {
        fs::create_dir_all(above(target)).expect("a folder can be made");
        let is_link = |content: &Content| matches!(content, Content::Link(_));
        if is_link(content) || old.is_some_and(is_link) {
            // What was there, if anything was.
            let _ = fs::remove_file(target);
        }
        match content {
            Content::Text(text) => fs::write(target, text).expect("a file can be written"),
            #[cfg(unix)]
            Content::Link(to) => std::os::unix::fs::symlink(self.root.join(to), target).expect("a link can be made"),
            #[cfg(not(unix))]
            Content::Link(to) => drop(fs::copy(self.root.join(to), target)),
        }
    }

    /// The times of a file and its folder before they change.
    fn note_times(&self, path: &Path, before: &mut BTreeMap<PathBuf, SystemTime>) {
        for path in [path, above(path)] {
            let time = path.symlink_metadata().and_then(|known| known.modified());
            before.entry(path.to_path_buf()).or_insert(time.unwrap_or(self.old));
        }
    }

    fn set_times(&self, before: &BTreeMap<PathBuf, SystemTime>, time: Time) {
        for (path, &earlier) in before {
            let modified = match time {
                Time::True => return,
                Time::Old => self.old,
                Time::SetBack => earlier,
            };
            // Links show the time of what they lead to; what is gone has none.
            let is_there = path.symlink_metadata().is_ok_and(|known| !known.is_symlink());
            if is_there {
                let file = File::open(path).expect("what is there can be opened");
                file.set_modified(modified).expect("a time can be set");
            }
        }
    }
}

fn above(path: &Path) -> &Path {
    path.parent().expect("it lies in a folder")
}
