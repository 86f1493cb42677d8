//! The cases that build: what the wrapper adds to a build, and `verify` beside the build that it does for itself.

use std::process::Command;

use serde_json::Value;

use super::case::{Case, EndsWith, What};
use super::checks::Subject;
use super::edit::Edit;
use super::place::Place;
use super::tools;

const CHECK: [&str; 3] = ["check", "--workspace", "--ignore-rust-version"];

/// A workspace that builds here.
pub(crate) struct Built<'s> {
    subject: &'s Subject<'s>,
    /// What makes cargo forget its members: `clean -p a -p b`.
    clean: Vec<String>,
}

impl<'s> Built<'s> {
    /// Builds it once; an error where it does not build.
    pub(crate) fn new(subject: &'s Subject<'s>) -> Result<Self, String> {
        let metadata = subject.place.cargo(&["metadata", "--no-deps", "--format-version", "1"]);
        let metadata = Place::capture(metadata)?;
        let metadata: Value = serde_json::from_str(&metadata).map_err(|error| error.to_string())?;
        let members = metadata["packages"].as_array().into_iter().flatten();
        let names = members.filter_map(|package| package["name"].as_str());
        let clean = names.flat_map(|name| ["-p".to_owned(), name.to_owned()]);
        let built = Self {
            subject,
            clean: std::iter::once("clean".to_owned()).chain(clean).collect(),
        };
        built.build(Wrapper::None)?;
        Ok(built)
    }

    /// A build of which nothing is left to do, beside the checks.
    pub(crate) fn no_op(&self) -> Case<'_> {
        let prepare = |_| self.build(Wrapper::None);
        Case::after(What::NoOpCheck, EndsWith::Success, prepare, || {
            self.command(Wrapper::None)
        })
    }

    /// The wrapper's cases, `verify`, and what other tools build.
    pub(crate) fn cases(&self) -> Vec<Case<'_>> {
        let mut cases = self.own_crates();
        cases.extend(self.one_file());
        cases.extend(self.verify());
        cases.extend(tools::that_build(&self.subject.place, || self.forget_members()));
        cases
    }

    fn own_crates(&self) -> Vec<Case<'_>> {
        let forget_all = |_| self.forget_members().and_then(|()| self.subject.place.forget());
        let forget_builds = |_| {
            self.build(Wrapper::Archguard)?;
            self.forget_members()
        };
        let plain = || self.command(Wrapper::None);
        let wrapped = || self.command(Wrapper::Archguard);
        vec![
            Case::after(What::OwnCrates, EndsWith::Success, forget_all, plain),
            Case::after(What::OwnCratesWrapped, EndsWith::Success, forget_all, wrapped),
            Case::after(What::OwnCratesWrappedAndRead, EndsWith::Success, forget_builds, wrapped),
        ]
    }

    fn one_file(&self) -> Vec<Case<'_>> {
        let change = |wrapper| {
            move |number| {
                self.subject.edited(Edit::undo)?;
                self.build(wrapper)?;
                self.subject.edited(|edit| edit.change_body(number))
            }
        };
        let plain = || self.command(Wrapper::None);
        let wrapped = || self.command(Wrapper::Archguard);
        let built = |_| self.build(Wrapper::Archguard);
        vec![
            Case::after(What::OneFile, EndsWith::Success, change(Wrapper::None), plain),
            Case::after(
                What::OneFileWrapped,
                EndsWith::Success,
                change(Wrapper::Archguard),
                wrapped,
            ),
            Case::after(What::NoOpWrapped, EndsWith::Success, built, wrapped),
        ]
    }

    fn verify(&self) -> Vec<Case<'_>> {
        let place = &self.subject.place;
        // What `cargo check` builds too; a build that fails is none that can be compared.
        let verify = move || place.archguard(&["verify", "--production"]);
        let settle = move || super::process::run(&mut verify()).map(|_| ());
        let change = move |number| {
            self.subject.edited(Edit::undo)?;
            settle()?;
            self.subject.edited(|edit| edit.change_body(number))
        };
        let verdict = EndsWith::Whole;
        vec![
            Case::after(What::VerifyFromNothing, verdict, |_| place.forget(), verify),
            Case::after(What::VerifyWarm, verdict, move |_| settle(), verify),
            Case::after(What::VerifyOneFile, verdict, change, verify),
            Case::after(
                What::CheckFromNothing,
                EndsWith::Success,
                |_| place.forget_builds(),
                || self.command(Wrapper::None),
            ),
        ]
    }

    fn command(&self, wrapper: Wrapper) -> Command {
        let mut command = self.subject.place.cargo(&CHECK);
        if wrapper == Wrapper::Archguard {
            command.env("RUSTC_WORKSPACE_WRAPPER", &self.subject.place.programs.archguard);
        }
        command
    }

    fn build(&self, wrapper: Wrapper) -> Result<(), String> {
        Place::capture(self.command(wrapper)).map(|_| ())
    }

    fn forget_members(&self) -> Result<(), String> {
        let words: Vec<&str> = self.clean.iter().map(String::as_str).collect();
        Place::capture(self.subject.place.cargo(&words)).map(|_| ())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrapper {
    None,
    Archguard,
}
