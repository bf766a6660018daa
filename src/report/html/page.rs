//! The page around the documents' parts.

use super::across;
use super::document::{COUNTS, VERDICTS};
use super::plot::{Overview, Rule};
use super::policy::{inline, policy};
use super::words::pick;
use super::writer::{Html, NUMBER, OPEN};
use crate::across::{Finding, Library};
use crate::check::Verdict;
use crate::document::{InputError, Lang};
use crate::report::cells::{Cell, Cells};
use crate::report::text::{Look, Totals, summary};
use std::collections::BTreeMap;
use std::io::{self, Read, Seek, SeekFrom, Write};
use tempfile::SpooledTempFile;

/// Bytes of each list of parts that are held in memory; more wait on disk.
const IN_MEMORY: usize = 1 << 20;
/// The full notes of so many documents are shown; those of more are folded.
const FEW: usize = 3;
/// The list of so many documents is shown.
const SHORT_LIST: usize = 40;
/// A page of more figures is laid out as it comes into view; a shorter one at once, as programs that take
/// pictures of pages need it.
const LONG: i64 = 3000;

/// A report under way.
pub struct Page {
    lang: Lang,
    documents: SpooledTempFile,
    index: SpooledTempFile,
    between: SpooledTempFile,
    undecided: SpooledTempFile,
    agreeing: SpooledTempFile,
    not_read: SpooledTempFile,
    totals: Totals,
    facts: i64,
    counts: [i64; COUNTS],
    rules: BTreeMap<String, Rule>,
    between_counts: [i64; COUNTS],
}

impl Page {
    /// One without documents yet.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        let spool = || SpooledTempFile::new(IN_MEMORY);
        Page {
            lang,
            documents: spool(),
            index: spool(),
            between: spool(),
            undecided: spool(),
            agreeing: spool(),
            not_read: spool(),
            totals: Totals::default(),
            facts: 0,
            counts: [0; COUNTS],
            rules: BTreeMap::new(),
            between_counts: [0; COUNTS],
        }
    }

    /// Takes in what [`pack`](super::pack) made of the next document.
    ///
    /// # Errors
    ///
    /// The temporary file that holds it cannot be written.
    pub fn add(&mut self, part: &[u8]) -> io::Result<()> {
        let mut cells = Cells::new(part);
        let mut words = || match cells.next() {
            Some(Cell::Text(text)) => (text, 0),
            Some(Cell::Int(number)) => ("", number),
            _ => ("", 0),
        };
        self.totals.documents += 1;
        let number = self.totals.documents;
        let (id, who) = (words().0, words().0);
        let (year, kind) = (words().1, words().0);
        let (facts, told, rules) = (words().1, words().1, words().1);
        self.facts += facts;
        self.totals.contradictions += usize::try_from(told).unwrap_or(0);
        self.totals.with_contradictions += usize::from(told > 0);
        let mut here = [0; COUNTS];
        for _ in 0..rules {
            let (id, lang) = (words().0, self.lang);
            let rule = self.rules.entry(id.to_owned()).or_insert_with(|| Rule::of_document(id, lang));
            for ((all, of_rule), of_page) in here.iter_mut().zip(&mut rule.counts).zip(&mut self.counts) {
                let count = words().1;
                *all += count;
                *of_rule += count;
                *of_page += count;
            }
        }
        let section = words().0;
        let mut row = Html::default();
        row.put(format_args!("<tr><td class=\"n\">{number}</td><th scope=\"row\"><a href=\"#d{number}\">"));
        row.element("bdi", who);
        row.raw("</a>");
        row.element("span class=\"path\"", id);
        row.raw("</th><td>");
        if year > 0 {
            row.put(format_args!("{year}"));
        }
        row.raw("</td>");
        row.element("td", kind);
        for (n, count) in here.iter().enumerate() {
            let class = match (n, count) {
                (_, 0) => "n zero",
                (0, _) => "n bad",
                _ => "n",
            };
            row.put(format_args!("<td class=\"{class}\">{count}</td>"));
        }
        row.raw("</tr>\n");
        self.index.write_all(row.out.as_bytes())?;
        // One write a document: what waits on disk is not buffered.
        self.documents.write_all(section.replace(NUMBER, &number.to_string()).as_bytes())
    }

    /// Tells that an input could not be read.
    ///
    /// # Errors
    ///
    /// The temporary file that holds it cannot be written.
    pub fn not_read(&mut self, error: &InputError) -> io::Result<()> {
        self.totals.not_read += 1;
        let mut html = Html::default();
        html.element("li", &error.message(self.lang));
        self.not_read.write_all(html.out.as_bytes())
    }

    /// Takes in a finding between documents; all documents are there already.
    ///
    /// # Errors
    ///
    /// The temporary file that holds it cannot be written.
    pub fn between(&mut self, library: &mut Library, finding: &Finding) -> io::Result<()> {
        let at = VERDICTS.iter().position(|v| *v == finding.verdict).unwrap_or(0);
        let id = finding.rule.id;
        let rule = self.rules.entry(format!("~{id}")).or_insert_with(|| Rule::between(finding.rule, self.lang));
        for counts in [&mut rule.counts, &mut self.between_counts] {
            if let Some(count) = counts.get_mut(at) {
                *count += 1;
            }
        }
        let number: i64 = self.between_counts.iter().sum();
        let mut html = Html::default();
        match finding.verdict {
            Verdict::Disagrees => {
                self.totals.across += 1;
                across::contradiction(&mut html, library, finding, number, self.lang);
                self.between.write_all(html.out.as_bytes())
            }
            Verdict::Partial | Verdict::Undecided => {
                across::line(&mut html, library, finding, number, self.lang);
                self.undecided.write_all(html.out.as_bytes())
            }
            Verdict::Exact | Verdict::Rounded => {
                across::line(&mut html, library, finding, number, self.lang);
                self.agreeing.write_all(html.out.as_bytes())
            }
        }
    }

    /// Writes the page.
    ///
    /// # Errors
    ///
    /// It cannot be written, or a temporary file cannot be read.
    pub fn finish(mut self, out: &mut impl Write) -> io::Result<()> {
        let lang = self.lang;
        let mut html = Html::default();
        self.head(&mut html);
        self.overview(&mut html);
        write(out, &mut html)?;
        self.inputs_not_read(out)?;
        self.list(out)?;
        html.raw("</section>\n");
        self.documents_between(&mut html, out)?;
        html.element("h2 class=\"hide\" id=\"documents\"", pick(lang, "各份文件", "Documents"));
        write(out, &mut html)?;
        let open = if self.totals.documents <= FEW { " open" } else { "" };
        copy(&mut self.documents, out, open)?;
        html.raw("</main>\n<footer><p>");
        html.text(&format!("gouji {}", env!("CARGO_PKG_VERSION")));
        html.raw("</p></footer>\n<script>");
        html.raw(&inline(include_str!("script.js")));
        html.raw("</script>\n</body>\n</html>\n");
        write(out, &mut html)?;
        out.flush()
    }

    fn head(&self, html: &mut Html) {
        let lang = self.lang;
        let (script, style) = (inline(include_str!("script.js")), inline(include_str!("style.css")));
        html.put(format_args!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n",
            pick(lang, "zh-CN", "en")
        ));
        html.raw("<meta http-equiv=\"Content-Security-Policy\"");
        html.attribute("content", &policy(&script, &style));
        html.raw(">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.raw(
            "<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"color-scheme\" content=\"light dark\">\n",
        );
        html.element("title", pick(lang, "勾稽检验报告", "Do the figures agree? A gouji report"));
        html.put(format_args!("\n<style>{style}</style>\n</head>\n<body>\n"));
        html.raw("<a class=\"skip\" href=\"#main\">");
        html.text(pick(lang, "跳到正文", "skip to the report"));
        html.raw("</a>\n<header class=\"top\" id=\"top\">");
        html.element("h1", pick(lang, "勾稽检验报告", "Do the figures agree?"));
        html.element("p class=\"lead\"", summary(&self.totals, Look::new(false, 80), lang).trim_end());
        html.element(
            "p",
            pick(
                lang,
                "本报告由程序依据文件所印数字复算得出，未查阅账簿。“矛盾”是指所印数字之间的差额超出四舍五入所能解释的范围；哪个数字有误、应作多少，均为推断，以账簿为准。",
                "A program recomputed this from the printed figures; it has not seen the books. A contradiction is a difference that no rounding explains. Which figure is wrong, and what it should be, is an inference: only the books can tell.",
            ),
        );
        html.raw("<nav");
        html.attribute("aria-label", pick(lang, "目录", "contents"));
        html.raw("><a href=\"#overview\">");
        html.text(pick(lang, "概览", "Overview"));
        html.raw("</a>");
        if self.between_counts.iter().any(|n| *n > 0) {
            html.raw(" <a href=\"#between\">");
            html.text(pick(lang, "跨文件勾稽", "Between documents"));
            html.raw("</a>");
        }
        html.raw(" <a href=\"#documents\">");
        html.text(pick(lang, "各份文件", "Documents"));
        // The script brings the buttons to light: without it they do nothing.
        html.raw("</a> <button type=\"button\" data-fold=\"open\" hidden>");
        html.text(pick(lang, "全部展开", "unfold all"));
        html.raw("</button> <button type=\"button\" data-fold=\"shut\" hidden>");
        html.text(pick(lang, "全部收起", "fold all"));
        html.raw("</button></nav></header>\n");
        html.raw(if self.facts > LONG {
            "<main id=\"main\" class=\"long\" tabindex=\"-1\">\n"
        } else {
            "<main id=\"main\" tabindex=\"-1\">\n"
        });
    }

    fn overview(&self, html: &mut Html) {
        html.raw("<section id=\"overview\" class=\"overview\" aria-labelledby=\"overview-h\">");
        html.element("h2 id=\"overview-h\"", pick(self.lang, "概览", "Overview"));
        let overview = Overview {
            lang: self.lang,
            totals: &self.totals,
            facts: self.facts,
            counts: &self.counts,
            between: &self.between_counts,
        };
        overview.tiles(html);
        overview.verdicts(html);
        overview.rules(html, self.rules.values().collect());
    }

    fn inputs_not_read(&mut self, out: &mut impl Write) -> io::Result<()> {
        if self.totals.not_read == 0 {
            return Ok(());
        }
        let mut html = Html::default();
        html.raw("<section class=\"list\" id=\"not-read\">");
        let n = self.totals.not_read;
        html.element(
            "h3",
            &match self.lang {
                Lang::Zh => format!("未能读取的输入 {n} 个"),
                Lang::En => format!("{n} input{} not read", if n == 1 { "" } else { "s" }),
            },
        );
        html.raw("<ul>");
        write(out, &mut html)?;
        copy(&mut self.not_read, out, "")?;
        out.write_all(b"</ul></section>\n")
    }

    /// The list of documents.
    fn list(&mut self, out: &mut impl Write) -> io::Result<()> {
        let n = self.totals.documents;
        if n < 2 {
            return Ok(());
        }
        let lang = self.lang;
        let mut html = Html::default();
        html.raw(if n <= SHORT_LIST {
            "<details class=\"index\" open><summary>"
        } else {
            "<details class=\"index\"><summary>"
        });
        html.element(
            "h3",
            &match lang {
                Lang::Zh => format!("{n} 份文件"),
                Lang::En => format!("{n} documents"),
            },
        );
        html.raw("</summary><div class=\"wide\"><table><thead><tr>");
        for (zh, en) in [("序号", "no."), ("单位", "organization"), ("年度", "year"), ("种类", "kind")] {
            html.element("th scope=\"col\"", pick(lang, zh, en));
        }
        for name in super::plot::column_names(lang) {
            html.element("th scope=\"col\" class=\"n\"", name);
        }
        html.raw("</tr></thead><tbody>\n");
        write(out, &mut html)?;
        copy(&mut self.index, out, "")?;
        out.write_all(b"</tbody></table></div></details>\n")
    }

    fn documents_between(&mut self, html: &mut Html, out: &mut impl Write) -> io::Result<()> {
        let all: i64 = self.between_counts.iter().sum();
        if all == 0 {
            return Ok(());
        }
        let lang = self.lang;
        html.raw("<section id=\"between\" class=\"between\" aria-labelledby=\"between-h\">");
        html.element("h2 id=\"between-h\"", pick(lang, "跨文件勾稽", "Between documents"));
        let [wrong, partial, undecided, rounded, exact, _] = self.between_counts;
        let (open, agree) = (partial + undecided, rounded + exact);
        html.element(
            "p class=\"lead\"",
            &match lang {
                Lang::Zh => format!("跨文件勾稽关系 {all} 项：矛盾 {wrong}，未定 {open}，相符 {agree}。"),
                Lang::En => {
                    format!("{all} relations between documents: {wrong} disagree, {open} undecided, {agree} agree.")
                }
            },
        );
        write(out, html)?;
        copy(&mut self.between, out, "")?;
        for (count, zh, en, spool) in
            [(open, "未定", "undecided", &mut self.undecided), (agree, "相符", "agreeing", &mut self.agreeing)]
        {
            if count > 0 {
                html.raw("<details class=\"lines\"><summary>");
                html.element(
                    "h3",
                    &match lang {
                        Lang::Zh => format!("{zh} {count} 项"),
                        Lang::En => format!("{count} {en}"),
                    },
                );
                html.raw("</summary><ul class=\"between-lines\">");
                write(out, html)?;
                copy(spool, out, "")?;
                out.write_all(b"</ul></details>\n")?;
            }
        }
        html.raw("</section>\n");
        Ok(())
    }
}

/// Writes what is gathered.
fn write(out: &mut impl Write, html: &mut Html) -> io::Result<()> {
    out.write_all(html.out.as_bytes())?;
    html.out.clear();
    Ok(())
}

/// Copies parts, `open` in the place of [`OPEN`].
fn copy(parts: &mut SpooledTempFile, out: &mut impl Write, open: &str) -> io::Result<()> {
    parts.seek(SeekFrom::Start(0))?;
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = match parts.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let mut first = true;
        for piece in buffer.get(..read).unwrap_or(&[]).split(|byte| *byte == OPEN as u8) {
            if !std::mem::take(&mut first) {
                out.write_all(open.as_bytes())?;
            }
            out.write_all(piece)?;
        }
    }
}
