//! The slips of the pen that can be planted, and where each is possible.

use super::clause::{item_start, opening_cue};
use super::printed::Printed;
use super::random::Random;
use crate::document::Lang;
use crate::eval::alignment::Place;
use crate::eval::figure::FigureRecord;
use rust_decimal::{Decimal, RoundingStrategy};
use std::ops::Range;

/// A kind of slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Slip {
    /// One digit is another.
    Digit,
    /// Two neighbouring digits are swapped.
    Swap,
    /// The decimal point is one digit too far left or right.
    DecimalPoint,
    /// 元 stands for 万元, or the other way round.
    Unit,
    /// 增加 stands for 减少, or the other way round.
    Sign,
    /// A component is left out, with all that is said of it.
    Dropped,
    /// A component stands twice.
    Doubled,
    /// Last year's figure of the item is left in place.
    OtherYear,
    /// A neighbouring figure of the same measure and unit is repeated.
    OtherItem,
    /// A rate is computed from another whole; a growth from this year's level.
    Denominator,
    /// The year, or the compared year, is left as it was a year ago.
    Year,
    /// One unit of the last place too much or too little.
    #[serde(rename = "last_place_1")]
    LastPlace1,
    /// Two units.
    #[serde(rename = "last_place_2")]
    LastPlace2,
    /// Five units.
    #[serde(rename = "last_place_5")]
    LastPlace5,
    /// Ten units.
    #[serde(rename = "last_place_10")]
    LastPlace10,
    /// Fifty units.
    #[serde(rename = "last_place_50")]
    LastPlace50,
}

impl Slip {
    /// All, in the order in which they are told.
    pub const ALL: [Slip; 16] = [
        Slip::Digit,
        Slip::Swap,
        Slip::DecimalPoint,
        Slip::Unit,
        Slip::Sign,
        Slip::Dropped,
        Slip::Doubled,
        Slip::OtherYear,
        Slip::OtherItem,
        Slip::Denominator,
        Slip::Year,
        Slip::LastPlace1,
        Slip::LastPlace2,
        Slip::LastPlace5,
        Slip::LastPlace10,
        Slip::LastPlace50,
    ];

    /// Their names on the command line and in the output.
    pub const NAMES: [&str; 16] = [
        "digit",
        "swap",
        "decimal_point",
        "unit",
        "sign",
        "dropped",
        "doubled",
        "other_year",
        "other_item",
        "denominator",
        "year",
        "last_place_1",
        "last_place_2",
        "last_place_5",
        "last_place_10",
        "last_place_50",
    ];

    /// Its name on the command line and in the output.
    #[must_use]
    pub fn name(self) -> &'static str {
        let at = Slip::ALL.iter().position(|s| *s == self);
        at.and_then(|at| Slip::NAMES.get(at)).copied().unwrap_or("")
    }

    /// The slip of a name.
    ///
    /// ```
    /// use gouji::eval::mutation::Slip;
    /// assert!(Slip::ALL.iter().all(|s| Slip::named(s.name()) == Some(*s)));
    /// assert_eq!(Slip::named("typo"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Slip> {
        Slip::ALL.into_iter().find(|s| s.name() == name)
    }

    /// Its name for people.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Slip::Digit => ("一位数字之误", "digit mistyped"),
            Slip::Swap => ("相邻两位颠倒", "neighbours swapped"),
            Slip::DecimalPoint => ("小数点错位", "decimal point moved"),
            Slip::Unit => ("元与万元混淆", "元 for 万元"),
            Slip::Sign => ("增减写反", "rise and fall confused"),
            Slip::Dropped => ("漏列一项", "item dropped"),
            Slip::Doubled => ("重列一项", "item doubled"),
            Slip::OtherYear => ("误用上年数字", "last year's figure"),
            Slip::OtherItem => ("误用相邻数字", "neighbour's figure"),
            Slip::Denominator => ("误用分母", "wrong denominator"),
            Slip::Year => ("年份未改", "year not updated"),
            Slip::LastPlace1 => ("末位差 1", "last place off by 1"),
            Slip::LastPlace2 => ("末位差 2", "last place off by 2"),
            Slip::LastPlace5 => ("末位差 5", "last place off by 5"),
            Slip::LastPlace10 => ("末位差 10", "last place off by 10"),
            Slip::LastPlace50 => ("末位差 50", "last place off by 50"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// A slip in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Planted {
    /// What is replaced, in bytes of the text.
    pub at: Range<usize>,
    /// What stands there instead.
    pub with: String,
    /// What follows from it.
    pub effect: Effect,
}

/// What a slip does to its figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// It says another amount in its own unit; `mend` is the amount that would
    /// mend it, in the unit that is then printed.
    Says { value: Decimal, mend: Decimal },
    /// It stands so many times.
    Stands(u8),
    /// Its year, or compared year, is this no more.
    Year(i32),
}

/// A document's text with its annotated figures.
pub(super) struct Scene<'a> {
    pub text: &'a str,
    pub facts: &'a [FigureRecord<u64>],
    pub places: &'a [Place],
}

/// A figure of the scene into which a slip is to be planted.
struct Site<'a> {
    scene: &'a Scene<'a>,
    at: usize,
    fact: &'a FigureRecord<u64>,
    quote: Range<usize>,
    printed: Printed,
}

impl Scene<'_> {
    /// Plants a slip into a figure; `None` where it is not possible there.
    pub fn plant(&self, slip: Slip, at: usize, random: &mut Random) -> Option<Planted> {
        let fact = self.facts.get(at)?;
        let quote = self.places.get(at)?.bytes.clone();
        let printed = self.printed(at)?;
        let site = Site { scene: self, at, fact, quote, printed };
        match slip {
            Slip::Digit => site.digit(random),
            Slip::Swap => site.swap(random),
            Slip::DecimalPoint => site.decimal_point(random),
            Slip::Unit => site.unit(),
            Slip::Sign => site.sign(),
            Slip::Dropped => site.item().map(|at| Planted { at, with: String::new(), effect: Effect::Stands(0) }),
            Slip::Doubled => site.doubled(),
            Slip::OtherYear => site.other_year(),
            Slip::OtherItem => site.other_item(),
            Slip::Denominator => site.denominator(random),
            Slip::Year => site.year(),
            Slip::LastPlace1 => site.last_place(1, random),
            Slip::LastPlace2 => site.last_place(2, random),
            Slip::LastPlace5 => site.last_place(5, random),
            Slip::LastPlace10 => site.last_place(10, random),
            Slip::LastPlace50 => site.last_place(50, random),
        }
    }

    /// A figure's number, if its digits are printed as the annotation says.
    fn printed(&self, at: usize) -> Option<Printed> {
        let quote = self.places.get(at)?.bytes.clone();
        let fact = self.facts.get(at)?;
        Printed::in_quote(self.text, quote).filter(|p| p.value == fact.value.abs())
    }
}

impl Site<'_> {
    /// The number is replaced by another.
    fn says(&self, (with, value): (String, Decimal)) -> Option<Planted> {
        let signed = if self.fact.value.is_sign_negative() { -value } else { value };
        (value != self.printed.value).then(|| Planted {
            at: self.printed.at.clone(),
            with,
            effect: Effect::Says { value: signed, mend: self.fact.value },
        })
    }

    fn with_value(&self, value: Decimal) -> Option<Planted> {
        let with = self.printed.write(value);
        let value = Decimal::from_str_exact(&with.replace(',', "")).ok()?;
        self.says((with, value))
    }

    fn digit(&self, random: &mut Random) -> Option<Planted> {
        let at = *random.pick(&self.printed.digits())?;
        let all: Vec<(String, Decimal)> = ('0'..='9')
            .filter_map(|c| {
                let mut text = self.printed.text.clone();
                text.replace_range(at..=at, c.encode_utf8(&mut [0; 4]));
                self.printed.otherwise(text)
            })
            .collect();
        self.says(random.pick(&all)?.clone())
    }

    fn swap(&self, random: &mut Random) -> Option<Planted> {
        let digits = self.printed.digits();
        let all: Vec<(String, Decimal)> = digits
            .iter()
            .zip(digits.iter().skip(1))
            .filter_map(|(a, b)| {
                let mut chars: Vec<char> = self.printed.text.chars().collect();
                chars.swap(*a, *b);
                self.printed.otherwise(chars.into_iter().collect())
            })
            .collect();
        self.says(random.pick(&all)?.clone())
    }

    fn decimal_point(&self, random: &mut Random) -> Option<Planted> {
        let text = self.printed.text.replace(',', "");
        let whole = text.split('.').next().unwrap_or("").len();
        let digits = text.replace('.', "");
        if self.printed.places == 0 && !matches!(self.fact.unit.as_deref(), Some("万元" | "亿元" | "%")) {
            return None;
        }
        let moved = |at: Option<usize>| {
            let at = at.filter(|at| *at > 0 && *at <= digits.len())?;
            let (a, b) = (digits.get(..at)?, digits.get(at..)?);
            self.printed.otherwise(if b.is_empty() { a.to_owned() } else { format!("{a}.{b}") })
        };
        let all: Vec<_> = [moved(whole.checked_sub(1)), moved(Some(whole + 1))].into_iter().flatten().collect();
        self.says(random.pick(&all)?.clone())
    }

    fn unit(&self) -> Option<Planted> {
        const TEN_THOUSAND: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);
        let (said, instead, up) = match self.fact.unit.as_deref()? {
            "万元" => ("万元", "元", false),
            "元" => ("元", "万元", true),
            "亿元" => ("亿元", "万元", false),
            _ => return None,
        };
        let quote = self.scene.text.get(self.quote.clone()).filter(|q| q.ends_with(said))?;
        let start = self.quote.start + quote.len() - said.len();
        let v = self.fact.value;
        let (value, mend) = if up {
            (v.checked_mul(TEN_THOUSAND)?, v.checked_div(TEN_THOUSAND)?)
        } else {
            (v.checked_div(TEN_THOUSAND)?, v.checked_mul(TEN_THOUSAND)?)
        };
        (!v.is_zero()).then(|| Planted {
            at: start..self.quote.end,
            with: instead.to_owned(),
            effect: Effect::Says { value, mend },
        })
    }

    fn sign(&self) -> Option<Planted> {
        const WORDS: [(&str, &str); 10] = [
            ("增加", "减少"),
            ("增长", "下降"),
            ("上升", "下降"),
            ("提高", "降低"),
            ("上涨", "下降"),
            ("增幅", "降幅"),
            ("上浮", "下浮"),
            ("增", "减"),
            ("升", "降"),
            ("多", "少"),
        ];
        if !matches!(self.fact.measure.as_str(), "change" | "growth") || self.fact.value.is_zero() {
            return None;
        }
        let clause = self.before(12);
        let up = self.fact.value.is_sign_positive();
        let said = |(a, b): &(&'static str, &'static str)| if up { (*a, *b) } else { (*b, *a) };
        let (at, word, instead) = WORDS
            .iter()
            .map(said)
            .filter_map(|(word, instead)| Some((clause.rfind(word)?, word, instead)))
            // The last word, and of those that end there the longest.
            .max_by_key(|(at, word, _)| (at + word.len(), word.len()))?;
        let start = self.quote.start - clause.len() + at;
        let value = -self.fact.value;
        Some(Planted {
            at: start..start + word.len(),
            with: instead.to_owned(),
            effect: Effect::Says { value, mend: self.fact.value },
        })
    }

    /// What stands before the figure in its clause, without other figures; at
    /// most so many characters.
    fn before(&self, most: usize) -> &str {
        let text = self.scene.text.get(..self.quote.start).unwrap_or("");
        let ends = |c: char| c.is_ascii_digit() || matches!(c, '，' | '。' | '；' | '、' | ',' | ';' | '\n' | '%');
        let from =
            text.char_indices().rev().take(most).take_while(|(_, c)| !ends(*c)).last().map_or(text.len(), |(at, _)| at);
        text.get(from..).unwrap_or("")
    }

    /// A component with all that is said of it: up to where its next sibling begins.
    fn item(&self) -> Option<Range<usize>> {
        let (facts, places) = (self.scene.facts, self.scene.places);
        let f = self.fact;
        if f.role.as_deref() != Some("component") || f.value.is_zero() {
            return None;
        }
        let next = facts
            .iter()
            .skip(self.at + 1)
            .position(|g| g.role == f.role && g.parent == f.parent && g.measure == f.measure && g.label != f.label)?;
        let next = places.get(self.at + 1 + next)?.bytes.start;
        let earlier = self.at.checked_sub(1).and_then(|at| places.get(at)).map_or(0, |p| p.bytes.end);
        let from = item_start(self.scene.text, self.quote.start).max(earlier);
        let upto = item_start(self.scene.text, next);
        let from = from + opening_cue(self.scene.text.get(from..upto)?);
        (from < self.quote.start && self.quote.end <= upto).then_some(from..upto)
    }

    fn doubled(&self) -> Option<Planted> {
        let item = self.item()?;
        let with = self.scene.text.get(item.clone())?.repeat(2);
        Some(Planted { at: item, with, effect: Effect::Stands(2) })
    }

    fn other_year(&self) -> Option<Planted> {
        let f = self.fact;
        let is_same = |g: &FigureRecord<u64>| g.label == f.label && g.part == f.part && g.unit == f.unit;
        let year = f.year.filter(|_| f.measure == "level")?;
        let stated = self
            .scene
            .facts
            .iter()
            .find(|g| g.measure == "level" && is_same(g) && g.year == Some(year - 1))
            .map(|g| g.value);
        // What is said right after a level is its change.
        let computed = || {
            let change = self.scene.facts.iter().skip(self.at + 1).take(2).find(|g| g.measure == "change")?;
            let is_its = is_same(change) && change.base_year() == Some(year - 1);
            f.value.checked_sub(change.value).filter(|_| is_its)
        };
        let prior = stated.or_else(computed).filter(|v| !v.is_sign_negative())?;
        self.with_value(prior)
    }

    fn other_item(&self) -> Option<Planted> {
        let f = self.fact;
        let near = [1_usize, 2, 3].into_iter().flat_map(|n| [self.at.checked_sub(n), self.at.checked_add(n)]);
        let neighbour = near.flatten().find_map(|at| {
            let g = self.scene.facts.get(at)?;
            let same = g.measure == f.measure && g.unit == f.unit && g.label != f.label;
            self.scene.printed(at).filter(|p| same && p.value != self.printed.value)
        })?;
        self.says((neighbour.text, neighbour.value))
    }

    fn denominator(&self, random: &mut Random) -> Option<Planted> {
        let facts = self.scene.facts;
        let f = self.fact;
        let before = || facts.iter().take(self.at).rev().take(4);
        let of_item = |measure: &str| before().find(|g| g.measure == measure && g.label == f.label);
        let all: Vec<Decimal> = match f.measure.as_str() {
            "growth" => {
                let (change, level) = (of_item("change")?, of_item("level")?);
                rate(change.value, level.value).filter(|_| change.unit == level.unit).into_iter().collect()
            }
            "share" => {
                let part = of_item("level")?;
                let whole = |g: &&FigureRecord<u64>| {
                    g.measure == "level" && g.unit == part.unit && g.year == part.year && g.value > part.value
                };
                facts.iter().filter(whole).filter_map(|g| rate(part.value, g.value)).collect()
            }
            _ => return None,
        };
        let wrong = |v: &Decimal| (v.abs() - f.value.abs()).abs() > self.printed.last_place();
        let all: Vec<Decimal> = all.into_iter().map(|v| v.abs()).filter(wrong).collect();
        self.with_value(*random.pick(&all)?)
    }

    fn year(&self) -> Option<Planted> {
        let year = match self.fact.measure.as_str() {
            "change" | "growth" => self.fact.base_year()?,
            _ => self.fact.year?,
        };
        let earlier = self.at.checked_sub(1).and_then(|at| self.scene.places.get(at)).map_or(0, |p| p.bytes.end);
        let between = self.scene.text.get(earlier..self.quote.start)?;
        let sentence = between.rfind(['。', '；', ';', '\n']).unwrap_or(0);
        let at = sentence + between.get(sentence..)?.rfind(&format!("{year}年"))?;
        let start = earlier + at;
        Some(Planted { at: start..start + 4, with: (year - 1).to_string(), effect: Effect::Year(year) })
    }

    fn last_place(&self, units: i64, random: &mut Random) -> Option<Planted> {
        let by = self.printed.last_place().checked_mul(Decimal::from(units))?;
        let less =
            self.printed.value.checked_sub(by).filter(|v| !v.is_sign_negative() && random.next().is_multiple_of(2));
        let value = less.or_else(|| self.printed.value.checked_add(by))?;
        self.with_value(value)
    }
}

/// `part` in per cent of `whole`.
fn rate(part: Decimal, whole: Decimal) -> Option<Decimal> {
    let rate = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    Some(rate.round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::alignment::places;

    const TEXT: &str = "2024年支出预算502.48万元，比2023年增加15.46万元，增长3.17%，其中：基本支出424.01万元，占84.38%；项目支出78.47万元，占15.62%。";

    fn facts() -> Vec<FigureRecord<u64>> {
        let list = serde_json::json!([
            {"id": 1, "quote": "502.48万元", "measure": "level", "value": "502.48", "unit": "万元", "label": "支出预算", "year": 2024},
            {"id": 2, "quote": "15.46万元", "measure": "change", "value": "15.46", "unit": "万元", "label": "支出预算", "year": 2024, "basis": {"year": 2023}},
            {"id": 3, "quote": "3.17%", "measure": "growth", "value": "3.17", "unit": "%", "label": "支出预算", "year": 2024, "basis": {"year": 2023}},
            {"id": 4, "quote": "424.01万元", "measure": "level", "value": "424.01", "unit": "万元", "label": "基本支出", "year": 2024, "role": "component", "parent": 1},
            {"id": 5, "quote": "84.38%", "measure": "share", "value": "84.38", "unit": "%", "label": "基本支出", "year": 2024},
            {"id": 6, "quote": "78.47万元", "measure": "level", "value": "78.47", "unit": "万元", "label": "项目支出", "year": 2024, "role": "component", "parent": 1},
            {"id": 7, "quote": "15.62%", "measure": "share", "value": "15.62", "unit": "%", "label": "项目支出", "year": 2024},
        ]);
        serde_json::from_value(list).unwrap()
    }

    /// The text with a slip in the fact with an id, and what it does to it.
    fn planted(slip: Slip, id: u64, seed: u64) -> Option<(String, Effect)> {
        let facts = facts();
        let places = places(facts.iter().map(|f| f.quote.as_str()), TEXT).unwrap();
        let scene = Scene { text: TEXT, facts: &facts, places: &places };
        let p = scene.plant(slip, id as usize - 1, &mut Random::new(seed, &[]))?;
        let mut text = TEXT.to_owned();
        text.replace_range(p.at, &p.with);
        Some((text, p.effect))
    }

    fn becomes(slip: Slip, id: u64, was: &str, now: &str) {
        let (text, _) = planted(slip, id, 1).unwrap_or_else(|| panic!("{slip:?} in {id}"));
        assert_eq!(text, TEXT.replacen(was, now, 1), "{slip:?}");
    }

    #[test]
    fn words_and_items() {
        becomes(Slip::Unit, 4, "424.01万元", "424.01元");
        becomes(Slip::Sign, 2, "增加15.46", "减少15.46");
        becomes(Slip::Sign, 3, "增长", "下降");
        becomes(Slip::Year, 2, "2023年", "2022年");
        becomes(Slip::Year, 1, "2024年", "2023年");
        becomes(Slip::Dropped, 4, "基本支出424.01万元，占84.38%；", "");
        let item = "基本支出424.01万元，占84.38%；";
        becomes(Slip::Doubled, 4, item, &item.repeat(2));
        // The last item has no sibling behind it.
        assert_eq!(planted(Slip::Dropped, 6, 1), None);
        assert_eq!(planted(Slip::Sign, 1, 1), None);
        assert_eq!(planted(Slip::Unit, 3, 1), None);
    }

    #[test]
    fn other_figures() {
        becomes(Slip::OtherYear, 1, "502.48", "487.02");
        becomes(Slip::OtherItem, 6, "78.47", "424.01");
        // 15.46 ÷ 502.48, where 15.46 ÷ 487.02 is meant.
        becomes(Slip::Denominator, 3, "3.17", "3.08");
        // 78.47 ÷ 424.01
        becomes(Slip::Denominator, 7, "15.62", "18.51");
    }

    #[test]
    fn digits() {
        for seed in 0..50 {
            for slip in [Slip::Digit, Slip::Swap, Slip::DecimalPoint, Slip::LastPlace1, Slip::LastPlace50] {
                let (text, effect) = planted(slip, 1, seed).unwrap();
                let Effect::Says { value, mend } = effect else { panic!("{effect:?}") };
                assert_eq!(mend.to_string(), "502.48");
                assert_ne!(value, mend);
                assert!(text.contains(&format!("预算{value}万元")), "{slip:?} {text}");
                assert!(!text.contains("预算0"), "{text}");
            }
        }
        assert_eq!(planted(Slip::Digit, 1, 3), planted(Slip::Digit, 1, 3));
        // Equal digits cannot be swapped for a slip.
        assert!((0..50).all(|seed| !planted(Slip::Swap, 7, seed).unwrap().0.contains("15.62%")));
    }
}
