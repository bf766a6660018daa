//! The number formats of a workbook's cells: `styles.xml`.

use super::super::number_format::{NumberFormat, built_in};
use super::super::xml::{Node, Xml};
use crate::document::error::Problem;
use rustc_hash::FxHashMap;

/// The formats of cells, by the number that a cell names.
#[derive(Default)]
pub(super) struct Styles {
    formats: FxHashMap<u32, NumberFormat>,
    cells: Vec<u32>,
}

impl Styles {
    pub(super) fn read(part: &str) -> Result<Self, Problem> {
        let mut xml = Xml::new(part);
        let mut styles = Self::default();
        let mut of_cells = None;
        loop {
            match xml.next()? {
                Node::End => break,
                Node::Open(element) => match element.name() {
                    "numFmt" => {
                        if let (Some(id), Some(code)) = (element.number("numFmtId"), element.get("formatCode")) {
                            styles.formats.insert(id, NumberFormat::new(&code));
                        }
                    }
                    "cellXfs" => of_cells = Some(xml.depth()),
                    "xf" if of_cells.is_some() => styles.cells.push(element.number("numFmtId").unwrap_or_default()),
                    _ => {}
                },
                Node::Close if of_cells.is_some_and(|depth| xml.depth() < depth) => of_cells = None,
                Node::Close | Node::Text(_) => {}
            }
        }
        for id in &styles.cells {
            styles.formats.entry(*id).or_insert_with(|| NumberFormat::new(built_in(*id)));
        }
        Ok(styles)
    }

    /// The format of a cell that names this style.
    pub(super) fn format(&self, style: Option<u32>) -> Option<&NumberFormat> {
        self.formats.get(self.cells.get(style? as usize)?)
    }
}
