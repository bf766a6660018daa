//! The codebook: what stands in each column, in both languages.

use super::column::Column;
use super::write::Book;
use crate::report::cells::{Cell, Kind};
use std::borrow::Cow;
use std::fmt::Write;
use std::io;

impl Kind {
    /// The name that the codebook carries.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Int => "integer",
            Self::Decimal => "decimal",
            Self::Bool => "boolean",
        }
    }
}

const COLUMNS: [(&str, &str, &str); 5] = [
    ("table_name", "所在的表", "table"),
    ("column_name", "列名", "column"),
    ("column_type", "类型：text、integer、decimal、boolean", "type: text, integer, decimal, boolean"),
    ("zh", "中文说明", "what it says, in Chinese"),
    ("en", "英文说明", "what it says, in English"),
];

/// Writes it as a table of a book.
///
/// # Errors
///
/// Those of the book.
pub fn write_codebook(tables: &[(&str, &[Column])], book: &mut dyn Book) -> io::Result<()> {
    let columns = COLUMNS.map(|(name, zh, en)| Column {
        name: Cow::Borrowed(name),
        kind: Kind::Text,
        zh: Cow::Borrowed(zh),
        en: Cow::Borrowed(en),
    });
    book.table("codebook", &columns)?;
    for (table, columns) in tables {
        for c in *columns {
            book.row(&[table, c.name.as_ref(), c.kind.name(), &c.zh, &c.en].map(Cell::Text))?;
        }
    }
    Ok(())
}

/// Writes it as Markdown.
///
/// ```
/// let columns = gouji::panel::notes();
/// let text = gouji::panel::codebook(&[("notes", &columns)]);
/// assert!(text.contains("| `organization` | text | 单位，如说明所称 | organisation, as the note has it |"));
/// ```
#[must_use]
pub fn codebook(tables: &[(&str, &[Column])]) -> String {
    let mut out = String::from("# gouji panel: 变量说明 / codebook\n");
    for (table, columns) in tables {
        // Writing into a string does not fail.
        let _ = write!(out, "\n## {table}\n\n| 列 / column | 类型 / type | 中文 | English |\n|---|---|---|---|\n");
        for c in *columns {
            let _ = writeln!(out, "| `{}` | {} | {} | {} |", c.name, c.kind.name(), c.zh, c.en);
        }
    }
    out
}
