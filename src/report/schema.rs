//! The JSON Schema of the output.

/// The JSON Schema (draft 2020-12) of what `--format json` and `jsonl` write.
///
/// ```
/// let schema: serde_json::Value = serde_json::from_str(gouji::report::schema()).unwrap();
/// assert_eq!(schema["$defs"]["document"]["properties"]["schema"]["const"], gouji::report::SCHEMA);
/// ```
#[must_use]
pub fn schema() -> &'static str {
    include_str!("schema.json")
}
