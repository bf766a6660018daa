//! “三公” statements of towns, streets and counties.

use super::figures::Pair;
use super::{Setting, line};

pub(crate) fn write(s: &mut Setting) -> (String, String) {
    s.style.base = "";
    s.style.rates = true;
    let who = match s.rng.below(3) {
        0 => s.county.to_owned(),
        1 => format!("{}柏河镇人民政府", s.county),
        _ => format!("{}城东街道办事处", s.county),
    };
    let year = s.year;
    let hundred = |p: Pair| Pair { now: p.now / 1000 * 1000, prior: p.prior / 1000 * 1000 };
    let scale = s.rng.between(80_000, 4_000_000);
    let overseas = if s.rng.chance(15) { hundred(s.pair(scale / 5)) } else { Pair::default() };
    let reception = hundred(s.pair(scale));
    let purchase = if s.rng.chance(40) { hundred(s.pair(scale)) } else { Pair::default() };
    let running = hundred(s.pair(scale * 2));
    let vehicles = purchase + running;
    let total = overseas + reception + vehicles;
    let title = format!("{who}{year}年“三公”经费预算安排情况说明");
    let mut out = String::new();
    let o = &mut out;
    line!(
        o,
        "\n按照党中央、国务院以及上级部门关于预决算公开的有关规定和要求，现将{who}{year}年财政拨款“三公”经费预算安排情况说明如下："
    );
    line!(o, "一、总体情况");
    line!(o, "{year}年“三公”经费预算安排{}，{}，主要原因是{}。", s.m(total.now), s.compared(total), s.reason(total));
    line!(o, "二、分项情况");
    line!(
        o,
        "（一）因公出国（境）费{}，占“三公”经费预算的{}，{}。",
        s.m(overseas.now),
        s.style.rate(overseas.now, total.now),
        s.compared(overseas)
    );
    line!(
        o,
        "（二）公务接待费{}，占“三公”经费预算的{}，{}，主要原因是{}。预计接待{}批次、{}人次，主要用于接待上级调研检查、招商引资、兄弟市县学习交流等公务活动，人均费用严格执行《{}党政机关国内公务接待管理办法》（办发〔{}〕{}号）规定的标准。",
        s.m(reception.now),
        s.style.rate(reception.now, total.now),
        s.compared(reception),
        s.reason(reception),
        s.rng.between(20, 400),
        s.rng.between(300, 5000),
        s.county,
        year - 4,
        s.rng.between(2, 60)
    );
    line!(
        o,
        "（三）公务用车购置及运行维护费{}，占“三公”经费预算的{}，{}。其中：",
        s.m(vehicles.now),
        s.style.rate(vehicles.now, total.now),
        s.compared(vehicles)
    );
    line!(o, "1.公务用车购置费{}，{}。", s.m(purchase.now), s.compared(purchase));
    let (a, b, c) = (s.rng.between(1, 40), s.rng.between(0, 70), s.rng.between(0, 30));
    line!(
        o,
        "2.公务用车运行维护费{}，{}，主要用于公务用车燃料费、维修费、过路过桥费、保险费等支出。截至{}年12月31日，公务用车保有量{}辆，其中：一般公务用车{a}辆、执法执勤用车{b}辆、特种专业技术用车{c}辆。",
        s.m(running.now),
        s.compared(running),
        year - 1,
        a + b + c
    );
    line!(o, "三、有关说明");
    line!(o, "1.“三公”经费是指用财政拨款安排的因公出国（境）费、公务用车购置及运行维护费和公务接待费。");
    line!(o, "2.公务接待费的开支范围按照财行〔2014〕35号文件执行，接待对象在10人以内的，陪餐人数不得超过3人。");
    line!(o, "{who}\n{year}年2月6日");
    (title, out)
}
