//! Loans in a text file, one a line: tool, member, day.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::domain::loan::{Day, Loan, Name};
use crate::domain::ports::{LoanStore, Unavailable};

/// A file that holds the loans; it may be missing, then there are none.
#[derive(Debug)]
pub struct FileStore {
    path: PathBuf,
}

impl FileStore {
    /// The store in a file.
    pub fn at(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    fn write(&self, loans: &[Loan]) -> Result<(), Unavailable> {
        let line = |loan: &Loan| format!("{} {} {}", loan.tool, loan.member, loan.due.0);
        let lines: Vec<String> = loans.iter().map(line).collect();
        fs::write(&self.path, lines.join("\n")).map_err(|error| Unavailable(error.to_string()))
    }
}

impl LoanStore for FileStore {
    fn all(&self) -> Result<Vec<Loan>, Unavailable> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Unavailable(error.to_string())),
        };
        text.lines()
            .map(|line| loan(line).ok_or_else(|| Unavailable(format!("no loan: `{line}`"))))
            .collect()
    }

    fn find(&self, tool: &Name) -> Result<Option<Loan>, Unavailable> {
        Ok(self.all()?.into_iter().find(|loan| loan.tool == *tool))
    }

    fn insert(&mut self, loan: Loan) -> Result<(), Unavailable> {
        let mut loans = self.all()?;
        loans.push(loan);
        loans.sort_by(|a, b| a.tool.cmp(&b.tool));
        self.write(&loans)
    }

    fn remove(&mut self, tool: &Name) -> Result<(), Unavailable> {
        let mut loans = self.all()?;
        loans.retain(|loan| loan.tool != *tool);
        self.write(&loans)
    }
}

fn loan(line: &str) -> Option<Loan> {
    let mut words = line.split(' ');
    let (tool, member, due) = (words.next()?, words.next()?, words.next()?);
    Some(Loan {
        tool: Name::new(tool)?,
        member: Name::new(member)?,
        due: Day(due.parse().ok()?),
    })
}
