//! The command line as it is typed. The English help stands here, the Chinese
//! in `help_zh.rs`; a test holds them to the same arguments.

use crate::document::Lang;
use crate::eval::Part;
use crate::eval::mutation::Slip;
use crate::pattern::Stage;
use clap::builder::PossibleValuesParser;
use clap::builder::styling::{AnsiColor, Effects, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().effects(Effects::BOLD))
    .usage(AnsiColor::Green.on_default().effects(Effects::BOLD))
    .literal(AnsiColor::Cyan.on_default().effects(Effects::BOLD))
    .placeholder(AnsiColor::Cyan.on_default());

/// Reads Chinese public budget notes and tells which of their figures do not agree.
///
/// A note (单位预算情况说明, “三公”经费说明, 决算公开说明, county budget report) is read as text, HTML,
/// Word, Excel or JSON Lines, from archives too. Every figure becomes a fact with its item, year, unit and place in the text; whatever
/// facts must tie (totals and components, changes and levels, growth rates, shares, figures stated
/// twice) is recomputed exactly, and the figure that is most likely wrong is named.
#[derive(Debug, Parser)]
#[command(
    name = "gouji",
    version,
    styles = STYLES,
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "\
Try:
  gouji check note.txt                     what is wrong in one note
  gouji check notes/ --format jsonl        a whole folder, one JSON object a note
  gouji check notes/ -o report.html        a page to read, print and send on
  gouji extract notes.jsonl --format csv   all figures as a table for a spreadsheet
  gouji explain sum/parts-differ-from-total

Exit status: 0 all agree; 1 a finding disagrees (check); 2 wrong usage or a broken pattern pack;
3 an input could not be read (the others are done and reported)."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub common: Common,
}

/// Options of every command.
#[derive(Debug, Args)]
pub struct Common {
    /// Language of help, reports and messages [default: the locale's (LC_ALL, LC_MESSAGES, LANG), else zh]
    #[arg(long, global = true, value_name = "LANG", value_enum)]
    pub lang: Option<LangArg>,
    /// Read more pattern packs from DIR (lexicon/, phrases/, sections/, identities/, topics/); a file of the same name replaces the built-in one
    #[arg(long, global = true, value_name = "DIR")]
    pub patterns: Option<PathBuf>,
    /// Colours in reports; auto follows the terminal, NO_COLOR and CLICOLOR
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = ColorArg::Auto)]
    pub color: ColorArg,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Extract every figure and verify that they agree
    ///
    /// Prints a report for people by default: which figures contradict each other, where, by how
    /// much, and which one is most likely wrong. Exit status 1 if anything disagrees. Settings are read
    /// from gouji.toml in this folder or one above it.
    Check(Check),
    /// Extract every figure, verify nothing
    Extract(Extract),
    /// Make one table of many notes, for statistics
    ///
    /// One row a figure with its source and the verdict of the relations in which it stands, or, with
    /// --wide, one row an organisation and year. Of notes that are duplicates or superseded only one counts.
    Panel(Panel),
    /// Print a document's text exactly as the spans of facts count it
    ///
    /// `span` and `sentence` in the output are half-open ranges of Unicode code points of this text.
    Text(Text),
    /// Explain a rule, a pattern or a concept
    ///
    /// A rule is explained with its examples, which are run; a concept with its names and codes; a
    /// pattern with its template and examples. Without ID, everything that can be explained is listed.
    Explain(Explain),
    /// List, test or lint the pattern packs
    Patterns(Patterns),
    /// Print the JSON Schema of the JSON output
    Schema,
    /// Score the program against annotated notes
    ///
    /// Compares facts field by field, relations by verdict and errors by culprit with what people
    /// annotated. With --mutate, plants slips of the pen into the notes without errors, one at a
    /// time, and tells which of them are found. Exit status 3 if an annotation is broken.
    Eval(Eval),
    /// Read documents for another process of this program
    #[command(hide = true)]
    Worker(Worker),
}

/// `gouji worker`: started by the program itself.
#[derive(Debug, Args)]
pub struct Worker {
    /// Seconds that a document may take
    #[arg(long)]
    pub seconds: Option<u64>,
    /// Bytes of address space that this process may take
    #[arg(long)]
    pub bytes: Option<u64>,
}

/// What a document in a binary format may cost.
#[derive(Debug, Clone, Copy, Args)]
pub struct LimitArgs {
    /// Seconds that one document in a binary format may take, and each member of an archive; 0 is no limit
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub doc_timeout: u64,
    /// MiB of memory that a process may take which reads documents in binary formats (Linux); 0 is no limit
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    pub doc_memory: u64,
}

/// What is read.
#[derive(Debug, Args)]
pub struct InputArgs {
    /// Files (text, web pages, PDF, Word, Excel, OFD, JSON Lines, zip, RAR), folders (walked), or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Documents worked on at the same time; 0 means all cores. The output never depends on it [default: 1; with -o 0]
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<usize>,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// Results that go to a folder.
#[derive(Debug, Args)]
pub struct OutputArgs {
    /// Write JSON Lines into the folder DIR, many documents a file, so that a run that was stopped can be gone on with; for check, a name that ends in .xlsx is that of a workbook, one that ends in .html that of a page
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// With -o: go on with the results that lie there; inputs that have not changed are not done again
    #[arg(long, requires = "output")]
    pub resume: bool,
    /// With -o: documents in a file
    #[arg(long, value_name = "N", default_value_t = 1000, requires = "output")]
    pub shard: usize,
}

/// `gouji check`
#[derive(Debug, Args)]
pub struct Check {
    #[allow(missing_docs)]
    #[command(flatten)]
    pub input: InputArgs,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub output: OutputArgs,
    /// Form of the output: text for people; json one object or an array; jsonl one line a document; csv one row a fact; xlsx a workbook with live formulas, with -o FILE.xlsx; html one page that works offline, to read, print and send on [default: text; with -o jsonl, or as the name of a file says]
    #[arg(long, short, value_enum)]
    pub format: Option<CheckFormat>,
    /// With --format csv: one row a finding instead of one row a fact
    #[arg(long)]
    pub findings: bool,
    /// Set documents against each other too: years, department and units, budget and final account [default: with --format text and html, for up to 100000 documents]
    #[arg(long, overrides_with = "no_across")]
    pub across: bool,
    /// Verify each document by itself alone
    #[arg(long, overrides_with = "across")]
    pub no_across: bool,
    /// Read settings from FILE instead of the nearest gouji.toml: rules on or off, how much they weigh, smallest differences, required sections, order
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Read no settings: all rules as they are
    #[arg(long, conflicts_with = "config")]
    pub no_config: bool,
}

/// `gouji extract`
#[derive(Debug, Args)]
pub struct Extract {
    #[allow(missing_docs)]
    #[command(flatten)]
    pub input: InputArgs,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub output: OutputArgs,
    /// Form of the output: json one object or an array; jsonl one line a document; csv one row a fact [default: json; with -o jsonl]
    #[arg(long, short, value_enum)]
    pub format: Option<ExtractFormat>,
}

/// `gouji panel`
#[derive(Debug, Args)]
pub struct Panel {
    #[allow(missing_docs)]
    #[command(flatten)]
    pub input: InputArgs,
    /// The file to write; its extension tells the format: .csv, .parquet, .xlsx, .sqlite
    #[arg(long, short, value_name = "FILE")]
    pub output: PathBuf,
    /// One row an organisation and year, one column a concept (money in yuan), each with a column of its quality
    #[arg(long)]
    pub wide: bool,
    /// With --wide: the columns, CONCEPT, CONCEPT@FUND or NAME=CONCEPT, separated by commas [default: thirty common ones]
    #[arg(long, value_name = "LIST", requires = "wide")]
    pub concepts: Option<String>,
    /// With --wide: the stage of the figures
    #[arg(long, value_name = "STAGE", value_enum, default_value_t = StageArg::Budget, requires = "wide")]
    pub stage: StageArg,
    /// List all notes, which of them count and why, in another file
    #[arg(long, value_name = "FILE")]
    pub notes: Option<PathBuf>,
    /// Describe every column in Chinese and English; Markdown, or a table by extension
    #[arg(long, value_name = "FILE")]
    pub codebook: Option<PathBuf>,
}

/// `panel --stage`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum StageArg {
    Budget,
    Adjusted,
    Executed,
    Final,
}

impl From<StageArg> for Stage {
    fn from(stage: StageArg) -> Self {
        match stage {
            StageArg::Budget => Stage::Budget,
            StageArg::Adjusted => Stage::Adjusted,
            StageArg::Executed => Stage::Executed,
            StageArg::Final => Stage::Final,
        }
    }
}

/// `gouji text`
#[derive(Debug, Args)]
pub struct Text {
    /// A file (of JSON Lines every record, of an archive every member), or - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Print the tables as Markdown, for reading; spans don't count in this text
    #[arg(long)]
    pub markdown: bool,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// `gouji explain`
#[derive(Debug, Args)]
pub struct Explain {
    /// A rule (sum/parts-differ-from-total), a pattern (change/amount), a concept (three_public) or its Chinese name
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// Explain every rule, not only list them
    #[arg(long, conflicts_with = "id")]
    pub all: bool,
    /// Form of the output
    #[arg(long, short, value_enum, default_value_t = DocFormat::Text)]
    pub format: DocFormat,
}

/// `gouji patterns`
#[derive(Debug, Args)]
pub struct Patterns {
    /// What to do with them.
    #[command(subcommand)]
    pub command: PatternsCommand,
}

/// `gouji patterns …`
#[derive(Debug, Subcommand)]
pub enum PatternsCommand {
    /// List the patterns and topics: id, template or words, file
    List {
        /// Form of the output
        #[arg(long, short, value_enum, default_value_t = ExplainFormat::Text)]
        format: ExplainFormat,
    },
    /// Run every example and counterexample of the packs
    ///
    /// Each example is read with all packs: what is missing, noisy, of wrong value or read by
    /// another pattern is named. Exit status 2 if one fails.
    Test {
        /// Only patterns and topics whose id begins with this
        #[arg(value_name = "ID")]
        id: Option<String>,
    },
    /// Find what does nothing in the packs
    ///
    /// Patterns that nothing uses or that others shadow, patterns that quarrel over one text, names and
    /// headings that can never be found, topics that no rule asks for are problems: exit status 1. Names that just
    /// don't occur in the notes are counted by file; a field has more names than any folder of notes.
    Lint(Lint),
}

/// `gouji patterns lint`
#[derive(Debug, Args)]
pub struct Lint {
    /// Notes to look for use in, plain or annotated; without them only the examples of the packs are looked through
    #[arg(value_name = "DIR")]
    pub notes: Option<PathBuf>,
    /// Form of the output
    #[arg(long, short, value_enum, default_value_t = ExplainFormat::Text)]
    pub format: ExplainFormat,
    /// List how often everything is used, and the names that never occur
    #[arg(long, short)]
    pub verbose: bool,
}

/// `gouji eval`
#[derive(Debug, Args)]
pub struct Eval {
    /// Folder of annotated notes; each lies in a folder of its own: note.txt (.html, .jsonl), facts.json, findings.json, source.toml
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Only notes of this part (`part` in source.toml); single test notes and their confusions are told only with test
    #[arg(long, value_name = "PART", value_enum, default_value_t = PartArg::All)]
    pub part: PartArg,
    /// Form of the output
    #[arg(long, short, value_enum, default_value_t = ExplainFormat::Text)]
    pub format: ExplainFormat,
    /// Pieces worked on at the same time; 0 means all cores. The output never depends on it
    #[arg(long, short, value_name = "N", default_value_t = 0)]
    pub jobs: usize,
    /// Plant slips into the notes without errors and look for them
    #[arg(long)]
    pub mutate: bool,
    /// With --mutate: decides all that is left to chance
    #[arg(long, value_name = "N", default_value_t = 1, requires = "mutate")]
    pub seed: u64,
    /// With --mutate: only this kind of slip; those that are missed are listed
    #[arg(long, value_name = "NAME", requires = "mutate", value_parser = PossibleValuesParser::new(Slip::NAMES))]
    pub slip: Option<String>,
    /// With --mutate: at most N slips of each kind
    #[arg(long, value_name = "N", requires = "mutate")]
    pub sample: Option<usize>,
}

/// `eval --part`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum PartArg {
    Train,
    Test,
    All,
}

impl From<PartArg> for Option<Part> {
    fn from(part: PartArg) -> Self {
        match part {
            PartArg::Train => Some(Part::Train),
            PartArg::Test => Some(Part::Test),
            PartArg::All => None,
        }
    }
}

/// `--lang`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum LangArg {
    Zh,
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Zh => Lang::Zh,
            LangArg::En => Lang::En,
        }
    }
}

/// `--color`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum ColorArg {
    Auto,
    Always,
    Never,
}

/// `check --format`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum CheckFormat {
    Text,
    Json,
    Jsonl,
    Csv,
    Xlsx,
    Html,
}

/// `extract --format`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum ExtractFormat {
    Json,
    Jsonl,
    Csv,
}

/// `explain --format`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum DocFormat {
    Text,
    Json,
    Markdown,
}

/// `--format` of what is listed or scored
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum ExplainFormat {
    Text,
    Json,
}
