//! How the exceptions have grown since a commit. Those of the file are read from its text; those in the code take the commit's
//! code, which is read only where either side can have some.

use archguard_invariants::date::Day;
use archguard_invariants::decisions::{Exceptions, Growth, Terms};
use archguard_invariants::problem::{Problem, ProblemCode};

use crate::against::relative;
use crate::base::{Aside, BaseTree};
use crate::beside::EXCEPTIONS_FILE;
use crate::decided::Decided;
use crate::options::Options;
use crate::policy_file::POLICY_FILE;
use crate::stages;

/// How the exceptions have grown since a commit.
pub fn growth_since(base: &dyn BaseTree, options: &Options, now: &Decided) -> Result<Growth, Vec<Problem>> {
    let file = &now.exceptions_file;
    let texts = base.texts(&[EXCEPTIONS_FILE]).map_err(|problem| vec![problem])?;
    let own = relative(base.work_tree(), &file.path);
    let text = texts.iter().find(|(path, _)| Some(path) == own.as_ref());
    let read = text.map(|(_, text)| Exceptions::read(&file.display, text, any_date()).0);
    let mut then = read.unwrap_or_default();
    if can_stand_in_code(base, options, now)? {
        take_in(&mut then, base, options)?;
    }
    Ok(Growth::between(base.rev(), &then, &now.decisions.exceptions))
}

/// What is compared is what they accept, and no date matters for that.
fn any_date() -> Terms {
    Terms {
        today: Day::of_unix_seconds(0),
        max_days: u32::MAX,
    }
}

/// Whether there are exceptions in the code, or the policy of the commit speaks of them.
fn can_stand_in_code(base: &dyn BaseTree, options: &Options, now: &Decided) -> Result<bool, Vec<Problem>> {
    let mut entries = now.decisions.exceptions.entries.iter();
    if entries.any(|entry| entry.inline.is_some()) {
        return Ok(true);
    }
    let named = options.policy.as_ref().and_then(|path| path.file_name()?.to_str());
    let policies = base
        .texts(&[named.unwrap_or(POLICY_FILE)])
        .map_err(|problem| vec![problem])?;
    Ok(policies.iter().any(|(_, text)| text.contains("inline_exceptions")))
}

fn take_in(then: &mut Exceptions, base: &dyn BaseTree, options: &Options) -> Result<(), Vec<Problem>> {
    let workspace = stages::load(options)?;
    let aside = Aside::write(base, &workspace).map_err(|problem| vec![problem])?;
    match aside.read(options, &workspace, None) {
        Ok(state) => {
            // What was not allowed then accepted nothing.
            then.take_in(
                &state.evidence.graph,
                state.policy.settings.inline_exceptions,
                any_date(),
            );
            Ok(())
        }
        Err(problems) if problems.iter().all(|problem| problem.code == ProblemCode::NoPolicy) => Ok(()),
        Err(problems) => Err(problems),
    }
}
