//! One chain of modules, as deep as there are modules: each hands on what the next one hands on, and names it by its own
//! path. Whoever asks each link anew takes the square of the time.

use super::files::SourceFile;
use super::manifests::{self, Member};
use super::plan::Plan;

/// How a link hands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Handing {
    /// `pub use next::*`.
    Globs,
    /// `pub use next::{one, two}`.
    Names,
}

/// The names at the end of the chain.
const NAMES: usize = 8;

pub(crate) fn files(plan: Plan, handing: Handing) -> impl Iterator<Item = SourceFile> {
    let last = plan.modules.max(2) - 2;
    let member = Member {
        name: "links".to_owned(),
        dependencies: Vec::new(),
    };
    let declared: Vec<String> = (0..=last).map(|link| format!("pub mod link_{link};\n")).collect();
    let root = SourceFile::new("links/src/lib.rs", format!("//! A chain.\n\n{}", declared.concat()));
    let links = (0..=last).map(move |link| {
        let text = if link == last { end() } else { text(link, handing) };
        SourceFile::new(format!("links/src/link_{link}.rs"), text)
    });
    manifests::files(&[member]).into_iter().chain([root]).chain(links)
}

fn text(link: usize, handing: Handing) -> String {
    let next = link + 1;
    let handed = match handing {
        Handing::Globs => "*".to_owned(),
        Handing::Names => format!("{{{}}}", names().collect::<Vec<_>>().join(", ")),
    };
    let sum: Vec<String> = names().map(|name| format!("crate::link_{link}::{name}()")).collect();
    format!(
        "//! A link.\n\npub use crate::link_{next}::{handed};\n\nfn _here() -> u32 {{\n    {}\n}}\n",
        sum.join("\n        + ")
    )
}

fn end() -> String {
    let functions: Vec<String> = names()
        .map(|name| format!("\npub fn {name}() -> u32 {{\n    1\n}}\n"))
        .collect();
    format!("//! The end of the chain.\n{}", functions.concat())
}

fn names() -> impl Iterator<Item = String> {
    (0..NAMES).map(|number| format!("thing_{number}"))
}
