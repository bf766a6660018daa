//! Whole pages, usual and hostile.

use super::*;
use std::time::{Duration, Instant};

const NOTE: &str = "<p style='text-align:center'>某县电子政务中心</p><p style='text-align:center'>2031年单位预算情况说明</p><p>一、单位基本情况</p><p>（一）职能职责</p><p>1、负责全县政务网络的规划、建设与管理。</p><p>三、单位预算情况说明</p><p>2031年年初预算数412.50万元，比2030年增加9.4万元，增长2.3%。</p><p>附件：<a href='a.xls'>预算公开表</a></p>";
const LINES: &str = "某县电子政务中心\n2031年单位预算情况说明\n一、单位基本情况\n（一）职能职责\n1、负责全县政务网络的规划、建设与管理。\n三、单位预算情况说明\n2031年年初预算数412.50万元，比2030年增加9.4万元，增长2.3%。\n附件：预算公开表";

/// A page of a county's site around `body`.
fn county_page(body: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>2031年单位预算情况说明_某县人民政府</title>\
         <meta name=SiteName content=某县人民政府><meta name=PubDate content='2031-02-05 09:00'>\
         <script>var a='<p>不是正文，是脚本，不应读出。</p>';</script><style>.a{{color:red}}</style></head>\n\
         <body><div class=header><div class=logo><h1>某县人民政府</h1></div><ul class=nav><li><a href=/>首页</a></li><li><a href=/zw>政务公开</a></li><li><a href=/hd>互动交流</a></li></ul></div>\n\
         <div class=wrap><div class=dqwz>当前位置：<a href=/>首页</a> &gt; <a href=/zw>政务公开</a> &gt; 预算公开</div>\n\
         <div class=left><ul><li><a href=1>机构设置</a></li><li><a href=2>政策文件</a></li><li><a href=3>财政信息</a></li><li><a href=4>人事信息</a></li></ul></div>\n\
         <div class=right><div class=xl_tit>2031年单位预算情况说明</div>\
         <div class=xl_info><span>发布时间：2031-02-05</span><span>来源：县财政局</span><span>字体：【<a href=javascript:a()>大</a> <a href=javascript:b()>中</a> <a href=javascript:c()>小</a>】</span></div>\n\
         {body}\n\
         <div class=tool><a href=javascript:print()>打印本页</a><a href=javascript:close()>关闭窗口</a></div><div class=bdsharebuttonbox>分享到：<a href=#>微信</a></div>\
         <div>上一篇：<a href=5>某局2031年预算</a></div></div></div>\n\
         <div class=footer><p>主办单位：某县人民政府 承办单位：某县人民政府办公室</p><p>渝ICP备12345678号 <a href=/map>网站地图</a></p><p>版权所有：某县人民政府</p></div></body></html>"
    )
}

#[test]
fn the_note_among_the_sites_parts() {
    for body in [
        format!("<div id=zoom>{NOTE}</div>"),
        format!("<div class='view TRS_UEDITOR trs_paper_default'>{NOTE}</div>"),
        format!("<div class=content><div class=Custom_UnionStyle>{NOTE}</div></div>"),
        format!("<article>{NOTE}</article>"),
        format!("<div class=a1><div class=a2>{NOTE}</div></div>"),
        NOTE.to_owned(),
        format!("<table width=100%><tr><td>{NOTE}</td></tr></table>"),
    ] {
        let page = read(&county_page(&body));
        // Spread out over divs, the site's own line may stay; never less than the note.
        let text = page.text.trim_start_matches("2031年单位预算情况说明\n");
        assert_eq!(text, LINES, "{body}");
        assert_eq!(page.title.as_deref(), Some("2031年单位预算情况说明"));
        assert_eq!(page.date.as_deref(), Some("2031-02-05 09:00"));
        assert!(page.tables.is_empty());
    }
}

#[test]
fn a_page_without_anything_but_the_note() {
    assert_eq!(read(NOTE).text, LINES);
    assert_eq!(read("<p>收入12万元").text, "收入12万元");
    assert_eq!(read("收入12万元").text, "收入12万元");
    assert_eq!(read("").text, "");
    assert_eq!(read("<script>x</script>").text, "");
}

#[test]
fn the_headline_is_the_first_line() {
    let body = "<div class=TRS_Editor><p>2031年年初预算数412.50万元，比2030年增加9.4万元。</p><p>支出预算412.50万元。</p></div>";
    let titled = read(&format!("<title>某局2031年预算说明 - 某县人民政府网</title><h1>某县人民政府</h1>{body}"));
    assert!(titled.text.starts_with("某局2031年预算说明\n2031年年初"), "{}", titled.text);
    let headed =
        read(&format!("<title>某县人民政府</title><h1>某县人民政府</h1><h2 class=title>某局2031年预算说明</h2>{body}"));
    assert!(headed.text.starts_with("某"), "{}", headed.text);
    let named = read(&format!("<meta name=ArticleTitle content='某局2031年预算说明'><title>某县</title>{body}"));
    assert!(named.text.starts_with("某局2031年预算说明\n2031年年初"));
    let inside = read(&format!("<title>2031年单位预算情况说明</title><div class=TRS_Editor>{NOTE}</div>"));
    assert_eq!(inside.text, LINES);
    let table =
        read(&format!("<title>某局2031年预算说明</title>{body}<table><tr><td>收入<td>1<tr><td>支出<td>2</table>"));
    let range = table.tables[0].span.clone();
    assert_eq!(&table.text[range], "收入 | 1\n支出 | 2");
}

#[test]
fn runs_lead_back_to_the_page() {
    use crate::document::source_map::{SourceMap, Unit};
    let source =
        county_page(&format!("<div id=zoom>{NOTE}<table><tr><td>收入<td>1.5<tr><td>支出<td>2.5</table></div>"));
    let page = read(&source);
    let map = SourceMap::new(Unit::Utf8, page.runs.clone(), source.len());
    let mut exact = 0;
    for (at, c) in page.text.char_indices() {
        if c != ' ' && c != '\n' && c != '|' {
            let there = map.source_offset(&page.text, at);
            assert!(source[there..].starts_with(c), "{c} at {at}");
            exact += 1;
        }
    }
    assert!(exact > 100);
}

/// A debug build is ten times slower: it gets a tenth of the load.
const LOAD: usize = if cfg!(debug_assertions) { 1 } else { 10 };

fn within(limit: u64, page: &str) -> Page {
    let start = Instant::now();
    let page = read(page);
    let taken = start.elapsed();
    // Generous: debug builds on a shared machine.
    assert!(taken < Duration::from_secs(limit), "{taken:?}");
    page
}

#[test]
fn hostile_depth() {
    for tag in [
        "div",
        "span",
        "b",
        "table><tr><td",
        "a href=x",
        "ul><li",
        "font color=x",
        "form",
        "select",
        "svg",
        "template",
        "section",
    ] {
        let depth = if tag == "div" { 100_000 } else { LOAD * 10_000 };
        let page = format!("{}收入12万元", format!("<{tag}>").repeat(depth));
        let page = within(60, &page);
        assert!(
            matches!(tag, "select" | "svg" | "template") || page.text.contains("收入12万元"),
            "{tag}: {}",
            page.text
        );
    }
}

#[test]
fn hostile_numbers() {
    for piece in [
        "<br>",
        "<p>甲",
        "<b>",
        "<a href=x>",
        "</div>",
        "<td>",
        "<i a=1><p>",
        "<",
        "&",
        "&amp",
        "&#",
        "<!",
        "</",
        "<table>x",
        "<tr><td>1",
        "<title>",
        "<p><a name=1>",
        "<p>日期",
        "<div class=nav>甲",
        "<p>本单位主要职责是负责全县政务网络的规划、建设与管理工作12",
        "<a href=x>甲</a>",
    ] {
        let count = LOAD * 90_000 / piece.len().max(3);
        within(60, &format!("<p>收入12万元</p>{}", piece.repeat(count)));
    }
}

#[test]
fn hostile_formatting_with_paragraphs() {
    let page: String = (0..LOAD * 5000).map(|n| format!("<p><b id=x{n}><font color=c{n}>甲")).collect();
    assert_eq!(within(60, &page).text.matches('甲').count(), LOAD * 5000);
}

#[test]
fn a_million_tags() {
    let page = "<p>收入<b>12</b>万元</p><br>".repeat(LOAD * 20_000);
    let page = within(120, &page);
    assert_eq!(page.text.lines().count(), LOAD * 20_000);
}

#[test]
fn hostile_attributes() {
    let many: String = (0..300_000).map(|n| format!(" a{n}")).collect();
    let page = within(60, &format!("<p{many}>收入12万元</p>"));
    assert_eq!(page.text, "收入12万元");
    assert_eq!(page.diagnostics[0].code, "html/too-many-attributes");
    within(60, &format!("<p a='{}'>收入12万元</p>", "x".repeat(5_000_000)));
}

#[test]
fn hostile_spans() {
    let row = "<tr><td colspan=1000 rowspan=65534>甲<td>乙</tr>".repeat(3000);
    let page = within(60, &format!("<table>{row}</table>"));
    assert!(page.text.len() < 3_000_000, "{}", page.text.len());
    assert!(page.diagnostics.iter().any(|d| d.code == "html/spans-ignored"));
}

#[test]
fn unclosed_things_lose_nothing_before_them() {
    for tail in ["<!-- ", "<script>", "<style>", "<textarea>", "<p a=\"", "<![CDATA[", "<table><tr><td"] {
        let page = format!("<div id=zoom>{NOTE}</div>{tail}剩余");
        assert!(read(&page).text.starts_with(LINES), "{tail}");
    }
}

#[test]
fn every_prefix_of_a_page_is_read() {
    let page = county_page(&format!("<div id=zoom>{NOTE}</div>"));
    for end in (0..page.len()).step_by(7).filter(|end| page.is_char_boundary(*end)) {
        read(&page[..end]);
    }
}

/// Pages of random tags in random order: never a panic, and characters lead
/// back to themselves or to the reference that stands for them.
#[test]
fn tag_soup() {
    use crate::document::source_map::{SourceMap, Unit};
    const PIECES: [&str; 44] = [
        "<p>",
        "<div>",
        "<span>",
        "<b>",
        "<a href=x>",
        "<table>",
        "<tbody>",
        "<tr>",
        "<td rowspan=2>",
        "<th>",
        "<caption>",
        "<li>",
        "<form>",
        "<select>",
        "<option>",
        "<svg>",
        "<math>",
        "<title>",
        "<script>",
        "<template>",
        "<h1>",
        "<br>",
        "<pre>",
        "<div class=TRS_Editor>",
        "<div class=nav>",
        "<frameset>",
        "<col>",
        "</p>",
        "</div>",
        "</b>",
        "</a>",
        "</table>",
        "</td>",
        "</script>",
        "</title>",
        "</select>",
        "</svg>",
        "收入12万元。",
        "本年支出预算412.50万元，比上年增加9.4万元。",
        "&nbsp;",
        "&#24180;",
        "<",
        "\r\n",
        "<!--x-->",
    ];
    let mut state = 88_172_645_463_325_252_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as usize % below
    };
    let (mut right, mut wrong) = (0, 0);
    for _ in 0..LOAD * 1000 {
        let page: String = (0..random(60)).map(|_| PIECES[random(PIECES.len())]).collect();
        let read = read(&page);
        let map = SourceMap::new(Unit::Utf8, read.runs, page.len());
        for (at, c) in read.text.char_indices().filter(|(_, c)| !" \n|".contains(*c)) {
            let there = page.get(map.source_offset(&read.text, at)..).unwrap_or_default();
            if there.starts_with([c, '&']) { right += 1 } else { wrong += 1 }
        }
    }
    assert!(wrong * 1000 < right, "{wrong} of {right} characters are misplaced");
}
