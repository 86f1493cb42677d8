//! What `cargo xtask bench` was asked for, and the order in which it does it.

use std::path::PathBuf;

use super::builds::Built;
use super::checks::Subject;
use super::corpus::Corpus;
use super::growth::{self, Effort};
use super::page::{self, Measured};
use super::place::Place;
use super::programs::{Profile, Programs};
use super::rounds::Results;
use super::{shapes, tools};
use crate::repository::Repository;
use crate::terminal;

const USAGE: &str =
    "usage: cargo xtask bench [--quick] [--write] [--synthetic | --workspaces] [--without-builds] [<checkout>..]";

/// Above, a workspace takes so long to build that what builds it is left out.
const MOST_LINES_BUILT: usize = 100_000;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Everything,
    /// How time grows with made workspaces.
    Growth,
    /// Pinned crates and checkouts.
    Workspaces,
}

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
struct Request {
    effort: Effort,
    scope: Scope,
    /// Whether the page is written.
    write: bool,
    /// Whether what builds is measured too, in workspaces.
    builds: bool,
    checkouts: Vec<PathBuf>,
}

impl Request {
    fn of(arguments: &[&str]) -> Option<Self> {
        let (switches, checkouts): (Vec<&str>, Vec<&str>) = arguments.iter().partition(|word| word.starts_with("--"));
        let known = ["--quick", "--write", "--synthetic", "--workspaces", "--without-builds"];
        let has = |switch| switches.contains(&switch);
        let nothing_left = has("--synthetic") && (has("--workspaces") || !checkouts.is_empty());
        if nothing_left || !switches.iter().all(|switch| known.contains(switch)) {
            return None;
        }
        Some(Self {
            effort: if has("--quick") { Effort::Quick } else { Effort::Full },
            scope: match (has("--synthetic"), has("--workspaces")) {
                (true, _) => Scope::Growth,
                (false, true) => Scope::Workspaces,
                (false, false) => Scope::Everything,
            },
            write: has("--write"),
            builds: !has("--without-builds"),
            checkouts: checkouts.into_iter().map(PathBuf::from).collect(),
        })
    }

    fn profile(&self) -> Profile {
        match self.effort {
            Effort::Full => Profile::Release,
            Effort::Quick => Profile::Smoke,
        }
    }
}

/// Builds, measures, and says it; into the page only where that was asked for.
pub(crate) fn run(repository: &Repository, arguments: &[&str]) -> Result<String, String> {
    let request = Request::of(arguments).ok_or(USAGE)?;
    let programs = Programs::build(repository, request.profile())?;
    let mut measured = Measured::default();
    if request.scope != Scope::Growth {
        let workspaces = workspaces(repository, &request, &programs)?;
        measured.workspaces = Some(workspaces);
    }
    if request.scope != Scope::Workspaces {
        measured.growth = Some(growth::measure(&programs, request.effort)?);
        measured.shapes = Some(shapes::measure(&programs, request.effort)?);
    }
    if request.write {
        return page::write(repository, &measured);
    }
    Ok(page::text(&measured))
}

/// What was measured of one workspace.
pub(crate) struct Workspace {
    pub(crate) name: String,
    pub(crate) files: usize,
    pub(crate) lines: usize,
    /// Of what builds nothing.
    pub(crate) checks: Results,
    /// Of what builds, where it builds here and was asked for.
    pub(crate) builds: Option<Results>,
}

fn workspaces(repository: &Repository, request: &Request, programs: &Programs) -> Result<Vec<Workspace>, String> {
    let mut measured = vec![workspace(&Corpus::pinned(repository)?, request, programs)?];
    for checkout in &request.checkouts {
        measured.push(workspace(&Corpus::checkout(checkout)?, request, programs)?);
    }
    Ok(measured)
}

fn workspace(corpus: &Corpus, request: &Request, programs: &Programs) -> Result<Workspace, String> {
    terminal::failure(&corpus.name);
    let whose = |fault: String| format!("{}: {fault}", corpus.name);
    let scratch = tempfile::tempdir().map_err(|error| error.to_string())?;
    let place = Place::new(corpus.root(), programs).map_err(whose)?;
    let subject = Subject::new(place, scratch.path()).map_err(whose)?;
    let (checks, builds) = measure(&subject, request);
    Ok(Workspace {
        files: subject.files,
        lines: subject.lines,
        checks,
        builds,
        name: corpus.name.clone(),
    })
}

/// The cases that need no build in as many rounds as it takes, those that build in fewer.
fn measure(subject: &Subject<'_>, request: &Request) -> (Results, Option<Results>) {
    let builds = request.builds && subject.lines <= MOST_LINES_BUILT;
    let built = builds.then(|| Built::new(subject)).transpose();
    let built = built.unwrap_or_else(|fault| {
        terminal::failure(&format!("  does not build here, so what builds is left out: {fault}"));
        None
    });
    let mut cases = subject.cases();
    cases.extend(tools::that_read(&subject.place));
    cases.extend(built.as_ref().map(Built::no_op));
    let checks = Results::of(&cases, request.effort.rounds(5));
    let builds = built
        .as_ref()
        .map(|built| Results::of(&built.cases(), request.effort.rounds(3)));
    (checks, builds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_is_read_and_what_makes_no_sense_refused() {
        let request = Request::of(&["--quick", "--without-builds", "a", "b"]).expect("it makes sense");
        assert_eq!(request.effort, Effort::Quick);
        assert_eq!(request.scope, Scope::Everything);
        assert!(!request.builds && !request.write);
        assert_eq!(request.checkouts, [PathBuf::from("a"), PathBuf::from("b")]);
        let scope = |switch| Request::of(&[switch]).map(|request| request.scope);
        assert_eq!(scope("--synthetic"), Some(Scope::Growth));
        assert_eq!(scope("--workspaces"), Some(Scope::Workspaces));
        let everything = Request::of(&["--write"]).expect("it makes sense");
        assert_eq!(everything.profile(), Profile::Release);
        for wrong in [&["--fast"][..], &["--synthetic", "a"], &["--synthetic", "--workspaces"]] {
            assert_eq!(Request::of(wrong), None, "{wrong:?}");
        }
    }
}
