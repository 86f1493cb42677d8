//! What `cargo xtask bench` was asked for, and the order in which it does it.

use std::path::PathBuf;

use super::builds::Built;
use super::checks::Subject;
use super::corpus::Corpus;
use super::growth::{self, Effort};
use super::left_out::LeftOut;
use super::page::{self, Measured};
use super::place::Place;
use super::programs::{Profile, Programs};
use super::rounds::Results;
use super::{shapes, tables, tools};
use crate::repository::Repository;
use crate::terminal;

const USAGE: &str = "usage: cargo xtask bench [--quick] [--write] [--synthetic | --shapes | --workspaces] [--without-builds] [<checkout>..]";

/// Above, a workspace takes so long to build that what builds it is left out.
const MOST_LINES_BUILT: usize = 100_000;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Everything,
    /// How time grows with made workspaces, and what is hard.
    Growth,
    /// Of made workspaces those that are hard.
    Shapes,
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
        let has = |switch| switches.contains(&switch);
        let scopes = [
            ("--synthetic", Scope::Growth),
            ("--shapes", Scope::Shapes),
            ("--workspaces", Scope::Workspaces),
        ];
        let mut asked = scopes.into_iter().filter(|&(switch, _)| has(switch));
        let (scope, other) = (asked.next().map_or(Scope::Everything, |(_, scope)| scope), asked.next());
        let is_made = matches!(scope, Scope::Growth | Scope::Shapes);
        let known = ["--quick", "--write", "--without-builds"];
        let is_known = |switch| known.contains(switch) || scopes.iter().any(|(scope, _)| scope == switch);
        if other.is_some() || is_made && !checkouts.is_empty() || !switches.iter().all(is_known) {
            return None;
        }
        Some(Self {
            effort: if has("--quick") { Effort::Quick } else { Effort::Full },
            scope,
            write: has("--write"),
            builds: !has("--without-builds"),
            checkouts: checkouts.into_iter().map(PathBuf::from).collect(),
        })
    }

    /// Writes what is there into the page, where that was asked for.
    fn save(&self, repository: &Repository, measured: &Measured) -> Result<(), String> {
        if self.write {
            page::write(repository, measured)?;
        }
        Ok(())
    }

    fn profile(&self) -> Profile {
        match self.effort {
            Effort::Full => Profile::Release,
            Effort::Quick => Profile::Smoke,
        }
    }
}

/// Builds, measures, and says it; into the page only where that was asked for. An error at the end names what could not be
/// measured, when everything else was.
pub(crate) fn run(repository: &Repository, arguments: &[&str]) -> Result<String, String> {
    let request = Request::of(arguments).ok_or(USAGE)?;
    let programs = Programs::build(repository, request.profile())?;
    let (mut measured, mut left_out) = (Measured::default(), LeftOut::default());
    if matches!(request.scope, Scope::Everything | Scope::Workspaces) {
        workspaces(repository, &request, &programs, (&mut measured, &mut left_out))?;
    }
    if matches!(request.scope, Scope::Everything | Scope::Growth) {
        growing(repository, &request, &programs, (&mut measured, &mut left_out))?;
    }
    if request.scope != Scope::Workspaces {
        hard(repository, &request, &programs, (&mut measured, &mut left_out))?;
    }
    let report = if request.write {
        page::write(repository, &measured)?
    } else {
        page::text(&measured)
    };
    let Some(names) = left_out.names() else {
        return Ok(report);
    };
    terminal::line(&report);
    Err(names)
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

/// One after the other. What is there is written as each ends, so that whatever ends the command early loses the present one
/// alone; an error where it cannot be written.
fn workspaces(
    repository: &Repository,
    request: &Request,
    programs: &Programs,
    (measured, left_out): (&mut Measured, &mut LeftOut),
) -> Result<(), String> {
    let checkouts = request.checkouts.iter().map(Some);
    for checkout in std::iter::once(None).chain(checkouts) {
        let name = checkout.map_or_else(|| Corpus::PINNED.to_owned(), |path| Corpus::name_of(path));
        terminal::failure(&name);
        let corpus = match checkout {
            None => Corpus::pinned(repository),
            Some(path) => Corpus::checkout(path),
        };
        let ended = corpus.and_then(|corpus| workspace(&corpus, request, programs, left_out));
        let Some(ended) = left_out.keep(&name, ended) else {
            continue;
        };
        if !request.write {
            terminal::line(&tables::workspace(&ended));
        }
        measured.workspaces.get_or_insert_default().push(ended);
        request.save(repository, measured)?;
    }
    Ok(())
}

/// Made workspaces, each size written as it ends, as for those that are there.
fn growing(
    repository: &Repository,
    request: &Request,
    programs: &Programs,
    (measured, left_out): (&mut Measured, &mut LeftOut),
) -> Result<(), String> {
    for &modules in growth::sizes(request.effort) {
        if let Some(point) = growth::measure(programs, request.effort, modules, left_out) {
            measured.growth.get_or_insert_default().push(point);
            request.save(repository, measured)?;
        }
    }
    Ok(())
}

/// The hard ones, likewise.
fn hard(
    repository: &Repository,
    request: &Request,
    programs: &Programs,
    (measured, left_out): (&mut Measured, &mut LeftOut),
) -> Result<(), String> {
    for shape in shapes::HARD {
        if let Some(hard) = shapes::measure(programs, request.effort, shape, left_out) {
            measured.shapes.get_or_insert_default().push(hard);
            request.save(repository, measured)?;
        }
    }
    Ok(())
}

fn workspace(
    corpus: &Corpus,
    request: &Request,
    programs: &Programs,
    left_out: &mut LeftOut,
) -> Result<Workspace, String> {
    let scratch = tempfile::tempdir().map_err(|error| error.to_string())?;
    let place = Place::new(corpus.root(), programs)?;
    let subject = Subject::new(place, scratch.path())?;
    let (checks, builds) = measure(&subject, request, |why| {
        left_out.note(&format!("{}: what builds", corpus.name), why);
    });
    for results in std::iter::once(&checks).chain(&builds) {
        left_out.note_cases(&corpus.name, results);
    }
    Ok(Workspace {
        files: subject.files,
        lines: subject.lines,
        checks,
        builds,
        name: corpus.name.clone(),
    })
}

/// The cases that need no build in as many rounds as it takes, those that build in fewer; hears why a workspace does not build.
fn measure(subject: &Subject<'_>, request: &Request, unbuilt: impl FnOnce(&str)) -> (Results, Option<Results>) {
    let builds = request.builds && subject.lines <= MOST_LINES_BUILT;
    let built = builds.then(|| Built::new(subject)).transpose();
    let built = built.unwrap_or_else(|fault| {
        unbuilt(&fault);
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
        assert_eq!(scope("--shapes"), Some(Scope::Shapes));
        let everything = Request::of(&["--write"]).expect("it makes sense");
        assert_eq!(everything.profile(), Profile::Release);
        for wrong in [
            &["--fast"][..],
            &["--synthetic", "a"],
            &["--shapes", "a"],
            &["--synthetic", "--workspaces"],
        ] {
            assert_eq!(Request::of(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn what_cannot_be_measured_is_named_and_stops_nothing_else() {
        let repository = Repository::here().expect("tests run under cargo");
        let request = Request::of(&["--workspaces", "no-such-checkout", "neither/is-this"]).expect("it makes sense");
        // Without programs nothing can be measured, and each of the three says so.
        let programs = Programs {
            archguard: PathBuf::from("no-such-program"),
            xtask: PathBuf::from("no-such-program"),
        };
        let (mut measured, mut left_out) = (Measured::default(), LeftOut::default());
        let ended = workspaces(&repository, &request, &programs, (&mut measured, &mut left_out));
        assert_eq!(ended, Ok(()));
        assert!(measured.workspaces.is_none());
        let names = left_out.names().expect("all were left out");
        assert!(names.ends_with("pinned crates; no-such-checkout; is-this"), "{names}");
    }
}
