//! Where a manifest declares a dependency: the place to point at when what it asks for is not there.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::manifest::DEPENDENCY_KEYS;

/// Line and column, from 1, of the key under which a manifest declares the crate that its code calls by this name.
pub(crate) fn place_of_dependency(manifest: &str, name_in_code: &str) -> Option<(u32, u32)> {
    let root = DeTable::parse(manifest).ok()?;
    let root = root.get_ref();
    let platforms = table(root, "target")
        .into_iter()
        .flat_map(|targets| targets.values().filter_map(|target| target.get_ref().as_table()));
    let start = std::iter::once(root)
        .chain(platforms)
        .find_map(|owner| declared_in(owner, name_in_code))?;
    let before = manifest.get(..start)?;
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Some((line as u32, column as u32))
}

fn declared_in(owner: &DeTable<'_>, name_in_code: &str) -> Option<usize> {
    DEPENDENCY_KEYS
        .iter()
        .filter_map(|key| table(owner, key))
        .find_map(|dependencies| {
            dependencies
                .keys()
                .find(|key| key.get_ref().replace('-', "_") == name_in_code)
                .map(|key| key.span().start)
        })
}

fn table<'t, 'i>(owner: &'t DeTable<'i>, wanted: &str) -> Option<&'t DeTable<'i>> {
    let (_, value): (_, &Spanned<DeValue<'i>>) = owner.iter().find(|(key, _)| key.get_ref() == wanted)?;
    value.get_ref().as_table()
}

#[cfg(test)]
mod tests {
    use super::place_of_dependency;

    #[test]
    fn a_dependency_is_found_in_every_table() {
        let manifest = "[dependencies]\nnear = \"1\"\n[dependencies.table-like]\npath = \"x\"\n[target.'cfg(unix)'.dev-dependencies]\n  far-off = { path = \"../é\" }\n";
        for (name, place) in [
            ("near", Some((2, 1))),
            ("table_like", Some((3, 15))),
            ("far_off", Some((6, 3))),
            ("absent", None),
        ] {
            assert_eq!(place_of_dependency(manifest, name), place, "{name}");
        }
    }
}
