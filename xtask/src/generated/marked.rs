//! Pages of which a part is made from elsewhere: between markers, the rest is written by hand.
//!
//! ```text
//! <!-- generated: forbid -->
//! ..
//! <!-- end -->
//! ```

use std::collections::BTreeMap;

const BEGIN: &str = "<!-- generated: ";
const END: &str = "<!-- end -->";

/// The page with the parts in their places, each exactly once.
pub(crate) fn filled(page: &str, parts: &BTreeMap<String, String>) -> Result<String, String> {
    let mut open = false;
    let mut used = Vec::new();
    let mut text = String::new();
    for (index, line) in page.lines().enumerate() {
        let at = index + 1;
        if let Some(name) = line.strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(" -->")) {
            let part = parts
                .get(name)
                .ok_or_else(|| format!(":{at}: nothing is called `{name}`"))?;
            if open || used.contains(&name) {
                return Err(format!(":{at}: `{name}` begins inside another part, or twice"));
            }
            used.push(name);
            open = true;
            text.extend([line, "\n", part.as_str()]);
        } else if line == END {
            if !open {
                return Err(format!(":{at}: nothing ends here"));
            }
            open = false;
        }
        if !open {
            text.push_str(line);
            text.push('\n');
        }
    }
    let missing: Vec<&str> = parts
        .keys()
        .map(String::as_str)
        .filter(|name| !used.contains(name))
        .collect();
    match missing.as_slice() {
        _ if open => Err(": a generated part does not end".to_owned()),
        [] => Ok(text),
        missing => Err(format!(" has no place for {}", missing.join(", "))),
    }
}

/// What stands between the markers of a page, by name.
pub(crate) fn parts(page: &str) -> BTreeMap<String, String> {
    let mut parts = BTreeMap::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(name) = line.strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(" -->")) else {
            continue;
        };
        let inside = lines.by_ref().take_while(|line| *line != END);
        let text = inside.fold(String::new(), |text, line| text + line + "\n");
        parts.insert(name.to_owned(), text);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::filled;
    use std::collections::BTreeMap;

    fn parts() -> BTreeMap<String, String> {
        BTreeMap::from([("a".to_owned(), "| new |\n".to_owned())])
    }

    #[test]
    fn a_page_filled_with_its_own_parts_stays_as_it_is() {
        let page = "before\n<!-- generated: a -->\n| old |\n\n| x |\n<!-- end -->\nbetween\n<!-- generated: b -->\n<!-- end -->\n";
        let found = super::parts(page);
        assert_eq!(found.keys().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(filled(page, &found), Ok(page.to_owned()));
    }

    #[test]
    fn what_stands_between_markers_is_replaced_and_nothing_else() {
        let page = "before\n<!-- generated: a -->\n| old |\n<!-- end -->\nafter\n";
        let expected = "before\n<!-- generated: a -->\n| new |\n<!-- end -->\nafter\n";
        assert_eq!(filled(page, &parts()), Ok(expected.to_owned()));
        assert_eq!(filled(expected, &parts()), Ok(expected.to_owned()));
    }

    #[test]
    fn a_page_with_other_places_than_parts_is_refused() {
        let part = "<!-- generated: a -->\n<!-- end -->\n";
        let faults = [
            ("", " has no place for a"),
            ("<!-- generated: b -->\n<!-- end -->\n", ":1: nothing is called `b`"),
            (&format!("{part}{part}"), ":3: `a` begins inside another part, or twice"),
            ("<!-- generated: a -->\n", ": a generated part does not end"),
            ("<!-- end -->\n", ":1: nothing ends here"),
        ];
        for (page, fault) in faults {
            assert_eq!(filled(page, &parts()), Err(fault.to_owned()));
        }
    }
}
