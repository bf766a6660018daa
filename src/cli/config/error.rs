//! What is wrong in a configuration file: which file, which line, and what may
//! have been meant.

use crate::document::Lang;
use std::path::PathBuf;

/// An error in a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct ConfigError {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1; `None` if the file could not be read.
    pub line: Option<usize>,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) enum Fault {
    /// The file cannot be read; the system's words.
    Unreadable(String),
    /// It is no TOML; the parser's words.
    Syntax(String),
    /// A key that means nothing here, with a known one near to it.
    UnknownKey(String, Option<String>),
    /// Neither a rule nor a family.
    UnknownRule(String, Option<String>),
    /// No unit of money, rate or count.
    UnknownUnit(String, Option<String>),
    /// A value that is not among those that are possible.
    Value {
        /// What it is the value of.
        key: String,
        /// What stands there.
        found: String,
        /// What may stand there, in Chinese and English.
        wanted: (&'static str, &'static str),
        /// What may have been meant.
        near: Option<String>,
    },
}

impl ConfigError {
    /// One line for people.
    pub(in crate::cli) fn message(&self, lang: Lang) -> String {
        let place = match self.line {
            Some(line) => format!("{}:{line}", self.path.display()),
            None => self.path.display().to_string(),
        };
        format!("{place}: {}", self.fault.message(lang))
    }
}

impl Fault {
    fn message(&self, lang: Lang) -> String {
        let meant = |near: &Option<String>| match (near, lang) {
            (None, _) => String::new(),
            (Some(n), Lang::Zh) => format!("；您要的是 {n} 吗？"),
            (Some(n), Lang::En) => format!("; did you mean {n}?"),
        };
        match (self, lang) {
            (Fault::Unreadable(why), Lang::Zh) => format!("无法读取配置文件：{why}"),
            (Fault::Unreadable(why), Lang::En) => format!("the configuration cannot be read: {why}"),
            (Fault::Syntax(why), Lang::Zh) => format!("不是正确的 TOML：{why}"),
            (Fault::Syntax(why), Lang::En) => format!("this is not TOML: {why}"),
            (Fault::UnknownKey(key, near), Lang::Zh) => format!("没有 {key} 这个键{}", meant(near)),
            (Fault::UnknownKey(key, near), Lang::En) => format!("there is no key {key}{}", meant(near)),
            (Fault::UnknownRule(id, near), Lang::Zh) => {
                format!("没有 {id} 这条规则或规则族{}（全部规则见 gouji explain）", meant(near))
            }
            (Fault::UnknownRule(id, near), Lang::En) => {
                format!("{id} is neither a rule nor a family{} (gouji explain lists all)", meant(near))
            }
            (Fault::UnknownUnit(unit, near), Lang::Zh) => format!("没有 {unit} 这个单位{}", meant(near)),
            (Fault::UnknownUnit(unit, near), Lang::En) => format!("{unit} is no unit{}", meant(near)),
            (Fault::Value { key, found, wanted, near }, Lang::Zh) => {
                format!("{key} 的值 {found} 不对，应为{}{}", wanted.0, meant(near))
            }
            (Fault::Value { key, found, wanted, near }, Lang::En) => {
                format!("{found} is no value of {key}, which takes {}{}", wanted.1, meant(near))
            }
        }
    }
}
