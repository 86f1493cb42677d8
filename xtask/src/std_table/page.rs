//! One item's page: its place in the sources, its own type or return type, and the names associated with it.
//! Names and types stay as the page writes them; `definitions` puts definitions in the place of public paths.

use super::html::{attribute, between, signature_text};
use super::listing::Kind;
use super::signature::{alias_target, associated_value, implementation, returns, supertraits, takes_self, value_type};
use std::collections::{BTreeMap, BTreeSet};

/// What kind of name is associated with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MemberKind {
    Method,
    Function,
    Constant,
    Type,
    Field,
    Variant,
}

impl MemberKind {
    /// The letter that stands for the kind in the table.
    pub(crate) fn letter(self) -> char {
        match self {
            MemberKind::Method => 'm',
            MemberKind::Function => 'f',
            MemberKind::Constant => 'c',
            MemberKind::Type => 't',
            MemberKind::Field => 'd',
            MemberKind::Variant => 'v',
        }
    }
}

/// What an item's page says.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// File and first line in the sources, as in `core/ops/range.rs.html#82`; empty for pages without sources.
    pub(crate) source: String,
    /// A function's return type, a constant's type, an alias's target.
    pub(crate) text: Option<String>,
    /// Associated names, with the type that the page gives. A type that differs between blocks is none.
    pub(crate) members: BTreeMap<(String, MemberKind), Option<String>>,
    /// The traits implemented by the type, or required by the trait, as the page writes them.
    pub(crate) traits: BTreeSet<String>,
}

impl Page {
    /// Reads a page about `name`.
    pub(crate) fn parse(kind: Kind, name: &str, html: &str) -> Page {
        let mut page = Page {
            source: source(html).unwrap_or_default(),
            ..Page::default()
        };
        let declaration = between(html, "<pre class=\"rust item-decl\"><code>", "</code>").unwrap_or_default();
        let declaration = signature_text(declaration);
        match kind {
            Kind::Function => page.text = returns(&declaration),
            Kind::Constant | Kind::Static => page.text = value_type(&declaration),
            // An alias's page repeats the names of its target: they belong there.
            Kind::Alias => page.text = alias_target(&declaration),
            Kind::Trait => page.traits.extend(supertraits(&declaration)),
            _ => {}
        }
        if matches!(
            kind,
            Kind::Struct | Kind::Enum | Kind::Union | Kind::Trait | Kind::Primitive
        ) {
            Sections {
                page: &mut page,
                kind,
                name,
                area: Area::Own,
                exact: true,
            }
            .read(html);
        }
        page
    }

    fn add(&mut self, name: &str, kind: MemberKind, text: Option<String>) {
        // A variant's and a block's ids can carry a number that tells repeated ids apart.
        let name = name.split('-').next().unwrap_or(name);
        let entry = self.members.entry((name.to_owned(), kind));
        entry
            .and_modify(|known| *known = known.take().filter(|known| text.as_ref() == Some(known)))
            .or_insert(text);
    }
}

fn source(html: &str) -> Option<String> {
    let heading = between(html, "<span class=\"sub-heading\">", "</div>")?;
    let link = between(heading, "<a class=\"src\" href=\"", "\"")?;
    // A crate's own pages give the first and last line, the pages of crates above it the first alone.
    let (file, lines) = link.split_once('#')?;
    let first = lines.split('-').next().unwrap_or(lines);
    Some(format!(
        "{}#{first}",
        file.trim_start_matches("../").trim_start_matches("src/")
    ))
}

/// Which part of the page is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Area {
    /// The item's own names: inherent blocks, variants, a trait's items.
    Own,
    Traits,
    /// Automatic and blanket implementations, other types' implementations, methods through `Deref`.
    Ignored,
}

struct Sections<'a> {
    page: &'a mut Page,
    kind: Kind,
    name: &'a str,
    area: Area,
    /// Whether the trait block being read is for the type itself, and not for a reference to it.
    exact: bool,
}

impl Sections<'_> {
    fn read(mut self, html: &str) {
        let mut rest = html;
        while let Some(start) = rest.find('<') {
            rest = &rest[start + 1..];
            let Some(end) = rest.find('>') else { return };
            let tag = &rest[..end];
            if tag.starts_with("h2 id=") && tag.ends_with("class=\"section-header\"") {
                self.area = area(attribute(tag, "id").unwrap_or_default());
            } else if self.area != Area::Ignored && tag.starts_with("section id=") {
                let body = rest.find("</section>").map_or(rest, |close| &rest[..close]);
                self.section(attribute(tag, "id").unwrap_or_default(), body);
            } else if self.area != Area::Ignored && tag.starts_with("span id=\"structfield.") {
                let field = attribute(tag, "id")
                    .unwrap_or_default()
                    .trim_start_matches("structfield.");
                let text = between(rest, "<code>", "</code>").map(signature_text);
                self.page
                    .add(field, MemberKind::Field, text.as_deref().and_then(value_type));
            }
        }
    }

    fn section(&mut self, id: &str, body: &str) {
        let header = between(body, "class=\"code-header\">", "</h")
            .map(signature_text)
            .unwrap_or_default();
        if self.area == Area::Traits {
            self.trait_section(id, &header);
            return;
        }
        let Some((class, name)) = id.split_once('.') else {
            return;
        };
        match class {
            "method" | "tymethod" => {
                let kind = if takes_self(&header) {
                    MemberKind::Method
                } else {
                    MemberKind::Function
                };
                self.page.add(name, kind, returns(&header));
            }
            "associatedconstant" => self.page.add(name, MemberKind::Constant, value_type(&header)),
            "associatedtype" => self.page.add(name, MemberKind::Type, associated_value(&header)),
            "variant" if !name.contains('.') => self.page.add(name, MemberKind::Variant, None),
            _ => {}
        }
    }

    // The names in a trait block are the trait's; what the block adds is the value of its associated types.
    fn trait_section(&mut self, id: &str, header: &str) {
        if id.starts_with("impl-") {
            let Some((path, target)) = implementation(header) else {
                return;
            };
            self.exact = is_page_type(self.kind, self.name, &target);
            if self.exact || target.starts_with('&') && is_page_type(self.kind, self.name, behind_reference(&target)) {
                self.page.traits.insert(path);
            }
        } else if let Some(name) = id.strip_prefix("associatedtype.")
            && self.exact
        {
            self.page.add(name, MemberKind::Type, associated_value(header));
        }
    }
}

fn area(heading: &str) -> Area {
    match heading {
        "trait-implementations" => Area::Traits,
        "implementors"
        | "foreign-impls"
        | "synthetic-implementors"
        | "synthetic-implementations"
        | "blanket-implementations" => Area::Ignored,
        other if other.starts_with("deref-methods") => Area::Ignored,
        _ => Area::Own,
    }
}

fn behind_reference(target: &str) -> &str {
    let target = target.trim_start_matches('&');
    let target = if target.starts_with('\'') {
        target.split_once(' ').map_or("", |(_, rest)| rest)
    } else {
        target
    };
    target.trim_start_matches("mut ")
}

/// Whether an `impl` block's type is what the page is about.
fn is_page_type(kind: Kind, name: &str, target: &str) -> bool {
    let head = target.split('<').next().unwrap_or(target);
    if kind != Kind::Primitive {
        return !target.starts_with('&') && head.rsplit("::").next() == Some(name);
    }
    match name {
        "slice" => target.starts_with('[') && !target.contains("; "),
        "array" => target.starts_with('[') && target.contains("; "),
        "pointer" => target.starts_with('*'),
        "reference" => target.starts_with('&'),
        "tuple" => target.starts_with('(') && target != "()",
        "unit" => target == "()",
        "never" => target == "!",
        "fn" => target.contains("fn(") || target == "F",
        name => head == name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HTML: &str = r##"<span class="sub-heading"><a class="src" href="../../src/alloc/string.rs.html#5-9">Source</a></span></div>
<pre class="rust item-decl"><code>pub struct Text { /* private fields */ }</code></pre>
<h2 id="implementations" class="section-header">Implementations</h2><section id="impl-Text" class="impl"><h3 class="code-header">impl Text</h3></section>
<section id="method.new" class="method"><h4 class="code-header">pub fn <a href="#method.new" class="fn">new</a>() -&gt; Self</h4></section>
<h2 id="deref-methods-str" class="section-header">Methods</h2><section id="method.len" class="method"><h4 class="code-header">pub fn len(&amp;self)</h4></section>
<h2 id="trait-implementations" class="section-header">Trait Implementations</h2>
<section id="impl-Deref-for-Text" class="impl"><h3 class="code-header">impl <a class="trait" title="trait std::ops::Deref">Deref</a> for <a class="struct" title="struct std::Text">Text</a></h3></section>
<section id="associatedtype.Target" class="associatedtype trait-impl"><h4 class="code-header">type <a class="associatedtype">Target</a> = str</h4></section>
<section id="impl-From-for-Other" class="impl"><h3 class="code-header">impl <a class="trait" title="trait std::From">From</a> for <a class="struct" title="struct std::Other">Other</a></h3></section>
"##;

    #[test]
    fn own_names_and_implemented_traits() {
        let page = Page::parse(Kind::Struct, "Text", HTML);
        assert_eq!(page.source, "alloc/string.rs.html#5");
        let members: Vec<_> = page
            .members
            .iter()
            .map(|((name, kind), text)| (name.as_str(), *kind, text.as_deref()))
            .collect();
        assert_eq!(
            members,
            [
                ("Target", MemberKind::Type, Some("str")),
                ("new", MemberKind::Function, Some("Self"))
            ]
        );
        assert_eq!(page.traits.iter().collect::<Vec<_>>(), ["std::ops::Deref"]);
    }

    #[test]
    fn implementing_types() {
        assert!(is_page_type(Kind::Primitive, "slice", "[T]"));
        assert!(!is_page_type(Kind::Primitive, "slice", "[T; N]"));
        assert!(is_page_type(Kind::Struct, "Vec", "std::vec::Vec<T, A>"));
        assert!(!is_page_type(Kind::Struct, "File", "std::sync::Arc<std::fs::File>"));
        assert!(!is_page_type(Kind::Struct, "File", "&'a std::fs::File"));
        assert_eq!(behind_reference("&'a mut std::fs::File"), "std::fs::File");
    }
}
