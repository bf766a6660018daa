//! The cells of a sheet, as they are shown.

use super::super::body::Piece;
use super::super::bytes::{byte, long, short, stretch};
use super::super::damaged;
use super::super::number_format::{parse, show};
use super::super::sheet::{Allowance, Sheet};
use super::globals::Globals;
use super::records::{BEGIN, END, Records};
use crate::document::error::Problem;
use rust_decimal::Decimal;

/// Reads the records of a sheet.
pub(super) fn read(
    records: Records<'_>,
    globals: &Globals,
    sheet: Sheet,
    left: &mut Allowance,
) -> Result<Sheet, Problem> {
    let mut reader = Reader { globals, sheet, left, waiting: None };
    // Charts lie in a sheet like sheets in a workbook.
    let mut depth = 0_usize;
    for record in records {
        match record.kind {
            BEGIN => depth += 1,
            END if depth <= 1 => return Ok(reader.sheet),
            END => depth -= 1,
            kind if depth == 1 => {
                // A broken record says nothing of a cell.
                reader.take(kind, record.bytes).unwrap_or(Ok(()))?;
            }
            _ => {}
        }
    }
    Err(damaged("a sheet breaks off"))
}

struct Reader<'a> {
    globals: &'a Globals,
    sheet: Sheet,
    left: &'a mut Allowance,
    /// The place of a formula whose text comes in the next record.
    waiting: Option<(u32, u32)>,
}

impl Reader<'_> {
    fn take(&mut self, kind: u16, bytes: &[u8]) -> Option<Result<(), Problem>> {
        let place = || Some((u32::from(short(bytes, 0)?), u32::from(short(bytes, 2)?)));
        let style = || short(bytes, 4);
        Some(match kind {
            // A shared string.
            0x00fd => {
                let text = self.globals.strings.get(long(bytes, 6)? as usize).cloned();
                self.put(place()?, text?)
            }
            // Text in place.
            0x0204 | 0x00d6 => self.put(place()?, self.globals.stored.long(bytes, 6)?),
            0x0203 => self.number(place()?, style()?, float(stretch(bytes, 6, 8)?)?),
            0x027e => self.number(place()?, style()?, compressed(long(bytes, 6)?)?),
            // Numbers side by side.
            0x00bd => {
                let (row, first) = place()?;
                let count = bytes.len().saturating_sub(6) / 6;
                for index in 0..count {
                    let at = 4 + index * 6;
                    let column = first.saturating_add(u32::try_from(index).ok()?);
                    let Some(number) = compressed(long(bytes, at + 2)?) else { continue };
                    if let Err(problem) = self.number((row, column), short(bytes, at)?, number) {
                        return Some(Err(problem));
                    }
                }
                Ok(())
            }
            0x0006 => self.formula(place()?, style()?, stretch(bytes, 6, 8)?),
            0x0207 => match self.waiting.take() {
                Some(place) => self.put(place, self.globals.stored.long(bytes, 0)?),
                None => Ok(()),
            },
            0x0205 => {
                let (value, is_error) = (byte(bytes, 6)?, byte(bytes, 7)? != 0);
                self.put(place()?, if is_error { error(value) } else { truth(value) }.to_owned())
            }
            0x00e5 => {
                for corner in bytes.get(2..)?.chunks_exact(8) {
                    let at = |at| short(corner, at).map(u32::from);
                    self.sheet.merge((at(0)?, at(4)?), (at(2)?, at(6)?));
                }
                Ok(())
            }
            _ => Ok(()),
        })
    }

    fn formula(&mut self, place: (u32, u32), style: u16, value: &[u8]) -> Result<(), Problem> {
        if short(value, 6) != Some(0xffff) {
            return float(value).map_or(Ok(()), |number| self.number(place, style, number));
        }
        let shown = byte(value, 2).unwrap_or_default();
        match byte(value, 0) {
            Some(0) => {
                self.waiting = Some(place);
                Ok(())
            }
            Some(1) => self.put(place, truth(shown).to_owned()),
            Some(2) => self.put(place, error(shown).to_owned()),
            _ => Ok(()),
        }
    }

    fn number(&mut self, place: (u32, u32), style: u16, number: Decimal) -> Result<(), Problem> {
        self.put(place, show(self.globals.format(style), number, self.globals.from_1904))
    }

    fn put(&mut self, (row, column): (u32, u32), text: String) -> Result<(), Problem> {
        self.sheet.put(row, column, Piece::at(text, 0), self.left)
    }
}

fn truth(value: u8) -> &'static str {
    if value == 0 { "FALSE" } else { "TRUE" }
}

fn error(value: u8) -> &'static str {
    match value {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

/// A number of eight bytes: written out in decimal, it is what was typed in.
fn float(bytes: &[u8]) -> Option<Decimal> {
    let value = f64::from_le_bytes(bytes.try_into().ok()?);
    parse(&format!("{value:e}"))
}

/// A number of four bytes: whole, or the upper half of a longer one; maybe in
/// hundredths.
fn compressed(stored: u32) -> Option<Decimal> {
    let number = if stored & 2 != 0 {
        Decimal::from(stored.cast_signed() >> 2)
    } else {
        float(&(u64::from(stored & !3) << 32).to_le_bytes())?
    };
    if stored & 1 == 0 { Some(number) } else { number.checked_div(Decimal::ONE_HUNDRED) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_they_were_typed() {
        let of = |value: f64| float(&value.to_le_bytes()).unwrap().to_string();
        assert_eq!((of(502.48).as_str(), of(-0.1).as_str(), of(1e15).as_str()), ("502.48", "-0.1", "1000000000000000"));
        assert_eq!(float(&f64::NAN.to_le_bytes()), None);
        assert_eq!(float(&1e300_f64.to_le_bytes()), None);
        let of = |stored: u32| compressed(stored).unwrap().normalize().to_string();
        assert_eq!(of((50_248_u32 << 2) | 3), "502.48");
        assert_eq!(of(0xffff_ffff), "-0.01");
        assert_eq!(of(0x4029_0000), "12.5");
    }
}
