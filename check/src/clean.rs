//! That a workspace was judged and nothing had to be said, kept so that a build that asks for each of its crates has it
//! judged once. It holds as long as what was read of the code, the policy, its companions and the day are the same.

use std::path::PathBuf;

use archguard_evidence::Mark;

use crate::beside::{BASELINE_FILE, Beside, EXCEPTIONS_FILE};
use crate::opened::Opened;
use crate::options::Options;
use crate::source_files::SourceFiles;
use crate::stages::{self, Loaded};

/// The files that a judgement rests on besides the code, if it was clean when it was made on the same grounds as now.
pub(crate) fn known_clean(options: &Options, workspace: &Loaded, opened: &Opened) -> Option<Vec<PathBuf>> {
    let policy = opened.policy.as_ref().ok().filter(|_| opened.problems.is_empty())?;
    let reading = stages::kept_reading(workspace, policy)?;
    let mut rests_on = SourceFiles::below(workspace.root());
    rests_on.add_policy(&opened.file.texts().ok()?);
    for name in [EXCEPTIONS_FILE, BASELINE_FILE] {
        let beside = Beside::read(&opened.file, name);
        if let Some(text) = beside.text.ok()? {
            rests_on.add_text(&beside.display, &text);
        }
    }
    let mark = mark(options, workspace, &rests_on, reading)?;
    mark.is_set().then(|| rests_on.texts_on_disk())
}

/// From now on nothing has to be said on the grounds of this judgement.
pub(crate) fn set_clean(options: &Options, workspace: &Loaded, judged: &SourceFiles, reading: Option<[u8; 32]>) {
    let mark = reading.and_then(|reading| mark(options, workspace, judged, reading));
    mark.inspect(Mark::set);
}

fn mark(options: &Options, workspace: &Loaded, files: &SourceFiles, reading: [u8; 32]) -> Option<Mark> {
    stages::mark(
        workspace,
        format!("{reading:?} {options:?} {:?}", files.texts).as_bytes(),
    )
}
