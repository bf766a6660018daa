//! A figure and its item become a fact: year, stage, base, fund; what it
//! leaves behind for those that follow; the list that it joins.

use super::super::context::{Base, Gap, List, ListKind};
use super::super::label::{self, Item};
use super::super::{Basis, Breakdown, Carryover, Claim, Extent, Fact, FactId, Measure, Reading, Role};
use super::stages::planned;
use super::{Figure, MAX_MEMBERS, Reader, Said, WITHOUT};
use crate::lex::{AsOf, EntryId, Lexed, Period, Token, TokenKind, UnitId, UnitKind};
use crate::pattern::{Fund, Stage};
use crate::segment::Kind;
use rust_decimal::Decimal;
use std::sync::Arc;

impl<'a> Reader<'a> {
    pub(super) fn fact(&self, figure: &Figure, said: &Said<'a>, item: &Item<'a>) -> Fact {
        let list = self.lists.last();
        let heading = self.headings.last();
        let drivers = list.is_some_and(|l| l.kind == ListKind::Drivers);
        let held = self.moment.filter(|(_, stopped)| {
            // After a stop only what is held at that date goes on: 单价50万元以上设备3台.
            let asset = item.concept.is_some_and(|c| c.starts_with("assets")) || item.label.contains("设备");
            figure.measure == Measure::Level && (!*stopped || asset)
        });
        // 1-6月收入完成…。支出完成…: the months hold for the paragraph.
        // 2031年9月，收入…。税收收入…, in a place's report: a month too.
        let report = self.out.identity.kind == Kind::CountyReport && figure.kind == UnitKind::Money;
        let flows = report && !item.concept_id().is_some_and(|c| c.starts_with("assets") || c.starts_with("debt.b"));
        // 2024年11月，收入2亿元。预计全年收入22亿元，全年支出30亿元: no more of the month.
        let moment = self.moment.filter(|(p, _)| !(p.as_of.is_month() && self.is_of_all_year(figure)));
        let lasts = |p: Period| p.as_of.is_months() || flows && p.as_of.is_month();
        let months = moment.filter(|(p, _)| lasts(*p) && figure.measure == Measure::Level);
        // 完成年初预算10065万元的43.2%: what is planned is of the whole year.
        let plans = planned(said.stage.or(self.clause.stage));
        let held = held.or(months).filter(|_| !plans);
        let last_year =
            || self.goes_on_of_last_year(figure).then_some(Period { relative: Some(-1), ..Period::default() });
        let local =
            if figure.prior { said.period } else { self.clause.period.or(held.map(|(p, _)| p)).or_else(last_year) };
        let context =
            self.lists.iter().rev().find_map(|l| l.year).or_else(|| heading.and_then(|h| h.year)).or(self.year);
        // 二、2011年“三公”经费预算情况｜本年预算数较去年减少…: this year is the heading's.
        let of_figures = heading.filter(|h| h.stage.is_some()).and_then(|h| h.year);
        let this_year = of_figures.or(self.year).or(context);
        let resolve = |p: Period| p.year.or_else(|| p.relative.and_then(|r| this_year.map(|y| y + r)));
        let own_year = local.and_then(resolve);
        let year = if figure.prior {
            // 由2.30万元减至1.50万元: the year of the base, named or not.
            own_year.or_else(|| self.base_year(context))
        } else if figure.measure == Measure::Level || local.is_some_and(|p| p.relative != Some(-1)) {
            own_year.or(context)
        } else {
            context
        };
        // 1-3月收入57122万元: what came in so far.
        let so_far = local.is_some_and(|p| p.as_of.is_months()) && self.default_stage == Stage::Budget;
        // 事业编制11，实有16人: people, though no unit says so.
        let people = figure.kind == UnitKind::Bare && item.concept_id().is_some_and(|c| c.starts_with("staff."));
        let counted = people
            || matches!(
                figure.kind,
                UnitKind::People | UnitKind::Vehicles | UnitKind::Count | UnitKind::Physical | UnitKind::Time
            );
        let mut stage = said
            .stage
            .or(self.clause.stage)
            .or_else(|| list.and_then(|l| l.stage))
            .or_else(|| heading.filter(|h| h.year.is_none() || h.year == year).and_then(|h| h.stage))
            // 2032年安排收入…, in a report of 2031: what is to come is planned.
            .or_else(|| year.zip(self.year).filter(|(y, own)| y > own).map(|_| Stage::Budget))
            .or(Some(if so_far { Stage::Executed } else { self.default_stage }));
        let holding = item
            .concept_id()
            .is_some_and(|c| c.starts_with("assets") || c.starts_with("debt.balance") || c.starts_with("debt.limit"));
        if counted || holding && said.stage.is_none() && self.clause.stage.is_none() {
            stage = None;
        } else if matches!(figure.measure, Measure::Change | Measure::Growth) && self.clause.stage.is_none() {
            // A change is of the level that it was told of.
            let level = list.and_then(|l| l.level).filter(|l| self.out.fact(*l).is_some_and(|f| f.year == year));
            stage = level.and_then(|l| self.stage_of_change(l)).or(stage);
        }
        let owner = list.and_then(|l| l.owner_level.or(l.owner_change)).and_then(|o| self.out.fact(o));
        // 一、年初预算。“三公”经费预算54万元，其中：接待费支出决算42万元: below a heading of plans, the part of a plan is planned.
        let planned = |f: &Fact| f.measure == Measure::Level && f.stage == Some(Stage::Budget);
        let misnamed = stage == Some(Stage::Final)
            && heading
                .and_then(|h| self.out.sections.get(h.node as usize))
                .is_some_and(|s| s.heading.contains("年初预算"))
            && list.is_some_and(|l| l.kind == ListKind::Components)
            && owner.is_some_and(|o| planned(o) && o.sentence.0 == self.sentence_start);
        if misnamed && figure.measure == Measure::Level {
            stage = Some(Stage::Budget);
        }
        let fund = item
            .fund
            .or_else(|| owner.filter(|_| !drivers || item.concept.is_some()).and_then(|o| o.fund))
            .or_else(|| heading.and_then(|h| h.fund))
            .or_else(|| self.fund_of_paragraph(item))
            .or_else(|| self.budget_fund.filter(|f| item.concept_id().is_some_and(|c| of_budget(c, *f))))
            .or(self.title_fund)
            .filter(|_| !counted);
        // 财政拨款支出 below 一般公共预算财政拨款支出情况: the one fund of the three.
        let one = heading.and_then(|h| h.fund).filter(|f| *f != Fund::Fiscal && *f != Fund::SpecialAccount);
        let fund = if fund == Some(Fund::Fiscal) && !counted { one.or(fund) } else { fund };
        // What a unit earns comes from no fund.
        let in_county = self.out.identity.kind == Kind::CountyReport;
        // A county's subsidies from above belong to the fund that it tells of.
        let earned = |c: &str| is_earned(c) && !(in_county && c == "revenue.superior");
        let insured = item.part.is_some_and(|p| p.contains("保险"))
            || item.concept_id().is_some_and(|c| c.contains("social_insurance"));
        let fund = fund.filter(|_| item.fund.is_some() || !insured && !item.concept_id().is_some_and(earned));
        let flow = item
            .flow
            .or_else(|| owner.and_then(|o| o.flow))
            .or_else(|| heading.and_then(|h| h.flow))
            .filter(|_| !counted);
        let (basis, qualifier) = self.basis(figure, said, item, year);
        // 增加债务转贷收入6430万元, in the adjustment of a budget: the adjusted one has it.
        let over = |b: &Basis| !b.stated && b.year == year && b.stage == Some(Stage::Budget);
        if figure.measure == Measure::Change && stage == Some(Stage::Budget) && basis.as_ref().is_some_and(over) {
            stage = Some(Stage::Adjusted);
        }
        if matches!(figure.measure, Measure::Completion) {
            stage = match self.default_stage {
                Stage::Budget => list.and_then(|l| l.level).and_then(|l| self.out.fact(l)).and_then(|f| f.stage),
                s => Some(s),
            };
        }
        let concept = self.concept(item, counted, figure);
        let inferred = if figure.unit.is_none() && figure.printed {
            match figure.measure {
                Measure::Level | Measure::Change if people => self.packs.vocabulary.units.by_name("人"),
                Measure::Level | Measure::Change => self.money_unit.or(self.declared_unit),
                _ => self.packs.vocabulary.units.by_name("%"),
            }
        } else {
            None
        };
        // 1-9月收入3.12亿元，比上年同期2.93亿元增收0.19亿元: what it is compared with is of the same months.
        let as_of = local.map(|p| p.as_of).filter(|a| !figure.prior || *a != AsOf::Year).unwrap_or_else(|| {
            // 一季度支出21405万元，…，其中教育增长38.36%: of the same months.
            let level = list.and_then(|l| l.level.or(l.owner_level)).and_then(|l| self.out.fact(l));
            // 截至5月，…完成收入…。｜支出…: a report of some months goes on with them.
            let told = self.report_months.filter(|p| !plans && !figure.prior && resolve(*p) == year);
            match figure.measure {
                Measure::Level if !figure.prior => told.map_or(AsOf::Year, |p| p.as_of),
                _ => level.map_or(AsOf::Year, |l| l.as_of),
            }
        });
        // 1-9月…，当月完成5亿元: of the last of them.
        let as_of = match as_of {
            AsOf::Months { to, .. } if qualifier.as_deref() == Some("当月") => AsOf::Months { from: to, to },
            a => a,
        };
        Fact {
            concept,
            label: item.label.to_owned(),
            also: self.also(figure).filter(|l| l != item.label),
            measure: figure.measure,
            value: figure.value,
            unit: figure.unit.or_else(|| self.money_unit.filter(|_| !figure.printed && figure.kind == UnitKind::Money)),
            unit_inferred: inferred,
            decimals: figure.decimals,
            year,
            as_of,
            stage,
            basis,
            fund,
            flow,
            part: item.part.map(str::to_owned),
            carryover: None,
            role: None,
            parent: None,
            within: said.within.map(str::to_owned),
            qualifier,
            cause: None,
            stated: figure.stated,
            printed: figure.printed,
            prior: figure.prior,
            about: figure.printed && self.told_roughly(figure),
            start: figure.start,
            end: figure.end,
            sentence: (self.sentence_start, figure.end),
            pattern: figure.pattern,
            section: heading.map(|h| h.node),
            paragraph: self.paragraph,
            cell: None,
        }
    }

    /// 约4.9亿元, 近700万元, 15%左右: whether words beside a figure say that it is not quite that.
    fn told_roughly(&self, figure: &Figure) -> bool {
        let before = self.view.text.get(..figure.start as usize).unwrap_or("");
        let after = self.view.text.get(figure.end as usize..).unwrap_or("");
        // 节约30万元 tells no less than that.
        let about =
            before.trim_end_matches('为').strip_suffix('约').is_some_and(|b| !b.ends_with(['节', '签', '预', '违']));
        about
            || ["近", "逾", "超过", "突破", "不足"].iter().any(|w| before.ends_with(w))
            || ["左右", "上下", "以上", "多"].iter().any(|w| after.starts_with(w))
    }

    /// The item's concept, narrowed to what is counted of it and to the 款 that
    /// the classification has named before.
    pub(super) fn concept(&self, item: &Item<'a>, counted: bool, figure: &Figure) -> Option<Arc<str>> {
        let concept = item.concept?;
        if let (Some(kuan), Some(tail)) = (&self.kuan, concept.strip_prefix("expenditure.function.xx")) {
            return Some(format!("expenditure.function.{kuan}{tail}").into());
        }
        // 上级补助29万元(一般性转移支付25万元，专项3万元): of what comes from above.
        if &**concept == "nontax.special" {
            let owner = self.lists.last().and_then(|l| l.owner_level.or(l.owner_change)).and_then(|o| self.out.fact(o));
            let above = |c: &str| c == "revenue.superior" || c.starts_with("transfer");
            let special = self.packs.concept("transfer.special");
            if let Some(t) = special.filter(|_| owner.and_then(|o| o.concept.as_deref()).is_some_and(above)) {
                return Some(Arc::clone(&t.concept));
            }
        }
        // 国(境)外接待3批次，人次42人: of the batches right before it.
        let guests = "three_public.reception.guests";
        // …(其中：外事接待2批次)，接待42人次: those of the bracket are told.
        let apart = || {
            let from = self.out.facts.last().map_or(0, |f| f.end);
            self.view.slice(from, figure.start.max(from)).contains(')')
        };
        if &**concept == guests
            && self.out.facts.len() > self.sentence_fact
            && !apart()
            && self.out.facts.last().and_then(|f| f.concept.as_deref())
                == Some("three_public.reception.foreign.batches")
            && let Some(foreign) = self.packs.concept("three_public.reception.foreign.guests")
        {
            return Some(Arc::clone(&foreign.concept));
        }
        // 拟购执法车2辆，比上年少3辆: what is bought, and none that stands there.
        if concept.starts_with("assets.vehicles")
            && figure.kind == UnitKind::Vehicles
            && self.is_bought(item.label, figure)
            && let Some(t) = self.packs.concept("three_public.vehicle.purchased")
        {
            return Some(Arc::clone(&t.concept));
        }
        let unit = figure.unit.filter(|_| counted).and_then(|u| self.packs.vocabulary.units.get(u));
        let narrow = unit.and_then(|u| label::counted(self.packs, concept, &u.name, u.kind));
        Some(Arc::clone(narrow.unwrap_or(concept)))
    }

    /// 拟购执法车2辆: whether the words before a number of vehicles, or those before the number that it is
    /// compared with, say that they are bought.
    fn is_bought(&self, label: &str, figure: &Figure) -> bool {
        let last = self.out.facts.last().filter(|f| f.start >= self.sentence_start);
        let from = last.map_or(self.sentence_start, |f| f.end).min(figure.start);
        let said = self.view.slice(from, figure.start);
        match said.find(label) {
            Some(at) => BUYS.iter().any(|w| said.get(..at).is_some_and(|s| s.ends_with(w))),
            None => {
                last.is_some_and(|f| f.label == label && f.concept.as_deref() == Some("three_public.vehicle.purchased"))
            }
        }
    }

    /// What changes are measured against, as last said.
    pub(super) fn base(&self) -> Option<Base> {
        self.lists.iter().rev().find_map(|l| l.base).or(self.told_base).or(self.doc_base)
    }

    /// The year that a change of `year` is measured against, as last said;
    /// the year before where nothing is.
    fn base_year(&self, year: Option<i32>) -> Option<i32> {
        year_of(self.base().unwrap_or_default(), year)
    }

    /// One change said of two levels: 收入80.50万元，支出80.50万元，比上年增加6.20万元.
    pub(super) fn also(&self, figure: &Figure) -> Option<String> {
        if figure.measure != Measure::Change || !self.clause.runs.is_empty() {
            return None;
        }
        let list = self.lists.last().filter(|l| l.kind == ListKind::Base)?;
        let last = list.level?;
        let f = self.out.fact(last)?;
        let g = self.out.fact(last.checked_sub(1)?)?;
        let twins = f.paragraph == g.paragraph
            && last as usize > self.sentence_fact
            && last as usize + 1 == self.out.facts.len()
            && f.value == g.value
            && g.measure == Measure::Level
            && f.label != g.label
            && f.unit == g.unit
            && f.flow != g.flow;
        twins.then(|| g.label.clone())
    }

    pub(super) fn basis(
        &self,
        figure: &Figure,
        said: &Said<'a>,
        item: &Item<'a>,
        year: Option<i32>,
    ) -> (Option<Basis>, Option<String>) {
        let qualifier = self.qualifier(figure);
        let basis = match figure.measure {
            Measure::Change | Measure::Growth => {
                if said.levels {
                    return (
                        Some(Basis { year, stage: Some(Stage::Budget), stated: true, ..Basis::default() }),
                        qualifier,
                    );
                }
                let flat = figure.measure == Measure::Change && !figure.printed;
                // 预算6.35万元，决算6.35万元，完成预算的100%，持平: no other comparison stands between.
                let planned = || self.as_planned(item, year).filter(|_| !self.compares_anew(figure));
                let base = if flat { planned() } else { self.by_verb_of_adjustment(figure, year) };
                let base = base.or_else(|| self.base()).or_else(|| {
                    if flat { self.as_planned(item, year) } else { self.planned_beside(item, year, figure.measure) }
                });
                // 比年初增加6亿元（其中：…），增长26.1%: a bracket has ended what the clause compares with.
                let change = if figure.measure == Measure::Growth { self.before_bracket(figure, item) } else { None };
                let base = base.or_else(|| self.base_of(change));
                let inferred = if base.is_none() { self.base_of_adjustment(figure, year) } else { None };
                let stage = base.or(inferred).and_then(|b| b.stage);
                let stage = stage.or_else(|| self.stage_of_earlier(year).filter(|_| base.is_none()));
                // 超月进度5484万元: a named target, of which the note gives no level.
                let whole = said.target.map(str::to_owned);
                Some(Basis {
                    year: year_of(base.or(inferred).unwrap_or_default(), year),
                    stage,
                    stated: base.is_some(),
                    whole,
                    ..Basis::default()
                })
            }
            Measure::Completion => Some(Basis {
                year,
                stage: Some(said.stage.unwrap_or(Stage::Budget)),
                stated: said.stage.is_some(),
                ..Basis::default()
            }),
            Measure::Share => {
                let list = self.lists.last();
                let owner =
                    list.and_then(|l| l.owner_level.or_else(|| self.lists.iter().rev().find_map(|l| l.owner_level)));
                let mut owner = owner;
                let whole = said.whole.filter(|w| !w.generic);
                // 分别占收入合计的50%、30%、20%: the whole is that of the share right before it.
                let row = |f: &&Fact| {
                    let between = self.view.slice(f.end, figure.start);
                    f.measure == Measure::Share && matches!(between, "、" | "," | "和" | "及" | "与")
                };
                let before = self.out.facts.last().filter(row).and_then(|f| f.basis.as_ref());
                if let Some(basis) = before.filter(|b| said.whole.is_none() && b.whole.is_some()) {
                    return (Some(basis.clone()), qualifier);
                }
                if said.whole.is_some() && whole.is_none() && owner.is_none() {
                    // 占总额的: the total that the paragraph began with.
                    let from = self.out.facts.partition_point(|f| f.paragraph < self.paragraph);
                    let here = self.out.facts.get(from..).unwrap_or(&[]).iter().zip(from as FactId..);
                    owner = here.into_iter().find(|(f, _)| f.measure == Measure::Level).map(|(_, id)| id);
                }
                // “三公”经费决算中，公务接待费…，占70%: of what the sentence began with.
                let topic = self.topic.filter(|t| {
                    owner.is_none()
                        && said.whole.is_none()
                        && item.concept_id().zip(t.concept_id()).is_some_and(|(p, t)| self.packs.is_part(p, t))
                });
                let whole = whole.or(topic);
                let concept = whole.as_ref().and_then(|w| w.concept.cloned()).or_else(|| {
                    if whole.is_some() {
                        None
                    } else {
                        owner.and_then(|o| self.out.fact(o)).and_then(|o| o.concept.clone())
                    }
                });
                let unnamed = whole.is_none();
                Some(Basis {
                    year,
                    stage: None,
                    stated: !unnamed,
                    whole: whole.map(|w| w.label.to_owned()),
                    concept,
                    fact: if unnamed { owner } else { None },
                })
            }
            _ => None,
        };
        (basis, qualifier)
    }

    /// 收入决算530万元，年初预算数为590万元，减少60万元，减少10.17%: measured against the plan that
    /// was told between.
    fn planned_beside(&self, item: &Item<'a>, year: Option<i32>, measure: Measure) -> Option<Base> {
        let here = self.out.facts.get(self.sentence_fact..)?;
        let mut told = here.iter().rev().take_while(|f| f.label == item.label && f.part.as_deref() == item.part);
        let last = told.next()?;
        // 预算数378万元，调整数461万元，决算数461万元，增加83万元: of all three, against the first.
        if let [actual, adjusted, plan] =
            [Some(last), told.clone().next(), told.clone().nth(1)].map(|f| f.map(|f| f.stage))
            && actual.flatten().is_some_and(|s| !planned(Some(s)))
            && (adjusted.flatten(), plan.flatten()) == (Some(Stage::Adjusted), Some(Stage::Budget))
            && last.measure == Measure::Level
            && last.year == year
        {
            return Some(Base { stage: Some(Stage::Budget), years: Some(0), period: None });
        }
        // The change before its rate was measured so.
        let (plan, actual) = match last.measure {
            // 预算数90万元，决算数60万元，差异30万元，差异率33.33%: in either order.
            Measure::Change => {
                let basis = last.basis.as_ref().filter(|b| b.stated && b.year == year && b.stage.is_some())?;
                let (a, b) = (told.next()?, told.next()?);
                if a.stage == basis.stage { (a, b) } else { (b, a) }
            }
            _ => (last, told.next()?),
        };
        let levels = plan.measure == Measure::Level && actual.measure == Measure::Level;
        // 收入预算126500万元，调整为121000万元，核减5500万元: against what was planned first.
        let adjusted =
            measure == Measure::Change && (actual.stage, plan.stage) == (Some(Stage::Budget), Some(Stage::Adjusted));
        let against = if adjusted { actual.stage } else { plan.stage.filter(|_| !planned(actual.stage)) };
        (levels && plan.year == year && actual.year == year && planned(against)).then_some(Base {
            stage: against,
            years: Some(0),
            period: None,
        })
    }

    /// 支出决算6.35万元，较上年增加0.61万元。年初预算6.35万元，持平的主要原因…: what is the same as its plan, which the
    /// paragraph told last, is measured against it.
    fn as_planned(&self, item: &Item<'a>, year: Option<i32>) -> Option<Base> {
        let own = |f: &&Fact| {
            f.measure == Measure::Level
                && !f.prior
                && f.year == year
                && f.label == item.label
                && f.part.as_deref() == item.part
        };
        let here = self.out.facts.iter().rev().take(MAX_MEMBERS).take_while(|f| f.paragraph == self.paragraph);
        // 完成预算的100%，持平
        let done = self.out.facts.last().filter(|f| f.measure == Measure::Completion && f.label == item.label);
        if let Some(basis) = done.filter(|f| f.value == Decimal::ONE_HUNDRED).and_then(|f| f.basis.as_ref()) {
            return planned(basis.stage).then_some(Base { stage: basis.stage, years: Some(0), period: None });
        }
        let mut told = here.filter(own);
        let (last, before) = (told.next()?, told.next()?);
        let plan = [last, before].into_iter().find(|f| planned(f.stage))?;
        let one = planned(last.stage) != planned(before.stage);
        (one && (last.value, last.unit) == (before.value, before.unit)).then_some(Base {
            stage: plan.stage,
            years: Some(0),
            period: None,
        })
    }

    /// 决算6.35万元，与上年持平: whether words between the figure before and this one compare it.
    fn compares_anew(&self, figure: &Figure) -> bool {
        let from = self.out.facts.last().map_or(0, |f| f.end).max(self.sentence_start).min(figure.start);
        let words = self.view.slice(from, figure.start);
        words.contains(['比', '较', '与', '跟', '同', '和'])
    }

    /// 去年收入预算1863万元，实际收入1794万元: whether a sentence that begins with the year before names no other.
    fn goes_on_of_last_year(&self, figure: &Figure) -> bool {
        if (figure.start - self.sentence_start.min(figure.start)) as usize > SENTENCE_BYTES {
            return false;
        }
        let said = self.view.slice(self.sentence_start, figure.start).trim_start();
        let Some(rest) = ["去年", "上年"].iter().find_map(|w| said.strip_prefix(w)) else { return false };
        figure.measure == Measure::Level
            && figure.kind == UnitKind::Money
            && self.out.facts.last().is_some_and(|f| f.sentence.0 == self.sentence_start && f.year < self.year)
            && !rest.starts_with(['结', '末', '底', '余'])
            && !rest.contains(['年', '比', '较'])
    }

    /// The change of an item that a bracket parts from a rate of it.
    fn before_bracket(&self, figure: &Figure, item: &Item) -> Option<FactId> {
        let told = self.out.facts.last()?.end;
        self.view.slice(told, figure.start).find(')').filter(|at| *at < 6)?;
        let from = self.sentence_fact.max(self.out.facts.len().saturating_sub(MOST_IN_BRACKET));
        let here = self.out.facts.get(from..)?;
        let opens = |f: &Fact| self.view.text.get(f.end as usize..).is_some_and(|t| t.starts_with('('));
        let change = |f: &Fact| f.measure == Measure::Change && f.printed && f.label == item.label && opens(f);
        Some((from + here.iter().rposition(change)?) as FactId)
    }

    /// 预计全年收入22亿元，全年支出30亿元: whether the words before a figure say that it is of all the year.
    fn is_of_all_year(&self, figure: &Figure) -> bool {
        let clause = self.view.slice(self.sentence_start, figure.start);
        let from = clause.ceil_char_boundary(clause.len().saturating_sub(YEAR_BYTES));
        clause.get(from..).is_some_and(|near| near.contains("全年"))
    }

    /// 一是增加债务转贷收入6430万元, where a budget is adjusted: measured against that budget.
    fn base_of_adjustment(&self, figure: &Figure, year: Option<i32>) -> Option<Base> {
        let title = self.out.identity.title.as_deref().unwrap_or("");
        let adjusts = title.contains("调整") && title.contains("预算") && self.default_stage == Stage::Budget;
        let amount = figure.measure == Measure::Change && figure.printed && figure.kind == UnitKind::Money;
        (adjusts && amount && year.is_some() && year == self.year).then_some(Base {
            stage: Some(Stage::Budget),
            years: Some(0),
            period: None,
        })
    }

    /// 收入拟调整为85000万元，调减16000万元，下降9.7%: what is adjusted is measured against the budget, whatever its rate is against.
    fn by_verb_of_adjustment(&self, figure: &Figure, year: Option<i32>) -> Option<Base> {
        let said = self.view.slice(self.sentence_start, figure.start);
        let clause = said.rsplit([',', ';', ':']).next().unwrap_or(said);
        let adjusts = ["调增", "调减", "核增", "核减"].iter().any(|w| clause.contains(w));
        let own = clause.contains(['比', '较', '与', '同']);
        if adjusts && !own { self.base_of_adjustment(figure, year) } else { None }
    }

    /// 2025年预算数330万元，2024年预算数320万元，增减额10万元: the stage of the level that was told
    /// right before, of the year before.
    fn stage_of_earlier(&self, year: Option<i32>) -> Option<Stage> {
        let here = self.out.facts.iter().rev().take(4).take_while(|f| f.paragraph == self.paragraph);
        let mut levels = here.filter(|f| f.measure == Measure::Level);
        let (last, before) = (levels.next()?, levels.next()?);
        let earlier = last.year < year && before.year == year && last.label == before.label && before.part == last.part;
        last.stage.filter(|_| earlier && last.year.is_some())
    }

    /// Whether a figure counts people, vehicles or things.
    fn is_count(&self, f: &Fact) -> bool {
        let kind = f.unit.and_then(|u| self.packs.vocabulary.units.get(u)).map(|u| u.kind);
        matches!(kind, Some(UnitKind::People | UnitKind::Vehicles | UnitKind::Count))
    }

    /// 同口径, 自然口径, 当月, 累计: said since the last figure of the sentence.
    pub(super) fn qualifier(&self, figure: &Figure) -> Option<String> {
        // 基本持平: not quite the same.
        let flat = figure.measure == Measure::Change && !figure.printed;
        if flat
            && ["基本", "总体", "大致", "大体"].iter().any(|w| self.view.slice(figure.start, figure.end).starts_with(w))
        {
            return Some("基本".to_owned());
        }
        match self.said {
            Some("当月" | "累计") if figure.measure != Measure::Level => None,
            Some(WITHOUT) => Some("同口径".to_owned()).filter(|_| figure.measure != Measure::Level),
            Some(word) => Some(word.to_owned()),
            None if figure.measure != Measure::Level => {
                let last = self.out.facts.last().filter(|f| f.paragraph == self.paragraph);
                let rate = figure.measure == Measure::Growth;
                let held = |f: &&Fact| match f.qualifier.as_deref() {
                    // 累计出国16人次。经费减少28万元: people were counted, not months.
                    Some("当月" | "累计") => !self.is_count(f),
                    Some("同口径" | "自然口径") => rate && f.measure == Measure::Change,
                    _ => false,
                };
                // 累计完成9.9亿元，为预算10.9亿元的90.9%，增长9.1%: of the level, past the plan told between.
                let plan =
                    last.is_some_and(|f| matches!(f.stage, Some(Stage::Budget)) || f.measure == Measure::Completion);
                let level = self.lists.last().and_then(|l| l.level).and_then(|l| self.out.fact(l));
                let level =
                    level.filter(|l| plan && last.is_some_and(|f| f.label == l.label && f.paragraph == l.paragraph));
                last.filter(held).or(level.filter(held)).and_then(|f| f.qualifier.clone())
            }
            // 支出累计210亿元，其中民生138亿元: a component of what had come in by then.
            None => {
                let owner = self.lists.last().and_then(|l| l.owner_level).and_then(|o| self.out.fact(o));
                owner.and_then(|o| o.qualifier.clone()).filter(|q| matches!(q.as_str(), "当月" | "累计"))
            }
        }
    }

    /// What a fact leaves behind for those that follow.
    pub(super) fn after(&mut self, id: FactId, figure: &Figure, said: &Said<'a>, item: Item<'a>, explicit: bool) {
        if figure.kind == UnitKind::Money && figure.unit.is_some() {
            self.money_unit = figure.unit;
        }
        self.sentence_figures += 1;
        self.said = None;
        let local_period = self.clause.period;
        let local_stage = self.clause.stage.is_some();
        self.clause.figure = true;
        self.clause.runs.clear();
        self.clause.aside = false;
        self.pending = None;
        if !figure.prior && !said.denominator {
            self.clause.stage = None;
            self.clause.period = None;
        }
        let fact_year = self.out.fact(id).and_then(|f| f.year);
        let same_item = self
            .lists
            .last()
            .and_then(|l| l.item.as_ref())
            .is_some_and(|i| i.label == item.label && i.part == item.part);
        let level_year = self.lists.last().and_then(|l| l.level).and_then(|l| self.out.fact(l)).and_then(|f| f.year);
        let level_stage = self
            .lists
            .last()
            .and_then(|l| l.level)
            .filter(|l| *l as usize >= self.sentence_fact)
            .and_then(|l| self.out.fact(l))
            .and_then(|f| f.stage);
        // 今年预算18万元，上年预算26万元: the second is what the first is compared with.
        let earlier = figure.measure == Measure::Level
            && !figure.prior
            && local_period.is_some()
            && same_item
            && matches!((fact_year, level_year), (Some(a), Some(b)) if a < b);
        if earlier && let Some(f) = self.out.facts.get_mut(id as usize) {
            f.prior = true;
        }
        let Some((stage, fund)) = self.out.fact(id).map(|f| (f.stage, f.fund)) else { return };
        // 履职补贴64.32万元；268名代表，年人均2400元，计64.32万元: what each gets is no item of its own.
        if is_rate_of_each(item.label) {
            return;
        }
        // 其余160万元为公用经费: what is said next is of the whole again.
        if is_rest(&item) {
            if figure.measure == Measure::Level {
                self.join(id, &item);
            }
            return;
        }
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        if figure.prior && explicit {
            // 公务接待费较上年预算2.40万元减少0.3万元: the change is of the same item.
            list.item = Some(item);
        }
        match figure.measure {
            Measure::Level if !figure.prior && !said.denominator => {
                // 支出2.05万元，年初预算为2.95万元: what was spent stays the level.
                let actual = |s: Option<Stage>| matches!(s, Some(Stage::Final | Stage::Executed));
                let plan = same_item && actual(level_stage) && planned(stage) && local_stage;
                let adjusted = list.level.filter(|_| same_item && local_stage);
                if !earlier && !plan {
                    let told = list.level.is_some();
                    list.item = Some(item);
                    if list.kind == ListKind::Base && fund.is_some() && list.level.is_none() {
                        list.fund = fund;
                        self.fund_rank = Some(self.numbered).filter(|r| *r > 0);
                    }
                    list.level = Some(id);
                    list.change = None;
                    list.rate_at = 0;
                    // 拨款收入382万元，因2030年下拨抚恤74万元。2.上级补助8万元; 2030年结转资金20万元。办公费8万元: a year
                    // gone by is of its own figure.
                    let carried = item.concept_id().is_some_and(|c| c.starts_with("carryover"));
                    let own = if figure.kind == UnitKind::Money { list.year.or(self.year) } else { list.year };
                    let back = (told || carried) && fact_year < own;
                    // 截至2024年年底 is the moment of its sentence, not the year of what follows.
                    let moment = |p: Period| p.as_of.is_moment();
                    if local_period.is_some_and(|p| (p.year.is_some() || p.relative == Some(0)) && !moment(p))
                        && list.kind != ListKind::Drivers
                        && !back
                    {
                        list.year = fact_year.or(list.year);
                    }
                }
                self.was_planned(adjusted, figure, stage);
                self.join(id, &item);
            }
            Measure::Change | Measure::Growth => {
                let amount = figure.measure == Measure::Change && figure.printed;
                if amount || list.change.is_none() || !same_item {
                    list.change = Some(id);
                }
                if explicit {
                    list.item = Some(item);
                }
                if list.rates.len() <= list.rate_at && figure.measure == Measure::Growth {
                    list.rates.push(Measure::Growth);
                }
                if figure.measure == Measure::Growth {
                    list.rate_at += 1;
                }
                if local_period.is_some_and(|p| p.year.is_some()) && list.kind == ListKind::Base {
                    list.year = fact_year.or(list.year);
                }
                if explicit || list.kind == ListKind::Drivers {
                    self.join(id, &item);
                }
            }
            Measure::Share | Measure::Completion => {
                // 人员经费占91.2%，计1657.6万元
                if explicit {
                    list.item = Some(item);
                }
                if list.rates.len() <= list.rate_at {
                    list.rates.push(figure.measure);
                }
                list.rate_at += 1;
            }
            _ => {}
        }
    }

    /// Puts a fact into the list that holds it.
    pub(super) fn join(&mut self, id: FactId, item: &Item<'a>) {
        let Some(fact) = self.out.fact(id).map(Joining::of) else { return };
        let label = item.label;
        // 测算标准：25名代表，年人均2000元: what each gets adds to nothing.
        if is_rate_of_each(label) {
            return;
        }
        // 年人均2000元，计5万元: what they come to was told before.
        let each =
            id.checked_sub(1).and_then(|before| self.out.fact(before)).is_some_and(|f| is_rate_of_each(&f.label));
        let told = self.lists.iter().rev().find_map(|l| l.members.last()).and_then(|m| self.out.fact(*m));
        if each && told.is_some_and(|m| m.label == label) {
            return;
        }
        let total = is_total(item);
        self.own_by_amount(fact.unit);
        let owner_unit = self
            .lists
            .last()
            .and_then(|l| l.owner_level.or(l.owner_change))
            .and_then(|o| self.out.fact(o))
            .and_then(|o| o.unit);
        let same_kind = self.same_kind(owner_unit, fact.unit);
        let body = self.body;
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        match list.kind {
            ListKind::Base => {
                list.gap = Gap::None;
            }
            ListKind::Addition => {
                if list.members.len() >= 2 {
                    list.separator = list.separator.max(list.gap);
                }
                list.gap = Gap::None;
                if total && fact.measure == Measure::Level && list.members.len() >= 2 {
                    let members = list.members.clone();
                    let minus = list.minus.clone();
                    let cue = list.cue;
                    let year = list.year;
                    self.lists.pop();
                    let Some(parts) = self.added_up(id, members, &minus, cue.0) else {
                        if let Some(base) = self.lists.last_mut() {
                            base.level = Some(id);
                            base.item = Some(*item);
                            base.change = None;
                            base.gap = Gap::None;
                        }
                        return;
                    };
                    for p in &parts {
                        if let Some(f) = self.out.facts.get_mut(*p as usize)
                            && f.parent.is_none()
                        {
                            f.parent = Some(id);
                            f.role.get_or_insert(Role::Component);
                        }
                    }
                    if let Some(f) = self.out.facts.get_mut(id as usize) {
                        f.role = Some(Role::Total);
                    }
                    self.out.breakdowns.push(Breakdown {
                        total: id,
                        parts,
                        cue,
                        drivers: false,
                        extent: Extent::Open,
                        equation: true,
                        minus,
                    });
                    if let Some(base) = self.lists.last_mut() {
                        base.level = Some(id);
                        base.item = Some(*item);
                        base.change = None;
                        base.gap = Gap::None;
                        base.year = year.or(base.year);
                    }
                } else if fact.measure == Measure::Level {
                    list.members.push(id);
                    if list.deducting {
                        list.minus.push(id);
                    }
                }
            }
            ListKind::Drivers => {
                // 增长738.1%，因新建学校，增支8.66亿元: the item's own change by its amount, no reason.
                let own = list.members.is_empty()
                    && fact.measure == Measure::Change
                    && list.owner_change.and_then(|c| self.out.facts.get(c as usize)).is_some_and(|c| {
                        c.measure == Measure::Growth && c.label == label && c.part.as_deref() == item.part
                    });
                if own {
                    return;
                }
                list.enumerated = false;
                list.separator = list.separator.max(list.gap);
                list.gap = Gap::None;
                if matches!(fact.measure, Measure::Level | Measure::Change) && fact.printed {
                    list.members.push(id);
                    let parent = list.owner_change;
                    let within = list.owner_level.filter(|_| parent.is_none()).and_then(|o| self.out.fact(o));
                    let within = within.map(|o| o.label.clone());
                    if let Some(f) = self.out.facts.get_mut(id as usize) {
                        f.role = Some(Role::Driver);
                        f.parent = parent;
                        f.within = f.within.take().or(within);
                    }
                }
            }
            ListKind::Components | ListKind::Bracket => {
                let owner = list.owner_level.or(list.owner_change).and_then(|o| self.out.facts.get(o as usize));
                let kinds_agree =
                    owner.is_some_and(|o| o.unit == fact.unit || o.unit.is_none() || fact.unit.is_none() || same_kind);
                let level_member = fact.measure == Measure::Level;
                let list_of_changes = !level_member && list_members_have_no(&self.out, list, item);
                if !list.members.is_empty() {
                    list.separator = list.separator.max(list.gap);
                }
                list.gap = Gap::None;
                list.enumerated = false;
                let named = item.part.is_some() && item.part != body
                    || owner.is_none_or(|o| o.label != label || item.fund.is_some() && item.fund != o.fund);
                // 资产使用收入3万元，其中出租房屋账面原值50万元: what is held is no part of what comes in or goes out.
                let held = item.concept_id().is_some_and(|c| c.starts_with("assets.gross"))
                    && owner.is_some_and(|o| o.flow.is_some());
                if kinds_agree
                    && named
                    && !held
                    && (level_member
                        || list_of_changes && fact.measure == Measure::Change && list.owner_change.is_some())
                {
                    list.members.push(id);
                    let parent = if level_member { list.owner_level } else { list.owner_change };
                    let counts = !fact.prior && owner.is_some_and(|o| o.year == fact.year);
                    if level_member && counts {
                        list.sum = list.sum.checked_add(fact.value).unwrap_or(list.sum);
                    }
                    if let (Some(p), Some(f)) = (parent, self.out.facts.get_mut(id as usize)) {
                        f.role = Some(Role::Component);
                        f.parent = Some(p);
                    }
                    let carry = label.contains("结转") && list.kind == ListKind::Bracket;
                    if carry && let Some(o) = list.owner_level.and_then(|o| self.out.facts.get_mut(o as usize)) {
                        o.carryover = Some(Carryover::Included);
                    }
                }
            }
        }
    }

    /// 项目支出1272.80万元，共安排项目5个，分别是：甲428万元、…: amounts are of the amount before the count.
    fn own_by_amount(&mut self, unit: Option<UnitId>) {
        let kind = |u: Option<UnitId>| u.and_then(|u| self.packs.vocabulary.units.get(u)).map(|u| u.kind);
        let Some(list) = self.lists.last().filter(|l| l.kind == ListKind::Components && l.members.is_empty()) else {
            return;
        };
        let Some(owner) = list.owner_level.filter(|_| kind(unit) == Some(UnitKind::Money)) else { return };
        let Some(counted) = self.out.fact(owner).filter(|o| kind(o.unit) == Some(UnitKind::Count)) else { return };
        let before = self.out.facts.get(..owner as usize).unwrap_or(&[]).iter().zip(0..owner).rev().take(4);
        let mut before = before.take_while(|(f, _)| f.sentence.0 == counted.sentence.0);
        let amount = before.find(|(f, _)| {
            f.measure == Measure::Level && f.printed && !f.prior && kind(f.unit) == Some(UnitKind::Money)
        });
        if let Some(id) = amount.map(|(_, id)| id)
            && let Some(list) = self.lists.last_mut()
        {
            list.owner_level = Some(id);
        }
    }

    /// What a total after 加上 adds up: the members as they were told, or, where
    /// only that ties, with another amount of the paragraph to begin with, or with
    /// what an 其中 between them has taken. None if the first is of the other flow
    /// or a total of its own.
    fn added_up(&mut self, total: FactId, members: Vec<FactId>, minus: &[FactId], cue: u32) -> Option<Vec<FactId>> {
        let t = self.out.fact(total)?;
        let (goal, unit, flow) = (t.value, t.unit, t.flow);
        let value = |id: FactId| self.out.fact(id).filter(|f| f.unit == unit).map(|f| f.value);
        let mut sum = Decimal::ZERO;
        for m in &members {
            let Some(v) = value(*m) else { return Some(members) };
            sum = sum.checked_add(if minus.contains(m) { -v } else { v })?;
        }
        let slack = Decimal::new(members.len() as i64, u32::from(t.decimals.min(9)));
        if (sum - goal).abs() <= slack {
            return Some(members);
        }
        // 加上A(其中…)，B，C，总计N: B and C stand behind what A holds.
        for m in &members {
            let inside: Vec<FactId> = (m + 1..total)
                .filter(|c| self.out.fact(*c).is_some_and(|f| f.parent == Some(*m) && f.measure == Measure::Level))
                .collect();
            let mut more = sum;
            for (n, c) in inside.iter().enumerate().rev() {
                let Some(v) = value(*c) else { break };
                more = more.checked_add(v)?;
                if more == goal {
                    let moved = inside.get(n..).unwrap_or(&[]).to_vec();
                    for b in self.out.breakdowns.iter_mut().filter(|b| b.total == *m) {
                        b.parts.retain(|p| !moved.contains(p));
                    }
                    self.out.breakdowns.retain(|b| !b.parts.is_empty());
                    for id in &moved {
                        if let Some(f) = self.out.facts.get_mut(*id as usize) {
                            f.parent = None;
                        }
                    }
                    let mut all = members;
                    all.extend(moved);
                    return Some(all);
                }
            }
        }
        let (first, rest) = members.split_first()?;
        let own = self.out.fact(*first)?;
        let paragraph = own.paragraph;
        let without = sum.checked_sub(own.value)?;
        let before =
            self.out.facts.iter().rev().zip((0..self.out.facts.len()).rev()).skip_while(|(f, _)| f.start >= cue);
        let other = before
            .take_while(|(f, _)| f.paragraph == paragraph)
            .take(16)
            .find(|(f, _)| f.measure == Measure::Level && f.unit == unit && without.checked_add(f.value) == Some(goal));
        if let Some((_, id)) = other {
            let mut all = vec![id as FactId];
            all.extend(rest);
            return Some(all);
        }
        let against = matches!((own.flow, flow), (Some(a), Some(b)) if a != b);
        let whole = self.items.get(*first as usize).is_some_and(is_total);
        // 可用资金231亿元。加上上年结余17亿元，总计249亿元: a total that nearly makes the wider one.
        let near = (sum - goal).abs() <= goal / Decimal::from(5);
        (!against && (!whole || near)).then_some(members)
    }

    pub(super) fn same_kind(&self, a: Option<UnitId>, b: Option<UnitId>) -> bool {
        let kind = |u: Option<UnitId>| u.and_then(|u| self.packs.vocabulary.units.get(u)).map(|u| u.kind);
        kind(a) == kind(b) && kind(a) != Some(UnitKind::Count)
    }

    pub(super) fn claim(&mut self, id: EntryId, t: &Token, lexed: &Lexed) {
        let stage_at = |i: Option<usize>| {
            i.and_then(|i| lexed.tokens.get(i)).and_then(|t| match t.kind {
                TokenKind::Word(w) => self.stage_of(w),
                _ => None,
            })
        };
        let (Some(left), Some(right)) = (stage_at(self.at.checked_sub(1)), stage_at(Some(self.at + 1))) else {
            return;
        };
        let value =
            self.packs.classes.claim_class.and_then(|c| self.packs.vocabulary.entry(id).and_then(|e| e.value(c)));
        let order = match value.and_then(|v| self.packs.vocabulary.values.get(v as usize)).map(String::as_str) {
            Some("less") => -1,
            Some("more") => 1,
            _ => 0,
        };
        let label = self.lists.iter().rev().find_map(|l| l.item.as_ref()).map(|i| i.label);
        let side = |stage: Stage| {
            let kin = |s: Option<Stage>| match (s, stage) {
                (Some(a), b) if a == b => true,
                (Some(Stage::Executed), Stage::Final) | (Some(Stage::Adjusted), Stage::Budget) => true,
                _ => false,
            };
            self.out.facts.iter().enumerate().rev().take(12).find(|(_, f)| {
                f.measure == Measure::Level
                    && f.paragraph == self.paragraph
                    && label.as_ref().is_none_or(|l| *l == f.label)
                    && kin(f.stage)
            })
        };
        if let (Some((l, _)), Some((r, _))) = (side(left), side(right))
            && l != r
        {
            self.out.claims.push(Claim { left: l as FactId, right: r as FactId, order, span: (t.start, t.end) });
        }
    }
}

/// Whether a concept is what a unit earns, which no fund pays for.
pub(super) fn is_earned(concept: &str) -> bool {
    let own = ["revenue.business", "revenue.operating", "revenue.other", "revenue.superior", "revenue.affiliated"];
    own.iter().any(|own| concept.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
}

/// Whether a concept is a line of a place's budget of this fund.
fn of_budget(concept: &str, fund: Fund) -> bool {
    // Taxes come into the general budget alone.
    if fund != Fund::GeneralPublic && (concept.starts_with("tax") || concept.starts_with("nontax")) {
        return false;
    }
    let root = concept.split('.').next().unwrap_or("");
    matches!(root, "revenue" | "expenditure" | "tax" | "nontax" | "transfer" | "carryover" | "balance")
        || concept.starts_with("debt.onlending")
}

fn list_members_have_no(out: &Reading, list: &List, item: &Item) -> bool {
    let same = |m: &Fact| m.label == item.label || m.concept.is_some() && m.concept.as_deref() == item.concept_id();
    !list
        .members
        .iter()
        .rev()
        .take(MAX_MEMBERS)
        .filter_map(|m| out.fact(*m))
        .any(|m| m.measure == Measure::Level && same(m))
}

/// The year of a base for a change of `year`; the year before where it names none.
fn year_of(base: Base, year: Option<i32>) -> Option<i32> {
    let named = base.period.and_then(|p| p.year.or_else(|| year.zip(p.relative).map(|(y, r)| y + r)));
    base.years.and_then(|n| year.map(|y| y + n)).or(named).or_else(|| year.map(|y| y - 1))
}

/// How many bytes before a figure tell that it is of the whole year, at most.
const YEAR_BYTES: usize = 60;

/// How far into its sentence the year that it begins with holds, in bytes.
const SENTENCE_BYTES: usize = 300;

/// How many figures a bracket between a change and its rate tells at most.
const MOST_IN_BRACKET: usize = 12;

/// How words end that say that something is bought.
const BUYS: [&str; 6] = ["拟购", "拟购置", "新购", "新购置", "购置", "购买"];

/// Words for what a total has left.
pub(crate) const REST: [&str; 3] = ["其余", "剩余", "余下"];

/// 其余160.5万元: what a total has left.
fn is_rest(item: &Item) -> bool {
    REST.contains(&item.label.trim_end_matches("资金"))
}

/// 年人均2000元, 每人每年100元: what one of many gets.
pub(super) fn is_rate_of_each(label: &str) -> bool {
    const EACH: [&str; 12] =
        ["人均", "户均", "生均", "亩均", "每人", "每户", "每生", "每家", "每年", "每月", "每次", "单价"];
    let each = |rest: &str| EACH.iter().find_map(|w| rest.strip_prefix(w)).map(str::len);
    // 12家街道工委每家10000元
    if ["年人均", "每家", "每人", "每户", "每生"].iter().any(|w| label.ends_with(w)) {
        return true;
    }
    let mut rest = label.trim_start_matches(['年', '月', '按']);
    while let Some(left) = each(rest) {
        rest = rest.get(rest.len() - left..).unwrap_or("");
        if rest.is_empty() {
            return true;
        }
    }
    false
}

/// A label that names a grand total.
pub(super) fn is_total(item: &Item) -> bool {
    if item.concept_id().is_some_and(|c| c.ends_with(".total") || c == "revenue.available") {
        return true;
    }
    let label = item.label;
    // 总, 合 or 可 must be in it: most labels are told by one look.
    label.chars().any(|c| matches!(c, '总' | '合' | '可'))
        && ["合计", "总计", "总数", "总收入", "总支出", "总财力", "收入总量", "支出总量", "可用", "可使用", "可支配"]
            .iter()
            .any(|w| label.contains(w))
}

/// What of a fact tells how it joins a list.
#[derive(Debug, Clone, Copy)]
struct Joining {
    measure: Measure,
    value: Decimal,
    unit: Option<UnitId>,
    year: Option<i32>,
    printed: bool,
    prior: bool,
}

impl Joining {
    fn of(f: &Fact) -> Self {
        Joining { measure: f.measure, value: f.value, unit: f.unit, year: f.year, printed: f.printed, prior: f.prior }
    }
}
