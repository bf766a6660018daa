//! What the speed of `gouji` is measured against: a bare scan of JSON Lines
//! that finds amounts of 万元 with one regular expression and writes them as
//! JSON Lines. It understands nothing.
//!
//! ```text
//! cargo run --release --example baseline -- notes.jsonl > amounts.jsonl
//! ```

use regex::Regex;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write, stdout};

#[derive(Deserialize)]
struct Note<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

#[derive(Serialize)]
struct Amounts<'a> {
    id: &'a str,
    amounts: Vec<Amount<'a>>,
}

#[derive(Serialize)]
struct Amount<'a> {
    /// In Unicode code points.
    span: [usize; 2],
    text: &'a str,
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: baseline NOTES.jsonl")?;
    let amount = Regex::new(r"[0-9]+(\.[0-9]+)?万元")?;
    let mut notes = BufReader::with_capacity(256 * 1024, File::open(path)?);
    let mut out = BufWriter::with_capacity(256 * 1024, stdout().lock());
    let mut line = String::new();
    while notes.read_line(&mut line)? > 0 {
        let note: Note = serde_json::from_str(&line)?;
        let (mut bytes, mut chars) = (0, 0);
        let mut amounts = Vec::new();
        for found in amount.find_iter(&note.text) {
            let before = note.text.get(bytes..found.start()).unwrap_or_default();
            let start = chars + before.chars().count();
            chars = start + found.as_str().chars().count();
            bytes = found.end();
            amounts.push(Amount { span: [start, chars], text: found.as_str() });
        }
        serde_json::to_writer(&mut out, &Amounts { id: &note.id, amounts })?;
        out.write_all(b"\n")?;
        line.clear();
    }
    out.flush()?;
    Ok(())
}
