//! Loans in memory: for tests, and for trying things out.

use crate::domain::loan::{Loan, Name};
use crate::domain::ports::{LoanStore, Unavailable};

/// Forgotten when dropped.
#[derive(Debug, Default)]
pub struct MemoryStore {
    loans: Vec<Loan>,
}

impl LoanStore for MemoryStore {
    fn all(&self) -> Result<Vec<Loan>, Unavailable> {
        Ok(self.loans.clone())
    }

    fn find(&self, tool: &Name) -> Result<Option<Loan>, Unavailable> {
        Ok(self.loans.iter().find(|loan| loan.tool == *tool).cloned())
    }

    fn insert(&mut self, loan: Loan) -> Result<(), Unavailable> {
        self.loans.push(loan);
        self.loans.sort_by(|a, b| a.tool.cmp(&b.tool));
        Ok(())
    }

    fn remove(&mut self, tool: &Name) -> Result<(), Unavailable> {
        self.loans.retain(|loan| loan.tool != *tool);
        Ok(())
    }
}
