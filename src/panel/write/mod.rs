//! Tables as files, by extension.

mod csv;
mod parquet;
mod sqlite;
mod xlsx;

use super::column::Column;
use crate::report::cells::Cell;
use std::io;
use std::path::Path;

/// A file of one table or several.
pub trait Book {
    /// Begins the next table.
    ///
    /// # Errors
    ///
    /// Those of the disk, or if the file holds one table only.
    fn table(&mut self, name: &str, columns: &[Column]) -> io::Result<()>;

    /// Writes a row of the table that was begun last.
    ///
    /// # Errors
    ///
    /// Those of the disk.
    fn row(&mut self, cells: &[Cell]) -> io::Result<()>;

    /// Whether there can be more than one table.
    fn holds_many(&self) -> bool {
        false
    }

    /// Figures that the form can't hold exactly and that were left empty.
    fn left_empty(&self) -> u64 {
        0
    }

    /// Writes what is still to be written.
    ///
    /// # Errors
    ///
    /// Those of the disk.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Comma-separated values, UTF-8 with a byte order mark.
    Csv,
    /// Parquet, with exact decimals.
    Parquet,
    /// An Excel workbook.
    Xlsx,
    /// An SQLite database.
    Sqlite,
}

impl Form {
    /// All extensions.
    pub const EXTENSIONS: &[&str] = &["csv", "parquet", "xlsx", "sqlite"];

    /// The form that an extension stands for.
    ///
    /// ```
    /// use gouji::panel::Form;
    /// assert_eq!(Form::of("panel.CSV".as_ref()), Some(Form::Csv));
    /// assert_eq!(Form::of("panel.doc".as_ref()), None);
    /// ```
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "parquet" => Some(Self::Parquet),
            "xlsx" => Some(Self::Xlsx),
            "sqlite" | "sqlite3" | "db" => Some(Self::Sqlite),
            _ => None,
        }
    }

    /// A new file of the form.
    ///
    /// # Errors
    ///
    /// If it can't be made.
    pub fn create(self, path: &Path) -> io::Result<Box<dyn Book>> {
        match self {
            Self::Csv => Ok(Box::new(csv::CsvBook::create(path)?)),
            Self::Parquet => Ok(Box::new(parquet::ParquetBook::create(path))),
            Self::Xlsx => Ok(Box::new(xlsx::XlsxBook::create(path)?)),
            Self::Sqlite => Ok(Box::new(sqlite::SqliteBook::create(path)?)),
        }
    }
}
