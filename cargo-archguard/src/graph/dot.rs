//! Writes a view for Graphviz.

use std::io::{self, Write};

use super::view::View;

/// Writes the view as one directed graph.
pub(super) fn write(view: &View, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "digraph archguard {{")?;
    writeln!(out, "    rankdir = LR;")?;
    writeln!(out, "    node [shape = box];")?;
    for node in &view.nodes {
        let style = if node.outside { " [style = dashed]" } else { "" };
        writeln!(out, "    {}{style};", quoted(&node.name))?;
    }
    for edge in &view.edges {
        let (from, to) = (quoted(&view.nodes[edge.from].name), quoted(&view.nodes[edge.to].name));
        let style = if edge.dev { ", style = dashed" } else { "" };
        writeln!(out, "    {from} -> {to} [label = \"{}\"{style}];", edge.references)?;
    }
    writeln!(out, "}}")
}

/// A quoted id: in one only the quote needs escaping, but labels read backslashes, so those are doubled too.
fn quoted(name: &str) -> String {
    format!(
        "\"{}\"",
        name.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
    )
}

#[cfg(test)]
mod tests {
    use super::super::view::tests::two_nodes;
    use super::*;

    #[test]
    fn names_cannot_break_out_of_their_quotes() {
        let view = two_nodes("a::<B as C<\"\\\">>", "sqlx");
        let mut out = Vec::new();
        write(&view, &mut out).unwrap();
        let expected = r#"digraph archguard {
    rankdir = LR;
    node [shape = box];
    "a::<B as C<\"\\\">>";
    "sqlx" [style = dashed];
    "a::<B as C<\"\\\">>" -> "sqlx" [label = "3"];
    "sqlx" -> "a::<B as C<\"\\\">>" [label = "1", style = dashed];
}
"#;
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
