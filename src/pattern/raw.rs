//! Packs as they are written: TOML, every key known, every place remembered.

use serde::Deserialize;
use toml::Spanned;

/// A pack file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawPack {
    #[serde(default)]
    pub term: Vec<Spanned<RawTerm>>,
    #[serde(default)]
    pub unit: Vec<Spanned<RawUnit>>,
    #[serde(default)]
    pub words: Vec<Spanned<RawWords>>,
    #[serde(default)]
    pub pattern: Vec<Spanned<RawPattern>>,
    #[serde(default)]
    pub section: Vec<Spanned<RawSection>>,
    #[serde(default)]
    pub identity: Vec<Spanned<RawIdentity>>,
    #[serde(default)]
    pub topic: Vec<Spanned<RawTopic>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawTerm {
    pub concept: String,
    pub name: String,
    #[serde(default)]
    pub code: Option<String>,
    #[serde(default)]
    pub english: Option<String>,
    #[serde(default)]
    pub variants: Vec<String>,
    #[serde(default)]
    pub takes: Vec<String>,
    #[serde(default)]
    pub flow: Option<String>,
    #[serde(default)]
    pub fund: Option<String>,
    #[serde(default)]
    pub parent: Option<String>,
    #[serde(default)]
    pub generic: bool,
    #[serde(default)]
    pub short: bool,
    #[serde(default)]
    pub subset: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawUnit {
    pub name: String,
    pub kind: String,
    #[serde(default)]
    pub yuan: Option<String>,
    #[serde(default)]
    pub variants: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawWords {
    pub class: String,
    #[serde(default)]
    pub value: Option<String>,
    /// For readers of the pack.
    #[serde(default, rename = "about")]
    pub _about: Option<String>,
    pub words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawPattern {
    pub id: Spanned<String>,
    pub about: String,
    pub template: Spanned<String>,
    pub emits: Vec<RawEmit>,
    #[serde(default)]
    pub example: Vec<RawExample>,
    #[serde(default)]
    pub counterexample: Vec<RawCounterexample>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawEmit {
    #[serde(rename = "as")]
    pub kind: String,
    #[serde(default)]
    pub slot: Option<String>,
    #[serde(default)]
    pub sign: Option<String>,
    #[serde(default)]
    pub stage: Option<String>,
    #[serde(default)]
    pub item: Option<String>,
    #[serde(default)]
    pub period: Option<String>,
    #[serde(default)]
    pub years: Option<i32>,
    #[serde(default)]
    pub whole: Option<String>,
    #[serde(default)]
    pub prior: bool,
}

/// A sentence that a pattern must read, with the facts that it holds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawExample {
    /// The sentence.
    pub text: String,
    /// Exactly the facts that it holds, in order.
    pub facts: Vec<RawExpected>,
    /// The note's year, if the sentence names none.
    #[serde(default)]
    pub year: Option<i32>,
}

/// A fact that an example holds; fields left out are not compared.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawExpected {
    /// level, change, growth, …
    pub measure: String,
    /// Exact, signed.
    pub value: String,
    /// Simplified unit.
    #[serde(default)]
    pub unit: Option<String>,
    /// Part of the label.
    #[serde(default)]
    pub label: Option<String>,
    /// The year of the value.
    #[serde(default)]
    pub year: Option<i32>,
    /// budget, adjusted, executed, final.
    #[serde(default)]
    pub stage: Option<String>,
    /// The compared year.
    #[serde(default)]
    pub basis: Option<i32>,
    /// The compared stage.
    #[serde(default)]
    pub basis_stage: Option<String>,
}

/// A sentence that a pattern must not read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawCounterexample {
    /// The sentence.
    pub text: String,
    /// Why not.
    pub why: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawSection {
    pub id: String,
    pub headings: Vec<String>,
    #[serde(default)]
    pub fund: Option<String>,
    #[serde(default)]
    pub flow: Option<String>,
    #[serde(default)]
    pub stage: Option<String>,
    #[serde(default)]
    pub holds: Option<String>,
    /// For readers of the pack.
    #[serde(default, rename = "about")]
    pub _about: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawIdentity {
    pub id: String,
    pub about: String,
    pub whole: String,
    pub parts: Vec<String>,
    #[serde(default)]
    pub optional: Vec<String>,
    #[serde(default)]
    pub relation: Option<String>,
    #[serde(default)]
    pub fund: Option<String>,
    #[serde(default)]
    pub near: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawTopic {
    pub id: String,
    /// For readers of the pack.
    #[serde(default, rename = "about")]
    pub _about: Option<String>,
    #[serde(default)]
    pub words: Vec<String>,
    #[serde(default)]
    pub except: Vec<String>,
    #[serde(default)]
    pub alone: Vec<String>,
    #[serde(default)]
    pub examples: Vec<String>,
    #[serde(default)]
    pub counterexamples: Vec<String>,
}
