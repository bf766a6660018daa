//! One rule a file: what it is, its documentation, its code, its tests.

mod absence_agency_operating;
mod absence_basic_and_project;
mod absence_budget_change;
mod absence_overseas_counts;
mod absence_performance;
mod absence_procurement;
mod absence_procurement_parts;
mod absence_procurement_sme;
mod absence_reception_counts;
mod absence_required_section;
mod absence_state_assets;
mod absence_terms;
mod absence_three_public;
mod absence_three_public_change;
mod absence_three_public_parts;
mod absence_three_public_reason;
mod absence_vehicle_counts;
mod absence_vehicle_split;
mod balance_identity_differs;
mod balance_revenue_differs_from_expenditure;
mod balance_surplus_differs;
mod balance_table_sides_differ;
mod change_differs_from_levels;
mod change_drivers_leave_remainder;
mod change_exceeds_level;
mod change_parts_differ_from_total;
mod change_points_differ;
mod change_table_change_differs;
mod count_in_post_exceeds_authorised;
mod count_named_differ_from_number;
mod count_vacant_differ;
mod direction_claim_contradicts_figures;
mod direction_debt_exceeds_limit;
mod direction_flat_but_changed;
mod direction_rate_contradicts_change;
mod equal_recurs_elsewhere;
mod equal_restated_differently;
mod equal_table_differs_from_note;
mod equal_tables_differ;
mod period_base_year_differs;
mod period_heading_year_differs;
mod ratio_average_differs;
mod ratio_completion_differs;
mod ratio_growth_differs;
mod ratio_parts_rates_differ_from_total;
mod ratio_share_differs;
mod ratio_table_rate_differs;
mod sum_parts_differ_from_total;
mod sum_parts_told_elsewhere;
mod sum_shares_differ_from_hundred;
mod sum_table_columns_differ;
mod sum_table_rows_differ;
mod tables;
mod unit_missing;
mod unit_out_of_scale;

pub(super) use ratio_share_differs::Row;
pub(super) use unit_out_of_scale::unit_slips;

use super::{Notebook, Relation};

/// A rule: how relations of one kind are made and what a contradiction in
/// one of them means.
#[derive(Debug)]
pub struct Rule {
    /// `family/what-is-wrong`
    pub id: &'static str,
    /// One line, in Chinese.
    pub title_zh: &'static str,
    /// One line, in English.
    pub title_en: &'static str,
    /// What it tests, when it is silent, where it comes from; in Markdown, with
    /// notes in ```note fences that are run when the rule is explained.
    pub doc: &'static str,
    /// Makes the relations; `None` for rules that follow from others' findings.
    pub relate: Option<fn(&Notebook, &mut Vec<Relation>)>,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Rule {
    /// The family: what stands before the slash.
    ///
    /// ```
    /// assert!(gouji::check::RULES.iter().all(|r| r.id.starts_with(r.family())));
    /// ```
    pub fn family(&self) -> &'static str {
        self.id.split('/').next().unwrap_or(self.id)
    }
}

/// All rules, in the order in which they are told.
pub const RULES: &[&Rule] = &[
    &sum_parts_differ_from_total::RULE,
    &sum_parts_told_elsewhere::RULE,
    &sum_shares_differ_from_hundred::RULE,
    &sum_table_rows_differ::RULE,
    &sum_table_columns_differ::RULE,
    &change_differs_from_levels::RULE,
    &change_parts_differ_from_total::RULE,
    &change_table_change_differs::RULE,
    &change_points_differ::RULE,
    &change_drivers_leave_remainder::RULE,
    &change_exceeds_level::RULE,
    &ratio_growth_differs::RULE,
    &ratio_parts_rates_differ_from_total::RULE,
    &ratio_share_differs::RULE,
    &ratio_completion_differs::RULE,
    &ratio_average_differs::RULE,
    &ratio_table_rate_differs::RULE,
    &equal_restated_differently::RULE,
    &equal_recurs_elsewhere::RULE,
    &equal_table_differs_from_note::RULE,
    &equal_tables_differ::RULE,
    &balance_identity_differs::RULE,
    &balance_revenue_differs_from_expenditure::RULE,
    &balance_surplus_differs::RULE,
    &balance_table_sides_differ::RULE,
    &direction_claim_contradicts_figures::RULE,
    &direction_flat_but_changed::RULE,
    &direction_rate_contradicts_change::RULE,
    &direction_debt_exceeds_limit::RULE,
    &count_named_differ_from_number::RULE,
    &count_in_post_exceeds_authorised::RULE,
    &count_vacant_differ::RULE,
    &period_base_year_differs::RULE,
    &period_heading_year_differs::RULE,
    &unit_out_of_scale::RULE,
    &unit_missing::RULE,
    &absence_basic_and_project::RULE,
    &absence_agency_operating::RULE,
    &absence_budget_change::RULE,
    &absence_three_public::RULE,
    &absence_three_public_parts::RULE,
    &absence_vehicle_split::RULE,
    &absence_three_public_change::RULE,
    &absence_three_public_reason::RULE,
    &absence_overseas_counts::RULE,
    &absence_vehicle_counts::RULE,
    &absence_reception_counts::RULE,
    &absence_procurement::RULE,
    &absence_procurement_parts::RULE,
    &absence_procurement_sme::RULE,
    &absence_state_assets::RULE,
    &absence_performance::RULE,
    &absence_terms::RULE,
    &absence_required_section::RULE,
];
