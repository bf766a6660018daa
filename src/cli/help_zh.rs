//! The help in Chinese, laid over the English one, and usage errors in Chinese.

use clap::builder::Resettable;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, Error};

/// Command path, one line, more lines.
const COMMANDS: &[(&str, &str, &str)] = &[
    (
        "gouji",
        "勾稽：读取政府预决算公开说明，找出相互矛盾的数字",
        "读取单位预算情况说明、“三公”经费说明、决算公开说明、县级预算报告（文本、HTML、Word、Excel 或 JSON Lines，
压缩包亦可），把每个数字变成一条有事项、年度、单位和原文位置的事实；凡应当勾稽的数字（合计与分项、增减额与两期数、
增减率、占比、前后重复的数字）一律精确复算，并指出最可能有误的那个数字。",
    ),
    (
        "gouji check",
        "提取全部数字并检验是否勾稽",
        "默认输出给人看的报告：哪些数字相互矛盾、在哪一行、差多少、哪个数字最可能有误。有矛盾时退出码为 1。
设置取自当前文件夹或其上级文件夹里的 gouji.toml。",
    ),
    ("gouji extract", "只提取数字，不检验", ""),
    (
        "gouji panel",
        "把许多份说明做成一张统计用的表",
        "每个数字一行，带出处和涉及它的勾稽关系的结论；加 --wide 时每个单位每年一行。重复的、被取代的说明只计一份。",
    ),
    (
        "gouji text",
        "输出文件的正文，事实的位置即按此计数",
        "输出里的 span 和 sentence 是这份正文中以 Unicode 字符计数的半开区间。",
    ),
    (
        "gouji explain",
        "解释一条规则、一个模式或一个概念",
        "规则连同示例一起解释，示例当场运行；概念给出名称和科目编码；模式给出模板和示例。
不给 ID 时列出所有可解释的名称。",
    ),
    ("gouji patterns", "列出、测试或清查模式包", ""),
    ("gouji patterns list", "列出模式和话题：名称、模板或词、所在文件", ""),
    (
        "gouji patterns test",
        "运行模式包的全部示例和反例",
        "每个示例都用全部模式包来读：漏读、多读、读错数值、被别的模式读走，都会指出。有一处不过，退出码为 2。",
    ),
    (
        "gouji patterns lint",
        "清查模式包里不起作用的东西",
        "没有用到的模式、被别的模式遮住的模式、与别的模式争读同一文字的模式、永远找不到的名称和标题、没有规则问到的话题，都算问题，
退出码为 1。只是在这些说明里没有出现的名称，按文件计数，不算问题：一个领域的名称总比手头的说明多。",
    ),
    ("gouji worker", "替本程序的另一进程读取文件", ""),
    ("gouji schema", "输出 JSON 输出格式的 JSON Schema", ""),
    (
        "gouji eval",
        "对照标注过的说明，给本程序打分",
        "逐项比较：每个数字的各项属性、每项勾稽关系的结论、每处错误是否找到并指对。加 --mutate 时，
在没有错误的说明里一次埋入一处笔误，看能否查出。标注有误时退出码为 3。",
    ),
];

/// Argument, help.
const ARGUMENTS: &[(&str, &str)] = &[
    ("lang", "帮助、报告和提示的语言：zh 或 en [默认：按 LC_ALL、LC_MESSAGES、LANG，否则 zh]"),
    ("patterns", "另读一个文件夹里的模式包（lexicon/、phrases/、sections/、identities/、topics/）；同名文件取代内置的"),
    ("color", "报告是否着色：auto（按终端、NO_COLOR、CLICOLOR）、always、never [默认：auto]"),
    ("paths", "文件（文本、网页、PDF、Word、Excel、OFD、JSON Lines、zip、rar）、文件夹（逐级查找），或 - 表示标准输入"),
    ("jobs", "同时处理的文件数，0 表示用全部核心；输出与此无关 [默认：1；加 -o 时为 0]"),
    (
        "output",
        "把 JSON Lines 写进文件夹 DIR，每个文件多份，中断后可以接着做；check 时以 .xlsx 结尾则写工作簿，以 .html 结尾则写网页",
    ),
    ("resume", "与 -o 合用：接着已有的结果做；没有变动的输入不再重做"),
    ("shard", "与 -o 合用：每个文件放多少份 [默认：1000]"),
    (
        "format",
        "输出格式：text 给人看；json 一个对象或数组；jsonl 每份一行；csv 每条事实一行；xlsx 带公式的工作簿，用 -o FILE.xlsx 指定文件；html 一份网页，不联网即可阅读、打印、转发 [默认：text；加 -o 时为 jsonl，或按文件名]",
    ),
    ("findings", "与 --format csv 合用：每项检验一行，而不是每条事实一行"),
    ("config", "从 FILE 读取设置，不找 gouji.toml：规则的开关与轻重、值得提示的最小差额、按地区要求的内容、排列次序"),
    ("no_config", "不读任何设置，全部规则照常"),
    ("all", "解释全部规则，而不只是列出"),
    (
        "across",
        "各文件之间也相互检验：上下年度、部门与下属单位、预算与决算、同一文件两次公开 [默认：给人看的报告和网页中检验，不超过 100000 份]",
    ),
    ("no_across", "只检验各文件自身，不跨文件"),
    ("file", "一个文件（JSON Lines 则为其中每条记录，压缩包则为其中每个文件），或 - 表示标准输入"),
    ("markdown", "表格输出成 Markdown，便于阅读；事实的位置不按这份文字计数"),
    ("id", "规则（sum/parts-differ-from-total）、模式（change/amount）、概念（three_public）或其中文名"),
    ("notes", "在其中查看用没用到的说明，标注过的或普通的都可以；不给时只看模式包自己的示例"),
    ("wide", "每个单位每年一行，每个概念一列（金额按元），各带一列质量"),
    ("concepts", "与 --wide 合用：各列，写成 [列名=]概念[@资金]，以逗号分隔 [默认：常用的三十个]"),
    ("stage", "与 --wide 合用：取哪个阶段的数字：budget、adjusted、executed、final [默认：budget]"),
    ("codebook", "用中英文说明每一列；写成 Markdown，或按扩展名写成表"),
    ("verbose", "列出各项用了多少次，以及没有出现的名称"),
    (
        "folder",
        "存放标注说明的文件夹；每份一个子文件夹：note.txt（.html、.jsonl）、facts.json、findings.json、source.toml",
    ),
    ("part", "只看 train 或 test 部分（source.toml 里的 part）[默认：all]；test 各份的细目只在 --part test 时列出"),
    ("mutate", "在没有错误的说明里埋入笔误，看能否查出"),
    ("seed", "与 --mutate 合用：随机种子 [默认：1]"),
    (
        "slip",
        "与 --mutate 合用：只埋这一类笔误，并列出没有查出的：digit、swap、decimal_point、unit、sign、dropped、doubled、
other_year、other_item、denominator、year、last_place_1（_2、_5、_10、_50）",
    ),
    ("sample", "与 --mutate 合用：每类笔误最多埋 N 处"),
    ("doc_timeout", "读取一份二进制格式的文件（压缩包则为其中每个文件）最多用多少秒，0 表示不限 [默认：60]"),
    ("doc_memory", "读取二进制格式的进程最多用多少 MiB 内存（Linux），0 表示不限 [默认：1024]"),
    ("seconds", "每份文件的秒数"),
    ("bytes", "本进程的内存字节数"),
    ("help", "显示帮助（-h 为简要）"),
    ("version", "显示版本"),
];

/// Arguments that mean something else under one command.
const OTHERWISE: &[(&str, &str, &str)] = &[
    ("gouji panel", "output", "要写的文件，由扩展名决定格式：.csv、.parquet、.xlsx、.sqlite"),
    ("gouji panel", "jobs", "同时处理的文件数，0 表示用全部核心；输出与此无关 [默认：0]"),
    ("gouji panel", "notes", "把全部说明、哪些计入及其理由另写一个文件"),
    (
        "gouji extract",
        "format",
        "输出格式：json 一个对象或数组；jsonl 每份一行；csv 每条事实一行 [默认：json；加 -o 时为 jsonl]",
    ),
    ("gouji explain", "format", "输出格式：text、json 或 markdown [默认：text]"),
    ("gouji patterns list", "format", "输出格式：text 或 json [默认：text]"),
    ("gouji patterns lint", "format", "输出格式：text 或 json [默认：text]"),
    ("gouji eval", "format", "输出格式：text 或 json [默认：text]"),
    ("gouji eval", "jobs", "同时处理的份数，0 表示用全部核心；输出与此无关 [默认：0]"),
    ("gouji patterns test", "id", "只测试名称以此开头的模式和话题"),
];

const AFTER: &str = "\
例：
  gouji check 说明.txt                     一份说明里哪些数字有问题
  gouji check 文件夹/ --format jsonl       整个文件夹，每份说明输出一行 JSON
  gouji check 文件夹/ -o 报告.html         一份网页，便于阅读、打印、转发
  gouji extract 说明.jsonl --format csv    全部数字做成表格，可用 Excel 打开
  gouji explain sum/parts-differ-from-total

退出码：0 全部相符；1 有矛盾（check）；2 用法错误或模式包有误；3 有输入未能读取（其余照常处理并输出）。";

/// The same command, talking Chinese.
pub(super) fn translate(command: Command) -> Command {
    let name = command.get_name().to_owned();
    under(command, &name).after_help(AFTER)
}

fn under(mut command: Command, path: &str) -> Command {
    if let Some((_, line, more)) = COMMANDS.iter().find(|(p, ..)| *p == path) {
        command = command.about(*line);
        command = if more.is_empty() {
            command.long_about(Resettable::Reset)
        } else {
            command.long_about(format!("{line}\n\n{more}"))
        };
    }
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    let has_commands = !names.is_empty();
    let positional: Vec<String> = command
        .get_positionals()
        .map(|a| {
            let value = a.get_value_names().and_then(|v| v.first()).map_or("", |v| v.as_str()).to_owned();
            let many = if matches!(a.get_action(), ArgAction::Append) { "..." } else { "" };
            if a.is_required_set() { format!("<{value}>{many}") } else { format!("[{value}]{many}") }
        })
        .collect();
    let mut usage = format!("{path} [选项]");
    if has_commands {
        usage.push_str(" <命令>");
    }
    for p in positional {
        usage.push(' ');
        usage.push_str(&p);
    }
    command = command
        .mut_args(|a| {
            let id = a.get_id().to_string();
            let heading = if a.is_positional() { "参数" } else { "选项" };
            // A flag has no values that could be hidden.
            let values = a.get_action().takes_values();
            let a = a.help_heading(heading);
            let a = if values { a.hide_possible_values(true).hide_default_value(true) } else { a };
            let help = OTHERWISE
                .iter()
                .find(|(p, i, _)| *p == path && *i == id)
                .map(|(.., help)| *help)
                .or_else(|| ARGUMENTS.iter().find(|(i, _)| *i == id).map(|(_, help)| *help));
            match help {
                Some(help) => a.help(help).long_help(Resettable::Reset),
                None => a,
            }
        })
        .override_usage(usage)
        .subcommand_help_heading("命令")
        .help_template("{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}\n")
        .disable_help_flag(true)
        .arg(flag("help", 'h', ArgAction::Help));
    if command.get_version().is_some() {
        command = command.disable_version_flag(true).arg(flag("version", 'V', ArgAction::Version));
    }
    for name in names {
        let path = format!("{path} {name}");
        command = command.mut_subcommand(name, |c| under(c, &path));
    }
    command
}

fn flag(name: &'static str, short: char, action: ArgAction) -> Arg {
    let help = ARGUMENTS.iter().find(|(i, _)| *i == name).map_or("", |(_, help)| *help);
    Arg::new(name).short(short).long(name).action(action).help(help).help_heading("选项")
}

/// A usage error in Chinese; `None` if it is best left as it is.
pub(super) fn usage_error(error: &Error) -> Option<String> {
    let get = |kind| error.get(kind).map(shown).unwrap_or_default();
    let (arg, value) = (get(ContextKind::InvalidArg), get(ContextKind::InvalidValue));
    let mut message = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有 {arg} 这个参数"),
        ErrorKind::InvalidSubcommand => format!("没有 {} 这个命令", get(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("缺少参数 {arg}"),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::InvalidValue if value.is_empty() => format!("{arg} 需要一个值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("{arg} 的值 {value} 不对"),
        ErrorKind::ArgumentConflict => format!("{arg} 不能与 {} 同用（或不能重复）", get(ContextKind::PriorArg)),
        ErrorKind::NoEquals | ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{arg} 的值的个数不对")
        }
        ErrorKind::InvalidUtf8 => "参数不是 UTF-8".to_owned(),
        _ => return None,
    };
    let valid = get(ContextKind::ValidValue);
    if !valid.is_empty() {
        message.push_str(&format!("；可选：{valid}"));
    }
    let suggested = [ContextKind::SuggestedArg, ContextKind::SuggestedValue, ContextKind::SuggestedSubcommand]
        .into_iter()
        .map(get)
        .find(|s| !s.is_empty());
    if let Some(suggested) = suggested {
        message.push_str(&format!("；您要的是 {suggested} 吗？"));
    }
    Some(message)
}

fn shown(value: &ContextValue) -> String {
    match value {
        ContextValue::String(s) => s.clone(),
        ContextValue::Strings(list) => list.join("、"),
        ContextValue::StyledStr(s) => s.to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Cli;
    use clap::CommandFactory;

    fn walk(command: &Command, path: &str, see: &mut impl FnMut(&Command, &str)) {
        see(command, path);
        for sub in command.get_subcommands() {
            walk(sub, &format!("{path} {}", sub.get_name()), see);
        }
    }

    #[test]
    fn every_command_and_argument_is_translated() {
        walk(&Cli::command(), "gouji", &mut |command, path| {
            assert!(COMMANDS.iter().any(|(p, ..)| *p == path), "{path}");
            for arg in command.get_arguments() {
                let id = arg.get_id().as_str();
                assert!(ARGUMENTS.iter().any(|(i, _)| *i == id), "{path} {id}");
            }
        });
    }

    #[test]
    fn the_translated_command_takes_the_same_arguments() {
        translate(Cli::command()).debug_assert();
        let line = ["gouji", "check", "甲.txt", "--format", "csv", "--findings", "-j", "4", "--color", "never"];
        assert!(translate(Cli::command()).try_get_matches_from(line).is_ok());
    }

    #[test]
    fn usage_errors_are_in_chinese() {
        let message = |line: &[&str]| {
            let error = translate(Cli::command()).try_get_matches_from(line).unwrap_err();
            usage_error(&error).unwrap()
        };
        assert_eq!(
            message(&["gouji", "check", "a", "--formt", "json"]),
            "没有 --formt 这个参数；您要的是 --format 吗？"
        );
        assert!(message(&["gouji", "chek"]).starts_with("没有 chek 这个命令；"));
        assert!(message(&["gouji", "check"]).starts_with("缺少参数 <PATH>"));
        assert!(
            message(&["gouji", "check", "a", "--format", "xml"]).contains("可选：text、json、jsonl、csv、xlsx、html")
        );
        assert!(message(&["gouji", "check", "a", "--jobs", "x"]).contains("--jobs"));
    }
}
