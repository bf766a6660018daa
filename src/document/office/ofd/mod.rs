//! OFD documents (`.ofd`): GB/T 33190, fixed pages.
//!
//! A page holds pieces of text with their places; lines are told by height,
//! and pieces far apart on a line are taken for cells. Lines of a paragraph are
//! joined where they reach the right edge. Drawn tables are not recognised:
//! their rows are lines. Left out: pictures, seals and other annotations.

mod lines;
mod page;

use super::package::Package;
use super::xml::{Node, Xml};
use super::{Found, damaged};
use crate::document::Format;
use crate::document::error::Problem;

/// No note has more pages.
const MAX_PAGES: usize = 5000;

/// Reads an OFD document.
pub(super) fn read(bytes: &[u8]) -> Result<Found, Problem> {
    let mut package = Package::open(bytes)?;
    let root = package.needed("OFD.xml")?;
    let documents = texts_of(&root, "DocRoot")?;
    if documents.is_empty() {
        return Err(damaged("OFD.xml names no document"));
    }
    let mut pages = vec![];
    for document in documents {
        let document = resolved("", &document);
        let part = package.needed(&document)?;
        let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        for location in page_locations(&part)? {
            if pages.len() >= MAX_PAGES {
                break;
            }
            let page = resolved(&folder, &location);
            pages.push(page::read(&package.needed(&page)?)?);
        }
    }
    Ok(Found { format: Format::Ofd, blocks: lines::paragraphs(&pages), remarks: vec![], encoding: "UTF-8" })
}

/// The texts of all elements of this name.
fn texts_of(part: &str, name: &str) -> Result<Vec<String>, Problem> {
    let mut xml = Xml::new(part);
    let mut texts = vec![];
    loop {
        match xml.next()? {
            Node::Open(element) if element.name() == name => texts.push(xml.text()?.trim().to_owned()),
            Node::End => return Ok(texts),
            _ => {}
        }
    }
}

/// Where the pages are, in their order. Templates are no pages.
fn page_locations(part: &str) -> Result<Vec<String>, Problem> {
    let mut xml = Xml::new(part);
    let mut locations = vec![];
    let mut inside = None;
    loop {
        match xml.next()? {
            Node::Open(element) => match element.name() {
                "Pages" => inside = Some(xml.depth()),
                "Page" if inside.is_some() => locations.extend(element.get("BaseLoc")),
                _ => {}
            },
            Node::Close => drop(inside.take_if(|depth| xml.depth() < *depth)),
            Node::End => return Ok(locations),
            Node::Text(_) => {}
        }
    }
}

/// A location as it is named from a folder.
fn resolved(folder: &str, location: &str) -> String {
    match location.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None if folder.is_empty() => location.trim_start_matches("./").to_owned(),
        None => format!("{folder}/{}", location.trim_start_matches("./")),
    }
}
