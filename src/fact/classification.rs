//! What the concepts of the expenditure classification say of their level
//! (《政府收支分类科目》: 类, 款 and 项 of the functions, and the economic 款).

/// Items that bear the name of a 项 and are read as one of the economic
/// classification: 基本养老保险缴费, 职业年金缴费, 住房公积金.
const TWINS: [&str; 3] = ["expenditure.economic.30108", "expenditure.economic.30109", "expenditure.economic.30113"];

/// Whether a concept is a 项 of the functions (行政运行 of an unknown 款 too), or bears
/// the name of one.
pub(crate) fn is_item(concept: &str) -> bool {
    TWINS.contains(&concept)
        || concept.strip_prefix("expenditure.function.").is_some_and(|code| code.len() == 7 || code.starts_with("xx"))
}

/// Whether a concept stands in a list of functions, of any level.
pub(crate) fn is_function(concept: &str) -> bool {
    concept.starts_with("expenditure.function") || TWINS.contains(&concept)
}

#[cfg(test)]
mod tests {
    use super::{is_function, is_item};

    #[test]
    fn items_are_the_lowest_level() {
        // 2050202 小学教育, 20502 普通教育, 205 教育支出
        assert!(is_item("expenditure.function.2050202"));
        assert!(!is_item("expenditure.function.20502"));
        assert!(is_function("expenditure.function.205"));
        // 住房公积金, and 工资福利支出 that no 项 is called
        assert!(is_item("expenditure.economic.30113") && is_function("expenditure.economic.30113"));
        assert!(!is_item("expenditure.economic.301") && !is_function("expenditure.economic.301"));
    }
}
