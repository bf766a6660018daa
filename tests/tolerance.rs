//! The two propositions of docs/tolerance.md, put to notes made at random:
//! what held before its figures were printed is never called a contradiction,
//! and what no amounts behind the printed figures explain always is. The second
//! is judged by whole numbers here, without the program's intervals.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use gouji::check::{Finding, Verdict, check};
use gouji::fact::read;
use gouji::pattern::Packs;
use gouji::segment::{View, segment};
use proptest::prelude::*;
use proptest::sample::select;

/// How a figure loses its further digits.
#[derive(Debug, Clone, Copy)]
enum Printing {
    HalfUp,
    HalfEven,
    Truncated,
}

fn printing() -> impl Strategy<Value = Printing> {
    select(&[Printing::HalfUp, Printing::HalfEven, Printing::Truncated][..])
}

/// `numerator ÷ denominator` as a whole number, the further digits lost.
fn cut(numerator: i128, denominator: i128, printing: Printing) -> i128 {
    let (n, d) = (numerator.abs(), denominator.abs());
    let (whole, twice_rest) = (n / d, 2 * (n % d));
    let up = match printing {
        Printing::Truncated => false,
        Printing::HalfUp => twice_rest >= d,
        Printing::HalfEven => twice_rest > d || twice_rest == d && whole % 2 == 1,
    };
    (whole + i128::from(up)) * numerator.signum() * denominator.signum()
}

/// A printed figure without its sign: `scaled` ÷ 10^`places`.
fn shown(scaled: i128, places: u32, drop_zeros: bool) -> String {
    let unit = 10_i128.pow(places);
    let (whole, rest) = (scaled.abs() / unit, scaled.abs() % unit);
    let text =
        if places == 0 { whole.to_string() } else { format!("{whole}.{rest:0>width$}", width = places as usize) };
    if drop_zeros && text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A unit of money and the places that the note prints in it.
#[derive(Debug, Clone, Copy)]
struct Unit {
    name: &'static str,
    yuan: i128,
    places: u32,
}

const YUAN: Unit = Unit { name: "元", yuan: 1, places: 2 };
const TEN_THOUSAND: Unit = Unit { name: "万元", yuan: 10_000, places: 2 };
const HUNDRED_MILLION: Unit = Unit { name: "亿元", yuan: 100_000_000, places: 4 };

/// Fen behind one unit of the last place.
fn fen(unit: Unit) -> i128 {
    unit.yuan * 100 / 10_i128.pow(unit.places)
}

fn findings(note: &str, rule: &str) -> Vec<Finding> {
    let packs = Packs::builtin().unwrap();
    let view = View::new(note, &[]);
    let all = check(packs, &read(packs, &view, segment(&view, None)));
    all.list.into_iter().filter(|f| f.rule.id == rule).collect()
}

/// What becomes of every relation of a rule in a note; that it is tested at all
/// is part of the claim.
fn verdicts(note: &str, rule: &str) -> Vec<Verdict> {
    let found: Vec<Verdict> = findings(note, rule).iter().map(|f| f.verdict).collect();
    assert!(!found.is_empty(), "{rule} is not tested in:\n{note}");
    found
}

fn none_disagrees(note: &str) -> Result<(), TestCaseError> {
    let packs = Packs::builtin().unwrap();
    let view = View::new(note, &[]);
    let all = check(packs, &read(packs, &view, segment(&view, None)));
    let wrong: Vec<&Finding> = all.list.iter().filter(|f| f.verdict == Verdict::Disagrees).collect();
    prop_assert!(wrong.is_empty(), "{note}\n{wrong:#?}");
    prop_assert!(all.list.iter().any(|f| matches!(f.verdict, Verdict::Exact | Verdict::Rounded | Verdict::Undecided)));
    Ok(())
}

/// An amount in fen, from a few yuan to tens of billions.
fn amount() -> impl Strategy<Value = i128> {
    prop_oneof![100_000_i128..100_000_000, 100_000_000_i128..100_000_000_000, 1_000_000_i128..1_000_000_000_000]
}

/// A figure as it goes to print.
#[derive(Debug, Clone, Copy)]
struct Print {
    printing: Printing,
    drop_zeros: bool,
}

fn print() -> impl Strategy<Value = Print> {
    (printing(), any::<bool>()).prop_map(|(printing, drop_zeros)| Print { printing, drop_zeros })
}

fn money(amount: i128, unit: Unit, print: Print) -> String {
    format!("{}{}", shown(cut(amount, fen(unit), print.printing), unit.places, print.drop_zeros), unit.name)
}

/// `part` in per cent of `whole`, to so many places.
fn percent(part: i128, whole: i128, places: u32, print: Print) -> String {
    let scaled = cut(part * 100 * 10_i128.pow(places), whole, print.printing);
    format!("{}%", shown(scaled, places, print.drop_zeros))
}

const ITEMS: [&str; 5] = ["教育支出", "卫生健康支出", "农林水支出", "住房保障支出", "社会保障和就业支出"];

/// A list that ends in 其他 claims to be complete.
fn sum_note(total: &str, parts: &[String]) -> String {
    let names = ITEMS.iter().take(parts.len() - 1).chain(["其他支出"].iter());
    let list: Vec<String> = names.zip(parts).map(|(item, part)| format!("{item}{part}")).collect();
    format!("2024年单位预算情况说明\n2024年支出预算{total}，其中：{}。\n", list.join("，"))
}

/// Ends of what a printed figure stands for, in half units of its last place.
fn ends(scaled: i128) -> (i128, i128) {
    match scaled.signum() {
        0 => (-2, 2),
        1 => (2 * scaled - 1, 2 * scaled + 2),
        _ => (2 * scaled - 2, 2 * scaled + 1),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sums_that_held_are_no_contradiction(
        parts in prop::collection::vec((amount(), print()), 2..=6), whole in print(),
    ) {
        let total: i128 = parts.iter().map(|(a, _)| a).sum();
        let list: Vec<String> = parts.iter().map(|(a, p)| money(*a, TEN_THOUSAND, *p)).collect();
        none_disagrees(&sum_note(&money(total, TEN_THOUSAND, whole), &list))?;
    }

    #[test]
    fn sums_in_mixed_units_that_held_are_no_contradiction(
        parts in prop::collection::vec(
            (100_000_000_i128..1_000_000_000_000, select(&[YUAN, TEN_THOUSAND, HUNDRED_MILLION][..]), print()), 2..=6),
        whole in (select(&[TEN_THOUSAND, HUNDRED_MILLION][..]), print()),
    ) {
        let total: i128 = parts.iter().map(|(a, ..)| a).sum();
        let list: Vec<String> = parts.iter().map(|(a, unit, p)| money(*a, *unit, *p)).collect();
        none_disagrees(&sum_note(&money(total, whole.0, whole.1), &list))?;
    }

    #[test]
    fn changes_that_held_are_no_contradiction(
        level in (amount(), print()), prior in (amount(), print()), change in print(), rate in (0_u32..=3, print()),
    ) {
        let ((level, a), (prior, b)) = (level, prior);
        let by = level - prior;
        let word = |up, down| if by >= 0 { up } else { down };
        let rate = percent(by, prior, rate.0, rate.1);
        none_disagrees(&format!(
            "2024年单位预算情况说明\n2024年维修费{}，较2023年的{}{}{}，{}{rate}。\n",
            money(level, TEN_THOUSAND, a), money(prior, TEN_THOUSAND, b),
            word("增加", "减少"), money(by, TEN_THOUSAND, change), word("增长", "下降"),
        ))?;
    }

    #[test]
    fn growth_from_a_change_that_held_is_no_contradiction(
        level in (amount(), print()), prior in amount(), change in print(), rate in (0_u32..=3, print()),
    ) {
        let (level, a) = level;
        let by = level - prior;
        let word = |up, down| if by >= 0 { up } else { down };
        none_disagrees(&format!(
            "2021年单位决算情况说明\n2021年公务接待费支出决算{}，比上年{}{}，{}{}。\n",
            money(level, TEN_THOUSAND, a), word("增加", "减少"), money(by, TEN_THOUSAND, change),
            word("增长", "下降"), percent(by, prior, rate.0, rate.1),
        ))?;
    }

    #[test]
    fn shares_that_held_are_no_contradiction(
        parts in prop::collection::vec((amount(), print(), print()), 2..=6), whole in print(), places in 0_u32..=3,
    ) {
        let total: i128 = parts.iter().map(|(a, ..)| a).sum();
        let list: Vec<String> = parts.iter()
            .map(|(a, p, q)| format!("{}，占{}", money(*a, TEN_THOUSAND, *p), percent(*a, total, places, *q)))
            .collect();
        none_disagrees(&sum_note(&money(total, TEN_THOUSAND, whole), &list))?;
    }

    #[test]
    fn completion_that_held_is_no_contradiction(
        budget in (amount(), print()), actual in (amount(), print()), rate in (0_u32..=3, print()),
    ) {
        none_disagrees(&format!(
            "2022年部门决算情况说明\n2022年基本支出年初预算为{}，支出决算为{}，完成年初预算的{}。\n",
            money(budget.0, TEN_THOUSAND, budget.1), money(actual.0, TEN_THOUSAND, actual.1),
            percent(actual.0, budget.0, rate.0, rate.1),
        ))?;
    }

    #[test]
    fn a_sum_disagrees_if_and_only_if_no_amounts_explain_it(
        parts in prop::collection::vec(1_i128..10_000_000, 3..=6), off in -12_i128..=12,
    ) {
        let sum: i128 = parts.iter().sum();
        let total = sum + off;
        // Of two items, or where a quarter of the total is missing, 其他支出 need not be all the others.
        prop_assume!(total > 0 && 4 * sum >= 3 * total);
        let text = |scaled: i128| format!("{}万元", shown(scaled, 2, false));
        let list: Vec<String> = parts.iter().map(|p| text(*p)).collect();
        let note = sum_note(&text(total), &list);
        let low: i128 = parts.iter().map(|p| ends(*p).0).sum();
        let high: i128 = parts.iter().map(|p| ends(*p).1).sum();
        // One of the ends that meet is that of a truncated figure, which it never reaches.
        let explained = low < ends(total).1 && ends(total).0 < high;
        for verdict in verdicts(&note, "sum/parts-differ-from-total") {
            prop_assert_eq!(verdict == Verdict::Disagrees, !explained, "{}", note);
            prop_assert_eq!(verdict == Verdict::Exact, off == 0, "{}", note);
        }
    }

    #[test]
    fn a_change_disagrees_if_and_only_if_no_amounts_explain_it(
        prior in 1_i128..10_000_000, by in -1_000_000_i128..1_000_000, off in -6_i128..=6,
    ) {
        let level = prior + by + off;
        prop_assume!(level > 0 && by != 0);
        let word = if by > 0 { "增加" } else { "减少" };
        let note = format!(
            "2024年单位预算情况说明\n2024年维修费{}万元，较2023年的{}万元{word}{}万元。\n",
            shown(level, 2, false), shown(prior, 2, false), shown(by, 2, false),
        );
        let (low, high) = (ends(prior).0 + ends(by).0, ends(prior).1 + ends(by).1);
        let explained = low < ends(level).1 && ends(level).0 < high;
        for verdict in verdicts(&note, "change/differs-from-levels") {
            prop_assert_eq!(verdict == Verdict::Disagrees, !explained, "{}", note);
        }
    }

    #[test]
    fn a_rate_disagrees_if_and_only_if_no_amounts_explain_it(
        budget in 1_i128..1_000_000, actual in 1_i128..1_000_000, off in -40_i128..=40, places in 0_u32..=2,
    ) {
        let unit = 10_i128.pow(places);
        let rate = cut(actual * 100 * unit, budget, Printing::HalfUp) + off;
        prop_assume!(rate > 0 && rate < 1_000_000 * unit);
        let note = format!(
            "2022年部门决算情况说明\n2022年基本支出年初预算为{}万元，支出决算为{}万元，完成年初预算的{}%。\n",
            shown(budget, 2, false), shown(actual, 2, false), shown(rate, places, false),
        );
        // 100 · a ÷ b and r meet; all of them are positive, and multiplied out.
        let ((rate_low, rate_high), (a, b)) = (ends(rate), (ends(actual), ends(budget)));
        let explained = 100 * 2 * unit * a.0 <= rate_high * b.1 && rate_low * b.0 <= 100 * 2 * unit * a.1;
        for verdict in verdicts(&note, "ratio/completion-differs") {
            prop_assert_eq!(verdict == Verdict::Disagrees, !explained, "{}", note);
        }
    }

    #[test]
    fn growth_disagrees_if_and_only_if_no_amounts_explain_it(
        level in 1_000_i128..1_000_000, prior in 1_000_i128..1_000_000, off in -40_i128..=40,
    ) {
        let rate = cut((level - prior) * 10_000, prior, Printing::HalfUp) + off;
        prop_assume!(rate != 0 && (rate > 0) == (level > prior) && level != prior);
        let word = if rate > 0 { "增长" } else { "下降" };
        let note = format!(
            "2024年单位预算情况说明\n2024年维修费{}万元，较2023年的{}万元{word}{}%。\n",
            shown(level, 2, false), shown(prior, 2, false), shown(rate, 2, false),
        );
        // 10000 · (l ÷ p − 1) and r meet, in half hundredths of a per cent.
        let ((rate_low, rate_high), (l, p)) = (ends(rate), (ends(level), ends(prior)));
        let explained = 20_000 * (l.0 - p.1) <= rate_high * p.1 && rate_low * p.0 <= 20_000 * (l.1 - p.0);
        for verdict in verdicts(&note, "ratio/growth-differs") {
            prop_assert_eq!(verdict == Verdict::Disagrees, !explained, "{}", note);
        }
    }
}
