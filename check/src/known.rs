//! A verdict that is known already: kept when it was concluded, and true as long as what was read of the code, the policy,
//! its companions and the day are the same. Whoever works sees it at once, and a build that asks for each of its crates has
//! the workspace judged once.

use std::path::PathBuf;

use archguard_evidence::KeptAnswer;
use archguard_invariants::verdict::WrittenVerdict;
use serde::{Deserialize, Serialize};

use crate::beside::{BASELINE_FILE, Beside, EXCEPTIONS_FILE};
use crate::check::Checked;
use crate::examined_crate::ExaminedCrate;
use crate::opened::Opened;
use crate::options::Options;
use crate::policy_file::PolicyFile;
use crate::stages::{self, Loaded};

/// A verdict, and what of the code is needed to show it.
#[derive(Serialize, Deserialize)]
struct Known {
    verdict: WrittenVerdict,
    paths: Vec<(String, PathBuf)>,
    crates: Vec<ExaminedCrate>,
}

/// The verdict that was concluded on the same grounds, if there is one.
pub(crate) fn recall(options: &Options, workspace: &Loaded, opened: &Opened) -> Option<Checked> {
    let policy = opened.policy.as_ref().ok().filter(|_| opened.problems.is_empty())?;
    let reading = stages::kept_reading(workspace, policy)?;
    let mut sources = opened.sources.clone();
    sources.texts.extend(texts_of_decisions(&opened.file)?);
    let known: Known = place(options, workspace, &sources.texts, reading)?.read()?;
    sources.paths = known.paths;
    sources.crates = known.crates;
    Some(Checked {
        verdict: known.verdict.into(),
        sources,
        decided: None,
        reading: Some(reading),
        difference: None,
    })
}

/// Keeps a verdict for the next time, unless files beside the policy are to be changed by it.
pub(crate) fn keep(options: &Options, workspace: &Loaded, checked: &Checked) {
    let Checked { verdict, sources, .. } = checked;
    let settled = checked
        .decided
        .as_ref()
        .is_some_and(|decided| decided.tidied(verdict).is_none());
    let Some(reading) = checked.reading.filter(|_| settled) else {
        return;
    };
    if let Some(place) = place(options, workspace, &sources.texts, reading) {
        place.write(&Known {
            verdict: verdict.clone().into(),
            paths: sources.paths.clone(),
            crates: sources.crates.clone(),
        });
    }
}

/// The texts of the files beside the policy; nothing if one cannot be read.
fn texts_of_decisions(file: &PolicyFile) -> Option<Vec<(String, String)>> {
    let mut texts = Vec::new();
    for name in [EXCEPTIONS_FILE, BASELINE_FILE] {
        let beside = Beside::read(file, name);
        texts.extend(beside.text.ok()?.map(|text| (beside.display, text)));
    }
    Some(texts)
}

/// Everything that a verdict depends on.
fn place(options: &Options, workspace: &Loaded, texts: &[(String, String)], reading: [u8; 32]) -> Option<KeptAnswer> {
    let notes = workspace.notes();
    stages::answer(
        workspace,
        format!("{reading:?} {options:?} {notes:?} {texts:?}").as_bytes(),
    )
}
