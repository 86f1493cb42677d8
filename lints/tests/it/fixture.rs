//! A whole workspace in a few words: one item or reference a line, with the findings that are expected there.
//!
//! ```text
//! crate shop                                           a member (`path`, `extern`, `opaque`: the other origins)
//! mod shop::http only-mods                             items: a kind, a path, flags
//! struct shop::db::Row private
//! shop::http::list -> sqlx::query : call               # forbidden-use raw-sql
//! shop::http::list -> sqlx_core::Pool : type as=sqlx::Pool exposed
//! unresolved shop::http::list -> sqlx::quer : call leads=sqlx
//! component shop::db persistence                       annotations; `dev` as a flag
//! shared shop::auth::sign_in the only way in
//! ```
//!
//! Items that nobody declares, in the text or in the policy, are made on sight: modules and functions in lower case, types in upper case, macros with `!`.
//! Every line is its own place: the file is the module's, the line the one in the text (`at=other.rs:7` says otherwise).

use std::collections::BTreeMap;
use std::sync::Arc;

use archguard_invariants::graph::{
    ComponentAnnotation, Crate, CrateId, CrateOrigin, Evidence, File, FileRole, Graph, GraphBuilder, Item, ItemId,
    ItemKind, Reference, ReferenceKind, Resolution, Root, SharedAnnotation, TargetKind, TargetState, Targets,
    Unresolved, UnresolvedReason, Visibility,
};
use archguard_invariants::pattern::{PathPattern, Segment};
use archguard_invariants::place::{FileId, Place, Position};
use archguard_invariants::policy::{BoundPolicy, Policy};
use archguard_lints::{Judgement, judge};

/// Judges a fixture, and compares the sites of all findings with what the comments expect.
#[track_caller]
pub(crate) fn check(policy: &str, workspace: &str) -> Judgement {
    let judgement = judged(policy, workspace);
    let mut found: Vec<String> = Vec::new();
    for finding in &judgement.0.findings {
        for site in &finding.sites {
            found.push(format!(
                "{}: {} {}",
                site.place.start.line,
                finding.lint.id(),
                finding.rule.as_str()
            ));
        }
    }
    let mut expected: Vec<String> = Vec::new();
    for (number, line) in (1..).zip(workspace.lines()) {
        let comment = line.split_once('#').map_or("", |(_, comment)| comment);
        expected.extend(
            comment
                .split(',')
                .map(str::trim)
                .filter(|it| !it.is_empty())
                .map(|it| format!("{number}: {it}")),
        );
    }
    found.sort();
    expected.sort();
    assert_eq!(
        found,
        expected,
        "found, expected; messages: {:#?}",
        messages(&judgement.0)
    );
    judgement.0
}

/// Judges a fixture; the policy must fit.
#[track_caller]
pub(crate) fn judged(policy: &str, workspace: &str) -> (Judgement, Graph) {
    let policy = Policy::read("archguard.toml", &format!("version = 1\n{policy}")).expect("the policy can be read");
    let graph = build(&policy, workspace);
    graph.verify().expect("the fixture keeps the graph's laws");
    let binding = BoundPolicy::bind(&policy, &graph);
    assert_eq!(binding.problems, [], "the policy fits the fixture");
    let judgement = judge(&graph, &binding.policy);
    for finding in &judgement.findings {
        assert!(
            !finding.sites.is_empty()
                && !finding.message.is_empty()
                && (finding.policy_span.is_some() || !has_span(&finding.rule))
        );
    }
    (judgement, graph)
}

/// Everything but what the tool asks of its own accord has an entry or a declaration behind it; an annotation may name nothing
/// that is declared.
fn has_span(rule: &archguard_invariants::policy::RuleId) -> bool {
    !matches!(rule.as_str(), "policy.unassigned" | "policy.annotations")
}

/// The messages, in order.
pub(crate) fn messages(judgement: &Judgement) -> Vec<&str> {
    judgement
        .findings
        .iter()
        .map(|finding| finding.message.as_str())
        .collect()
}

/// The only message.
#[track_caller]
pub(crate) fn message(judgement: &Judgement) -> &str {
    assert_eq!(judgement.findings.len(), 1, "{:#?}", messages(judgement));
    &judgement.findings[0].message
}

fn build(policy: &Policy, workspace: &str) -> Graph {
    graph_for(&[policy], workspace)
}

/// The graph of a workspace that knows the patterns of several policies.
pub(crate) fn graph_for(policies: &[&Policy], workspace: &str) -> Graph {
    let patterns: Vec<PathPattern> = policies.iter().flat_map(|policy| policy.patterns()).collect();
    let mut maker = Maker::default();
    for (number, line) in (1..).zip(workspace.lines()) {
        let line = line.split('#').next().unwrap_or_default().trim();
        if !line.is_empty() {
            maker.line(number, line);
        }
    }
    for pattern in &patterns {
        maker.complete(pattern);
    }
    for pattern in patterns {
        let targets = maker.targets(&pattern);
        maker.builder.set_targets(pattern, targets);
    }
    maker.builder.finish()
}

#[derive(Default)]
struct Maker {
    builder: GraphBuilder,
    items: BTreeMap<String, ItemId>,
    crates: BTreeMap<String, CrateId>,
    origins: Vec<CrateOrigin>,
    files: BTreeMap<String, FileId>,
    /// Paths that re-exports make, with what they lead to.
    exported: Vec<(String, ItemId)>,
}

impl Maker {
    fn line(&mut self, number: u32, line: &str) {
        let (head, flags) = line.split_once(" : ").unwrap_or((line, ""));
        if let Some((from, to)) = head.split_once(" -> ") {
            match from.strip_prefix("unresolved ") {
                Some(from) => self.unresolved(number, from.trim(), to.trim(), flags),
                None => self.reference(number, from.trim(), to.trim(), flags),
            }
            return;
        }
        let mut words = line.split_whitespace();
        let (kind, path) = (words.next().expect("a kind"), words.next().expect("a path"));
        let flags: Vec<&str> = words.collect();
        match kind {
            "crate" => drop(self.krate(path, CrateOrigin::Workspace, &flags)),
            "path" => drop(self.krate(path, CrateOrigin::Path, &flags)),
            "extern" => drop(self.krate(path, CrateOrigin::External, &flags)),
            "opaque" => drop(self.krate(path, CrateOrigin::Opaque, &flags)),
            "component" => self.component(number, path, &flags),
            "shared" => self.shared(path, &flags),
            kind => self.declare(number, kind, path, &flags),
        }
        if matches!(kind, "crate" | "path") {
            let root = self.items[path];
            let place = self.place(root, number, &flags);
            self.builder.item_mut(root).place = Some(place);
        }
    }

    fn krate(&mut self, head: &str, origin: CrateOrigin, flags: &[&str]) -> CrateId {
        if let Some(&known) = self.crates.get(head) {
            return known;
        }
        let id = CrateId(self.crates.len() as u32);
        let kinds = [
            TargetKind::Bin,
            TargetKind::Build,
            TargetKind::Test,
            TargetKind::Bench,
            TargetKind::Example,
        ];
        let prefixed = kinds.into_iter().find_map(|kind| {
            let name = head.strip_prefix(kind.prefix())?.strip_prefix(':')?;
            (!name.starts_with(':')).then_some((kind, name))
        });
        let (target, name) = prefixed.unwrap_or((TargetKind::Lib, head));
        let root = self.builder.add_item(Item {
            path: head.into(),
            kind: ItemKind::Module,
            krate: id,
            parent: None,
            module: ItemId::new(self.items.len()),
            visibility: Visibility::Public,
            place: None,
            dev: flags.contains(&"dev"),
            cfg: None,
            link_name: None,
            only_modules: flags.contains(&"only-mods"),
        });
        self.items.insert(head.to_owned(), root);
        self.crates.insert(head.to_owned(), id);
        self.origins.push(origin);
        self.builder.add_crate(Crate {
            name: name.into(),
            head: head.into(),
            package: name.into(),
            version: "1.0.0".into(),
            repository: None,
            origin,
            target,
            root,
            dev: flags.contains(&"dev") || !matches!(target, TargetKind::Lib | TargetKind::Bin | TargetKind::Build),
            dependencies: Vec::new(),
            dev_only: Vec::new(),
        })
    }

    fn declare(&mut self, number: u32, kind: &str, path: &str, flags: &[&str]) {
        let kind = match kind {
            "mod" => ItemKind::Module,
            "fn" => ItemKind::Function,
            "method" => ItemKind::Method,
            "struct" => ItemKind::Struct,
            "enum" => ItemKind::Enum,
            "field" => ItemKind::Field,
            "trait" => ItemKind::Trait,
            "type" => ItemKind::TypeAlias,
            "const" => ItemKind::Constant,
            "macro" => ItemKind::Macro,
            "derive" => ItemKind::Derive,
            "impl" => ItemKind::Impl,
            other => panic!("line {number}: `{other}` is no kind of item"),
        };
        let id = self.make(path, kind);
        let place = self.place(id, number, flags);
        let module = self.builder.item(id).module;
        let around = self
            .builder
            .item(id)
            .parent
            .map(|parent| self.builder.item(parent).module);
        let within = flags.iter().find_map(|flag| match *flag {
            "private" => around,
            "crate" => Some(self.items[path.split("::").next().expect("a crate")]),
            flag => flag.strip_prefix("in=").map(|path| self.items[path]),
        });
        let cfg = value(flags, "cfg=").map(|cfg| self.builder.cfg(&cfg.replace('_', " ")));
        let item = self.builder.item_mut(id);
        (item.kind, item.place, item.cfg) = (kind, Some(place), cfg);
        item.dev |= flags.contains(&"dev");
        item.only_modules = flags.contains(&"only-mods");
        if let Some(module) = within {
            item.visibility = Visibility::Within(module);
        }
        assert_eq!(
            kind == ItemKind::Module,
            module == id,
            "line {number}: declare modules before what is in them"
        );
    }

    /// The item of a path, made on first sight with everything around it.
    fn item(&mut self, path: &str) -> ItemId {
        let name = path.rsplit("::").next().unwrap_or(path);
        let plain = path.trim_end_matches('!');
        if let Some(&known) = self.items.get(plain) {
            return known;
        }
        let parent_is_type = path.rsplit("::").nth(1).is_some_and(is_type);
        let kind = match (name.ends_with('!'), is_type(name), parent_is_type) {
            (true, ..) => ItemKind::Macro,
            (_, true, true) => ItemKind::Variant,
            (_, true, false) => ItemKind::Struct,
            (_, false, true) => ItemKind::Method,
            (_, false, false) => ItemKind::Function,
        };
        self.make(plain, kind)
    }

    fn make(&mut self, path: &str, kind: ItemKind) -> ItemId {
        if let Some(&known) = self.items.get(path) {
            return known;
        }
        let Some((outer, _)) = path.rsplit_once("::") else {
            let standard = ["std", "core", "alloc"].contains(&path);
            assert!(standard, "declare the crate `{path}`");
            self.krate(path, CrateOrigin::Standard, &[]);
            return self.items[path];
        };
        let outer_name = outer.rsplit("::").next().unwrap_or(outer);
        let outer_kind = match (is_type(outer_name), outer_name.starts_with('<')) {
            (_, true) => ItemKind::Impl,
            (true, _) => ItemKind::Struct,
            _ => ItemKind::Module,
        };
        let parent = self.make(outer, outer_kind);
        let of_parent = self.builder.item(parent).clone();
        let id = ItemId::new(self.items.len());
        let module = if kind == ItemKind::Module { id } else { of_parent.module };
        self.items.insert(path.to_owned(), id);
        self.builder.add_item(Item {
            path: path.into(),
            kind,
            krate: of_parent.krate,
            parent: Some(parent),
            module,
            visibility: Visibility::Public,
            place: None,
            dev: of_parent.dev,
            cfg: None,
            link_name: None,
            only_modules: false,
        })
    }

    fn place(&mut self, item: ItemId, number: u32, flags: &[&str]) -> Place {
        let module = self.builder.item(self.builder.item(item).module).path.to_string();
        let (file, line) = match value(flags, "at=").and_then(|at| at.split_once(':')) {
            Some((file, line)) => (file.to_owned(), line.parse().expect("a line number")),
            None => (format!("{}.rs", module.replace("::", "/")), number),
        };
        let builder = &mut self.builder;
        let file = *self.files.entry(file).or_insert_with_key(|display| {
            let (display, absolute) = (display.as_str().into(), display.into());
            builder.add_file(File {
                display,
                absolute,
                role: FileRole::Examined,
                lines: 1000,
            })
        });
        Place {
            file,
            start: Position { line, column: 5 },
            end: Position { line, column: 10 },
        }
    }

    fn reference(&mut self, number: u32, from: &str, to: &str, flags: &str) {
        let flags: Vec<&str> = flags.split_whitespace().collect();
        let has = |flag: &str| flags.contains(&flag);
        let from = self.item(from);
        let to_item = self.item(to);
        let place = self.place(from, number, &flags);
        let written: Arc<str> = value(&flags, "as=").unwrap_or(to.trim_end_matches('!')).into();
        if has("reexport") {
            let name = value(&flags, "name=").unwrap_or(written.rsplit("::").next().expect("a name"));
            self.exported
                .push((format!("{}::{name}", self.builder.item(from).path), to_item));
        }
        let reference = Reference {
            kind: kind(&flags),
            place,
            evidence: Evidence::SOURCE,
            resolution: Some(Resolution::Resolved),
            pathless: has("pathless"),
            exposed: has("exposed") || has("reexport"),
            reexport: has("reexport"),
            dev: has("dev") || self.builder.item(from).dev,
            cfg: None,
            self_type: None,
            inherited_from: value(&flags, "by=").map(|path| self.item(path)),
            also: value(&flags, "also=").map(|path| self.item(path)),
            written: self.builder.text(&written),
        };
        self.builder.add_reference(from, to_item, reference);
    }

    fn component(&mut self, number: u32, path: &str, flags: &[&str]) {
        let module = self.item(path);
        let annotation = ComponentAnnotation {
            module,
            component: flags[0].into(),
            place: self.place(module, number, flags),
            dev: flags.contains(&"dev"),
        };
        self.builder.annotations.components.push(annotation);
    }

    fn shared(&mut self, path: &str, purpose: &[&str]) {
        let annotation = SharedAnnotation {
            item: self.item(path),
            path: path.into(),
            purpose: (!purpose.is_empty()).then(|| purpose.join(" ").into()),
        };
        self.builder.annotations.shared.push(annotation);
    }

    fn unresolved(&mut self, number: u32, from: &str, written: &str, flags: &str) {
        let flags: Vec<&str> = flags.split_whitespace().collect();
        let from = self.item(from);
        let place = self.place(from, number, &flags);
        let leads = value(&flags, "leads=").into_iter().flat_map(|leads| leads.split(','));
        let leads = leads.map(|path| self.items[path]).collect();
        let written = self.builder.text(written);
        self.builder.add_unresolved(Unresolved {
            from,
            written,
            kind: kind(&flags),
            place,
            reason: UnresolvedReason::NotInModule,
            leads,
            dev: flags.contains(&"dev"),
            cfg: None,
        });
    }

    /// Makes the item of a pattern without wildcards, if nothing in the text goes by that path.
    fn complete(&mut self, pattern: &PathPattern) {
        let literal = |segment: &Segment| match segment {
            Segment::Literal(name) => Some(name.to_string()),
            _ => None,
        };
        let names: Option<Vec<String>> = pattern.segments.iter().map(literal).collect();
        let Some(names) = names.filter(|names| pattern.target.is_none() && self.crates.contains_key(&names[0])) else {
            return;
        };
        if self.targets(pattern).roots.is_empty() {
            let mark = if pattern.macro_only { "!" } else { "" };
            self.item(&format!("{}{mark}", names.join("::")));
        }
    }

    /// What a pattern leads to, in the way the graph's maker answers: by the names of items and of re-exports, an external
    /// crate with its family.
    fn targets(&self, pattern: &PathPattern) -> Targets {
        let first = pattern.segments.first().expect("patterns have segments");
        if !self
            .crates
            .keys()
            .any(|head| first.matches(head.rsplit(':').next().expect("a name")))
        {
            return Targets {
                roots: Vec::new(),
                state: TargetState::Dormant,
            };
        }
        let named = self
            .items
            .iter()
            .filter(|(path, _)| pattern.names_path(path))
            .map(|(_, &id)| id);
        let exported = self
            .exported
            .iter()
            .filter(|(path, _)| pattern.names_path(path))
            .map(|&(_, id)| id);
        let family = self.crates.iter().filter(|&(head, id)| {
            let external = self.origins[id.0 as usize] == CrateOrigin::External;
            let prefix = matches!((&pattern.segments[..], first), ([_], Segment::Literal(name)) if head.starts_with(&format!("{name}_")));
            external && prefix
        });
        let family = family.map(|(head, _)| self.items[head]);
        let items = named.chain(exported).chain(family);
        let mut roots: Vec<Root> = items
            .map(|item| Root {
                item,
                own_only: pattern.own_only,
            })
            .collect();
        roots.sort_unstable();
        roots.dedup();
        let state = if roots.is_empty() {
            TargetState::NoMatch { nearest: None }
        } else {
            TargetState::Matched
        };
        Targets { roots, state }
    }
}

fn is_type(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}

fn value<'f>(flags: &[&'f str], key: &str) -> Option<&'f str> {
    flags.iter().find_map(|flag| flag.strip_prefix(key))
}

fn kind(flags: &[&str]) -> ReferenceKind {
    let mut known = ReferenceKind::ALL.into_iter();
    known
        .find(|kind| flags.contains(&kind.word()))
        .unwrap_or(ReferenceKind::Call)
}
