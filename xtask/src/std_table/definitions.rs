//! Joins pages, redirections and the compiler's answers: which public path stands for which definition, and what each
//! definition has. Two pages show the same item when they name the same place in the sources, the same kind and name.

use super::error::{StdTableError, read};
use super::items::Items;
use super::listing::{Kind, Listed, Listing};
use super::page::{MemberKind, Page};
use super::probe::Probed;
use super::redirects::Redirects;
use super::toolchain::CRATES;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What one definition has.
#[derive(Debug, Default)]
pub(crate) struct Definition {
    pub(crate) text: Option<String>,
    pub(crate) members: BTreeMap<(String, MemberKind), Option<String>>,
    /// Definitions of the traits.
    pub(crate) traits: BTreeSet<String>,
}

/// All public paths and all definitions.
#[derive(Default)]
pub(crate) struct Definitions {
    /// Public path and kind, to the definition.
    pub(crate) paths: BTreeMap<(String, Kind), String>,
    pub(crate) definitions: BTreeMap<String, Definition>,
}

/// What is known about a toolchain before it is joined.
pub(crate) struct Sources<'a> {
    pub(crate) pages: &'a Path,
    pub(crate) listing: &'a Listing,
    pub(crate) redirects: &'a Redirects,
    pub(crate) probed: &'a Probed,
    pub(crate) items: &'a [Items],
}

/// The pages that show one item.
#[derive(Default)]
struct Group<'a> {
    shown: Vec<(&'a Listed, Page)>,
}

impl Definitions {
    /// Joins everything.
    pub(crate) fn join(sources: &Sources<'_>) -> Result<Definitions, StdTableError> {
        let mut joined = Definitions::default();
        let groups = groups(sources)?;
        let mut contents = Vec::new();
        for group in groups.into_values() {
            let definition = group.definition(sources);
            for (listed, _) in &group.shown {
                joined.insert(path_of(listed), listed.kind, &definition);
            }
            contents.push((definition, group.into_page()));
        }
        joined.add_reexports(sources.listing)?;
        joined.add_globs(sources.listing);
        joined.add_hidden(sources);
        for (definition, (kind, page)) in contents {
            joined.describe(&definition, kind, page);
        }
        joined.add_variants();
        Ok(joined)
    }

    fn insert(&mut self, path: String, kind: Kind, definition: &str) {
        self.paths.entry((path, kind)).or_insert_with(|| definition.to_owned());
    }

    fn add_reexports(&mut self, listing: &Listing) -> Result<(), StdTableError> {
        let by_page: BTreeMap<&str, &Listed> = listing
            .items
            .iter()
            .map(|listed| (listed.page.as_str(), listed))
            .collect();
        for reexport in &listing.reexports {
            let Some(target) = by_page.get(reexport.page.as_str()) else {
                return Err(StdTableError::Unexpected(format!(
                    "{} leads to no listed page",
                    reexport.path
                )));
            };
            let mut definition = self.paths[&(path_of(target), target.kind)].clone();
            if let Some(variant) = &reexport.variant {
                definition = format!("{definition}::{variant}");
            }
            self.insert(reexport.path.clone(), reexport.kind, &definition);
        }
        Ok(())
    }

    // Globs of globs: repeated until nothing is added. A name that the module has of its own stays.
    fn add_globs(&mut self, listing: &Listing) {
        loop {
            let before = self.paths.len();
            for (module, target) in &listing.globs {
                let prefix = format!("{target}::");
                let names: Vec<_> = self
                    .paths
                    .iter()
                    .filter_map(|((path, kind), definition)| {
                        let name = path.strip_prefix(&prefix).filter(|name| !name.contains("::"))?;
                        Some((format!("{module}::{name}"), *kind, definition.clone()))
                    })
                    .collect();
                for (path, kind, definition) in names {
                    self.insert(path, kind, &definition);
                }
            }
            if self.paths.len() == before {
                return;
            }
        }
    }

    /// Public items that the documentation hides; other platforms' are missing among them.
    fn add_hidden(&mut self, sources: &Sources<'_>) {
        for items in sources.items {
            for (kind, path) in &items.public {
                let named = !path.ends_with("::_") && !path.contains("::???");
                if named && *kind != Kind::Variant {
                    self.insert(path.clone(), *kind, path);
                }
            }
        }
    }

    fn describe(&mut self, definition: &str, kind: Kind, page: Page) {
        let trait_definition = |path: &String| self.paths.get(&(path.clone(), Kind::Trait)).cloned();
        let traits: BTreeSet<String> = page.traits.iter().filter_map(trait_definition).collect();
        if page.text.is_none() && page.members.is_empty() && traits.is_empty() || kind == Kind::Module {
            return;
        }
        let entry = self.definitions.entry(definition.to_owned()).or_default();
        entry.text = entry.text.take().or(page.text);
        entry.members.extend(page.members);
        entry.traits.extend(traits);
    }

    fn add_variants(&mut self) {
        let mut variants = Vec::new();
        for ((path, _), definition) in self.paths.iter().filter(|((_, kind), _)| *kind == Kind::Enum) {
            let members = self
                .definitions
                .get(definition)
                .into_iter()
                .flat_map(|found| found.members.keys());
            for (name, _) in members.filter(|(_, kind)| *kind == MemberKind::Variant) {
                variants.push((format!("{path}::{name}"), format!("{definition}::{name}")));
            }
        }
        for (path, definition) in variants {
            self.insert(path, Kind::Variant, &definition);
        }
    }
}

/// A primitive type is known by its bare name: `std::u8` is the module.
fn path_of(listed: &Listed) -> String {
    let name = listed.path.rsplit("::").next().unwrap_or(&listed.path);
    if listed.kind == Kind::Primitive {
        name.to_owned()
    } else {
        listed.path.clone()
    }
}

fn last_name(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

type Key = (String, Kind, String);

fn groups<'a>(sources: &Sources<'a>) -> Result<BTreeMap<Key, Group<'a>>, StdTableError> {
    let mut groups: BTreeMap<Key, Group<'a>> = BTreeMap::new();
    for listed in sources
        .listing
        .items
        .iter()
        .filter(|listed| !super::arch::is_vendor_item(listed))
    {
        let html = read(&sources.pages.join(&listed.page))?;
        let name = last_name(&listed.path).to_owned();
        let page = Page::parse(listed.kind, &name, &html);
        if page.source.is_empty() && listed.kind != Kind::Primitive {
            return Err(StdTableError::Unexpected(format!("{} names no source", listed.page)));
        }
        let source = if listed.kind == Kind::Primitive {
            String::new()
        } else {
            page.source.clone()
        };
        groups
            .entry((source, listed.kind, name))
            .or_default()
            .shown
            .push((listed, page));
    }
    // The pages of the crate that sees most come first, the shortest path within a crate before longer ones.
    for group in groups.values_mut() {
        group
            .shown
            .sort_by_key(|(listed, _)| (trust(&listed.path), listed.path.len(), listed.path.clone()));
    }
    Ok(groups)
}

fn trust(path: &str) -> usize {
    let name = path.split("::").next().unwrap_or(path);
    CRATES.iter().position(|known| *known == name).unwrap_or(CRATES.len())
}

impl Group<'_> {
    /// Where the item is defined: the place that the compiler names; for other platforms the one that the
    /// documentation's redirections give, else the most basic public path.
    fn definition(&self, sources: &Sources<'_>) -> String {
        let (first, page) = &self.shown[0];
        if first.kind == Kind::Primitive {
            return path_of(first);
        }
        let probed = |(listed, _): &(&Listed, Page)| sources.probed.definition(&listed.path, listed.kind);
        let crate_name = page.source.split('/').next().unwrap_or_default();
        let inside = |path: &&str| path.split("::").next() == Some(crate_name);
        let origins = || {
            let pages = self
                .shown
                .iter()
                .flat_map(|(listed, _)| sources.redirects.origins(&listed.page));
            let origins = pages
                .filter(|origin| origin.kind == first.kind)
                .map(|origin| origin.path.as_str());
            origins
                .filter(inside)
                .max_by_key(|path| (path.matches("::").count(), *path))
        };
        let shown = || self.shown.iter().map(|(listed, _)| listed.path.as_str()).find(inside);
        let found = self.shown.iter().find_map(probed).or_else(origins).or_else(shown);
        found.unwrap_or_else(|| self.most_basic()).to_owned()
    }

    fn most_basic(&self) -> &str {
        let order = |path: &str| {
            ["core", "alloc", "std"]
                .iter()
                .position(|name| path.starts_with(name))
                .unwrap_or(3)
        };
        let paths = self.shown.iter().map(|(listed, _)| listed.path.as_str());
        paths
            .min_by_key(|path| (order(path), path.len(), *path))
            .unwrap_or_default()
    }

    fn into_page(self) -> (Kind, Page) {
        let mut shown = self.shown.into_iter();
        shown
            .next()
            .map_or((Kind::Module, Page::default()), |(listed, page)| (listed.kind, page))
    }
}
