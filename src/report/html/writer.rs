//! Markup as it is written: notes are hostile, so whatever comes from one goes through [`Html::text`] or
//! [`Html::attribute`], which leave nothing that a browser would take for anything but text.

use crate::fact::FactId;
use std::fmt;

/// Stands for the document's number until its place among the others is known. No text holds it: control characters
/// are not written.
pub(super) const NUMBER: char = '\u{1}';
/// Stands for ` open` where a part is unfolded if there are few documents.
pub(super) const OPEN: char = '\u{2}';

/// A part of the page.
#[derive(Default)]
pub(super) struct Html {
    pub out: String,
}

impl Html {
    /// Markup as it stands.
    pub fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// Markup of names, numbers and places of the page's own.
    pub fn put(&mut self, markup: fmt::Arguments) {
        // A string takes everything.
        let _ = fmt::Write::write_fmt(&mut self.out, markup);
    }

    /// Text between tags. Marks that would turn the direction of writing are shown by name: they could make a reader
    /// see another figure than the program does.
    pub fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                c if turns(c) => self.put(format_args!("<span class=\"ctl\">U+{:04X}</span>", u32::from(c))),
                c => self.character(c),
            }
        }
    }

    /// An attribute with its name.
    pub fn attribute(&mut self, name: &str, value: &str) {
        self.put(format_args!(" {name}=\""));
        for c in value.chars().filter(|c| !turns(*c)) {
            self.character(c);
        }
        self.out.push('"');
    }

    /// The name by which links find an element.
    pub fn attribute_name(&mut self, name: impl fmt::Display) {
        self.put(format_args!(" id=\"{name}\""));
    }

    /// An element that holds text alone: `tag` is its name with its attributes.
    pub fn element(&mut self, tag: &str, text: &str) {
        self.put(format_args!("<{tag}>"));
        self.text(text);
        let name = tag.split(' ').next().unwrap_or(tag);
        self.put(format_args!("</{name}>"));
    }

    fn character(&mut self, c: char) {
        match c {
            '&' => self.raw("&amp;"),
            '<' => self.raw("&lt;"),
            '>' => self.raw("&gt;"),
            '"' => self.raw("&quot;"),
            '\'' => self.raw("&#39;"),
            '\t' => self.out.push('\t'),
            '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => self.out.push(' '),
            // They show nothing; a control character would end the text for a parser, or stand for a number here.
            c if c.is_control() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{feff}') => {}
            c => self.out.push(c),
        }
    }
}

/// Whether a character commands the direction of writing.
fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
}

/// A name on the page that belongs to the document: `d3-f12`.
pub(super) struct Name(pub char, pub usize);

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "d{NUMBER}-{}{}", self.0, self.1)
    }
}

/// The place of a fact in its note.
pub(super) fn fact(id: FactId) -> Name {
    Name('f', id as usize + 1)
}

/// The place of a finding, by its index.
pub(super) fn finding(index: usize) -> Name {
    Name('r', index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Html)) -> String {
        let mut html = Html::default();
        write(&mut html);
        html.out
    }

    #[test]
    fn text_is_only_text() {
        let text = written(|h| h.text("</p><script>alert('1')</script>&lt;\"\u{0}\u{1}\u{1b}[31m\r\n收\u{200b}入"));
        assert_eq!(text, "&lt;/p&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;lt;&quot;[31m 收入");
        assert_eq!(written(|h| h.text("5\u{202e}21")), "5<span class=\"ctl\">U+202E</span>21");
        assert_eq!(
            written(|h| h.attribute("title", "a\"\u{202e}onclick='x'>\n")),
            " title=\"aonclick=&#39;x&#39;&gt; \"".replacen('a', "a&quot;", 1)
        );
        assert_eq!(written(|h| h.element("td class=\"n\"", "<1")), "<td class=\"n\">&lt;1</td>");
    }
}
