//! One line of JSON Lines: the record, and its note with a map into the line.

use super::diagnostic::Diagnostic;
use super::error::Problem;
use super::source_map::{Run, SourceMap, Unit, push_run};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// The fields that are read; a record may have others.
#[derive(Deserialize)]
struct Fields<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    title: Option<&'a RawValue>,
    #[serde(borrow)]
    url: Option<&'a RawValue>,
    #[serde(borrow)]
    date: Option<&'a RawValue>,
    #[serde(borrow)]
    text: Option<&'a RawValue>,
    #[serde(borrow)]
    html: Option<&'a RawValue>,
}

/// A record as it stands in its line.
pub(crate) struct Record<'a> {
    pub(crate) id: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) content: Content<'a>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// The note of a record.
pub(crate) struct Content<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) is_html: bool,
    pub(crate) map: SourceMap,
}

/// Reads one line.
pub(crate) fn parse(line: &str) -> Result<Record<'_>, Problem> {
    let fields: Fields<'_> = serde_json::from_str(line).map_err(|error| malformed(&error))?;
    let mut diagnostics = vec![];
    let mut plain = |name: &str, value: Option<&RawValue>| -> Option<String> {
        let raw = value?.get();
        match raw.as_bytes().first() {
            Some(b'"') => Some(Unescaped::of(raw).text.into_owned()),
            Some(b'-' | b'0'..=b'9') => Some(raw.to_owned()),
            Some(b'n') => None,
            _ => {
                diagnostics.push(Diagnostic::new(
                    "json/field-ignored",
                    None,
                    format!("字段 {name} 不是字符串，已忽略"),
                    format!("field `{name}` is not a string and was ignored"),
                ));
                None
            }
        }
    };
    let id = plain("id", fields.id);
    let title = plain("title", fields.title).filter(|title| !title.trim().is_empty());
    let url = plain("url", fields.url);
    let date = plain("date", fields.date);

    let string = |value: Option<&'_ RawValue>| match value.map(RawValue::get) {
        None | Some("null") => Ok(None),
        Some(raw) if raw.starts_with('"') => Ok(Some(raw.len())),
        Some(_) => Err(Problem::TextNotAString),
    };
    let (text, html) = (fields.text, fields.html);
    let is_html = match (string(text)?, string(html)?) {
        (None, None) => return Err(Problem::RecordWithoutText),
        (Some(_), None) => false,
        (None, Some(_)) => true,
        // Both: the text, unless it is blank.
        (Some(_), Some(_)) => text.is_none_or(|raw| Unescaped::of(raw.get()).text.trim().is_empty()),
    };
    let raw = if is_html { html } else { text };
    let raw = raw.map(RawValue::get).unwrap_or_default();
    // Both are slices of one buffer.
    let start = (raw.as_ptr() as usize).saturating_sub(line.as_ptr() as usize);
    let Unescaped { text, runs, lone } = Unescaped::of(raw);
    let runs = runs.iter().map(|run| Run::new(run.text(), run.source() + start, run.exact())).collect();
    if let Some(offset) = lone {
        diagnostics.push(Diagnostic::new(
            "json/lone-surrogate",
            Some(offset),
            "转义字符不完整，已读作 U+FFFD",
            "an escape stands for half a character and was read as U+FFFD",
        ));
    }
    let map = SourceMap::new(Unit::Utf8, runs, line.len());
    Ok(Record { id, title, url, date, content: Content { text, is_html, map }, diagnostics })
}

fn malformed(error: &serde_json::Error) -> Problem {
    let reason = error.to_string();
    let reason = reason.rsplit_once(" at line ").map_or(reason.as_str(), |(reason, _)| reason);
    Problem::MalformedJson { column: error.column(), reason: reason.to_owned(), cut_off: error.is_eof() }
}

/// The value of a JSON string, with a map into its raw form.
struct Unescaped<'a> {
    text: Cow<'a, str>,
    runs: Vec<Run>,
    /// The first half of a surrogate pair without the other.
    lone: Option<usize>,
}

impl<'a> Unescaped<'a> {
    /// `raw` is a JSON string with its quotes, as the parser has checked it.
    fn of(raw: &'a str) -> Self {
        let inner = raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"')).unwrap_or(raw);
        let start = usize::from(inner.len() < raw.len());
        if memchr::memchr(b'\\', inner.as_bytes()).is_none() {
            return Self { text: Cow::Borrowed(inner), runs: vec![Run::new(0, start, true)], lone: None };
        }
        let mut text = String::with_capacity(inner.len());
        let mut runs = vec![];
        let mut lone = None;
        let mut at = 0;
        while let Some(rest) = inner.get(at..).filter(|rest| !rest.is_empty()) {
            let escape = memchr::memchr(b'\\', rest.as_bytes()).unwrap_or(rest.len());
            if escape > 0 {
                push_run(&mut runs, Run::new(text.len(), start + at, true));
                text.push_str(rest.get(..escape).unwrap_or_default());
                at += escape;
                continue;
            }
            push_run(&mut runs, Run::new(text.len(), start + at, false));
            let (c, length) = escaped(rest);
            at += length;
            text.push(c.unwrap_or_else(|| {
                lone.get_or_insert(text.len());
                '\u{fffd}'
            }));
        }
        if runs.is_empty() {
            runs.push(Run::new(0, start, true));
        }
        Self { text: Cow::Owned(text), runs, lone }
    }
}

/// The escape that `rest` begins with: its character (`None` for half of a
/// surrogate pair) and its length.
fn escaped(rest: &str) -> (Option<char>, usize) {
    let unit = |at: usize| {
        let digits = rest.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let simple = match rest.as_bytes().get(1) {
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'u') => {
            let Some(high) = unit(0) else {
                return (None, rest.len());
            };
            let low = if (0xd800..0xdc00).contains(&high) {
                unit(6).filter(|low| (0xdc00..0xe000).contains(low))
            } else {
                None
            };
            let units = [high].into_iter().chain(low);
            let length = if low.is_some() { 12 } else { 6 };
            return (char::decode_utf16(units).next().and_then(Result::ok), length);
        }
        Some(other) if other.is_ascii() => char::from(*other),
        _ => return (None, rest.len()),
    };
    (Some(simple), 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(line: &str) -> String {
        parse(line).map(|record| record.content.text.into_owned()).unwrap_or_default()
    }

    #[test]
    fn fields_of_a_record() {
        let line = r#"{"id": 7, "title": "预算说明", "url": "http://例.cn/1", "date": "2024-02-05", "more": [1, {}], "text": "收入12万元"}"#;
        let record = parse(line).ok().unwrap();
        assert_eq!(record.id.as_deref(), Some("7"));
        assert_eq!(record.title.as_deref(), Some("预算说明"));
        assert_eq!(record.url.as_deref(), Some("http://例.cn/1"));
        assert_eq!(record.date.as_deref(), Some("2024-02-05"));
        assert!(matches!(record.content.text, Cow::Borrowed("收入12万元")));
        assert!(!record.content.is_html);
        let at = record.content.map.source_offset("收入12万元", 6);
        assert!(line[at..].starts_with("12万元"));
    }

    #[test]
    fn escapes_agree_with_serde_and_map_back() {
        let line = r#"{"text":"\u4e00、收\n入\t12\u4e07\ud83d\ude00元\/\"\\结"}"#;
        let record = parse(line).ok().unwrap();
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(record.content.text, value["text"].as_str().unwrap());
        let text = &record.content.text;
        for (needle, raw) in [
            ("一", r"\u4e00"),
            ("收", "收"),
            ("入", "入"),
            ("12", "12"),
            ("万", r"\u4e07"),
            ("😀", r"\ud83d"),
            ("元", "元"),
            ("结", "结"),
        ] {
            let at = record.content.map.source_offset(text, text.find(needle).unwrap());
            assert!(line[at..].starts_with(raw), "{needle}: {}", &line[at..]);
        }
    }

    #[test]
    fn half_a_character_is_replaced() {
        let record = parse(r#"{"text":"收\ud83d入\udc00"}"#).ok().unwrap();
        assert_eq!(record.content.text, "收\u{fffd}入\u{fffd}");
        assert_eq!(record.diagnostics[0].code, "json/lone-surrogate");
        assert_eq!(record.diagnostics[0].offset, Some(3));
    }

    #[test]
    fn text_before_html_unless_blank() {
        assert_eq!(content(r#"{"html":"<p>甲</p>","text":"乙"}"#), "乙");
        assert_eq!(content(r#"{"html":"<p>甲</p>","text":" \n"}"#), "<p>甲</p>");
        assert_eq!(content(r#"{"html":"<p>甲</p>","text":null}"#), "<p>甲</p>");
    }

    #[test]
    fn what_is_wrong_with_a_line() {
        let problem = |line: &str| parse(line).err().unwrap();
        assert_eq!(problem(r#"{"id":1}"#), Problem::RecordWithoutText);
        assert_eq!(problem(r#"{"text":null}"#), Problem::RecordWithoutText);
        assert_eq!(problem(r#"{"text":5}"#), Problem::TextNotAString);
        assert!(matches!(problem(r#"{"text":"收"#), Problem::MalformedJson { cut_off: true, .. }));
        assert!(matches!(problem(r#"{"text" "收"}"#), Problem::MalformedJson { cut_off: false, column: 9, .. }));
        assert!(matches!(problem("[1]"), Problem::MalformedJson { .. }));
        assert!(matches!(problem(r#"{"text":"a","text":"b"}"#), Problem::MalformedJson { .. }));
        assert!(matches!(problem(r#"{"text":"\x"}"#), Problem::MalformedJson { .. }));
        let deep = format!("{{\"x\":{}", "[".repeat(100_000));
        assert!(matches!(problem(&deep), Problem::MalformedJson { .. }));
    }

    #[test]
    fn a_field_of_another_type_is_ignored_with_a_remark() {
        let record = parse(r#"{"id":["a"],"text":"收入"}"#).ok().unwrap();
        assert_eq!(record.id, None);
        assert_eq!(record.diagnostics[0].code, "json/field-ignored");
    }
}
