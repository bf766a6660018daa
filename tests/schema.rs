//! The schema that the program prints holds for what the program writes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use gouji::document::{Inputs, Lang, read};
use gouji::pattern::Packs;
use std::path::PathBuf;

fn schema() -> serde_json::Value {
    let schema = serde_json::from_str(gouji::report::schema()).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    schema
}

/// Of one document, so that errors name the place.
fn validator() -> jsonschema::Validator {
    let mut schema = schema();
    schema.as_object_mut().unwrap().remove("anyOf");
    schema["$ref"] = "#/$defs/document".into();
    jsonschema::validator_for(&schema).unwrap()
}

fn outputs(verify: bool, lang: Lang) -> Vec<serde_json::Value> {
    let packs = Packs::builtin().unwrap();
    let corpus = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut all = vec![];
    for raw in Inputs::new(&[corpus]) {
        let a = gouji::analyze(packs, read(&raw.unwrap()).unwrap(), verify);
        let output = gouji::report::output(packs, &a.document, &a.view, &a.reading, &a.findings, lang);
        all.push(serde_json::to_value(&output).unwrap());
    }
    assert!(all.len() >= 24, "{}", all.len());
    all
}

#[test]
fn every_output_of_the_corpus_is_valid() {
    let validator = validator();
    for (verify, lang) in [(true, Lang::Zh), (true, Lang::En), (false, Lang::Zh)] {
        let outputs = outputs(verify, lang);
        for output in &outputs {
            let errors: Vec<String> =
                validator.iter_errors(output).map(|e| format!("{}: {e}", e.instance_path())).take(5).collect();
            assert!(errors.is_empty(), "{}\n{}", output["document"]["id"], errors.join("\n"));
        }
        let whole = jsonschema::validator_for(&schema()).unwrap();
        assert!(whole.is_valid(&outputs[0]) && whole.is_valid(&serde_json::Value::Array(outputs)));
    }
}

#[test]
fn the_schema_is_strict() {
    let validator = validator();
    let good = outputs(true, Lang::Zh).swap_remove(0);
    let spoilt = |spoil: fn(&mut serde_json::Value)| {
        let mut output = good.clone();
        spoil(&mut output);
        !validator.is_valid(&output)
    };
    assert!(spoilt(|o| o["facts"][0]["value"] = 3.5.into()));
    assert!(spoilt(|o| o["facts"][0]["measure"] = "amount".into()));
    assert!(spoilt(|o| o["facts"][0]["more"] = 1.into()));
    assert!(spoilt(|o| drop(o["document"].as_object_mut().unwrap().remove("sha256"))));
    assert!(spoilt(|o| o["findings"][0]["verdict"] = "wrong".into()));
}

#[test]
fn what_is_written_is_as_serde_writes_it() {
    let packs = Packs::builtin().unwrap();
    let corpus = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for raw in Inputs::new(&[corpus]) {
        let analysis = gouji::analyze(packs, read(&raw.unwrap()).unwrap(), true);
        let mut line = vec![];
        gouji::report::write(&mut line, packs, &analysis, Lang::Zh);
        let value: serde_json::Value = serde_json::from_slice(&line).unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap().as_bytes(), line, "{}", value["document"]["id"]);
    }
}
