//! A difference as a comment for a review: what has to be decided first, the rest folded.

use std::fmt::Write;

use archguard_invariants::difference::{Dependency, DifferenceDocument, DifferenceOutcome, Turnover};
use archguard_invariants::verdict::ChangeEntry;

use super::lines::sum;

/// The whole comment.
pub(super) fn page(document: &DifferenceDocument) -> String {
    let mut page = String::new();
    let title = match document.outcome {
        DifferenceOutcome::Clean => "Architecture: nothing is worse",
        DifferenceOutcome::Worse => "Architecture: something is worse",
        DifferenceOutcome::Incomplete => "Architecture: not everything could be compared",
    };
    let since = document
        .base
        .as_ref()
        .map(|base| format!(" since {}", code(&base.name())))
        .unwrap_or_default();
    paragraph(&mut page, &format!("### {title}"));
    paragraph(&mut page, &format!("{}{since}.", capitalised(&sum(document))));
    list(
        &mut page,
        "Problems",
        document.problems.iter().map(|problem| plain(&problem.message)),
    );
    if let Some(base) = &document.base {
        list(&mut page, "The policy denies less", base.weakened.iter().map(change));
    }
    list(
        &mut page,
        "Findings introduced",
        document.difference.introduced.iter().map(|finding| {
            let place = finding.sites.first().map(|site| format!("{}:{}", site.file, site.line));
            let place = place.map(|place| format!(" at {}", code(&place))).unwrap_or_default();
            format!(
                "{} ({}){place}: {}",
                code(&finding.rule),
                finding.lint.id(),
                plain(&finding.message)
            )
        }),
    );
    list(
        &mut page,
        "Findings fixed",
        document.difference.fixed.iter().map(|fixed| {
            let to = fixed
                .to
                .as_ref()
                .map(|to| format!(" to {}", code(to)))
                .unwrap_or_default();
            format!("{} ({}): {}{to}", code(&fixed.rule), fixed.lint.id(), code(&fixed.from))
        }),
    );
    if let Some(base) = &document.base {
        list(
            &mut page,
            "The policy is stricter",
            base.strengthened.iter().map(change),
        );
        list(&mut page, "Notes", base.notes.iter().map(|note| plain(note)));
    }
    let dependencies = &document.difference.dependencies;
    turnover(&mut page, "components", &dependencies.components, false);
    turnover(&mut page, "crates", &dependencies.crates, false);
    turnover(&mut page, "modules", &dependencies.modules, true);
    let moved = document.difference.moved.iter();
    list(
        &mut page,
        "Moved or renamed",
        moved.map(|moved| format!("{} is {}", code(&moved.from), code(&moved.to))),
    );
    page
}

fn turnover(page: &mut String, between: &str, turnover: &Turnover, folded: bool) {
    let line = |word: &str, it: &Dependency| {
        let place = code(&format!("{}:{}", it.file, it.line));
        format!("{word} {} → {} ({place})", code(&it.from), code(&it.to))
    };
    let new = turnover.new.iter().map(|it| line("new:", it));
    let gone = turnover.gone.iter().map(|it| line("gone:", it));
    let lines: Vec<String> = new.chain(gone).collect();
    let title = format!("Dependencies between {between}");
    if folded && !lines.is_empty() {
        let _ = write!(page, "<details><summary>{title}: {}</summary>\n\n", lines.len());
        items(page, lines.into_iter());
        page.push_str("</details>\n\n");
    } else {
        list(page, &title, lines.into_iter());
    }
}

fn change(entry: &ChangeEntry) -> String {
    let mut text = format!("{}: {}", code(&entry.rule), plain(&entry.changes.join("; ")));
    for reference in &entry.references {
        let (from, to) = (code(&reference.from), code(&reference.to));
        let place = code(&format!("{}:{}", reference.file, reference.line));
        let _ = write!(text, "\n  - lets pass {from} → {to} at {place}");
    }
    text
}

fn list(page: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.collect();
    if !lines.is_empty() {
        paragraph(page, &format!("**{title}**"));
        items(page, lines.into_iter());
    }
}

fn items(page: &mut String, lines: impl Iterator<Item = String>) {
    for line in lines {
        let _ = writeln!(page, "- {line}");
    }
    page.push('\n');
}

fn paragraph(page: &mut String, text: &str) {
    let _ = write!(page, "{text}\n\n");
}

/// A name as code. Names come from the change that is judged: nothing of them becomes markup.
fn code(name: &str) -> String {
    let name: String = name
        .chars()
        .filter(|letter| !letter.is_control() && *letter != '`')
        .collect();
    format!("`{name}`")
}

/// A sentence in which only code is marked.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in text.chars() {
        match letter {
            '\n' | '\r' => plain.push(' '),
            '<' => plain.push_str("&lt;"),
            '@' => plain.push_str("&#64;"),
            '[' | ']' | '*' | '!' | '#' if !plain.matches('`').count().is_multiple_of(2) => plain.push(letter),
            '[' | ']' | '*' | '#' => {
                plain.push('\\');
                plain.push(letter);
            }
            letter if letter.is_control() => {}
            letter => plain.push(letter),
        }
    }
    plain
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase())
        .into_iter()
        .chain(letters)
        .collect()
}
