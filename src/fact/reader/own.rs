//! Names that hold more than words: the note's own organisation, and places and offices with a bracket.

use super::super::label::is_kind_of_place;
use super::Reader;
use crate::lex::{Lexed, Mark, Token, TokenKind};
use crate::segment::{Identity, Kind};

/// The shortest name that is looked for, in characters.
const SHORTEST: usize = 3;

/// A longer bracket is no part of a name.
const LONGEST_BRACKET: usize = 8;

/// What may follow the name of an organisation that is then not all of it.
const NARROWER: [&str; 14] =
    ["本级", "机关", "所属", "下属", "直属", "系统", "及", "和", "与", "等", "各", "办公", "大楼", "家属"];

/// How many characters behind a part say at most that all of it is summed up.
const LONGEST_SUMMED: usize = 10;

/// A statement of one level says so at once.
const MOST_SUMMED: usize = 8;

/// Words for more than one level of a place.
const WIDER: [&str; 10] = ["全县", "全市", "全区", "全省", "全州", "全旗", "乡镇", "乡(镇)", "街道", "县区"];

/// 纳入县本级“三公”经费汇总范围的预算单位, in a statement of the “三公”经费 that tells of no wider place: what stands
/// before it in its text, to the end of 本级.
pub(super) fn summed_levels<'a>(identity: &Identity, text: &'a str) -> Vec<&'a str> {
    if identity.kind != Kind::ThreePublic || WIDER.iter().any(|w| text.contains(w)) {
        return Vec::new();
    }
    let levels = text.match_indices("本级").filter_map(|(at, level)| text.split_at_checked(at + level.len()));
    let summed = |behind: &str| {
        let end = behind.char_indices().nth(LONGEST_SUMMED).map_or(behind.len(), |(end, _)| end);
        behind.get(..end).is_some_and(|b| b.contains("经费汇总"))
    };
    levels.filter(|(_, behind)| summed(behind)).map(|(level, _)| level).take(MOST_SUMMED).collect()
}

/// The names by which a note may call its organisation, longest first: 安平县水利局, 县水利局, 水利局.
pub(super) fn own_names(identity: &Identity) -> Vec<String> {
    let Some(name) = identity.organization.as_deref() else { return Vec::new() };
    // A place has parts, and whoever reports for it is none of them.
    let place = name.ends_with(['县', '区', '市', '旗', '州', '镇', '乡', '省']) || name.ends_with("财政局");
    if place && identity.kind == Kind::CountyReport {
        return Vec::new();
    }
    let mut names = vec![name.to_owned()];
    if let Some(town) = name.strip_suffix("人民政府") {
        names.push(format!("{town}政府"));
    }
    names.extend(name.strip_suffix("办事处").map(str::to_owned));
    if identity.kind != Kind::CountyReport {
        for (at, c) in name.char_indices().skip(1) {
            if matches!(c, '省' | '市' | '州' | '县' | '区' | '旗' | '镇' | '乡') {
                names.extend(name.get(at..).map(str::to_owned));
                names.extend(name.get(at + c.len_utf8()..).map(str::to_owned));
            }
        }
    }
    // 清溪县第一中学, 清溪一中
    for (long, short) in [("中学", "中"), ("小学", "小")] {
        let Some((place, n)) = name.strip_suffix(long).and_then(|school| school.rsplit_once('第')) else { continue };
        if n.chars().count() != 1 || !"一二三四五六七八九十".contains(n) {
            continue;
        }
        let bare = place.trim_end_matches(['县', '市', '区', '旗', '镇', '乡']);
        names.extend([format!("{place}{n}{short}"), format!("{bare}{n}{short}")]);
        names.extend(place.chars().next_back().map(|c| format!("{c}{n}{short}")));
    }
    names.retain(|n| n.chars().count() >= SHORTEST);
    names.sort_by_key(|n| std::cmp::Reverse(n.len()));
    names
}

impl Reader<'_> {
    /// 2031年安平县水利局收入总计…, in the note of 安平县水利局: whose it is goes without saying, as with
    /// 本单位.
    pub(super) fn fold_own_name(&self, lexed: &mut Lexed) {
        let Some(own) = self.packs.vocabulary.find("本单位") else { return };
        let tokens = &lexed.tokens;
        let (mut out, mut taken, mut at) = (Vec::new(), 0, 0);
        while let Some(first) = tokens.get(at).copied() {
            at += 1;
            let Some(end) = self.own_name_at(&first) else { continue };
            let begin = at - 1;
            let Some((n, next)) =
                tokens.iter().skip(begin).zip(begin..).find(|(t, _)| t.end > end).map(|(t, n)| (n, *t))
            else {
                continue;
            };
            let inside = next.start < end;
            let names_more = match next.kind {
                TokenKind::Text => true,
                TokenKind::Word(id) => {
                    let stage = self.packs.vocabulary.classes_of(id) & self.packs.classes.stage != 0;
                    !inside && (self.packs.is_item(id) || stage)
                }
                _ => false,
            };
            if !names_more {
                continue;
            }
            out.extend_from_slice(tokens.get(taken..begin).unwrap_or(&[]));
            out.push(Token { kind: TokenKind::Word(own), start: first.start, end });
            out.extend(inside.then_some(Token { start: end, ..next }));
            taken = n + usize::from(inside);
            at = taken;
        }
        if taken > 0 {
            out.extend_from_slice(tokens.get(taken..).unwrap_or(&[]));
            lexed.tokens = out;
        }
    }

    /// 某局“三公”经费, in the note of 某局: whether a part that words before an item name is who publishes.
    pub(super) fn is_publisher(&self, part: &str) -> bool {
        let identity = &self.out.identity;
        let body = part.ends_with(['局', '委', '部', '办', '院', '校', '会', '所', '站', '队', '馆', '园', '府', '心']);
        let named = |name: &Option<String>| name.as_deref().is_some_and(|n| n.contains(part));
        body && !part.contains("本级") && (named(&identity.organization) || named(&identity.title))
    }

    /// 东塘区一般公共预算收入, in the report of 东塘区: whether a part's name is the whole's.
    pub(super) fn is_own_name(&self, part: &str) -> bool {
        let identity = &self.out.identity;
        let own = |name: &Option<String>| name.as_deref().is_some_and(|n| n.contains(part));
        if part.ends_with("本级") {
            // 市本级“三公”经费, in a statement of the “三公”经费 of 市本级.
            let titled = || identity.title.as_deref().is_some_and(|n| n.contains(part) && !n.contains('全'));
            return identity.kind == Kind::ThreePublic
                && !part.contains('、')
                && (titled() || self.summed_levels.iter().any(|level| level.ends_with(part)));
        }
        let place = part.ends_with(['县', '区', '市', '旗', '州', '镇', '乡', '省']);
        place
            && part.chars().count() >= 3
            && !part.contains("本级")
            && (own(&identity.organization) || own(&identity.title))
    }

    /// Where the organisation's name ends that a token begins with.
    fn own_name_at(&self, first: &Token) -> Option<u32> {
        if !matches!(first.kind, TokenKind::Text | TokenKind::Word(_)) {
            return None;
        }
        let text = self.view.text.get(first.start as usize..)?;
        // The end of the first character tells most names apart from most words.
        let third = text.as_bytes().get(2);
        let name = self.own_names.iter().find(|n| n.as_bytes().get(2) == third && text.starts_with(n.as_str()))?;
        let after = text.get(name.len()..)?;
        let narrower = NARROWER.iter().any(|w| after.starts_with(w)) && !after.starts_with("机关运行");
        (!narrower).then_some(first.start + name.len() as u32)
    }

    /// 7个县(区), 各县(市、区), 群工部(信访局)预算总支出: a bracket that says no more than a kind of place or
    /// another office belongs to the name before it.
    pub(super) fn fold_brackets(&self, lexed: &mut Lexed) {
        let tokens = &lexed.tokens;
        let (mut out, mut taken, mut at) = (Vec::new(), 0, 0);
        while let Some(open) =
            tokens.get(at + 1..).and_then(|r| r.iter().position(|t| t.kind == TokenKind::Mark(Mark::Open)))
        {
            let open = at + 1 + open;
            at = open;
            let inner = tokens.get(open + 1..).unwrap_or(&[]).iter().take(LONGEST_BRACKET);
            let inner = inner
                .take_while(|t| matches!(t.kind, TokenKind::Text | TokenKind::Word(_) | TokenKind::Mark(Mark::Pause)));
            let close = open + 1 + inner.count();
            let (Some(before), Some(end)) = (tokens.get(open - 1).copied(), tokens.get(close).copied()) else {
                continue;
            };
            if open <= taken || end.kind != TokenKind::Mark(Mark::Close) || before.kind != TokenKind::Text {
                continue;
            }
            let whole = self.view.slice(before.start, end.end);
            let Some((name, inner)) = whole.strip_suffix(')').and_then(|w| w.split_once('(')) else { continue };
            let last = name.char_indices().next_back().map_or(0, |(i, _)| i);
            let kinds = whole.get(last..).is_some_and(is_kind_of_place);
            let office = |t: &str| {
                t.ends_with(['局', '部', '办', '委', '院', '室', '心', '会']) && t.chars().count() >= SHORTEST
            };
            if !(kinds || office(name) && office(inner)) {
                continue;
            }
            // 县(区)本级: the name goes on.
            let more = tokens.get(close + 1).filter(|t| t.kind == TokenKind::Text);
            out.extend_from_slice(tokens.get(taken..open - 1).unwrap_or(&[]));
            out.push(Token { end: more.map_or(end.end, |t| t.end), ..before });
            taken = close + 1 + usize::from(more.is_some());
            at = close;
        }
        if taken > 0 {
            out.extend_from_slice(tokens.get(taken..).unwrap_or(&[]));
            lexed.tokens = out;
        }
    }
}
