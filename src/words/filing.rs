//! Values of a filing as residents read them: reasons and categories, relations, periods, the way from → to.

use jiff::civil::Date;

use crate::domain::filing::{Category, CategoryGroup, FiledStatus, Period, Relation, TravelReason};
use crate::session::{DigitsNotice, Dwelling, FiledWhat, LineStatus, Route};

use super::{Key, Words, args};

impl Words {
    /// A day with its year: 2026年11月21日; Nov 21, 2026.
    pub fn full_date(&self, day: Date) -> String {
        self.date_full(args::DateFull {
            day: day.day().into(),
            month: self.month(day).into(),
            year: day.year().to_string().into(),
        })
    }

    /// From when to when: 2026年11月21日起，长期有效.
    pub fn period(&self, period: Period) -> String {
        let begin = self.full_date(period.begin);
        match period.end {
            None => self.period_open(begin),
            Some(end) => self.period_until(args::PeriodUntil { begin: begin.into(), end: self.full_date(end).into() }),
        }
    }

    /// From → to as a sentence.
    pub fn route(&self, route: &Route) -> String {
        let (from, to) = (route.from.as_str().into(), route.to.as_str().into());
        let begin = self.full_date(route.period.begin).into();
        match route.period.end {
            None => self.route_open(args::RouteOpen { begin, from, to }),
            Some(end) => self.route_until(args::RouteUntil { begin, end: self.full_date(end).into(), from, to }),
        }
    }

    /// What was asked for, as a sentence; `done` where it has happened.
    pub fn filed_what(&self, what: &FiledWhat, done: bool) -> String {
        match what {
            FiledWhat::New(route) if done => self.route(route),
            // What was only asked for must not read like what holds.
            FiledWhat::New(route) => self.filed_asked_what(args::FiledAskedWhat {
                begin: self.full_date(route.period.begin).into(),
                from: route.from.as_str().into(),
                to: route.to.as_str().into(),
            }),
            FiledWhat::Cancelled(place) if done => self.filed_cancelled_what(place.as_str()),
            FiledWhat::Cancelled(place) => self.filed_cancel_asked(place.as_str()),
            FiledWhat::Extended(place, until) => self.filed_extended_what(args::FiledExtendedWhat {
                place: place.as_str().into(),
                until: self.full_date(*until).into(),
            }),
        }
    }

    /// A reason as a resident would say it.
    pub fn travel_reason(&self, reason: TravelReason) -> String {
        self.text(travel_reason_key(reason))
    }

    /// The official name of a category.
    pub fn category(&self, category: Category) -> String {
        self.text(match category {
            Category::RetiredResettled => Key::CategoryRetired,
            Category::LongTermResident => Key::CategoryLongTermResident,
            Category::LongTermWorker => Key::CategoryWorker,
            Category::Referred => Key::CategoryReferred,
            Category::Emergency => Key::CategoryEmergency,
            Category::OtherTemporary => Key::CategoryTemporary,
        })
    }

    /// The official name of a group of categories.
    pub fn category_group(&self, group: CategoryGroup) -> String {
        self.text(match group {
            CategoryGroup::LongTerm => Key::GroupLongTerm,
            CategoryGroup::Temporary => Key::GroupTemporary,
        })
    }

    /// What the helper is to the person helped: 儿子或女儿.
    pub fn relation(&self, relation: Relation) -> String {
        self.text(relation_key(relation))
    }

    /// The same seen from the helper: whom a son or daughter helps is 您的父亲或母亲.
    pub fn relative(&self, relation: Relation) -> String {
        self.text(relative_key(relation))
    }

    /// A kind of dwelling.
    pub fn dwelling(&self, dwelling: Dwelling) -> String {
        self.text(dwelling_key(dwelling))
    }

    /// What a filing on record is worth.
    pub fn line_status(&self, status: &LineStatus) -> String {
        self.text(line_status_key(status))
    }

    /// What is wrong with digits.
    pub fn digits_notice(&self, notice: DigitsNotice) -> String {
        self.text(match notice {
            DigitsNotice::TooShort => Key::DigitsTooShort,
            DigitsNotice::TooLong => Key::DigitsTooLong,
            DigitsNotice::NoSuchNumber => Key::DigitsNoSuch,
        })
    }

    /// Two values side by side: 张*华 · 371002********1234.
    pub fn pair(&self, first: String, second: String) -> String {
        match (first.is_empty(), second.is_empty()) {
            (false, false) => self.two_in_one(args::TwoInOne { first: first.into(), second: second.into() }),
            _ => first + &second,
        }
    }
}

/// The one text of a reason, shown and said.
pub(super) fn travel_reason_key(reason: TravelReason) -> Key {
    match reason {
        TravelReason::WithChildren => Key::ReasonWithChildren,
        TravelReason::RetiredHome => Key::ReasonRetiredHome,
        TravelReason::Working => Key::ReasonWorking,
        TravelReason::Referred => Key::ReasonReferral,
        TravelReason::Precaution => Key::ReasonPrecaution,
        TravelReason::Emergency => Key::ReasonEmergency,
    }
}

/// The one text of what the helper is, shown and said.
pub(super) fn relation_key(relation: Relation) -> Key {
    match relation {
        Relation::Spouse => Key::RelationSpouse,
        Relation::Child => Key::RelationChild,
        Relation::Parent => Key::RelationParent,
        Relation::OtherRelative => Key::RelationRelative,
        Relation::Other => Key::RelationOther,
    }
}

/// The one text of whom somebody helps, shown and said.
pub(super) fn relative_key(relation: Relation) -> Key {
    match relation {
        Relation::Spouse => Key::RelativeSpouse,
        Relation::Child => Key::RelativeChild,
        Relation::Parent => Key::RelativeParent,
        Relation::OtherRelative => Key::RelativeRelative,
        Relation::Other => Key::RelativeOther,
    }
}

/// The one text of a dwelling, shown and said.
pub(super) fn dwelling_key(dwelling: Dwelling) -> Key {
    match dwelling {
        Dwelling::Children => Key::DwellingChildren,
        Dwelling::Own => Key::DwellingOwn,
        Dwelling::Employer => Key::DwellingEmployer,
        Dwelling::CareHome => Key::DwellingCareHome,
    }
}

fn filed_status_key(status: FiledStatus) -> Key {
    match status {
        FiledStatus::Valid => Key::FilingValid,
        FiledStatus::Pending => Key::FilingPending,
        FiledStatus::Expired => Key::FilingExpired,
        FiledStatus::Cancelled => Key::FilingCancelled,
    }
}

/// The one text of what a filing on record is worth, shown and said; those that wait here or came back included.
pub(super) fn line_status_key(status: &LineStatus) -> Key {
    match status {
        LineStatus::Platform(status) => filed_status_key(*status),
        LineStatus::Waiting(_) => Key::FilingWaiting,
        LineStatus::Rejected(_) => Key::FilingRejected,
    }
}

#[cfg(test)]
mod tests {
    use super::super::check_both as check;
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_filing_is_a_sentence_from_here_to_there() {
        let route = |end| Route {
            from: "威海市".into(),
            to: "北京市".into(),
            period: Period { begin: date(2026, 11, 21), end },
        };
        let open = route(None);
        let until = route(Some(date(2027, 5, 20)));
        check(
            "从威海市到北京市，\n2026年11月21日起，长期有效。",
            "From 威海市 to 北京市,\nfrom Nov 21, 2026, open-ended.",
            |w| w.route(&open),
        );
        check(
            "从威海市到北京市，\n2026年11月21日到2027年5月20日。",
            "From 威海市 to 北京市,\nNov 21, 2026 to May 20, 2027.",
            |w| w.route(&until),
        );
    }

    #[test]
    fn what_is_only_asked_for_is_not_said_to_be_done() {
        let what = FiledWhat::Cancelled("北京市".into());
        check("到北京市的备案已经取消。", "The filing for 北京市 is cancelled.", |w| {
            w.filed_what(&what, true)
        });
        check("要取消到北京市的备案。", "The filing for 北京市 is to be cancelled.", |w| {
            w.filed_what(&what, false)
        });
    }

    #[test]
    fn a_pair_needs_two() {
        check("甲 · 乙", "甲 · 乙", |w| w.pair("甲".into(), "乙".into()));
        check("乙", "乙", |w| w.pair(String::new(), "乙".into()));
    }
}
