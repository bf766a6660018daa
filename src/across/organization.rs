//! Whether two notes are of one organisation. Names are taken apart, never
//! guessed at: what a name leaves open stays open.

/// An organisation's name, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    /// 安平市, 清溪区: the places that it begins with, the largest first.
    pub places: Vec<String>,
    /// The rest, written out in full: 住建局 as 住房城乡建设局.
    pub body: String,
}

/// Whether two names are of one organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// They are, beyond doubt.
    Same,
    /// They are not.
    Different,
    /// They may be; the reason for the doubt.
    Doubtful(&'static str),
}

/// A name without a place fits every place.
pub(super) const NO_PLACE: &str = "one of the names does not say of which county or city";
/// 朝阳区 is in several cities.
pub(super) const PLACE_RECURS: &str =
    "districts and towns of one name lie in several cities; one of the names does not say in which";

/// Bodies by the short name that everybody uses; 和 and 、 are left out of both.
const SHORT: &[(&str, &str)] = &[
    ("住建局", "住房城乡建设局"),
    ("人社局", "人力资源社会保障局"),
    ("发改局", "发展改革局"),
    ("发改委", "发展改革委员会"),
    ("卫健局", "卫生健康局"),
    ("卫健委", "卫生健康委员会"),
    ("市监局", "市场监督管理局"),
    ("市场监管局", "市场监督管理局"),
    ("教体局", "教育体育局"),
    ("文旅局", "文化旅游局"),
    ("医保局", "医疗保障局"),
    ("应急局", "应急管理局"),
    ("交通局", "交通运输局"),
    ("退役军人局", "退役军人事务局"),
    ("自规局", "自然资源规划局"),
    ("国资委", "国有资产监督管理委员会"),
    ("残联", "残疾人联合会"),
    ("妇联", "妇女联合会"),
    ("文联", "文学艺术界联合会"),
    ("科协", "科学技术协会"),
    ("工商联", "工商业联合会"),
    ("疾控中心", "疾病预防控制中心"),
    ("编办", "机构编制委员会办公室"),
];

/// What a name ends with when it means the organisation alone, or with its units.
const LEVELS: &[&str] = &[
    "(本级)",
    "(机关)",
    "(局机关)",
    "(委机关)",
    "(机关本级)",
    "(局本级)",
    "(本部)",
    "(汇总)",
    "(部门)",
    "本级",
    "局机关本级",
];

/// 市场 after a place begins a word; so does what stands here.
const WORDS: &[&str] =
    &["市场", "市政工", "市政设", "市政管", "市政园", "市政公", "市容", "市民", "区域", "区划", "乡村", "乡镇", "乡土"];

/// Longest name of a place, in characters.
const PLACE_CHARS: usize = 16;

impl Name {
    /// Takes a name apart; `None` if it names a place alone: that is a
    /// government, whose figures are of the whole place or of its own level.
    ///
    /// ```
    /// use gouji::across::Name;
    /// let name = Name::read("安平市清溪县住建局（本级）").unwrap();
    /// assert_eq!(name.places, ["安平市", "清溪县"]);
    /// assert_eq!(name.body, "住房城乡建设局");
    /// assert_eq!(Name::read("清溪县"), None);
    /// ```
    pub fn read(written: &str) -> Option<Self> {
        let folded: String = written
            .chars()
            .filter(|c| !c.is_whitespace() && !"“”\"《》‘’".contains(*c))
            .map(|c| match c {
                '（' => '(',
                '）' => ')',
                c => c,
            })
            .collect();
        let mut name = folded.as_str();
        while let Some(rest) = LEVELS.iter().find_map(|l| name.strip_suffix(l)) {
            name = rest;
        }
        // 民政局机关, but 公安机关 is a word.
        if let Some(rest) = name.strip_suffix("机关").filter(|r| r.ends_with(['局', '委', '厅', '办', '会', '院']))
        {
            name = rest;
        }
        // A second name in brackets: 综合行政执法局(城市管理局).
        if let (Some(at), true) = (name.rfind('('), name.ends_with(')')) {
            name = name.get(..at).unwrap_or(name);
        }
        let name = name.trim_start_matches("中国共产党").trim_start_matches("中共");
        let (places, body) = places(name);
        let body = written_out(&body);
        (body.chars().count() >= 2).then_some(Name { places, body })
    }

    /// Whether two names are of one organisation.
    ///
    /// ```
    /// use gouji::across::{Likeness, Name};
    /// let like = |a: &str, b: &str| Name::read(a).unwrap().compare(&Name::read(b).unwrap());
    /// assert_eq!(like("清溪县水利局（本级）", "安平市清溪县水利局"), Likeness::Same);
    /// assert_eq!(like("清溪县水利局", "白水县水利局"), Likeness::Different);
    /// assert!(matches!(like("清溪县水利局", "水利局"), Likeness::Doubtful(_)));
    /// ```
    pub fn compare(&self, other: &Name) -> Likeness {
        if self.body != other.body {
            return Likeness::Different;
        }
        let (short, long) = if self.places.len() <= other.places.len() { (self, other) } else { (other, self) };
        if !long.places.ends_with(&short.places) {
            return Likeness::Different;
        }
        match short.places.last() {
            // Every county has a 水利局: the same words need not be the same body.
            None => Likeness::Doubtful(NO_PLACE),
            _ if short.places.len() == long.places.len() => Likeness::Same,
            // Counties and cities have names of their own.
            Some(place) if place.ends_with(['县', '旗', '市']) => Likeness::Same,
            Some(_) => Likeness::Doubtful(PLACE_RECURS),
        }
    }

    /// The name of a unit as its department names it, 县水土保持站 or
    /// 水土保持站, with the department's place.
    pub(super) fn under(&self, department: &Name) -> Name {
        let places = if self.places.is_empty() { department.places.clone() } else { self.places.clone() };
        Name { places, body: self.body.clone() }
    }
}

/// The places that a name begins with, and the rest.
fn places(name: &str) -> (Vec<String>, String) {
    let chars: Vec<char> = name.chars().collect();
    let mut found: Vec<String> = Vec::new();
    let mut from = 0;
    while let Some(end) = place_end(&chars, from) {
        found.push(chars.get(from..end).unwrap_or(&[]).iter().collect());
        from = end;
    }
    let mut rest = chars.get(from..).unwrap_or(&[]);
    // 县水利局, of a county that is not named.
    if let Some(('县' | '市' | '区' | '镇' | '乡' | '旗' | '省' | '州', after)) =
        rest.split_first().map(|(c, r)| (*c, r))
        && !begins_word(rest)
    {
        rest = after;
    }
    (found, rest.iter().collect())
}

/// Where the place that begins at `from` ends, if one begins there.
fn place_end(chars: &[char], from: usize) -> Option<usize> {
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    (from + 1..chars.len().min(from + PLACE_CHARS)).find_map(|i| {
        let (before, c, rest) = (at(i.checked_sub(1)?), at(i), chars.get(i + 1..)?);
        let whole = match c {
            '省' | '盟' => true,
            '州' => true,
            // 社区, 园区, 灌区, 开发区 name no place that tells bodies apart.
            '区' => {
                !("社园景校库灌林牧片辖矿".contains(before) || before == '发' && i.checked_sub(2).map(at) == Some('开'))
            }
            '县' | '旗' => !"全各本我".contains(before),
            '市' => !"全各本我城".contains(before),
            '乡' => before != '城',
            '镇' => !"城乡村".contains(before),
            '道' => before == '街',
            '木' => before == '苏',
            _ => false,
        };
        // A word of the body may begin with the same character: 汝川市|市场…
        let inside = matches!(rest.first(), Some('市' | '县' | '区' | '州' | '省' | '旗' | '镇')) && !begins_word(rest);
        let word = begins_word(chars.get(i..).unwrap_or(&[]));
        (whole && !inside && !word).then_some(i + 1)
    })
}

fn begins_word(chars: &[char]) -> bool {
    WORDS.iter().any(|w| w.chars().zip(chars).filter(|(a, b)| a == *b).count() == w.chars().count())
}

/// A body's name in one spelling.
fn written_out(body: &str) -> String {
    let mut body: String = body.chars().filter(|c| !"和、及".contains(*c)).collect();
    for (long, short) in
        [("人民政府", "政府"), ("人民法院", "法院"), ("人民检察院", "检察院"), ("街道办事处", "办事处")]
    {
        body = body.replace(long, short);
    }
    // 中国共产党清溪县委员会组织部 and 清溪县委组织部.
    if let Some(rest) = body.strip_prefix("委员会").filter(|r| !r.is_empty()) {
        body = format!("委{rest}");
    }
    if body.ends_with("政府办") || body.ends_with("委办") || body.ends_with("大办") || body.ends_with("协办") {
        body.push_str("公室");
    }
    if body.ends_with("管委会") {
        body = body.replace("管委会", "管理委员会");
    }
    SHORT.iter().find(|(short, _)| *short == body).map_or(body, |(_, full)| (*full).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(a: &str, b: &str) -> Likeness {
        Name::read(a).unwrap().compare(&Name::read(b).unwrap())
    }

    #[test]
    fn places_are_found_and_words_left_whole() {
        let split = |name: &str| {
            let name = Name::read(name).unwrap();
            format!("{}|{}", name.places.join(","), name.body)
        };
        assert_eq!(split("汝川市市场监督管理局"), "汝川市|市场监督管理局");
        assert_eq!(split("安平市清溪区市政设施管理处"), "安平市,清溪区|市政设施管理处");
        assert_eq!(split("北京市云桥区杨柏街道办事处"), "北京市,云桥区,杨柏街道|办事处");
        assert_eq!(split("绿汁河县者米乡中心卫生院"), "绿汁河县,者米乡|中心卫生院");
        assert_eq!(split("清溪县乡村振兴局"), "清溪县|乡村振兴局");
        assert_eq!(split("清溪县城乡建设局"), "清溪县|城乡建设局");
        assert_eq!(split("清溪县社区卫生服务中心"), "清溪县|社区卫生服务中心");
        assert_eq!(split("通州市津河县林业局"), "通州市,津河县|林业局");
        assert_eq!(split("黔山苗族自治州水务局"), "黔山苗族自治州|水务局");
        assert_eq!(split("县水利局"), "|水利局");
        assert_eq!(split("哈达图苏木人民政府"), "哈达图苏木|政府");
        assert_eq!(split("新疆生产建设兵团第十五师翰海市教育局"), "新疆生产建设兵团第十五师翰海市|教育局");
    }

    #[test]
    fn one_organization_in_many_spellings() {
        for (a, b) in [
            ("清溪县水利局", "清溪县水利局（本级）"),
            ("清溪县水利局", "清溪县水利局机关"),
            ("清溪县水利局本级", "安平市清溪县水利局"),
            ("清溪县住房和城乡建设局", "清溪县住建局"),
            ("清溪县残联", "清溪县残疾人联合会"),
            ("中共清溪县委组织部", "中国共产党清溪县委员会组织部"),
            ("清溪县人民政府办公室", "清溪县政府办"),
            ("清溪区综合行政执法局(清溪区城市管理局)", "清溪区综合行政执法局"),
            ("清溪县文化和旅游局", "清溪县文旅局"),
        ] {
            assert_eq!(like(a, b), Likeness::Same, "{a} {b}");
        }
    }

    #[test]
    fn near_misses_are_different_or_doubtful() {
        for (a, b) in [
            ("清溪县水利局", "白水县水利局"),
            ("安平市朝阳区水务局", "长宁市朝阳区水务局"),
            ("清溪县水利局", "清溪县水务局"),
            ("清溪县第一中学", "清溪县第二中学"),
            ("清溪县水土保持站", "清溪县水利局"),
            ("清溪县城关镇人民政府", "白水县城关镇人民政府"),
        ] {
            assert_eq!(like(a, b), Likeness::Different, "{a} {b}");
        }
        assert_eq!(like("水利局", "清溪县水利局"), Likeness::Doubtful(NO_PLACE));
        assert_eq!(like("县水利局", "水利局"), Likeness::Doubtful(NO_PLACE));
        assert_eq!(like("朝阳区水务局", "安平市朝阳区水务局"), Likeness::Doubtful(PLACE_RECURS));
        assert_eq!(like("城关镇人民政府", "清溪县城关镇人民政府"), Likeness::Doubtful(PLACE_RECURS));
    }
}
