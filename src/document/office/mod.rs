//! Office documents: Word, Excel, OpenDocument, OFD and RTF.
//!
//! Each format has a reader of its own that makes paragraphs and tables of
//! bytes; `body.rs` writes these out the same way for all. A reader is a pure
//! function over bytes with bounds on what it unpacks and nests, yet the
//! libraries below it are not all made for hostile files: the program runs
//! them in processes of their own.
//!
//! | file | concern |
//! |---|---|
//! | `package.rs`, `xml.rs` | zip containers and XML |
//! | `compound.rs` | the container of the older formats |
//! | `docx/`, `doc/` | Word documents, today's and the older ones |
//! | `xlsx/`, `xls/` | Excel workbooks, today's and the older ones |
//! | `odf/` | OpenDocument texts and spreadsheets |
//! | `rtf/` | Rich Text Format |
//! | `ofd/` | OFD |
//! | `rows.rs` | tables row by row, with cells that go on with those above |
//! | `edges.rs` | tables whose cells know where they end |
//! | `numbering.rs` | the labels of automatic lists |
//! | `number_format/` | numbers as cells show them |
//! | `sheet.rs` | a sheet as title and table |
//! | `body.rs` | paragraphs and tables, written out |

mod body;
mod compound;
mod doc;
mod docx;
mod edges;
mod number_format;
mod numbering;
mod odf;
mod ofd;
mod package;
mod rows;
mod rtf;
mod sheet;
mod xls;
mod xlsx;
mod xml;

use super::bytes;
use super::content::Content;
use super::diagnostic::Diagnostic;
use super::error::Problem;
use super::source_map::{SourceMap, Unit};
use super::{Container, Format, MAX_DOCUMENT_BYTES};
use body::Block;

/// Elements inside of elements; real documents stay far below.
const MAX_NESTING: usize = 1000;

/// What a reader found in a document.
struct Found {
    format: Format,
    blocks: Vec<Block>,
    remarks: Vec<Remark>,
    /// What its text is stored in.
    encoding: &'static str,
}

/// What is worth knowing about how a document was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Remark {
    /// A file of another program stands in it.
    Embedded,
    /// So many sheets are hidden.
    HiddenSheets(usize),
    /// So many formulas have no value stored.
    FormulasWithoutValue(usize),
}

/// Reads a document in this kind of container.
pub(crate) fn read(container: Container, bytes: &[u8]) -> Result<Content, Problem> {
    let found = match container {
        Container::Docx => docx::read(bytes),
        Container::Xlsx => xlsx::read(bytes),
        Container::Odf => odf::read(bytes),
        Container::Ofd => ofd::read(bytes),
        Container::Rtf => rtf::read(bytes),
        Container::Compound => compound::read(bytes),
        // Another room's.
        Container::Pdf => Err(damaged("a PDF is no office document")),
    }?;
    let written = body::write(&found.blocks);
    drop(found.blocks);
    if written.text.len() as u64 > MAX_DOCUMENT_BYTES {
        return Err(Problem::UnpacksTooLarge { limit: MAX_DOCUMENT_BYTES });
    }
    let mut diagnostics: Vec<Diagnostic> = found.remarks.into_iter().map(remark).collect();
    if written.spans_ignored {
        diagnostics.push(Diagnostic::new(
            "office/spans-ignored",
            None,
            "表格过宽或合并单元格过多，未全部展开",
            "a table is too wide or has too many merged cells; not all were filled",
        ));
    }
    let source = SourceMap::new(Unit::Utf8, written.runs, usize::MAX);
    Ok(Content {
        format: found.format,
        encoding: found.encoding,
        text: written.text,
        tables: written.tables,
        source,
        places: vec![],
        diagnostics,
    })
}

fn remark(remark: Remark) -> Diagnostic {
    match remark {
        Remark::Embedded => Diagnostic::new(
            "office/embedded-not-read",
            None,
            "文档内嵌其他程序的文件（如 Excel 表），未读取",
            "a file of another program (an Excel sheet, say) is embedded and was not read",
        ),
        Remark::HiddenSheets(count) => Diagnostic::new(
            "office/hidden-sheets",
            None,
            format!("有 {count} 个隐藏的工作表，未读取"),
            format!("{count} hidden sheet(s) were not read"),
        ),
        Remark::FormulasWithoutValue(count) => Diagnostic::new(
            "office/formulas-without-value",
            None,
            format!("有 {count} 个公式没有存下结果，未读取；用 Excel 或 WPS 打开后重新保存即可"),
            format!("{count} formula(s) have no stored value and were not read; open and save it in Excel or WPS"),
        ),
    }
}

fn damaged(reason: impl Into<String>) -> Problem {
    Problem::Damaged { reason: reason.into() }
}
