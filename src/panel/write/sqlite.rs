//! SQLite: one table a table. Figures are exact text (SQLite has no decimals, and
//! its REAL is not exact); `fen` holds amounts as whole numbers to be summed.

use super::Book;
use crate::panel::column::Column;
use crate::report::cells::{Cell, Kind};
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, params_from_iter};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

pub(super) struct SqliteBook {
    path: PathBuf,
    connection: Connection,
    insert: String,
}

impl SqliteBook {
    pub fn create(path: &Path) -> io::Result<Self> {
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let connection = Connection::open(path).map_err(other)?;
        // The file has no name yet: if this is cut short it is made again.
        let quick = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;";
        connection.execute_batch(quick).map_err(other)?;
        Ok(Self { path: path.to_owned(), connection, insert: String::new() })
    }
}

fn declared(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Decimal => "TEXT",
        Kind::Int | Kind::Bool => "INTEGER",
    }
}

/// A cell on its way into the file.
struct Value<'a> {
    cell: &'a Cell<'a>,
    /// A figure as text.
    figure: Option<String>,
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match (&self.figure, self.cell) {
            (Some(figure), _) => ValueRef::Text(figure.as_bytes()),
            (_, Cell::Text(text)) => ValueRef::Text(text.as_bytes()),
            (_, Cell::Int(number)) => ValueRef::Integer(*number),
            (_, Cell::Bool(yes)) => ValueRef::Integer((*yes).into()),
            (_, Cell::Null | Cell::Decimal(_)) => ValueRef::Null,
        }))
    }
}

impl Book for SqliteBook {
    fn table(&mut self, name: &str, columns: &[Column]) -> io::Result<()> {
        let declared: Vec<String> = columns.iter().map(|c| format!("{} {}", c.name, declared(c.kind))).collect();
        let places = vec!["?"; columns.len()].join(", ");
        self.connection.execute_batch(&format!("CREATE TABLE {name} ({})", declared.join(", "))).map_err(other)?;
        self.insert = format!("INSERT INTO {name} VALUES ({places})");
        Ok(())
    }

    fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        let values = cells.iter().map(|cell| Value {
            cell,
            figure: match cell {
                Cell::Decimal(figure) => Some(figure.to_string()),
                _ => None,
            },
        });
        let mut insert = self.connection.prepare_cached(&self.insert).map_err(other)?;
        insert.execute(params_from_iter(values)).map_err(other)?;
        Ok(())
    }

    fn holds_many(&self) -> bool {
        true
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.connection.execute_batch("COMMIT").map_err(other)?;
        self.connection.close().map_err(|(_, error)| other(error))?;
        File::open(&self.path)?.sync_all()
    }
}

fn other(error: rusqlite::Error) -> io::Error {
    io::Error::other(error)
}
