//! Structs, enums, traits and impls: items that hold others.

use archguard_invariants::graph::{ItemKind, ReferenceKind};
use quote::ToTokens;

use super::context::{Extractor, name_of, plain_item};
use super::items::type_parameter_names;
use crate::facts::model::{Certainty, ItemData, ItemIdx, Name, Named, Namespaces, TypeFact, TypeIdx, VisibilityFact};

type Head<'s> = (
    &'s [syn::Attribute],
    &'s syn::Visibility,
    &'s syn::Ident,
    &'s syn::Generics,
);

impl Extractor<'_> {
    pub(super) fn structure(&mut self, kind: ItemKind, head: Head<'_>, fields: &syn::Fields) {
        let (attributes, visibility, ident, generics) = head;
        self.enter_item_attributes(attributes);
        let visibility = self.visibility(visibility);
        let index = self.begin(ident, kind, visibility, ItemData::None);
        let derives = self
            .exposing(true, |this| this.attribute_references(attributes))
            .derives;
        let mark = self.parameters.len();
        self.exposing(true, |this| this.enter_generics(generics));
        let fields_read = self.fields(fields, false);
        self.parameters.truncate(mark);
        self.facts.items[index.index()].data = ItemData::Fields {
            fields: fields_read,
            constructor: !matches!(fields, syn::Fields::Named(_)),
            generics: type_parameter_names(generics),
            derives,
        };
    }

    /// Field names and types; a private field's type is no interface.
    fn fields(&mut self, fields: &syn::Fields, all_visible: bool) -> Vec<(Name, TypeIdx)> {
        let mut read = Vec::new();
        for (index, field) in fields.iter().enumerate() {
            let name = field
                .ident
                .as_ref()
                .map_or_else(|| Name::from(&index.to_string()), name_of);
            let visible = all_visible || !matches!(field.vis, syn::Visibility::Inherited);
            let ty = self.within(|this| {
                this.enter_attributes(&field.attrs);
                this.exposing(visible, |this| this.ty(&field.ty))
            });
            read.push((name, ty));
        }
        read
    }

    pub(super) fn enumeration(&mut self, item: &syn::ItemEnum) {
        self.enter_item_attributes(&item.attrs);
        let visibility = self.visibility(&item.vis);
        let data = ItemData::Enum {
            generics: Box::default(),
            derives: Vec::new(),
        };
        let index = self.begin(&item.ident, ItemKind::Enum, visibility, data);
        let derives = self
            .exposing(true, |this| this.attribute_references(&item.attrs))
            .derives;
        let mark = self.parameters.len();
        self.exposing(true, |this| this.enter_generics(&item.generics));
        self.facts.items[index.index()].data = ItemData::Enum {
            generics: type_parameter_names(&item.generics),
            derives,
        };
        for variant in &item.variants {
            self.within(|this| this.variant(variant));
        }
        self.parameters.truncate(mark);
    }

    fn variant(&mut self, variant: &syn::Variant) {
        self.enter_item_attributes(&variant.attrs);
        let data = ItemData::None;
        let index = self.begin(&variant.ident, ItemKind::Variant, VisibilityFact::Inherited, data);
        self.attribute_references(&variant.attrs);
        let fields = self.fields(&variant.fields, true);
        if let Some((_, value)) = &variant.discriminant {
            self.expression(value);
        }
        self.facts.items[index.index()].data = ItemData::Fields {
            fields,
            constructor: !matches!(variant.fields, syn::Fields::Named(_)),
            generics: Box::default(),
            derives: Vec::new(),
        };
    }

    pub(super) fn trait_item(&mut self, item: &syn::ItemTrait) {
        self.enter_item_attributes(&item.attrs);
        let visibility = self.visibility(&item.vis);
        let data = ItemData::Trait {
            supertraits: Vec::new(),
            is_unsafe: false,
        };
        let index = self.begin(&item.ident, ItemKind::Trait, visibility, data);
        self.exposing(true, |this| this.attribute_references(&item.attrs));
        let mark = self.parameters.len();
        let supertraits = self.exposing(true, |this| {
            this.enter_generics(&item.generics);
            item.supertraits
                .iter()
                .filter_map(|bound| this.bound(bound))
                .map(|(path, _)| path)
                .collect()
        });
        self.facts.items[index.index()].data = ItemData::Trait {
            supertraits,
            is_unsafe: item.unsafety.is_some(),
        };
        let calls = item.items.iter().filter_map(|member| match member {
            syn::TraitItem::Macro(member) => Some(&member.mac),
            _ => None,
        });
        self.enter_around(calls, || item.to_token_stream());
        for member in &item.items {
            self.within(|this| this.trait_member(member));
        }
        self.parameters.truncate(mark);
    }

    fn trait_member(&mut self, member: &syn::TraitItem) {
        match member {
            syn::TraitItem::Fn(member) => {
                self.enter_annotated(&member.attrs, member);
                self.enter_item_attributes(&member.attrs);
                let index = self.begin(
                    &member.sig.ident,
                    ItemKind::Method,
                    VisibilityFact::Inherited,
                    ItemData::None,
                );
                self.attribute_references(&member.attrs);
                self.signature_and_body(index, &member.sig, member.default.as_ref());
            }
            syn::TraitItem::Const(member) => {
                self.enter_annotated(&member.attrs, member);
                let head = (&*member.attrs, &member.ident, &member.generics);
                let value = member.default.as_ref().map(|(_, value)| value);
                self.associated(
                    ItemKind::AssociatedConstant,
                    head,
                    VisibilityFact::Inherited,
                    Some(&member.ty),
                    value,
                );
            }
            syn::TraitItem::Type(member) => {
                self.enter_annotated(&member.attrs, member);
                let head = (&*member.attrs, &member.ident, &member.generics);
                let default = member.default.as_ref().map(|(_, ty)| ty);
                self.associated(ItemKind::AssociatedType, head, VisibilityFact::Inherited, default, None);
                self.exposing(true, |this| this.bounds(&member.bounds));
            }
            syn::TraitItem::Macro(member) => self.member_macro(&member.attrs, &member.mac),
            syn::TraitItem::Verbatim(tokens) => self.scan_tokens(tokens.clone()),
            _ => {}
        }
    }

    fn associated(
        &mut self,
        kind: ItemKind,
        (attributes, ident, generics): (&[syn::Attribute], &syn::Ident, &syn::Generics),
        visibility: VisibilityFact,
        ty: Option<&syn::Type>,
        value: Option<&syn::Expr>,
    ) {
        self.enter_item_attributes(attributes);
        let index = self.begin(ident, kind, visibility, ItemData::None);
        self.attribute_references(attributes);
        let mark = self.parameters.len();
        let ty = self.exposing(true, |this| {
            this.enter_generics(generics);
            ty.map(|ty| this.ty(ty))
        });
        self.facts.items[index.index()].data = ItemData::Typed {
            ty,
            generics: type_parameter_names(generics),
            defaults: Box::default(),
        };
        if let Some(value) = value {
            self.exposing(true, |this| this.expression(value));
        }
        self.parameters.truncate(mark);
    }

    pub(super) fn impl_item(&mut self, item: &syn::ItemImpl) {
        use syn::spanned::Spanned;
        self.enter_item_attributes(&item.attrs);
        let place = self.locate(item.self_ty.span());
        // The item comes first, so that what its header names has an owner; its data follow.
        let placeholder = self.type_id(TypeFact::Other);
        let data = ItemData::Impl {
            of_trait: None,
            self_type: placeholder,
            is_unsafe: item.unsafety.is_some(),
        };
        let fact = plain_item(
            Name::from(""),
            ItemKind::Impl,
            place,
            self.at,
            VisibilityFact::Inherited,
            data,
        );
        let index = self.add_item(fact);
        self.at.owner = Some(index);
        self.attribute_references(&item.attrs);
        let mark = self.parameters.len();
        let (of_trait, self_type) = self.exposing(true, |this| {
            this.enter_generics(&item.generics);
            let of_trait = item
                .trait_
                .as_ref()
                .map(|(path, _)| this.trait_reference(path, ReferenceKind::Impl).0);
            (of_trait, this.self_type(&item.self_ty))
        });
        self.facts.items[index.index()].data = ItemData::Impl {
            of_trait,
            self_type,
            is_unsafe: item.unsafety.is_some(),
        };
        let calls = item.items.iter().filter_map(|member| match member {
            syn::ImplItem::Macro(member) => Some(&member.mac),
            _ => None,
        });
        self.enter_around(calls, || item.to_token_stream());
        for member in &item.items {
            self.within(|this| this.impl_member(member, of_trait.is_some()));
        }
        self.parameters.truncate(mark);
    }

    /// The self type of an impl is a reference of its own kind.
    fn self_type(&mut self, ty: &syn::Type) -> TypeIdx {
        let before = self.code.refs.len();
        let index = self.ty(ty);
        if let TypeFact::Path(path, _) = self.facts.types[index.index()] {
            let own = self.code.refs[before..].iter_mut().find(|reference| {
                matches!(reference.named, Named::Path(named, Namespaces::TYPE) if named == path)
                    && reference.certainty == Certainty::Certain
            });
            if let Some(own) = own {
                own.kind = ReferenceKind::Impl;
            }
        }
        index
    }

    pub(super) fn impl_member(&mut self, member: &syn::ImplItem, of_trait: bool) {
        let inherited = |this: &mut Self, visibility: &syn::Visibility| {
            if of_trait {
                VisibilityFact::Inherited
            } else {
                this.visibility(visibility)
            }
        };
        match member {
            syn::ImplItem::Fn(member) => {
                self.enter_annotated(&member.attrs, member);
                self.enter_item_attributes(&member.attrs);
                let visibility = inherited(self, &member.vis);
                let index = self.begin(&member.sig.ident, ItemKind::Method, visibility, ItemData::None);
                let found = self.attribute_references(&member.attrs);
                self.link_names(index, &found, &member.sig.ident, false);
                self.signature_and_body(index, &member.sig, Some(&member.block));
            }
            syn::ImplItem::Const(member) => {
                self.enter_annotated(&member.attrs, member);
                let visibility = inherited(self, &member.vis);
                let head = (&*member.attrs, &member.ident, &member.generics);
                let (ty, value) = (Some(&member.ty), Some(&member.expr));
                self.associated(ItemKind::AssociatedConstant, head, visibility, ty, value);
            }
            syn::ImplItem::Type(member) => {
                self.enter_annotated(&member.attrs, member);
                let visibility = inherited(self, &member.vis);
                let head = (&*member.attrs, &member.ident, &member.generics);
                self.associated(ItemKind::AssociatedType, head, visibility, Some(&member.ty), None);
            }
            syn::ImplItem::Macro(member) => self.member_macro(&member.attrs, &member.mac),
            syn::ImplItem::Verbatim(tokens) => self.scan_tokens(tokens.clone()),
            _ => {}
        }
    }

    /// The item that holds members here, if any.
    pub(super) fn container(&self) -> Option<ItemIdx> {
        self.at.owner.filter(|owner| {
            matches!(
                self.facts.items[owner.index()].data,
                ItemData::Impl { .. } | ItemData::Trait { .. }
            )
        })
    }
}
