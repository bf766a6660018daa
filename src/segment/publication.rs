//! The year of a note that names none, from the day that it was published on.

use super::identity::beginning;

/// Names of spans of a year, the longer first, with their first and last month.
pub(crate) const QUARTERS: [(&str, u8, u8); 10] = [
    ("上半年", 1, 6),
    ("前三季度", 1, 9),
    ("第一季度", 1, 3),
    ("第二季度", 4, 6),
    ("第三季度", 7, 9),
    ("第四季度", 10, 12),
    ("一季度", 1, 3),
    ("二季度", 4, 6),
    ("三季度", 7, 9),
    ("四季度", 10, 12),
];

/// The longest line, in bytes, that tells of a page's publication.
const LONGEST: usize = 360;

/// The longest line, in characters, that holds a day and its time and nothing else.
const LONGEST_DAY: usize = 20;

/// How many lines at either end of a page tell of its publication.
const EDGE_LINES: usize = 12;

/// How far into a note the months that it reports of are named, in bytes.
const OPENING: usize = 1500;

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Published {
    pub year: i32,
    /// 1 to 12
    pub month: u8,
}

impl Published {
    /// The day that words tell: 2021-10-13 09:42, 发布时间：2021年10月13日, 20211013.
    pub fn read(text: &str) -> Option<Self> {
        let told = |(at, _): (usize, &str)| Self::at(text.get(at..)?).filter(|_| !is_inside(text, at));
        text.match_indices("20").find_map(told).or_else(|| Self::day_first(text))
    }

    /// 15.10.2015 11:05: the day before the year.
    fn day_first(text: &str) -> Option<Self> {
        let mark = text.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '.' | '/' | '-'))?;
        let mut parts = text.splitn(3, mark);
        let (day, month, rest) = (parts.next()?, parts.next()?, parts.next()?);
        let day: u8 = day.parse().ok()?;
        let month: u8 = month.parse().ok()?;
        let year: i32 = rest.get(..4).filter(|y| y.starts_with("20"))?.parse().ok()?;
        let ends = !rest.get(4..)?.starts_with(|c: char| c.is_ascii_digit());
        let calendar = (1..=31).contains(&day) && (1..=12).contains(&month);
        (ends && calendar).then_some(Published { year, month })
    }

    fn at(text: &str) -> Option<Self> {
        let digits = |from: usize| text.bytes().skip(from).take_while(u8::is_ascii_digit).count();
        let whole = digits(0);
        let year = text.get(..4)?.parse().ok()?;
        let (month, rest) = match whole {
            8 => (text.get(4..6)?, "1"),
            4 => {
                let mark = text.get(4..)?.chars().next().filter(|c| matches!(c, '-' | '.' | '/' | '年'))?;
                let from = 4 + mark.len_utf8();
                let len = digits(from);
                let end = text.get(from + len..)?;
                let mark = end.chars().next().filter(|c| matches!(c, '-' | '.' | '/' | '月'))?;
                (text.get(from..from + len)?, end.get(mark.len_utf8()..)?)
            }
            _ => return None,
        };
        let month = month.parse().ok().filter(|m| (1..=12).contains(m))?;
        rest.starts_with(|c: char| c.is_ascii_digit()).then_some(Published { year, month })
    }

    /// What the first or the last lines of a page tell of its publication: a line with a day that
    /// names it so, or that holds nothing else.
    pub fn on_page(view: &str) -> Option<Self> {
        let lines = || view.lines().map(str::trim).filter(|l| !l.is_empty());
        let tells = |l: &&str| {
            let named = || ["发布", "日期", "时间", "成文", "生成", "公开"].iter().any(|w| l.contains(w));
            l.len() <= LONGEST
                && (l.chars().count() <= LONGEST_DAY || named() && !l.contains('。'))
                && Self::read(l).is_some()
        };
        let first = lines().take(EDGE_LINES).find(tells);
        let last = || lines().rev().take(EDGE_LINES).find(tells);
        Self::read(first.or_else(last)?)
    }

    /// The year of which a piece of news speaks as this one: that of the day that it begins with.
    pub fn of_news(view: &str) -> Option<i32> {
        let mut lines = view.lines().map(str::trim).filter(|l| !l.is_empty()).take(EDGE_LINES);
        lines.find(|l| is_dateline(l)).and_then(Self::at).map(|day| day.year)
    }

    /// The fiscal year of a note published then. A final account is published in the year after its own;
    /// a budget in its year; a report of some months in their year, which is the one before where the
    /// last of them is still to come.
    pub fn fiscal_year(self, is_final: bool, body: &str) -> Option<i32> {
        if is_final {
            return Some(self.year - 1);
        }
        if last_month(body).is_some_and(|m| m > self.month) {
            return Some(self.year - 1);
        }
        // Towards the year's end budgets of the year and of the next are published.
        (self.month <= 10 || last_month(body).is_some()).then_some(self.year)
    }
}

/// 2011年7月19日 本报讯（记者…）: whether a line begins with the day that it was written on.
fn is_dateline(line: &str) -> bool {
    let day = Published::at(line).and_then(|_| line.split_once('日'));
    let begins = ["本报", "讯", "电", "消息", "记者", "(记者", "据"];
    day.is_some_and(|(date, rest)| {
        date.chars().count() <= 10 && begins.iter().any(|w| rest.trim_start().starts_with(w))
    })
}

/// Whether a number began before: 32021 tells no year.
fn is_inside(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
}

/// The last month that a note's opening reports of: 1-9月, 前三季度, 上半年.
fn last_month(body: &str) -> Option<u8> {
    let opening = beginning(body, OPENING);
    let named = QUARTERS.iter().filter(|(w, ..)| opening.contains(w)).map(|(.., last)| *last);
    let months = opening.match_indices('月').filter_map(|(at, _)| {
        let before = opening.get(..at)?;
        let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
        let month: u8 = before.get(at - digits..)?.parse().ok().filter(|m| (1..=12).contains(m))?;
        let start = before.get(..at - digits)?;
        // 2月13日, 2022年9月: a day, or a month of a year.
        let after = opening.get(at + '月'.len_utf8()..)?;
        let dated = after.starts_with(|c: char| c.is_ascii_digit()) || start.ends_with('年');
        (!dated).then_some(month)
    });
    named.chain(months).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_before_publication_or_its_own() {
        let at = |t: &str| Published::read(t).unwrap();
        assert_eq!(at("发布时间:2021-10-13 09:42 点击数:518次"), Published { year: 2021, month: 10 });
        assert_eq!(at("2022年2月13日").fiscal_year(false, "本年三公经费预算4万元"), Some(2022));
        assert_eq!(at("2021/09/30").fiscal_year(true, "收入总计482.15万元"), Some(2020));
        assert_eq!(at("2021-10-13").fiscal_year(false, "1-9月份,全市收入完成486215万元"), Some(2021));
        assert_eq!(at("2022-01-13").fiscal_year(false, "1-12月,全市收入完成486215万元"), Some(2021));
        assert_eq!(at("2021-12-20").fiscal_year(false, "收入预算482.15万元"), None);
        assert_eq!(at("20220830"), Published { year: 2022, month: 8 });
        assert_eq!(at("15.10.2015  11:05"), Published { year: 2015, month: 10 });
        assert_eq!(Published::read("15.40.2015"), None);
        assert_eq!(Published::read("点击数:518次"), None);
        assert_eq!(Published::read("2022年度部门决算"), None);
    }

    #[test]
    fn a_page_tells_its_day_at_its_edges() {
        let page = "清河市财政收支运行平稳\n来源:市财政局 发布时间:2021-10-13 09:42\n收入完成48万元。";
        assert_eq!(Published::on_page(page), Some(Published { year: 2021, month: 10 }));
        assert_eq!(Published::on_page("三公经费预算4万元。\n2022年2月13日"), Some(Published { year: 2022, month: 2 }));
        assert_eq!(Published::of_news("2011年7月19日 本报讯(记者孙某)城建部公布账单,去年为4万元。"), Some(2011));
        assert_eq!(Published::on_page("根据2019年3月2日的通知,三公经费预算4万元。"), None);
    }
}
