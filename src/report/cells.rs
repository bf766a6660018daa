//! Cells of a table, and rows of them as bytes: what waits on disk until it is
//! known which notes count.

use rust_decimal::Decimal;

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Nothing.
    Null,
    /// Words.
    Text(&'a str),
    /// A whole number.
    Int(i64),
    /// A figure, exact.
    Decimal(Decimal),
    /// Yes or no.
    Bool(bool),
}

/// What kind of cells a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words, codes.
    Text,
    /// Whole numbers.
    Int,
    /// Exact figures.
    Decimal,
    /// Yes or no.
    Bool,
}

/// Cells one after another, as bytes.
///
/// ```
/// use gouji::report::cells::{Cell, Cells, Packed};
/// let mut packed = Packed::default();
/// packed.text("支出预算");
/// packed.decimal(Some("502.48".parse().unwrap()));
/// packed.int(None);
/// let cells: Vec<Cell> = Cells::new(&packed.bytes).collect();
/// assert_eq!(cells, [Cell::Text("支出预算"), Cell::Decimal("502.48".parse().unwrap()), Cell::Null]);
/// ```
#[derive(Debug, Default)]
pub struct Packed {
    /// All of them.
    pub bytes: Vec<u8>,
}

const NULL: u8 = 0;
const TEXT: u8 = 1;
const INT: u8 = 2;
const DECIMAL: u8 = 3;
const FALSE: u8 = 4;
const TRUE: u8 = 5;

impl Packed {
    /// Adds words.
    pub fn text(&mut self, text: &str) {
        self.bytes.push(TEXT);
        self.bytes.extend_from_slice(&(text.len() as u32).to_le_bytes());
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Adds words, or nothing.
    pub fn maybe(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.text(text),
            None => self.null(),
        }
    }

    /// Adds a whole number, or nothing.
    pub fn int(&mut self, number: Option<i64>) {
        match number {
            Some(number) => {
                self.bytes.push(INT);
                self.bytes.extend_from_slice(&number.to_le_bytes());
            }
            None => self.null(),
        }
    }

    /// Adds a figure, or nothing.
    pub fn decimal(&mut self, figure: Option<Decimal>) {
        match figure {
            Some(figure) => {
                self.bytes.push(DECIMAL);
                self.bytes.extend_from_slice(&figure.serialize());
            }
            None => self.null(),
        }
    }

    /// Adds yes or no.
    pub fn bool(&mut self, yes: bool) {
        self.bytes.push(if yes { TRUE } else { FALSE });
    }

    /// Adds nothing.
    pub fn null(&mut self) {
        self.bytes.push(NULL);
    }
}

/// The cells in bytes that [`Packed`] made; ends early where they are broken.
#[derive(Debug, Clone)]
pub struct Cells<'a> {
    rest: &'a [u8],
}

impl<'a> Cells<'a> {
    /// Of these bytes.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// As many cells as asked, or as there are.
    pub fn row(&mut self, count: usize, row: &mut Vec<Cell<'a>>) {
        row.extend(self.by_ref().take(count));
    }

    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.bytes(N)?.try_into().ok()
    }
}

impl<'a> Iterator for Cells<'a> {
    type Item = Cell<'a>;

    fn next(&mut self) -> Option<Cell<'a>> {
        Some(match self.array::<1>()? {
            [NULL] => Cell::Null,
            [TEXT] => {
                let length = u32::from_le_bytes(self.array()?);
                Cell::Text(std::str::from_utf8(self.bytes(length as usize)?).ok()?)
            }
            [INT] => Cell::Int(i64::from_le_bytes(self.array()?)),
            [DECIMAL] => Cell::Decimal(Decimal::deserialize(self.array()?)),
            [FALSE] => Cell::Bool(false),
            [TRUE] => Cell::Bool(true),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_bytes_end_the_cells() {
        let mut packed = Packed::default();
        packed.text("收入");
        packed.bool(true);
        packed.int(Some(-7));
        let whole: Vec<Cell> = Cells::new(&packed.bytes).collect();
        assert_eq!(whole, [Cell::Text("收入"), Cell::Bool(true), Cell::Int(-7)]);
        for end in 0..packed.bytes.len() {
            assert!(Cells::new(&packed.bytes[..end]).count() < 3, "{end}");
        }
        assert_eq!(Cells::new(&[9, 9]).count(), 0);
    }
}
