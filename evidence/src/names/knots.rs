//! A name in scopes that glob each other: one knot. Who is asked first goes round to himself and has what all the others
//! have; they have only what was found before. Then all are answered together, from what each has by itself: handed on
//! along the globs until nothing changes, whoever was asked first. Not where something else than globs binds them, an import
//! by name or an exported macro of a root: then only who was asked is answered, by what he has met.

use std::cell::RefCell;
use std::rc::Rc;

use archguard_invariants::graph::ItemKind;
use rustc_hash::FxHashMap;

use super::lookup::{Hit, Hits, Sought};
use super::questions::Ended;
use super::wanted::Wanted;
use super::world::{ImportId, World};

/// The names that are in a circle with a question that is open, by the numbers of their questions.
#[derive(Debug, Default)]
pub(crate) struct Knots(RefCell<FxHashMap<u64, Sought>>);

struct Knot<'k> {
    names: &'k [Sought],
    /// Which of them is which.
    places: FxHashMap<Sought, usize>,
}

/// What a name has in a scope by itself, and from whom globs bring more.
struct Strand {
    explicit: Vec<Hit>,
    globs: Vec<(ImportId, Giver)>,
}

/// Where a glob brings a name from.
enum Giver {
    /// A scope of the same knot.
    InKnot(usize),
    /// What the name means there is known.
    Known(Hits),
}

impl World<'_> {
    /// What a name means in the end. It is not `is_ready` where a macro of the scope is not known yet.
    pub(super) fn untied(&self, sought: Sought, is_ready: bool, ended: Ended, hits: Rc<[Hit]>) -> Rc<[Hit]> {
        match ended {
            Ended::InCircle(number) => {
                if is_ready {
                    self.memo.knots.0.borrow_mut().insert(number, sought);
                }
                hits
            }
            Ended::Whole(circle) => {
                let others = self.loosened(&circle);
                if circle.is_empty() || !is_ready {
                    return hits;
                }
                let names = others.map(|others| others.into_iter().chain([sought]).collect());
                names.and_then(|names: Vec<Sought>| self.untie(&names)).unwrap_or(hits)
            }
        }
    }

    /// Takes the names out of a circle that has closed; none where there is something else in it.
    pub(super) fn loosened(&self, circle: &[u64]) -> Option<Vec<Sought>> {
        if circle.is_empty() {
            return Some(Vec::new());
        }
        let mut known = self.memo.knots.0.borrow_mut();
        let names: Vec<Option<Sought>> = circle.iter().map(|number| known.remove(number)).collect();
        names.into_iter().collect()
    }

    /// Answers all names of a knot, and tells the meaning of the last one; none where that is not settled by them alone.
    fn untie(&self, names: &[Sought]) -> Option<Rc<[Hit]>> {
        let (found, met) = self.questions.meeting(|| Knot::of(names).untie(self));
        let mut found = found.filter(|_| !met)?.into_iter().map(|hits| self.memo.kept(hits));
        let own = found.next_back();
        let keep = self.is_settled();
        for (&name, found) in names.iter().zip(found) {
            self.questions.answered(&self.memo.hits, name, found, keep);
        }
        own
    }
}

impl<'k> Knot<'k> {
    fn of(names: &'k [Sought]) -> Self {
        let places = names.iter().enumerate().map(|(place, &name)| (name, place)).collect();
        Self { names, places }
    }

    fn untie(&self, world: &World<'_>) -> Option<Vec<Vec<Hit>>> {
        let is_examined = |sought: Sought| world.is_examined(sought.0);
        let mut strands: Vec<Strand> = Vec::with_capacity(self.names.len());
        for &sought in self.names {
            strands.push(self.strand(world, sought, is_examined(sought)));
        }
        let found = self.hand_on(world, &strands);
        // What macros make counts where the name is not found without, nor handed on from the others.
        let lacks = |&(place, &sought): &(usize, &Sought)| !is_examined(sought) && world.is_half(sought, &found[place]);
        let lacking: Vec<(usize, &Sought)> = self.names.iter().enumerate().filter(lacks).collect();
        for (_, (scope, name, _)) in &lacking {
            world.ready_for(*scope, Wanted::Name(*name));
        }
        for &(place, &sought) in &lacking {
            strands[place] = self.strand(world, sought, true);
        }
        let found = if lacking.is_empty() {
            found
        } else {
            self.hand_on(world, &strands)
        };
        let has_exported = |(place, &sought): (usize, &Sought)| {
            let is_root = world.scope(sought.0).parent.is_none();
            is_root && !world.exported_beside(sought, &found[place]).is_empty()
        };
        (!self.names.iter().enumerate().any(has_exported)).then_some(found)
    }

    fn strand(&self, world: &World<'_>, sought: Sought, with_made: bool) -> Strand {
        let (scope, name, _) = sought;
        let (explicit, open) = world.explicit(sought, with_made);
        let mut globs = Vec::new();
        if let Some(open) = open {
            for glob in world.globs(scope, with_made) {
                for &target in world.whole_import(glob).iter().flat_map(|led| &led.defs) {
                    let body = world
                        .body(target)
                        .filter(|_| world.def(target).kind == ItemKind::Module);
                    let place = body.and_then(|body| self.places.get(&(body, name, open)));
                    let giver = match place {
                        Some(&place) => Giver::InKnot(place),
                        None => Giver::Known(world.hits_inside(target, name, open)),
                    };
                    globs.push((glob, giver));
                }
            }
        }
        Strand { explicit, globs }
    }

    /// Hands on along the globs what they bring, step by step, all at once: the order of the scopes is of no account.
    fn hand_on(&self, world: &World<'_>, strands: &[Strand]) -> Vec<Vec<Hit>> {
        let mut found: Vec<Vec<Hit>> = strands.iter().map(|strand| strand.explicit.clone()).collect();
        let mut followers: Vec<Vec<usize>> = vec![Vec::new(); strands.len()];
        for (place, strand) in strands.iter().enumerate() {
            for (_, giver) in &strand.globs {
                if let Giver::InKnot(giver) = giver {
                    followers[*giver].push(place);
                }
            }
        }
        // What some have got in the step before.
        let mut news = found.clone();
        let mut with_news: Vec<usize> = (0..strands.len()).collect();
        let mut is_first = true;
        let mut next = with_news.clone();
        while !next.is_empty() {
            let mut told: Vec<(usize, Vec<Hit>)> = Vec::new();
            for &place in &next {
                let strand = &strands[place];
                let mut own_news = Vec::new();
                for (glob, giver) in &strand.globs {
                    let brought: &[Hit] = match giver {
                        Giver::InKnot(giver) => &news[*giver],
                        Giver::Known(known) if is_first => known,
                        Giver::Known(_) => continue,
                    };
                    let (scope, explicit) = (self.names[place].0, strand.explicit.len());
                    world.bring(scope, *glob, brought, explicit, &mut found[place], |hit| {
                        own_news.push(hit);
                    });
                }
                if !own_news.is_empty() {
                    told.push((place, own_news));
                }
            }
            is_first = false;
            for place in with_news.drain(..) {
                news[place].clear();
            }
            next.clear();
            for (place, own_news) in told {
                news[place] = own_news;
                with_news.push(place);
                next.extend(&followers[place]);
            }
            next.sort_unstable();
            next.dedup();
        }
        found
    }
}
