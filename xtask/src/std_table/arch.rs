//! The vendor intrinsics below `core::arch::<architecture>`: tens of thousands of names, kept in groups of one public
//! module, kind and defining module, without reading their pages. `std::arch` repeats `core::arch` name for name.

use super::listing::{Kind, Listed, Listing};
use super::redirects::Redirects;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

const ROOT: &str = "core::arch::";

/// Names by kind and defining module.
type Groups = BTreeMap<(Kind, String), BTreeSet<String>>;

/// Whether an entry belongs here: an item, no module, below an architecture's module.
pub(crate) fn is_vendor_item(listed: &Listed) -> bool {
    listed.kind != Kind::Module && listed.path.strip_prefix(ROOT).is_some_and(|rest| rest.contains("::"))
}

/// The table's section: `>` lines name public modules, kind and defining module; under each, a line per common
/// beginning of names and the ends that follow it.
pub(crate) fn section(listing: &Listing, redirects: &Redirects) -> String {
    let origins = origins(redirects);
    let mut modules: BTreeMap<&str, Groups> = BTreeMap::new();
    for listed in listing.items.iter().filter(|listed| is_vendor_item(listed)) {
        let Some((module, name)) = listed.path[ROOT.len()..].rsplit_once("::") else {
            continue;
        };
        let origin = origins
            .get(&(listed.kind, name))
            .and_then(|places| nearest(module, places));
        let definition = origin.map_or_else(|| format!("core::arch::{module}"), str::to_owned);
        modules
            .entry(module)
            .or_default()
            .entry((listed.kind, definition))
            .or_default()
            .insert(name.to_owned());
    }
    // Architectures of one family show the same groups.
    let mut shared: BTreeMap<(Kind, String, BTreeSet<String>), Vec<&str>> = BTreeMap::new();
    for (module, groups) in modules {
        for ((kind, definition), names) in groups {
            shared.entry((kind, definition, names)).or_default().push(module);
        }
    }
    let mut text = String::new();
    for ((kind, definition, names), modules) in shared {
        let _ = writeln!(text, ">{}\t{}\t{definition}", modules.join(" "), kind.letter());
        write_names(&mut text, &names);
    }
    text
}

fn write_names(text: &mut String, names: &BTreeSet<String>) {
    let mut stems: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for name in names {
        let (stem, end) = name.split_at(stem_length(name));
        stems.entry(stem).or_default().push(end);
    }
    for (stem, ends) in stems {
        let _ = writeln!(text, "{stem}\t{}", ends.join(" "));
    }
}

/// `_mm256_` of `_mm256_abs_epi8`, `vaba_` of `vaba_s16`.
fn stem_length(name: &str) -> usize {
    let start = name.find(|c| c != '_').unwrap_or(0);
    name[start..].find('_').map_or(0, |index| start + index + 1)
}

fn origins(redirects: &Redirects) -> BTreeMap<(Kind, &str), BTreeSet<&str>> {
    let mut places: BTreeMap<(Kind, &str), BTreeSet<&str>> = BTreeMap::new();
    for (_, origin) in redirects.all().filter(|(page, _)| page.starts_with("core/arch/")) {
        if let Some((module, name)) = origin.path.rsplit_once("::") {
            places.entry((origin.kind, name)).or_default().insert(module);
        }
    }
    places
}

/// Of the modules that define a name, the one whose architecture is spelled most like the public module:
/// `core::core_arch::arm_shared` for `arm`, `core::core_arch::x86` for `x86_64` where that has none of its own.
fn nearest<'a>(module: &str, places: &BTreeSet<&'a str>) -> Option<&'a str> {
    let common = |place: &str| {
        let place = place.trim_start_matches("core::core_arch::");
        place
            .bytes()
            .zip(module.bytes())
            .take_while(|(left, right)| left == right)
            .count()
    };
    places
        .iter()
        .copied()
        .max_by_key(|place| (common(place), std::cmp::Reverse(*place)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_share_their_beginnings() {
        let mut text = String::new();
        let names = ["_mm256_abs_epi8", "_mm256_add_epi8", "vaba_s16", "__m128"].map(str::to_owned);
        write_names(&mut text, &BTreeSet::from(names));
        assert_eq!(text, "\t__m128\n_mm256_\tabs_epi8 add_epi8\nvaba_\ts16\n");
    }

    #[test]
    fn the_own_architecture_comes_first() {
        let places = BTreeSet::from(["core::core_arch::x86::bmi", "core::core_arch::x86_64::bmi"]);
        assert_eq!(nearest("x86_64", &places), Some("core::core_arch::x86_64::bmi"));
        assert_eq!(nearest("x86", &places), Some("core::core_arch::x86::bmi"));
    }
}
