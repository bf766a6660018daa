//! XML as office documents use it: elements by local name, text with its place.

use super::damaged;
use crate::document::error::Problem;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::borrow::Cow;

/// What comes next in a part.
pub(super) enum Node<'a> {
    /// An element begins.
    Open(Element<'a>),
    /// The element that began last ends.
    Close,
    /// Text, or a piece of it.
    Text(Text<'a>),
    /// The part ends.
    End,
}

/// A piece of text.
pub(super) struct Text<'a> {
    /// The text as it reads.
    pub(super) text: Cow<'a, str>,
    /// The byte of the part that it begins at.
    pub(super) source: usize,
    /// Whether it stands there as it is, and is no reference (`&amp;`).
    pub(super) exact: bool,
}

/// An element as it begins.
pub(super) struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    /// The name without its prefix.
    pub(super) fn name(&self) -> &str {
        local(self.0.name().into_inner())
    }

    /// An attribute, by its name without prefix.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        self.0.attributes().with_checks(false).flatten().find_map(|attribute| {
            if local(attribute.key.into_inner()) != name {
                return None;
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
            Some(value.into_owned())
        })
    }

    /// An attribute that is a number.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.get(name)?.trim().parse().ok()
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, name)| name)
}

/// Goes through a part.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
}

impl<'a> Xml<'a> {
    pub(super) fn new(part: &'a str) -> Self {
        let mut reader = Reader::from_str(part);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, depth: 0 }
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The byte of the part that has been read up to.
    pub(super) fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// The next node. What is neither element nor text is passed over.
    pub(super) fn next(&mut self) -> Result<Node<'a>, Problem> {
        loop {
            let source = self.position();
            let event = self.reader.read_event().map_err(|error| damaged(format!("byte {source}: {error}")))?;
            let text = |text: Cow<'a, str>, exact| Ok(Node::Text(Text { text, source, exact }));
            match event {
                Event::Start(start) => {
                    self.depth += 1;
                    return Ok(Node::Open(Element(start)));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Node::Close);
                }
                Event::Text(piece) => return text(piece.into_inner(), true),
                Event::CData(piece) => return text(piece.into_inner(), false),
                Event::GeneralRef(reference) => {
                    let c = match reference.resolve_char_ref() {
                        Ok(Some(c)) => Some(c),
                        _ => named(&reference.into_inner()),
                    };
                    return text(c.map(String::from).unwrap_or_default().into(), false);
                }
                Event::Eof if self.depth > 0 => return Err(damaged(format!("byte {source}: the XML breaks off"))),
                Event::Eof => return Ok(Node::End),
                _ => {}
            }
        }
    }

    /// Passes over what is left of the element that began last.
    pub(super) fn skip(&mut self) -> Result<(), Problem> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if matches!(self.next()?, Node::End) {
                break;
            }
        }
        Ok(())
    }

    /// The text in the element that began last, up to its end.
    pub(super) fn text(&mut self) -> Result<String, Problem> {
        let outside = self.depth.saturating_sub(1);
        let mut text = String::new();
        while self.depth > outside {
            match self.next()? {
                Node::Text(piece) => text.push_str(&piece.text),
                Node::End => break,
                Node::Open(_) | Node::Close => {}
            }
        }
        Ok(text)
    }
}

fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}
