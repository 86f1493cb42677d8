//! Items: what a scope declares.

use archguard_invariants::graph::ItemKind;
use quote::ToTokens;

use super::attributes::ItemAttributes;
use super::context::{Extractor, name_of, plain_item};
use super::entry::Depth;
use crate::facts::model::{ItemData, ItemIdx, Name, ScopeFact, TypeIdx, VisibilityFact};

impl Extractor<'_> {
    /// One item, wherever it stands.
    pub(super) fn item(&mut self, item: &syn::Item) {
        match item {
            syn::Item::Use(item) => self.use_item(item),
            syn::Item::ExternCrate(item) => self.extern_crate(item),
            syn::Item::Verbatim(tokens) => self.verbatim_item(tokens),
            other => self.isolated(|this| {
                this.enter_annotated(attributes_of(other), other);
                this.own_item(other);
            }),
        }
    }

    /// Items do not see the locals and type parameters around them.
    fn isolated(&mut self, work: impl FnOnce(&mut Self)) {
        let locals = std::mem::take(&mut self.locals);
        let parameters = std::mem::take(&mut self.parameters);
        self.within(|this| {
            this.at.closure = None;
            this.at.macro_call = None;
            work(this);
        });
        self.locals = locals;
        self.parameters = parameters;
    }

    fn own_item(&mut self, item: &syn::Item) {
        match item {
            syn::Item::Fn(item) => self.function(&item.attrs, &item.vis, &item.sig, Some(&item.block)),
            syn::Item::Mod(item) => self.module(item),
            syn::Item::Struct(item) => {
                let head = (&*item.attrs, &item.vis, &item.ident, &item.generics);
                self.structure(ItemKind::Struct, head, &item.fields);
            }
            syn::Item::Union(item) => {
                let head = (&*item.attrs, &item.vis, &item.ident, &item.generics);
                self.structure(ItemKind::Union, head, &syn::Fields::Named(item.fields.clone()));
            }
            syn::Item::Enum(item) => self.enumeration(item),
            syn::Item::Trait(item) => self.trait_item(item),
            syn::Item::TraitAlias(item) => {
                self.enter_item_attributes(&item.attrs);
                let visibility = self.visibility(&item.vis);
                self.begin(
                    &item.ident,
                    ItemKind::Trait,
                    visibility,
                    ItemData::Trait {
                        supertraits: Vec::new(),
                        is_unsafe: false,
                    },
                );
                self.attribute_references(&item.attrs);
                self.exposing(true, |this| {
                    this.enter_generics(&item.generics);
                    this.bounds(&item.bounds);
                });
            }
            syn::Item::Impl(item) => self.impl_item(item),
            syn::Item::Type(item) => {
                let head = (&*item.attrs, &item.vis, &item.ident, Some(&item.generics));
                self.typed(ItemKind::TypeAlias, head, &item.ty, None);
            }
            syn::Item::Const(item) => {
                let head = (&*item.attrs, &item.vis, &item.ident, Some(&item.generics));
                self.typed(ItemKind::Constant, head, &item.ty, Some(&item.expr));
            }
            syn::Item::Static(item) => {
                let head = (&*item.attrs, &item.vis, &item.ident, None);
                self.typed(ItemKind::Static, head, &item.ty, Some(&item.expr));
            }
            syn::Item::ForeignMod(item) => self.foreign_block(item),
            syn::Item::Macro(item) => self.item_macro(item),
            _ => {}
        }
    }

    /// Adds an item and makes it the owner of what follows.
    pub(super) fn begin(
        &mut self,
        ident: &syn::Ident,
        kind: ItemKind,
        visibility: VisibilityFact,
        data: ItemData,
    ) -> ItemIdx {
        let place = self.locate(ident.span());
        let item = plain_item(name_of(ident), kind, place, self.at, visibility, data);
        let index = self.add_item(item);
        self.at.owner = Some(index);
        index
    }

    /// A free function; `block` is none for declarations without a body.
    pub(super) fn function(
        &mut self,
        attributes: &[syn::Attribute],
        visibility: &syn::Visibility,
        signature: &syn::Signature,
        block: Option<&syn::Block>,
    ) {
        self.enter_item_attributes(attributes);
        let visibility = self.visibility(visibility);
        let index = self.begin(&signature.ident, ItemKind::Function, visibility, ItemData::None);
        let found = self.attribute_references(attributes);
        self.link_names(index, &found, &signature.ident, false);
        self.signature_and_body(index, signature, block);
        self.proc_macro(index, &found);
    }

    /// The function behind `#[proc_macro]` and its like declares a macro of the crate root as well.
    fn proc_macro(&mut self, function: ItemIdx, found: &ItemAttributes) {
        let Some((kind, name)) = found.proc_macro else { return };
        let declared = &self.facts.items[function.index()];
        let item = crate::facts::model::ItemFact {
            name: name.unwrap_or(declared.name),
            kind,
            scope: declared.scope,
            parent: None,
            visibility: VisibilityFact::Public,
            span: declared.span,
            cfg: declared.cfg,
            dev: declared.dev,
            foreign: declared.foreign,
            link_name: None,
            data: ItemData::None,
        };
        self.add_item(item);
    }

    pub(super) fn link_names(&mut self, index: ItemIdx, found: &ItemAttributes, ident: &syn::Ident, foreign: bool) {
        let own = (foreign || found.no_mangle).then(|| name_of(ident));
        self.facts.items[index.index()].link_name = found.link_name.or(own);
    }

    /// Signature as interface, body as code, of the item that has just begun.
    pub(super) fn signature_and_body(
        &mut self,
        index: ItemIdx,
        signature: &syn::Signature,
        block: Option<&syn::Block>,
    ) {
        let mark = self.parameters.len();
        let (parameters, returns, has_self) = self.exposing(true, |this| this.signature(signature));
        let generics = type_parameter_names(&signature.generics);
        let is_async = signature.asyncness.is_some();
        self.facts.items[index.index()].data = ItemData::Function {
            parameters: parameters.clone(),
            returns,
            is_async,
            is_unsafe: matches!(signature.safety, syn::Safety::Unsafe(_)),
            has_self,
            generics,
        };
        if let Some(block) = block
            && self.depth == Depth::Everything
        {
            self.block_of_locals(|this| {
                this.bind_parameters(signature, &parameters);
                this.exposing(false, |this| this.block(block));
            });
        }
        self.parameters.truncate(mark);
    }

    fn signature(&mut self, signature: &syn::Signature) -> (Vec<TypeIdx>, Option<TypeIdx>, bool) {
        self.enter_generics(&signature.generics);
        let mut parameters = Vec::new();
        let mut has_self = false;
        for input in &signature.inputs {
            match input {
                syn::FnArg::Receiver(receiver) => {
                    has_self = true;
                    if let syn::ReceiverKind::Typed(_, ty) = &receiver.kind {
                        self.ty(ty);
                    }
                }
                syn::FnArg::Typed(typed) => {
                    let ty = self.within(|this| {
                        this.enter_attributes(&typed.attrs);
                        this.ty(&typed.ty)
                    });
                    parameters.push(ty);
                }
            }
        }
        let returns = self.return_type(&signature.output);
        (parameters, returns, has_self)
    }

    fn module(&mut self, item: &syn::ItemMod) {
        self.enter_item_attributes(&item.attrs);
        let visibility = self.visibility(&item.vis);
        let data = ItemData::Module {
            inline: None,
            paths: Vec::new(),
            macro_use: false,
            attributes: (0, 0),
        };
        let owner = self.at.owner;
        let index = self.begin(&item.ident, ItemKind::Module, visibility, data);
        self.at.owner = owner;
        let first = self.code.refs.len() as u32;
        let annotated = self.facts.annotations.len();
        let found = self.attribute_references(&item.attrs);
        self.annotations_are_on(annotated, index);
        self.at.annotated = None;
        let attributes = (first, self.code.refs.len() as u32);
        let inline = item.content.as_ref().map(|(_, items)| {
            let scope = ScopeFact {
                parent: Some(self.at.scope),
                ..ScopeFact::default()
            };
            self.at.scope = self.new_scope(scope);
            self.at.owner = None;
            let scope = self.at.scope;
            for item in items {
                self.item(item);
            }
            scope
        });
        self.facts.items[index.index()].data = ItemData::Module {
            inline,
            paths: found.paths,
            macro_use: found.macro_use,
            attributes,
        };
    }

    /// A constant, static or alias.
    pub(super) fn typed(
        &mut self,
        kind: ItemKind,
        head: (&[syn::Attribute], &syn::Visibility, &syn::Ident, Option<&syn::Generics>),
        ty: &syn::Type,
        value: Option<&syn::Expr>,
    ) {
        let (attributes, visibility, ident, generics) = head;
        self.enter_item_attributes(attributes);
        let visibility = self.visibility(visibility);
        let index = self.begin(ident, kind, visibility, ItemData::None);
        let found = self.attribute_references(attributes);
        self.link_names(index, &found, ident, false);
        let mark = self.parameters.len();
        let ty = self.exposing(true, |this| {
            if let Some(generics) = generics {
                this.enter_generics(generics);
            }
            this.ty(ty)
        });
        let names = generics.map(type_parameter_names).unwrap_or_default();
        let defaults = self.defaults_of(&names, mark);
        self.facts.items[index.index()].data = ItemData::Typed {
            ty: Some(ty),
            generics: names,
            defaults,
        };
        if let Some(value) = value
            && (self.depth == Depth::Everything || ident == "_")
        {
            self.exposing(true, |this| this.expression(value));
        }
        self.parameters.truncate(mark);
    }

    fn foreign_block(&mut self, block: &syn::ItemForeignMod) {
        self.enter_item_attributes(&block.attrs);
        self.attribute_references(&block.attrs);
        let calls = block.items.iter().filter_map(|item| match item {
            syn::ForeignItem::Macro(item) => Some(&item.mac),
            _ => None,
        });
        self.enter_around(calls, || block.to_token_stream());
        for item in &block.items {
            self.within(|this| this.foreign_item(item));
        }
    }

    fn foreign_item(&mut self, item: &syn::ForeignItem) {
        match item {
            syn::ForeignItem::Fn(item) => {
                self.enter_annotated(&item.attrs, item);
                self.function(&item.attrs, &item.vis, &item.sig, None);
                self.mark_foreign(&item.sig.ident, matches!(item.sig.safety, syn::Safety::Safe(_)));
            }
            syn::ForeignItem::Static(item) => {
                self.enter_annotated(&item.attrs, item);
                self.typed(
                    ItemKind::Static,
                    (&item.attrs, &item.vis, &item.ident, None),
                    &item.ty,
                    None,
                );
                self.mark_foreign(&item.ident, false);
            }
            syn::ForeignItem::Type(item) => {
                self.enter_item_attributes(&item.attrs);
                let visibility = self.visibility(&item.vis);
                let data = ItemData::Typed {
                    ty: None,
                    generics: Box::default(),
                    defaults: Box::default(),
                };
                self.begin(&item.ident, ItemKind::TypeAlias, visibility, data);
            }
            syn::ForeignItem::Macro(item) => {
                let path = self.invocation(&item.mac);
                self.note_invocation(path, &item.mac);
            }
            syn::ForeignItem::Verbatim(tokens) => self.scan_tokens(tokens.clone()),
            _ => {}
        }
    }

    /// A foreign item's link name is its own unless it says otherwise, and it names the item behind it.
    fn mark_foreign(&mut self, ident: &syn::Ident, safe: bool) {
        let Some(owner) = self.at.owner else { return };
        let item = &mut self.facts.items[owner.index()];
        item.link_name.get_or_insert_with(|| name_of(ident));
        if let ItemData::Function { is_unsafe, .. } = &mut item.data {
            *is_unsafe = !safe;
        }
        self.facts.foreign_items.push(owner);
    }

    /// Items that the parser keeps as tokens: what they declare is not known, what they name is.
    fn verbatim_item(&mut self, tokens: &proc_macro2::TokenStream) {
        if !self.decl_macro(tokens) {
            self.scan_tokens(tokens.clone());
        }
    }
}

fn attributes_of(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Union(item) => &item.attrs,
        syn::Item::Enum(item) => &item.attrs,
        syn::Item::Trait(item) => &item.attrs,
        syn::Item::TraitAlias(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Type(item) => &item.attrs,
        syn::Item::Const(item) => &item.attrs,
        syn::Item::Static(item) => &item.attrs,
        syn::Item::ForeignMod(item) => &item.attrs,
        syn::Item::Macro(item) => &item.attrs,
        _ => &[],
    }
}

/// The names of the type parameters.
pub(super) fn type_parameter_names(generics: &syn::Generics) -> Box<[Name]> {
    generics
        .type_params()
        .map(|parameter| name_of(&parameter.ident))
        .collect()
}
