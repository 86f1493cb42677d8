//! What the domain needs of the world, in its own words. Adapters below `outbound` provide it.

use super::loan::{Day, Loan, Name};

/// Where loans are kept.
pub trait LoanStore {
    /// Every loan, by tool.
    fn all(&self) -> Result<Vec<Loan>, Unavailable>;
    /// The loan of a tool.
    fn find(&self, tool: &Name) -> Result<Option<Loan>, Unavailable>;
    /// Keeps a loan.
    fn insert(&mut self, loan: Loan) -> Result<(), Unavailable>;
    /// Forgets the loan of a tool.
    fn remove(&mut self, tool: &Name) -> Result<(), Unavailable>;
}

/// What day it is.
pub trait Clock {
    /// Today.
    fn today(&self) -> Day;
}

/// The store cannot be reached; what it says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unavailable(pub String);
