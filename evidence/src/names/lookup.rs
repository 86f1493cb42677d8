//! A name in a scope: what it declares, what its imports bring, what its globs bring; and inside a definition. Not what lies
//! around a scope. All cfgs at once: a name may lead to several definitions.

use std::cell::Cell;
use std::hash::Hash;
use std::ops::Deref;
use std::path::Path;
use std::rc::Rc;

use archguard_invariants::graph::ItemKind;

use smallvec::SmallVec;

use super::crates::Thoroughness;
use super::ids::{CrateIdx, DefId, InstanceId, ScopeId};
use super::knots::Knots;
use super::paths::Resolved;
use super::questions::{Ended, Table};
use super::wanted::Wanted;
use super::world::{ImportId, Origin, Visible, World};
use crate::facts::model::{ItemData, Name, Namespaces, Span};

/// A definition that a name leads to in a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) def: DefId,
    /// Who can use the name here.
    pub(crate) visible: Visible,
    /// Whether the name exists only under a cfg.
    pub(crate) conditional: bool,
    /// The import that brought it; none for what the scope declares itself.
    pub(crate) import: Option<ImportId>,
}

impl Hit {
    /// A definition that everybody can name.
    pub(crate) fn everywhere(def: DefId) -> Self {
        Self {
            def,
            visible: Visible::Everywhere,
            conditional: false,
            import: None,
        }
    }
}

/// What a name means inside a definition: read, hardly ever changed.
#[derive(Debug)]
pub(crate) enum Hits {
    /// As the scope behind it has them.
    Shared(Rc<[Hit]>),
    Own(SmallVec<[Hit; 1]>),
}

impl Hits {
    fn everywhere(defs: impl IntoIterator<Item = DefId>) -> Self {
        Self::Own(defs.into_iter().map(Hit::everywhere).collect())
    }
}

impl Default for Hits {
    fn default() -> Self {
        Self::Own(SmallVec::new())
    }
}

impl Deref for Hits {
    type Target = [Hit];

    fn deref(&self) -> &[Hit] {
        match self {
            Self::Shared(hits) => hits,
            Self::Own(hits) => hits,
        }
    }
}

/// Imports, as many as most scopes have of one name.
type Imports = SmallVec<[ImportId; 4]>;

/// A name in a scope, and in which namespaces it is looked for.
pub(super) type Sought = (ScopeId, Name, Namespaces);

/// Answers found so far.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    pub(super) hits: Table<Sought, Rc<[Hit]>>,
    imports: Table<(ImportId, Namespaces), Rc<Resolved>>,
    pub(super) knots: Knots,
    /// What most names mean in most scopes.
    nothing: Rc<[Hit]>,
}

impl Memo {
    /// Hits as they are kept.
    pub(super) fn kept(&self, hits: Vec<Hit>) -> Rc<[Hit]> {
        if hits.is_empty() {
            Rc::clone(&self.nothing)
        } else {
            hits.into()
        }
    }
}

impl World<'_> {
    /// What a name means in a scope itself, by what it declares, imports and globs; not what lies around it.
    pub(crate) fn in_scope(&self, scope: ScopeId, name: Name, namespaces: Namespaces) -> Rc<[Hit]> {
        let sought = (scope, name, namespaces);
        let is_ready = Cell::new(true);
        let answer = || {
            let search = || self.search_as_far_as_needed(sought, &is_ready);
            let (hits, is_in_circle) = self.questions.meeting(search);
            if is_in_circle && hits.iter().any(|hit| self.is_anything(hit)) {
                self.depends_on_order.set(true);
            }
            self.memo.kept(hits)
        };
        let end = |ended, hits| self.untied(sought, is_ready.get(), ended, hits);
        let keep = || self.is_settled();
        let found = self.questions.ask(&self.memo.hits, sought, keep, answer, end);
        found.unwrap_or_else(|| Rc::clone(&self.memo.nothing))
    }

    /// Whether a glob brings it that brings every name, because nobody can look into what it leads to.
    fn is_anything(&self, hit: &Hit) -> bool {
        self.is_assumed(hit.def) && hit.import.is_some_and(|import| self.import(import).glob)
    }

    /// Item macros of dependencies are expanded only where the name is not found without: what they make counts only then,
    /// whatever has been expanded for others. It is not `is_ready` where a macro is not known yet.
    fn search_as_far_as_needed(&self, sought: Sought, is_ready: &Cell<bool>) -> Vec<Hit> {
        let (scope, name, _) = sought;
        let make_ready = |wanted| {
            let deferred = self.deferred.borrow().len();
            self.ready_for(scope, wanted);
            is_ready.set(self.deferred.borrow().len() <= deferred);
        };
        if self.is_examined(scope) {
            make_ready(Wanted::Everything);
        } else {
            let hits = self.search(sought, false);
            if !self.is_half(sought, &hits) {
                return hits;
            }
            make_ready(Wanted::Name(name));
        }
        self.search(sought, true)
    }

    /// Forgets what names were found to mean: more has been made than was known then.
    pub(crate) fn forget_names(&self) {
        self.memo.hits.clear();
        self.memo.imports.clear();
        self.questions.forget();
    }

    /// Whether a scope is of examined code: what macros make there counts like what is written.
    pub(super) fn is_examined(&self, scope: ScopeId) -> bool {
        self.krate(self.scope(scope).krate).origin.is_examined()
    }

    /// Whether nothing was found; or a derive alone, which is half of a name: its trait may come out of a macro
    /// (`serde::Serialize`); or what a macro made in this very scope, which a glob brings back, only less visible.
    pub(super) fn is_half(&self, (scope, _, namespaces): Sought, hits: &[Hit]) -> bool {
        let is_derive = |hit: &Hit| self.def(hit.def).kind == ItemKind::Derive;
        let is_own = |hit: &Hit| self.def(hit.def).scope == Some(scope) && self.is_def_made(hit.def);
        hits.iter().any(is_own)
            || hits.is_empty()
            || namespaces.overlaps(Namespaces::TYPE) && hits.iter().all(is_derive)
    }

    /// Whether it came of an item macro.
    pub(super) fn is_made(&self, instance: InstanceId) -> bool {
        self.instance(instance).made_by.is_some()
    }

    /// Whether no scope is growing: answers found meanwhile are not kept for good.
    pub(crate) fn is_settled(&self) -> bool {
        self.expanding.get() == 0
    }

    /// The answer to a question; none while it is being answered.
    pub(super) fn asked<K, V>(&self, table: &Table<K, V>, key: K, answer: impl FnOnce() -> V) -> Option<V>
    where
        K: Copy + Eq + Hash,
        V: Clone,
    {
        let end = |ended, value| {
            if let Ended::Whole(circle) = ended {
                self.loosened(&circle);
            }
            value
        };
        self.questions.ask(table, key, || self.is_settled(), answer, end)
    }

    /// Looks through a scope, through what macros made there too or not.
    fn search(&self, sought: Sought, with_made: bool) -> Vec<Hit> {
        let (mut hits, open) = self.explicit(sought, with_made);
        if let Some(open) = open {
            self.add_through_globs(sought.0, sought.1, open, with_made, &mut hits);
        }
        hits
    }

    /// What a scope declares or imports by name, and the namespaces in which that hides nothing that globs bring.
    pub(super) fn explicit(&self, sought: Sought, with_made: bool) -> (Vec<Hit>, Option<Namespaces>) {
        let (scope, name, namespaces) = sought;
        let counts = |instance| with_made || !self.is_made(instance);
        let mut hits = self.declared(scope, name, namespaces, &counts);
        self.add_imported(scope, name, namespaces, &counts, &mut hits);
        self.drop_what_cannot_be(namespaces, &mut hits);
        // Explicit names hide globs, each in its own namespace, unless a cfg takes them away.
        let mut open = 0;
        for namespace in Namespaces::EACH {
            let hidden = hits
                .iter()
                .any(|hit| !hit.conditional && self.def(hit.def).namespaces.overlaps(namespace));
            if namespaces.overlaps(namespace) && !hidden {
                open |= namespace.0;
            }
        }
        (hits, (open != 0).then_some(Namespaces(open)))
    }

    fn declared(
        &self,
        scope: ScopeId,
        name: Name,
        namespaces: Namespaces,
        counts: &impl Fn(InstanceId) -> bool,
    ) -> Vec<Hit> {
        let contents = self.scope(scope).contents.borrow();
        let declared = contents.names.get(&name).map(Vec::as_slice).unwrap_or_default();
        let counts = |def: DefId| match self.def(def).origin {
            Origin::Item { instance, .. } => counts(instance),
            _ => true,
        };
        let is_asked_for = |&def: &DefId| self.def(def).namespaces.overlaps(namespaces) && counts(def);
        let mut declared: SmallVec<[DefId; 4]> = declared.iter().copied().filter(is_asked_for).collect();
        if declared.len() > 1 && !self.is_examined(scope) {
            // Item macros are expanded as names are asked for.
            declared.sort_by_cached_key(|&def| self.is_def_made(def).then(|| self.way_made(def)));
        }
        declared.into_iter().map(|def| self.hit_of(def)).collect()
    }

    /// A definition where it is declared.
    fn hit_of(&self, def: DefId) -> Hit {
        let data = self.def(def);
        Hit {
            def,
            visible: data.visible.get(),
            conditional: data.conditional,
            import: None,
        }
    }

    fn add_imported(
        &self,
        scope: ScopeId,
        name: Name,
        namespaces: Namespaces,
        counts: &impl Fn(InstanceId) -> bool,
        hits: &mut Vec<Hit>,
    ) {
        // Not borrowed any longer: to follow an import may add others.
        let imports: Imports = {
            let contents = self.scope(scope).contents.borrow();
            let imports = contents.imports.get(&name);
            imports.map_or_else(Imports::new, |imports| Imports::from_slice(imports))
        };
        for import in imports.into_iter().filter(|import| counts(import.instance)) {
            let fact = self.import(import);
            let Some(resolved) = self.import_in(import, namespaces) else {
                continue;
            };
            for &def in &resolved.defs {
                if self.def(def).namespaces.overlaps(namespaces) {
                    let visible = self.import_visibility(import, scope);
                    hits.push(Hit {
                        def,
                        visible,
                        conditional: fact.cfg.is_some() || self.instance(import.instance).conditional,
                        import: Some(import),
                    });
                }
            }
        }
    }

    /// Two things of one name do not stand in one namespace: what an import may bring, because nobody can look into where it
    /// leads, it does not bring where something else is known to stand.
    fn drop_what_cannot_be(&self, namespaces: Namespaces, hits: &mut Vec<Hit>) {
        let is_known = |hit: &Hit| !self.is_assumed(hit.def);
        let is_taken = |namespace: Namespaces| {
            let stands = |hit: &Hit| !hit.conditional && self.def(hit.def).namespaces.overlaps(namespace);
            !namespaces.overlaps(namespace) || hits.iter().any(|hit| is_known(hit) && stands(hit))
        };
        if hits.len() > 1 && Namespaces::EACH.into_iter().all(is_taken) {
            hits.retain(is_known);
        }
    }

    pub(super) fn import_visibility(&self, import: ImportId, scope: ScopeId) -> Visible {
        let fact = self.import(import);
        self.visibility_in(self.facts_of(import.instance), &fact.visibility, scope, || {
            Visible::Everywhere
        })
    }

    /// The definitions that an import leads to, in every namespace that it imports.
    pub(crate) fn import_targets(&self, import: ImportId) -> Vec<DefId> {
        self.whole_import(import)
            .map_or_else(Vec::new, |resolved| resolved.defs.clone())
    }

    /// Where an import leads, if that is known to its end: else it brings nothing, not what its beginning leads to.
    pub(super) fn whole_import(&self, import: ImportId) -> Option<Rc<Resolved>> {
        self.imported_path(import).filter(|resolved| resolved.missing.is_none())
    }

    /// Where an import leads in some namespaces. What a dependency has of one name in several is not found before it is
    /// asked for: an exported macro may stand in any file, and another may make a function beside the type.
    fn import_in(&self, import: ImportId, namespaces: Namespaces) -> Option<Rc<Resolved>> {
        let whole = self.whole_import(import)?;
        let fact = self.import(import);
        let is_in = |&def: &DefId| self.def(def).namespaces.overlaps(namespaces);
        if fact.extern_crate || fact.types_only || whole.defs.iter().any(is_in) {
            return Some(whole);
        }
        // What nobody can look into may hold any name: it is no reason to think that this one stands in another namespace too.
        let is_known = |&def: &DefId| !self.is_assumed(def);
        let other = self.imported(import, namespaces)?;
        (other.missing.is_none() && other.defs.iter().all(is_known)).then_some(other)
    }

    /// Where an import leads; none while that question is being answered.
    pub(crate) fn imported_path(&self, import: ImportId) -> Option<Rc<Resolved>> {
        let fact = self.import(import);
        let types_only = fact.glob || fact.types_only;
        self.imported(import, if types_only { Namespaces::TYPE } else { Namespaces::ALL })
    }

    fn imported(&self, import: ImportId, namespaces: Namespaces) -> Option<Rc<Resolved>> {
        let answer = || Rc::new(self.resolve_import(import, namespaces));
        self.asked(&self.memo.imports, (import, namespaces), answer)
    }

    /// What a name means inside a definition: a module's items, an enum's variants, the table's entries.
    pub(crate) fn child_hits(&self, parent: DefId, name: Name, namespaces: Namespaces) -> Vec<Hit> {
        self.hits_inside(parent, name, namespaces).to_vec()
    }

    /// The same, shared with whoever asked before.
    pub(super) fn hits_inside(&self, parent: DefId, name: Name, namespaces: Namespaces) -> Hits {
        let data = self.def(parent);
        match (&data.origin, data.kind) {
            (Origin::Standard { public }, _) => Hits::everywhere(self.standard_children(public, name, namespaces)),
            (Origin::Opaque | Origin::MacroMade, _) => Hits::everywhere([self.opaque_child(parent, name, namespaces)]),
            (_, ItemKind::Module) => {
                let Some(body) = self.body(parent) else {
                    return Hits::default();
                };
                let hits = self.in_scope(body, name, namespaces);
                if data.parent.get().is_some() {
                    return Hits::Shared(hits);
                }
                let exported = self.exported_beside((body, name, namespaces), &hits);
                if exported.is_empty() {
                    return Hits::Shared(hits);
                }
                let exported = Hits::everywhere(exported);
                Hits::Own(hits.iter().chain(exported.iter()).copied().collect())
            }
            (_, ItemKind::Enum) => {
                let variants = self.members_named(parent, name).into_iter();
                Hits::Own(variants.map(|variant| self.hit_of(variant)).collect())
            }
            _ => Hits::default(),
        }
    }

    /// The `#[macro_export]`ed macros that a crate's root has where nothing else there is a macro of their name. Those of a
    /// dependency, which may stand in any file, are looked for only where there is nothing else at all.
    pub(super) fn exported_beside(&self, (root, name, namespaces): Sought, hits: &[Hit]) -> Vec<DefId> {
        let is_macro = |hit: &Hit| self.def(hit.def).namespaces.overlaps(Namespaces::MACRO);
        let are_asked_for = namespaces.overlaps(Namespaces::MACRO) && !hits.iter().any(is_macro);
        if are_asked_for && (hits.is_empty() || self.is_examined(root)) {
            self.exported_macros(self.scope(root).krate, name)
        } else {
            Vec::new()
        }
    }

    /// `#[macro_export]`ed macros of a crate, which stand at its root wherever they are declared.
    pub(crate) fn exported_macros(&self, krate: CrateIdx, name: Name) -> Vec<DefId> {
        let all = || {
            let known = self.krate(krate).exported_macros.borrow();
            known.get(&name).cloned().unwrap_or_default()
        };
        let serves = |macros: &[DefId]| !macros.is_empty();
        self.read_until(krate, self.root(krate), &all, &serves, Thoroughness::Sources)
    }

    pub(super) fn is_def_made(&self, def: DefId) -> bool {
        matches!(self.def(def).origin, Origin::Item { instance, .. } if self.is_made(instance))
    }

    /// By which calls a definition was made, and as which item: in their order things would be made if all calls were
    /// expanded in the order of the text. What a call makes comes before what calls in it make.
    pub(super) fn way_made(&self, def: DefId) -> Vec<u32> {
        let Origin::Item { mut instance, item } = self.def(def).origin else {
            return Vec::new();
        };
        let mut way = vec![item.index() as u32, 0];
        while let Some((call, which)) = self.instance(instance).made_by {
            way.extend([which, call.index, call.scope.index() as u32, 1]);
            instance = call.instance;
        }
        // What is included comes after what includes it.
        way.push(u32::from(self.instance(instance).depth));
        way.reverse();
        way
    }

    /// Where a definition stands: the same whatever was read first.
    pub(crate) fn standing(&self, def: DefId) -> Option<(&Path, Span)> {
        let Origin::Item { instance, item } = self.def(def).origin else {
            return None;
        };
        let span = self.facts_of(instance).items[item.index()].span;
        Some((&self.source_of(instance).path, span))
    }

    /// Whether names that a scope lacks may be made by a macro there that could not be expanded.
    pub(crate) fn may_be_macro_made(&self, module: DefId) -> bool {
        let Some(body) = self.body(module) else { return false };
        self.ready(body);
        !self.scope(body).contents.borrow().unexpanded.is_empty()
    }

    /// The type that an alias stands for, as far as it is a path.
    pub(crate) fn alias_target(&self, def: DefId) -> Option<DefId> {
        let (instance, item) = self.item_of(def)?;
        let ItemData::Typed { ty: Some(ty), .. } = item.data else {
            return None;
        };
        self.type_definition(instance, ty, self.def(def).scope?)
    }
}
