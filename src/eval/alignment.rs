//! Which fact of the program is which of the annotation: by where its quote stands.

use super::annotation::AnnotatedDocument;
use super::figure::ReadFact;
use std::collections::BTreeMap;
use std::ops::Range;

/// Where an annotated quote stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// In bytes.
    pub bytes: Range<usize>,
    /// In characters.
    pub chars: Range<usize>,
}

/// Finds quotes one after another in the text. On failure, which quote is not
/// there, and after which character it was looked for.
pub(super) fn places<'a>(quotes: impl Iterator<Item = &'a str>, text: &str) -> Result<Vec<Place>, (usize, usize)> {
    let (mut byte, mut char) = (0, 0);
    let mut out = Vec::new();
    for (n, quote) in quotes.enumerate() {
        let rest = text.get(byte..).unwrap_or("");
        let at = find(text, byte, quote).ok_or((n, char))?;
        let start = char + rest.get(..at).unwrap_or("").chars().count();
        let end = start + quote.chars().count();
        let bytes = byte + at..byte + at + quote.len();
        (byte, char) = (bytes.end, end);
        out.push(Place { bytes, chars: start..end });
    }
    Ok(out)
}

/// Where a quote begins after `from`, preferably not inside a longer number.
fn find(text: &str, from: usize, quote: &str) -> Option<usize> {
    if quote.is_empty() {
        return None;
    }
    let rest = text.get(from..)?;
    let is_whole = |at: usize| {
        let before = text.get(..from + at).unwrap_or("").trim_end_matches('.');
        !quote.starts_with(|c: char| c.is_ascii_digit()) || !before.ends_with(|c: char| c.is_ascii_digit())
    };
    rest.match_indices(quote).map(|(at, _)| at).find(|at| is_whole(*at)).or_else(|| rest.find(quote))
}

/// The program's facts by the annotation's.
#[derive(Debug)]
pub struct Alignment<'a> {
    /// For each annotated figure which of the program's facts it is.
    pub found: Vec<Option<usize>>,
    /// The annotation's id by the program's, of figures and of words for zero.
    pub by_program: BTreeMap<&'a str, u64>,
}

/// Aligns by quote, in the order of the text: the fact that overlaps an
/// annotated quote most is its reading.
#[must_use]
pub fn align<'a>(want: &AnnotatedDocument, got: &'a [ReadFact]) -> Alignment<'a> {
    let found: Vec<Option<usize>> = want
        .places
        .iter()
        .map(|place| {
            let overlap = |g: &ReadFact| g.span.1.min(place.chars.end).saturating_sub(g.span.0.max(place.chars.start));
            // Of equals the first: `max_by_key` takes the last.
            let overlapping = got.iter().enumerate().rev().filter(|(_, g)| overlap(g) > 0 && g.is_printed());
            overlapping.max_by_key(|(_, g)| overlap(g)).map(|(at, _)| at)
        })
        .collect();
    let id = |at: usize| got.get(at).map(|g| g.figure.id.as_str());
    let mut by_program: BTreeMap<&str, u64> =
        want.facts.iter().zip(&found).filter_map(|(w, at)| Some((id((*at)?)?, w.id))).collect();
    let words: Vec<&ReadFact> = got.iter().filter(|g| !g.is_printed()).collect();
    for w in &want.zero_words {
        let free = |g: &&&ReadFact| !by_program.contains_key(g.figure.id.as_str()) && g.figure.measure == w.measure;
        let said = |g: &&&ReadFact| g.figure.quote.contains(&w.quote) || w.quote.contains(&g.figure.quote);
        // 持平 stands many times in a note: the item tells which it is.
        let of_item = words.iter().filter(free).filter(said).find(|g| same_label(&w.label, &g.figure.label));
        let long = |g: &&&ReadFact| w.quote.chars().count().min(g.figure.quote.chars().count()) > SHORT;
        let phrase = || words.iter().filter(free).filter(said).find(long);
        if let Some(g) = of_item.or_else(phrase) {
            by_program.insert(g.figure.id.as_str(), w.id);
        }
    }
    Alignment { found, by_program }
}

/// A longer phrase, 无机关运行经费, says itself of which item it is.
const SHORT: usize = 4;

/// A label without brackets, quotes and blanks, to be compared by containment.
fn plain(label: &str) -> String {
    label.chars().filter(|c| !"（）()“”\"‘’ 　".contains(*c)).collect()
}

/// Whether two labels name one item: one holds the other.
pub(super) fn same_label(want: &str, got: &str) -> bool {
    let (want, got) = (plain(want), plain(got));
    !got.is_empty() && (want.contains(&got) || got.contains(&want))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_found_one_after_another() {
        let text = "一、收入12.20万元，2.20万元；支出2.20万元";
        let found = places(["12.20万元", "2.20万元", "2.20万元"].into_iter(), text).unwrap();
        assert_eq!(found.iter().map(|p| p.chars.start).collect::<Vec<_>>(), [4, 12, 21]);
        assert!(found.iter().all(|p| text[p.bytes.clone()].ends_with("2.20万元")));
        assert_eq!(places(["12.20万元", "12.20万元"].into_iter(), text), Err((1, 11)));
    }

    #[test]
    fn a_quote_is_not_sought_inside_a_longer_number() {
        let text = "共12.20万元，其中2.20万元";
        assert_eq!(places(["2.20万元"].into_iter(), text).unwrap()[0].chars.start, 11);
        // A list number is no part of the number.
        assert_eq!(places(["3个"].into_iter(), "1.3个科室").unwrap()[0].chars.start, 2);
    }
}
