//! `use` trees and `extern crate`.

use proc_macro2::Span as LexSpan;

use archguard_invariants::graph::ReferenceKind;

use super::context::{Extractor, name_of};
use crate::facts::model::{Certainty, ImportFact, Name, Namespaces, PathFact, PathStart, VisibilityFact};

/// What all leaves of one `use` share.
struct UseHead {
    global: bool,
    visibility: VisibilityFact,
    /// Among unknown tokens: a reference, but nothing that the scope here declares.
    scanned: bool,
}

/// The names before a leaf.
#[derive(Default)]
struct Prefix {
    names: Vec<(Name, LexSpan)>,
    /// How many of them stand before the innermost group.
    outside_group: usize,
}

impl Prefix {
    fn names(&self) -> Vec<Name> {
        self.names.iter().map(|&(name, _)| name).collect()
    }

    /// Where a leaf begins. Leaves of a group stand apart: `use a::{b, c::d}` has two places, `b` and `c::d`.
    fn start(&self) -> Option<LexSpan> {
        self.names.get(self.outside_group).map(|&(_, span)| span)
    }
}

impl Extractor<'_> {
    pub(super) fn use_item(&mut self, item: &syn::ItemUse) {
        self.within(|this| {
            let annotated = this.facts.annotations.len();
            this.enter_annotated(&item.attrs, item);
            this.enter_attributes(&item.attrs);
            let head = UseHead {
                global: item.leading_colon.is_some(),
                visibility: this.visibility(&item.vis),
                scanned: false,
            };
            let before = this.imports_here().len();
            this.use_tree(&item.tree, &mut Prefix::default(), &head);
            if this.facts.annotations.len() > annotated {
                let imported = this.imports_here()[before..].iter();
                let names: Vec<Name> = imported.filter_map(|import| import.name).collect();
                this.annotations_are_on_imports(annotated, &names);
            }
        });
    }

    fn imports_here(&self) -> &[ImportFact] {
        &self.facts.scopes[self.at.scope.index()].imports
    }

    /// A `use` among unknown tokens.
    pub(super) fn scanned_use(&mut self, item: &syn::ItemUse) {
        let head = UseHead {
            global: item.leading_colon.is_some(),
            visibility: VisibilityFact::Private,
            scanned: true,
        };
        self.use_tree(&item.tree, &mut Prefix::default(), &head);
    }

    fn use_tree(&mut self, tree: &syn::UseTree, prefix: &mut Prefix, head: &UseHead) {
        match tree {
            syn::UseTree::Path(path) => {
                prefix.names.push((name_of(&path.ident), path.ident.span()));
                self.use_tree(&path.tree, prefix, head);
                prefix.names.pop();
            }
            syn::UseTree::Group(group) => {
                let around = std::mem::replace(&mut prefix.outside_group, prefix.names.len());
                group.items.iter().for_each(|tree| self.use_tree(tree, prefix, head));
                prefix.outside_group = around;
            }
            syn::UseTree::Name(name) => {
                let own = name_of(&name.ident);
                self.use_leaf(prefix, own, name.ident.span(), Some(own), head);
            }
            syn::UseTree::Rename(rename) => {
                let alias = name_of(&rename.rename);
                let alias = (alias != "_").then_some(alias);
                self.use_leaf(prefix, name_of(&rename.ident), rename.ident.span(), alias, head);
            }
            syn::UseTree::Glob(glob) => {
                use syn::spanned::Spanned;
                let place = (prefix.start().unwrap_or_else(|| glob.span()), glob.span());
                self.add_import(prefix.names(), None, place, head, true, false);
            }
        }
    }

    fn use_leaf(&mut self, prefix: &Prefix, name: Name, span: LexSpan, alias: Option<Name>, head: &UseHead) {
        let mut names = prefix.names();
        // `a::b::{self}` imports `b`, in the type namespace alone.
        let is_self = name == "self" && !names.is_empty();
        let alias = if is_self {
            alias.map(|alias| if alias == "self" { names[names.len() - 1] } else { alias })
        } else {
            alias
        };
        if !is_self {
            names.push(name);
        }
        let place = (prefix.start().unwrap_or(span), span);
        self.add_import(names, alias, place, head, false, is_self);
    }

    fn add_import(
        &mut self,
        names: Vec<Name>,
        name: Option<Name>,
        (first, last): (LexSpan, LexSpan),
        head: &UseHead,
        glob: bool,
        types_only: bool,
    ) {
        let path = self.classified(names, head.global);
        let path = self.path_id(path);
        let place = self.positions.locate_between(first, last);
        if head.scanned {
            let namespaces = if glob || types_only {
                Namespaces::TYPE
            } else {
                Namespaces::ALL
            };
            self.add_path_reference(path, namespaces, ReferenceKind::Import, place, Certainty::Possible);
            return;
        }
        let import = ImportFact {
            path,
            name,
            glob,
            types_only,
            extern_crate: false,
            macro_use: false,
            visibility: head.visibility.clone(),
            span: place.span,
            cfg: self.at.cfg,
            dev: self.at.dev,
            foreign: place.foreign,
            owner: self.at.owner,
        };
        self.facts.scopes[self.at.scope.index()].imports.push(import);
    }

    pub(super) fn extern_crate(&mut self, item: &syn::ItemExternCrate) {
        self.within(|this| {
            this.enter_attributes(&item.attrs);
            let own = name_of(&item.ident);
            let alias = item.rename.as_ref().map_or(own, |(_, alias)| name_of(alias));
            let fact = if own == "self" {
                PathFact {
                    start: PathStart::Crate,
                    segments: Box::default(),
                    of_type: None,
                }
            } else {
                PathFact {
                    start: PathStart::Global,
                    segments: [own].into(),
                    of_type: None,
                }
            };
            let path = this.path_id(fact);
            let place = this.locate(item.ident.span());
            let import = ImportFact {
                path,
                name: (alias != "_").then_some(alias),
                glob: false,
                types_only: true,
                extern_crate: true,
                macro_use: item
                    .attrs
                    .iter()
                    .any(|attribute| attribute.path().is_ident("macro_use")),
                visibility: this.visibility(&item.vis),
                span: place.span,
                cfg: this.at.cfg,
                dev: this.at.dev,
                foreign: place.foreign,
                owner: this.at.owner,
            };
            this.facts.scopes[this.at.scope.index()].imports.push(import);
        });
    }
}
