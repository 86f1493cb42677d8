//! One edit: what kind, and the number that decides the rest.

use proptest::prelude::*;

use super::disk::Time;
use super::draws::Draws;
use super::shop::Shop;
use super::{edit_code, edit_files, edit_packages};

/// A kind of edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    AddStatement,
    ReplaceStatement,
    RemoveStatement,
    AddItem,
    ReplaceItem,
    RemoveItem,
    MovePiece,
    /// Another word of the same length somewhere.
    Word,
    Attribute,
    Visibility,
    AddModule,
    RemoveModule,
    MoveModule,
    /// `name.rs` becomes `name/mod.rs`, or the other way.
    TurnModule,
    /// With `#[path]`.
    ModuleElsewhere,
    /// A file that lies in no module tree, or is a target of its own.
    AddFile,
    RemoveFile,
    RenameFile,
    SecondFile,
    LinkFile,
    DamageFile,
    /// The same once more.
    Touch,
    /// What a build script would have written.
    Generate,
    Manifest,
    StaleManifest,
    DamageManifest,
    Policy,
    DamagePolicy,
}

/// One edit.
#[derive(Debug, Clone)]
pub(super) struct Edit {
    pub(super) kind: Kind,
    pub(super) time: Time,
    /// Whether somebody looks before the next edit.
    pub(super) is_seen: bool,
    pub(super) seed: u64,
}

/// Any edit; the everyday ones most.
pub(super) fn edits() -> impl Strategy<Value = Edit> {
    let kinds = prop_oneof![
        14 => Just(Kind::AddStatement),
        9 => Just(Kind::ReplaceStatement),
        6 => Just(Kind::RemoveStatement),
        7 => Just(Kind::AddItem),
        4 => Just(Kind::ReplaceItem),
        4 => Just(Kind::RemoveItem),
        4 => Just(Kind::MovePiece),
        12 => Just(Kind::Word),
        3 => Just(Kind::Attribute),
        3 => Just(Kind::Visibility),
        3 => Just(Kind::AddModule),
        2 => Just(Kind::RemoveModule),
        3 => Just(Kind::MoveModule),
        3 => Just(Kind::TurnModule),
        2 => Just(Kind::ModuleElsewhere),
        5 => Just(Kind::AddFile),
        1 => Just(Kind::RemoveFile),
        1 => Just(Kind::RenameFile),
        4 => Just(Kind::SecondFile),
        5 => Just(Kind::LinkFile),
        1 => Just(Kind::DamageFile),
        2 => Just(Kind::Touch),
        5 => Just(Kind::Generate),
        5 => Just(Kind::Manifest),
        1 => Just(Kind::StaleManifest),
        1 => Just(Kind::DamageManifest),
        6 => Just(Kind::Policy),
        1 => Just(Kind::DamagePolicy),
    ];
    let times = prop_oneof![Just(Time::True), Just(Time::Old), Just(Time::SetBack)];
    let seed = any::<u64>().no_shrink();
    (kinds.no_shrink(), times, prop::bool::weighted(0.85), seed).prop_map(|(kind, time, is_seen, seed)| Edit {
        kind,
        time,
        is_seen,
        seed,
    })
}

/// Edits of code alone, each seen, and old enough to be told by their times: what stands elsewhere is taken over.
pub(super) fn edits_of_code() -> impl Strategy<Value = Edit> {
    let kinds = prop_oneof![
        4 => Just(Kind::AddStatement),
        3 => Just(Kind::ReplaceStatement),
        4 => Just(Kind::AddItem),
        4 => Just(Kind::ReplaceItem),
        4 => Just(Kind::RemoveItem),
        2 => Just(Kind::MovePiece),
        8 => Just(Kind::Word),
        2 => Just(Kind::Attribute),
        4 => Just(Kind::Visibility),
    ];
    let seed = any::<u64>().no_shrink();
    (kinds.no_shrink(), seed).prop_map(|(kind, seed)| Edit {
        kind,
        time: Time::Old,
        is_seen: true,
        seed,
    })
}

impl Edit {
    /// Edits; the path of a file that is to be written once more.
    pub(super) fn apply(&self, shop: &mut Shop) -> Option<String> {
        let touched = self.change(shop);
        shop.take_away_circles();
        touched
    }

    fn change(&self, shop: &mut Shop) -> Option<String> {
        let draws = &mut Draws::of(self.seed);
        // What cannot be read whole is never kept: it does not last.
        if draws.in_hundred(80) {
            shop.mend();
        }
        match self.kind {
            Kind::AddStatement
            | Kind::ReplaceStatement
            | Kind::RemoveStatement
            | Kind::AddItem
            | Kind::ReplaceItem
            | Kind::RemoveItem
            | Kind::MovePiece
            | Kind::Word
            | Kind::Attribute
            | Kind::Visibility => edit_code::apply(self.kind, shop, draws),
            Kind::Touch => return edit_files::any_file(shop, draws),
            Kind::Manifest | Kind::StaleManifest | Kind::DamageManifest | Kind::Policy | Kind::DamagePolicy => {
                edit_packages::apply(self.kind, shop, draws);
            }
            _ => edit_files::apply(self.kind, shop, draws),
        }
        None
    }
}
