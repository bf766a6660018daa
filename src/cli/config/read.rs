//! From TOML to settings, key by key; all that is wrong is told at once.

use super::error::Fault;
use crate::check::{Decision, Order, RULES, Requirement, Settings, Severity};
use crate::cli::near::nearest;
use crate::pattern::Packs;
use crate::segment::Kind;
use rust_decimal::Decimal;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The keys of a configuration; docs/configuration.md tells of each.
const KEYS: [&str; 4] = ["order", "rules", "smallest-difference", "required"];
const REQUIRED: [&str; 3] = ["region", "kind", "sections"];
const DECISIONS: [(&str, Decision); 5] = [
    ("off", Decision::Off),
    ("on", Decision::On),
    ("info", Decision::Weighs(Severity::Info)),
    ("warning", Decision::Weighs(Severity::Warning)),
    ("error", Decision::Weighs(Severity::Error)),
];
const ORDERS: [(&str, Order); 3] = [("size", Order::Size), ("certainty", Order::Certainty), ("rule", Order::Rule)];
const KINDS: [(&str, Kind); 3] = [
    ("unit_budget", Kind::UnitBudget),
    ("department_budget", Kind::DepartmentBudget),
    ("final_account", Kind::FinalAccount),
];

type Value<'i> = Spanned<DeValue<'i>>;

/// The settings that a text makes.
///
/// # Errors
///
/// Each fault with its line, in the order of the text.
pub(super) fn settings(text: &str, packs: &Packs) -> Result<Settings, Vec<(Option<usize>, Fault)>> {
    let mut reader = Reader { text, packs, faults: Vec::new(), out: Settings::default() };
    match DeTable::parse(text) {
        Ok(table) => reader.all(table.get_ref()),
        Err(error) => {
            let at = error.span().unwrap_or(0..0);
            reader.fault(at, Fault::Syntax(error.message().trim().replace('\n', " ")));
        }
    }
    if reader.faults.is_empty() {
        return Ok(reader.out);
    }
    reader.faults.sort_by_key(|(line, _)| *line);
    Err(reader.faults)
}

struct Reader<'a> {
    text: &'a str,
    packs: &'a Packs,
    faults: Vec<(Option<usize>, Fault)>,
    out: Settings,
}

impl Reader<'_> {
    fn fault(&mut self, at: Range<usize>, fault: Fault) {
        let line = self.text.get(..at.start).unwrap_or(self.text).matches('\n').count() + 1;
        self.faults.push((Some(line), fault));
    }

    fn unknown_key(&mut self, at: Range<usize>, key: &str, known: &[&'static str]) {
        let near = nearest(key, known.iter().copied()).map(str::to_owned);
        self.fault(at, Fault::UnknownKey(key.to_owned(), near));
    }

    fn value(&mut self, key: &str, found: &Value, wanted: (&'static str, &'static str), near: Option<String>) {
        let at = found.span();
        let shown = self.text.get(at.clone()).unwrap_or("").lines().next().unwrap_or("").to_owned();
        self.fault(at, Fault::Value { key: key.to_owned(), found: shown, wanted, near });
    }

    fn all(&mut self, table: &DeTable) {
        for (key, value) in table {
            match &**key.get_ref() {
                "order" => self.order(value),
                "rules" => self.rules(value),
                "smallest-difference" => self.smallest(value),
                "required" => self.required(value),
                other => self.unknown_key(key.span(), other, &KEYS),
            }
        }
    }

    fn order(&mut self, value: &Value) {
        const WANTED: (&str, &str) =
            (" size（差额）、certainty（把握）、rule（规则）组成的列表", "a list of size, certainty and rule");
        let Some(list) = value.get_ref().as_array() else { return self.value("order", value, WANTED, None) };
        for item in list.iter() {
            match item.get_ref().as_str().map(|s| (s, named(&ORDERS, s))) {
                Some((_, Some(order))) if !self.out.order.contains(&order) => self.out.order.push(order),
                Some((s, None)) => self.value("order", item, WANTED, near_of(&ORDERS, s)),
                _ => self.value("order", item, WANTED, None),
            }
        }
    }

    fn rules(&mut self, value: &Value) {
        let Some(table) = value.get_ref().as_table() else {
            return self.value("rules", value, ("一个表", "a table"), None);
        };
        for (key, value) in table {
            let id = &**key.get_ref();
            if !RULES.iter().any(|r| r.id == id || r.family() == id) {
                let known = RULES.iter().flat_map(|r| [r.id, r.family()]);
                let near = nearest(id, known).map(str::to_owned);
                self.fault(key.span(), Fault::UnknownRule(id.to_owned(), near));
                continue;
            }
            const WANTED: (&str, &str) = (" off、on、info、warning 或 error", "off, on, info, warning or error");
            match value.get_ref().as_str().map(|s| (s, named(&DECISIONS, s))) {
                Some((_, Some(decision))) => self.out.rules.push((id.to_owned(), decision)),
                Some((s, None)) => self.value(id, value, WANTED, near_of(&DECISIONS, s)),
                None => self.value(id, value, WANTED, None),
            }
        }
    }

    fn smallest(&mut self, value: &Value) {
        let Some(table) = value.get_ref().as_table() else {
            return self.value("smallest-difference", value, ("一个表", "a table"), None);
        };
        for (key, value) in table {
            let unit = &**key.get_ref();
            let packs = self.packs;
            let known = || packs.vocabulary.units.names();
            if !known().any(|u| u == unit) {
                let near = nearest(unit, known()).map(str::to_owned);
                self.fault(key.span(), Fault::UnknownUnit(unit.to_owned(), near));
                continue;
            }
            // As it is written: 0.05 is five hundredths and no float.
            let written = match value.get_ref() {
                DeValue::String(s) => Some(s.to_string()),
                DeValue::Integer(i) if i.radix() == 10 => Some(i.as_str().replace('_', "")),
                DeValue::Float(f) => Some(f.as_str().replace('_', "")),
                _ => None,
            };
            let amount = written.and_then(|w| Decimal::from_str_exact(w.trim_start_matches('+')).ok());
            match amount.filter(|a| !a.is_sign_negative()) {
                Some(amount) => self.out.smallest.push((unit.to_owned(), amount)),
                None => self.value(unit, value, ("不小于零的数", "a number that is not below zero"), None),
            }
        }
    }

    fn required(&mut self, value: &Value) {
        const WANTED: (&str, &str) = ("表的数组（[[required]]）", "an array of tables ([[required]])");
        let Some(list) = value.get_ref().as_array() else { return self.value("required", value, WANTED, None) };
        for item in list.iter() {
            match item.get_ref().as_table() {
                Some(table) => self.requirement(table, item),
                None => self.value("required", item, WANTED, None),
            }
        }
    }

    fn requirement(&mut self, table: &DeTable, whole: &Value) {
        let mut out = Requirement { regions: vec![], kinds: vec![], sections: vec![] };
        for (key, value) in table {
            match &**key.get_ref() {
                "region" => out.regions = self.words("region", value),
                "sections" => {
                    let names = |s: String| s.split('|').map(|n| n.trim().to_owned()).collect::<Vec<_>>();
                    out.sections = self.words("sections", value).into_iter().map(names).collect();
                }
                "kind" => {
                    const WANTED: (&str, &str) = (
                        " unit_budget、department_budget 或 final_account",
                        "unit_budget, department_budget or final_account",
                    );
                    for s in self.words("kind", value) {
                        match named(&KINDS, &s) {
                            Some(kind) => out.kinds.push(kind),
                            None => self.value("kind", value, WANTED, near_of(&KINDS, &s)),
                        }
                    }
                }
                other => self.unknown_key(key.span(), other, &REQUIRED),
            }
        }
        if out.sections.iter().flatten().any(String::is_empty) || !table.iter().any(|(k, _)| k.get_ref() == "sections")
        {
            const WANTED: (&str, &str) = ("带有 sections（非空名称）的表", "a table with sections that have names");
            return self.value("required", whole, WANTED, None);
        }
        self.out.required.push(out);
    }

    /// A string, or a list of strings.
    fn words(&mut self, key: &str, value: &Value) -> Vec<String> {
        const WANTED: (&str, &str) = ("字符串或字符串的列表", "a string or a list of strings");
        let mut out = Vec::new();
        match value.get_ref() {
            DeValue::String(s) => out.push(s.to_string()),
            DeValue::Array(list) => {
                for item in list.iter() {
                    match item.get_ref().as_str() {
                        Some(s) => out.push(s.to_owned()),
                        None => self.value(key, item, WANTED, None),
                    }
                }
            }
            _ => self.value(key, value, WANTED, None),
        }
        out
    }
}

fn named<T: Copy>(all: &[(&str, T)], name: &str) -> Option<T> {
    all.iter().find(|(n, _)| *n == name).map(|(_, t)| *t)
}

fn near_of<T>(all: &[(&'static str, T)], name: &str) -> Option<String> {
    nearest(name, all.iter().map(|(n, _)| *n)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Settings, Vec<(Option<usize>, Fault)>> {
        settings(text, Packs::builtin().unwrap())
    }

    #[test]
    fn everything_at_once() {
        let out = read(
            r#"
order = ["size", "certainty", "rule"]
[rules]
absence = "off"
"sum/parts-differ-from-total" = "warning"
[smallest-difference]
"万元" = 0.05
"%" = "0.1"
[[required]]
region = ["浙江", "杭州"]
kind = "department_budget"
sections = ["一般性支出|会议费", "政府购买服务"]
"#,
        )
        .unwrap();
        assert_eq!(out.order, [Order::Size, Order::Certainty, Order::Rule]);
        assert_eq!(out.rules[0], ("absence".to_owned(), Decision::Off));
        assert_eq!(out.rules[1].1, Decision::Weighs(Severity::Warning));
        // A table of TOML has no order of its own.
        let mut smallest = out.smallest.clone();
        smallest.sort();
        assert_eq!(smallest, [("%".to_owned(), Decimal::new(1, 1)), ("万元".to_owned(), Decimal::new(5, 2))]);
        assert_eq!(out.required[0].regions, ["浙江", "杭州"]);
        assert_eq!(out.required[0].kinds, [Kind::DepartmentBudget]);
        let sections: Vec<Vec<&str>> =
            out.required[0].sections.iter().map(|names| names.iter().map(String::as_str).collect()).collect();
        assert_eq!(sections, [vec!["一般性支出", "会议费"], vec!["政府购买服务"]]);
        assert_eq!(read("").unwrap(), Settings::default());
    }

    #[test]
    fn all_faults_are_told_with_their_lines() {
        let text = r#"rule = 1
order = ["size", "sise"]
[rules]
"sum/parts-differ-from-totel" = "off"
absense = "off"
equal = "eror"
[smallest-difference]
"万圆" = 1
"万元" = -1
[[required]]
region = "浙江"
[[required]]
sections = ["甲"]
kinds = ["unit"]
"#;
        let faults = read(text).unwrap_err();
        let lines: Vec<usize> = faults.iter().filter_map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 2, 4, 5, 6, 8, 9, 10, 14]);
        let near = |n: usize| match &faults[n].1 {
            Fault::UnknownKey(_, near) | Fault::UnknownRule(_, near) | Fault::UnknownUnit(_, near) => near.as_deref(),
            Fault::Value { near, .. } => near.as_deref(),
            _ => None,
        };
        assert_eq!(near(0), Some("rules"));
        assert_eq!(near(1), Some("size"));
        assert_eq!(near(2), Some("sum/parts-differ-from-total"));
        assert_eq!(near(3), Some("absence"));
        assert_eq!(near(4), Some("error"));
        assert_eq!(near(8), Some("kind"));
    }

    #[test]
    fn what_is_no_toml_has_a_line_too() {
        let faults = read("[rules]\nsum = \n").unwrap_err();
        assert!(matches!(faults[..], [(Some(2), Fault::Syntax(_))]), "{faults:?}");
    }
}
