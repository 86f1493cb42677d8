//! Tables of Markdown from the format of the policy.

use archguard_invariants::policy::format::{Key, Shape};

/// Keys, what may stand under each, what leaving it out means, and what it says.
pub(super) fn keys(keys: &[Key]) -> String {
    let head = "| key | takes | without it | means |\n|---|---|---|---|\n".to_owned();
    keys.iter().fold(head, |text, key| text + &row(key))
}

fn row(key: &Key) -> String {
    let without = match key.default {
        _ if key.required => "compulsory".to_owned(),
        Some(default) => format!("`{default}`"),
        None => String::new(),
    };
    format!(
        "| `{}` | {} | {without} | {} |\n",
        key.name,
        takes(key.shape),
        key.about
    )
}

/// What may stand under a key.
fn takes(shape: Shape) -> String {
    let several = |what: &str, least: usize| match least {
        0 => what.to_owned(),
        _ => format!("{what}, at least one"),
    };
    match shape {
        Shape::Version => "`1`".to_owned(),
        Shape::Text | Shape::Said => "a text".to_owned(),
        Shape::Id => "an id".to_owned(),
        Shape::ToolVersion => "a version".to_owned(),
        Shape::Count => "a number".to_owned(),
        Shape::Day => "a day".to_owned(),
        Shape::Flag => "`true`, `false`".to_owned(),
        Shape::Word(words) => words
            .iter()
            .map(|word| format!("`\"{word}\"`"))
            .collect::<Vec<_>>()
            .join(", "),
        Shape::Words(_) => "words of the list below, at least one".to_owned(),
        Shape::Texts(least) => several("texts", least),
        Shape::Paths(least) => several("paths, sets", least),
        Shape::Code(least) => several("components, paths, sets", least),
        Shape::Anything(least) => several("components, paths, sets, packs", least),
        Shape::Targets => "components, paths, sets, packs, literals; or a table".to_owned(),
        Shape::Order => "an array of components or paths".to_owned(),
        Shape::Component(_) => "paths, or a table".to_owned(),
        Shape::Named(inner) => format!("names, each with {}", takes(*inner)),
        Shape::Table(_) => "a table".to_owned(),
        Shape::Tables(_) => "a list of tables".to_owned(),
    }
}

/// The words that a key takes, if they need explaining, under the key's name.
pub(super) fn explained_words(key: &Key) -> Option<(&'static str, String)> {
    let Shape::Words(words) = key.shape else { return None };
    let rows = words()
        .into_iter()
        .map(|word| (format!("`\"{}\"`", word.word), word.about));
    Some((key.name, two_columns(&format!("`{}`", key.name), "is", rows)))
}

/// A table of two columns.
pub(super) fn two_columns<'t>(first: &str, second: &str, rows: impl Iterator<Item = (String, &'t str)>) -> String {
    let head = format!("| {first} | {second} |\n|---|---|\n");
    rows.fold(head, |text, (name, about)| text + &format!("| {name} | {about} |\n"))
}
