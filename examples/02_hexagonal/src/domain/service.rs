//! Lending and taking back.

use std::fmt;

use super::loan::{Day, Loan, Name};
use super::ports::{Clock, LoanStore, Unavailable};

/// How long a tool may be kept.
const DAYS: u32 = 14;
/// How many tools one member may have.
const MOST: usize = 3;

/// The use cases, over any store and any clock.
#[derive(Debug)]
pub struct Lending<S, C> {
    store: S,
    clock: C,
}

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// Somebody has the tool.
    IsLent(Loan),
    /// Nobody has it.
    IsHere(Name),
    /// The member has as many as one may have.
    HasEnough(Name),
    /// The member has something that should be back.
    IsLate(Loan),
    /// The loans cannot be read or written.
    Unavailable(Unavailable),
}

impl From<Unavailable> for Refused {
    fn from(error: Unavailable) -> Self {
        Self::Unavailable(error)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::IsLent(loan) => write!(f, "{} has {}", loan.member, loan.tool),
            Self::IsHere(tool) => write!(f, "nobody has {tool}"),
            Self::HasEnough(member) => write!(f, "{member} has {MOST} tools already"),
            Self::IsLate(loan) => write!(f, "{} should have brought {} back", loan.member, loan.tool),
            Self::Unavailable(error) => write!(f, "the loans are out of reach: {}", error.0),
        }
    }
}

impl<S: LoanStore, C: Clock> Lending<S, C> {
    /// The service over a store and a clock.
    pub fn new(store: S, clock: C) -> Self {
        Self { store, clock }
    }

    /// Hands a tool out, for two weeks.
    pub fn lend(&mut self, tool: Name, member: Name) -> Result<Loan, Refused> {
        if let Some(loan) = self.store.find(&tool)? {
            return Err(Refused::IsLent(loan));
        }
        let today = self.clock.today();
        let mut theirs = self.store.all()?;
        theirs.retain(|loan| loan.member == member);
        if let Some(late) = theirs.iter().find(|loan| loan.is_late(today)) {
            return Err(Refused::IsLate(late.clone()));
        }
        if theirs.len() >= MOST {
            return Err(Refused::HasEnough(member));
        }
        let due = today.later(DAYS);
        let loan = Loan { tool, member, due };
        self.store.insert(loan.clone())?;
        Ok(loan)
    }

    /// Takes a tool back.
    pub fn take_back(&mut self, tool: &Name) -> Result<Loan, Refused> {
        let loan = self.store.find(tool)?.ok_or_else(|| Refused::IsHere(tool.clone()))?;
        self.store.remove(tool)?;
        Ok(loan)
    }

    /// Every loan, with whether it is late.
    pub fn list(&self) -> Result<Vec<(Loan, bool)>, Refused> {
        let today: Day = self.clock.today();
        let loans = self.store.all()?;
        Ok(loans
            .into_iter()
            .map(|loan| {
                let late = loan.is_late(today);
                (loan, late)
            })
            .collect())
    }
}
