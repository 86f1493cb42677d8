//! Text of others on a terminal: what would steer it is shown instead.

use codespan_reporting::diagnostic::Diagnostic;

/// The diagnostic with nothing in its words that a terminal obeys; lines end as they did.
pub(super) fn diagnostic(diagnostic: &Diagnostic<usize>) -> Diagnostic<usize> {
    let mut shown = diagnostic.clone();
    let labels = shown.labels.iter_mut().map(|label| &mut label.message);
    for text in labels.chain(&mut shown.notes).chain([&mut shown.message]) {
        if text.chars().any(steers) {
            *text = visible(text);
        }
    }
    shown
}

fn steers(character: char) -> bool {
    character.is_control() && !matches!(character, '\n' | '\t')
}

/// A text with nothing in it that a terminal obeys; lines end as they did.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::new();
    for character in text.chars() {
        if steers(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use codespan_reporting::diagnostic::Label;

    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_shown() {
        let steering = "a\u{1b}[31mb\u{7}\r\nc\td";
        let shown = diagnostic(
            &Diagnostic::error()
                .with_message(steering)
                .with_labels(vec![Label::primary(0, 0..1).with_message(steering)])
                .with_notes(vec![steering.to_owned()]),
        );
        let expected = "a\\u{1b}[31mb\\u{7}\\r\nc\td";
        assert_eq!(
            [&shown.message, &shown.labels[0].message, &shown.notes[0]],
            [expected; 3]
        );
    }
}
