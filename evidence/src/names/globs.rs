//! What globs hand on: a name of the scope that they lead to, as far as it can be seen where they stand.

use smallvec::SmallVec;

use super::ids::ScopeId;
use super::lookup::Hit;
use super::world::{ImportId, Visible, World};
use crate::facts::model::{Name, Namespaces};

impl World<'_> {
    /// Adds what globs bring of a name that the scope does not hide from them.
    pub(super) fn add_through_globs(
        &self,
        scope: ScopeId,
        name: Name,
        namespaces: Namespaces,
        with_made: bool,
        hits: &mut Vec<Hit>,
    ) {
        let explicit = hits.len();
        for glob in self.globs(scope, with_made) {
            for &target in self.whole_import(glob).iter().flat_map(|led| &led.defs) {
                let brought = self.hits_inside(target, name, namespaces);
                self.bring(scope, glob, &brought, explicit, hits, |_| {});
            }
        }
    }

    /// The globs of a scope, those that macros made too or not.
    pub(super) fn globs(&self, scope: ScopeId, with_made: bool) -> SmallVec<[ImportId; 4]> {
        // Not borrowed any longer: to follow an import may add others.
        let counts = |glob: &ImportId| with_made || !self.is_made(glob.instance);
        let contents = self.scope(scope).contents.borrow();
        contents.globs.iter().copied().filter(counts).collect()
    }

    /// Adds to the hits of a scope what a glob brings, as far as it is visible there. What two globs bring is as visible as
    /// the one makes it that makes it more so; what is explicit stays as it is. Tells what is new or has changed.
    pub(super) fn bring(
        &self,
        scope: ScopeId,
        glob: ImportId,
        brought: &[Hit],
        explicit: usize,
        hits: &mut Vec<Hit>,
        mut tell: impl FnMut(Hit),
    ) {
        for hit in brought.iter().filter(|hit| self.is_visible(hit.visible, scope)) {
            let brought = Hit {
                visible: self.narrower(hit.visible, self.import_visibility(glob, scope)),
                import: Some(glob),
                ..*hit
            };
            match hits.iter().position(|known| known.def == hit.def) {
                None => {
                    hits.push(brought);
                    tell(brought);
                }
                Some(at) if at >= explicit && self.widen(&mut hits[at], brought) => tell(hits[at]),
                Some(_) => {}
            }
        }
    }

    /// Whether that made a difference.
    fn widen(&self, known: &mut Hit, other: Hit) -> bool {
        let is_wider = known.visible != other.visible && self.narrower(known.visible, other.visible) == known.visible;
        if is_wider {
            known.visible = other.visible;
            known.import = other.import;
        }
        let is_surer = known.conditional && !other.conditional;
        known.conditional &= other.conditional;
        is_wider || is_surer
    }

    /// The narrower one of two that can be seen in one place: one of them lies in the other.
    fn narrower(&self, one: Visible, other: Visible) -> Visible {
        match other {
            Visible::Within(inner) if self.is_visible(one, inner) => other,
            _ => one,
        }
    }
}
