//! 勾稽 (gōujī) is the accountants' word for figures that must tie. This crate reads the budget notes that
//! Chinese government units publish, turns every figure in them into an exact fact that knows its place in
//! the text, and proves or disproves that the figures agree with each other.
//!
//! # The tour
//!
//! Data goes one way, and each stage knows only those before it:
//!
//! ```text
//! bytes → document → segment → lex → pattern → fact → check → across → report → panel, eval → cli
//! ```
//!
//! | module | makes | knows nothing of |
//! |---|---|---|
//! | [`document`] | text of bytes: format, charset, the note on a page, tables; and the way back to every byte | budgets |
//! | [`segment`] | a normalised [view](segment::View) of the text, paragraphs, headings; whose note it is | numbers |
//! | [`lex`] | tokens in one pass: quantities with unit and printed places, years, all words of the packs | meaning |
//! | [`pattern`] | compiled [packs](pattern::Packs) of terms, phrases, sections, identities and topics, as TOML files hold them | other clauses |
//! | [`fact`] | [facts](fact::Fact): what a figure is of, its year, measure, sign, base, fund; totals, components, drivers | right and wrong |
//! | [`check`] | relations between facts, their [verdicts](check::Verdict), and the figure that is probably wrong | text |
//! | [`across`] | the same between documents: years, departments and units, budgets and final accounts | more than a digest of each |
//! | [`report`] | JSON, CSV, a workbook and a report for people | new results |
//! | [`panel`] | one table of many notes, for statistics: CSV, Parquet, Excel, SQLite | what is right |
//! | [`eval`] | scores against notes annotated by hand; slips planted and looked for | how they are asked for |
//! | [`cli`] | arguments, exit codes, many documents at once | all the above |
//!
//! Two rules hold everywhere. **No floating point**: figures are [`rust_decimal::Decimal`], and a
//! tolerance is derived from the places in which figures are printed. **Nothing is lost in silence**: every
//! quantity of a text ends as a fact, as a decoy with its reason, or in the list of what nothing explains.
//!
//! ```
//! use gouji::check::Verdict;
//! use gouji::document::{Raw, read};
//! use gouji::pattern::Packs;
//!
//! let note = "清溪县水土保持站\n2024年单位预算情况说明\n\
//!     2024年支出预算502.48万元，其中：基本支出424.01万元，项目支出78.74万元。";
//! let document = read(&Raw::File { path: "note.txt".into(), bytes: note.into() })?;
//! let packs = Packs::builtin().expect("the packs in the program are sound");
//! let analysis = gouji::analyze(packs, document, true);
//!
//! let total = &analysis.reading.facts[0];
//! assert_eq!((total.label.as_str(), total.value.to_string().as_str()), ("支出预算", "502.48"));
//!
//! // 424.01 + 78.74 is 502.75; with two digits of the last part swapped it ties.
//! let wrong = &analysis.findings.list[0];
//! assert_eq!(wrong.verdict, Verdict::Disagrees);
//! assert_eq!(wrong.rule.id, "sum/parts-differ-from-total");
//! assert_eq!(wrong.suspects[0].suggested.unwrap().to_string(), "78.47");
//! # Ok::<(), gouji::document::InputError>(())
//! ```
//!
//! # Glossary
//!
//! One English word an idea, here and in the output.
//!
//! | word | of | meaning |
//! |---|---|---|
//! | *note* | 说明 | a document that a unit publishes about its budget or final account |
//! | *organization* | 单位, 部门 | who publishes it |
//! | *quantity* | | a number in the text that counts or measures something |
//! | *fact* | | a figure with all that it says of itself and inherits |
//! | *concept* | | what a figure is of, as a dotted id: `three_public.reception` |
//! | *label* | | what a figure is of, as the note calls it |
//! | *level* | 数额 | a stated amount or count |
//! | *change* | 增减额 | by how much a level differs from that of the basis |
//! | *growth* | 增减率 | a change in per cent |
//! | *share* | 占比 | a part in per cent of its whole |
//! | *completion* | 完成率 | an execution in per cent of its budget |
//! | *basis* | 比较基期 | what a change, growth, share or completion is measured against |
//! | *stage* | 预算, 调整, 执行, 决算 | how far along its year an amount is |
//! | *fund* | 资金性质 | 一般公共预算, 政府性基金, 国有资本经营; 财政拨款 is the three together |
//! | *appropriation* | 拨款 | money from a fund |
//! | *carryover* | 结转结余 | money of the year before |
//! | *part* | | the office, unit or place that a figure is for, when not the whole |
//! | *component* | 其中 | one of the items that make up a total |
//! | *driver* | 主要原因 | one of the items that explain a change |
//! | *unit* | 万元, 人 | of measure, never an organisation |
//! | *span*, *quote* | | where something stands in the text; the text there |
//! | *decoy* | | a number that is no quantity: a date, a phone number, a document's number |
//! | *pack* | | a TOML file of terms, phrases, sections, identities or topics |
//! | *panel* | 面板数据 | one table of the figures of many organisations and years |
//! | *relation* | 勾稽关系 | an equation over facts |
//! | *finding* | | a relation with its verdict |
//! | *stated*, *computed* | | as printed; as the other figures make it |
//! | *suspect*, *slip* | | the figure that is probably wrong; the slip of the pen that explains it |

pub mod across;
pub mod check;
pub mod cli;
pub mod document;
pub mod eval;
pub mod fact;
pub mod lex;
pub mod panel;
pub mod pattern;
pub mod report;
pub mod segment;

/// Everything that is known of one document.
#[derive(Debug)]
pub struct Analysis {
    /// The document.
    pub document: document::Document,
    /// Its normalised view.
    pub view: segment::View,
    /// What was read from it.
    pub reading: fact::Reading,
    /// What was tested.
    pub findings: check::Findings,
}

/// Reads a document and, if asked, verifies it.
pub fn analyze(packs: &pattern::Packs, document: document::Document, verify: bool) -> Analysis {
    analyze_with(packs, document, verify.then_some(&check::Settings::default()))
}

/// Reads a document and, given settings, verifies it as they say.
pub fn analyze_with(
    packs: &pattern::Packs,
    document: document::Document,
    settings: Option<&check::Settings>,
) -> Analysis {
    let view = segment::View::new(&document.text, &document.tables);
    let mut segments = segment::segment(&view, document.title.as_deref());
    if let Some(published) = document.date.as_deref() {
        segments.identity.date(published, &view.text);
    }
    let reading = fact::read(packs, &view, segments);
    let verified = |settings| {
        let topics = fact::Topics::of(packs, &view);
        check::check_with(packs, &reading, Some(&topics), settings)
    };
    let findings = settings.map(verified).unwrap_or_default();
    Analysis { document, view, reading, findings }
}
