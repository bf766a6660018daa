//! Of which units a department's budget is the sum.

use super::identity::is_organization;
use super::outline::ordinal;

/// The units whose budgets make up a department's, as its note names them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members {
    /// Whether the department's own level (本级, 机关) is one of them.
    pub own: bool,
    /// The other units, as they are named: often without the county.
    pub units: Vec<String>,
}

/// Words beside which units are listed.
const CUES: &[&str] = &["编制范围", "单位构成", "预算单位", "决算单位", "下属单位", "所属单位", "下属事业单位"];
/// Words that open the list, the last of them in the sentence.
const OPENERS: &[&str] = &["包括", "分别是", "分别为", "如下", "具体是", "具体为", ":"];
/// The department itself.
const OWN: &[&str] = &["本级", "机关", "局本级", "委本级", "局机关", "委机关", "机关本级", "局机关本级", "委机关本级"];
/// More units than this are no list that a note spells out.
const MOST: usize = 200;

impl Members {
    /// Reads the list from the view of a note; `None` unless every name in it is one of a public body.
    ///
    /// ```
    /// use gouji::segment::Members;
    /// let note = "纳入2024年部门预算编制范围的单位共3个,包括:局本级、县水土保持站、县河道管理所。";
    /// let members = Members::read(note).unwrap();
    /// assert!(members.own);
    /// assert_eq!(members.units, ["县水土保持站", "县河道管理所"]);
    /// assert_eq!(Members::read("纳入部门预算编制范围的单位包括:局本级及水土保持站等单位。"), None);
    /// ```
    pub fn read(view: &str) -> Option<Self> {
        let finders = CUES.iter().filter(|cue| memchr::memmem::find(view.as_bytes(), cue.as_bytes()).is_some());
        let cues: Vec<&str> = finders.copied().collect();
        if cues.is_empty() {
            return None;
        }
        let lines: Vec<&str> = view.lines().collect();
        (0..lines.len()).find_map(|i| {
            let line = lines.get(i)?;
            let sentences = line.split('。').filter(|s| cues.iter().any(|cue| s.contains(cue)));
            sentences.filter_map(|s| list_of(s, lines.get(i + 1..).unwrap_or(&[]))).next()
        })
    }
}

/// The list that a sentence holds, or that the lines below it do.
fn list_of(sentence: &str, below: &[&str]) -> Option<Members> {
    let cue = CUES.iter().filter_map(|cue| sentence.find(cue)).min()?;
    let opener = OPENERS.iter().filter_map(|o| sentence.rfind(o).map(|at| (at + o.len(), *o))).max();
    let (named, said) = match opener {
        Some((from, _)) => (sentence.get(from..)?, sentence.get(..from)?),
        None => ("", sentence),
    };
    let announced = announced(said.get(cue.min(said.len())..).unwrap_or(said));
    let named = named.trim_start_matches([':', ',', ' ']).trim();
    let mut members = Members::default();
    if named.is_empty() {
        // One unit a line: 1.清溪县水利局本级
        for line in below.iter().filter(|l| !l.trim().is_empty()).take(MOST) {
            let body = ordinal(line).and_then(|o| line.get(o.len..)).unwrap_or(line);
            let body = body.split('|').map(str::trim).find(|c| !c.is_empty() && c.parse::<u32>().is_err())?;
            if !members.take(body.trim_end_matches(['。', ';', '.', ' '])) {
                break;
            }
        }
    } else {
        for name in named.split(['、', ';', ',']).map(without_number) {
            let (one, other) = joined(name).map_or((name, None), |(one, other)| (one, Some(other)));
            if !members.take(one) || other.is_some_and(|other| !members.take(other)) {
                return None;
            }
        }
    }
    let count = members.units.len() + usize::from(members.own);
    let fits = announced.is_none_or(|n| n == count || n == members.units.len());
    (fits && !members.units.is_empty() && members.units.len() <= MOST).then_some(members)
}

impl Members {
    /// Takes one name; false if it is none.
    fn take(&mut self, name: &str) -> bool {
        let name = plain(name);
        if name.contains('等') {
            return false;
        }
        let (own, unit) = (is_own(name), is_unit(name));
        self.own |= own;
        if unit && !own {
            self.units.push(name.to_owned());
        }
        own || unit
    }
}

/// A unit's name, not that of its budget.
fn plain(name: &str) -> &str {
    name.trim().trim_end_matches("预算").trim_end_matches("决算").trim_end_matches("的")
}

/// Whether a name is that of the department's own level.
fn is_own(name: &str) -> bool {
    OWN.contains(&name) || ["局本级", "委本级", "(本级)"].iter().any(|level| name.ends_with(level))
}

/// 事业单位 and 二级单位 are kinds of units, 县 and 区 places: no names.
fn is_unit(name: &str) -> bool {
    is_organization(name) && !name.ends_with(['县', '区', '市', '镇', '乡'])
}

/// A name without the list number before it: 1.局本级.
fn without_number(name: &str) -> &str {
    let name = name.trim();
    ordinal(name).and_then(|o| name.get(o.len..)).unwrap_or(name)
}

/// 局本级和水土保持站: two names, as each half is one. 住房和城乡建设局 is one name, and so is 科学和工业信息化局.
fn joined(name: &str) -> Option<(&str, &str)> {
    let whole = |half: &str| {
        let half = plain(half);
        is_own(half) || is_unit(half) && !["科学", "文学", "社会"].iter().any(|word| half.ends_with(word))
    };
    let halves = ["以及", "和", "及"].iter().filter_map(|w| name.split_once(w));
    halves.into_iter().find(|(one, other)| whole(one) && whole(other))
}

/// How many units are said to follow: 共3个, 3家.
fn announced(said: &str) -> Option<usize> {
    let digits = said.char_indices().filter(|(_, c)| c.is_ascii_digit());
    let mut found = None;
    for (at, _) in digits {
        let rest = said.get(at..)?;
        let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let alone = !said.get(..at)?.ends_with(|c: char| c.is_ascii_digit());
        let after = rest.get(number.len()..)?;
        if alone && after.starts_with(['个', '家']) {
            found = found.or(number.parse().ok());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(note: &str) -> Option<(bool, Vec<String>)> {
        Members::read(note).map(|m| (m.own, m.units))
    }

    #[test]
    fn lists_in_a_sentence_and_below_it() {
        let both = |own| Some((own, vec!["县水土保持站".to_owned(), "县河道管理所".to_owned()]));
        let list = "二、部门预算单位构成\n纳入清溪县水利局2024年部门预算编制范围的二级预算单位包括:\n1.清溪县水利局本级\n2.县水土保持站\n3.县河道管理所\n三、收支情况";
        assert_eq!(read(list), both(true));
        let table =
            "纳入部门决算编制范围的单位共2个,名单如下:\n1 | 县水土保持站 | 事业单位\n2 | 县河道管理所 | 事业单位\n";
        assert_eq!(read(table), both(false));
        let run = "从预算单位构成看,部门预算由局本级和所属单位预算组成,二级预算单位共2家:县水土保持站、县河道管理所。";
        assert_eq!(read(run), both(false));
        assert_eq!(read("下属单位包括:1.局机关;2.县水土保持站;3.县河道管理所。"), both(true));
        assert_eq!(read("所属单位包括:局机关、县水土保持站和县河道管理所。"), both(true));
        assert_eq!(read("所属单位包括:局本级及县水土保持站、县河道管理所。"), both(true));
        let one = read("预算单位包括:局本级、县水利和河湖管理中心。");
        assert_eq!(one, Some((true, vec!["县水利和河湖管理中心".to_owned()])));
    }

    #[test]
    fn what_is_no_full_list_is_none() {
        // The number says that some are left out.
        assert_eq!(read("纳入预算编制范围的单位共5个,包括:局本级、县水土保持站。"), None);
        assert_eq!(read("部门共有3个预算单位,其中行政单位1个,事业单位2个。"), None);
        assert_eq!(read("本单位无下属单位。"), None);
        assert_eq!(read("一、部门预算单位构成\n二、收支情况"), None);
    }
}
