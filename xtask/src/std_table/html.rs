//! Text out of rustdoc's pages: attributes, marked stretches, signatures with their links written out.
//! Knows tags and entities, not what a page is about.

/// The classes of links whose title names the path of a type or trait.
const PATH_CLASSES: [&str; 6] = ["struct", "enum", "union", "trait", "traitalias", "type"];

/// The value of an attribute inside one opening tag.
pub(crate) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let opening = format!("{name}=\"");
    between(tag, &opening, "\"")
}

/// The text between two markers.
pub(crate) fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let start = text.find(open)? + open.len();
    let length = text[start..].find(close)?;
    Some(&text[start..start + length])
}

/// The text of a signature: links to types and traits replaced by the full path that their title names, marks for
/// notable traits left out, entities decoded, white space collapsed.
pub(crate) fn signature_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some(start) = rest.find(['<', '&']) {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        rest = if rest.starts_with('<') {
            take_tag(rest, &mut text)
        } else {
            take_entity(rest, &mut text)
        };
    }
    text.push_str(rest);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn take_tag<'a>(html: &'a str, text: &mut String) -> &'a str {
    let Some(end) = html.find('>') else { return "" };
    let (tag, rest) = (&html[..end], &html[end + 1..]);
    if !tag.starts_with("<a ") {
        // A `where` clause can follow without white space.
        if tag.contains("class=\"where") {
            text.push(' ');
        }
        return rest;
    }
    let after_link = || rest.find("</a>").map_or("", |close| &rest[close + "</a>".len()..]);
    let class = attribute(tag, "class").unwrap_or_default();
    if class.starts_with("tooltip") {
        return after_link();
    }
    let title = attribute(tag, "title").and_then(|title| title.split_once(' '));
    match title {
        Some((_, path)) if PATH_CLASSES.contains(&class) => {
            text.push_str(path);
            after_link()
        }
        _ => rest,
    }
}

fn take_entity<'a>(html: &'a str, text: &mut String) -> &'a str {
    let Some(end) = html.find(';') else {
        text.push_str(html);
        return "";
    };
    let character = match &html[1..end] {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "nbsp" => Some(' '),
        name => numbered(name),
    };
    if let Some(character) = character {
        text.push(character);
        &html[end + 1..]
    } else {
        text.push('&');
        &html[1..]
    }
}

fn numbered(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix('x') {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => digits.parse().ok()?,
    };
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_types_become_their_paths() {
        let html = "fn open&lt;P&gt;(path: P) -&gt; <a class=\"type\" href=\"x\" title=\"type std::io::Result\">Result</a>\
                    &lt;<a class=\"primitive\" href=\"y\">u8</a>&gt; <a href=\"#\" class=\"tooltip\">ⓘ</a>\
                    <div class=\"where\">where P: <a class=\"trait\" title=\"trait std::marker::Sized\">Sized</a>,</div>";
        let text = "fn open<P>(path: P) -> std::io::Result<u8> where P: std::marker::Sized,";
        assert_eq!(signature_text(html), text);
    }

    #[test]
    fn entities_by_name_and_number() {
        assert_eq!(
            signature_text("&#39;a &#x27;b &amp;c &nbsp; &quot; a & b"),
            "'a 'b &c \" a & b"
        );
    }
}
