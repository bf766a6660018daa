//! Stage seven: views of one result. JSON is the contract, CSV for
//! spreadsheets, text for people. Computes nothing.

pub mod csv;
mod json;
mod schema;
pub mod text;
mod words;

pub use json::{Figure, Id, Output, Places, SCHEMA, fact_id, output};
pub use schema::schema;
pub use words::{figure_name, flow_code, fund_code, kind_name, slip_name, stage_code};
