//! What element names, ids, classes and stock phrases of county pages tell.

/// What an element is for the reading of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The document, and whatever flows in a line: `span`, `font`, `b`, ….
    Inline,
    /// Text, not an element.
    Text,
    /// `br`, `hr`.
    Break,
    /// `a`.
    Link,
    /// `div` and the like.
    Block,
    /// `p`, `blockquote`, `li`, `dd`: holds text rather than a layout.
    Paragraph,
    /// `h1` … `h6`.
    Heading,
    /// `nav`, `footer`, `aside`, `header`, `menu`.
    Furniture,
    /// `table`.
    Table,
    /// `thead`, `tbody`, `tfoot`.
    RowGroup,
    /// `tr`.
    Row,
    /// `td`, `th`.
    Cell,
    /// `title` of the page.
    Title,
    /// Scripts, styles, controls, pictures: nothing to read.
    Skip,
}

impl Kind {
    pub(super) fn of(name: &str) -> Self {
        match name {
            "br" | "hr" => Self::Break,
            "a" => Self::Link,
            "div" | "section" | "article" | "main" | "center" | "form" | "fieldset" | "figure" | "body" | "html"
            | "dl" | "ul" | "ol" | "dir" | "details" | "hgroup" | "frameset" | "caption" | "legend" => Self::Block,
            "p" | "blockquote" | "li" | "dd" | "dt" | "pre" | "address" | "figcaption" | "summary" | "listing"
            | "plaintext" | "xmp" | "optgroup" => Self::Paragraph,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Self::Heading,
            "nav" | "footer" | "aside" | "header" | "menu" | "search" => Self::Furniture,
            "table" => Self::Table,
            "thead" | "tbody" | "tfoot" => Self::RowGroup,
            "tr" => Self::Row,
            "td" | "th" => Self::Cell,
            "title" => Self::Title,
            "head" | "script" | "style" | "noscript" | "template" | "iframe" | "frame" | "object" | "embed"
            | "applet" | "svg" | "math" | "select" | "option" | "datalist" | "button" | "textarea" | "input"
            | "canvas" | "audio" | "video" | "map" | "img" | "meta" | "link" | "base" | "col" | "colgroup"
            | "noembed" | "noframes" | "rt" | "rp" | "rtc" => Self::Skip,
            _ => Self::Inline,
        }
    }

    /// Whether it begins and ends a line.
    pub(super) fn is_block(self) -> bool {
        !matches!(self, Self::Inline | Self::Text | Self::Link | Self::Break | Self::Skip | Self::Title)
    }
}

/// What a class or id says of an element.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Hints {
    /// The editor's own container: the note and nothing else.
    pub(super) strong: bool,
    /// Likely around the note.
    pub(super) weak: bool,
    /// Likely a menu, a share bar, a footer.
    pub(super) furniture: bool,
    /// The headline.
    pub(super) headline: bool,
}

/// Containers that the common content systems put the note into.
const STRONG: [&str; 58] = [
    "zoom",
    "zoomcon",
    "fontzoom",
    "font_zoom",
    "trs_editor",
    "trs_ueditor",
    "trs_editor_view",
    "trs_paper_default",
    "trs_preappend",
    "custom_unionstyle",
    "ucap-content",
    "ucap_content",
    "ucapcontent",
    "v_news_content",
    "vsb_content",
    "vsb_content_2",
    "vsb_content_4",
    "vsb_content_500",
    "vsb_content_501",
    "wp_articlecontent",
    "contxt",
    "con_txt",
    "context-txt",
    "contenttext",
    "content_text",
    "content-text",
    "article-content",
    "article_content",
    "articlecontent",
    "article-con",
    "article_con",
    "article-body",
    "article_body",
    "articlebody",
    "article-txt",
    "articletxt",
    "bt_content",
    "bt-content",
    "zfxxgk_zw_content",
    "xxgk_content",
    "news_content",
    "news-content",
    "newscontent",
    "content-fontsize",
    "detail-content",
    "detail_content",
    "detailcontent",
    "content_detail",
    "pages_content",
    "easysite-news-text",
    "j-fontcontent",
    "xl_content",
    "xl-content",
    "xlcontent",
    "ewb-article-content",
    "txt_content",
    "arc_content",
    "info_content",
];

const WEAK: [&str; 20] = [
    "content",
    "contents",
    "con",
    "cont",
    "article",
    "detail",
    "details",
    "main",
    "text",
    "txt",
    "news",
    "body",
    "zhengwen",
    "zw",
    "neirong",
    "nr",
    "info",
    "printarea",
    "area",
    "print_content",
];

const FURNITURE: [&str; 62] = [
    "nav",
    "navi",
    "navbar",
    "navigation",
    "menu",
    "submenu",
    "crumb",
    "crumbs",
    "breadcrumb",
    "breadcrumbs",
    "dqwz",
    "wz",
    "weizhi",
    "position",
    "location",
    "curpos",
    "mianbao",
    "mbx",
    "foot",
    "footer",
    "bottom",
    "copyright",
    "copy",
    "sidebar",
    "side",
    "aside",
    "share",
    "sharebar",
    "bdshare",
    "bdsharebuttonbox",
    "jiathis",
    "fenxiang",
    "fx",
    "social",
    "toolbar",
    "tools",
    "tool",
    "print",
    "dayin",
    "close",
    "pagination",
    "pager",
    "pagebar",
    "prevnext",
    "prev",
    "next",
    "related",
    "relate",
    "xgxx",
    "friendlink",
    "friendlinks",
    "link",
    "links",
    "yqlj",
    "search",
    "login",
    "qrcode",
    "ewm",
    "erweima",
    "wza",
    "banner",
    "topbar",
];

const HEADLINE: [&str; 22] = [
    "title",
    "biaoti",
    "bt",
    "articletitle",
    "article-title",
    "article_title",
    "arti_title",
    "arti-title",
    "tit",
    "news_title",
    "news-title",
    "newstitle",
    "detail-title",
    "detail_title",
    "content_title",
    "content-title",
    "contenttitle",
    "xl_title",
    "xl-title",
    "font_title",
    "main-title",
    "ucaptitle",
];

/// What the class and id of an element say.
pub(super) fn of_names(names: &str) -> Hints {
    let mut hints = Hints::default();
    for name in names.split_ascii_whitespace().filter(|name| name.len() <= 64) {
        let lower = name.to_ascii_lowercase();
        let is = |list: &[&str]| list.contains(&lower.as_str());
        hints.strong |= is(&STRONG) || lower.starts_with("trs_editor") || lower.starts_with("vsb_content");
        hints.headline |= is(&HEADLINE);
        let (mut weak, mut furniture) = (false, false);
        for part in parts(name) {
            let part = part.to_ascii_lowercase();
            weak |= WEAK.contains(&part.as_str());
            furniture |= FURNITURE.contains(&part.as_str());
        }
        hints.weak |= (weak || is(&WEAK)) && !furniture;
        hints.furniture |= furniture && !weak;
    }
    hints.furniture &= !hints.strong;
    hints.weak |= hints.strong;
    hints
}

/// `article-titleBox` → `article`, `title`, `Box`.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_ascii_alphabetic()).flat_map(|word| {
        let mut rest = word;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let bytes = rest.as_bytes();
            let turn = bytes
                .windows(2)
                .position(|pair| matches!(pair, [a, b] if a.is_ascii_lowercase() && b.is_ascii_uppercase()))
                .map_or(rest.len(), |at| at + 1);
            let (part, after) = rest.split_at_checked(turn)?;
            rest = after;
            Some(part)
        })
    })
}

/// Whether a `style` attribute hides its element.
pub(super) fn hides(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    ["display:none", "visibility:hidden", "mso-hide:all"].iter().any(|rule| {
        style.match_indices(rule).any(|(at, _)| {
            let before = style.get(..at).unwrap_or_default();
            before.is_empty() || before.ends_with(';')
        })
    })
}

/// Whether a `style` attribute keeps line breaks.
pub(super) fn keeps_breaks(style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    style.find("white-space").is_some_and(|at| {
        style.get(at + 11..).is_some_and(|rest| rest.trim_start_matches([':', ' ']).starts_with("pre"))
    })
}

/// A line that belongs to the page, not to the note: the place in the menu,
/// buttons, the site's imprint. `head` says that the line is among the first.
pub(super) fn is_furniture(line: &str, head: bool) -> bool {
    if line.len() > 450 || line.contains('。') {
        return false;
    }
    let line = line.trim_matches(|c: char| c.is_whitespace() || "【[（(|>》".contains(c));
    let starts = |words: &[&str]| words.iter().any(|word| line.starts_with(word));
    let has = |words: &[&str]| words.iter().any(|word| line.contains(word));
    if starts(&[
        "当前位置",
        "您的位置",
        "您现在的位置",
        "您现在所在的位置",
        "您当前的位置",
        "您所在的位置",
        "您当前所在的位置",
        "当前所在位置",
        "现在位置",
        "所在位置",
        "位置：首页",
        "位置:首页",
    ]) {
        return line.chars().count() <= 14 || has(&[">", "》", "›", "»", "/", "首页", "＞", "→", "：", ":", "-"]);
    }
    if line.starts_with("首页") && has(&[">", "›", "»", "＞"]) && line.chars().count() <= 100 {
        return true;
    }
    if starts(&["上一篇", "下一篇", "上一条", "下一条", "扫一扫", "扫码", "扫描二维码", "用手机打开", "手机扫"])
    {
        return line.chars().count() <= 100;
    }
    if starts(&[
        "版权所有",
        "网站标识码",
        "网站地图",
        "主办单位：",
        "主办单位:",
        "主办：",
        "主办:",
        "承办单位：",
        "承办单位:",
        "承办：",
        "承办:",
        "Copyright",
        "copyright",
        "©",
        "建议使用",
        "站点地图",
        "关于我们",
        "联系我们|",
    ]) {
        return true;
    }
    if has(&["ICP备", "ICP证", "公网安备", "公安备案", "网站标识码"]) {
        return true;
    }
    let control = has(&[
        "浏览次数",
        "浏览量",
        "阅读次数",
        "阅读量",
        "点击数",
        "点击次数",
        "点击率",
        "点击量",
        "访问量",
        "访问次数",
        "字体：",
        "字体:",
        "字号：",
        "字号:",
        "【字体",
        "字体大小",
    ]);
    let label = starts(&[
        "发布时间",
        "发布日期",
        "发表时间",
        "发文日期",
        "更新时间",
        "日期：",
        "日期:",
        "时间：",
        "时间:",
        "来源",
        "信息来源",
        "文章来源",
        "稿源",
        "作者",
        "编辑：",
        "责任编辑",
        "发布人",
        "发布单位：",
        "发布机构：",
        "浏览",
        "阅读",
        "点击",
        "访问",
        "字体",
        "字号",
        "打印",
        "分享",
    ]) || date_in(line).is_some_and(|date| line.starts_with(&date));
    if label && (control || (head && !line.contains('，') && line.chars().count() <= 80)) {
        return line.chars().count() <= 120 && !has(&["万元", "亿元", "%", "％"]);
    }
    only_buttons(line)
}

/// Nothing but words that stand on buttons.
fn only_buttons(line: &str) -> bool {
    // Longer ones first.
    const WORDS: [&str; 58] = [
        "在手机打开当前页",
        "我要纠错",
        "我要收藏",
        "加入收藏",
        "设为首页",
        "打印本页",
        "打印此页",
        "打印页面",
        "关闭窗口",
        "关闭本页",
        "返回顶部",
        "返回首页",
        "返回列表",
        "QQ空间",
        "新浪微博",
        "腾讯微博",
        "微信好友",
        "复制链接",
        "无障碍",
        "适老化",
        "朋友圈",
        "人人网",
        "没有了",
        "上一篇",
        "下一篇",
        "上一条",
        "下一条",
        "扫一扫",
        "分享到",
        "二维码",
        "字体",
        "字号",
        "打印",
        "关闭",
        "收藏",
        "分享",
        "微信",
        "微博",
        "朗读",
        "语音",
        "播报",
        "纠错",
        "导出",
        "下载",
        "繁體",
        "繁体",
        "简体",
        "首页",
        "返回",
        "特大",
        "超大",
        "默认",
        "本页",
        "大",
        "中",
        "小",
        "至",
        "到",
    ];
    const SURE: [&str; 31] = [
        "字体",
        "字号",
        "打印",
        "关闭",
        "收藏",
        "分享",
        "微信",
        "微博",
        "QQ空间",
        "返回",
        "首页",
        "朗读",
        "语音",
        "播报",
        "纠错",
        "导出",
        "无障碍",
        "适老化",
        "扫一扫",
        "二维码",
        "复制链接",
        "上一篇",
        "下一篇",
        "上一条",
        "下一条",
        "没有了",
        "朋友圈",
        "人人网",
        "繁体",
        "简体",
        "繁體",
    ];
    let mut rest = line;
    let mut any = false;
    while let Some(c) = rest.chars().next() {
        if let Some(word) = WORDS.iter().find(|word| rest.starts_with(**word)) {
            any |= SURE.iter().any(|sure| word.contains(sure));
            rest = rest.get(word.len()..).unwrap_or_default();
        } else if c.is_whitespace() || "【】[]［］（）()|｜:：/+-－>＞、,，T".contains(c) {
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        } else {
            return false;
        }
    }
    any
}

/// The first date in a line, as it is written: `2024-02-05`, `2024年2月5日`.
pub(super) fn date_in(line: &str) -> Option<String> {
    let mut from = 0;
    while let Some(at) = line.get(from..)?.find("20") {
        let start = from + at;
        from = start + 2;
        let standing = line.get(..start).is_some_and(|before| !before.ends_with(|c: char| c.is_ascii_digit()));
        if !standing {
            continue;
        }
        let mut rest = line.get(start..)?;
        let mut length = 0;
        let mut parts = 0;
        for (digits, separators) in [(4..=4, "-./年"), (1..=2, "-./月"), (1..=2, "日")] {
            let count = rest.bytes().take_while(u8::is_ascii_digit).count();
            if !digits.contains(&count) {
                break;
            }
            rest = rest.get(count..)?;
            length += count;
            parts += 1;
            match rest.chars().next() {
                Some(c) if separators.contains(c) => {
                    rest = rest.get(c.len_utf8()..)?;
                    length += c.len_utf8();
                }
                _ => break,
            }
        }
        if parts == 3 {
            return line.get(start..start + length).map(str::to_owned);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_and_ids() {
        for names in [
            "TRS_Editor",
            "zoom",
            "Zoom",
            "view TRS_UEDITOR trs_paper_default",
            "UCAP-CONTENT",
            "Custom_UnionStyle",
            "conTxt",
            "vsb_content_1001",
            "article-content",
        ] {
            assert!(of_names(names).strong, "{names}");
        }
        for names in ["content", "articleBox", "detail", "main-left", "news_con"] {
            let hints = of_names(names);
            assert!(hints.weak && !hints.strong && !hints.furniture, "{names}");
        }
        for names in
            ["nav", "topNav", "bread-crumb", "footer_box", "bdsharebuttonbox", "dqwz", "share-box", "printBtn print"]
        {
            assert!(of_names(names).furniture, "{names}");
        }
        for names in ["print-content", "contentshare TRS_Editor", "left", "p1", ""] {
            assert!(!of_names(names).furniture, "{names}");
        }
        assert!(of_names("article_title").headline);
    }

    #[test]
    fn styles() {
        assert!(hides("color:red; DISPLAY : none"));
        assert!(hides("visibility:hidden"));
        assert!(!hides("display:block"));
        assert!(!hides("x-display:none"));
        assert!(keeps_breaks("font-size:12px;white-space: pre-wrap"));
        assert!(!keeps_breaks("white-space:normal"));
    }

    #[test]
    fn lines_of_the_page() {
        for line in [
            "当前位置：首页 > 政务公开 > 财政预算",
            "您现在所在的位置：首页",
            "首页 > 部门预算 > 正文",
            "【字体：大 中 小】",
            "打印本页 关闭窗口",
            "分享到：微信 微博",
            "渝ICP备12345678号-1",
            "主办单位：某县人民政府 承办单位：某县政府办公室",
            "网站标识码：5002310001",
            "上一篇：没有了",
            "下一篇：某局2023年决算",
            "发布时间：2024-02-05 来源：县财政局 浏览次数：12 【字体：大 中 小】",
            "2024-02-05 09:00 来源：县财政局 字号：大中小",
            "版权所有：某县人民政府",
            "扫一扫在手机打开当前页",
            "【打印】 【关闭】",
        ] {
            assert!(is_furniture(line, false), "{line}");
        }
        assert!(is_furniture("发布时间：2024-02-05 来源：县财政局", true));
        for line in [
            "收入预算12万元",
            "2024年支出预算12万元，比上年增加",
            "打印设备购置费2万元",
            "本单位主办单位职责：管理",
            "分享经验。",
            "大",
            "2024年2月5日",
            "提供技术支持服务",
            "来源：一般公共预算拨款12万元",
            "小计",
            "（一）收入预算",
            "发布时间",
            "位置",
        ] {
            assert!(!is_furniture(line, false), "{line}");
        }
        assert!(!is_furniture("2024年单位预算情况说明", true));
        assert!(!is_furniture("来源于一般公共预算拨款收入12万元", true));
    }

    #[test]
    fn dates() {
        assert_eq!(date_in("发布时间：2024-02-05 09:00").as_deref(), Some("2024-02-05"));
        assert_eq!(date_in("二〇 2024年2月5日").as_deref(), Some("2024年2月5日"));
        assert_eq!(date_in("12024-02-05"), None);
        assert_eq!(date_in("2024年预算"), None);
        assert_eq!(date_in("电话 2020-123"), None);
    }
}
