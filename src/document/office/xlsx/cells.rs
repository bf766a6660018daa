//! The cells of a sheet, as they are shown.

use super::super::body::Piece;
use super::super::number_format::{parse, show};
use super::super::sheet::{Allowance, Sheet};
use super::super::xml::{Node, Xml};
use super::styles::Styles;
use crate::document::error::Problem;

/// What cells refer to.
pub(super) struct Cells<'a> {
    pub(super) strings: &'a [String],
    pub(super) styles: &'a Styles,
    pub(super) from_1904: bool,
    /// Formulas whose value is not stored.
    pub(super) without_value: usize,
}

#[derive(Default)]
struct Open {
    row: u32,
    column: u32,
    kind: String,
    style: Option<u32>,
    formula: bool,
    value: Option<String>,
    source: usize,
    depth: usize,
}

impl Cells<'_> {
    /// Reads the part of a sheet.
    pub(super) fn read(&mut self, part: &str, mut sheet: Sheet, left: &mut Allowance) -> Result<Sheet, Problem> {
        let mut xml = Xml::new(part);
        // Where a row or cell stands that doesn't say.
        let (mut next_row, mut next_column) = (0_u32, 0_u32);
        let mut row = 0;
        let mut open: Option<Open> = None;
        loop {
            match xml.next()? {
                Node::End => break,
                Node::Open(element) => match element.name() {
                    "row" => {
                        row = element.number("r").and_then(|r| r.checked_sub(1)).unwrap_or(next_row);
                        next_row = row.saturating_add(1);
                        next_column = 0;
                    }
                    "c" => {
                        let (row, column) = element.get("r").and_then(|r| place(&r)).unwrap_or((row, next_column));
                        next_column = column.saturating_add(1);
                        open = Some(Open {
                            row,
                            column,
                            kind: element.get("t").unwrap_or_default(),
                            style: element.number("s"),
                            source: xml.position(),
                            depth: xml.depth(),
                            ..Open::default()
                        });
                    }
                    "f" => {
                        if let Some(cell) = &mut open {
                            cell.formula = true;
                        }
                        xml.skip()?;
                    }
                    "v" | "t" => {
                        if let Some(cell) = &mut open {
                            let text = xml.text()?;
                            cell.value.get_or_insert_default().push_str(&text);
                        }
                    }
                    "rPh" => xml.skip()?,
                    "mergeCell" => {
                        let reference = element.get("ref").unwrap_or_default();
                        let corners = reference.split_once(':').and_then(|(a, b)| Some((place(a)?, place(b)?)));
                        if let Some((from, to)) = corners {
                            sheet.merge(from, to);
                        }
                    }
                    _ => {}
                },
                Node::Text(_) => {}
                Node::Close => {
                    if let Some(cell) = open.take_if(|cell| xml.depth() < cell.depth) {
                        self.put(cell, &mut sheet, left)?;
                    }
                }
            }
        }
        Ok(sheet)
    }

    fn put(&mut self, cell: Open, sheet: &mut Sheet, left: &mut Allowance) -> Result<(), Problem> {
        let Some(value) = cell.value else {
            self.without_value += usize::from(cell.formula);
            return Ok(());
        };
        let shown = match cell.kind.as_str() {
            "s" => value.trim().parse().ok().and_then(|at: usize| self.strings.get(at)).cloned().unwrap_or_default(),
            "b" => if value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            "" | "n" => match parse(&value) {
                Some(number) => show(self.styles.format(cell.style), number, self.from_1904),
                None => value,
            },
            // Text of a formula or in place, an error, a date in ISO form.
            _ => value,
        };
        sheet.put(cell.row, cell.column, Piece::at(shown, cell.source), left)
    }
}

/// Row and column, from 0, of a reference like `B12` or `$B$12`.
fn place(reference: &str) -> Option<(u32, u32)> {
    let reference = reference.replace('$', "");
    let split = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = reference.split_at(split);
    let mut column = 0_u32;
    for letter in letters.chars() {
        let digit = letter.to_digit(36)?.checked_sub(9)?;
        column = column.checked_mul(26)?.checked_add(digit)?;
    }
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

/// The strings that cells share.
pub(super) fn shared_strings(part: &str) -> Result<Vec<String>, Problem> {
    let mut xml = Xml::new(part);
    let mut strings: Vec<String> = vec![];
    loop {
        match xml.next()? {
            Node::End => return Ok(strings),
            Node::Open(element) => match element.name() {
                "si" => strings.push(String::new()),
                // How a word is spoken.
                "rPh" => xml.skip()?,
                "t" => {
                    let text = xml.text()?;
                    if let Some(string) = strings.last_mut() {
                        string.push_str(&text);
                    }
                }
                _ => {}
            },
            Node::Close | Node::Text(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        assert_eq!(place("A1"), Some((0, 0)));
        assert_eq!(place("$AB$12"), Some((11, 27)));
        for wrong in ["", "1", "A", "A0", "ZZZZZZZZZ1", "甲1", "A99999999999"] {
            assert_eq!(place(wrong), None, "{wrong}");
        }
    }
}
