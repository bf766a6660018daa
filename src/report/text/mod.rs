//! The report for people: who and what, the counts, each contradiction with
//! its sentences, the figures underlined, the arithmetic and the figure that is
//! most likely wrong; then, in short, what is worth knowing besides.

mod arithmetic;
pub(super) mod snippet;
pub(super) mod style;

pub use style::{Look, wrap};

use super::told::{Block, Sentence, Told, blocks};
use super::words::{clean, kind_name};
use crate::Analysis;
use crate::check::{Finding, Findings, Verdict};
use crate::document::{Lang, Places};
use crate::pattern::Packs;
use snippet::snippet;
use std::fmt::Write as _;
use style::{BOLD, DIM, NOTE, RIGHT, WRONG, cut, width};

/// Sentences shown of one block.
const MAX_SENTENCES: usize = 4;
/// Lines of each list in short.
const MAX_LINES: usize = 8;
/// Lines of what is not given: there are not many rules.
const MAX_ABSENCES: usize = 20;

/// What a run over several documents came to.
///
/// ```
/// use gouji::{document::Lang, report::text::{Look, Totals, summary}};
/// let totals = Totals { documents: 3, with_contradictions: 1, contradictions: 2, across: 0, not_read: 1 };
/// let line = summary(&totals, Look::new(false, 80), Lang::En);
/// assert_eq!(line, "3 documents, 1 of them with contradictions (2 in all); 1 input not read\n");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Documents that were read.
    pub documents: usize,
    /// Documents in which a finding disagrees.
    pub with_contradictions: usize,
    /// Findings that disagree.
    pub contradictions: usize,
    /// Findings between documents that disagree.
    pub across: usize,
    /// Inputs that could not be read.
    pub not_read: usize,
}

/// The last line of a report on several documents.
#[must_use]
pub fn summary(totals: &Totals, look: Look, lang: Lang) -> String {
    let Totals { documents, with_contradictions, contradictions, across, not_read } = *totals;
    let s = |n: usize| if n == 1 { "" } else { "s" };
    let mut line = match (lang, contradictions) {
        (Lang::Zh, 0) => format!("共 {documents} 份文件，均未发现矛盾"),
        (Lang::Zh, _) => {
            format!("共 {documents} 份文件，其中 {with_contradictions} 份有矛盾，合计 {contradictions} 处")
        }
        (Lang::En, 0) => format!("{documents} document{}, no contradiction found", s(documents)),
        (Lang::En, _) => format!(
            "{documents} document{}, {with_contradictions} of them with contradictions ({contradictions} in all)",
            s(documents)
        ),
    };
    if across > 0 {
        let _ = match lang {
            Lang::Zh => write!(line, "；文件之间有 {across} 处矛盾"),
            Lang::En => write!(line, "; {across} contradiction{} between documents", s(across)),
        };
    }
    if not_read > 0 {
        let _ = match lang {
            Lang::Zh => write!(line, "；{not_read} 个输入未能读取"),
            Lang::En => write!(line, "; {not_read} input{} not read", s(not_read)),
        };
    }
    let style = if contradictions + across + not_read > 0 { WRONG } else { RIGHT };
    format!("{}\n", look.paint(style, &line))
}

/// The report on one document.
///
/// ```
/// use gouji::document::{Lang, Raw, read};
/// use gouji::report::text::{Look, report};
/// let note = "2024年单位预算情况说明\n2024年支出预算502.48万元，其中：基本支出424.01万元，项目支出78.74万元。";
/// let document = read(&Raw::File { path: "甲.txt".into(), bytes: note.into() })?;
/// let packs = gouji::pattern::Packs::builtin().unwrap();
/// let analysis = gouji::analyze(packs, document, true);
/// let report = report(packs, &analysis, Look::new(false, 80), Lang::Zh);
/// assert!(report.contains("项目支出 78.74万元，疑应作 78.47万元（相邻两位数字颠倒）"), "{report}");
/// # Ok::<(), gouji::document::InputError>(())
/// ```
#[must_use]
pub fn report(packs: &Packs, analysis: &Analysis, look: Look, lang: Lang) -> String {
    let told = |f: &Finding| matches!(f.verdict, Verdict::Disagrees | Verdict::Partial | Verdict::Undecided);
    let told = Told::new(packs, analysis, lang, told);
    let mut page = Page { told, look, out: String::with_capacity(4096) };
    page.head(&analysis.findings);
    for (n, block) in blocks(&analysis.findings).iter().enumerate() {
        page.block(n + 1, block);
    }
    page.in_short(&analysis.findings);
    page.out
}

/// A report under way.
struct Page<'a> {
    told: Told<'a>,
    look: Look,
    out: String,
}

impl Page<'_> {
    fn head(&mut self, findings: &Findings) {
        let identity = &self.told.reading.identity;
        let year = identity.fiscal_year.map(|y| match self.told.lang {
            Lang::Zh => format!("{y}年度"),
            Lang::En => y.to_string(),
        });
        let title = self.told.document.title.as_deref().or(identity.title.as_deref());
        let who = identity.organization.as_deref().or(title).unwrap_or(&self.told.document.id);
        let mut rest = String::new();
        for part in year.as_deref().into_iter().chain([kind_name(identity.kind, self.told.lang)]) {
            let _ = write!(rest, " · {part}");
        }
        let who = cut(&clean(who), self.look.width.saturating_sub(2 + width(&rest)));
        let head = format!("{who}{rest}");
        let _ = writeln!(self.out, "{} {}", self.look.paint(BOLD, "■"), self.look.paint(BOLD, &head));
        let mut source = clean(&self.told.document.id).into_owned();
        if let Some(path) = self.told.document.path.as_deref().filter(|p| **p != *self.told.document.id) {
            let _ = match self.told.document.line.and_then(|line| u32::try_from(line).ok()) {
                Some(line) => write!(source, "  {} {}", clean(path), self.told.place(line)),
                None => write!(source, "  {}", clean(path)),
            };
        }
        for line in wrap(&source, self.look.width.saturating_sub(2)) {
            let _ = writeln!(self.out, "  {}", self.look.paint(DIM, &line));
        }
        self.counts(findings);
    }

    fn counts(&mut self, findings: &Findings) {
        let count = |v| findings.count(v);
        let (exact, rounded, wrong) = (count(Verdict::Exact), count(Verdict::Rounded), count(Verdict::Disagrees));
        let (partial, undecided) = (count(Verdict::Partial), count(Verdict::Undecided));
        let quantities = self.told.reading.quantities();
        let facts = self.told.reading.facts.len();
        let absences = findings.absences().count();
        let relations = findings.list.len() - absences;
        let mut items = match self.told.lang {
            Lang::Zh => {
                vec![format!("数字 {quantities} 个"), format!("事实 {facts} 条"), format!("勾稽关系 {relations} 项")]
            }
            Lang::En => {
                let many = |n: usize, one: &str, several: &str| format!("{n} {}", if n == 1 { one } else { several });
                vec![
                    many(quantities, "quantity", "quantities"),
                    many(facts, "fact", "facts"),
                    many(relations, "relation", "relations"),
                ]
            }
        };
        let verdicts = [
            (wrong, "矛盾", "disagree"),
            (exact, "相符", "exact"),
            (rounded, "尾差", "rounded"),
            (partial, "未列全", "partial"),
            (undecided, "未定", "undecided"),
        ];
        for (n, (count, zh, en)) in verdicts.into_iter().filter(|(count, ..)| *count > 0).enumerate() {
            let item = match self.told.lang {
                Lang::Zh => format!("{zh} {count}"),
                Lang::En => format!("{count} {en}"),
            };
            match items.last_mut() {
                Some(last) if n == 0 => *last = format!("{last}{}{item}", self.told.pick("：", ": ")),
                _ => items.push(item),
            }
        }
        if absences > 0 {
            items.push(match self.told.lang {
                Lang::Zh => format!("未列示 {absences} 项"),
                Lang::En => format!("{absences} not given"),
            });
        }
        let comma = self.told.pick("，", ", ");
        let mut line = String::new();
        for item in items {
            if width(&line) + width(comma) + width(&item) + 3 > self.look.width {
                let _ = writeln!(self.out, "  {line}{}", comma.trim_end());
                line.clear();
            } else if !line.is_empty() {
                line.push_str(comma);
            }
            line.push_str(&item);
        }
        let _ = writeln!(self.out, "  {line}");
        if wrong == 0 {
            let (style, verdict) = if facts == 0 {
                (NOTE, self.told.pick("未读到任何数字", "no figure was found"))
            } else if relations == 0 {
                (NOTE, self.told.pick("没有可以互相检验的数字", "no figures that could be tested against each other"))
            } else {
                (RIGHT, self.told.pick("✓ 未发现矛盾", "✓ no contradiction found"))
            };
            let _ = writeln!(self.out, "  {}", self.look.paint(style, verdict));
        }
    }

    fn block(&mut self, number: usize, block: &Block) {
        self.out.push('\n');
        let headline = self.told.headline(block);
        let mark = format!("✗ {number}");
        let indent = width(&mark) + 1;
        for (n, line) in wrap(&headline, self.look.width.saturating_sub(indent)).iter().enumerate() {
            if n == 0 {
                let _ = write!(self.out, "{} ", self.look.paint(WRONG, &mark));
            } else {
                let _ = write!(self.out, "{}", style::Blanks(indent));
            }
            let _ = writeln!(self.out, "{}", self.look.paint(BOLD, line));
        }
        if block.findings.len() > 1 {
            let n = block.findings.len();
            let line = match self.told.lang {
                Lang::Zh => format!("这一个数字有误，就能解释以下 {n} 处矛盾"),
                Lang::En => format!("this one wrong figure explains {n} contradictions"),
            };
            let _ = writeln!(self.out, "{}{}", style::Blanks(indent), self.look.paint(NOTE, &line));
        }
        self.sentences(block);
        for finding in &block.findings {
            let title = match self.told.lang {
                Lang::Zh => finding.rule.title_zh,
                Lang::En => finding.rule.title_en,
            };
            let _ =
                writeln!(self.out, "   {}  {}", self.look.paint(NOTE, title), self.look.paint(DIM, finding.rule.id));
            self.arithmetic(finding, block.suspect);
        }
        self.otherwise(block);
    }

    /// The sentences in which the figures stand, that of the suspect first.
    fn sentences(&mut self, block: &Block) {
        let sentences = self.told.sentences(block);
        for Sentence { range, row, marks } in sentences.iter().take(MAX_SENTENCES) {
            if let Some(row) = row {
                let row = cut(&clean(row), self.look.width.saturating_sub(5));
                let _ = writeln!(self.out, "     {}", self.look.paint(DIM, &row));
            }
            snippet(&mut self.out, self.look, &self.told.document.text, *range, marks);
        }
        let hidden = sentences.len().saturating_sub(MAX_SENTENCES);
        if hidden > 0 {
            let line = match self.told.lang {
                Lang::Zh => format!("…… 另有 {hidden} 句，所在行见下"),
                Lang::En => format!("… {hidden} more sentences; their lines are given below"),
            };
            let _ = writeln!(self.out, "      {}", self.look.paint(DIM, &line));
        }
    }

    /// What else may be wrong instead.
    fn otherwise(&mut self, block: &Block) {
        let others = self.told.otherwise(block);
        if others.is_empty() {
            return;
        }
        let title = self.told.pick("若该数字无误，则或为：", "if that figure is right, then perhaps:");
        let _ = writeln!(self.out, "   {}", self.look.paint(DIM, title));
        for other in others {
            for line in wrap(&other, self.look.width.saturating_sub(6)) {
                let _ = writeln!(self.out, "      {}", self.look.paint(DIM, &line));
            }
        }
    }

    fn in_short(&mut self, findings: &Findings) {
        self.hushed(findings);
        for verdict in [Verdict::Partial, Verdict::Undecided] {
            let list: Vec<&Finding> =
                findings.list.iter().filter(|f| f.verdict == verdict && !f.is_absence()).collect();
            let n = list.len();
            let title = match (verdict, self.told.lang) {
                (Verdict::Partial, Lang::Zh) => format!("未列全 {n} 项（只列出部分项目，不算错误）"),
                (Verdict::Partial, Lang::En) => format!("{n} partial (only some items are listed: no error)"),
                (_, Lang::Zh) => format!("未定 {n} 项（缺少条件，无法检验）"),
                (_, Lang::En) => format!("{n} undecided (an input is missing)"),
            };
            let lines = list
                .iter()
                .take(MAX_LINES)
                .map(|f| {
                    let place = f.facts.first().map(|id| self.told.place_of(*id)).unwrap_or_default();
                    let what = if verdict == Verdict::Partial {
                        self.told.partial(f)
                    } else {
                        f.message(self.told.packs, self.told.reading, self.told.lang)
                    };
                    (place, clean(&what).into_owned())
                })
                .collect();
            self.list(&title, lines, n);
        }
        self.absent(findings);
        let n = self.told.reading.unexplained.len();
        let title = match self.told.lang {
            Lang::Zh => format!("未能归类的数字 {n} 个"),
            Lang::En => format!("{n} numbers that nothing explains"),
        };
        let lines = self.around(&self.told.reading.unexplained);
        self.list(&title, lines, n);
        let n = self.told.reading.residue.len();
        let title = match self.told.lang {
            Lang::Zh => format!("模板残留 {n} 处（未删去的选项）"),
            Lang::En => format!("{n} remains of a template (choices not struck out)"),
        };
        let lines = self.around(&self.told.reading.residue);
        self.list(&title, lines, n);
        let n = self.told.document.diagnostics.len();
        let title = match self.told.lang {
            Lang::Zh => format!("读取时的提示 {n} 条"),
            Lang::En => format!("{n} remarks on how the input was read"),
        };
        let lines = self
            .told
            .document
            .diagnostics
            .iter()
            .take(MAX_LINES)
            .map(|d| (String::new(), clean(d.message(self.told.lang)).into_owned()))
            .collect();
        self.list(&title, lines, n);
    }

    /// Contradictions that the user's settings make little of.
    fn hushed(&mut self, findings: &Findings) {
        let list: Vec<&Finding> =
            findings.list.iter().filter(|f| f.verdict == Verdict::Disagrees && !f.is_told()).collect();
        let n = list.len();
        let title = match self.told.lang {
            Lang::Zh => format!("按设置不作矛盾提示 {n} 项"),
            Lang::En => format!("{n} contradictions that the settings make little of"),
        };
        let lines = list.iter().take(MAX_LINES).map(|f| {
            let place = f.facts.first().map(|id| self.told.place_of(*id)).unwrap_or_default();
            let title = self.told.pick(f.rule.title_zh, f.rule.title_en);
            (place, format!("{title}{}{}", self.told.pick("：", ": "), clean(&f.equation(self.told.reading))))
        });
        let lines = lines.collect();
        self.list(&title, lines, n);
    }

    /// What the disclosure rules require and the note does not give.
    fn absent(&mut self, findings: &Findings) {
        let n = findings.absences().count();
        let title = match self.told.lang {
            Lang::Zh => format!("公开规定要求而说明中未见 {n} 项（依据见 gouji explain 规则名）"),
            Lang::En => format!("{n} required by the disclosure rules and not given (gouji explain RULE cites them)"),
        };
        let lines = findings.absences().take(MAX_ABSENCES).map(|f| {
            let what = f.message(self.told.packs, self.told.reading, self.told.lang);
            (f.rule.id.to_owned(), clean(&what).into_owned())
        });
        let lines = lines.collect();
        self.list(&title, lines, n);
    }

    /// Spans of the view with a little of what stands around them.
    fn around(&self, spans: &[(u32, u32)]) -> Vec<(String, String)> {
        let text = &self.told.document.text;
        let mut places = Places::new(text);
        spans
            .iter()
            .take(MAX_LINES)
            .map(|(start, end)| {
                let (s, e) = self.told.view.source(*start, *end);
                let (line, s, e) = (places.at(s).1, s as usize, e as usize);
                let before = text.get(..s).unwrap_or("");
                let from = before
                    .char_indices()
                    .rev()
                    .take_while(|(_, c)| *c != '\n')
                    .nth(11)
                    .map_or_else(|| before.rfind('\n').map_or(0, |n| n + 1), |(at, _)| at);
                let after = text.get(e..).unwrap_or("");
                let upto = e + after
                    .char_indices()
                    .take_while(|(_, c)| *c != '\n')
                    .take(8)
                    .map(|(i, c)| i + c.len_utf8())
                    .last()
                    .unwrap_or(0);
                let part = |a: usize, b: usize| clean(text.get(a..b).unwrap_or("")).into_owned();
                (self.told.place(line), format!("{}【{}】{}", part(from, s), part(s, e), part(e, upto)))
            })
            .collect()
    }

    fn list(&mut self, title: &str, lines: Vec<(String, String)>, all: usize) {
        if all == 0 {
            return;
        }
        let _ = writeln!(self.out, "\n  {}", self.look.paint(NOTE, title));
        let column = lines.iter().map(|(place, _)| width(place)).max().unwrap_or(0);
        let hidden = all.saturating_sub(lines.len());
        for (place, what) in lines {
            let gap = if column == 0 { 0 } else { column - width(&place) + 2 };
            let what = cut(&what, self.look.width.saturating_sub(4 + column + 2));
            let _ = writeln!(self.out, "    {}{}{what}", self.look.paint(DIM, &place), style::Blanks(gap));
        }
        if hidden > 0 {
            let line = match self.told.lang {
                Lang::Zh => format!("…… 另 {hidden} 项，全部见 --format json"),
                Lang::En => format!("… {hidden} more; --format json has all"),
            };
            let _ = writeln!(self.out, "    {}", self.look.paint(DIM, &line));
        }
    }
}
