//! What a paragraph speaks of, in figures or without: topics, found by their words.

use super::narrow_word;
use super::raw::RawTopic;
use super::template::{Element, expand};
use crate::lex::Words;
use memchr::memmem::Finder;
use rustc_hash::FxHashMap;

/// Words of a topic, as one entry of a pack lists them. Several entries may add to one topic.
#[derive(Debug, Clone)]
pub struct Topic {
    /// The concept that it is about, or an id of its own: `procurement`, `reason`.
    pub id: String,
    /// The words that speak of it as the pack has them, for people.
    pub written: Vec<String>,
    /// The same with every choice written out, normalised.
    pub words: Vec<String>,
    /// Words that do not, though they hold one that does.
    pub except: Vec<String>,
    /// Words that speak of it, in paragraphs that then speak of nothing else.
    pub alone: Vec<String>,
    /// Sentences that speak of it.
    pub examples: Vec<String>,
    /// Sentences that do not.
    pub counterexamples: Vec<String>,
    /// The pack file.
    pub file: String,
    /// The line in it.
    pub line: usize,
}

impl Topic {
    /// Takes an entry as written; what is wrong with it, if anything.
    pub(super) fn read(raw: &RawTopic, file: &str, line: usize) -> Result<Self, String> {
        let (words, except, alone) = (written_out(&raw.words)?, written_out(&raw.except)?, written_out(&raw.alone)?);
        if raw.examples.is_empty() || raw.counterexamples.is_empty() {
            return Err("lacks an example or a counterexample; every topic needs one of each or more".into());
        }
        Ok(Topic {
            id: raw.id.clone(),
            written: raw.words.iter().chain(&raw.alone).cloned().collect(),
            words,
            except,
            alone,
            examples: raw.examples.clone(),
            counterexamples: raw.counterexamples.clone(),
            file: file.to_owned(),
            line,
        })
    }

    /// All words of the entry.
    pub(crate) fn all(&self) -> impl Iterator<Item = &String> {
        self.words.iter().chain(&self.except).chain(&self.alone)
    }
}

/// Every word that the choices of some make.
fn written_out(words: &[String]) -> Result<Vec<String>, String> {
    let mut out = Vec::new();
    for word in words {
        for way in expand(word).map_err(|e| format!("has the word “{word}”: {e}"))? {
            let mut text = String::new();
            for element in way {
                match element {
                    Element::Literal(part) => text.push_str(&part),
                    Element::Mark(mark) => text.push(mark),
                    Element::Slot { .. } => return Err(format!("has a slot in the word “{word}”; write words alone")),
                }
            }
            out.push(narrow_word(&text));
        }
    }
    Ok(out)
}

/// What a word tells of its paragraph.
#[derive(Debug, Clone, Copy)]
enum Told {
    Topic(u32),
    Alone(u32),
    /// It only keeps shorter words from being found in it.
    Nothing,
}

/// What a paragraph speaks of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Speech {
    /// The topics' [numbers](super::Packs::topic).
    pub topics: Vec<u32>,
    /// Whether it speaks of one topic and so of nothing else.
    pub alone: bool,
}

/// The words of all topics, with what each tells.
#[derive(Debug, Default)]
pub(super) struct Speaks {
    words: Words,
    told: Vec<Told>,
    /// By topic, what finds its words: much faster than to read all of a text.
    finders: Vec<Vec<Finder<'static>>>,
    /// Each topic's number, that of its first entry.
    numbers: FxHashMap<String, u32>,
}

impl Speaks {
    /// Collects the words; of those that are listed twice, the later entry with what is wrong.
    pub(super) fn new(topics: &[Topic]) -> Result<Self, Vec<(&Topic, String)>> {
        let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
        let mut first: FxHashMap<&str, &Topic> = FxHashMap::default();
        let mut all: Vec<(&str, Told)> = Vec::new();
        let mut finders = vec![Vec::new(); topics.len()];
        let mut wrong = Vec::new();
        for (topic, n) in topics.iter().zip(0..) {
            let number = *numbers.entry(topic.id.clone()).or_insert(n);
            for word in topic.all() {
                if let Some(other) = first.insert(word, topic) {
                    let other = &other.id;
                    wrong.push((topic, format!("has the word “{word}”, which {other} has already; remove one")));
                }
            }
            if let Some(finders) = finders.get_mut(number as usize) {
                finders.extend(topic.words.iter().chain(&topic.alone).map(|w| Finder::new(w).into_owned()));
            }
            all.extend(topic.words.iter().map(|w| (w.as_str(), Told::Topic(number))));
            all.extend(topic.alone.iter().map(|w| (w.as_str(), Told::Alone(number))));
            all.extend(topic.except.iter().map(|w| (w.as_str(), Told::Nothing)));
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        all.sort_unstable_by_key(|(word, _)| *word);
        let numbered: Vec<(&str, u32)> = all.iter().map(|(word, _)| *word).zip(0..).collect();
        let told = all.iter().map(|(_, told)| *told).collect();
        Ok(Speaks { words: Words::build(&numbered), told, finders, numbers })
    }

    pub(super) fn number(&self, id: &str) -> Option<u32> {
        self.numbers.get(id).copied()
    }

    /// Where words of a topic stand, which may be parts of other words there.
    pub(super) fn places<'t>(&'t self, topic: u32, text: &'t str) -> impl Iterator<Item = usize> + 't {
        let finders = self.finders.get(topic as usize).map_or(&[][..], Vec::as_slice);
        finders.iter().flat_map(|finder| finder.find_iter(text.as_bytes()))
    }

    /// The words are taken from left to right, at each place the longest.
    pub(super) fn of(&self, paragraph: &str) -> Speech {
        let (mut topics, mut alone, mut free) = (Vec::new(), None, 0);
        for (at, c) in paragraph.char_indices() {
            if !self.words.begins(c) {
                continue;
            }
            let mut longest = None;
            self.words.each(paragraph.get(at..).unwrap_or(""), |word, length| {
                let told = self.told.get(word as usize).copied().unwrap_or(Told::Nothing);
                match told {
                    Told::Alone(topic) => alone = alone.or(Some(topic)),
                    Told::Topic(_) | Told::Nothing => longest = Some((told, at + length)),
                }
            });
            let Some((told, end)) = longest.filter(|_| at >= free) else { continue };
            free = end;
            if let Told::Topic(topic) = told
                && !topics.contains(&topic)
            {
                topics.push(topic);
            }
        }
        match alone {
            Some(topic) => Speech { topics: vec![topic], alone: true },
            None => Speech { topics, alone: false },
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::pattern::Packs;

    fn compiled(pack: &str) -> Result<Packs, String> {
        let own = "examples = [\"\"]\ncounterexamples = [\"\"]\n";
        let pack = pack.replace("[[topic]]", &format!("[[topic]]\n{own}"));
        Packs::compile(&[("own.toml".into(), pack)]).map_err(|all| all.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn an_entry_adds_to_a_topic() {
        let packs =
            compiled("[[topic]]\nid = \"a\"\nwords = [\"采购\"]\n[[topic]]\nid = \"a\"\nwords = [\"招[投]标\"]")
                .unwrap();
        let topic = packs.topic("a").unwrap();
        assert!(["采购。", "招标。", "招投标。"].iter().all(|p| packs.speech(p).topics == [topic]));
        assert_eq!((packs.speech("投标。").topics, packs.topic("b")), (vec![], None));
    }

    #[test]
    fn longer_words_take_away_and_some_stand_alone() {
        let packs = compiled(
            "[[topic]]\nid = \"a\"\nwords = [\"因\"]\nexcept = [\"因公\"]\n[[topic]]\nid = \"b\"\nalone = [\"：指\"]\n",
        )
        .unwrap();
        let (a, b) = (packs.topic("a").unwrap(), packs.topic("b").unwrap());
        assert_eq!(packs.speech("因公出国,因机构改革。").topics, [a]);
        assert!(packs.speech("因公出国。").topics.is_empty());
        let speech = packs.speech("原因:指缘由。");
        assert!(speech.alone && speech.topics == [b]);
    }

    #[test]
    fn mistakes_are_named() {
        let wrong = |pack: &str| compiled(pack).unwrap_err();
        let twice = wrong("[[topic]]\nid = \"a\"\nwords = [\"采购\"]\n[[topic]]\nid = \"b\"\nexcept = [\"采 购\"]");
        assert!(twice.contains("own.toml:7: b") && twice.contains("which a has already"), "{twice}");
        let slot = wrong("[[topic]]\nid = \"a\"\nwords = [\"采购{n:money}\"]");
        assert!(slot.contains("slot"), "{slot}");
        let open = wrong("[[topic]]\nid = \"a\"\nwords = [\"采购<\"]");
        assert!(open.contains("never closed"), "{open}");
        let bare = Packs::compile(&[("own.toml".into(), "[[topic]]\nid = \"a\"\nwords = [\"采购\"]".into())]);
        assert!(bare.unwrap_err()[0].message.contains("counterexample"));
    }
}
