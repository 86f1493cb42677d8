//! Naming what could not be read: each file once, at the place that a person would look at.

use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};

use super::ids::DefId;
use super::sources::Unreadable;
use super::world::{Instance, World};
use crate::facts::model::{ItemFact, Span};

impl World<'_> {
    pub(crate) fn report_circular(&self, module: DefId, path: &std::path::Path) {
        let shown = crate::workspace::display_path(self.workspace, path);
        let message = format!(
            "module `{}` is in the file of a module around it: `{shown}`",
            self.path(module)
        );
        let place = ProblemPlace::File {
            file: shown.into(),
            start: None,
        };
        self.report(Problem {
            code: ProblemCode::UnexaminedCode,
            message,
            place,
            suggestion: None,
        });
    }

    pub(crate) fn report_unreadable(&self, module: DefId, path: &std::path::Path, why: &Unreadable) {
        let shown = crate::workspace::display_path(self.workspace, path);
        let declared = self.item_of(module).map(|(instance, item)| {
            let source = self.source_of(instance);
            let place = source
                .facts
                .as_ref()
                .ok()
                .map(|facts| facts.lines.position(item.span.start));
            (crate::workspace::display_path(self.workspace, &source.path), place)
        });
        if *why == Unreadable::Missing {
            let (file, start) = declared.map_or((shown.clone(), None), |(file, place)| {
                (file, place.map(|place| (place.line, place.column)))
            });
            let message = format!("the file of module `{}` is missing: `{shown}`", self.path(module));
            let place = ProblemPlace::File {
                file: file.into(),
                start,
            };
            self.report(Problem {
                code: ProblemCode::UnexaminedCode,
                message,
                place,
                suggestion: None,
            });
            return;
        }
        self.report_unreadable_file(path, why);
    }

    /// A module with a file beside and one below: which of them is meant nobody can tell, and one is not examined.
    pub(crate) fn report_two_files(&self, instance: &Instance, item: &ItemFact, files: &[std::path::PathBuf; 2]) {
        if files.iter().all(|file| file.is_file()) {
            let [beside, below] = files
                .each_ref()
                .map(|file| crate::workspace::display_path(self.workspace, file));
            let message = format!("module `{}` has two files: `{beside}` and `{below}`", item.name);
            self.report_unexamined(instance, item.span, message);
        }
    }

    /// Names code that was not examined, at its place.
    pub(crate) fn report_unexamined(&self, instance: &Instance, span: Span, message: String) {
        let source = self.store.get(self.unit(instance.unit).source);
        let start = source.facts.as_ref().ok().map(|facts| {
            let position = facts.lines.position(span.start);
            (position.line, position.column)
        });
        self.report(Problem {
            code: ProblemCode::UnexaminedCode,
            message,
            place: ProblemPlace::File {
                file: crate::workspace::display_path(self.workspace, &source.path).into(),
                start,
            },
            suggestion: None,
        });
    }

    /// Names a file that could not be read.
    pub(crate) fn report_unreadable_file(&self, path: &std::path::Path, why: &Unreadable) {
        let shown = crate::workspace::display_path(self.workspace, path);
        let (message, file, start) = match why {
            Unreadable::Missing => (format!("`{shown}` is missing"), shown, None),
            Unreadable::Io(error) => (format!("`{shown}` could not be read: {error}"), shown, None),
            Unreadable::NotUtf8 { offset } => (
                format!("`{shown}` is not UTF-8: the first bad byte is number {}", offset + 1),
                shown,
                None,
            ),
            Unreadable::Syntax { message, line, column } => (
                format!("`{shown}` does not parse: {message}"),
                shown,
                Some((*line, *column)),
            ),
            Unreadable::TooDeep { levels } => (
                format!("`{shown}` nests {levels} levels deep: too deep to be read"),
                shown,
                None,
            ),
        };
        let place = ProblemPlace::File {
            file: file.into(),
            start,
        };
        self.report(Problem {
            code: ProblemCode::UnexaminedCode,
            message,
            place,
            suggestion: None,
        });
    }

    pub(crate) fn report(&self, problem: Problem) {
        let mut notes = self.notes.borrow_mut();
        // One file in several targets is one problem.
        if !notes.problems.contains(&problem) {
            notes.problems.push(problem);
        }
    }
}
