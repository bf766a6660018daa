//! Bytes to text: which charset, and what in it is broken.
//!
//! Government pages declare the wrong charset so often that the bytes are
//! asked first: byte order mark, strict UTF-8, UTF-8 with a broken place or
//! two, UTF-16 without a mark, what the page declares (if it decodes), GB18030
//! (if it decodes), and only then a guess.

use super::diagnostic::Diagnostic;
use super::source_map::{Run, SourceMap, Unit, push_run};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;
use std::borrow::Cow;

/// Text with where it came from.
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) encoding: &'static str,
    pub(crate) map: SourceMap,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Hardly text at all.
    pub(crate) doubtful: bool,
}

const REPLACEMENT: char = '\u{fffd}';
/// Every so many bytes a new run begins, so that a look-up stays cheap.
const STRIDE: usize = 4096;

/// Decodes `bytes`. `declared` is asked only where the bytes do not speak for
/// themselves.
pub(crate) fn decode<'a>(bytes: &'a [u8], declared: impl FnOnce() -> Option<&'static Encoding>) -> Decoded<'a> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        return if encoding == UTF_8 {
            match simdutf8::basic::from_utf8(rest) {
                Ok(text) => clean_utf8(text, mark, bytes.len()),
                Err(_) => lossy_utf8(rest, mark, bytes.len()),
            }
        } else {
            utf16(bytes, mark, encoding)
        };
    }
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        // ASCII in UTF-16 is valid UTF-8 with every other byte NUL.
        let nul = memchr::memchr_iter(0, bytes).count();
        let utf16_bytes = (nul * 4 >= bytes.len()).then(|| looks_like_utf16(bytes)).flatten();
        return match utf16_bytes {
            Some(encoding) => utf16(bytes, 0, encoding),
            None => clean_utf8(text, 0, bytes.len()),
        };
    }
    if is_mostly_utf8(bytes) {
        return lossy_utf8(bytes, 0, bytes.len());
    }
    if let Some(encoding) = looks_like_utf16(bytes) {
        return utf16(bytes, 0, encoding);
    }
    legacy(bytes, declared())
}

fn clean_utf8(text: &str, start: usize, source_len: usize) -> Decoded<'_> {
    Decoded {
        text: Cow::Borrowed(text),
        encoding: name_of(UTF_8),
        map: SourceMap::shifted(start, source_len),
        diagnostics: vec![],
        doubtful: false,
    }
}

/// Most of the bytes are UTF-8: they make Chinese characters, and few do not fit.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut other, mut bad) = (0_usize, 0_usize, 0_usize);
    let mut cut_off = false;
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars().filter(|c| !c.is_ascii()) {
            match c {
                '\u{2010}'..='\u{203b}' | '\u{3000}'..='\u{9fff}' | '\u{f900}'..='\u{ffef}' => good += 1,
                _ => other += 1,
            }
        }
        if !chunk.invalid().is_empty() {
            bad += 1;
            cut_off = std::str::from_utf8(chunk.invalid()).is_err_and(|e| e.error_len().is_none());
            if bad > 64 && good < 4 * bad {
                return false;
            }
        }
    }
    if bad == 1 && cut_off {
        return good >= 1 && good >= other;
    }
    good >= 4 * bad && good > 4 * other && (bad <= 3 || good >= 100 * bad)
}

fn lossy_utf8(bytes: &[u8], start: usize, source_len: usize) -> Decoded<'static> {
    let mut text = String::with_capacity(bytes.len() + 8);
    let mut runs = vec![];
    let mut source = start;
    let mut bad = Bad::default();
    for chunk in bytes.utf8_chunks() {
        push_run(&mut runs, Run::new(text.len(), source, true));
        text.push_str(chunk.valid());
        source += chunk.valid().len();
        if chunk.invalid().is_empty() {
            continue;
        }
        if source + chunk.invalid().len() == start + bytes.len()
            && std::str::from_utf8(chunk.invalid()).is_err_and(|e| e.error_len().is_none())
        {
            bad.cut_off = Some(text.len());
        }
        bad.note(text.len());
        push_run(&mut runs, Run::new(text.len(), source, false));
        text.push(REPLACEMENT);
        source += chunk.invalid().len();
    }
    Decoded {
        text: Cow::Owned(text),
        encoding: name_of(UTF_8),
        map: SourceMap::new(Unit::Utf8, runs, source_len),
        diagnostics: bad.diagnostics(),
        doubtful: false,
    }
}

/// Bad byte sequences, each read as U+FFFD.
#[derive(Default)]
struct Bad {
    first: Option<usize>,
    count: usize,
    /// The last one is a character that the end of the input cuts off.
    cut_off: Option<usize>,
}

impl Bad {
    fn note(&mut self, offset: usize) {
        self.first.get_or_insert(offset);
        self.count += 1;
    }

    fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut all = vec![];
        let inside = self.count - usize::from(self.cut_off.is_some()).min(self.count);
        if inside > 0 {
            all.push(Diagnostic::new(
                "charset/bad-bytes",
                self.first,
                format!("{inside} 处字节无法解码，已读作 U+FFFD"),
                format!("{inside} byte sequence(s) could not be decoded and were read as U+FFFD"),
            ));
        }
        if let Some(offset) = self.cut_off {
            all.push(Diagnostic::new(
                "charset/cut-off",
                Some(offset),
                "末尾字符不完整，文件可能被截断",
                "the input ends inside a character: it may have been cut off",
            ));
        }
        all
    }
}

/// UTF-16 without a byte order mark: most units are what Chinese text is made
/// of, and some are ASCII or full-width punctuation, which no other charset
/// shows as such units.
fn looks_like_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(1 << 13) & !1)?;
    let units = sample.len() / 2;
    if units < 4 {
        return None;
    }
    let score = |unit_of: fn([u8; 2]) -> u16| {
        let (mut plausible, mut sure) = (0_usize, 0_usize);
        for pair in sample.as_chunks::<2>().0 {
            match unit_of(*pair) {
                0x09 | 0x0a | 0x0d | 0x20..=0x7e | 0x3001..=0x3002 | 0xff01..=0xff1f => {
                    plausible += 1;
                    sure += 1;
                }
                0x2010..=0x203b | 0x3000..=0x303f | 0x4e00..=0x9fff => plausible += 1,
                _ => {}
            }
        }
        (plausible * 10 >= units * 9 && sure * 100 >= units).then_some(sure)
    };
    match (score(u16::from_le_bytes), score(u16::from_be_bytes)) {
        (Some(le), Some(be)) => Some(if be > le { UTF_16BE } else { UTF_16LE }),
        (Some(_), None) => Some(UTF_16LE),
        (None, Some(_)) => Some(UTF_16BE),
        (None, None) => None,
    }
}

fn utf16(bytes: &[u8], start: usize, encoding: &'static Encoding) -> Decoded<'static> {
    let unit_of = if encoding == UTF_16BE { u16::from_be_bytes } else { u16::from_le_bytes };
    let (pairs, odd) = bytes.get(start..).unwrap_or_default().as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len() * 3 / 2 + 4);
    let mut runs = vec![];
    let mut bad = Bad::default();
    let mut source = start;
    let mut next_anchor = start;
    for unit in char::decode_utf16(pairs.iter().map(|pair| unit_of(*pair))) {
        if source >= next_anchor {
            runs.push(Run::new(text.len(), source, true));
            next_anchor = source + STRIDE;
        }
        let c = unit.unwrap_or_else(|_| {
            bad.note(text.len());
            REPLACEMENT
        });
        text.push(c);
        source += c.len_utf16() * 2;
    }
    if !odd.is_empty() {
        runs.push(Run::new(text.len(), source, false));
        bad.cut_off = Some(text.len());
        bad.note(text.len());
        text.push(REPLACEMENT);
    }
    Decoded {
        text: Cow::Owned(text),
        encoding: name_of(encoding),
        map: SourceMap::new(Unit::Utf16, runs, bytes.len()),
        diagnostics: bad.diagnostics(),
        doubtful: false,
    }
}

/// The charset that a page names, as it is to be read: GBK and GB2312 as
/// their superset GB18030.
pub(crate) fn by_label(label: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_label(label).map(|encoding| if encoding == GBK { GB18030 } else { encoding })
}

/// The charset of a Windows code page.
pub(crate) fn by_code_page(number: u32) -> Option<&'static Encoding> {
    Some(match number {
        936 | 54936 => GB18030,
        950 => BIG5,
        932 => SHIFT_JIS,
        949 => EUC_KR,
        65001 => UTF_8,
        number => Encoding::for_label(format!("windows-{number}").as_bytes())?,
    })
}

/// The charset's name as the field writes it.
pub(crate) fn name_of(encoding: &'static Encoding) -> &'static str {
    if encoding == GB18030 { "GB18030" } else { encoding.name() }
}

fn is_east_asian(encoding: &'static Encoding) -> bool {
    [GB18030, BIG5, EUC_KR, SHIFT_JIS, encoding_rs::EUC_JP].contains(&encoding)
}

fn legacy(bytes: &[u8], declared: Option<&'static Encoding>) -> Decoded<'static> {
    if let Some(encoding) = declared.filter(|encoding| is_east_asian(encoding)) {
        let decoded = multibyte(bytes, encoding);
        let trusted = encoding != BIG5 || !is_plain_gb(bytes);
        if decoded.is_clean() && trusted {
            return decoded.finish();
        }
    }
    let gb = multibyte(bytes, GB18030);
    let guess = || {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        match detector.guess(None, Utf8Detection::Allow) {
            guess if guess == GBK => GB18030,
            guess => guess,
        }
    };
    if gb.is_clean() {
        if is_plain_gb(bytes) || guess() != BIG5 {
            return gb.finish();
        }
        let big5 = multibyte(bytes, BIG5);
        return if big5.is_clean() { big5.guessed() } else { gb.finish() };
    }
    let guess = match guess() {
        guess if guess == UTF_8 => GB18030,
        guess => guess,
    };
    if guess != GB18030 {
        let decoded = multibyte(bytes, guess);
        // A few broken places are likelier than a Western or Korean budget note.
        let tolerated = gb.text.len() / 300;
        if is_east_asian(guess) && decoded.bad.count < gb.bad.count {
            return decoded.guessed();
        }
        if gb.bad.count > tolerated.max(1) {
            let mut decoded = decoded.guessed();
            let foreign = bytes.iter().filter(|byte| !byte.is_ascii()).count();
            decoded.doubtful = foreign * 3 > bytes.len();
            return decoded;
        }
    }
    gb.finish()
}

/// GB bytes as simplified text has them: nearly all pairs are punctuation or
/// among the 3755 common characters.
fn is_plain_gb(bytes: &[u8]) -> bool {
    let (mut pairs, mut common) = (0_usize, 0_usize);
    let mut rest = bytes.iter();
    while let Some(&lead) = rest.next() {
        if lead < 0x81 {
            continue;
        }
        let Some(&trail) = rest.next() else { break };
        pairs += 1;
        let in_row = trail >= 0xa1;
        common += usize::from(in_row && matches!(lead, 0xa1..=0xa3 | 0xb0..=0xd7));
    }
    common * 10 >= pairs * 7
}

struct Multibyte {
    text: String,
    runs: Vec<Run>,
    bad: Bad,
    encoding: &'static Encoding,
    source_len: usize,
}

/// Decodes in stretches that end after a byte below 0x30, which in none of
/// these charsets is part of a longer character.
fn multibyte(bytes: &[u8], encoding: &'static Encoding) -> Multibyte {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2 + 8);
    let mut runs = vec![];
    let mut bad = Bad::default();
    let mut source = 0;
    while let Some(rest) = bytes.get(source..).filter(|rest| !rest.is_empty()) {
        let length = rest.iter().skip(STRIDE - 1).position(|byte| *byte < 0x30).map_or(rest.len(), |at| at + STRIDE);
        let stretch = rest.get(..length).unwrap_or(rest);
        let start = text.len();
        runs.push(Run::new(start, source, true));
        let (decoded, had_errors) = encoding.decode_without_bom_handling(stretch);
        text.push_str(&decoded);
        if had_errors {
            for (at, _) in decoded.match_indices(REPLACEMENT) {
                bad.note(start + at);
            }
        }
        source += stretch.len();
    }
    // A lead byte at the very end: the input was cut off.
    if text.ends_with(REPLACEMENT) && bad.count > 0 && bytes.last().is_some_and(|b| *b >= 0x81) {
        bad.cut_off = Some(text.len() - REPLACEMENT.len_utf8());
    }
    Multibyte { text, runs, bad, encoding, source_len: bytes.len() }
}

impl Multibyte {
    fn is_clean(&self) -> bool {
        self.bad.count == usize::from(self.bad.cut_off.is_some())
    }

    fn finish(self) -> Decoded<'static> {
        Decoded {
            // A third of the characters broken is no text.
            doubtful: self.bad.count * 9 > self.text.len(),
            diagnostics: self.bad.diagnostics(),
            encoding: name_of(self.encoding),
            map: SourceMap::new(Unit::Charset(self.encoding), self.runs, self.source_len),
            text: Cow::Owned(self.text),
        }
    }

    fn guessed(self) -> Decoded<'static> {
        let name = name_of(self.encoding);
        let mut decoded = self.finish();
        decoded.diagnostics.push(Diagnostic::new(
            "charset/guessed",
            None,
            format!("未声明有效编码，按 {name} 解读"),
            format!("no charset is declared that fits; read as {name}"),
        ));
        decoded
    }
}

/// The charset declared in the first bytes of a page: `charset=` of a meta
/// element or `encoding=` of an XML declaration.
pub(crate) fn declared_in(bytes: &[u8]) -> Option<(&'static Encoding, String)> {
    let head = bytes.get(..bytes.len().min(STRIDE))?.to_ascii_lowercase();
    for key in [&b"charset"[..], b"encoding"] {
        let mut from = 0;
        while let Some(at) = memmem::find(head.get(from..)?, key) {
            from += at + key.len();
            let mut value = head.get(from..)?.trim_ascii_start();
            let Some(after) = value.strip_prefix(b"=") else {
                continue;
            };
            value = after.trim_ascii_start();
            value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
            let length = value.iter().take_while(|b| b.is_ascii_alphanumeric() || b"-_.:".contains(b)).count();
            let label = value.get(..length)?;
            if let Some(encoding) = by_label(label) {
                return Some((encoding, String::from_utf8_lossy(label).into_owned()));
            }
        }
    }
    None
}

/// A remark if a page declares another charset than it is in.
pub(crate) fn check_declared(bytes: &[u8], used: &str) -> Option<Diagnostic> {
    let (declared, label) = declared_in(bytes)?;
    (name_of(declared) != used && !bytes.is_ascii()).then(|| {
        Diagnostic::new(
            "charset/declared-wrong",
            None,
            format!("网页声明编码为 {label}，实为 {used}"),
            format!("the page declares {label} but is {used}"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: &str =
        "2024年单位预算情况说明\r\n一、收入预算2031年年初预算数412.50万元，比2030年增加9.4万元，增长2.3%。\r\n";
    const TRADITIONAL: &str =
        "本年度財政預算說明：收入總計為一百二十萬元，較上年度增加，主要係因補助經費增列，辦理各項業務。";

    fn read(bytes: &[u8]) -> Decoded<'_> {
        decode(bytes, || declared_in(bytes).map(|(encoding, _)| encoding))
    }

    fn utf16_bytes(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn every_charset_of_the_field() {
        let gb = GB18030.encode(NOTE).0.into_owned();
        let rare = format!("{NOTE}镕喆玥㙍㸆𠮷");
        let gb_rare = GB18030.encode(&rare).0.into_owned();
        let mut marked = b"\xef\xbb\xbf".to_vec();
        marked.extend_from_slice(NOTE.as_bytes());
        let le = utf16_bytes(NOTE, u16::to_le_bytes);
        let be = utf16_bytes(NOTE, u16::to_be_bytes);
        let le_marked = [b"\xff\xfe".to_vec(), le.clone()].concat();
        let be_marked = [b"\xfe\xff".to_vec(), be.clone()].concat();
        let big5 = BIG5.encode(TRADITIONAL).0.into_owned();
        for (bytes, text, encoding) in [
            (NOTE.as_bytes().to_vec(), NOTE, "UTF-8"),
            (marked, NOTE, "UTF-8"),
            (gb, NOTE, "GB18030"),
            (gb_rare, rare.as_str(), "GB18030"),
            (le, NOTE, "UTF-16LE"),
            (be, NOTE, "UTF-16BE"),
            (le_marked, NOTE, "UTF-16LE"),
            (be_marked, NOTE, "UTF-16BE"),
            (big5, TRADITIONAL, "Big5"),
        ] {
            let decoded = read(&bytes);
            assert_eq!(decoded.text, text);
            assert_eq!(decoded.encoding, encoding);
            assert!(!decoded.doubtful);
        }
    }

    #[test]
    fn eight_bytes_of_gbk() {
        let bytes = GBK.encode("预算说明").0;
        assert_eq!(read(&bytes).text, "预算说明");
    }

    #[test]
    fn ascii_in_utf16_is_not_taken_for_utf8() {
        let bytes = utf16_bytes("2024 123.45\n", u16::to_le_bytes);
        assert_eq!(read(&bytes).text, "2024 123.45\n");
    }

    #[test]
    fn a_wrong_declaration_does_not_mislead() {
        let page = "<meta charset=\"gb2312\"><p>收入预算12万元</p>";
        let decoded = read(page.as_bytes());
        assert_eq!((decoded.encoding, &*decoded.text), ("UTF-8", page));
        assert_eq!(check_declared(page.as_bytes(), "UTF-8").map(|d| d.code), Some("charset/declared-wrong"));

        for label in ["utf-8", "big5", "iso-8859-1", "nonsense"] {
            let page = format!(
                "<meta http-equiv=Content-Type content='text/html; charset={label}'><p>收入预算为十二万元，支出预算为十二万元，比上年增加</p>"
            );
            let bytes = GBK.encode(&page).0;
            let decoded = read(&bytes);
            assert_eq!((decoded.encoding, &*decoded.text), ("GB18030", &*page));
        }
    }

    #[test]
    fn a_declared_charset_counts_where_bytes_are_silent() {
        let page = format!("<meta charset=big5><p>{TRADITIONAL}</p>");
        let bytes = BIG5.encode(&page).0;
        let decoded = read(&bytes);
        assert_eq!((decoded.encoding, &*decoded.text), ("Big5", &*page));
        assert_eq!(check_declared(&bytes, "Big5"), None);
        let gbk = GBK.encode("<?xml version='1.0' encoding='gbk'?>预算").0;
        assert_eq!(declared_in(&gbk).map(|(e, _)| name_of(e)), Some("GB18030"));
        assert_eq!(check_declared(&gbk, "GB18030"), None);
    }

    #[test]
    fn a_cut_off_end_is_read_with_a_remark() {
        let utf8 = NOTE.trim_end().as_bytes();
        for bytes in [&utf8[..utf8.len() - 1], &utf8[..utf8.len() - 2], &"预算".as_bytes()[..5]] {
            let decoded = read(bytes);
            assert_eq!(decoded.encoding, "UTF-8");
            assert!(decoded.text.ends_with(REPLACEMENT));
            assert_eq!(decoded.diagnostics.len(), 1);
            assert_eq!(decoded.diagnostics[0].code, "charset/cut-off");
            assert_eq!(decoded.diagnostics[0].offset, Some(decoded.text.len() - 3));
        }
        let gb = GB18030.encode(NOTE.trim_end()).0;
        let decoded = read(&gb[..gb.len() - 1]);
        assert_eq!((decoded.encoding, decoded.diagnostics[0].code), ("GB18030", "charset/cut-off"));
        let le = utf16_bytes(NOTE, u16::to_le_bytes);
        let decoded = read(&le[..le.len() - 1]);
        assert_eq!((decoded.encoding, decoded.diagnostics[0].code), ("UTF-16LE", "charset/cut-off"));
    }

    #[test]
    fn a_few_bad_bytes_are_replaced() {
        let mut bytes = NOTE.repeat(20).into_bytes();
        bytes.insert(0, 0xff);
        bytes.push(0xc0);
        let decoded = read(&bytes);
        assert_eq!(decoded.encoding, "UTF-8");
        assert_eq!(decoded.diagnostics[0].code, "charset/bad-bytes");
        assert_eq!(decoded.diagnostics[0].offset, Some(0));
        assert_eq!(decoded.map.source_offset(&decoded.text, 3), 1);

        let mut gb = GB18030.encode(&NOTE.repeat(20)).0.into_owned();
        gb.splice(0..0, [0xff, b'\n']);
        let decoded = read(&gb);
        assert_eq!(decoded.encoding, "GB18030");
        assert!(decoded.text.contains("收入预算2031年年初预算数412.50万元"));
    }

    #[test]
    fn offsets_lead_back_in_every_charset() {
        let text = format!("{}目标万元", NOTE.repeat(200));
        let at = text.find("目标").unwrap();
        for (encoding, bytes) in [
            (GB18030, GB18030.encode(&text).0.into_owned()),
            (UTF_16LE, utf16_bytes(&text, u16::to_le_bytes)),
            (UTF_16BE, utf16_bytes(&text, u16::to_be_bytes)),
            (UTF_8, text.clone().into_bytes()),
        ] {
            let decoded = read(&bytes);
            assert_eq!(decoded.encoding, name_of(encoding));
            let source = decoded.map.source_offset(&decoded.text, at);
            let tail = decode(&bytes[source..], || Some(encoding));
            let tail = match encoding.name() {
                "UTF-16LE" | "UTF-16BE" => encoding.decode_without_bom_handling(&bytes[source..]).0,
                _ => tail.text,
            };
            assert_eq!(tail, "目标万元", "{}", encoding.name());
        }
    }

    #[test]
    fn noise_is_doubtful() {
        let mut state = 1_u32;
        let noise: Vec<u8> = (0..5000)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            })
            .collect();
        assert!(read(&noise).doubtful);
    }
}
