//! Judges the crate that is being compiled. What is wrong becomes errors of the build; what the judgement rests on becomes
//! files that the compiler watches.
//!
//! [`told`] says a finding in a text of its own, since all that a proc-macro can underline is its own call.

mod told;

use std::env;
use std::path::{Path, PathBuf};

use archguard_check::{InBuild, Judge, Surroundings, runs_for_verify};
use proc_macro::{Span, TokenStream};

use crate::complaint::{Complaint, Place};
use crate::tokens;

/// What `enforce!()` expands to in the crate that is being compiled.
pub(crate) fn expand() -> TokenStream {
    if runs_for_verify() {
        return TokenStream::new();
    }
    let Some(root_file) = Span::call_site().local_file() else {
        // An editor that expands macros by itself has no file to ask about.
        return TokenStream::new();
    };
    match judge(&root_file) {
        Ok(judged) => expansion(&judged),
        Err(message) => Complaint::new(Place::call(), message).into_tokens(),
    }
}

fn judge(root_file: &Path) -> Result<InBuild, String> {
    let directory = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let directory =
        directory.ok_or("`archguard::enforce!()` is for builds by cargo, which says where the package is")?;
    let manifest = directory.join("Cargo.toml");
    // A thread of its own: on this one the parser would ask the compiler for its tokens, and they are no text of ours.
    let judged = std::thread::scope(|scope| {
        let judging = scope.spawn(|| InBuild::of(Judge::Macro, &manifest, root_file, Surroundings::of_process()));
        judging.join().ok()
    });
    let judged = judged.ok_or("archguard stopped while it judged this crate: a bug of archguard")?;
    if judged.problems.is_empty() && !judged.is_root {
        let shown = root_file.display();
        return Err(format!(
            "`archguard::enforce!()` belongs into the root file of a crate: `{shown}` is none"
        ));
    }
    Ok(judged)
}

fn expansion(judged: &InBuild) -> TokenStream {
    let findings = judged
        .findings
        .iter()
        .map(|finding| told::finding(finding, &judged.sources));
    let problems = judged.problems.iter().map(told::problem);
    let mut complaints: Vec<String> = problems.chain(findings).collect();
    if let Some(last) = complaints.last_mut() {
        last.push_str("\n   = what else there is, in all crates: `cargo archguard`");
    }
    let complaints = complaints
        .into_iter()
        .map(|message| Complaint::new(Place::call(), message).into_tokens());
    let watched = judged.rests_on.iter().filter_map(|path| tokens::watched(path));
    complaints.chain(watched).collect()
}
