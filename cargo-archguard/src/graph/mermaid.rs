//! Writes a view as a Mermaid flowchart.

use std::io::{self, Write};

use super::view::View;

/// Writes the view as one flowchart. Nodes go by number, because Mermaid takes words such as `end` for its own.
pub(super) fn write(view: &View, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "flowchart LR")?;
    for (index, node) in view.nodes.iter().enumerate() {
        let class = if node.outside { ":::outside" } else { "" };
        writeln!(out, "    n{index}[\"{}\"]{class}", escaped(&node.name))?;
    }
    for edge in &view.edges {
        let arrow = if edge.dev { "-.->" } else { "-->" };
        writeln!(out, "    n{} {arrow}|{}| n{}", edge.from, edge.references, edge.to)?;
    }
    if view.nodes.iter().any(|node| node.outside) {
        writeln!(out, "    classDef outside stroke-dasharray: 4 4")?;
    }
    Ok(())
}

/// Everything but letters, digits and the characters of plain paths as a numbered entity.
fn escaped(name: &str) -> String {
    let harmless = |character: char| character.is_alphanumeric() || "_:. ()".contains(character);
    let escape = |character: char| match character {
        plain if harmless(plain) => plain.to_string(),
        other => format!("#{};", u32::from(other)),
    };
    name.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::super::view::tests::two_nodes;
    use super::*;

    #[test]
    fn names_cannot_break_out_of_their_quotes() {
        let view = two_nodes("bin:a::<B as \"C#\">", "end");
        let mut out = Vec::new();
        write(&view, &mut out).unwrap();
        let expected = "flowchart LR
    n0[\"bin:a::#60;B as #34;C#35;#34;#62;\"]
    n1[\"end\"]:::outside
    n0 -->|3| n1
    n1 -.->|1| n0
    classDef outside stroke-dasharray: 4 4
";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
