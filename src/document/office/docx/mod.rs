//! Word documents (`.docx`): ECMA-376, WordprocessingML.
//!
//! Read are paragraphs with the labels of automatic lists, tables with merged
//! cells, text boxes after the paragraph that they hang on, foot- and endnotes
//! after the text. Left out, as on the page or as no part of the note: headers
//! and footers, comments, deleted and hidden text, pictures.

mod body;
mod lists;

use super::body::{Block, Piece};
use super::package::Package;
use super::xml::{Node, Xml};
use super::{Found, Remark};
use crate::document::Format;
use crate::document::error::Problem;
use lists::Lists;

const MAIN: &str = "word/document.xml";

/// Reads a Word document.
pub(super) fn read(bytes: &[u8]) -> Result<Found, Problem> {
    let mut package = Package::open(bytes)?;
    let main = main_part(&mut package)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let beside = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let mut lists = Lists::default();
    if let Some(part) = package.text(&beside("styles.xml"))? {
        lists.read_styles(&part)?;
    }
    if let Some(part) = package.text(&beside("numbering.xml"))? {
        lists.read_lists(&part)?;
    }
    let mut body = body::read(&package.needed(&main)?, &mut lists)?;
    for (name, references) in [("footnotes.xml", &body.footnotes), ("endnotes.xml", &body.endnotes)] {
        if references.is_empty() {
            continue;
        }
        let Some(part) = package.text(&beside(name))? else { continue };
        let notes = body::read_notes(&part, &mut lists)?;
        for (id, source) in references {
            for text in notes.get(id).into_iter().flatten() {
                body.blocks.push(Block::Paragraph(Piece::at(text.clone(), *source)));
            }
        }
    }
    let remarks = if body.embedded { vec![Remark::Embedded] } else { vec![] };
    Ok(Found { format: Format::Docx, blocks: body.blocks, remarks, encoding: "UTF-8" })
}

/// The part that holds the text, as the package says or as usual.
fn main_part(package: &mut Package<'_>) -> Result<String, Problem> {
    let Some(part) = package.text("_rels/.rels")? else { return Ok(MAIN.into()) };
    let mut xml = Xml::new(&part);
    loop {
        match xml.next()? {
            Node::Open(element) if element.name() == "Relationship" => {
                if element.get("Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
                    && let Some(target) = element.get("Target")
                {
                    return Ok(target.trim_start_matches('/').to_owned());
                }
            }
            Node::End => return Ok(MAIN.into()),
            _ => {}
        }
    }
}
