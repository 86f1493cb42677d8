//! The cases that need no build: the yardsticks, and the check in every state that it meets.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::case::{Case, EndsWith, What};
use super::edit::Edit;
use super::place::Place;
use super::yardstick::Listed;

/// How long after a change a person or a program looks at the soonest.
const SETTLED: Duration = Duration::from_millis(50);

/// A workspace, and what has to be known of it to measure.
pub(crate) struct Subject<'a> {
    pub(crate) place: Place<'a>,
    pub(crate) files: usize,
    pub(crate) lines: usize,
    edit: Edit,
    /// Where they are listed.
    list: String,
}

impl<'a> Subject<'a> {
    /// Looks which files are read; writes the list of them into a folder of its own.
    pub(crate) fn new(place: Place<'a>, scratch: &Path) -> Result<Self, String> {
        let directory = place.root.display().to_string();
        let listing = Place::capture(place.xtask(&["yardstick", "files", &directory]))?;
        let files = Listed::read(&listing);
        Ok(Self {
            place,
            files: files.len(),
            lines: files.iter().map(|file| file.lines).sum(),
            edit: Edit::choose(&files).ok_or("no file has a function that could be changed")?,
            list: write(scratch.join("files.txt"), &listing)?,
        })
    }

    /// Changes the file that is changed for measurements, and waits until it is as old as one is that somebody has changed:
    /// what was read of a file that has just been written is not kept, and keeping is part of what is measured.
    pub(crate) fn edited(&self, change: impl FnOnce(&Edit) -> Result<(), String>) -> Result<(), String> {
        change(&self.edit)?;
        thread::sleep(SETTLED);
        Ok(())
    }

    /// The yardsticks, and the check: from nothing, with everything kept, with one file changed.
    pub(crate) fn cases(&self) -> Vec<Case<'_>> {
        let mut cases = self.yardsticks();
        cases.extend(self.checks());
        cases
    }

    fn yardsticks(&self) -> Vec<Case<'_>> {
        let yardstick = |what, task: &'static str| {
            Case::plain(what, EndsWith::Success, move || {
                self.place.xtask(&["yardstick", task, &self.list])
            })
        };
        vec![
            yardstick(What::CountLines, "count"),
            yardstick(What::Parse, "parse"),
            Case::plain(What::Metadata, EndsWith::Success, || {
                self.place.cargo(&["metadata", "--format-version", "1"])
            }),
        ]
    }

    fn checks(&self) -> Vec<Case<'_>> {
        let check = || self.place.archguard(&["check"]);
        let on_server = || {
            let mut command = self.place.archguard(&["check"]);
            command.env("CI", "true");
            command
        };
        let settle = || self.edited(Edit::undo).and_then(|()| self.place.settle());
        let body = move |number| settle().and_then(|()| self.edited(|edit| edit.change_body(number)));
        let item = move |number| settle().and_then(|()| self.edited(|edit| edit.add_item(number)));
        let verdict = EndsWith::Verdict;
        vec![
            Case::plain(What::Server, verdict, on_server),
            Case::after(What::Cold, verdict, |_| self.place.forget(), check),
            Case::after(What::Warm, verdict, |_| self.place.settle(), check),
            Case::after(What::BodyChanged, verdict, body, check),
            Case::after(What::ItemAdded, verdict, item, check),
        ]
    }
}

fn write(path: PathBuf, text: &str) -> Result<String, String> {
    fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    path.into_os_string()
        .into_string()
        .map_err(|path| format!("{} is no text", path.display()))
}
