//! Keeps a hostile page from costing more than its size.
//!
//! The tokenizer compares every attribute of a tag with all before it, so a
//! tag of a million attributes would take hours. Attributes past the first
//! [`MAX_ATTRIBUTES`] of a tag are blanked; offsets stay as they are.

use memchr::memmem;
use std::borrow::Cow;
use std::ops::Range;

/// No editor writes as many attributes in one tag.
const MAX_ATTRIBUTES: usize = 256;

/// `source` with surplus attributes blanked.
pub(super) fn guard(source: &str) -> Cow<'_, str> {
    let surplus = surplus(source.as_bytes());
    if surplus.is_empty() {
        return Cow::Borrowed(source);
    }
    let mut guarded = String::with_capacity(source.len());
    let mut at = 0;
    for range in surplus {
        guarded.push_str(source.get(at..range.start).unwrap_or_default());
        guarded.extend(std::iter::repeat_n(' ', range.len()));
        at = range.end;
    }
    guarded.push_str(source.get(at..).unwrap_or_default());
    Cow::Owned(guarded)
}

/// Where the surplus attributes are. Ranges begin and end at ASCII bytes.
fn surplus(source: &[u8]) -> Vec<Range<usize>> {
    let mut found = vec![];
    let mut at = 0;
    while let Some(open) = source.get(at..).and_then(|rest| memchr::memchr(b'<', rest)) {
        at += open + 1;
        let Some(rest) = source.get(at..) else { break };
        if rest.starts_with(b"!--") {
            let from = at + 2;
            match source.get(from..).and_then(|rest| memmem::find(rest, b"-->")) {
                Some(end) => at = from + end + 3,
                None => break,
            }
            continue;
        }
        let Some(first) = rest.first() else { break };
        let letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
        let is_tag = letter(Some(first)) || (*first == b'/' && letter(rest.get(1)));
        if !is_tag {
            continue;
        }
        let name = rest.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let name = rest.get(..name).unwrap_or_default();
        let (end, extra) = tag(source, at + name.len().max(1));
        found.extend(extra);
        at = end;
        // Text up to the end tag is no markup here.
        let raw =
            [&b"script"[..], b"style", b"textarea", b"title", b"xmp", b"iframe", b"noembed", b"noframes", b"noscript"];
        if let Some(raw) = raw.iter().find(|raw| raw.eq_ignore_ascii_case(name)) {
            at = end_of_raw(source, at, raw);
        }
    }
    found
}

/// The end of the raw text that begins at `at`: its end tag, or else `at`
/// (the tokenizer then takes the rest as text, which costs nothing).
fn end_of_raw(source: &[u8], at: usize, name: &[u8]) -> usize {
    let mut from = at;
    while let Some(found) = source.get(from..).and_then(|rest| memmem::find(rest, b"</")) {
        let end = from + found;
        let after = source.get(end + 2..).unwrap_or_default();
        if after.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name)) {
            return end;
        }
        from = end + 2;
    }
    source.len()
}

/// From behind a tag's name: where the tag ends, and its surplus.
fn tag(source: &[u8], start: usize) -> (usize, Option<Range<usize>>) {
    enum State {
        Between,
        Name,
        AfterName,
        BeforeValue,
        Value,
    }
    let mut state = State::Between;
    let mut count = 0;
    let mut surplus = None;
    let mut at = start;
    while let Some(&byte) = source.get(at) {
        if byte == b'>' {
            break;
        }
        let space = byte.is_ascii_whitespace();
        state = match state {
            State::Value if space => State::Between,
            State::Value => State::Value,
            State::BeforeValue if space => State::BeforeValue,
            State::BeforeValue if byte == b'"' || byte == b'\'' => {
                match source.get(at + 1..).and_then(|rest| memchr::memchr(byte, rest)) {
                    Some(length) => at += length + 1,
                    None => return (source.len(), surplus.map(|from| from..at)),
                }
                State::Between
            }
            State::BeforeValue => State::Value,
            State::Name | State::AfterName if byte == b'=' => State::BeforeValue,
            State::Name if space => State::AfterName,
            State::AfterName if space => State::AfterName,
            State::Between if space => State::Between,
            _ if byte == b'/' => State::Between,
            State::Name => State::Name,
            State::Between | State::AfterName => {
                count += 1;
                if count > MAX_ATTRIBUTES && surplus.is_none() && byte.is_ascii() {
                    surplus = Some(at);
                }
                State::Name
            }
        };
        at += 1;
    }
    (at, surplus.map(|from| from..at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_pages_pass_unchanged() {
        let page =
            "<!-- a > b --><script>if(a<b&&c=\"x>y\")</script><p class='a' id = \"b > c\" hidden>收入<br/>12</p>";
        assert!(matches!(guard(page), Cow::Borrowed(_)));
    }

    #[test]
    fn surplus_attributes_are_blanked_in_place() {
        let many: String = (0..1000).map(|n| format!(" a{n}=\"收>{n}\"")).collect();
        let page = format!("<p{many}>收入</p><p id=b>支出</p>");
        let guarded = guard(&page);
        assert_eq!(guarded.len(), page.len());
        assert!(guarded.contains("a255=") && !guarded.contains("a256="));
        assert!(guarded.ends_with(">收入</p><p id=b>支出</p>"));
    }

    #[test]
    fn quotes_out_of_place_do_not_hide_attributes() {
        let many: String = (0..1000).map(|n| format!(" a{n}")).collect();
        for start in ["<a \"", "<a =\"", "<a/\"", "<a b=c\"", "</a \""] {
            let page = format!("{start}{many}>");
            assert!(matches!(guard(&page), Cow::Owned(_)), "{start}");
        }
    }
}
