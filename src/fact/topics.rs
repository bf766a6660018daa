//! What a note speaks of, whether or not in figures: the [topics](crate::pattern::Topic) of the packs.
//! A note that says 不涉及政府采购 speaks of procurement as well as one that gives an amount.
//!
//! Most notes give most of it in figures, so nothing is looked for before it is asked for.

use crate::pattern::Packs;
use crate::segment::View;
use memchr::memmem;
use std::cell::OnceCell;
use std::ops::RangeInclusive;

/// What a note speaks of, and where. Topics are asked for by their [numbers](Packs::topic).
#[derive(Debug)]
pub struct Topics<'v> {
    packs: &'v Packs,
    text: &'v str,
    /// Where the paragraphs begin, once that was asked.
    begins: OnceCell<Vec<u32>>,
}

impl<'v> Topics<'v> {
    /// Those of a view.
    ///
    /// ```
    /// use gouji::fact::Topics;
    /// use gouji::pattern::Packs;
    /// use gouji::segment::View;
    /// let packs = Packs::builtin().unwrap();
    /// let view = View::new("一、政府采购情况\n本单位不涉及政府采购。\n机关运行经费：指为保障机关运行的资金。", &[]);
    /// let topics = Topics::of(packs, &view);
    /// let has = |id| topics.has(packs.topic(id).unwrap());
    /// assert!(has("procurement") && has("terms") && !has("agency_operating"));
    /// ```
    pub fn of(packs: &'v Packs, view: &'v View) -> Self {
        Topics { packs, text: &view.text, begins: OnceCell::new() }
    }

    /// Whether the note speaks of a topic at all.
    pub fn has(&self, topic: u32) -> bool {
        self.packs.mentions(topic, self.text).any(|at| self.speaks(self.line_at(at), topic))
    }

    /// Whether it does so in some paragraphs.
    pub fn has_within(&self, topic: u32, mut paragraphs: RangeInclusive<u32>) -> bool {
        paragraphs.any(|p| self.speaks(self.line(p), topic))
    }

    /// The paragraphs that speak of a topic.
    pub fn paragraphs(&self, topic: u32) -> impl Iterator<Item = u32> {
        let mut found: Vec<u32> = self.packs.mentions(topic, self.text).map(|at| self.paragraph(at)).collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().filter(move |p| self.speaks(self.line(*p), topic))
    }

    /// Whether a word stands in the note, outside definitions.
    pub fn has_word(&self, word: &str) -> bool {
        let mut lines = memmem::find_iter(self.text.as_bytes(), word.as_bytes()).map(|at| self.line_at(at));
        lines.any(|line| !self.packs.speech(line).alone)
    }

    /// Whether the text breaks off inside a sentence: then what is not in it may have followed.
    pub fn breaks_off(&self) -> bool {
        breaks_off(self.text)
    }

    fn speaks(&self, line: &str, topic: u32) -> bool {
        self.packs.speech(line).topics.contains(&topic)
    }

    /// The line around a place.
    fn line_at(&self, at: usize) -> &str {
        let before = self.text.as_bytes().get(..at).unwrap_or(&[]);
        let begin = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
        self.text.get(begin..).and_then(|rest| rest.lines().next()).unwrap_or("")
    }

    fn begins(&self) -> &[u32] {
        self.begins.get_or_init(|| {
            let ends = memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|end| end + 1);
            let begins = |at: &usize| self.text.as_bytes().get(*at).is_some_and(|b| *b != b'\n');
            std::iter::once(0).chain(ends).filter(begins).map(|at| at as u32).collect()
        })
    }

    /// The paragraph at a place.
    fn paragraph(&self, at: usize) -> u32 {
        (self.begins().partition_point(|begin| *begin as usize <= at) as u32).saturating_sub(1)
    }

    /// The text of a paragraph.
    fn line(&self, paragraph: u32) -> &str {
        let begin = self.begins().get(paragraph as usize).map_or(self.text.len(), |at| *at as usize);
        self.text.get(begin..).and_then(|rest| rest.lines().next()).unwrap_or("")
    }
}

fn breaks_off(text: &str) -> bool {
    let last = text.lines().map(str::trim_end).rev().find(|l| !l.is_empty()).unwrap_or("");
    let running = last.contains([',', ';', '。']) && !last.contains('|');
    running && !last.ends_with(['。', ';', ':', '!', '?', '！', '？', ')', '…', '、'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_may_break_off() {
        for whole in
            ["一、概况\n无变化。", "一、概况。\n2024年2月1日", "无变化。\n- 4 -\n", "甲,乙 | 3.5", "(略,见附件)", ""]
        {
            assert!(!breaks_off(whole), "{whole}");
        }
        assert!(breaks_off("一、概况。\n本单位未编列政府采购预算,也没有机关运行经"));
    }

    #[test]
    fn places_and_words_asked_for() {
        let packs = Packs::builtin().unwrap();
        let view = View::new("一、概况\n\n二、其他\n会议费1万元，与上年持平。\n一般性支出：指办公费等。", &[]);
        let topics = Topics::of(packs, &view);
        let (change, terms) = (packs.topic("change").unwrap(), packs.topic("terms").unwrap());
        assert!(topics.has_within(change, 2..=2) && !topics.has_within(change, 0..=1));
        assert!(topics.paragraphs(change).eq([2]) && topics.paragraphs(terms).eq([3]));
        assert!(topics.has_word("会议费") && !topics.has_word("一般性支出"));
    }
}
