//! The code of a number format, and a number under it.

use super::{date, general};
use rust_decimal::{Decimal, RoundingStrategy};

/// More places than this no format has.
const MAX_PLACES: usize = 30;

/// A format, taken apart.
#[derive(Debug, Clone)]
pub(crate) struct NumberFormat {
    sections: Vec<Section>,
}

#[derive(Debug, Clone, Default)]
struct Section {
    condition: Option<(Comparison, Decimal)>,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Less,
    LessOrEqual,
    Equal,
    NotEqual,
    GreaterOrEqual,
    Greater,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    Exponent,
    General,
    /// `@`
    Text,
    /// Letters of a date or time: which, and how often.
    Date(char, usize),
    /// Hours, minutes or seconds that go on past a day: `[h]`.
    Elapsed(char),
    Literal(String),
}

impl NumberFormat {
    /// Takes a code apart. What is no code is shown as it stands.
    pub(crate) fn new(code: &str) -> Self {
        let mut sections = vec![Section::default()];
        let mut rest = code.chars().take(1000).peekable();
        while let Some(c) = rest.next() {
            if c == ';' {
                if sections.len() == 4 {
                    break;
                }
                sections.push(Section::default());
                continue;
            }
            let Some(section) = sections.last_mut() else { break };
            let part = match c {
                '"' => Part::Literal(rest.by_ref().take_while(|c| *c != '"').collect()),
                '\\' | '!' => Part::Literal(rest.next().map(String::from).unwrap_or_default()),
                // As wide as a character, or filled up with it.
                '_' | '*' => {
                    rest.next();
                    continue;
                }
                '[' => {
                    let inside: String = rest.by_ref().take_while(|c| *c != ']').collect();
                    match bracket(&inside) {
                        Bracket::Part(part) => part,
                        Bracket::Condition(condition) => {
                            section.condition = Some(condition);
                            continue;
                        }
                        Bracket::Nothing => continue,
                    }
                }
                '0' | '#' | '?' => Part::Digit(c),
                '.' => Part::Point,
                ',' => Part::Comma,
                '%' => Part::Percent,
                '@' => Part::Text,
                'E' | 'e' if matches!(rest.peek(), Some('+' | '-')) => {
                    rest.next();
                    Part::Exponent
                }
                'G' | 'g' => {
                    let word: String = rest.clone().take(6).collect();
                    if word.eq_ignore_ascii_case("eneral") {
                        rest.by_ref().take(6).for_each(drop);
                        Part::General
                    } else {
                        Part::Literal(c.into())
                    }
                }
                'y' | 'Y' | 'e' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => {
                    let letter = c.to_ascii_lowercase();
                    let mut count = 1;
                    while rest.next_if(|next| next.to_ascii_lowercase() == letter).is_some() {
                        count += 1;
                    }
                    Part::Date(if letter == 'e' { 'y' } else { letter }, count)
                }
                c => Part::Literal(c.into()),
            };
            section.parts.push(part);
        }
        Self { sections }
    }

    /// A number as it is shown. `from_1904` is the calendar of old Macs.
    pub(crate) fn show(&self, value: Decimal, from_1904: bool) -> String {
        let (section, signed) = self.section(value);
        let Some(section) = section else { return general(value) };
        let parts = section.parts.as_slice();
        if parts.iter().any(|part| matches!(part, Part::Date(..) | Part::Elapsed(_))) {
            return date::show(parts, value, from_1904).unwrap_or_else(|| general(value));
        }
        if !parts.iter().any(|part| matches!(part, Part::Digit(_))) {
            let mut shown = String::new();
            for part in parts {
                match part {
                    Part::General | Part::Text => shown.push_str(&general(if signed { value } else { value.abs() })),
                    Part::Literal(literal) => shown.push_str(literal),
                    Part::Percent => shown.push('%'),
                    _ => {}
                }
            }
            return shown.trim().to_owned();
        }
        let shown =
            if parts.contains(&Part::Exponent) { exponent(parts, value.abs()) } else { number(parts, value.abs()) };
        let Some(shown) = shown else { return general(value) };
        let negative = signed && value.is_sign_negative() && shown.contains(|c: char| ('1'..='9').contains(&c));
        let sign = if negative { "-" } else { "" };
        format!("{sign}{}", shown.trim())
    }

    /// The section that a number is shown by, and whether it needs a sign.
    fn section(&self, value: Decimal) -> (Option<&Section>, bool) {
        let sections = self.sections.as_slice();
        if sections.iter().any(|section| section.condition.is_some()) {
            let fits = |section: &&Section| section.condition.is_none_or(|condition| holds(condition, value));
            return (sections.iter().take(3).find(fits), true);
        }
        let negative = value.is_sign_negative() && !value.is_zero();
        match sections {
            [_, below, ..] if negative => (Some(below), false),
            [_, _, zero, ..] if value.is_zero() => (Some(zero), false),
            [first, ..] => (Some(first), true),
            [] => (None, true),
        }
    }
}

enum Bracket {
    Part(Part),
    Condition((Comparison, Decimal)),
    Nothing,
}

/// `[Red]`, `[>=100]`, `[$¥-804]`, `[h]`.
fn bracket(inside: &str) -> Bracket {
    if let Some(currency) = inside.strip_prefix('$') {
        let (sign, _) = currency.split_once('-').unwrap_or((currency, ""));
        // The long date of the system; its letters follow, in another order than here.
        if currency.ends_with("-F800") {
            return Bracket::Part(Part::Date('L', 1));
        }
        return Bracket::Part(Part::Literal(sign.to_owned()));
    }
    let first = inside.chars().next().map(|c| c.to_ascii_lowercase());
    if let Some(letter @ ('h' | 'm' | 's')) = first
        && inside.chars().all(|c| c.eq_ignore_ascii_case(&letter))
    {
        return Bracket::Part(Part::Elapsed(letter));
    }
    const SIGNS: [(&str, Comparison); 6] = [
        ("<=", Comparison::LessOrEqual),
        (">=", Comparison::GreaterOrEqual),
        ("<>", Comparison::NotEqual),
        ("<", Comparison::Less),
        (">", Comparison::Greater),
        ("=", Comparison::Equal),
    ];
    for (sign, comparison) in SIGNS {
        if let Some(number) = inside.strip_prefix(sign) {
            return match super::parse(number) {
                Some(number) => Bracket::Condition((comparison, number)),
                None => Bracket::Nothing,
            };
        }
    }
    Bracket::Nothing
}

fn holds((comparison, bound): (Comparison, Decimal), value: Decimal) -> bool {
    match comparison {
        Comparison::Less => value < bound,
        Comparison::LessOrEqual => value <= bound,
        Comparison::Equal => value == bound,
        Comparison::NotEqual => value != bound,
        Comparison::GreaterOrEqual => value >= bound,
        Comparison::Greater => value > bound,
    }
}

/// How the digits of a section are laid out.
struct Layout {
    /// Digits before the point that are always written.
    whole: usize,
    /// Places behind the point: always written, and at most.
    always: usize,
    most: usize,
    grouped: bool,
    /// How often a thousand is left off.
    thousands: u32,
    percents: u32,
}

fn layout(parts: &[Part]) -> Layout {
    let mut layout = Layout { whole: 0, always: 0, most: 0, grouped: false, thousands: 0, percents: 0 };
    let (mut point, mut digits, mut commas) = (false, false, 0);
    for part in parts {
        match part {
            Part::Digit(digit) => {
                layout.grouped |= commas > 0 && !point;
                commas = 0;
                digits = true;
                if point {
                    layout.most = (layout.most + 1).min(MAX_PLACES);
                    if *digit == '0' {
                        layout.always = layout.most;
                    }
                } else {
                    layout.whole = (layout.whole + usize::from(*digit == '0')).min(MAX_PLACES);
                }
            }
            Part::Comma if digits => commas += 1,
            Part::Point => {
                layout.thousands += std::mem::take(&mut commas);
                point = true;
            }
            Part::Percent => layout.percents += 1,
            Part::Exponent => break,
            _ => {}
        }
    }
    layout.thousands += commas;
    layout
}

fn number(parts: &[Part], value: Decimal) -> Option<String> {
    let layout = layout(parts);
    let mut value = value;
    for _ in 0..layout.percents {
        value = value.checked_mul(Decimal::ONE_HUNDRED)?;
    }
    for _ in 0..layout.thousands.min(10) {
        value = value.checked_div(Decimal::ONE_THOUSAND)?;
    }
    let digits = digits(value, &layout);
    // The digits stand where the first place holder does.
    let is_digit = |part: &&Part| matches!(part, Part::Digit(_) | Part::Point | Part::Comma);
    let first = parts.iter().position(|part| is_digit(&part))?;
    let mut shown = String::new();
    for (at, part) in parts.iter().enumerate() {
        match part {
            _ if at == first => shown.push_str(&digits),
            Part::Literal(literal) => shown.push_str(literal),
            Part::Percent => shown.push('%'),
            _ => {}
        }
    }
    Some(shown)
}

/// The digits of a number that is not negative.
fn digits(value: Decimal, layout: &Layout) -> String {
    let places = u32::try_from(layout.most).unwrap_or_default();
    let rounded = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero).normalize();
    let written = rounded.to_string();
    let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
    let whole = if whole == "0" { "" } else { whole };
    let mut padded = "0".repeat(layout.whole.saturating_sub(whole.len()));
    padded.push_str(whole);
    let mut shown = String::new();
    for (at, digit) in padded.chars().enumerate() {
        if layout.grouped && at > 0 && (padded.len() - at) % 3 == 0 {
            shown.push(',');
        }
        shown.push(digit);
    }
    if !fraction.is_empty() || layout.always > 0 {
        shown.push('.');
        shown.push_str(fraction);
        shown.push_str(&"0".repeat(layout.always.saturating_sub(fraction.len())));
    }
    shown
}

/// A number with an exponent of ten.
fn exponent(parts: &[Part], value: Decimal) -> Option<String> {
    let layout = layout(parts);
    let (mut value, mut power) = (value, 0_i32);
    while value >= Decimal::TEN {
        value = value.checked_div(Decimal::TEN)?;
        power += 1;
    }
    while !value.is_zero() && value < Decimal::ONE {
        value = value.checked_mul(Decimal::TEN)?;
        power -= 1;
    }
    let sign = if power < 0 { '-' } else { '+' };
    Some(format!("{}E{sign}{:02}", digits(value, &layout), power.unsigned_abs()))
}
