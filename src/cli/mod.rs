//! The last stage: arguments, exit codes, the way of many documents, messages.
//! What is written is made by [`report`](crate::report).

pub mod args;
mod config;
mod eval;
pub mod examples;
mod explain;
mod help_zh;
mod lang;
pub mod lint;
mod near;
mod page;
mod panel;
mod patterns;
mod pipeline;
mod progress;
mod results;
mod screen;
mod sink;
mod workbook;
mod worker;

use crate::across::{Across, MANY_DOCUMENTS};
use crate::check::Settings;
use crate::document::{Inputs, Lang, read_with};
use crate::pattern::{PackError, Packs};
use crate::report::schema;
use args::{Check, CheckFormat, Cli, Command, ExtractFormat, InputArgs, LimitArgs, OutputArgs, PatternsCommand};
use clap::{CommandFactory, FromArgMatches};
use pipeline::{Done, Work};
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::report::csv::Table;
use explain::Explainer;
use lang::pick;
use progress::Progress;
use screen::Screen;
use worker::{Limits, Workers};

/// More threads than this are of no use.
const MAX_JOBS: usize = 256;
/// Bytes gathered before they are written; a document's output that is longer is
/// written without being copied.
const OUTPUT_BYTES: usize = 32 * 1024;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All figures agree, or nothing was to be verified.
    Agree,
    /// A finding disagrees, or something in the packs does nothing.
    Disagree,
    /// Wrong usage, a broken pack, or an output that could not be written.
    Usage,
    /// An input could not be read; the others were done.
    Input,
}

impl Exit {
    /// The program's exit status.
    ///
    /// ```
    /// assert_eq!(gouji::cli::Exit::Input.code(), 3);
    /// ```
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Exit::Agree => 0,
            Exit::Disagree => 1,
            Exit::Usage => 2,
            Exit::Input => 3,
        }
    }
}

/// Runs the program on its arguments, the first of which is its own name.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Exit {
    let args: Vec<OsString> = args.into_iter().collect();
    let lang = lang::detect(&args);
    let command = match lang {
        Lang::Zh => help_zh::translate(Cli::command()),
        Lang::En => Cli::command(),
    };
    let parsed = command.try_get_matches_from(&args).and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            match help_zh::usage_error(&error).filter(|_| lang == Lang::Zh) {
                Some(message) => complain(&format!("{message}\n用法见 gouji --help")),
                // Help and version are no errors; a closed pipe is none either.
                None => drop(error.print()),
            }
            return if error.use_stderr() { Exit::Usage } else { Exit::Agree };
        }
    };
    match dispatch(cli, lang) {
        Ok(exit) => exit,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Agree,
        Err(error) => {
            let what = pick(lang, "无法写出结果", "the output could not be written");
            complain(&format!("{what}: {error}"));
            Exit::Usage
        }
    }
}

/// Writes a line to standard error; there is nowhere to report that it failed.
fn complain(message: &str) {
    let _ = writeln!(io::stderr().lock(), "gouji: {message}");
}

fn dispatch(cli: Cli, lang: Lang) -> io::Result<Exit> {
    let common = cli.common;
    let screen = Screen { lang, color: common.color };
    let patterns = common.patterns.as_deref();
    let packs = || load(patterns, lang);
    match cli.command {
        Command::Check(check) if check.findings && check.format != Some(CheckFormat::Csv) => {
            complain(pick(
                lang,
                "--findings 只与 --format csv 合用（其他格式本来就有全部检验结果）",
                "--findings goes with --format csv only (the other formats have all findings anyway)",
            ));
            Ok(Exit::Usage)
        }
        Command::Check(check)
            if check.across
                && check.output.output.is_some()
                && !page::is_wanted(check.format, check.output.output.as_deref()) =>
        {
            complain(pick(
                lang,
                "--across 不能与 -o 合用（结果文件夹与工作簿只存各文件自身的检验结果）",
                "--across does not go with -o (folders of results and workbooks hold what is told of each document by itself)",
            ));
            Ok(Exit::Usage)
        }
        Command::Check(check) => {
            let Some(packs) = packs() else {
                return Ok(Exit::Usage);
            };
            let Some(settings) = settings(&check, packs, lang) else {
                return Ok(Exit::Usage);
            };
            if workbook::is_wanted(check.format, check.output.output.as_deref()) {
                return workbook::run(packs, &check.input, &check.output, settings, lang);
            }
            let to_page = page::is_wanted(check.format, check.output.output.as_deref());
            if let Some(folder) = check.output.output.as_ref().filter(|_| !to_page) {
                if check.format.is_some_and(|format| format != CheckFormat::Jsonl) {
                    return Ok(only_lines(lang));
                }
                return into_folder(packs, &check.input, folder, &check.output, Some(settings), patterns, &screen);
            }
            let format = match check.format.unwrap_or(CheckFormat::Text) {
                _ if to_page => sink::Format::Html,
                CheckFormat::Html => sink::Format::Html,
                CheckFormat::Text => sink::Format::Text,
                CheckFormat::Json => sink::Format::Json,
                CheckFormat::Jsonl => sink::Format::Jsonl,
                CheckFormat::Csv if check.findings => sink::Format::Csv(Table::Findings),
                CheckFormat::Csv | CheckFormat::Xlsx => sink::Format::Csv(Table::Facts),
            };
            // What other programs read is of the documents alone, unless more is asked for.
            let across = match (check.across, check.no_across, format) {
                (true, ..) => Between::Always,
                (false, false, sink::Format::Text | sink::Format::Html) => Between::Few,
                _ => Between::Never,
            };
            let verify = Some((settings, across));
            match &check.output.output {
                Some(file) => page::run(packs, &check.input, &check.output, file, verify, &screen),
                None => documents(packs, &check.input, format, verify, &screen, to_stdout()),
            }
        }
        Command::Extract(extract) => {
            let Some(packs) = packs() else {
                return Ok(Exit::Usage);
            };
            if let Some(folder) = &extract.output.output {
                if extract.format.is_some_and(|format| format != ExtractFormat::Jsonl) {
                    return Ok(only_lines(lang));
                }
                return into_folder(packs, &extract.input, folder, &extract.output, None, patterns, &screen);
            }
            let format = match extract.format.unwrap_or(ExtractFormat::Json) {
                ExtractFormat::Json => sink::Format::Json,
                ExtractFormat::Jsonl => sink::Format::Jsonl,
                ExtractFormat::Csv => sink::Format::Csv(Table::Facts),
            };
            documents(packs, &extract.input, format, None, &screen, to_stdout())
        }
        Command::Panel(wanted) => {
            let Some(packs) = packs() else {
                return Ok(Exit::Usage);
            };
            panel::run(packs, &wanted, lang)
        }
        Command::Text(text) => print_text(&text, lang),
        Command::Explain(explain) => {
            let Some(packs) = packs() else {
                return Ok(Exit::Usage);
            };
            let explainer = Explainer { packs, format: explain.format, look: screen.look(), lang };
            explainer.run(explain.id.as_deref(), explain.all, buffered())
        }
        Command::Patterns(wanted) => {
            let Some(packs) = packs() else {
                return Ok(Exit::Usage);
            };
            match wanted.command {
                PatternsCommand::List { format } => patterns::list(packs, format, buffered()),
                PatternsCommand::Test { id } => patterns::test(packs, id.as_deref(), lang, buffered()),
                PatternsCommand::Lint(wanted) => lint::run(packs, &wanted, lang, buffered()),
            }
        }
        Command::Eval(wanted) => {
            let Some(packs) = packs() else {
                return Ok(Exit::Usage);
            };
            eval::run(packs, &wanted, lang, buffered())
        }
        Command::Worker(wanted) => {
            // The other process is told by its pipe that this one is gone.
            let _ = worker::run_child(wanted.seconds.map(Duration::from_secs), wanted.bytes);
            Ok(Exit::Agree)
        }
        Command::Schema => {
            let mut out = buffered();
            out.write_all(schema().as_bytes())?;
            out.flush()?;
            Ok(Exit::Agree)
        }
    }
}

/// Standard output, locked.
fn buffered() -> io::BufWriter<io::StdoutLock<'static>> {
    io::BufWriter::with_capacity(OUTPUT_BYTES, io::stdout().lock())
}

/// The packs; for the rest of the run, so they may as well stay for ever.
fn load(folder: Option<&Path>, lang: Lang) -> Option<&'static Packs> {
    let complain_all = |errors: &[PackError]| {
        for error in errors {
            complain(&error.to_string());
        }
        let count = errors.len();
        complain(&match lang {
            Lang::Zh => format!("模式包有 {count} 处错误，未读取任何文件"),
            Lang::En => format!("{count} error(s) in the pattern packs; nothing was read"),
        });
    };
    match folder {
        None => Packs::builtin().map_err(complain_all).ok(),
        Some(folder) => Packs::with_folder(folder)
            .map_err(|errors| complain_all(&errors))
            .ok()
            .map(|packs| &*Box::leak(Box::new(packs))),
    }
}

/// The settings that a check is to follow; `None` if they are wrong, which is told.
fn settings(check: &Check, packs: &Packs, lang: Lang) -> Option<Settings> {
    if check.no_config {
        return Some(Settings::default());
    }
    let folder = std::env::current_dir().ok();
    let errors = match config::load(check.config.as_deref(), folder.as_deref(), packs) {
        Ok(settings) => return Some(settings),
        Err(errors) => errors,
    };
    for error in &errors {
        complain(&error.message(lang));
    }
    let count = errors.len();
    complain(&match lang {
        Lang::Zh => format!("配置文件有 {count} 处错误，未读取任何文件"),
        Lang::En => format!("{count} error(s) in the configuration; nothing was read"),
    });
    None
}

/// How many threads `--jobs` asks for.
fn threads(jobs: usize) -> usize {
    match jobs {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        jobs => jobs.min(MAX_JOBS),
    }
}

/// What processes may take that read binary formats.
fn limits(args: LimitArgs) -> Limits {
    let some = |n: u64| (n > 0).then_some(n);
    Limits {
        time: some(args.doc_timeout).map(Duration::from_secs),
        memory: some(args.doc_memory).map(|mebibytes| mebibytes.saturating_mul(1024 * 1024)),
    }
}

/// The processes that read binary formats, within the limits that are asked for.
fn processes(input: &InputArgs) -> Workers {
    Workers::new(limits(input.limits))
}

/// Says how many members of archives were passed over, if any were.
fn tell_skipped(count: u64, lang: Lang) {
    if count > 0 {
        complain(&match lang {
            Lang::Zh => format!("压缩包内另有 {count} 个图片等附属文件，已跳过"),
            Lang::En => format!("{count} member(s) of archives are pictures and the like and were passed over"),
        });
    }
}

/// When documents are set against each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Between {
    Always,
    /// Unless there are very many.
    Few,
    Never,
}

/// Where a run's output goes.
struct Out<W> {
    to: W,
    is_file: bool,
}

/// To standard output.
fn to_stdout() -> Out<io::BufWriter<io::StdoutLock<'static>>> {
    Out { to: buffered(), is_file: false }
}

/// Works on all documents; `verify` is none where nothing is verified.
fn documents(
    packs: &'static Packs,
    input: &InputArgs,
    format: sink::Format,
    verify: Option<(Settings, Between)>,
    screen: &Screen,
    out: Out<impl Write>,
) -> io::Result<Exit> {
    let (lang, look) = (screen.lang, screen.look());
    let (settings, between) = verify.map_or((None, Between::Never), |(settings, between)| (Some(settings), between));
    let mut across = (between != Between::Never).then(Across::new);
    let limit = if between == Between::Always { usize::MAX } else { MANY_DOCUMENTS };
    let render = Arc::new(sink::Renderer { packs, format, lang, look });
    let workers = processes(input);
    let settings = settings.map(Arc::new);
    let work = Work { packs, settings, across: across.is_some(), render, earlier: None, workers };
    let mut sink = sink::Sink::new(out.to, format, look, lang)?;
    // A report on the same terminal shows well enough how far it is.
    let progress = Progress::new(&input.paths, out.is_file || !io::stdout().is_terminal(), lang);
    let jobs = threads(input.jobs.unwrap_or(if out.is_file { 0 } else { 1 }));
    let mut too_many = false;
    let mut exit = each(input, &work, jobs, progress, lang, &mut |done| {
        if let (Some(digest), Some(all)) = (done.digest.take(), &mut across) {
            all.add(digest);
            too_many |= all.documents() > limit;
        }
        if too_many {
            across = None;
        }
        if done.error.is_some() {
            // On a terminal, what was written before is to be read before.
            sink.flush()?;
        }
        sink.write(done)
    })?;
    if let Some(across) = across {
        let counts = sink.across(&mut across.finish(packs))?;
        if counts.disagree > 0 && exit == Exit::Agree {
            exit = Exit::Disagree;
        }
    }
    if too_many {
        sink.flush()?;
        complain(&match lang {
            Lang::Zh => format!(
                "超过 {MANY_DOCUMENTS} 份文件，未做跨文件检验（仍要检验请加 --across，不再提示请加 --no-across）"
            ),
            Lang::En => format!(
                "more than {MANY_DOCUMENTS} documents: they were not set against each other (--across does it all the same, --no-across silences this)"
            ),
        });
    }
    sink.finish()?;
    Ok(exit)
}

/// Works on all inputs; complains of those that could not be read.
fn each(
    input: &InputArgs,
    work: &Work,
    jobs: usize,
    mut progress: Progress,
    lang: Lang,
    sink: &mut dyn FnMut(&mut Done) -> io::Result<()>,
) -> io::Result<Exit> {
    let mut exit = Exit::Agree;
    let inputs = Inputs::new(&input.paths).unpacked_by(Arc::new(work.workers.clone()));
    let skipped = inputs.skipped();
    pipeline::run(inputs, work, jobs, |done| {
        progress.step(done);
        if let Some(message) = done.error.as_ref().map(|error| error.message(lang)) {
            sink(done)?;
            progress.around(|| complain(&message));
            exit = Exit::Input;
            return Ok(());
        }
        if done.disagreeing > 0 && exit == Exit::Agree {
            exit = Exit::Disagree;
        }
        sink(done)
    })?;
    progress.end();
    tell_skipped(skipped.count(), lang);
    Ok(exit)
}

fn only_lines(lang: Lang) -> Exit {
    complain(pick(
        lang,
        "-o 写出的是 JSON Lines，不能与其他 --format 合用；其他格式请重定向到文件",
        "-o writes JSON Lines and goes with no other --format; send other formats to a file by >",
    ));
    Exit::Usage
}

/// Results that go to a folder, and can be gone on with.
fn into_folder(
    packs: &'static Packs,
    input: &InputArgs,
    folder: &Path,
    output: &OutputArgs,
    settings: Option<Settings>,
    patterns: Option<&Path>,
    screen: &Screen,
) -> io::Result<Exit> {
    let begin = Instant::now();
    let lang = screen.lang;
    let wanted = results::Wanted {
        folder,
        resume: output.resume,
        shard: output.shard,
        paths: &input.paths,
        settings: settings.as_ref(),
        lang,
        patterns,
    };
    let mut results = match results::Results::open(&wanted) {
        Ok(results) => results,
        Err(refusal) => {
            complain(&refusal.message(folder, lang));
            return Ok(Exit::Usage);
        }
    };
    let render = Arc::new(sink::Renderer { packs, format: sink::Format::Jsonl, lang, look: screen.look() });
    let workers = processes(input);
    let settings = settings.map(Arc::new);
    let work = Work { packs, settings, across: false, render, earlier: Some(results.earlier()), workers };
    let progress = Progress::new(&input.paths, true, lang);
    let exit = each(input, &work, threads(input.jobs.unwrap_or(0)), progress, lang, &mut |done| results.write(done))?;
    complain(&results.finish()?.line(folder, begin.elapsed(), lang));
    Ok(exit)
}

/// The document's text as spans count it, or with its tables as Markdown.
fn print_text(wanted: &args::Text, lang: Lang) -> io::Result<Exit> {
    let mut stdout = io::stdout().lock();
    let mut exit = Exit::Agree;
    let workers = Workers::new(limits(wanted.limits));
    let inputs = Inputs::new(std::slice::from_ref(&wanted.file)).unpacked_by(Arc::new(workers.clone()));
    let skipped = inputs.skipped();
    for item in inputs {
        match item.and_then(|raw| read_with(&raw, &workers)) {
            Ok(document) if wanted.markdown => stdout.write_all(document.markdown().as_bytes())?,
            Ok(document) => stdout.write_all(document.text.as_bytes())?,
            Err(error) => {
                complain(&error.message(lang));
                exit = Exit::Input;
            }
        }
    }
    stdout.flush()?;
    tell_skipped(skipped.count(), lang);
    Ok(exit)
}
