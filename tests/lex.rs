//! What the words and units of the packs make of numbers.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use gouji::lex::{DecoyReason, Lexed, Quantity, TokenKind, lex};
use gouji::pattern::Packs;
use gouji::segment::{View, segment};

fn lexed(text: &str) -> (Vec<String>, Vec<DecoyReason>) {
    let packs = Packs::builtin().unwrap();
    let view = View::new(text, &[]);
    let mut out = Lexed::default();
    lex(&packs.vocabulary, &view.text, &segment(&view, None).paragraphs[0], &mut out);
    let unit = |q: &Quantity| q.unit.and_then(|u| packs.vocabulary.units.get(u)).map_or("", |u| &u.name).to_owned();
    let figures = out.quantities.iter().map(|q| format!("{}{}", q.value.unwrap(), unit(q))).collect();
    let decoys = out.tokens.iter().filter_map(|t| match t.kind {
        TokenKind::Decoy(reason) => Some(reason),
        _ => None,
    });
    (figures, decoys.collect())
}

#[test]
fn numbers_said_roughly_keep_their_unit() {
    let (figures, _) = lexed("常住人口3.3万余人，20多个项目，300余万元，1亿多元");
    assert_eq!(figures, ["3.3万人", "20个", "300万元", "1亿元"]);
}

#[test]
fn numbers_that_count_nothing() {
    use DecoyReason::{Code, Duration, Identifier, ListNumber};
    assert_eq!(lexed("3-6岁儿童补助20万元"), (vec!["20万元".into()], vec![Duration]));
    assert_eq!(lexed("路段K2+370改建20万元").1, [Identifier, Identifier]);
    assert_eq!(lexed("用于201-一般公共服务支出5万元").1, [Code]);
    assert_eq!(lexed("1幼儿园为3000元；2小学为4000元").1, [ListNumber, ListNumber]);
    assert!(lexed("2个学校；3万元；5人").1.is_empty());
}
