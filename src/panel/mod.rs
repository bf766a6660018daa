//! Beside the report: the results of many notes as one table for statistics.
//! Computes nothing of its own: it selects, settles and writes.
//!
//! | file | concern |
//! |---|---|
//! | `column.rs` | names, kinds and meanings of the columns |
//! | `long.rs` | one row a fact |
//! | `wide.rs` | one row an organisation and year, one column a concept |
//! | `quality.rs` | what the relations say of a figure |
//! | `region.rs` | where an organisation is: administrative division codes |
//! | `settle.rs` | which of several notes of one organisation and year counts |
//! | `note.rs`, `spool.rs` | a note packed, on disk until all are there |
//! | `assemble.rs` | many notes to one table |
//! | `write/` | the table as a file |
//! | `codebook.rs` | what stands in each column |

mod assemble;
mod codebook;
mod column;
mod long;
mod note;
mod quality;
mod region;
mod settle;
mod spool;
mod wide;
mod write;

pub use crate::report::cells::{Cell, Cells, Kind, Packed};
pub use assemble::{Assembly, Tally};
pub use codebook::{codebook, write_codebook};
pub use column::{Column, MAX_NAME, long, notes};
pub use note::{Shape, pack};
pub use quality::{Cover, Quality, cover};
pub use region::{Region, region};
pub use settle::{Entry, Rule, Status, date_number, settle};
pub use wide::{DEFAULT, Funding, Wanted, WantedError, wanted};
pub use write::{Book, Form};
