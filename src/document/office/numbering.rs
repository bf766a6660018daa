//! The numbers of automatic lists, which stand in no text: 一、（一）1. ①.

use rustc_hash::{FxHashMap, FxHashSet};

/// No list of a note counts deeper.
pub(super) const LEVELS: usize = 10;

/// How a level of a list counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Digits {
    /// 1, 2, 3.
    #[default]
    Decimal,
    /// 01, 02, 03.
    Padded,
    /// １, ２, ３.
    FullWidth,
    /// 一, 二, 十, 二十一.
    Chinese,
    /// 壹, 贰, 叁.
    Formal,
    /// 甲, 乙, 丙.
    Stems,
    /// ①, ②, ③.
    Circled,
    /// a, b, c.
    Lower,
    /// A, B, C.
    Upper,
    /// i, ii, iii.
    LowerRoman,
    /// I, II, III.
    UpperRoman,
    /// Nothing that counts: a bullet or no mark at all.
    None,
}

impl Digits {
    /// A number written out.
    ///
    /// Beyond what the digits can say it is written in figures.
    pub(super) fn write(self, n: u32) -> String {
        let nth = |of: &str| n.checked_sub(1).and_then(|i| of.chars().nth(i as usize)).map(String::from);
        let written = match self {
            Self::Decimal => None,
            Self::Padded => Some(format!("{n:02}")),
            Self::FullWidth => {
                let wide = |c: char| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c);
                Some(n.to_string().chars().map(wide).collect())
            }
            Self::Chinese => chinese(n, "零一二三四五六七八九", ["", "十", "百", "千"]),
            Self::Formal => chinese(n, "零壹贰叁肆伍陆柒捌玖", ["", "拾", "佰", "仟"]),
            Self::Stems => nth("甲乙丙丁戊己庚辛壬癸"),
            Self::Circled => nth("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
            Self::Lower => nth("abcdefghijklmnopqrstuvwxyz"),
            Self::Upper => nth("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
            Self::LowerRoman => roman(n).map(|roman| roman.to_lowercase()),
            Self::UpperRoman => roman(n),
            Self::None => Some(String::new()),
        };
        written.unwrap_or_else(|| n.to_string())
    }
}

fn chinese(n: u32, digits: &str, places: [&str; 4]) -> Option<String> {
    if n == 0 || n > 9999 {
        return None;
    }
    let figures = n.to_string();
    let mut written = String::new();
    let mut zero = false;
    for (i, figure) in figures.chars().enumerate() {
        let place = places.get(figures.len() - 1 - i)?;
        match figure.to_digit(10)? as usize {
            0 => zero = true,
            digit => {
                let zeros = std::mem::take(&mut zero) && !written.is_empty();
                written.extend(zeros.then(|| digits.chars().next()).flatten());
                // 十二, not 一十二; but 壹拾贰.
                if !(n < 20 && digit == 1 && *place == "十") {
                    written.extend(digits.chars().nth(digit));
                }
                written.push_str(place);
            }
        }
    }
    Some(written)
}

fn roman(mut n: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if n == 0 || n > 3999 {
        return None;
    }
    let mut written = String::new();
    for (value, sign) in SIGNS {
        while n >= value {
            n -= value;
            written.push_str(sign);
        }
    }
    Some(written)
}

/// One level of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Level {
    /// How it counts.
    pub(super) digits: Digits,
    /// What is written: `%1` stands for the number of the first level.
    pub(super) text: String,
    /// The first number.
    pub(super) start: u32,
    /// A space follows, not a tab.
    pub(super) spaced: bool,
    /// All numbers in it are written in figures.
    pub(super) figures: bool,
}

/// How far a list has counted.
#[derive(Debug, Clone, Default)]
pub(super) struct Counter {
    counts: [Option<u32>; LEVELS],
}

impl Counter {
    /// Counts one more on a level (from 0) and writes its label.
    pub(super) fn next(&mut self, levels: &[Level], level: usize) -> String {
        let Some(own) = levels.get(level) else { return String::new() };
        if let Some(count) = self.counts.get_mut(level) {
            *count = Some(count.map_or(own.start, |n| n.saturating_add(1)));
        }
        for count in self.counts.iter_mut().skip(level + 1) {
            *count = None;
        }
        if own.digits == Digits::None {
            return String::new();
        }
        let mut label = String::new();
        let mut rest = own.text.chars().peekable();
        while let Some(c) = rest.next() {
            let place = if c == '%' { rest.peek().and_then(|c| c.to_digit(10)).filter(|n| *n > 0) } else { None };
            let Some(place) = place else {
                label.push(c);
                continue;
            };
            rest.next();
            let at = place as usize - 1;
            let of = levels.get(at);
            let digits = if own.figures { Digits::Decimal } else { of.map_or(Digits::Decimal, |of| of.digits) };
            let n = self.counts.get(at).copied().flatten().or_else(|| of.map(|of| of.start)).unwrap_or(1);
            label.push_str(&digits.write(n));
        }
        // 一、 stands close to what follows; 1. and A do not, lest they run together with a figure.
        let apart = own.spaced || label.ends_with(|c: char| c.is_ascii());
        if apart && !label.is_empty() && !label.ends_with(' ') {
            label.push(' ');
        }
        label
    }

    /// Begins anew at `start` on a level.
    pub(super) fn restart(&mut self, level: usize, start: u32) {
        for (at, count) in self.counts.iter_mut().enumerate().skip(level) {
            *count = if at == level { start.checked_sub(1) } else { None };
        }
    }
}

/// What a use of a list changes in it: where levels begin, and how they are written.
#[derive(Debug, Clone, Default)]
pub(super) struct Changes {
    pub(super) starts: Vec<(usize, u32)>,
    pub(super) levels: Vec<(usize, Level)>,
}

/// How far the lists of a document have counted, which are used by way of
/// others that change them.
#[derive(Debug, Default)]
pub(super) struct Counters {
    /// By list.
    counters: FxHashMap<u32, Counter>,
    /// The uses that have begun.
    begun: FxHashSet<u32>,
}

impl Counters {
    /// The label of the next paragraph on a level of a list, by way of one of its uses.
    pub(super) fn label(
        &mut self,
        (list, levels): (u32, &[Level]),
        (id, own): (u32, &Changes),
        level: usize,
    ) -> String {
        let counter = self.counters.entry(list).or_default();
        if self.begun.insert(id) {
            for (at, start) in &own.starts {
                counter.restart(*at, *start);
            }
        }
        if own.levels.is_empty() {
            return counter.next(levels, level);
        }
        let mut levels = levels.to_vec();
        for (at, changed) in &own.levels {
            if let Some(own) = levels.get_mut(*at) {
                own.clone_from(changed);
            }
        }
        counter.next(&levels, level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_write_them() {
        let written = |digits: Digits, of: &[u32]| of.iter().map(|n| digits.write(*n)).collect::<Vec<_>>().join(" ");
        assert_eq!(
            written(Digits::Chinese, &[1, 10, 12, 20, 21, 100, 101, 110, 1005, 10000]),
            "一 十 十二 二十 二十一 一百 一百零一 一百一十 一千零五 10000"
        );
        assert_eq!(written(Digits::Formal, &[1, 12]), "壹 壹拾贰");
        assert_eq!(written(Digits::Circled, &[1, 20, 21]), "① ⑳ 21");
        assert_eq!(written(Digits::LowerRoman, &[4, 9, 14, 0]), "iv ix xiv 0");
        assert_eq!(written(Digits::FullWidth, &[10]), "１０");
        assert_eq!(written(Digits::Padded, &[3, 12]), "03 12");
        assert_eq!(written(Digits::Stems, &[2]), "乙");
        assert_eq!(written(Digits::Upper, &[2, 27]), "B 27");
    }

    #[test]
    fn a_deeper_level_begins_anew() {
        let level = |digits, text: &str| Level { digits, text: text.into(), start: 1, ..Level::default() };
        let levels =
            [level(Digits::Chinese, "%1、"), level(Digits::Chinese, "（%2）"), level(Digits::Decimal, "%1.%2.%3")];
        let mut counter = Counter::default();
        let labels: Vec<_> = [0, 1, 1, 0, 1, 2, 9].map(|at| counter.next(&levels, at)).into();
        assert_eq!(labels, ["一、", "（一）", "（二）", "二、", "（一）", "二.一.1 ", ""]);
        counter.restart(0, 7);
        assert_eq!(counter.next(&levels, 0), "七、");
    }

    #[test]
    fn bullets_are_not_written() {
        let levels = [Level { digits: Digits::None, text: "●".into(), start: 1, ..Level::default() }];
        assert_eq!(Counter::default().next(&levels, 0), "");
    }
}
