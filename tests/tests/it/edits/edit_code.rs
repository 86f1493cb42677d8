//! Edits of what stands in files.

use super::code::{Level, Piece, Way, change_word, list, lists};
use super::draws::Draws;
use super::edit::Kind;
use super::shop::Shop;

/// Attributes that come and go.
const ATTRIBUTES: [&str; 9] = [
    "#[cfg(test)]",
    "#[cfg(feature = \"more\")]",
    "#[cfg(windows)]",
    "#[cfg(unix)]",
    "#[deprecated]",
    "#[allow(dead_code)]",
    "#[test]",
    "#[macro_use]",
    "#[derive(Clone, Debug)]",
];

pub(super) fn apply(kind: Kind, shop: &mut Shop, draws: &mut Draws) {
    let is_body = |level: Level| level == Level::Body;
    match kind {
        Kind::AddStatement => add(shop, &is_body, draws),
        Kind::AddItem => add(shop, &|level| !is_body(level), draws),
        Kind::ReplaceStatement => replace(shop, &is_body, draws),
        Kind::ReplaceItem => replace(shop, &|level| !is_body(level), draws),
        Kind::RemoveStatement => drop(take(shop, &is_body, draws)),
        Kind::RemoveItem => drop(take(shop, &|level| !is_body(level), draws)),
        Kind::MovePiece => move_piece(shop, draws),
        Kind::Word => word(shop, draws),
        Kind::Attribute => {
            let attribute = draws.in_hundred(60).then(|| *draws.one(&ATTRIBUTES));
            with_piece(shop, draws, |piece| piece.attribute = attribute);
        }
        _ => {
            let is_public = draws.in_hundred(50);
            with_piece(shop, draws, |piece| change_visibility(piece, is_public));
        }
    }
}

/// The lists of pieces of these levels in all files.
fn places(shop: &Shop, wanted: &dyn Fn(Level) -> bool) -> Vec<(String, Level, Way)> {
    let of_file = |(path, pieces): (&String, &Vec<Piece>)| {
        let lists = lists(pieces).into_iter().filter(|(level, _)| wanted(*level));
        let lists: Vec<_> = lists.map(|(level, way)| (path.clone(), level, way)).collect();
        lists
    };
    shop.code().flat_map(of_file).collect()
}

fn add(shop: &mut Shop, wanted: &dyn Fn(Level) -> bool, draws: &mut Draws) {
    if let Some((path, level, way)) = draws.some(&places(shop, wanted)).cloned() {
        let list = list(shop.code_mut(&path), &way);
        let at = draws.below(list.len() + 1);
        list.insert(at, Piece::random(level, draws));
    }
}

/// A random piece with its place; never a `mod name;`, which is the business of those who move files.
fn any_piece(
    shop: &mut Shop,
    wanted: &dyn Fn(Level) -> bool,
    draws: &mut Draws,
) -> Option<(String, Level, Way, usize)> {
    let mut found = Vec::new();
    for (path, level, way) in places(shop, wanted) {
        let list = list(shop.code_mut(&path), &way);
        let free = (0..list.len()).filter(|&index| list[index].module().is_none());
        found.extend(free.map(|index| (path.clone(), level, way.clone(), index)));
    }
    draws.some(&found).cloned()
}

fn replace(shop: &mut Shop, wanted: &dyn Fn(Level) -> bool, draws: &mut Draws) {
    if let Some((path, level, way, index)) = any_piece(shop, wanted, draws) {
        list(shop.code_mut(&path), &way)[index] = Piece::random(level, draws);
    }
}

fn take(shop: &mut Shop, wanted: &dyn Fn(Level) -> bool, draws: &mut Draws) -> Option<(Level, Piece)> {
    let (path, level, way, index) = any_piece(shop, wanted, draws)?;
    Some((level, list(shop.code_mut(&path), &way).remove(index)))
}

fn move_piece(shop: &mut Shop, draws: &mut Draws) {
    if let Some((level, piece)) = take(shop, &|_| true, draws) {
        let (path, _, way) = draws.one(&places(shop, &|other| other == level)).clone();
        let list = list(shop.code_mut(&path), &way);
        let at = draws.below(list.len() + 1);
        list.insert(at, piece);
    }
}

fn word(shop: &mut Shop, draws: &mut Draws) {
    let paths: Vec<String> = shop.code().map(|(path, _)| path.clone()).collect();
    if let Some(path) = draws.some(&paths) {
        change_word(shop.code_mut(path), draws);
    }
}

fn with_piece(shop: &mut Shop, draws: &mut Draws, change: impl FnOnce(&mut Piece)) {
    if let Some((path, _, way, index)) = any_piece(shop, &|level| level != Level::Body, draws) {
        change(&mut list(shop.code_mut(&path), &way)[index]);
    }
}

fn change_visibility(piece: &mut Piece, is_public: bool) {
    let bare = ["pub(crate) ", "pub "]
        .into_iter()
        .find_map(|visibility| piece.head.strip_prefix(visibility));
    let can_have = [
        "fn ", "struct ", "enum ", "use ", "type ", "const ", "static ", "mod ", "trait ", "async ",
    ];
    if let Some(bare) = bare {
        piece.head = bare.to_owned();
    } else if can_have.iter().any(|word| piece.head.starts_with(word)) {
        let visibility = if is_public { "pub" } else { "pub(crate)" };
        piece.head = format!("{visibility} {}", piece.head);
    }
}
