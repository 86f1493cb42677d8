//! Where the results go: into their places of `docs/performance.md`, with the plot beside it, or onto the terminal.

use std::collections::BTreeMap;

use super::command::Workspace;
use super::growth::Point;
use super::plot;
use super::shapes::Hard;
use super::tables;
use crate::generated::{filled, parts};
use crate::repository::Repository;

const PAGE: &str = "docs/performance.md";
const PLOT: &str = "docs/performance.svg";
const PICTURE: &str = "![Time against lines, both by powers of ten](performance.svg)\n\n";

/// What was measured; none of what was not asked for.
#[derive(Default)]
pub(crate) struct Measured {
    pub(crate) workspaces: Option<Vec<Workspace>>,
    pub(crate) growth: Option<Vec<Point>>,
    pub(crate) shapes: Option<Vec<Hard>>,
}

impl Measured {
    /// The tables by their places in the page.
    fn tables(&self) -> BTreeMap<String, String> {
        let mut tables = BTreeMap::new();
        let mut add = |name: &str, text: String| tables.insert(name.to_owned(), text);
        if let Some(workspaces) = &self.workspaces {
            add("targets", tables::targets(workspaces));
            add("workspaces", tables::workspaces(workspaces));
        }
        if let Some(growth) = &self.growth {
            add("growth", PICTURE.to_owned() + &tables::growth(growth));
            add("stages", tables::stages(growth));
        }
        if let Some(shapes) = &self.shapes {
            add("shapes", tables::shapes(shapes));
        }
        tables
    }
}

/// For the terminal, which has seen each workspace already.
pub(crate) fn text(measured: &Measured) -> String {
    let mut tables = measured.tables();
    tables.remove("workspaces");
    let each = tables.iter().map(|(name, table)| format!("## {name}\n\n{table}"));
    each.collect::<Vec<_>>().join("\n")
}

/// Writes page and plot; what was not measured stays as it is.
pub(crate) fn write(repository: &Repository, measured: &Measured) -> Result<String, String> {
    let page = repository.read(PAGE)?;
    let mut tables = parts(&page);
    tables.extend(measured.tables());
    let text = filled(&page, &tables).map_err(|fault| format!("{PAGE}{fault}"))?;
    repository.write(PAGE, &text)?;
    let Some(growth) = &measured.growth else {
        return Ok(format!("written: {PAGE}"));
    };
    let workspaces = measured.workspaces.as_deref().unwrap_or_default();
    repository.write(PLOT, &plot::growth(growth, workspaces)?)?;
    Ok(format!("written: {PAGE}, {PLOT}"))
}
