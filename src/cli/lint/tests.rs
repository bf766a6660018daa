use super::*;

const UNITS: &str = "[[unit]]\nname = \"万元\"\nkind = \"money\"\n";

fn pattern(id: &str, template: &str, text: &str) -> String {
    format!(
        "[[pattern]]\nid = \"{id}\"\nabout = \"\"\ntemplate = \"{template}\"\n\
         emits = [{{ slot = \"n\", as = \"change\" }}]\n\
         example = [{{ text = \"{text}\", facts = [] }}, {{ text = \"{text}\", facts = [] }}]\n\
         counterexample = [{{ text = \"\", why = \"\" }}]\n"
    )
}

fn lint(pack: &str) -> Vec<(Trouble, String, String)> {
    let packs = Packs::compile(&[("own.toml".into(), format!("{UNITS}{pack}"))]).unwrap();
    let problems = Linted::new(&packs, &Survey::new(&packs), false).problems;
    problems.into_iter().map(|p| (p.problem, p.id, p.text.unwrap_or(p.others.join(" ")))).collect()
}

fn told(problem: Trouble, id: &str, text: &str) -> (Trouble, String, String) {
    (problem, id.to_owned(), text.to_owned())
}

#[test]
fn unused_and_shadowed_patterns() {
    let used = pattern("used", "涨{n:money}", "2024年会议费5万元，涨1万元。");
    assert_eq!(lint(&used), []);
    let idle = pattern("idle", "跌{n:money}", "2024年会议费5万元。");
    assert_eq!(lint(&format!("{used}{idle}")), [told(Trouble::Unused, "idle", "")]);
    let shadowed = pattern("shadowed", "{n:money}，跌", "2024年会议费5万元，涨1万元。");
    let both = lint(&format!("{used}{shadowed}"));
    assert_eq!(both, [told(Trouble::Shadowed, "shadowed", "used (own.toml:5)")]);
}

#[test]
fn names_that_can_never_be_found() {
    let unit = "[[unit]]\nname = \"个\"\nkind = \"count\"\n";
    let term = "[[term]]\nconcept = \"a\"\nname = \"科室\"\nvariants = [\"三个科室\"]\ntakes = [\"count\"]\n";
    assert_eq!(lint(&format!("{unit}{term}")), [told(Trouble::Hidden, "a", "三个科室")]);
}

#[test]
fn words_listed_twice_and_classes_that_nothing_names() {
    let words = "[[words]]\nclass = \"direction\"\nwords = [\"（涨）\", \"(涨)\"]\n[[words]]\nclass = \"directon\"\nwords = [\"跌\"]\n";
    let found = lint(words);
    assert!(found.contains(&told(Trouble::Repeated, "direction", "(涨)")), "{found:?}");
    assert!(found.contains(&told(Trouble::UnknownClass, "directon", "")), "{found:?}");
}

#[test]
fn headings_that_never_decide() {
    let sections = "[[section]]\nid = \"one\"\nheadings = [\"目录\", \"目 录\"]\nholds = \"nothing\"\n\
                    [[section]]\nid = \"two\"\nheadings = [\"收入目录\", \"收入\"]\nflow = \"revenue\"\n";
    assert_eq!(
        lint(sections),
        [told(Trouble::HiddenHeading, "one", "目录"), told(Trouble::HiddenHeading, "two", "收入目录")]
    );
}

#[test]
fn topics_that_nothing_asks_for_and_words_that_change_nothing() {
    let entry = |id: &str, words: &str| {
        format!("[[topic]]\nid = \"{id}\"\n{words}\nexamples = [\"\"]\ncounterexamples = [\"\"]\n")
    };
    assert_eq!(lint(&entry("procurment", "words = [\"采购\"]")), [told(Trouble::UnknownTopic, "procurment", "")]);
    // 因为公务 keeps 为公 from being found, and 全因 is another topic's.
    let reason = entry(
        "reason",
        "words = [\"因\", \"起因\", \"因为公务\"]\nexcept = [\"为公\"]\nalone = [\"是指\", \"即是指\"]",
    );
    let whole = entry("whole", "words = [\"全因\"]");
    assert_eq!(
        lint(&format!("{reason}{whole}")),
        [told(Trouble::NeedlessWord, "reason", "起因"), told(Trouble::NeedlessWord, "reason", "即是指")]
    );
}
