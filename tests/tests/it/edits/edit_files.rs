//! Edits that add, move and remove files.

use super::code::Piece;
use super::draws::Draws;
use super::edit::Kind;
use super::packages::PACKAGES;
use super::shop::{DAMAGE, File, Shop, files_of_module, joined};
use super::templates::fill;

pub(super) fn apply(kind: Kind, shop: &mut Shop, draws: &mut Draws) {
    match kind {
        Kind::AddModule => add_module(shop, draws),
        Kind::RemoveModule => drop(remove_module(shop, draws)),
        Kind::MoveModule => move_module(shop, draws),
        Kind::TurnModule => turn_module(shop, draws),
        Kind::ModuleElsewhere => module_elsewhere(shop, draws),
        Kind::AddFile => add_file(shop, draws),
        Kind::RemoveFile => {
            if let Some(path) = free_file(shop, draws) {
                shop.files.remove(&path);
            }
        }
        Kind::RenameFile => {
            if let Some(path) = free_file(shop, draws)
                && let Some(file) = shop.files.remove(&path)
            {
                let above = path.rsplit_once('/').map_or("", |(above, _)| above);
                shop.files.insert(joined(above, &fill("%m.rs", draws)), file);
            }
        }
        Kind::SecondFile => {
            if let Some((_, _, files)) = draws.some(&shop.modules()).cloned()
                && let Some(absent) = files.iter().find(|file| !shop.files.contains_key(*file))
            {
                shop.add_code(absent, draws);
            }
        }
        Kind::LinkFile => link_file(shop, draws),
        Kind::DamageFile => {
            if let Some(path) = any_file(shop, draws) {
                shop.code_mut(&path).push(Piece::text(DAMAGE));
            }
        }
        _ => generate(shop, draws),
    }
}

/// A file of code.
pub(super) fn any_file(shop: &Shop, draws: &mut Draws) -> Option<String> {
    let paths: Vec<String> = shop.code().map(|(path, _)| path.clone()).collect();
    draws.some(&paths).cloned()
}

/// A file without which cargo still knows every package.
fn free_file(shop: &Shop, draws: &mut Draws) -> Option<String> {
    let is_root = |path: &String| path.ends_with("src/lib.rs") || path == "src/tool.rs";
    let paths = shop.files.keys().filter(|path| !is_root(path));
    let paths: Vec<String> = paths.cloned().collect();
    draws.some(&paths).cloned()
}

/// A file in which a module may be declared.
fn parent(shop: &Shop, draws: &mut Draws) -> Option<String> {
    let paths = shop.code().map(|(path, _)| path);
    let paths = paths.filter(|path| !path.ends_with("part.in") && path.matches('/').count() < 6);
    let paths: Vec<String> = paths.cloned().collect();
    draws.some(&paths).cloned()
}

/// A declaration of a module with one of two kinds of file.
fn declare(shop: &mut Shop, draws: &mut Draws) -> Option<String> {
    let path = parent(shop, draws)?;
    let piece = Piece::text(fill(
        draws.one::<&str>(&[
            "pub mod %m;",
            "mod %m;",
            "#[macro_use] pub mod %m;",
            "#[cfg(test)] mod %m;",
        ]),
        draws,
    ));
    let files = files_of_module(&path, &piece);
    let is_taken = files.iter().any(|file| shop.files.contains_key(file));
    let code = shop.code_mut(&path);
    if is_taken || code.iter().any(|other| other.module() == piece.module()) {
        return None;
    }
    let at = draws.below(code.len() + 1);
    code.insert(at, piece);
    Some(draws.one(&files).clone())
}

fn add_module(shop: &mut Shop, draws: &mut Draws) {
    if let Some(file) = declare(shop, draws) {
        shop.add_code(&file, draws);
    }
}

/// Takes away a module that has a file; what was in it.
fn remove_module(shop: &mut Shop, draws: &mut Draws) -> Option<File> {
    let there: Vec<_> = shop
        .modules()
        .into_iter()
        .filter_map(|(path, index, files)| {
            let file = files.into_iter().find(|file| shop.files.contains_key(file))?;
            Some((path, index, file))
        })
        .collect();
    let (path, index, file) = draws.some(&there)?.clone();
    shop.code_mut(&path).remove(index);
    shop.files.remove(&file)
}

fn move_module(shop: &mut Shop, draws: &mut Draws) {
    if let Some(file) = remove_module(shop, draws)
        && let Some(path) = declare(shop, draws)
    {
        shop.files.insert(path, file);
    }
}

fn turn_module(shop: &mut Shop, draws: &mut Draws) {
    let there: Vec<_> = shop
        .modules()
        .into_iter()
        .filter(|(_, _, files)| files.iter().filter(|file| shop.files.contains_key(*file)).count() == 1)
        .collect();
    if let Some((_, _, files)) = draws.some(&there)
        && let [file, folder] = &files[..]
    {
        let (from, to) = if shop.files.contains_key(file) {
            (file, folder)
        } else {
            (folder, file)
        };
        if let Some(moved) = shop.files.remove(from) {
            shop.files.insert(to.clone(), moved);
        }
    }
}

fn module_elsewhere(shop: &mut Shop, draws: &mut Draws) {
    let Some(path) = parent(shop, draws) else { return };
    let head = fill(
        draws.one::<&str>(&[
            "#[path = \"elsewhere/%m.rs\"] pub mod %m;",
            "#[path = \"%m.rs\"] mod %m;",
            "#[cfg_attr(windows, path = \"elsewhere/%m.rs\")] pub mod %m;",
        ]),
        draws,
    );
    let piece = Piece::text(head);
    let files = files_of_module(&path, &piece);
    if shop
        .code_mut(&path)
        .iter()
        .any(|other| other.module() == piece.module())
    {
        return;
    }
    shop.code_mut(&path).push(piece);
    if !shop.files.contains_key(&files[0]) {
        shop.add_code(&files[0], draws);
    }
}

fn add_file(shop: &mut Shop, draws: &mut Draws) {
    let (_, directory) = draws.one(&PACKAGES);
    let below = draws.one(&[
        "src/bin/%f.rs",
        "tests/%f.rs",
        "examples/%f.rs",
        "src/%f.rs",
        "notes/%f.rs",
        "notes/%f.rs",
        "src/%m/part.in",
        "src/%m/%m.rs",
    ]);
    let path = format!("{directory}{}", fill(below, draws));
    shop.add_code(&path, draws);
    if !below.starts_with("src/%") && !below.starts_with("notes") {
        shop.code_mut(&path).push(Piece::text("fn main() {}"));
    }
}

/// A file whose place a copy of another takes, or a link to it; most often a link where there was a copy.
fn link_file(shop: &mut Shop, draws: &mut Draws) {
    let doubles: Vec<(String, String)> = shop
        .code()
        .flat_map(|(one, code)| {
            let same = shop.code().filter(move |(two, other)| *two != one && code == *other);
            same.map(|(two, _)| (one.clone(), two.clone())).collect::<Vec<_>>()
        })
        .filter(|(one, _)| !one.ends_with("part.in"))
        .collect();
    if draws.in_hundred(70)
        && let Some((file, to)) = draws.some(&doubles).cloned()
    {
        replace_by_link(shop, file, to);
        return;
    }
    let (Some(file), Some(to)) = (free_file(shop, draws), any_file(shop, draws)) else {
        return;
    };
    if draws.in_hundred(50) {
        let copied = shop.code_mut(&to).clone();
        shop.files.insert(file, File::Code(copied));
    } else {
        replace_by_link(shop, file, to);
    }
}

fn replace_by_link(shop: &mut Shop, file: String, to: String) {
    if file != to && !shop.files.values().any(|other| *other == File::Link(file.clone())) {
        shop.files.insert(file, File::Link(to));
    }
}

fn generate(shop: &mut Shop, draws: &mut Draws) {
    let package = draws.one(&["app", "store"]);
    let build = draws.one(&["debug/build", "release/build"]);
    let path = format!("target/{build}/{package}-{}/out/made.rs", draws.below(2));
    if shop.files.contains_key(&path) && draws.in_hundred(40) {
        shop.files.remove(&path);
    } else {
        shop.add_code(&path, draws);
    }
}
