//! One ring of modules beside each other, with shortcuts through it: all of them are one knot, and the smallest set of
//! references that undoes it is far too many possibilities away to be tried out.

use std::fmt::Write as _;

use super::files::SourceFile;
use super::manifests::{self, Member};
use super::plan::Plan;
use super::random::Random;

/// Shortcuts of each module.
const SHORTCUTS: usize = 3;

pub(crate) fn files(plan: Plan) -> impl Iterator<Item = SourceFile> {
    let nodes = plan.modules.max(2) - 1;
    let member = Member {
        name: "circle".to_owned(),
        dependencies: Vec::new(),
    };
    let declared: Vec<String> = (0..nodes).map(|node| format!("pub mod node_{node};\n")).collect();
    let root = SourceFile::new("circle/src/lib.rs", format!("//! A circle.\n\n{}", declared.concat()));
    let texts =
        (0..nodes).map(move |node| SourceFile::new(format!("circle/src/node_{node}.rs"), text(plan, node, nodes)));
    manifests::files(&[member]).into_iter().chain([root]).chain(texts)
}

fn text(plan: Plan, node: usize, nodes: usize) -> String {
    let mut random = Random::of(plan.seed, [0, node]);
    let next = (node + 1) % nodes;
    let mut text = format!(
        "//! A part of the circle.\n\nuse crate::node_{next}::Node as Next;\n\n#[derive(Default)]\npub struct Node {{\n    \
         pub count: u64,\n}}\n\npub fn next() -> Next {{\n    Next::default()\n}}\n"
    );
    for shortcut in 0..SHORTCUTS {
        let to = random.below(nodes);
        let _ = write!(
            text,
            "\npub fn step_{shortcut}(limit: u64) -> u64 {{\n    let other = crate::node_{to}::Node::default();\n    \
             if other.count < limit {{\n        return 0;\n    }}\n    \
             other.count + crate::node_{to}::step_{shortcut}(limit + 1)\n}}\n"
        );
    }
    text
}
