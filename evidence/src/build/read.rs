//! The way in: a workspace and what the policy asks, to the graph and the problems met on the way.

use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use archguard_invariants::graph::{Graph, GraphBuilder};
use archguard_invariants::pattern::PathPattern;
use archguard_invariants::place::FileId;
use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};
use archguard_invariants::verdict::Agreement;
use tracing::info_span;

use super::earlier::Earlier;
use super::found::{Collected, Tally};
use super::items::Items;
use super::keeping::{Known, is_little, keep};
use super::kept::{Extent, Found, Grounds, InPart, KeptReading};
use super::load::Beside;
use super::order::Order;
use super::orphans::orphans;
use super::witness::SeenReferences;
use super::{
    Options, annotations, details_in_graph, generated_code, inherit, literals, load, out_of_reach, references,
    references_in_graph, targets, witness,
};
use crate::compiler::Witnessed;
use crate::facts::extract::Depth;
use crate::facts::model::Name;
use crate::names::exclusions::{Exclusions, holds_code};
use crate::names::kept_facts::KeptFacts;
use crate::names::questions::DEEPEST;
use crate::names::world::World;
use crate::turn::kept_or_read;
use crate::workspace::{Package, Workspace, display_path};

/// What the code does, and what could not be read.
#[derive(Debug)]
pub struct Evidence {
    /// The graph.
    pub graph: Graph,
    /// What keeps it from being whole.
    pub problems: Vec<Problem>,
    /// Which of [`Options::generated`] mean no examined file, by index; paths are for whoever binds them.
    pub idle_generated: Vec<usize>,
    /// Which of [`Options::excluded`] lead to no code, by index.
    pub idle_exclusions: Vec<usize>,
    /// A hash of it, if it is kept: what is known by the same is the same.
    pub kept_as: Option<[u8; 32]>,
    /// Where source and compiler agree; none without compiler evidence.
    pub agreement: Option<Agreement>,
}

/// For names that lead through thousands of others: a re-export of a re-export takes some kilobytes of stack. What is
/// not used costs only address space. [`crate::names::questions`] has the limit that keeps within it.
const STACK: usize = 1 << 30;

/// Reads the workspace's code into a graph.
pub fn read(workspace: &Workspace, options: &Options) -> Evidence {
    with_deep_stack(|| read_here(workspace, options, None, &|_| Vec::new(), None, None))
}

/// The same, without reading again what is kept and still holds: for a workspace that came from
/// [`crate::workspace::load_cached`].
pub fn read_cached(workspace: &Workspace, options: &Options) -> Evidence {
    let place = KeptReading::of(workspace, options, Extent::Whole, None);
    kept_or(workspace, options, place.as_ref(), |found| {
        read_here(workspace, options, None, &|_| Vec::new(), place.as_ref(), found)
    })
}

/// [`Evidence::kept_as`] of what [`read_cached`] would say, if that is kept and still holds.
pub fn kept_reading(workspace: &Workspace, options: &Options) -> Option<[u8; 32]> {
    KeptReading::of(workspace, options, Extent::Whole, None)?.identity(workspace, options)
}

/// [`read`] together with what the compiler saw.
pub fn read_witnessed(workspace: &Workspace, options: &Options, witnessed: &Witnessed) -> Evidence {
    with_deep_stack(|| read_here(workspace, options, Some(witnessed), &|_| Vec::new(), None, None))
}

/// The same, without reading again what is kept of the same answers and still holds.
pub fn read_witnessed_cached(workspace: &Workspace, options: &Options, witnessed: &Witnessed) -> Evidence {
    let seen = witnessed.identity();
    let place = seen.and_then(|seen| KeptReading::of(workspace, options, Extent::Whole, Some(&seen)));
    kept_or(workspace, options, place.as_ref(), |_| {
        read_here(
            workspace,
            options,
            Some(witnessed),
            &|_| Vec::new(),
            place.as_ref(),
            None,
        )
    })
}

/// [`read`] for those who know only from the graph what to ask: it knows in the end what the patterns of `ask` lead to, as
/// far as that stands in it. What nothing in the code leads to is not added for them.
pub fn read_asking(
    workspace: &Workspace,
    options: &Options,
    ask: &(dyn Fn(&Graph) -> Vec<PathPattern> + Sync),
) -> Evidence {
    with_deep_stack(|| read_here(workspace, options, None, ask, None, None))
}

/// Reads what there is and not what it does: modules as in [`read`], what the patterns lead to, and no reference.
/// Nothing can be judged by it; items that attributes of the policy make development code are not seen as such, and what
/// stands in the bodies of functions is not seen at all.
pub fn read_outline(workspace: &Workspace, options: &Options) -> Evidence {
    with_deep_stack(|| outline_here(workspace, options, None))
}

/// The same, without reading again what is kept and still holds: for a workspace that came from
/// [`crate::workspace::load_cached`].
pub fn read_outline_cached(workspace: &Workspace, options: &Options) -> Evidence {
    let place = KeptReading::of(workspace, options, Extent::Outline, None);
    kept_or(workspace, options, place.as_ref(), |_| {
        outline_here(workspace, options, place.as_ref())
    })
}

/// What is kept at a place, if it still holds; else what `read` says, with what still holds in part.
fn kept_or(
    workspace: &Workspace,
    options: &Options,
    place: Option<&KeptReading>,
    read: impl Fn(Option<InPart>) -> Evidence + Sync + Send,
) -> Evidence {
    let in_part = Mutex::new(None);
    let set = |found| *in_part.lock().unwrap_or_else(PoisonError::into_inner) = found;
    let take = || in_part.lock().unwrap_or_else(PoisonError::into_inner).take();
    let kept = || {
        set(None);
        // Meanwhile another core may have nothing to do.
        rayon::spawn(World::prepare);
        match info_span!("what is kept of all").in_scope(|| place?.read(workspace, options))? {
            Found::Whole(evidence) => Some(*evidence),
            Found::InPart(found) => {
                set(Some(*found));
                None
            }
        }
    };
    kept_or_read(place.map(KeptReading::file), kept, || with_deep_stack(|| read(take())))
}

fn with_deep_stack(read: impl Fn() -> Evidence + Sync + Send) -> Evidence {
    // Whoever wants to know how long the parts take listens on the thread that asked.
    let listener = tracing::dispatcher::get_default(Clone::clone);
    let read = || tracing::dispatcher::with_default(&listener, &read);
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, read);
        match thread {
            Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            // Where so much cannot be had, the stack that is there has to do.
            Err(_) => read(),
        }
    })
}

fn outline_here(workspace: &Workspace, options: &Options, place: Option<&KeptReading>) -> Evidence {
    let began = SystemTime::now();
    let mut world = world_of(workspace, options, KeptFacts::of(workspace));
    world.examined_depth = Depth::Declarations;
    load::load_outline(&world);
    let nothing = Collected::default();
    let wanted = targets::resolve_outline(&world, &options.patterns);
    let mut builder = GraphBuilder::new();
    builder.outline = true;
    let mut items = Items::new(&world, options);
    let order = Order::of(&world, &nothing, None, &wanted);
    items.add_all(&mut builder, &nothing, &order, None);
    annotations::add(&world, &mut builder, &items);
    targets::add_all(&mut builder, &items, wanted);
    let graph = builder.finish();
    let problems = std::mem::take(&mut world.notes.borrow_mut().problems);
    let evidence = Evidence {
        graph,
        problems,
        idle_generated: Vec::new(),
        idle_exclusions: Vec::new(),
        kept_as: None,
        agreement: None,
    };
    keep(world, &evidence, options, place, began, Known::default());
    evidence
}

/// A world that knows what the policy says of the reading.
fn world_of<'w>(workspace: &'w Workspace, options: &Options, kept: KeptFacts) -> World<'w> {
    let exclusions = Exclusions::new(&options.excluded_paths(workspace));
    let mut world = World::new(workspace, exclusions, kept);
    for (name, family) in &options.facades {
        let listed = world.facades.entry(Name::from(name)).or_default();
        listed.extend(family.iter().cloned());
    }
    world
}

fn read_here(
    workspace: &Workspace,
    options: &Options,
    witnessed: Option<&Witnessed>,
    ask: &dyn Fn(&Graph) -> Vec<PathPattern>,
    place: Option<&KeptReading>,
    found: Option<InPart>,
) -> Evidence {
    let began = SystemTime::now();
    let (world, named) = loaded_and_named(workspace, options, witnessed, found);
    let Named {
        mut collected,
        mut seen,
        wanted,
        mut order,
        mut earlier,
        grounds,
    } = named;
    let span = info_span!("graph").entered();
    let mut builder = GraphBuilder::new();
    let mut items = Items::new(&world, options);
    items.add_all(&mut builder, &collected, &order, earlier.as_ref());
    let said = literals::add_items(&mut builder, &options.patterns);
    if let Some(earlier) = &mut earlier {
        literals::match_earlier(&said, earlier, &mut order.of_earlier);
        references_in_graph::add_earlier(&mut builder, earlier, &order.of_earlier);
    }
    references_in_graph::add_all(&world, &mut builder, &items, &mut collected);
    let changed = earlier.as_ref().map(|earlier| &earlier.changed);
    literals::add(&world, &mut builder, &items, &said, &collected.handed, changed);
    if options.requirements {
        details_in_graph::add_all(&world, &mut builder, &items, &collected.details);
    }
    annotations::add(&world, &mut builder, &items);
    let has_changed = |file| {
        earlier
            .as_ref()
            .is_none_or(|earlier| earlier.changed_files.contains(&file))
    };
    inherit::add_inherited(&mut builder, has_changed);
    let agreement = seen.as_ref().map(|seen| witness::add_all(&mut builder, &items, seen));
    targets::add_all(&mut builder, &items, wanted);
    if let Some(earlier) = &mut earlier {
        targets::add_earlier(&mut builder, earlier, &order.of_earlier, &options.patterns);
    }
    let tallies = tallies(&items, &collected, earlier.as_ref());
    name_unexamined(&world, &mut builder, earlier.as_mut());
    count(&world, &mut builder, &items, &tallies);
    let idle_generated = generated_code::mark(&mut builder, &options.generated);
    let problems = problems_met(&world, &builder, earlier.as_mut(), seen.as_mut());
    let mut graph = builder.finish();
    drop(span);
    let asked = targets::resolve_all(&world, &ask(&graph));
    graph.add_targets(targets::of_items(&items, asked));
    let mut evidence = Evidence {
        graph,
        problems,
        idle_generated,
        idle_exclusions: idle_exclusions(workspace, options),
        kept_as: None,
        agreement,
    };
    let known = Known {
        tallies,
        words_of_macros: Some(earlier.as_mut().map_or_else(Vec::new, Earlier::take_words)),
        is_little: earlier.as_ref().is_some_and(|earlier| is_little(&world, earlier)),
        grounds,
    };
    evidence.kept_as = keep(world, &evidence, options, place, began, known);
    evidence
}

/// All that keeps the evidence from being whole.
fn problems_met(
    world: &World<'_>,
    builder: &GraphBuilder,
    earlier: Option<&mut Earlier>,
    seen: Option<&mut SeenReferences>,
) -> Vec<Problem> {
    let mut problems = match earlier {
        Some(earlier) => std::mem::take(&mut earlier.problems),
        None => problems_so_far(world),
    };
    problems.extend(seen.into_iter().flat_map(|seen| std::mem::take(&mut seen.problems)));
    if world.questions.were_too_deep() {
        problems.push(Problem {
            code: ProblemCode::UnexaminedCode,
            message: format!("names lead through more than {DEEPEST} others: what lies beyond was not looked up"),
            place: ProblemPlace::None,
            suggestion: None,
        });
    }
    if builder.examined.files == 0 && problems.is_empty() {
        problems.push(Problem {
            code: ProblemCode::NothingExamined,
            message: "nothing was examined: the workspace has no Rust file in any module tree".to_owned(),
            place: ProblemPlace::None,
            suggestion: None,
        });
    }
    problems
}

/// The code, read, and what it names: beside an earlier reading where that holds.
fn loaded_and_named<'w>(
    workspace: &'w Workspace,
    options: &Options,
    witnessed: Option<&Witnessed>,
    found: Option<InPart>,
) -> (World<'w>, Named) {
    let loaded = |beside, kept| {
        let mut world = world_of(workspace, options, kept);
        world.compiled_files = witnessed.map_or_else(Vec::new, Witnessed::files_read);
        load::load(&world, beside);
        world
    };
    // What is taken over from an earlier reading leads into few files of dependencies.
    let is_found = found.is_some();
    let mut world = match &found {
        Some(found) => loaded(
            Beside::Roots,
            KeptFacts::of(workspace).knowing(found.grounds.unchanged()),
        ),
        None => loaded(Beside::WhatTheyLeadTo, KeptFacts::of(workspace)),
    };
    world.depends_on_order.set(false);
    let span = info_span!("what still holds");
    let held = span.in_scope(|| found.and_then(|found| Earlier::of(&world, &options.patterns, found)));
    let holds = held.is_some();
    let in_part = held.and_then(|(earlier, grounds)| named_in_part(&world, options, earlier, grounds));
    if holds && in_part.is_none() {
        // What was asked in vain may have left its traces: names are looked up in the order of reading from nothing.
        drop(world);
        world = loaded(Beside::WhatTheyLeadTo, KeptFacts::of(workspace));
    } else if is_found && !holds {
        load::read_ahead(&world);
    }
    let named = in_part.unwrap_or_else(|| named(&world, options, witnessed));
    (world, named)
}

/// What the code names.
struct Named {
    collected: Collected,
    seen: Option<SeenReferences>,
    /// What the policy's patterns lead to, where that was looked up.
    wanted: Vec<targets::Wanted>,
    order: Order,
    /// The earlier reading that holds where nothing was collected.
    earlier: Option<Earlier>,
    grounds: Option<Grounds>,
}

/// Looks up what the files name that have changed since an earlier reading, where all else is still as it was found then;
/// nothing if they name what does not fit to that.
fn named_in_part(world: &World<'_>, options: &Options, earlier: Earlier, grounds: Grounds) -> Option<Named> {
    let span = info_span!("references of changed files");
    let (collected, needed) = std::thread::scope(|scope| {
        // It takes as long, and another core may have nothing to do.
        let needed = std::thread::Builder::new().spawn_scoped(scope, || earlier.needed_items());
        let collected = span.in_scope(|| references::collect(world, options, Some(&earlier.changed)));
        let needed = needed.map(|needed| needed.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        // Where no thread can be had, it is told here.
        (collected, needed.unwrap_or_else(|_| earlier.needed_items()))
    });
    let wanted = if earlier.declares_otherwise {
        info_span!("patterns").in_scope(|| targets::resolve_examined(world, &options.patterns))
    } else {
        Vec::new()
    };
    // From nothing more would have been asked before, and more files of dependencies read.
    if world.depends_on_order.get() || !has_same_problems(world, &earlier) {
        return None;
    }
    let order = info_span!("order").in_scope(|| Order::beside(world, &collected, &wanted, (&earlier, &needed)))?;
    Some(Named {
        collected,
        seen: None,
        wanted,
        order,
        earlier: Some(earlier),
        grounds: Some(grounds),
    })
}

fn has_same_problems(world: &World<'_>, earlier: &Earlier) -> bool {
    let now = problems_so_far(world);
    let is_told = |problem: &Problem| earlier.problems.contains(problem);
    !world.questions.were_too_deep() && now.len() == earlier.problems.len() && now.iter().all(is_told)
}

/// What could not be read or looked into until now.
fn problems_so_far(world: &World<'_>) -> Vec<Problem> {
    let mut problems = out_of_reach::problems(world.workspace, &world.exclusions);
    problems.extend(world.notes.borrow().problems.iter().cloned());
    problems
}

/// Looks up what the code names.
fn named(world: &World<'_>, options: &Options, witnessed: Option<&Witnessed>) -> Named {
    let collected = info_span!("references").in_scope(|| references::collect(world, options, None));
    let seen = witnessed.map(|witnessed| {
        let _span = info_span!("what the compiler saw").entered();
        witness::resolve(world, witnessed)
    });
    let wanted = info_span!("patterns").in_scope(|| targets::resolve_all(world, &options.patterns));
    let order = Order::of(world, &collected, seen.as_ref(), &wanted);
    Named {
        collected,
        seen,
        wanted,
        order,
        earlier: None,
        grounds: None,
    }
}

/// What was counted in each file, by the graph's numbers.
fn tallies(items: &Items<'_, '_>, collected: &Collected, earlier: Option<&Earlier>) -> Vec<(FileId, Tally)> {
    let fresh = collected.tallies.iter();
    let fresh = fresh.filter_map(|(&source, tally)| Some((items.file(source)?, tally.clone())));
    let before = earlier.map_or(&[][..], |earlier| &earlier.tallies).iter().cloned();
    let mut tallies: Vec<(FileId, Tally)> = fresh.chain(before).collect();
    tallies.sort_unstable_by_key(|(file, _)| *file);
    tallies
}

/// Which exclusions lead to no code.
pub(super) fn idle_exclusions(workspace: &Workspace, options: &Options) -> Vec<usize> {
    let excluded = options.excluded_paths(workspace);
    let idle = excluded.iter().enumerate().filter(|(_, path)| !holds_code(path));
    idle.map(|(index, _)| index).collect()
}

fn count(world: &World<'_>, builder: &mut GraphBuilder, items: &Items<'_, '_>, tallies: &[(FileId, Tally)]) {
    let workspace = world.workspace;
    let mut notes = world.notes.borrow_mut();
    notes.pending.sort();
    notes.pending.dedup();
    let examined = &mut builder.examined;
    let targets = |package: &Package| {
        let targets = package.targets.iter();
        targets.filter(|target| !world.exclusions.cover(&target.root)).count()
    };
    examined.targets = workspace.packages.iter().map(targets).sum();
    // A package without targets is one that was looked at; one whose targets are all taken out is not.
    let is_examined = |package: &&Package| package.targets.is_empty() || targets(package) > 0;
    examined.packages = workspace.packages.iter().filter(is_examined).count();
    examined.files = items.examined_files();
    examined.included_files = items.included_files();
    examined.lines = items.examined_lines();
    let tallies = || tallies.iter().map(|(_, tally)| tally);
    examined.paths = tallies().map(|tally| tally.paths).sum();
    examined.opaque_paths = tallies().map(|tally| tally.opaque_paths).sum();
    examined.macro_made_paths = tallies().map(|tally| tally.macro_made_paths).sum();
    examined.untyped_method_calls = tallies().map(|tally| tally.untyped_method_calls).sum();
    let mut opaque = out_of_reach::names(workspace);
    opaque.extend(tallies().flat_map(|tally| tally.opaque.iter().cloned()));
    examined.opaque = opaque.into_iter().collect();
    examined.pending.clone_from(&notes.pending);
}

/// States what lies around that nobody examines.
fn name_unexamined(world: &World<'_>, builder: &mut GraphBuilder, earlier: Option<&mut Earlier>) {
    let (orphans, workspaces) = match earlier {
        Some(earlier) => (earlier.take_orphans(), earlier.take_workspaces_not_examined()),
        None => (orphans(world), workspaces_not_examined(world)),
    };
    builder.examined.orphans = orphans.into_iter().map(|file| builder.add_file(file)).collect();
    builder.examined.workspaces_not_examined = workspaces;
}

fn workspaces_not_examined(world: &World<'_>) -> Vec<String> {
    let others = world.workspace.other_workspaces().iter();
    let others = others.filter(|path| !world.exclusions.cover(path));
    others.map(|path| display_path(world.workspace, path)).collect()
}
