//! The state of one extraction: the arenas being filled and where in the file we are.

use std::cell::RefCell;
use std::fmt::Write as _;

use proc_macro2::Span as LexSpan;
use rustc_hash::FxHashMap;

use archguard_invariants::graph::{ItemKind, ReferenceKind};

use super::entry::Depth;
use super::passing::Callee;
use crate::facts::cfg::Cfg;
use crate::facts::lines::Lines;
use crate::facts::model::{
    Certainty, CfgIdx, ClosureIdx, Code, CodeFacts, ExprFact, ExprIdx, FileFacts, ItemData, ItemFact, ItemIdx,
    LocalFact, LocalIdx, Name, Named, Namespaces, PathFact, PathIdx, RefFact, ScopeFact, ScopeIdx, Span, TypeFact,
    TypeIdx, VisibilityFact,
};
use crate::facts::positions::{Located, Positions};

/// A type parameter in scope, with its bounds as a range of the file's bounds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parameter {
    pub(super) name: Name,
    /// Whether it is a constant, or may be: where a macro expands, its name alone is known.
    pub(super) may_be_value: bool,
    pub(super) first_bound: u32,
    pub(super) end_bound: u32,
    /// What it is where nothing is written for it.
    pub(super) default: Option<TypeIdx>,
}

/// Where in the file the extraction is; saved and restored around nested code.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, set and asked for by name"
)]
pub(super) struct Position {
    pub(super) scope: ScopeIdx,
    pub(super) owner: Option<ItemIdx>,
    pub(super) cfg: Option<CfgIdx>,
    pub(super) dev: bool,
    pub(super) exposed: bool,
    /// Inside tokens that follow no known grammar: nothing there certainly is a reference.
    pub(super) tentative: bool,
    /// Inside arguments of a macro whose grammar is not known: what reads as a value may be a type.
    pub(super) arguments: bool,
    /// Inside arguments of a macro that formats values into the text it makes.
    pub(super) formats_values: bool,
    /// In how many macro calls' arguments it stands.
    pub(super) calls: u16,
    /// The code that an annotation here speaks of; none for all of the module.
    pub(super) annotated: Option<Span>,
    /// Inside a macro's definition: what stands there is for those who invoke it.
    pub(super) definition: bool,
    /// The closure around.
    pub(super) closure: Option<ClosureIdx>,
    /// The macro whose arguments these tokens are.
    pub(super) macro_call: Option<Callee>,
}

/// One extraction.
pub(super) struct Extractor<'a> {
    pub(super) facts: FileFacts,
    /// To be [`FileFacts::code`].
    pub(super) code: CodeFacts,
    pub(super) positions: &'a Positions<'a>,
    pub(super) depth: Depth,
    pub(super) at: Position,
    /// Type parameters in scope, innermost last.
    pub(super) parameters: Vec<Parameter>,
    /// Local bindings in scope, innermost last; without a binding a name that a constant may have instead.
    pub(super) locals: Vec<(Name, Option<Binding>)>,
    /// Those of the local bindings that hold a text with values formatted into it, by position, and its template.
    pub(super) formatted_locals: Vec<(usize, proc_macro2::Literal)>,
    path_ids: FxHashMap<PathFact, PathIdx>,
    type_ids: FxHashMap<TypeFact, TypeIdx>,
    cfg_ids: FxHashMap<Cfg, CfgIdx>,
}

/// What a local name is bound to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Binding {
    /// Its type or its value is written.
    Known(LocalIdx),
    Unknown,
}

/// What can never be told.
pub(super) const UNKNOWN: ExprIdx = ExprIdx::FIRST;

impl<'a> Extractor<'a> {
    pub(super) fn new(positions: &'a Positions<'a>, depth: Depth, lines: Lines) -> Self {
        let facts = FileFacts {
            scopes: vec![ScopeFact::default()],
            items: Vec::new(),
            paths: Vec::new(),
            types: Vec::new(),
            bounds: Vec::new(),
            foreign_items: Vec::new(),
            annotations: Vec::new(),
            includes: Vec::new(),
            cfgs: Vec::new(),
            file_cfg: None,
            no_std: false,
            lines,
            code: Code::of(CodeFacts::default()),
        };
        let code = CodeFacts {
            exprs: vec![ExprFact::Unknown],
            ..CodeFacts::default()
        };
        let at = Position {
            scope: ScopeIdx::FIRST,
            owner: None,
            cfg: None,
            dev: false,
            exposed: false,
            tentative: false,
            arguments: false,
            formats_values: false,
            calls: 0,
            annotated: None,
            definition: false,
            closure: None,
            macro_call: None,
        };
        Self {
            facts,
            code,
            positions,
            depth,
            at,
            parameters: Vec::new(),
            locals: Vec::new(),
            formatted_locals: Vec::new(),
            path_ids: FxHashMap::default(),
            type_ids: FxHashMap::default(),
            cfg_ids: FxHashMap::default(),
        }
    }

    /// Ends the extraction.
    pub(super) fn finish(self) -> FileFacts {
        let code = Code::of(self.code);
        FileFacts { code, ..self.facts }.without_room()
    }

    pub(super) fn locate(&self, span: LexSpan) -> Located {
        self.positions.locate(span)
    }

    /// Runs `work` and puts the position back.
    pub(super) fn within<R>(&mut self, work: impl FnOnce(&mut Self) -> R) -> R {
        let saved = self.at;
        let result = work(self);
        self.at = saved;
        result
    }

    /// Runs `work` with the interface flag set as given.
    pub(super) fn exposing<R>(&mut self, exposed: bool, work: impl FnOnce(&mut Self) -> R) -> R {
        let saved = std::mem::replace(&mut self.at.exposed, exposed);
        let result = work(self);
        self.at.exposed = saved;
        result
    }

    /// Runs `work` and drops the local bindings that it made.
    pub(super) fn block_of_locals<R>(&mut self, work: impl FnOnce(&mut Self) -> R) -> R {
        let mark = self.locals.len();
        let result = work(self);
        self.locals.truncate(mark);
        self.formatted_locals.retain(|(local, _)| *local < mark);
        result
    }

    pub(super) fn path_id(&mut self, path: PathFact) -> PathIdx {
        if let Some(&id) = self.path_ids.get(&path) {
            return id;
        }
        let id = PathIdx::new(self.facts.paths.len() as u32);
        self.facts.paths.push(path.clone());
        self.path_ids.insert(path, id);
        id
    }

    pub(super) fn type_id(&mut self, ty: TypeFact) -> TypeIdx {
        if let Some(&id) = self.type_ids.get(&ty) {
            return id;
        }
        let id = TypeIdx::new(self.facts.types.len() as u32);
        self.facts.types.push(ty.clone());
        self.type_ids.insert(ty, id);
        id
    }

    /// The cfg here and `cfg` together.
    pub(super) fn cfg_and(&mut self, cfg: Cfg) -> CfgIdx {
        let whole = match self.at.cfg {
            Some(outer) => self.facts.cfgs[outer.index()].clone().and(cfg),
            None => cfg,
        };
        if let Some(&id) = self.cfg_ids.get(&whole) {
            return id;
        }
        let id = CfgIdx::new(self.facts.cfgs.len() as u32);
        self.facts.cfgs.push(whole.clone());
        self.cfg_ids.insert(whole, id);
        id
    }

    pub(super) fn expr(&mut self, fact: ExprFact) -> ExprIdx {
        if matches!(fact, ExprFact::Unknown) {
            return UNKNOWN;
        }
        self.code.exprs.push(fact);
        ExprIdx::new(self.code.exprs.len() as u32 - 1)
    }

    pub(super) fn bind_local(&mut self, name: Name, local: LocalFact) {
        let index = if local.ty.is_some() || local.init.is_some_and(|init| init != UNKNOWN) {
            self.code.locals.push(local);
            Binding::Known(LocalIdx::new(self.code.locals.len() as u32 - 1))
        } else {
            Binding::Unknown
        };
        self.locals.push((name, Some(index)));
    }

    /// Binds a name, unless a constant or a variant has it.
    pub(super) fn may_bind(&mut self, name: Name) {
        self.locals.push((name, None));
    }

    /// The innermost local of this name, if it is certain to be one.
    pub(super) fn local(&self, name: Name) -> Option<Binding> {
        self.innermost(name)?.1
    }

    /// Whether a name may be a local, and may be a constant.
    pub(super) fn is_perhaps_local(&self, name: Name) -> bool {
        self.innermost(name).is_some_and(|(_, binding)| binding.is_none())
    }

    fn innermost(&self, name: Name) -> Option<&(Name, Option<Binding>)> {
        self.locals.iter().rev().find(|(local, _)| *local == name)
    }

    pub(super) fn parameter(&self, name: Name) -> Option<Parameter> {
        self.parameters
            .iter()
            .rev()
            .find(|parameter| parameter.name == name)
            .copied()
    }

    pub(super) fn new_scope(&mut self, scope: ScopeFact) -> ScopeIdx {
        self.facts.scopes.push(scope);
        ScopeIdx::new(self.facts.scopes.len() as u32 - 1)
    }

    /// Adds an item to the scope here, or to the impl, trait or enum `parent`.
    pub(super) fn add_item(&mut self, mut item: ItemFact) -> ItemIdx {
        let index = ItemIdx::new(self.facts.items.len() as u32);
        let in_scope = item.parent.is_none_or(|parent| !self.holds_members(parent));
        item.scope = self.at.scope;
        self.facts.items.push(item);
        if in_scope {
            self.facts.scopes[self.at.scope.index()].items.push(index);
        }
        index
    }

    fn holds_members(&self, parent: ItemIdx) -> bool {
        matches!(
            self.facts.items[parent.index()].data,
            ItemData::Impl { .. } | ItemData::Trait { .. } | ItemData::Enum { .. }
        )
    }

    /// Whether anybody asks what is named here. Of a file without its bodies only that counts which its macros hand to those
    /// who call them; of what a macro makes also how much it is.
    fn counts_references(&self) -> bool {
        let is_expansion = matches!(self.positions, Positions::Expansion { .. });
        let owner = self.at.owner.map(|owner| self.facts.items[owner.index()].kind);
        self.depth == Depth::Everything || is_expansion || owner == Some(ItemKind::Macro)
    }

    /// Adds a reference at a place, if somebody wrote it.
    pub(super) fn add_reference(&mut self, named: Named, kind: ReferenceKind, place: Located, certainty: Certainty) {
        if place.made || !self.counts_references() {
            return;
        }
        self.code.refs.push(RefFact {
            named,
            kind,
            span: place.span,
            scope: self.at.scope,
            owner: self.at.owner,
            cfg: self.at.cfg,
            exposed: self.at.exposed,
            dev: self.at.dev,
            foreign: place.foreign,
            certainty: if self.at.tentative {
                Certainty::Possible
            } else {
                certainty
            },
        });
    }

    /// Adds a reference by path.
    pub(super) fn add_path_reference(
        &mut self,
        path: PathIdx,
        namespaces: Namespaces,
        kind: ReferenceKind,
        place: Located,
        certainty: Certainty,
    ) {
        let namespaces = match namespaces {
            Namespaces::VALUE if self.at.arguments => Namespaces::VALUE_ELSE_TYPE,
            other => other,
        };
        self.add_reference(Named::Path(path, namespaces), kind, place, certainty);
    }

    pub(super) fn visibility(&mut self, visibility: &syn::Visibility) -> VisibilityFact {
        match visibility {
            syn::Visibility::Public(_) => VisibilityFact::Public,
            syn::Visibility::Inherited => VisibilityFact::Private,
            syn::Visibility::Restricted(restricted) => self.restricted(&restricted.path),
        }
    }

    fn restricted(&mut self, path: &syn::Path) -> VisibilityFact {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let supers = names.iter().take_while(|name| *name == "super").count();
        match names.as_slice() {
            [only] if only == "crate" => VisibilityFact::Crate,
            [only] if only == "self" => VisibilityFact::Private,
            _ if supers > 0 && supers == names.len() => VisibilityFact::Super(supers as u8),
            _ => {
                let path = self.plain_path(path);
                VisibilityFact::In(self.path_id(path))
            }
        }
    }
}

/// The interned name of an identifier, raw or not.
pub(super) fn name_of(ident: &proc_macro2::Ident) -> Name {
    thread_local! {
        /// Every name of every file passes through here: none of them needs a string of its own.
        static TEXT: RefCell<String> = const { RefCell::new(String::new()) };
    }
    TEXT.with_borrow_mut(|text| {
        text.clear();
        write!(text, "{ident}").expect("a string takes any text");
        Name::from(text.strip_prefix("r#").unwrap_or(text))
    })
}

/// An item with nothing but a name and a place.
pub(super) fn plain_item(
    name: Name,
    kind: ItemKind,
    place: Located,
    at: Position,
    visibility: VisibilityFact,
    data: ItemData,
) -> ItemFact {
    ItemFact {
        name,
        kind,
        scope: at.scope,
        parent: at.owner,
        visibility,
        span: place.span,
        cfg: at.cfg,
        dev: at.dev,
        foreign: place.foreign,
        link_name: None,
        data,
    }
}

/// A span of no length, for what has no place.
pub(super) fn nowhere() -> Span {
    Span::default()
}
