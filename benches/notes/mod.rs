//! Budget notes made to measure: in the wording and layout of published ones,
//! with figures that tie as real ones do. The same seed gives the same notes.
//!
//! | file | concern |
//! |---|---|
//! | `figures.rs` | random numbers, amounts, how a note prints them |
//! | `prose.rs` | places, duties, reasons, definitions: text without figures |
//! | `budget.rs` | unit and department budgets |
//! | `final_account.rs` | final accounts with 类款项 lines |
//! | `three_public.rs` | “三公” statements |
//! | `county.rs` | county reports |

mod budget;
mod county;
mod figures;
mod final_account;
mod prose;
mod three_public;

use figures::{Rng, Style};
use std::fmt::Write as _;

/// Writes a line of a note.
macro_rules! line {
    ($out:expr, $($format:tt)*) => {{
        use std::fmt::Write as _;
        // Writing to a string can't fail.
        let _ = writeln!($out, $($format)*);
    }};
}
pub(crate) use line;

/// A note as a scraper stores it.
#[derive(Debug, Clone)]
pub struct Note {
    /// Its key.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// The day of publication.
    pub date: String,
    /// The note.
    pub text: String,
}

impl Note {
    /// One line of JSON Lines, without the line's end.
    pub fn to_json(&self) -> String {
        let mut line = String::with_capacity(self.text.len() + self.text.len() / 32 + 256);
        line.push_str("{\"id\":");
        quote(&mut line, &self.id);
        line.push_str(",\"url\":");
        quote(&mut line, &format!("http://www.example.gov.cn/zwgk/czyjs/{}.html", self.id));
        line.push_str(",\"title\":");
        quote(&mut line, &self.title);
        line.push_str(",\"date\":");
        quote(&mut line, &self.date);
        line.push_str(",\"text\":");
        quote(&mut line, &self.text);
        line.push('}');
        line
    }
}

fn quote(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// What a note is about, and how it prints things.
pub(crate) struct Setting {
    pub rng: Rng,
    pub style: Style,
    pub year: i64,
    pub county: &'static str,
}

/// Note number `index` of the notes with a seed: 2 to 16 KB, of any kind.
pub fn note(seed: u64, index: u64) -> Note {
    let mut rng = Rng::new(seed, index);
    let kind = rng.below(100);
    of_kind(kind, rng, format!("n{seed}-{index:06}"))
}

fn of_kind(kind: u64, mut rng: Rng, id: String) -> Note {
    let year = 2019 + rng.below(7) as i64;
    let county = rng.pick(prose::COUNTIES);
    let style = Style::random(&mut rng);
    let mut setting = Setting { rng, style, year, county };
    let (title, text) = match kind {
        0..35 => budget::unit(&mut setting),
        35..60 => budget::department(&mut setting),
        60..82 => final_account::write(&mut setting),
        82..92 => three_public::write(&mut setting),
        _ => county::write(&mut setting),
    };
    let date = setting.published();
    let text = setting.lay_out(&title, &text, &date);
    Note { id, title, date, text }
}

/// A document of about `bytes` bytes: notes of one district one after the
/// other, as districts publish them in one file; or the first paragraphs of a
/// short one.
pub fn document(seed: u64, index: u64, bytes: usize) -> Note {
    let id = format!("d{seed}-{index:06}");
    let first = index.wrapping_mul(1 << 24);
    let mut document = if bytes < 4096 { of_kind(90, Rng::new(seed, first), id.clone()) } else { note(seed, first) };
    document.id = id;
    let mut next = first;
    while document.text.len() < bytes {
        next += 1;
        document.text.push_str("\n\n");
        document.text.push_str(&note(seed, next).text);
    }
    // The last paragraph is whole.
    let end = document.text.char_indices().find(|(at, c)| *at >= bytes && *c == '\n').map(|(at, _)| at);
    document.text.truncate(end.unwrap_or(document.text.len()));
    document
}

impl Setting {
    fn published(&mut self) -> String {
        let (month, day) = (1 + self.rng.below(9), 1 + self.rng.below(28));
        format!("{}-{month:02}-{day:02}", self.year)
    }

    /// Indents, wraps and frames a note as its site does.
    fn lay_out(&mut self, title: &str, body: &str, date: &str) -> String {
        let mut out = String::with_capacity(body.len() + body.len() / 16);
        out.push_str(title);
        out.push('\n');
        if self.rng.chance(20) {
            let source = self.rng.pick(&["县财政局", "本单位", "政府办公室"]);
            let views = self.rng.below(900);
            line!(out, "\n信息来源：{source}　　发布日期：{date}　　浏览次数：{views}次　　字体：[大 中 小]\n");
        }
        // Pages of a PDF are wrapped and numbered.
        let wrap = self.rng.chance(8);
        let indent = if wrap { "    " } else { self.rng.pick(&["", "", "　　", "    "]) };
        let mut lines = 0;
        let mut page = 0;
        for paragraph in body.lines() {
            if paragraph.is_empty() {
                out.push('\n');
                continue;
            }
            out.push_str(indent);
            let mut column = indent.len() / 2;
            let mut last = ' ';
            for c in paragraph.chars() {
                let width = if c.is_ascii() { 1 } else { 2 };
                // Words and numbers stay whole; a line does not begin with a stop.
                let breaks = !(c.is_ascii() && last.is_ascii() || "，。；、：）”%".contains(c));
                if wrap && column + width > 72 && breaks {
                    out.push('\n');
                    column = 0;
                    lines += 1;
                    if lines % 30 == 0 {
                        page += 1;
                        line!(out, "\n— {page} —\n");
                    }
                }
                out.push(c);
                last = c;
                column += width;
            }
            out.push('\n');
        }
        out
    }
}

/// Misprints one amount of 万元, as one note in some does: a digit of its whole
/// part is another, so that rounding can't explain it.
pub fn misprint(note: &mut Note, seed: u64, index: u64) {
    let mut rng = Rng::new(seed ^ 0x6d69_7370, index);
    // Where the whole part of each amount ends.
    let digits: Vec<usize> = note
        .text
        .match_indices("万元")
        .filter_map(|(end, _)| {
            let before = note.text.get(..end)?;
            let number = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
            let whole = before.get(number.len()..)?.split('.').next()?;
            let last = number.len() + whole.len().checked_sub(1)?;
            whole.ends_with(|c: char| ('1'..='8').contains(&c)).then_some(last)
        })
        .collect();
    let Some(at) = digits.get(rng.below(digits.len() as u64) as usize).copied() else { return };
    if let Some(digit) = note.text.get(at..=at).and_then(|d| d.parse::<u8>().ok()) {
        note.text.replace_range(at..=at, &(digit + 1).to_string());
    }
}
