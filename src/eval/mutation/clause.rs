//! Where the item of a figure begins in its list.

/// Words that open a list and belong to no item.
const CUES: [&str; 6] = ["其中", "分别是", "分别为", "包括", "主要是", "包含"];

/// Where the item begins that a figure at `at` ends: after the last mark of
/// punctuation that is not inside its own brackets.
pub(super) fn item_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or("");
    let mut depth = 0_usize;
    for (start, c) in before.char_indices().rev() {
        match c {
            '）' | ')' => depth += 1,
            '（' | '(' if depth > 0 => depth -= 1,
            '（' | '(' | '：' | ':' | '、' | '；' | ';' | '，' | ',' | '。' | '\n' if depth == 0 => {
                return start + c.len_utf8();
            }
            _ => {}
        }
    }
    0
}

/// How many bytes of an item are the word that opens its list.
pub(super) fn opening_cue(item: &str) -> usize {
    CUES.iter().find(|cue| item.starts_with(**cue)).map_or(0, |cue| cue.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item<'a>(text: &'a str, figure: &str) -> &'a str {
        let at = text.find(figure).unwrap();
        &text[item_start(text, at)..at]
    }

    #[test]
    fn items_begin_after_punctuation_but_not_in_brackets() {
        let text = "其中：基本支出4万元，占1%；因公出国（境）费5万元（含购置费6万元）\n1.公务接待费7万元";
        assert_eq!(item(text, "4万元"), "基本支出");
        assert_eq!(item(text, "5万元"), "因公出国（境）费");
        assert_eq!(item(text, "6万元"), "含购置费");
        assert_eq!(item(text, "7万元"), "1.公务接待费");
        assert_eq!(item_start("支出", 6), 0);
        assert_eq!(opening_cue("其中基本支出"), 6);
    }
}
