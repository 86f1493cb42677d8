//! What the world is made of. How it is filled and asked stands in the files beside this one.

use std::cell::{Cell, OnceCell, RefCell};
use std::path::PathBuf;
use std::rc::Rc;

use elsa::FrozenVec;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use archguard_invariants::graph::ItemKind;
use archguard_invariants::pattern::PathPattern;
use archguard_invariants::problem::Problem;

use super::budget::Budget;
use super::builds::Builds;
use super::crates::Krate;
use super::exclusions::Exclusions;
use super::ids::{CrateIdx, DefId, InstanceId, ScopeId, SourceId, UnitId};
use super::kept_facts::KeptFacts;
use super::module_files::ModuleFile;
use super::sources::{Source, SourceStore};
use super::typed::Typed;
use super::wanted::Waiting;
use crate::facts::cfg::Cfg;
use crate::facts::extract::Depth;
use crate::facts::model::{
    ExprIdx, FileFacts, ImportFact, ItemData, ItemIdx, MacroCallFact, Name, Namespaces, ScopeIdx, TypeIdx,
};
use crate::std_table::StdTable;
use crate::workspace::Workspace;

/// Facts, and where they came from.
#[derive(Debug)]
pub(crate) struct Unit {
    pub(crate) source: SourceId,
    pub(crate) facts: FactsHandle,
    /// For an expansion: the macro, none where arguments were read as they stand.
    pub(crate) expanded_from: Option<DefId>,
}

/// Facts of a file belong to the store; those of an expansion to the unit.
#[derive(Debug)]
pub(crate) enum FactsHandle {
    File(std::sync::Arc<FileFacts>),
    Expansion(std::sync::Arc<FileFacts>),
}

impl Unit {
    pub(crate) fn facts(&self) -> &FileFacts {
        self.shared_facts()
    }

    /// The facts, for other threads.
    pub(crate) fn shared_facts(&self) -> &std::sync::Arc<FileFacts> {
        match &self.facts {
            FactsHandle::File(facts) | FactsHandle::Expansion(facts) => facts,
        }
    }
}

/// Facts at one position of a module tree: their scopes and items as definitions.
#[derive(Debug)]
pub(crate) struct Instance {
    pub(crate) unit: UnitId,
    pub(crate) krate: CrateIdx,
    /// By index of the facts' scopes.
    pub(crate) scopes: Vec<ScopeId>,
    /// By index of the facts' items.
    pub(crate) items: Vec<DefId>,
    /// The cfg around all of it.
    pub(crate) cfg: Option<Cfg>,
    /// Whether the include that it comes of stands under a cfg in its scope.
    pub(crate) conditional: bool,
    /// Whether all of it is test code.
    pub(crate) dev: bool,
    /// The impl or trait that expanded members belong to.
    pub(crate) container: Option<DefId>,
    /// The function or constant whose block an expansion or an include stands in.
    pub(crate) owner: Option<DefId>,
    /// Where `mod x;` of an included file looks.
    pub(crate) directories: Option<Directories>,
    /// The macro call that made it, and as which of the parts that it made.
    pub(crate) made_by: Option<(CallId, u32)>,
    /// How many expansions it came through.
    pub(crate) depth: u16,
    /// What it may still lead to, if it came of a macro call or an include.
    pub(crate) budget: Option<Rc<Budget>>,
}

/// An import at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ImportId {
    pub(crate) instance: InstanceId,
    pub(crate) scope: ScopeIdx,
    pub(crate) index: u32,
}

/// A macro call at its place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CallId {
    pub(crate) instance: InstanceId,
    pub(crate) scope: ScopeIdx,
    pub(crate) index: u32,
}

/// What a scope is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ScopeKind {
    Module(DefId),
    Block,
}

/// Where the files of a module's children are looked for.
#[derive(Debug, Clone)]
pub(crate) struct Directories {
    /// The directory of the file.
    pub(crate) file: PathBuf,
    /// Where `mod x;` looks.
    pub(crate) children: PathBuf,
    /// Whether an inline module lies between the file and the scope.
    pub(crate) inline: bool,
}

/// What a scope declares. It grows while its item macros are expanded.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    pub(crate) names: FxHashMap<Name, Vec<DefId>>,
    pub(crate) imports: FxHashMap<Name, Vec<ImportId>>,
    pub(crate) globs: Vec<ImportId>,
    /// `use Trait as _`.
    pub(crate) unnamed: Vec<ImportId>,
    pub(crate) impls: Vec<DefId>,
    /// Modules declared here, also those that are still to be read.
    pub(crate) modules: Vec<DefId>,
    /// Item macros that nothing could expand: names looked for here may be made by them.
    pub(crate) unexpanded: Vec<CallId>,
}

/// How far a scope has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    Declared,
    /// Some of the calls, or all.
    Expanding,
    /// All of them, in the end.
    ExpandingAll,
    Ready,
}

/// A module or a block that declares items.
#[derive(Debug)]
pub(crate) struct Scope {
    pub(crate) kind: ScopeKind,
    pub(crate) krate: CrateIdx,
    /// For a block the scope around it; for a module its parent module.
    pub(crate) parent: Option<ScopeId>,
    /// For a block the scope of the module that it stands in, once asked for.
    pub(crate) module: OnceCell<ScopeId>,
    pub(crate) directories: Option<Directories>,
    pub(crate) contents: RefCell<Contents>,
    /// Macro calls that are still to be expanded, the next one last: what a call makes comes before what stands after it.
    pub(crate) calls: RefCell<Vec<Waiting>>,
    pub(crate) has_calls: Cell<bool>,
    pub(crate) progress: Cell<Progress>,
    pub(crate) cfg: Option<Cfg>,
    pub(crate) dev: bool,
    /// Macros that `#[macro_use]` modules in it bring, by name.
    pub(crate) macro_use: OnceCell<FxHashMap<Name, Vec<DefId>>>,
}

/// Who can name a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Visible {
    Everywhere,
    Within(ScopeId),
}

/// Where a definition comes from.
#[derive(Debug, Clone)]
pub(crate) enum Origin {
    /// An item of facts.
    Item { instance: InstanceId, item: ItemIdx },
    /// A crate's root module.
    Root,
    /// The standard library: its public path.
    Standard { public: &'static str },
    /// A name in a crate without sources.
    Opaque,
    /// A name that a macro makes, which cannot be expanded.
    MacroMade,
}

/// A definition.
#[derive(Debug)]
pub(crate) struct Def {
    pub(crate) name: Name,
    pub(crate) kind: ItemKind,
    pub(crate) namespaces: Namespaces,
    pub(crate) krate: CrateIdx,
    pub(crate) origin: Origin,
    /// What it is defined in; set anew for inherent impls' members once the type is known.
    pub(crate) parent: Cell<Option<DefId>>,
    /// The scope that it is declared in; none outside of read sources.
    pub(crate) scope: Option<ScopeId>,
    pub(crate) visible: Cell<Visible>,
    /// Whether it exists only under a cfg of its own.
    pub(crate) conditional: bool,
    /// For modules: the scope, once read.
    pub(crate) body: OnceCell<Option<ScopeId>>,
    /// For a module in a file of its own: the file.
    pub(crate) file: Option<Box<ModuleFile>>,
    /// For enums, traits and impls: the members.
    pub(crate) members: RefCell<Vec<DefId>>,
    /// Its printed path.
    pub(crate) path: OnceCell<Name>,
}

/// What makes the world's answers complete or not, collected on the way.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    pub(crate) problems: Vec<Problem>,
    pub(crate) pending: Vec<String>,
    /// Files that were looked at and not read: those that only another build has, and those that hold the same as one
    /// that was read.
    pub(crate) looked_at: Vec<PathBuf>,
    /// What was looked for among the files that builds generate.
    pub(crate) generated: Vec<Generated>,
}

/// A file that a build may have generated.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Generated {
    /// Whose build script.
    pub(crate) package: String,
    /// The path below `OUT_DIR`.
    pub(crate) below: String,
    /// Where it is.
    pub(crate) found: Option<PathBuf>,
}

/// An expression at its place, in the code of an item.
type ExpressionAt = (InstanceId, ExprIdx, Option<DefId>);

/// Everything that names can lead to.
pub(crate) struct World<'w> {
    pub(crate) workspace: &'w Workspace,
    pub(crate) exclusions: Exclusions,
    /// What a compiler read, sorted; empty where none was asked.
    pub(crate) compiled_files: Vec<PathBuf>,
    /// The families that the policy states, by the name of the crate that they go by.
    pub(crate) facades: FxHashMap<Name, Vec<PathPattern>>,
    /// How much of the examined code is read; nobody follows references where it is not everything.
    pub(crate) examined_depth: Depth,
    pub(crate) table: &'static StdTable,
    pub(crate) store: SourceStore,
    pub(crate) crates: FrozenVec<Box<Krate>>,
    pub(crate) units: FrozenVec<Box<Unit>>,
    pub(crate) instances: FrozenVec<Box<Instance>>,
    pub(crate) scopes: FrozenVec<Box<Scope>>,
    pub(crate) defs: FrozenVec<Box<Def>>,
    pub(crate) crate_index: super::crates::CrateIndex,
    /// Further files of `mod` lines that have just been placed.
    pub(crate) pending_alternatives: RefCell<Vec<(DefId, ModuleFile)>>,
    pub(crate) notes: RefCell<Notes>,
    /// Scopes that include code which has not been generated yet.
    pub(crate) pending_scopes: RefCell<FxHashSet<ScopeId>>,
    /// Names in crates without sources, and names that unexpanded macros make.
    pub(crate) assumed_defs: RefCell<FxHashMap<(DefId, Name, ItemKind), DefId>>,
    /// Symbols that examined items export.
    pub(crate) exported_symbols: OnceCell<FxHashMap<Name, Vec<DefId>>>,
    pub(crate) memo_prelude: RefCell<FxHashMap<(u16, Name), Vec<DefId>>>,
    pub(crate) prelude_traits: OnceCell<Vec<DefId>>,
    pub(crate) scope_traits: super::questions::Table<ScopeId, Rc<[DefId]>>,
    /// Types that paths begin with, at their places.
    pub(crate) types_before: super::questions::Table<(InstanceId, TypeIdx, ScopeId, Option<DefId>), Option<DefId>>,
    /// Definitions of macros by example, as far as calls have asked for them; none for those that cannot be read.
    pub(crate) macros: RefCell<FxHashMap<DefId, Option<Rc<super::made::Definition>>>>,
    /// How many scopes are being expanded: answers found meanwhile are not kept.
    pub(crate) expanding: Cell<u32>,
    /// Item macros whose definition was not known while other scopes were being expanded.
    pub(crate) deferred: RefCell<Vec<(ScopeId, CallId)>>,
    /// Whether modules of examined crates are still to be read, which may declare macros.
    pub(crate) is_loading: Cell<bool>,
    /// Whether an answer may depend on what was asked before: such calls were left, or every name leads on in a circle.
    pub(crate) depends_on_order: Cell<bool>,
    /// Macros that have spent the budget of a call, and how.
    pub(crate) runaways: RefCell<FxHashMap<DefId, String>>,
    pub(crate) questions: super::questions::Questions,
    pub(crate) memo: super::lookup::Memo,
    /// Paths as written, by the path before and the name that it was longer by.
    pub(crate) memo_written: RefCell<FxHashMap<(Name, Name), Name>>,
    pub(crate) impls: super::members::ImplIndex,
    /// Types of expressions found so far, by place, expression and the item around it.
    pub(crate) types: RefCell<FxHashMap<ExpressionAt, Typed>>,
    pub(crate) standard: super::standard::StandardDefs,
}

impl<'w> World<'w> {
    /// A world that knows its crates and nothing of what is in them.
    pub(crate) fn new(workspace: &'w Workspace, exclusions: Exclusions, kept: KeptFacts) -> Self {
        let mut world = Self {
            workspace,
            exclusions,
            compiled_files: Vec::new(),
            facades: FxHashMap::default(),
            examined_depth: Depth::Everything,
            table: StdTable::shipped(),
            store: SourceStore::over(kept, Builds::of(workspace)),
            crates: FrozenVec::new(),
            units: FrozenVec::new(),
            instances: FrozenVec::new(),
            scopes: FrozenVec::new(),
            defs: FrozenVec::new(),
            crate_index: super::crates::CrateIndex::default(),
            pending_alternatives: RefCell::default(),
            notes: RefCell::default(),
            pending_scopes: RefCell::default(),
            assumed_defs: RefCell::default(),
            exported_symbols: OnceCell::new(),
            memo_prelude: RefCell::default(),
            prelude_traits: OnceCell::new(),
            scope_traits: super::questions::Table::default(),
            types_before: super::questions::Table::default(),
            macros: RefCell::default(),
            expanding: Cell::new(0),
            deferred: RefCell::default(),
            is_loading: Cell::new(false),
            depends_on_order: Cell::new(false),
            runaways: RefCell::default(),
            questions: super::questions::Questions::default(),
            memo: super::lookup::Memo::default(),
            memo_written: RefCell::default(),
            impls: super::members::ImplIndex::default(),
            types: RefCell::default(),
            standard: super::standard::StandardDefs::default(),
        };
        world.crate_index = world.list_crates();
        world
    }

    pub(crate) fn krate(&self, id: CrateIdx) -> &Krate {
        &self.crates[id.index()]
    }

    pub(crate) fn unit(&self, id: UnitId) -> &Unit {
        &self.units[id.index()]
    }

    pub(crate) fn instance(&self, id: InstanceId) -> &Instance {
        &self.instances[id.index()]
    }

    pub(crate) fn scope(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.index()]
    }

    pub(crate) fn def(&self, id: DefId) -> &Def {
        &self.defs[id.index()]
    }

    pub(crate) fn facts_of(&self, instance: InstanceId) -> &FileFacts {
        self.unit(self.instance(instance).unit).facts()
    }

    pub(crate) fn source_of(&self, instance: InstanceId) -> &Source {
        self.store.get(self.source_id_of(instance))
    }

    pub(crate) fn source_id_of(&self, instance: InstanceId) -> SourceId {
        self.unit(self.instance(instance).unit).source
    }

    pub(crate) fn import(&self, id: ImportId) -> &ImportFact {
        &self.facts_of(id.instance).scopes[id.scope.index()].imports[id.index as usize]
    }

    pub(crate) fn call(&self, id: CallId) -> &MacroCallFact {
        &self.facts_of(id.instance).scopes[id.scope.index()].calls[id.index as usize]
    }

    pub(crate) fn add_def(&self, def: Def) -> DefId {
        let id = DefId::new(self.defs.len() as u32);
        self.defs.push(Box::new(def));
        id
    }

    pub(crate) fn add_scope(&self, scope: Scope) -> ScopeId {
        let id = ScopeId::new(self.scopes.len() as u32);
        self.scopes.push(Box::new(scope));
        id
    }

    /// The facts' item behind a definition, if it comes from facts.
    pub(crate) fn item_of(&self, def: DefId) -> Option<(InstanceId, &crate::facts::model::ItemFact)> {
        match self.def(def).origin {
            Origin::Item { instance, item } => Some((instance, &self.facts_of(instance).items[item.index()])),
            _ => None,
        }
    }

    /// The nearest module scope: the scope itself or what lies around the block.
    pub(crate) fn module_scope(&self, scope: ScopeId) -> ScopeId {
        let data = self.scope(scope);
        match (data.kind, data.parent) {
            (ScopeKind::Block, Some(parent)) => *data.module.get_or_init(|| self.module_scope(parent)),
            _ => scope,
        }
    }

    /// The module that a scope stands in.
    pub(crate) fn module_of(&self, scope: ScopeId) -> DefId {
        match self.scope(self.module_scope(scope)).kind {
            ScopeKind::Module(def) => def,
            ScopeKind::Block => unreachable!("the outermost scope of every file is a module's"),
        }
    }

    /// How much of a crate's files is read.
    pub(crate) fn depth(&self, krate: CrateIdx) -> Depth {
        if self.krate(krate).origin.is_examined() {
            self.examined_depth
        } else {
            Depth::Declarations
        }
    }

    /// A definition's printed path.
    pub(crate) fn path(&self, def: DefId) -> Name {
        let data = self.def(def);
        *data.path.get_or_init(|| match data.parent.get() {
            None => self.krate(data.krate).head,
            // Wherever it is declared, its path is the crate root.
            Some(_) if self.is_exported_macro(def) => {
                Name::from(&format!("{}::{}", self.krate(data.krate).head, data.name))
            }
            Some(parent) => Name::from(&format!("{}::{}", self.path(parent), self.segment(def))),
        })
    }

    fn is_exported_macro(&self, def: DefId) -> bool {
        self.item_of(def)
            .is_some_and(|(_, item)| matches!(item.data, ItemData::Macro { exported: true, .. }))
    }

    fn segment(&self, def: DefId) -> String {
        let data = self.def(def);
        match self.item_of(def) {
            Some((instance, item)) if data.kind == ItemKind::Impl => {
                crate::names::types::impl_text(self.facts_of(instance), item)
            }
            _ => data.name.to_string(),
        }
    }

    /// Whether something of this visibility can be named from a scope.
    pub(crate) fn is_visible(&self, visible: Visible, from: ScopeId) -> bool {
        let Visible::Within(module) = visible else { return true };
        let mut at = Some(self.module_scope(from));
        while let Some(scope) = at {
            if scope == module {
                return true;
            }
            at = self.scope(scope).parent.map(|parent| self.module_scope(parent));
        }
        false
    }
}
