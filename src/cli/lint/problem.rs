//! A problem of the packs, and how it is told.

use crate::document::Lang;
use crate::pattern::Packs;
use serde::Serialize;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// A pattern that reads nothing in any note or example.
    Unused,
    /// A pattern whose examples others read, or that loses wherever it matches.
    Shadowed,
    /// Two patterns, equally specific, match the same text.
    Ambiguous,
    /// A name or word that no text is found to hold, since others hide it.
    Hidden,
    /// A word that its class has already.
    Repeated,
    /// A class of words that nothing asks for.
    UnknownClass,
    /// A heading that a shorter one stands for already.
    HiddenHeading,
    /// A topic that no rule asks for.
    UnknownTopic,
    /// A topic's word that a shorter one stands for already.
    NeedlessWord,
}

/// Something that must be mended in the packs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What is wrong.
    pub problem: Trouble,
    /// The pattern, concept, class, section or topic.
    pub id: String,
    /// The pack file.
    pub file: String,
    /// The line in it.
    pub line: usize,
    /// The name, word, heading or sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What stands in its way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<String>,
}

impl Problem {
    pub(super) fn new(problem: Trouble, id: &str, file: &str, line: usize) -> Self {
        Problem { problem, id: id.to_owned(), file: file.to_owned(), line, text: None, others: Vec::new() }
    }

    pub(super) fn of_pattern(packs: &Packs, index: usize, problem: Trouble, others: &[usize]) -> Self {
        let name = |i: &usize| packs.patterns.get(*i).map(|p| format!("{} ({}:{})", p.id, p.file, p.line));
        let (id, file, line) = packs.patterns.get(index).map_or(("", "", 0), |p| (&p.id, &p.file, p.line));
        Problem { others: others.iter().filter_map(name).collect(), ..Problem::new(problem, id, file, line) }
    }

    pub(super) fn about(self, text: &str) -> Self {
        Problem { text: Some(text.to_owned()), ..self }
    }

    pub(super) fn with(mut self, other: String) -> Self {
        self.others.push(other);
        self
    }

    /// One line for people.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let what = match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        };
        format!("{}:{}: {}: {what}", self.file, self.line, self.id)
    }

    fn en(&self) -> String {
        let (text, others) = (self.text.as_deref().unwrap_or(""), self.others.join(", "));
        match self.problem {
            Trouble::Unused => "is used by no note and no example; remove it or mend its template".into(),
            Trouble::Shadowed => {
                format!("never reads its own examples, {others} does; remove it or make it more specific")
            }
            Trouble::Ambiguous => {
                format!(
                    "reads “{text}” as {others} does, and is as specific: only the order of the packs decides; make one more specific"
                )
            }
            Trouble::Hidden => {
                format!("“{text}” can never be found: the words or numbers in it are read one by one; remove it")
            }
            Trouble::Repeated => format!("has “{text}” twice, first in {others}; remove one"),
            Trouble::UnknownClass => "is a class that no template names; mend its name or use it".into(),
            Trouble::UnknownTopic => "is a topic that no rule asks for; mend its id or remove it".into(),
            Trouble::NeedlessWord => format!("“{text}” changes nothing, {others} decides without it; remove it"),
            Trouble::HiddenHeading => format!(
                "the heading “{text}” never decides, “{others}” comes before it; remove it or move the section up"
            ),
        }
    }

    fn zh(&self) -> String {
        let (text, others) = (self.text.as_deref().unwrap_or(""), self.others.join("、"));
        match self.problem {
            Trouble::Unused => "没有一份说明、一个示例用到它；请删去，或改正模板".into(),
            Trouble::Shadowed => format!("自己的示例都被 {others} 读走；请删去，或写得更具体"),
            Trouble::Ambiguous => {
                format!("与 {others} 都能读“{text}”，一样具体，只凭先后决定；请把其中一个写得更具体")
            }
            Trouble::Hidden => format!("“{text}”永远找不到：其中的词或数字会被分开读；请删去"),
            Trouble::Repeated => format!("“{text}”重复，先见于 {others}；请删去一处"),
            Trouble::UnknownClass => "没有模板用到这一类词；请改正类名，或在模板里用它".into(),
            Trouble::UnknownTopic => "没有规则问到这个话题；请改正名称，或删去".into(),
            Trouble::NeedlessWord => format!("“{text}”不起作用，没有它也由{others}决定；请删去"),
            Trouble::HiddenHeading => format!("标题“{text}”不起作用，“{others}”先于它；请删去，或把该节移到前面"),
        }
    }
}
