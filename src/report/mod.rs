//! Stage seven: views of one result. JSON is the contract, CSV for
//! spreadsheets, a workbook for auditors, text and a page for people. Computes
//! nothing.

pub mod across;
mod buffer;
pub mod cells;
pub mod csv;
pub mod html;
mod json;
pub(crate) mod note;
mod schema;
pub mod text;
mod told;
mod words;
pub mod workbook;
pub(crate) mod xlsx;

pub use json::{SCHEMA, output, write};
pub use schema::schema;
pub(crate) use words::{carryover_code, kind_code, role_code};
pub use words::{figure_name, flow_code, fund_code, kind_name, slip_name, stage_code};
