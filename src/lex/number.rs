//! Numbers, and the units that they carry.

use rust_decimal::Decimal;

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnitKind {
    /// 元, 万元, 亿元
    Money,
    /// %, ‰
    Percent,
    /// 个百分点
    Points,
    /// 倍
    Times,
    /// 人, 名, 人次, 位
    People,
    /// 辆
    Vehicles,
    /// 个, 台, 批次, …
    Count,
    /// 平方米, 公里, 亩: quantities of things that no budget is about
    Physical,
    /// 天, 小时, 岁: spans of time, never a quantity of a note
    Time,
    /// A number without a unit
    Bare,
}

/// A unit of measure, as a pack lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The simplified form that facts carry: `万元`.
    pub name: String,
    /// What it measures.
    pub kind: UnitKind,
    /// Yuan in one unit, for money.
    pub yuan: Option<Decimal>,
}

/// The units of the packs, longest spelling first.
#[derive(Debug, Default)]
pub struct Units {
    units: Vec<Unit>,
    /// By first character: (spelling, index into `units`), longest first.
    spellings: rustc_hash::FxHashMap<char, Vec<(String, usize)>>,
}

/// Index of a unit in [`Units`].
pub type UnitId = u16;

impl Units {
    /// Adds a unit with all its spellings (already normalised).
    pub fn add(&mut self, unit: Unit, spellings: impl IntoIterator<Item = String>) {
        let id = self.units.len();
        self.units.push(unit);
        for s in spellings {
            let Some(first) = s.chars().next() else { continue };
            let alike = self.spellings.entry(first).or_default();
            alike.push((s, id));
            alike.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0)));
        }
    }

    /// The names of all units.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.units.iter().map(|u| u.name.as_str())
    }

    /// The unit with an id.
    pub fn get(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(id as usize)
    }

    /// The id of a unit's simplified name.
    pub fn by_name(&self, name: &str) -> Option<UnitId> {
        self.units.iter().position(|u| u.name == name).map(|i| i as UnitId)
    }

    /// The longest unit that `text` begins with, and its length in bytes.
    pub fn at(&self, text: &str) -> Option<(UnitId, usize)> {
        let first = text.chars().next()?;
        let alike = self.spellings.get(&first)?;
        alike.iter().find(|(s, _)| text.starts_with(s.as_str())).map(|(s, id)| (*id as UnitId, s.len()))
    }
}

/// A number as printed, before its unit is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// Exact value; `None` if it has more digits than an amount can have.
    pub value: Option<Decimal>,
    /// Printed decimal places.
    pub decimals: u8,
    /// Digits before the point, without separators.
    pub digits: u16,
    /// Length in bytes.
    pub len: usize,
}

/// Most digits that a figure may have: a Decimal holds 28.
const MAX_DIGITS: usize = 27;

/// As many digits make no number that is too large for 64 bits.
const SHORT_DIGITS: usize = 18;

/// Reads the number that `text` begins with: digits, thousands groups, decimals.
///
/// ```
/// use gouji::lex::number;
/// let n = number("2,117.55万元").unwrap();
/// assert_eq!((n.value.unwrap().to_string(), n.decimals, n.len), ("2117.55".to_string(), 2, 8));
/// // A comma that is not before three digits ends the number.
/// assert_eq!(number("48.05,降低").unwrap().len, 5);
/// assert_eq!(number("3,000元").unwrap().value.unwrap().to_string(), "3000");
/// ```
pub fn number(text: &str) -> Option<Number> {
    let bytes = text.as_bytes();
    let run = |at: usize| bytes.get(at..).map_or(0, |r| r.iter().take_while(|b| b.is_ascii_digit()).count());
    let lead = run(0);
    if lead == 0 {
        return None;
    }
    let mut len = lead;
    if lead <= 3 {
        while bytes.get(len) == Some(&b',') && run(len + 1) == 3 {
            len += 4;
        }
    }
    let whole = len;
    let mut decimals = 0;
    if bytes.get(len) == Some(&b'.') {
        let d = run(len + 1);
        if d > 0 {
            decimals = d;
            len += 1 + d;
        }
    }
    let digits = bytes.get(..whole)?.iter().filter(|b| b.is_ascii_digit()).count();
    let mut value = None;
    let figures = bytes.get(..len)?.iter().filter(|b| b.is_ascii_digit()).map(|b| b - b'0');
    if digits + decimals <= SHORT_DIGITS {
        let mantissa = figures.fold(0, |m, figure| m * 10 + i64::from(figure));
        value = Decimal::try_new(mantissa, decimals as u32).ok();
    } else if digits + decimals <= MAX_DIGITS {
        let mantissa = figures.fold(0, |m, figure| m * 10 + i128::from(figure));
        value = Decimal::try_from_i128_with_scale(mantissa, decimals as u32).ok();
    }
    Some(Number { value, decimals: decimals.min(255) as u8, digits: digits.min(65535) as u16, len })
}

/// Reads a Chinese numeral up to 99 (六, 十二, 两); `None` if there is none.
pub fn chinese_count(text: &str) -> Option<(u32, usize)> {
    let mut value = 0;
    let mut used = 0;
    let mut tens = false;
    for c in text.chars() {
        let n = match c {
            '一' | '壹' => 1,
            '二' | '两' | '贰' => 2,
            '三' | '叁' => 3,
            '四' | '肆' => 4,
            '五' => 5,
            '六' => 6,
            '七' => 7,
            '八' => 8,
            '九' => 9,
            '十' => 10,
            _ => break,
        };
        if n == 10 {
            if tens {
                return None;
            }
            value = if value == 0 { 10 } else { value * 10 };
            tens = true;
        } else if value % 10 != 0 {
            return None;
        } else {
            value += n;
        }
        used += c.len_utf8();
    }
    (used > 0 && value < 100).then_some((value, used))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_digits_is_no_value() {
        let long = "9".repeat(1000);
        let n = number(&long).unwrap();
        assert_eq!((n.value, n.len), (None, 1000));
    }

    #[test]
    fn groups_need_three_digits() {
        assert_eq!(number("1,234,567.8元").unwrap().value.unwrap().to_string(), "1234567.8");
        assert_eq!(number("100,20人").unwrap().len, 3);
        assert_eq!(number("4125.49,4143.91万元").unwrap().len, 7);
        assert_eq!(number("0.").unwrap().len, 1);
    }

    #[test]
    fn numerals() {
        assert_eq!(chinese_count("六个"), Some((6, 3)));
        assert_eq!(chinese_count("十二名"), Some((12, 6)));
        assert_eq!(chinese_count("二十三人"), Some((23, 9)));
        assert_eq!(chinese_count("个"), None);
    }
}
