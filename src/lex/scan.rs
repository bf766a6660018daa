//! The pass itself: words from the automaton, numbers from the digits, text
//! for what lies between.

use super::{
    AsOf, DecoyReason, EntryId, Mark, Number, Period, Quantity, Token, TokenKind, UnitKind, Vocabulary, chinese_count,
    number,
};
use crate::segment::{Paragraph, QUARTERS, chinese_year, ordinal};
use rust_decimal::Decimal;

/// The tokens of a run of text, with the figures that they point to.
#[derive(Debug, Default)]
pub struct Lexed {
    /// In the order of the text, without gaps inside a paragraph.
    pub tokens: Vec<Token>,
    /// What quantity tokens point to.
    pub quantities: Vec<Quantity>,
    /// What period tokens point to.
    pub periods: Vec<Period>,
}

impl Lexed {
    /// Forgets the tokens but keeps the memory.
    pub fn clear(&mut self) {
        self.tokens.clear();
        self.quantities.clear();
        self.periods.clear();
    }

    /// The quantity of a token, if it is one.
    pub fn quantity(&self, token: &Token) -> Option<&Quantity> {
        match token.kind {
            TokenKind::Quantity(i) => self.quantities.get(i as usize),
            _ => None,
        }
    }

    /// The period of a token, if it is one.
    pub fn period(&self, token: &Token) -> Option<&Period> {
        match token.kind {
            TokenKind::Period(i) => self.periods.get(i as usize),
            _ => None,
        }
    }
}

/// Lexes one paragraph of a view, from its body (after the list number) on.
///
/// ```
/// use gouji::lex::{Lexed, TokenKind, lex};
/// use gouji::pattern::Packs;
/// use gouji::segment::{View, segment};
/// let packs = Packs::builtin().unwrap();
/// let view = View::new("2024年收入较上年增加15.46万元。", &[]);
/// let paragraphs = segment(&view, None).paragraphs;
/// let mut lexed = Lexed::default();
/// lex(&packs.vocabulary, &view.text, &paragraphs[0], &mut lexed);
/// assert_eq!(lexed.quantities[0].value.unwrap().to_string(), "15.46");
/// assert_eq!(lexed.periods[0].year, Some(2024));
/// assert_eq!(lexed.periods[1].relative, Some(-1));
/// ```
pub fn lex(vocabulary: &Vocabulary, view: &str, paragraph: &Paragraph, out: &mut Lexed) {
    let base = paragraph.body as usize;
    if view.get(base..paragraph.end as usize).is_none() {
        return;
    }
    let mut scan = Scan { vocabulary, view, end: paragraph.end as usize, at: base, gap: base, out };
    scan.run();
}

/// The longest title in 《》 that is taken as one.
const TITLE_BYTES: usize = 240;

/// How many bytes back a reference to tables may begin.
const REFERENCE_BYTES: usize = 90;

/// What makes the digits before it a name.
const NAMED: [&str; 2] = ["届", "公益日"];

/// No unit is longer, in characters.
const LONGEST_UNIT: usize = 8;

/// How many numbers at most share the unit behind the last of them.
const MOST_SHARED: usize = 6;

struct Scan<'a> {
    vocabulary: &'a Vocabulary,
    view: &'a str,
    end: usize,
    at: usize,
    /// Where the text begins that no token has taken yet.
    gap: usize,
    out: &'a mut Lexed,
}

impl Scan<'_> {
    fn run(&mut self) {
        let words = &self.vocabulary.trie;
        while self.at < self.end {
            let rest = self.rest();
            let Some(c) = rest.chars().next() else { break };
            if words.begins(c)
                && let Some((id, len)) = words.first(rest)
            {
                if !(is_numeral(c) && self.numeral(self.at)) {
                    self.word(self.at, self.at + len, id);
                }
                continue;
            }
            match c {
                '0'..='9' => self.digits(),
                '\0'..='\x7F' => self.ascii(c as u8),
                _ => self.wide(c),
            }
        }
        self.flush(self.end);
    }

    fn rest(&self) -> &str {
        self.view.get(self.at..self.end).unwrap_or("")
    }

    /// Emits the text since the last token.
    fn flush(&mut self, upto: usize) {
        if self.gap < upto {
            self.out.tokens.push(Token { kind: TokenKind::Text, start: self.gap as u32, end: upto as u32 });
        }
        self.gap = upto;
    }

    fn emit(&mut self, kind: TokenKind, len: usize) {
        self.flush(self.at);
        let end = (self.at + len).min(self.end);
        self.out.tokens.push(Token { kind, start: self.at as u32, end: end as u32 });
        self.at = end;
        self.gap = end;
    }

    fn ascii(&mut self, byte: u8) {
        let mark = match byte {
            b',' => Mark::Comma,
            b';' => Mark::Semicolon,
            b'!' | b'?' => Mark::Stop,
            b':' => Mark::Colon,
            b'(' | b'[' => {
                if let Some(o) = ordinal(self.rest()).filter(|_| byte == b'(' && self.list_place()) {
                    self.emit(TokenKind::Ordinal(o.level), o.len);
                    return;
                }
                Mark::Open
            }
            b')' | b']' => Mark::Close,
            b'|' => Mark::Bar,
            // A full stop in ASCII ends a sentence when no digit follows it and a Chinese word goes before.
            b'.' if self.after_wide() => Mark::Stop,
            _ => {
                self.at += 1;
                return;
            }
        };
        self.emit(TokenKind::Mark(mark), 1);
    }

    fn after_wide(&self) -> bool {
        let before = self.view.get(..self.at).and_then(|t| t.chars().next_back());
        before.is_some_and(|c| c as u32 > 0x2000 || c == '%' || c == ')')
    }

    fn wide(&mut self, c: char) {
        // 上半年，全市收入…: of the note's year.
        if matches!(c, '上' | '前' | '一' | '第' | '二' | '三' | '四')
            && self.gap == self.at
            && let Some((word, from, to)) = QUARTERS.iter().find(|(w, ..)| self.rest().starts_with(w))
        {
            let as_of = AsOf::Months { from: *from, to: *to };
            self.period(Period { year: None, relative: Some(0), as_of }, word.len());
            return;
        }
        let rest = self.rest();
        let len = c.len_utf8();
        // 合同签订前3个月内: no span that begins with the year.
        let begins = self.gap == self.at && self.out.tokens.last().is_none_or(|t| matches!(t.kind, TokenKind::Mark(_)));
        if matches!(c, '元' | '前')
            && begins
            && let Some((used, to)) = months_from_first(rest)
            && !rest.get(used..).is_some_and(|r| r.starts_with('内'))
        {
            let as_of = AsOf::Months { from: 1, to };
            self.period(Period { year: None, relative: Some(0), as_of }, used);
            return;
        }
        match c {
            '、' => self.emit(TokenKind::Mark(Mark::Pause), len),
            '。' | '！' | '？' => self.emit(TokenKind::Mark(Mark::Stop), len),
            '①'..='⑳' => self.emit(TokenKind::Ordinal(6), len),
            // 《中华人民共和国预算法》: words in a title mean nothing of their own.
            '《' if self.title_len(rest).is_some() => self.at += self.title_len(rest).unwrap_or(len),
            '二' if chinese_year(rest)
                .is_some_and(|(_, used)| rest.get(used..).is_some_and(|r| r.starts_with('年'))) =>
            {
                let (year, used) = chinese_year(rest).unwrap_or((0, len));
                self.year(year, used);
            }
            _ => {
                if !(is_numeral(c) && self.numeral(self.at)) {
                    self.at += len;
                }
            }
        }
    }

    /// How long the title is that begins here with 《, if it ends soon.
    fn title_len(&self, rest: &str) -> Option<usize> {
        let end = rest.find('》')?;
        (end < TITLE_BYTES).then_some(end + '》'.len_utf8())
    }

    /// 六个科室, 两辆: a Chinese numeral counts only before (or after) a word
    /// that the packs call countable.
    fn numeral(&mut self, at: usize) -> bool {
        let Some(rest) = self.view.get(at..self.end) else {
            return false;
        };
        let Some((value, used)) = chinese_count(rest) else {
            return false;
        };
        let after = rest.get(used..).unwrap_or("");
        let Some((unit, unit_len)) = self.vocabulary.units.at(after) else {
            return false;
        };
        let kind = self.vocabulary.units.get(unit).map_or(UnitKind::Bare, |u| u.kind);
        // 二类事业单位: a class, not how many.
        if !matches!(kind, UnitKind::People | UnitKind::Vehicles | UnitKind::Count) || after.starts_with('类') {
            return false;
        }
        let follows = after.get(unit_len..).unwrap_or("");
        let Some(class) = self.vocabulary.countable else {
            return false;
        };
        // 两项合计: what was counted stands before.
        if ["合计", "共", "相加", "之和"].iter().any(|w| follows.starts_with(w)) {
            return false;
        }
        let countable = |word: &str| {
            self.vocabulary.find(word).and_then(|id| self.vocabulary.entry(id)).is_some_and(|e| e.is(class))
        };
        let near = (1..=6).any(|n| prefix_chars(follows, n).is_some_and(countable));
        // 公务用车两辆, 保有量为壹辆: the item stands before.
        let behind = || {
            let word = self.out.tokens.last().is_some_and(|t| {
                matches!(t.kind, TokenKind::Word(_)) && t.end as usize == self.at && self.gap == self.at
            });
            kind == UnitKind::Vehicles
                && word
                && (follows.is_empty() || follows.starts_with(['。', ',', ';', ')', '\n']))
        };
        if !near && !behind() {
            return false;
        }
        self.at = at;
        self.quantity(Some(Decimal::from(value)), 0, unit, kind, used + unit_len);
        true
    }

    fn quantity(&mut self, value: Option<Decimal>, decimals: u8, unit: u16, kind: UnitKind, len: usize) {
        let id = self.out.quantities.len() as u32;
        let unit = (kind != UnitKind::Bare).then_some(unit);
        self.out.quantities.push(Quantity { value, decimals, unit, kind });
        self.emit(TokenKind::Quantity(id), len);
    }

    fn word(&mut self, start: usize, end: usize, id: EntryId) {
        self.at = start;
        let len = end - start;
        let classes = self.vocabulary.classes_of(id);
        let is = |class: Option<u8>| class.is_some_and(|c| classes & (1 << c) != 0);
        let relative = if is(self.vocabulary.last_year) {
            Some(-1)
        } else if is(self.vocabulary.this_year) {
            Some(0)
        } else {
            None
        };
        match relative {
            Some(r) => {
                let (as_of, extra) = self.part_of_year(end);
                self.period(Period { year: None, relative: Some(r), as_of }, len + extra);
            }
            None => self.emit(TokenKind::Word(id), len),
        }
    }

    fn period(&mut self, period: Period, len: usize) {
        let id = self.out.periods.len() as u32;
        self.out.periods.push(period);
        self.emit(TokenKind::Period(id), len);
    }

    /// A year of four digits that takes `used` bytes, with what follows it.
    fn year(&mut self, year: i32, used: usize) {
        let (as_of, extra) = self.part_of_year(self.at + used);
        self.period(Period { year: Some(year), relative: None, as_of }, used + extra);
    }

    /// 年, 度, 末, 初, months and days after a year: the moment and the bytes.
    fn part_of_year(&self, at: usize) -> (AsOf, usize) {
        let rest = self.view.get(at..self.end).unwrap_or("");
        let mut used = 0;
        let eat = |used: &mut usize, word: &str| {
            let hit = rest.get(*used..).is_some_and(|r| r.starts_with(word));
            if hit {
                *used += word.len();
            }
            hit
        };
        let next = |used: usize| rest.get(used..).and_then(|r| r.chars().next());
        // 2021年初结转和结余: the item is 年初结转和结余.
        if ["年初结", "年末结", "年终结"].iter().any(|w| rest.starts_with(w)) {
            return (AsOf::Year, 0);
        }
        eat(&mut used, "年");
        // 2031年年初预算数: 年初预算数 is a word of its own.
        let budget = |used: usize| {
            let begins = matches!(next(used), Some('年' | '初' | '末'));
            rest.get(used..).filter(|_| begins).is_some_and(|r| {
                ["年初预算", "初预算", "年初部门", "年末结转", "年初结转", "年初结余", "末结转", "初结转"]
                    .iter()
                    .any(|w| r.starts_with(w))
            })
        };
        if budget(used) {
            return (AsOf::Year, used);
        }
        // 2031年度假区收入: the name begins with it.
        if !rest.get(used..).is_some_and(|r| r.starts_with("度假")) {
            eat(&mut used, "度");
        }
        if budget(used) {
            return (AsOf::Year, used);
        }
        // Most years are followed by nothing of the kind.
        if !matches!(
            next(used),
            Some('年' | '末' | '底' | '初' | '0'..='9' | '上' | '前' | '元' | '一' | '第' | '二' | '三' | '四' | '同')
        ) {
            return (AsOf::Year, used);
        }
        for (word, as_of) in [
            ("年末", AsOf::End),
            ("年底", AsOf::End),
            ("年初", AsOf::Start),
            ("末", AsOf::End),
            ("底", AsOf::End),
            ("初", AsOf::Start),
        ] {
            if eat(&mut used, word) {
                return (as_of, used);
            }
        }
        let months = rest.get(used..).and_then(|r| months(r, &number(r)?));
        if let Some((len, from, to)) = months {
            used += len;
            eat(&mut used, "份");
            let span = rest.get(..used).is_some_and(|r| r.contains(['-', '至', '~']));
            let day = rest.get(used..).and_then(day);
            used += day.map_or(0, |(_, len)| len);
            for word in ["底", "末", "初"] {
                eat(&mut used, word);
            }
            let date = AsOf::Date { month: to, day: day.map(|(d, _)| d) };
            return (if span { AsOf::Months { from, to } } else { date }, used);
        }
        for (word, from, to) in QUARTERS {
            if eat(&mut used, word) {
                return (AsOf::Months { from, to }, used);
            }
        }
        // 2023年前8个月, 2023年元至5月
        if let Some((len, to)) = rest.get(used..).and_then(months_from_first) {
            return (AsOf::Months { from: 1, to }, used + len);
        }
        eat(&mut used, "同期");
        (AsOf::Year, used)
    }

    fn digits(&mut self) {
        let rest = self.rest();
        let Some(n) = number(rest) else {
            self.at += 1;
            return;
        };
        // 2.2021全区: the dot is the list number's.
        let begins =
            self.gap == self.at && self.out.tokens.last().is_none_or(|t| matches!(t.kind, TokenKind::Ordinal(_)));
        let before = self.view.get(..self.at).and_then(|t| t.chars().next_back()).filter(|_| !begins);
        let after = rest.get(n.len..).unwrap_or("");
        // Latin neighbours: A4, 5G, an address.
        if before.is_some_and(|c| c.is_ascii_alphabetic() || c == '@' || c == '_')
            || after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '@') && !after.starts_with("km")
        {
            self.emit(TokenKind::Decoy(DecoyReason::Identifier), n.len);
            return;
        }
        let list_place = self.list_place();
        // Most numbers are amounts, rates and years, with nothing before them that makes them another thing.
        let plain = n.len > 2 && !list_place && before.is_none_or(|c| c as u32 > 0x2000 && c != '第');
        if plain
            && (after.starts_with("万元") || after.starts_with("亿元") || after.starts_with('%'))
            && let Some((unit, unit_len)) = self.vocabulary.units.at(after)
        {
            let kind = self.vocabulary.units.get(unit).map_or(UnitKind::Bare, |u| u.kind);
            self.quantity(n.value, n.decimals, unit, kind, n.len + unit_len);
            return;
        }
        if plain && n.len == 4 && n.decimals == 0 && after.starts_with('年') && self.year_here(after, before) {
            let year = rest.get(..4).and_then(|y| y.parse().ok()).unwrap_or(0);
            self.year(year, 4);
            return;
        }
        if list_place && let Some(o) = ordinal(rest).filter(|o| o.level == 4 || o.level == 5) {
            self.emit(TokenKind::Ordinal(o.level), o.len);
            return;
        }
        // 第16届人大会议经费, 99公益日: digits inside a name are of the name.
        if digits_only(rest, n.len) && NAMED.iter().any(|w| after.starts_with(w)) {
            self.at += n.len;
            return;
        }
        if let Some(used) = decoy_number(self.view.get(..self.at).unwrap_or(""), rest, n.len) {
            self.emit(TokenKind::Decoy(used.0), used.1);
            return;
        }
        // 208类: a code of the budget's classification.
        if n.len == 3 && n.decimals == 0 && after.starts_with('类') {
            self.emit(TokenKind::Decoy(DecoyReason::Code), n.len);
            return;
        }
        // K2+370: the metres of a road's post.
        if before == Some('+') && self.gap + 1 == self.at {
            self.emit(TokenKind::Decoy(DecoyReason::Identifier), n.len);
            return;
        }
        // 2080505机关事业单位基本养老保险缴费支出, 201-一般公共服务支出: an item's code before its name.
        let named = after.trim_start_matches(['-', '—', '－']);
        let name = || self.vocabulary.trie.longest(named).and_then(|(id, _)| self.vocabulary.term_of(id));
        // 在职教职工180代教11人: how many of what stands before.
        let counts = self.out.tokens.last().is_some_and(|t| match t.kind {
            TokenKind::Word(id) => {
                t.end as usize == self.at
                    && self.vocabulary.entry(id).zip(self.vocabulary.countable).is_some_and(|(e, c)| e.is(c))
            }
            _ => false,
        });
        if matches!(n.len, 3 | 5 | 7)
            && !counts
            && digits_only(rest, n.len)
            && name().is_some()
            && self.vocabulary.units.at(after).is_none()
        {
            self.emit(TokenKind::Decoy(DecoyReason::Code), n.len);
            return;
        }
        if n.len == 4 && n.decimals == 0 && self.year_here(after, before) {
            let year = rest.get(..4).and_then(|y| y.parse().ok()).unwrap_or(0);
            self.year(year, 4);
            return;
        }
        if let Some((len, from, to)) = months(rest, &n) {
            let tail = rest.get(len..).unwrap_or("");
            let more = if tail.starts_with("份") { "份".len() } else { 0 };
            let day = day(tail);
            let len = len + day.map_or(more, |(_, len)| len);
            let ends = rest.get(len..).is_some_and(|r| r.starts_with(['底', '末']));
            let len = if ends { len + '底'.len_utf8() } else { len };
            let as_of = match day {
                Some((day, _)) => AsOf::Date { month: to, day: Some(day) },
                None if ends => AsOf::Date { month: to, day: None },
                None => AsOf::Months { from, to },
            };
            self.period(Period { year: None, relative: Some(0), as_of }, len);
            return;
        }
        if let Some(len) = self.span_of_time(&n, after) {
            self.emit(TokenKind::Decoy(DecoyReason::Duration), len);
            return;
        }
        // 等级为中（70-80分）: the bounds of a class.
        if let Some(len) = span_of_marks(&n, after) {
            self.emit(TokenKind::Decoy(DecoyReason::Threshold), len);
            return;
        }
        // 1幼儿园为3000元: a list number that lost its mark.
        if self.lost_mark(&n, after) {
            self.emit(TokenKind::Decoy(DecoyReason::ListNumber), n.len);
            return;
        }
        if let Some((unit, unit_len)) = self.rough_unit(after).or_else(|| self.vocabulary.units.at(after)) {
            let kind = self.vocabulary.units.get(unit).map_or(UnitKind::Bare, |u| u.kind);
            if kind == UnitKind::Time {
                self.emit(TokenKind::Decoy(DecoyReason::Duration), n.len + unit_len);
                return;
            }
            let (value, lead) = self.sign(n.value, before);
            self.at -= lead;
            self.quantity(value, n.decimals, unit, kind, lead + n.len + unit_len);
            return;
        }
        let (value, lead) = self.sign(n.value, before);
        let points = self.shared_points(after);
        self.at -= lead;
        if let Some(unit) = points {
            self.quantity(value, n.decimals, unit, UnitKind::Points, lead + n.len);
            return;
        }
        self.quantity(value, n.decimals, 0, UnitKind::Bare, lead + n.len);
    }

    /// 分别下降2.1和5.6个百分点: the unit that is printed behind the last of several numbers.
    fn shared_points(&self, after: &str) -> Option<u16> {
        let mut rest = after;
        for _ in 0..MOST_SHARED {
            rest = ["和", "、", "及", "与"].iter().find_map(|w| rest.strip_prefix(w))?;
            rest = rest.get(number(rest)?.len..)?;
            let unit = self.vocabulary.units.at(rest).map(|(unit, _)| unit);
            if let Some(unit) = unit {
                let points = self.vocabulary.units.get(unit).is_some_and(|u| u.kind == UnitKind::Points);
                return points.then_some(unit);
            }
        }
        None
    }

    /// 3-6岁, 5至10年: the bytes of a span of time of which the first number is known.
    fn span_of_time(&self, first: &Number, after: &str) -> Option<usize> {
        let dash = ["-", "至", "~", "—"].into_iter().find(|d| after.starts_with(d))?;
        let second = number(after.get(dash.len()..)?)?;
        let tail = after.get(dash.len() + second.len..)?;
        let (unit, unit_len) = self.vocabulary.units.at(tail)?;
        let time = self.vocabulary.units.get(unit).is_some_and(|u| u.kind == UnitKind::Time);
        time.then_some(first.len + dash.len() + second.len + unit_len)
    }

    /// 3.3万余人, 20多个, 300余万元: the unit of a number that is said roughly, and its bytes.
    fn rough_unit(&self, after: &str) -> Option<(u16, usize)> {
        let scale = after.chars().next().filter(|c| matches!(c, '万' | '亿' | '千'));
        let scaled = scale.map_or(0, char::len_utf8);
        let rough = after.get(scaled..)?.chars().next().filter(|c| matches!(c, '余' | '多'))?;
        let rest = after.get(scaled + rough.len_utf8()..)?;
        let mut exact: String = scale.into_iter().collect();
        exact.extend(rest.chars().take(LONGEST_UNIT));
        let (unit, len) = self.vocabulary.units.at(&exact)?;
        (len > scaled).then_some((unit, len + rough.len_utf8()))
    }

    /// Whether a number of one or two digits stands where a list number does, right before words.
    fn lost_mark(&self, n: &Number, after: &str) -> bool {
        let word = after.chars().next().is_some_and(|c| ('\u{4E00}'..='\u{9FA5}').contains(&c));
        n.len <= 2
            && n.decimals == 0
            && word
            && self.list_place()
            && self.vocabulary.units.at(after).is_none()
            && self.rough_unit(after).is_none()
            && !after.starts_with(['月', '日', '号', '级', '类', '岁', '倍', '和', '至', '或', '及', '以'])
    }

    /// A minus sign printed before the number.
    fn sign(&self, value: Option<Decimal>, before: Option<char>) -> (Option<Decimal>, usize) {
        if before != Some('-') || self.gap + 1 > self.at {
            return (value, 0);
        }
        let earlier = self.view.get(..self.at - 1).and_then(|t| t.chars().next_back());
        if earlier.is_none_or(|c| c as u32 > 0x2000 || matches!(c, ':' | '(' | ',' | '\n')) {
            return (value.map(|v| -v), 1);
        }
        (value, 0)
    }

    /// A place where a list number may stand: after a mark, or at the start.
    fn list_place(&self) -> bool {
        if self.gap < self.at {
            return false;
        }
        match self.out.tokens.last() {
            None => true,
            Some(t) => {
                t.end as usize == self.at
                    && matches!(t.kind, TokenKind::Mark(Mark::Semicolon | Mark::Stop | Mark::Colon | Mark::Comma))
                    || (t.end as usize) < self.at
            }
        }
    }

    /// Whether four digits are a year here.
    fn year_here(&self, after: &str, before: Option<char>) -> bool {
        let Some(year) = self.rest().get(..4).and_then(|y| y.parse::<i32>().ok()) else {
            return false;
        };
        if !(1990..2060).contains(&year) {
            return false;
        }
        if after.starts_with('年') || after.starts_with("-年") {
            return true;
        }
        if before.is_some_and(|c| matches!(c, '.' | '-')) {
            return false;
        }
        // 年 swallowed: 2031初预算数, 较2024增加, 2021全区.
        let words =
            ["初预算", "全", "度", "末", "增加", "减少", "增长", "下降", "决算", "预算", "部门", "单位", "三公"];
        let words = words.iter().chain(&["政府", "预计", "地方", "一般公共", "财政", "人员工资"]);
        // 本乡2020和2019年均未安排
        let both = after.strip_prefix(['和', '与', '、']).is_some_and(|a| {
            a.get(..4).is_some_and(|y| y.starts_with("20") && digits_only(y, 4))
                && a.get(4..).is_some_and(|a| a.starts_with('年'))
        });
        let word = both || words.into_iter().any(|w| after.starts_with(w));
        let base = matches!(before, Some('比' | '较' | '与' | '至'));
        word || (base && self.vocabulary.units.at(after).is_none())
    }
}

/// Whether a Chinese numeral may begin with a character.
fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '壹' | '贰' | '叁' | '肆')
}

/// (详见公开表3, 见附件2、附件, (表1、表: whether a reference to tables goes on with a number.
fn names_table(before: &str) -> bool {
    let near = before.get(before.ceil_char_boundary(before.len().saturating_sub(REFERENCE_BYTES))..).unwrap_or("");
    let stem = near.trim_end_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '表' | '附' | '件' | '、' | ',' | '-' | '~' | '至' | '和' | '及')
    });
    let told = near.get(stem.len()..).unwrap_or("");
    let first = ["表", "附表", "附件"].iter().any(|w| told.starts_with(w));
    let clause = stem.rsplit(['。', ';', ',', ':', '\n']).next().unwrap_or("");
    first && (stem.ends_with(['(', '见']) || stem.ends_with("公开") || clause.contains("见"))
}

fn digits_only(rest: &str, len: usize) -> bool {
    rest.bytes().take(len).all(|b| b.is_ascii_digit())
}

/// 00000000-0/2023-00031: the bytes of an index number from here on.
fn index_number(before: &str, rest: &str, len: usize) -> Option<usize> {
    let part = |b: &u8| b.is_ascii_digit() || matches!(b, b'-' | b'/');
    let tail = rest.bytes().take_while(|b| part(b)).count();
    let head = before.bytes().rev().take_while(|b| part(b)).count();
    if head + tail < 12 {
        return None;
    }
    let whole = || before.bytes().skip(before.len() - head).chain(rest.bytes().take(tail));
    let marks = whole().filter(|b| !b.is_ascii_digit()).count();
    let mut run = 0;
    let long = whole().any(|b| {
        run = if b.is_ascii_digit() { run + 1 } else { 0 };
        run >= 5
    });
    (marks >= 2 && long).then_some(tail.max(len))
}

fn prefix_chars(text: &str, n: usize) -> Option<&str> {
    let end =
        text.char_indices().nth(n).map(|(i, _)| i).or_else(|| (text.chars().count() == n).then_some(text.len()))?;
    text.get(..end)
}

/// 3月, 1-9月, 1至9月, of which the first number is known: the bytes they take, with 月.
fn months(text: &str, first: &Number) -> Option<(usize, u8, u8)> {
    if first.len > 2 || first.decimals > 0 {
        return None;
    }
    let month = |len: usize, text: &str| text.get(..len)?.parse::<u8>().ok().filter(|m| (1..=12).contains(m));
    let from = month(first.len, text)?;
    let mut to = from;
    let mut at = first.len;
    let rest = text.get(at..)?;
    for dash in ["-", "至", "~"] {
        if let Some(second) = rest.strip_prefix(dash).and_then(number).filter(|n| n.len <= 2 && n.decimals == 0) {
            to = month(second.len, rest.get(dash.len()..)?)?;
            at += dash.len() + second.len;
            break;
        }
        if let Some(tail) = rest.strip_prefix("月").and_then(|t| t.strip_prefix(dash))
            && let Some(second) = number(tail).filter(|n| n.len <= 2)
        {
            to = month(second.len, tail)?;
            at += "月".len() + dash.len() + second.len;
            break;
        }
    }
    text.get(at..)?.starts_with('月').then_some((at + '月'.len_utf8(), from, to))
}

/// 70-80分, of which the first number is known: the bytes that two marks take which bound a class.
fn span_of_marks(first: &Number, after: &str) -> Option<usize> {
    let dash = ["-", "至", "~"].into_iter().find(|d| after.starts_with(d))?;
    let rest = after.get(dash.len()..)?;
    let len = number(rest).filter(|n| n.len <= 3)?.len;
    let tail = rest.get(len..)?;
    (tail.starts_with('分') && !tail.starts_with("分别")).then_some(first.len + dash.len() + len + '分'.len_utf8())
}

/// 元至5月, 前8个月, 前3季度: the bytes, and the last of the months, that a span takes which begins with the year.
fn months_from_first(text: &str) -> Option<(usize, u8)> {
    if let Some(rest) = text.strip_prefix('元') {
        let rest = ["-", "至", "~"].iter().find_map(|d| rest.strip_prefix(d))?;
        let (len, _, to) = months(rest, &number(rest)?)?;
        let tail = rest.get(len..)?;
        let tail = tail.strip_prefix('份').unwrap_or(tail);
        return Some((text.len() - tail.len(), to));
    }
    let rest = text.strip_prefix('前')?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (count, used) = match digits {
        1 | 2 => (rest.get(..digits)?.parse::<u64>().ok()?, digits),
        0 => chinese_count(rest).map(|(n, used)| (u64::from(n), used))?,
        _ => return None,
    };
    let tail = rest.get(used..)?;
    let (each, tail) = [("个季度", 3), ("季度", 3), ("个月", 1)]
        .iter()
        .find_map(|(unit, each)| Some((*each, tail.strip_prefix(unit)?)))?;
    let tail = tail.strip_prefix('份').unwrap_or(tail);
    let to = u8::try_from(count).ok()?.checked_mul(each).filter(|to| (1..=12).contains(to))?;
    Some((text.len() - tail.len(), to))
}

/// A day of the month, 31日 or 31号, and its length.
fn day(text: &str) -> Option<(u8, usize)> {
    let len = number(text).filter(|n| n.len <= 2 && n.decimals == 0)?.len;
    let mark = text.get(len..)?.chars().next().filter(|c| matches!(c, '日' | '号'))?;
    let day = text.get(..len)?.parse().ok().filter(|d| (1..=31).contains(d))?;
    Some((day, len + mark.len_utf8()))
}

/// Numbers that are no figures, told by what stands around them.
fn decoy_number(before: &str, rest: &str, len: usize) -> Option<(DecoyReason, usize)> {
    let after = rest.get(len..).unwrap_or("");
    let last = before.chars().next_back();
    // [2019]14号, 函20319号, 第14号
    if last == Some('[') && after.starts_with(']') {
        let tail = after.get(1..).unwrap_or("");
        let number_len = tail.bytes().take_while(u8::is_ascii_digit).count();
        let more = tail.get(number_len..).unwrap_or("");
        let used = if more.starts_with('号') { len + 1 + number_len + "号".len() } else { len };
        return Some((DecoyReason::DocumentNumber, used));
    }
    if after.starts_with('号') && !after.starts_with("号楼") {
        return Some((DecoyReason::DocumentNumber, len + "号".len()));
    }
    // 卫生健康支出(210), 公立医院(02)
    if last == Some('(') && after.starts_with(')') && (2..=7).contains(&len) && len != 4 && digits_only(rest, len) {
        return Some((DecoyReason::Code, len));
    }
    // “6955”行动, “99公益日”, “9.16”泥石流: digits that open a quotation are a name.
    let named = digits_only(rest, len) || after.starts_with('"');
    if named && last == Some('"') && !after.starts_with(['万', '亿', '元', '%', '个', '项']) {
        return Some((DecoyReason::Identifier, len));
    }
    // 附件12, 图1:, 表3, 公开01表
    if digits_only(rest, len)
        && len <= 2
        && (["附件", "附表", "(图", "(表", "见图", "见表"].iter().any(|w| before.ends_with(w))
            || before.ends_with("公开") && after.starts_with('表')
            || names_table(before) && !after.starts_with(['元', '万', '亿', '%', '个', '项', '份', '张']))
    {
        return Some((DecoyReason::Identifier, len));
    }
    // 基数为0, 不可比
    if before.ends_with("基数为") && rest.starts_with('0') && len == 1 {
        return Some((DecoyReason::Identifier, len));
    }
    // 阅读：57, 访问量：58
    if last.is_some_and(|c| matches!(c, ':' | ' ')) && digits_only(rest, len) {
        let counter =
            ["阅读", "浏览", "访问量", "浏览量", "阅读量", "点击", "点击量", "点击率", "点击数", "次数", "人气"];
        let named = before.trim_end_matches([':', ' ']);
        if counter.iter().any(|w| named.ends_with(w)) {
            return Some((DecoyReason::Identifier, len));
        }
    }
    if let Some(used) = index_number(before, rest, len) {
        return Some((DecoyReason::Code, used));
    }
    if last == Some('第') {
        return Some((DecoyReason::Rank, len));
    }
    let digits = rest.bytes().take_while(|b| b.is_ascii_digit()).count();
    // 2031-02-14, 2031.02.14, 2031/2/14
    if digits == 4 && (rest.starts_with("19") || rest.starts_with("20")) {
        for sep in ['-', '.', '/'] {
            let mut at = 4;
            let mut parts = 0;
            while let Some(tail) = rest.get(at..).and_then(|t| t.strip_prefix(sep)) {
                let d = tail.bytes().take_while(u8::is_ascii_digit).count();
                if d == 0 || d > 2 {
                    break;
                }
                at += 1 + d;
                parts += 1;
            }
            if parts == 2 {
                return Some((DecoyReason::Date, at));
            }
        }
    }
    // 18.07.2015
    let bytes = rest.as_bytes();
    let parted = digits == 2 && bytes.get(2) == Some(&b'.') && bytes.get(5) == Some(&b'.');
    let month = || rest.get(3..5).is_some_and(|m| m.bytes().all(|b| b.is_ascii_digit()));
    if parted
        && month()
        && let Some(tail) = rest.get(6..)
        && (tail.starts_with("19") || tail.starts_with("20"))
        && tail.bytes().take_while(u8::is_ascii_digit).count() == 4
    {
        return Some((DecoyReason::Date, 10));
    }
    // 023-68001234, 12:30
    if let Some(tail) = after.strip_prefix('-') {
        let d = tail.bytes().take_while(u8::is_ascii_digit).count();
        if (3..=4).contains(&digits) && (7..=8).contains(&d) {
            return Some((DecoyReason::Phone, len + 1 + d));
        }
    }
    if let Some(tail) = after.strip_prefix(':') {
        let d = tail.bytes().take_while(u8::is_ascii_digit).count();
        if digits <= 2 && d == 2 {
            let seconds = tail.get(d..).and_then(|t| t.strip_prefix(':'));
            let more = seconds.map_or(0, |s| s.bytes().take_while(u8::is_ascii_digit).count());
            return Some((DecoyReason::Date, len + 1 + d + if more == 2 { 1 + more } else { 0 }));
        }
    }
    let bare = !after.starts_with(['元', '万', '亿', '%', '人', '个', '辆', '台', '名']);
    if bare && digits == len && len >= 7 {
        let phone = before.ends_with("电话:") || before.ends_with("联系方式:") || before.ends_with("电话") || len == 11;
        return Some((if phone || len == 8 { DecoyReason::Phone } else { DecoyReason::Code }, len));
    }
    None
}
