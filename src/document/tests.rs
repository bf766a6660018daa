//! From bytes to documents.

use super::*;

fn file(path: &str, bytes: impl Into<Vec<u8>>) -> Result<Document, ReadError> {
    read(&Raw::File { path: path.into(), bytes: bytes.into() })
}

fn line(bytes: impl Into<Vec<u8>>) -> Result<Document, ReadError> {
    read(&Raw::JsonLine { path: "a.jsonl".into(), line: 7, bytes: bytes.into() })
}

#[test]
fn plain_text_is_left_as_it_is() {
    let text = "  某局\r\n\r\n2024年\t预算　说明 \r\n<收入>12万元\n\n";
    let document = file("a.txt", text).unwrap();
    assert_eq!(document.text, text);
    assert_eq!((document.id.as_str(), document.path.as_deref(), document.line), ("a.txt", Some("a.txt"), None));
    assert_eq!((document.format, document.encoding), (Format::Text, "UTF-8"));
    assert!(document.source.is_identity());
    assert!(document.title.is_none() && document.tables.is_empty() && document.diagnostics.is_empty());

    let marked = file("-", format!("\u{feff}{text}")).unwrap();
    assert_eq!((marked.id.as_str(), marked.path), ("-", None));
    assert_eq!(marked.text, text);
    assert_eq!(marked.source.source_offset(&marked.text, 2), 5);
}

#[test]
fn sha256_of_the_bytes() {
    assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    let bytes = encoding_rs::GBK.encode("收入12万元").0.into_owned();
    assert_eq!(file("a", bytes.clone()).unwrap().sha256, sha256(&bytes));
    let record = r#"{"text":"收入"}"#;
    assert_eq!(line(record).unwrap().sha256, sha256(record.as_bytes()));
}

#[test]
fn a_page_in_another_charset_maps_to_its_bytes() {
    let page = format!(
        "<html><meta charset=gb2312><title>某局预算</title><div id=zoom><p>{}</p><p>目标&#24180;3.5万元</p></div>",
        "本年收入预算12万元，比上年增加。".repeat(400)
    );
    let bytes = encoding_rs::GBK.encode(&page).0.into_owned();
    let document = file("a.html", bytes.clone()).unwrap();
    assert_eq!((document.format, document.encoding), (Format::Html, "GB18030"));
    assert!(document.diagnostics.is_empty());
    for needle in ["目标", "3.5万元", "万元，比上年"] {
        let at = document.source_offset(document.text.find(needle).unwrap());
        let there = encoding_rs::GBK.decode_without_bom_handling(&bytes[at..]).0;
        assert!(there.starts_with(needle), "{needle}");
    }
    let year = document.source_offset(document.text.find("年3.5").unwrap());
    assert!(bytes[year..].starts_with(b"&#24180;"));
}

#[test]
fn a_wrong_declaration_is_remarked() {
    let document = file("a", "<meta charset=gbk><p>收入12万元</p>").unwrap();
    assert_eq!(document.text, "收入12万元");
    assert_eq!(document.diagnostics[0].code, "charset/declared-wrong");
    assert!(document.diagnostics[0].message(Lang::En).contains("gbk"));
}

#[test]
fn format_goes_by_content() {
    assert_eq!(file("a.txt", "<!doctype html><p>收入").unwrap().format, Format::Html);
    assert_eq!(file("a.html", "收入\n支出").unwrap().format, Format::Text);
    assert_eq!(file("a.html", "收入<br>支出").unwrap().text, "收入\n支出");
    assert_eq!(file("a.txt", "收入<br>支出").unwrap().format, Format::Text);
}

#[test]
fn a_record_of_html() {
    let record = r#"{"id":"x1","title":"标题","html":"<p>收入\u4e8c&nbsp;12<b>万元<\/b></p>\n<table><tr><td>收入<td>1<tr><td>支出<td>2</table>"}"#;
    let document = line(record).unwrap();
    assert_eq!((document.id.as_str(), document.format, document.title.as_deref()), ("x1", Format::Html, Some("标题")));
    assert_eq!(document.text, "收入二 12万元\n收入 | 1\n支出 | 2");
    assert_eq!(&document.text[document.tables[0].span.clone()], "收入 | 1\n支出 | 2");
    for (needle, raw) in
        [("收入二", "收入"), ("二", r"\u4e8c"), ("12", "12"), ("万元", "万元"), ("支出", "支出"), ("2", "2<b>")]
    {
        let at = document.source_offset(document.text.find(needle).unwrap());
        assert!(record[at..].starts_with(raw), "{needle}: {}", &record[at..]);
    }
}

#[test]
fn a_record_without_an_id_has_its_place() {
    let document = line(r#"{"text":"收入\r\n支出"}"#).unwrap();
    assert_eq!((document.id.as_str(), document.text.as_str()), ("a.jsonl:7", "收入\r\n支出"));
}

#[test]
fn a_record_in_gbk_is_read_and_mapped() {
    let record = r#"{"id":"甲","text":"收入预算为十二万元\n支出目标"}"#;
    let bytes = encoding_rs::GBK.encode(record).0.into_owned();
    let document = line(bytes.clone()).unwrap();
    assert_eq!((document.encoding, document.id.as_str()), ("GB18030", "甲"));
    let at = document.source_offset(document.text.find("目标").unwrap());
    assert!(bytes[at..].starts_with(&encoding_rs::GBK.encode("目标").0));
}

#[test]
fn what_is_refused() {
    let problem = |result: Result<Document, ReadError>| result.unwrap_err().problem;
    for empty in ["", " \r\n\t", "\u{feff}", "\u{feff}　\u{a0}\n", "<html><script>x</script></html>", "<p>&nbsp;</p>"]
    {
        assert_eq!(problem(file("a", empty)), Problem::Empty, "{empty:?}");
    }
    assert_eq!(problem(line(r#"{"text":" "}"#)), Problem::Empty);
    assert_eq!(problem(line(r#"{"id":1}"#)), Problem::RecordWithoutText);
    assert_eq!(problem(file("a", "%PDF-1.4 ...")), Problem::DamagedPdf);
    assert_eq!(problem(file("a", "[{\"text\":\"收入\"}]")), Problem::NotSupported(FileKind::Json));
    assert_eq!(
        problem(file("a", (0..=255).cycle().take(4096).collect::<Vec<u8>>())),
        Problem::NotSupported(FileKind::Unknown)
    );
    assert_eq!(problem(file("a", vec![0; 100])), Problem::NotSupported(FileKind::Unknown));
    let error = line("{\"text\":\"收").unwrap_err();
    assert_eq!(error.line, Some(7));
    assert!(error.to_string().starts_with("a.jsonl, line 7: malformed JSON"));
}

#[test]
fn nul_is_removed() {
    let text = "收入12\0万元，支出12\0\0万元";
    let document = file("a", text).unwrap();
    assert_eq!(document.text, "收入12万元，支出12万元");
    assert_eq!(document.diagnostics[0].code, "text/nul-removed");
    assert_eq!(document.diagnostics[0].offset, Some(8));
    let at = document.source_offset(document.text.rfind("万元").unwrap());
    assert!(text[at..].starts_with("万元"));
}

#[test]
fn a_cut_off_file_is_read() {
    let bytes = "收入预算12万元".as_bytes();
    let document = file("a", &bytes[..bytes.len() - 1]).unwrap();
    assert_eq!(document.text, "收入预算12万\u{fffd}");
    assert_eq!(document.diagnostics[0].code, "charset/cut-off");
}

/// Every start and every cut of bytes of any kind is read or refused, never a panic.
#[test]
fn mutated_inputs() {
    let page = "<html><meta charset=gbk><title>预算</title><table><tr><td colspan=3>收入<td>1</table><p hidden>x<a href=y>收&nbsp;入";
    let seeds: [Vec<u8>; 5] = [
        page.into(),
        encoding_rs::GBK.encode(page).0.into_owned(),
        page.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        r#"{"id":"甲","html":"<p>收\u5165\n<td>","title":null}"#.into(),
        "收入\0预算12万元\r\n".repeat(3).into(),
    ];
    let mut state = 7_u32;
    let mut random = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below.max(1)
    };
    for seed in &seeds {
        for _ in 0..600 {
            let mut bytes = seed.clone();
            for _ in 0..=random(4) {
                let at = random(bytes.len());
                match random(3) {
                    0 => bytes[at] = random(256) as u8,
                    1 => bytes.truncate(at.max(1)),
                    _ => bytes.insert(at, b"<>&\"'\\/=\0\xff\n"[random(11)]),
                }
            }
            let documents = [file("a.html", bytes.clone()), line(bytes)];
            for document in documents.into_iter().flatten() {
                let mut offsets = document.text.char_indices().map(|(at, _)| document.source_offset(at));
                assert!(offsets.all(|at| at <= seed.len() + 4));
                for table in &document.tables {
                    assert!(document.text.get(table.span.clone()).is_some());
                    for cell in table.rows.iter().flatten() {
                        assert!(document.text.get(cell.span.clone()).is_some());
                        assert!(cell.columns > 0 && cell.rows > 0);
                    }
                }
            }
        }
    }
}
