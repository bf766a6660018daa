//! The report for a browser: it needs nothing but itself, its links lead somewhere, and a note is but text in it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::Folder;
use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const NOTE: &str = "清溪县水土保持站\n2024年单位预算情况说明\n一、收支\n2024年支出预算502.48万元，其中：基本支出424.01万元，项目支出78.74万元。\n\
    2024年“三公”经费预算4.20万元，其中：公务接待费1.20万元，公务用车运行维护费3.00万元。\n";

fn gouji(args: &[&str], paths: &[&Path]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    command.env("LANG", "C").stdin(Stdio::null()).args(args).args(paths).output().unwrap()
}

/// The page that a check writes to standard output.
fn page(args: &[&str], paths: &[&Path]) -> String {
    let output = gouji(&[&["check", "--format", "html"], args].concat(), paths);
    String::from_utf8(output.stdout).unwrap()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A start tag.
#[derive(Debug)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
}

/// A page as a parser takes it.
#[derive(Default)]
struct Parsed {
    elements: Vec<Element>,
    text: String,
    style: String,
    script: String,
    /// Tags that do not close what is open, and what the parser complains of.
    wrong: Vec<String>,
    open: Vec<String>,
}

#[derive(Default)]
struct Sink(RefCell<Parsed>);

const VOID: [&str; 4] = ["meta", "br", "rect", "link"];

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut parsed = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => {
                let name = tag.name.to_string();
                if tag.kind == TagKind::EndTag {
                    let open = parsed.open.pop();
                    if open.as_deref() != Some(&name) {
                        parsed.wrong.push(format!("line {line}: </{name}> closes {open:?}"));
                    }
                    return TokenSinkResult::Continue;
                }
                let attributes = tag.attrs.iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
                if !VOID.contains(&name.as_str()) {
                    parsed.open.push(name.clone());
                }
                let raw = match name.as_str() {
                    "script" => Some(RawKind::ScriptData),
                    "style" => Some(RawKind::Rawtext),
                    "title" => Some(RawKind::Rcdata),
                    _ => None,
                };
                parsed.elements.push(Element { name, attributes });
                raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData)
            }
            Token::CharacterTokens(text) => {
                match parsed.open.last().map(String::as_str) {
                    Some("style") => parsed.style.push_str(&text),
                    Some("script") => parsed.script.push_str(&text),
                    _ => parsed.text.push_str(&text),
                }
                TokenSinkResult::Continue
            }
            Token::ParseError(error) => {
                parsed.wrong.push(format!("line {line}: {error}"));
                TokenSinkResult::Continue
            }
            Token::CommentToken(comment) => {
                parsed.wrong.push(format!("line {line}: a comment: {comment}"));
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

fn parse(page: &str) -> Parsed {
    let options = TokenizerOpts { exact_errors: true, ..TokenizerOpts::default() };
    let tokenizer = Tokenizer::new(Sink::default(), options);
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(page));
    // A script's end hands the input back.
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let word = three.iter().enumerate().fold(0_u32, |w, (n, b)| w | u32::from(*b) << (16 - 8 * n));
        out.extend((0..=three.len()).map(|n| char::from(DIGITS[(word >> (18 - 6 * n) & 63) as usize])));
        out.extend(std::iter::repeat_n('=', 3 - three.len()));
    }
    out
}

/// Parses a page and holds it to all that every page must be.
fn sound(page: &str) -> Parsed {
    let parsed = parse(page);
    assert!(page.starts_with("<!DOCTYPE html>"));
    assert!(parsed.wrong.is_empty(), "{:?}", &parsed.wrong[..parsed.wrong.len().min(5)]);
    assert!(parsed.open.is_empty(), "{:?}", parsed.open);
    runs_only_its_own(&parsed);
    leads_only_to_itself(&parsed);
    can_be_walked(&parsed);
    parsed
}

fn runs_only_its_own(parsed: &Parsed) {
    let place = |name: &str| parsed.elements.iter().position(|e| e.name == name).unwrap();
    let csp = |e: &Element| e.attributes.get("http-equiv").is_some_and(|v| v == "Content-Security-Policy");
    let policy = parsed.elements.iter().position(csp).expect("a policy");
    assert!(policy < place("style") && policy < place("script"));
    let policy = &parsed.elements[policy].attributes["content"];
    assert!(policy.starts_with("default-src 'none'; "), "{policy}");
    for (directive, text) in [("script-src", &parsed.script), ("style-src", &parsed.style)] {
        let hash = base64(&Sha256::digest(text));
        assert!(policy.contains(&format!("{directive} 'sha256-{hash}'; ")), "{directive}: {hash}: {policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    for name in ["script", "style"] {
        assert_eq!(parsed.elements.iter().filter(|e| e.name == name).count(), 1, "{name}");
    }
    const ALLOWED: &[&str] = &[
        "a",
        "article",
        "b",
        "bdi",
        "body",
        "br",
        "button",
        "caption",
        "code",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "head",
        "header",
        "html",
        "i",
        "li",
        "main",
        "mark",
        "meta",
        "nav",
        "p",
        "rect",
        "script",
        "section",
        "span",
        "style",
        "summary",
        "svg",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ];
    for element in &parsed.elements {
        assert!(ALLOWED.contains(&element.name.as_str()), "{element:?}");
        for name in element.attributes.keys() {
            let active = name.starts_with("on")
                || ["src", "srcset", "style", "action", "data", "xlink:href"].contains(&name.as_str());
            assert!(!active, "{element:?}");
        }
    }
}

fn leads_only_to_itself(parsed: &Parsed) {
    let mut ids = BTreeSet::new();
    for element in &parsed.elements {
        if let Some(id) = element.attributes.get("id") {
            assert!(ids.insert(id.as_str()), "{id} stands twice");
        }
    }
    for element in &parsed.elements {
        if let Some(href) = element.attributes.get("href") {
            let id = href.strip_prefix('#').unwrap_or_else(|| panic!("{href} leads away"));
            assert!(ids.contains(id), "{href} leads nowhere: {element:?}");
        }
        for by in ["aria-labelledby", "aria-describedby"] {
            if let Some(id) = element.attributes.get(by) {
                assert!(ids.contains(id.as_str()), "{element:?}");
            }
        }
    }
    for word in ["url(", "@import", "http:", "https:", "//"] {
        assert!(!parsed.style.contains(word), "{word} in the style");
    }
    for word in ["fetch", "XMLHttp", "import", "innerHTML", "eval", "http"] {
        assert!(!parsed.script.contains(word), "{word} in the script");
    }
}

/// Landmarks, one title, headings without a gap.
fn can_be_walked(parsed: &Parsed) {
    for name in ["main", "nav", "h1", "title"] {
        assert_eq!(parsed.elements.iter().filter(|e| e.name == name).count(), 1, "{name}");
    }
    let heading = |e: &Element| e.name.strip_prefix('h').and_then(|n| n.parse::<u8>().ok());
    let mut before = 0;
    for level in parsed.elements.iter().filter_map(heading) {
        assert!(level <= before + 1, "h{level} below h{before}");
        before = level;
    }
    for svg in parsed.elements.iter().filter(|e| e.name == "svg") {
        assert!(svg.attributes.contains_key("aria-hidden") || svg.attributes.contains_key("aria-label"));
    }
}

fn ids(parsed: &Parsed) -> BTreeSet<&str> {
    parsed.elements.iter().filter_map(|e| e.attributes.get("id")).map(String::as_str).collect()
}

/// The findings and facts of some inputs, document by document.
fn documents(paths: &[&Path]) -> Vec<serde_json::Value> {
    let output = gouji(&["check", "--format", "jsonl"], paths);
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn lists_everything(parsed: &Parsed, documents: &[serde_json::Value]) {
    let ids = ids(parsed);
    assert!(!documents.is_empty());
    for (number, document) in (1..).zip(documents) {
        for (key, letter) in [("findings", 'r'), ("facts", 'f')] {
            let count = document[key].as_array().unwrap().len();
            for n in 1..=count {
                let id = format!("d{number}-{letter}{n}");
                assert!(ids.contains(id.as_str()), "{id} of {} is missing", document["document"]["id"]);
            }
            assert!(!ids.contains(format!("d{number}-{letter}{}", count + 1).as_str()));
        }
    }
    assert!(!ids.contains(format!("d{}", documents.len() + 1).as_str()));
}

#[test]
fn every_finding_and_figure_of_the_corpus_is_listed() {
    let corpus = root().join("corpus");
    let page = page(&["--lang", "en"], &[&corpus]);
    lists_everything(&sound(&page), &documents(&[&corpus]));
}

#[test]
fn every_format_that_is_read_can_be_shown() {
    let folder = root().join("tests/data/formats");
    let page = page(&[], &[&folder]);
    let parsed = sound(&page);
    lists_everything(&parsed, &documents(&[&folder]));
    assert!(parsed.elements.iter().any(|e| e.attributes.get("class").is_some_and(|c| c == "grid")), "no table");
}

#[test]
fn a_contradiction_is_laid_out() {
    let folder = Folder::new();
    let note = folder.file("note.txt", NOTE);
    let page = page(&["--lang", "zh"], &[&note]);
    let parsed = sound(&page);
    assert_eq!(parsed.elements[0].attributes["lang"], "zh-CN");
    assert!(parsed.text.contains("共 1 份文件，其中 1 份有矛盾，合计 1 处"), "{}", parsed.text);
    assert!(parsed.text.contains("项目支出 78.74万元，疑应作 78.47万元（相邻两位数字颠倒）"), "{}", parsed.text);
    for sum in [
        "<td class=\"sign\">+</td><td class=\"n\"><a href=\"#d1-s1-3\">78.74</a></td>",
        "<td class=\"sign\">=</td><td class=\"n\">502.75</td>",
        "<td class=\"sign\">≠</td><td class=\"n\"><a href=\"#d1-s1-1\">502.48</a></td>",
        "<a class=\"fig wrong\" href=\"#d1-r1-3\" id=\"d1-s1-3\">78.74万元</a><span class=\"fix\">疑应作 78.47万元</span>",
    ] {
        assert!(page.contains(sum), "{sum}\n{page}");
    }
    let english = self::page(&["--lang", "en"], &[&note]);
    let parsed = sound(&english);
    assert_eq!(parsed.elements[0].attributes["lang"], "en");
    assert!(parsed.text.contains("项目支出 78.74万元 should most likely be 78.47万元"), "{}", parsed.text);
}

#[test]
fn a_hostile_note_is_text() {
    let folder = Folder::new();
    let attack =
        "</p></div></details><script>alert(\"1\")</script><img src=x onerror='alert(1)'><!-- &lt;b&gt; &#x22; ]]>";
    let mut note = format!("{attack}\n清溪县{attack}水土保持站\n2024年单位预算情况说明\n一、<style>*{{}}</style>\n");
    note.push_str("2024年支出预算502.48万元，其中：基本支出424.01万元，“<b onclick=x>”项目支出78.74万元。\n");
    note.push_str("2024年\u{202e}会议费\u{2066}3.00万元\u{1b}[31m\u{1}\u{2}，比上年增加\u{200f}1.00万元。\n");
    // A line of a megabyte with contradictions in it.
    note.push_str(&"甲乙丙丁\"'<>&".repeat(40_000));
    for n in 0..300 {
        note.push_str(&format!("，{n}号项目预算12.00万元，其中：<i>基本支出5.00万元，项目支出8.00万元"));
    }
    note.push_str("。\n");
    let path = folder.file("\"><script>x.txt", &note);
    let page = page(&["--lang", "zh"], &[&path]);
    let parsed = sound(&page);
    lists_everything(&parsed, &documents(&[&path]));
    assert!(parsed.text.contains(attack), "the attack is not shown as it is written");
    assert!(parsed.text.contains("<b onclick=x>") && parsed.text.contains("\"><script>x.txt"));
    // What turns the direction of writing is shown by its name.
    assert!(
        parsed.text.contains("会议费U+20663.00万元") && !page.contains(['\u{202e}', '\u{2066}', '\u{200f}', '\u{1b}'])
    );
    assert!(!page.contains(['\u{1}', '\u{2}']));
    assert!(page.len() < 8 * 1024 * 1024, "{} bytes", page.len());
}

#[test]
fn the_page_does_not_depend_on_threads_nor_on_where_it_goes() {
    let folder = Folder::new();
    let corpus = root().join("tests/data/across");
    let one = page(&["--jobs", "1"], &[&corpus]);
    assert!(one == page(&["--jobs", "2"], &[&corpus]));
    let file = folder.path("out.html");
    let file_name = file.to_str().unwrap();
    for args in [&["check", "-o", file_name][..], &["check", "--across", "--format", "html", "-o", file_name]] {
        assert_eq!(gouji(args, &[&corpus]).status.code(), Some(1));
        assert!(std::fs::read_to_string(&file).unwrap() == one);
        std::fs::remove_file(&file).unwrap();
    }
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 0, "a draft is left");
}

#[test]
fn findings_between_documents_are_told() {
    let folder = root().join("tests/data/across");
    let page = page(&["--lang", "zh"], &[&folder]);
    let parsed = sound(&page);
    let output = gouji(&["check", "--across", "--format", "jsonl"], &[&folder]);
    let text = String::from_utf8(output.stdout).unwrap();
    let last: serde_json::Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    let across = last["across"].as_array().unwrap();
    let ids = ids(&parsed);
    for n in 1..=across.len() {
        assert!(ids.contains(format!("x{n}").as_str()), "x{n}");
    }
    assert!(!ids.contains(format!("x{}", across.len() + 1).as_str()));
    let wrong = across.iter().filter(|f| f["verdict"] == "disagrees").count();
    assert!(wrong > 0 && parsed.text.contains(&format!("跨文件勾稽关系 {} 项：矛盾 {wrong}", across.len())));
    let alone = self::page(&["--no-across"], &[&folder]);
    assert!(!sound(&alone).elements.iter().any(|e| e.attributes.get("id").is_some_and(|id| id == "between")));
}

#[test]
fn what_could_not_be_read_is_told() {
    let folder = Folder::new();
    let note = folder.file("note.txt", NOTE);
    let missing = folder.path("missing<i>.txt");
    let output = gouji(&["check", "--format", "html", "--lang", "en"], &[&note, &missing]);
    assert_eq!(output.status.code(), Some(3));
    let parsed = sound(std::str::from_utf8(&output.stdout).unwrap());
    assert!(parsed.text.contains("1 input not read") && parsed.text.contains("missing<i>.txt: not found"));
    let output = gouji(&["check", "--format", "html"], &[&missing]);
    sound(std::str::from_utf8(&output.stdout).unwrap());
}

#[test]
fn wrong_usage_is_refused() {
    let folder = Folder::new();
    let note = folder.file("note.txt", NOTE);
    let file = folder.path("out.html");
    let file = file.to_str().unwrap();
    for args in [
        &["check", "--format", "html", "--resume", "-o", file][..],
        &["check", "--format", "json", "-o", file],
        &["extract", "--format", "html"],
    ] {
        assert_eq!(gouji(args, &[&note]).status.code(), Some(2), "{args:?}");
    }
    assert!(!Path::new(file).exists());
}

/// The page in a browser, where there is one.
#[cfg(unix)]
mod browser {
    use super::{Folder, NOTE, gouji, root};
    use serde_json::{Value, json};
    use std::fs::{File, OpenOptions};
    use std::io::{BufRead, BufReader, Write};
    use std::path::{Path, PathBuf};
    use std::process::{Child, Command, Stdio};

    /// Talked to by Chromium's protocol, over two pipes.
    struct Browser {
        process: Child,
        to: File,
        from: BufReader<File>,
        session: Option<String>,
        count: u64,
        events: Vec<Value>,
    }

    fn chromium() -> Option<PathBuf> {
        let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
        let path = std::env::var_os("PATH")?;
        let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
        names.iter().flat_map(|n| folders.iter().map(move |f| f.join(n))).find(|p| p.is_file())
    }

    impl Browser {
        fn start(program: &Path, folder: &Folder) -> Self {
            let (to, from) = (folder.path("to"), folder.path("from"));
            assert!(Command::new("mkfifo").args([&to, &from]).status().unwrap().success());
            // Two minutes are plenty; no test shall wait for a browser for ever.
            let run = "exec timeout -k 5 120 \"$0\" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage \
                       --no-first-run --remote-debugging-pipe --user-data-dir=\"$3\" about:blank 3<\"$1\" 4>\"$2\"";
            let process = Command::new("sh")
                .args(["-c", run])
                .args([program, &to, &from, &folder.path("profile")])
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            let to = OpenOptions::new().write(true).open(to).unwrap();
            let from = BufReader::new(File::open(from).unwrap());
            Self { process, to, from, session: None, count: 0, events: vec![] }
        }

        fn next(&mut self) -> Option<Value> {
            let mut message = vec![];
            self.from.read_until(0, &mut message).ok()?;
            message.pop()?;
            serde_json::from_slice(&message).ok()
        }

        /// The answer to a command; none if the browser has ended.
        fn ask(&mut self, method: &str, params: Value) -> Option<Value> {
            self.count += 1;
            let mut message = json!({"id": self.count, "method": method, "params": params});
            if let Some(session) = &self.session {
                message["sessionId"] = session.as_str().into();
            }
            self.to.write_all(message.to_string().as_bytes()).ok()?;
            self.to.write_all(&[0]).ok()?;
            loop {
                let answer = self.next()?;
                if answer["id"] == self.count {
                    assert!(answer["error"].is_null(), "{method}: {answer}");
                    return Some(answer["result"].clone());
                }
                self.events.push(answer);
            }
        }

        fn open(&mut self, file: &Path) -> Option<()> {
            let target = self.ask("Target.createTarget", json!({"url": "about:blank"}))?;
            let attach = json!({"targetId": target["targetId"], "flatten": true});
            self.session = Some(self.ask("Target.attachToTarget", attach)?["sessionId"].as_str()?.to_owned());
            for domain in ["Page", "Runtime", "Network", "Log"] {
                self.ask(&format!("{domain}.enable"), json!({}))?;
            }
            self.events.clear();
            self.ask("Page.navigate", json!({"url": format!("file://{}", file.display())}))?;
            while !self.events.iter().any(|e| e["method"] == "Page.loadEventFired") {
                let event = self.next()?;
                self.events.push(event);
            }
            Some(())
        }

        /// What an expression is on the page.
        fn is(&mut self, expression: &str) -> Value {
            // Two frames on, scrolling and layout are done.
            let expression = format!(
                "(async () => {{ const value = {expression}; \
                 await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r))); return value; }})()"
            );
            let wanted = json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
            let answer = self.ask("Runtime.evaluate", wanted).unwrap();
            assert!(answer["exceptionDetails"].is_null(), "{expression}: {answer}");
            answer["result"]["value"].clone()
        }
    }

    impl Drop for Browser {
        fn drop(&mut self) {
            self.session = None;
            let _ = self.ask("Browser.close", json!({}));
            let _ = self.process.wait();
        }
    }

    #[test]
    fn the_page_works_in_a_browser() {
        let Some(program) = chromium() else {
            eprintln!("skipped: no Chromium on PATH, so the page was not opened in a browser");
            return;
        };
        let folder = Folder::new();
        let note = folder.file("note.txt", NOTE);
        let page = folder.path("page.html");
        let across = root().join("tests/data/across");
        gouji(&["check", "--lang", "zh", "-o", page.to_str().unwrap()], &[&note, &across]);
        let mut browser = Browser::start(&program, &folder);
        if browser.open(&page).is_none() {
            eprintln!("skipped: {} does not run here", program.display());
            return;
        }
        // The folded note is unfolded by a click on its figure in the sum.
        browser.is("document.querySelector('#d1-r1 .at a').click()");
        assert_eq!(browser.is("location.hash"), "#d1-f2");
        assert_eq!(browser.is("document.querySelector('#d1-t0').open"), true);
        let seen =
            "(e => e.top >= 0 && e.bottom <= innerHeight)(document.querySelector('#d1-f2').getBoundingClientRect())";
        assert_eq!(browser.is(seen), true);
        // From a sentence to the arithmetic, and from a figure in the note to its finding.
        browser.is("document.querySelector('#d1 a.fig.wrong').click()");
        assert_eq!(browser.is("location.hash"), "#d1-r1-3");
        browser.is("document.querySelector('#d1-f3').focus()");
        assert_eq!(browser.is("getComputedStyle(document.querySelector('#d1-c3')).display"), "grid");
        let inside = "(e => e.left >= 0 && e.right <= innerWidth && e.top >= 0)(document.querySelector('#d1-c3').getBoundingClientRect())";
        assert_eq!(browser.is(inside), true);
        browser.is("document.querySelector('#d1-c3 a.tag').click()");
        assert_eq!(browser.is("location.hash"), "#d1-r1");
        browser.is("document.querySelector('[data-fold=shut]').click()");
        assert_eq!(browser.is("document.querySelectorAll('details[open]').length"), 0);
        // A finding that agrees stands in a folded list.
        browser.is("document.querySelector('#d1-c5 a.tag').click()");
        assert_eq!(browser.is("document.querySelector(location.hash).closest('details').open"), true);
        assert_eq!(browser.is("document.documentElement.scrollWidth <= innerWidth"), true);
        let requests = browser.events.iter().filter(|e| e["method"] == "Network.requestWillBeSent").count();
        assert_eq!(requests, 1, "{:?}", browser.events);
        let told = ["Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown"];
        let complaints: Vec<&Value> =
            browser.events.iter().filter(|e| told.iter().any(|t| e["method"] == *t)).collect();
        assert!(complaints.is_empty(), "{complaints:?}");
    }
}
