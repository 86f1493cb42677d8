//! Who can name what: visibilities as written, made modules of the tree.

use super::ids::ScopeId;
use super::world::{Instance, Visible, World};
use crate::facts::model::{FileFacts, ItemFact, PathStart, VisibilityFact};

impl World<'_> {
    pub(crate) fn visible(&self, facts: &FileFacts, item: &ItemFact, instance: &Instance, scope: ScopeId) -> Visible {
        let inherited = || {
            let parent = item
                .parent
                .map(|parent| instance.items[parent.index()])
                .or(instance.container);
            parent.map_or(Visible::Everywhere, |parent| self.def(parent).visible.get())
        };
        self.visibility_in(facts, &item.visibility, scope, inherited)
    }

    /// What a visibility as written means in a scope.
    pub(crate) fn visibility_in(
        &self,
        facts: &FileFacts,
        visibility: &VisibilityFact,
        scope: ScopeId,
        inherited: impl FnOnce() -> Visible,
    ) -> Visible {
        let module = self.module_scope(scope);
        match visibility {
            VisibilityFact::Public => Visible::Everywhere,
            VisibilityFact::Private => Visible::Within(module),
            VisibilityFact::Crate => Visible::Within(self.outermost(module)),
            VisibilityFact::Super(levels) => Visible::Within(self.module_above(module, usize::from(*levels))),
            VisibilityFact::In(path) => {
                let path = &facts.paths[path.index()];
                match path.start {
                    // `pub(in crate::a)` names an ancestor: the one as far up as its path is short.
                    PathStart::Crate | PathStart::Plain => {
                        let depth = self.module_depth(module);
                        let wanted = path.segments.len();
                        Visible::Within(self.module_above(module, depth.saturating_sub(wanted)))
                    }
                    PathStart::Super(levels) => Visible::Within(self.module_above(module, usize::from(levels))),
                    _ => Visible::Within(module),
                }
            }
            VisibilityFact::Inherited => inherited(),
        }
    }

    fn module_depth(&self, module: ScopeId) -> usize {
        std::iter::successors(self.scope(module).parent, |&scope| self.scope(scope).parent).count()
    }

    pub(crate) fn module_above(&self, module: ScopeId, levels: usize) -> ScopeId {
        let mut at = module;
        for _ in 0..levels {
            match self.scope(at).parent {
                Some(parent) => at = self.module_scope(parent),
                None => break,
            }
        }
        at
    }

    pub(crate) fn outermost(&self, scope: ScopeId) -> ScopeId {
        self.module_above(self.module_scope(scope), usize::MAX)
    }
}
