//! Parquet: columns in row groups, compressed with Snappy. Figures are
//! DECIMAL(38, 10), exact; a figure that does not fit is left empty, and counted.

use super::Book;
use crate::panel::column::Column;
use crate::report::cells::{Cell, Kind};
use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as PhysicalType};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{ByteArray, FixedLenByteArray};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use rust_decimal::Decimal;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Digits of a figure in all.
const PRECISION: i32 = 38;
/// Digits after the point.
const SCALE: u32 = 10;
/// Rows that are gathered before they are written.
const GROUP: usize = 65_536;

pub(super) struct ParquetBook {
    path: PathBuf,
    writer: Option<SerializedFileWriter<File>>,
    columns: Vec<Gathered>,
    rows: usize,
    left_empty: u64,
}

/// A column of the rows that are not yet written.
struct Gathered {
    values: Values,
    /// 1 for a value, 0 for none.
    present: Vec<i16>,
}

enum Values {
    Text(Vec<ByteArray>),
    Int(Vec<i64>),
    Decimal(Vec<FixedLenByteArray>),
    Bool(Vec<bool>),
}

impl ParquetBook {
    pub fn create(path: &Path) -> Self {
        Self { path: path.to_owned(), writer: None, columns: Vec::new(), rows: 0, left_empty: 0 }
    }

    fn write_group(&mut self) -> io::Result<()> {
        let Some(writer) = self.writer.as_mut().filter(|_| self.rows > 0) else {
            return Ok(());
        };
        let mut group = writer.next_row_group().map_err(other)?;
        for gathered in &mut self.columns {
            let Some(mut column) = group.next_column().map_err(other)? else { break };
            let present = Some(gathered.present.as_slice());
            match (column.untyped(), &gathered.values) {
                (ColumnWriter::ByteArrayColumnWriter(w), Values::Text(v)) => w.write_batch(v, present, None),
                (ColumnWriter::Int64ColumnWriter(w), Values::Int(v)) => w.write_batch(v, present, None),
                (ColumnWriter::FixedLenByteArrayColumnWriter(w), Values::Decimal(v)) => w.write_batch(v, present, None),
                (ColumnWriter::BoolColumnWriter(w), Values::Bool(v)) => w.write_batch(v, present, None),
                _ => return Err(io::Error::other("a column of another type")),
            }
            .map_err(other)?;
            column.close().map_err(other)?;
            gathered.clear();
        }
        group.close().map_err(other)?;
        self.rows = 0;
        Ok(())
    }
}

impl Gathered {
    fn new(kind: Kind) -> Self {
        let values = match kind {
            Kind::Text => Values::Text(Vec::new()),
            Kind::Int => Values::Int(Vec::new()),
            Kind::Decimal => Values::Decimal(Vec::new()),
            Kind::Bool => Values::Bool(Vec::new()),
        };
        Self { values, present: Vec::new() }
    }

    /// Adds a cell; false if it does not fit and is left empty.
    fn push(&mut self, cell: &Cell) -> bool {
        let there = match (&mut self.values, cell) {
            (Values::Text(v), Cell::Text(text)) => {
                v.push(ByteArray::from(text.as_bytes().to_vec()));
                true
            }
            (Values::Int(v), Cell::Int(number)) => {
                v.push(*number);
                true
            }
            (Values::Bool(v), Cell::Bool(yes)) => {
                v.push(*yes);
                true
            }
            (Values::Decimal(v), Cell::Decimal(figure)) => match scaled(*figure) {
                Some(number) => {
                    v.push(FixedLenByteArray::from(number.to_be_bytes().to_vec()));
                    true
                }
                None => false,
            },
            _ => false,
        };
        self.present.push(i16::from(there));
        there || *cell == Cell::Null
    }

    fn clear(&mut self) {
        self.present.clear();
        match &mut self.values {
            Values::Text(v) => v.clear(),
            Values::Int(v) => v.clear(),
            Values::Decimal(v) => v.clear(),
            Values::Bool(v) => v.clear(),
        }
    }
}

/// A figure as a whole number of its last places; `None` if it has more of them,
/// or more digits, than there is room for.
fn scaled(figure: Decimal) -> Option<i128> {
    let figure = figure.normalize();
    let zeros = SCALE.checked_sub(figure.scale())?;
    let number = figure.mantissa().checked_mul(10_i128.checked_pow(zeros)?)?;
    (number.unsigned_abs() < 10_u128.pow(PRECISION.unsigned_abs())).then_some(number)
}

fn field(column: &Column) -> Result<Type, ParquetError> {
    let physical = match column.kind {
        Kind::Text => PhysicalType::BYTE_ARRAY,
        Kind::Int => PhysicalType::INT64,
        Kind::Decimal => PhysicalType::FIXED_LEN_BYTE_ARRAY,
        Kind::Bool => PhysicalType::BOOLEAN,
    };
    let field = Type::primitive_type_builder(&column.name, physical).with_repetition(Repetition::OPTIONAL);
    match column.kind {
        Kind::Text => field.with_logical_type(Some(LogicalType::String)).with_converted_type(ConvertedType::UTF8),
        Kind::Decimal => field
            .with_logical_type(Some(LogicalType::decimal(SCALE.cast_signed(), PRECISION)))
            .with_length(16)
            .with_precision(PRECISION)
            .with_scale(SCALE.cast_signed()),
        Kind::Int | Kind::Bool => field,
    }
    .build()
}

impl Book for ParquetBook {
    fn table(&mut self, name: &str, columns: &[Column]) -> io::Result<()> {
        if self.writer.is_some() {
            return Err(io::Error::other("a Parquet file holds one table"));
        }
        let fields = columns.iter().map(|c| field(c).map(Arc::new)).collect::<Result<_, _>>().map_err(other)?;
        let schema = Type::group_type_builder(name).with_fields(fields).build().map_err(other)?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let file = File::create(&self.path)?;
        let writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties)).map_err(other)?;
        self.writer = Some(writer);
        self.columns = columns.iter().map(|c| Gathered::new(c.kind)).collect();
        Ok(())
    }

    fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            self.left_empty += u64::from(!column.push(cell));
        }
        self.rows += 1;
        if self.rows >= GROUP { self.write_group() } else { Ok(()) }
    }

    fn left_empty(&self) -> u64 {
        self.left_empty
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.write_group()?;
        if let Some(writer) = self.writer {
            writer.into_inner().map_err(other)?.sync_all()?;
        }
        Ok(())
    }
}

fn other(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_exact_and_what_does_not_is_nothing() {
        let scaled = |figure: &str| scaled(figure.parse().unwrap());
        assert_eq!(scaled("502.48"), Some(5_024_800_000_000));
        assert_eq!(scaled("-0.0000000001"), Some(-1));
        assert_eq!(scaled("0.10000000000000000000"), Some(1_000_000_000));
        assert_eq!(scaled("0.00000000001"), None);
        assert_eq!(scaled("9999999999999999999999999999"), Some(99_999_999_999_999_999_999_999_999_990_000_000_000));
        assert_eq!(scaled("79228162514264337593543950335"), None);
    }
}
