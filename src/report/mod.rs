//! Stage seven: views of one result. Computes nothing.

mod json;

pub use json::{Figure, Id, Output, Places, SCHEMA, fact_id, output};
