//! All pieces of what was asked for: how they stand, and what is to be done. A value: nothing is written here.

use archguard_invariants::setup::{Part, State};

use super::site::{Site, is_installed};
use super::wanted::{Piece, Wanted};
use super::{agents, alias, editor, enforcement, hook, pre_commit, workflow, wrapper};

/// How a build is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    /// By `archguard::enforce!()` in the crates.
    Macro,
    /// By the tool in the compiler's place.
    Wrapper,
}

/// What is chosen.
pub(super) struct Chosen<'a> {
    /// These parts, and no others; all that fit where none is named.
    pub(super) only: &'a [Part],
    pub(super) with: Option<Method>,
}

impl Chosen<'_> {
    fn has(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }
}

/// How everything chosen stands, and what makes it be there. `agents` are the lines of the section for assistants.
pub(super) fn pieces(site: &Site, chosen: &Chosen<'_>, agents: &[String]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for part in Part::ALL.into_iter().filter(|&part| chosen.has(part)) {
        let is_asked_for = !chosen.only.is_empty();
        match part {
            Part::Build => pieces.extend(build(site, chosen.with)),
            Part::Hook => {
                pieces.push(hook::piece(site));
                pieces.extend(hook::shadowed(site));
            }
            Part::PreCommit => {
                let wanted = pre_commit::wanted(site);
                if is_asked_for || wanted.path.is_file() {
                    pieces.push(wanted.piece());
                }
            }
            Part::Ci => {
                pieces.push(workflow::piece(site, is_asked_for));
                pieces.extend(alias::shadowing(site, part));
            }
            Part::Editor => pieces.push(editor::piece(site, is_asked_for)),
            Part::Agents => pieces.push(agents::wanted(site, agents).piece()),
        }
    }
    pieces
}

/// What takes out whatever setup made.
pub(super) fn undo(site: &Site, chosen: &Chosen<'_>) -> Vec<Piece> {
    let mut wanted: Vec<Wanted> = enforcement::wanted(site);
    wanted.push(wrapper::wanted(site));
    wanted.extend(hook::places(site));
    wanted.extend([
        pre_commit::wanted(site),
        workflow::wanted(site),
        agents::wanted(site, &[]),
    ]);
    let sections = wanted.iter().filter(|wanted| chosen.has(wanted.part));
    let mut pieces: Vec<Piece> = sections.filter_map(Wanted::undo).collect();
    pieces.extend(editor::undo(site).filter(|_| chosen.has(Part::Editor)));
    pieces.sort_by(|left, right| (left.part, &left.file).cmp(&(right.part, &right.file)));
    pieces
}

fn build(site: &Site, with: Option<Method>) -> Vec<Piece> {
    let wrapper = wrapper::wanted(site);
    let is_there = |piece: &Piece| !matches!(piece.state, State::Missing | State::ByHand);
    let configured = wrapper.piece();
    let mut enforced: Vec<Piece> = enforcement::wanted(site).iter().map(Wanted::piece).collect();
    let method = with.unwrap_or_else(|| {
        if is_there(&configured) {
            Method::Wrapper
        } else if enforced.iter().any(is_there) || !is_installed() {
            Method::Macro
        } else {
            Method::Wrapper
        }
    });
    match method {
        Method::Wrapper => {
            let mut pieces = vec![configured];
            pieces.extend(wrapper::obstacles(site));
            pieces
        }
        Method::Macro => {
            enforced.extend(enforcement::by_hand(site));
            enforced
        }
    }
}
