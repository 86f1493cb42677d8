//! The editor: rust-analyzer shows what its check command prints. Only a settings file of plain JSON is changed, by one line;
//! with comments in it, it is somebody's, and what to add is said.

use std::path::{Path, PathBuf};

use archguard_invariants::setup::{Part, State};
use serde_json::Value;

use super::section::line_end;
use super::site::Site;
use super::wanted::{Change, Piece, read};

const KEY: &str = "rust-analyzer.check.overrideCommand";
const VALUE: &str = r#"["cargo", "archguard", "check", "--format", "rustc-json", "--with-cargo-check"]"#;

/// The setting.
pub(super) fn piece(site: &Site, is_asked_for: bool) -> Piece {
    let path = settings(site);
    let display = site.display(&path);
    if !is_asked_for && !path.parent().is_some_and(Path::is_dir) {
        let why = format!("there is no `.vscode` here; for other editors: `{KEY}` = {VALUE}");
        return Piece::told(Part::Editor, None, State::NotNeeded, why);
    }
    let by_hand = |why: &str| {
        Piece::told(
            Part::Editor,
            Some(&display),
            State::ByHand,
            format!("{why}: add \"{KEY}\": {VALUE}"),
        )
    };
    let text = match read(&path) {
        Ok(text) => text,
        Err(why) => return by_hand(&why),
    };
    let Some(text) = text else {
        return changed(display, path, None, Some(format!("{{{}\n}}\n", line("  ", "\n"))));
    };
    let Ok(Value::Object(settings)) = serde_json::from_str::<Value>(&text) else {
        let has_it = text.contains(KEY) && text.contains("\"rustc-json\"");
        return if has_it {
            Piece::told(Part::Editor, Some(&display), State::InPlace, "there without setup")
        } else {
            by_hand("it is no plain JSON, and setup leaves it as it is")
        };
    };
    match settings.get(KEY) {
        Some(value) if *value == wanted() => Piece {
            told: None,
            ..Piece::told(Part::Editor, Some(&display), State::InPlace, "")
        },
        Some(_) => Piece::told(
            Part::Editor,
            Some(&display),
            State::Shadowed,
            format!("it sets \"{KEY}\" to another command; ours is {VALUE}"),
        ),
        None => match with_line(&text, settings.is_empty()) {
            Some(after) => changed(display, path, Some(text), Some(after)),
            None => by_hand("its beginning is no `{`"),
        },
    }
}

/// What takes the setting out, where it is as setup writes it.
pub(super) fn undo(site: &Site) -> Option<Piece> {
    let path = settings(site);
    let display = site.display(&path);
    let text = read(&path).ok()??;
    let plain = serde_json::from_str::<Value>(&text).ok();
    if plain.as_ref().is_none_or(|settings| settings.get(KEY).is_none()) {
        return None;
    }
    let rest = without_line(&text).filter(|rest| serde_json::from_str::<Value>(rest).is_ok());
    let Some(rest) = rest else {
        let why = "somebody has changed what setup made: it is left as it is";
        return Some(Piece::told(Part::Editor, Some(&display), State::Changed, why));
    };
    let is_ours = text == format!("{{{}\n}}\n", line("  ", "\n"));
    Some(changed(display, path, Some(text), (!is_ours).then_some(rest)))
}

fn settings(site: &Site) -> PathBuf {
    site.top().join(".vscode/settings.json")
}

fn wanted() -> Value {
    serde_json::from_str(VALUE).expect("the value is JSON")
}

fn changed(display: String, path: PathBuf, before: Option<String>, after: Option<String>) -> Piece {
    Piece {
        part: Part::Editor,
        file: Some(display),
        state: State::Missing,
        told: None,
        change: Some(Change {
            path,
            before,
            after,
            executable: false,
        }),
    }
}

fn line(indent: &str, end: &str) -> String {
    format!("{end}{indent}\"{KEY}\": {VALUE}")
}

/// The line goes first, indented as what follows.
fn with_line(text: &str, is_empty: bool) -> Option<String> {
    let at = text
        .find('{')
        .filter(|&at| text[..at].trim_matches(['\u{feff}', ' ', '\n', '\r', '\t']).is_empty())?
        + 1;
    let next = text[at..]
        .lines()
        .find(|line| !line.trim().is_empty() && line.trim() != "}");
    let indent: String = next
        .unwrap_or("  ")
        .chars()
        .take_while(|it| it.is_whitespace())
        .collect();
    let indent = if indent.is_empty() { "  ".to_owned() } else { indent };
    let comma = if is_empty { "" } else { "," };
    Some(format!(
        "{}{}{comma}{}",
        &text[..at],
        line(&indent, line_end(text)),
        &text[at..]
    ))
}

fn without_line(text: &str) -> Option<String> {
    let setting = format!("\"{KEY}\": {VALUE}");
    let at = text.find(&setting)?;
    let before = text[..at].trim_end_matches([' ', '\t']);
    let before = before.strip_suffix("\r\n").or_else(|| before.strip_suffix('\n'))?;
    let after = &text[at + setting.len()..];
    Some(format!("{before}{}", after.strip_prefix(',').unwrap_or(after)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_goes_in_and_out_again() {
        for text in [
            "{}",
            "{\n}\n",
            "{\n    \"a\": 1\n}\n",
            "{\r\n\t\"a\": {},\r\n\t\"b\": [1]\r\n}",
            "{\"a\": 1}\n",
        ] {
            let is_empty = text.trim_matches(['{', '}', '\n']).is_empty();
            let with = with_line(text, is_empty).unwrap();
            let settings: Value = serde_json::from_str(&with).unwrap();
            assert_eq!(settings[KEY], wanted(), "{with}");
            assert_eq!(without_line(&with).as_deref(), Some(text));
        }
    }
}
