//! Excel workbooks (`.xlsx`): ECMA-376, SpreadsheetML.
//!
//! Every sheet that is not hidden is read, cells as they are shown. Left out:
//! comments, charts, pictures, headers and footers.

mod cells;
mod styles;

use super::package::Package;
use super::sheet::{Allowance, Sheet};
use super::xml::{Node, Xml};
use super::{Found, Remark, damaged};
use crate::document::Format;
use crate::document::error::Problem;
use cells::Cells;
use rustc_hash::FxHashMap;
use styles::Styles;

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    relation: String,
    hidden: bool,
}

/// Reads a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Found, Problem> {
    let mut package = Package::open(bytes)?;
    let relations = relations(&mut package)?;
    let part = |name: &str| format!("xl/{name}");
    let (listed, from_1904) = workbook(&package.needed(&part("workbook.xml"))?)?;
    let strings = match package.text(&part("sharedStrings.xml"))? {
        Some(part) => cells::shared_strings(&part)?,
        None => vec![],
    };
    let styles = match package.text(&part("styles.xml"))? {
        Some(part) => Styles::read(&part)?,
        None => Styles::default(),
    };
    let mut blocks = vec![];
    let mut left = Allowance::new();
    let mut hidden = 0;
    let mut reader = Cells { strings: &strings, styles: &styles, from_1904, without_value: 0 };
    for sheet in listed {
        if sheet.hidden {
            hidden += 1;
            continue;
        }
        let target = relations.get(&sheet.relation).ok_or_else(|| damaged(format!("no sheet {}", sheet.name)))?;
        let Some(part) = package.text(target)? else {
            return Err(damaged(format!("no {target} in it")));
        };
        let sheet = reader.read(&part, Sheet::new(sheet.name), &mut left)?;
        blocks.extend(sheet.into_blocks());
    }
    let mut remarks = vec![];
    if hidden > 0 {
        remarks.push(Remark::HiddenSheets(hidden));
    }
    if reader.without_value > 0 {
        remarks.push(Remark::FormulasWithoutValue(reader.without_value));
    }
    Ok(Found { format: Format::Xlsx, blocks, remarks, encoding: "UTF-8" })
}

/// The sheets in their order, and whether days count from 1904.
fn workbook(part: &str) -> Result<(Vec<Listed>, bool), Problem> {
    let mut xml = Xml::new(part);
    let (mut sheets, mut from_1904) = (vec![], false);
    loop {
        match xml.next()? {
            Node::End => return Ok((sheets, from_1904)),
            Node::Open(element) => match element.name() {
                "sheet" => sheets.push(Listed {
                    name: element.get("name").unwrap_or_default(),
                    // `r:id`; `sheetId` is another.
                    relation: element.get("id").unwrap_or_default(),
                    hidden: element.get("state").is_some_and(|state| state != "visible"),
                }),
                "workbookPr" => from_1904 = element.get("date1904").is_some_and(|on| on == "1" || on == "true"),
                _ => {}
            },
            Node::Close | Node::Text(_) => {}
        }
    }
}

/// The parts that the workbook refers to, by id.
fn relations(package: &mut Package<'_>) -> Result<FxHashMap<String, String>, Problem> {
    let mut relations = FxHashMap::default();
    let part = package.needed("xl/_rels/workbook.xml.rels")?;
    let mut xml = Xml::new(&part);
    loop {
        match xml.next()? {
            Node::End => return Ok(relations),
            Node::Open(element) if element.name() == "Relationship" => {
                if let (Some(id), Some(target)) = (element.get("Id"), element.get("Target")) {
                    let target = match target.strip_prefix('/') {
                        Some(absolute) => absolute.to_owned(),
                        None => format!("xl/{target}"),
                    };
                    relations.insert(id, target);
                }
            }
            _ => {}
        }
    }
}
