//! One question of a filing with its answers.

use slint::{ComponentHandle, SharedString};

use crate::domain::filing::TravelReason;
use crate::session::{Ask, AskOption, Dwelling, Inquiry};
use crate::words::{Key, Words, answer_key, args};

use super::super::super::generated::{App, AskModel, ChoiceIcon, ChoiceModel};
use super::super::super::models::{hand_over, update_rows};
use super::Setting;

pub(super) fn fill(app: &App, ask: &Ask, setting: Setting<'_>) {
    let words = setting.words;
    let model = app.global::<AskModel<'_>>();
    model.set_title(hand_over(title(&ask.inquiry, words)));
    model.set_hint(hand_over(hint(&ask.inquiry, words)));
    model.set_warm(ask.inquiry == Inquiry::Scam);
    let row = |(place, option): (usize, &AskOption)| ChoiceModel {
        chosen: ask.chosen.is_some_and(|chosen| usize::from(chosen) == place),
        ..choice(option, &ask.inquiry, words)
    };
    if let Some(list) = update_rows(model.get_choices(), ask.options.iter().enumerate().map(row).collect()) {
        model.set_choices(list);
    }
}

pub(super) fn blank(app: &App) {
    let model = app.global::<AskModel<'_>>();
    model.set_title(SharedString::new());
    model.set_hint(SharedString::new());
    update_rows(model.get_choices(), Vec::new());
}

fn title(inquiry: &Inquiry, words: &Words) -> String {
    match inquiry {
        Inquiry::WhyAway => words.text(Key::AskWhyAway),
        Inquiry::WhichInsurance => words.text(Key::AskWhichInsurance),
        Inquiry::HaveReferral => words.text(Key::AskHaveReferral),
        Inquiry::HowHelped => words.text(Key::AskHowHelped),
        Inquiry::WhichRelative => words.text(Key::AskWhichRelative),
        Inquiry::WhichRelation => words.text(Key::AskWhichRelation),
        Inquiry::Conflict { from, to } => {
            words.ask_conflict(args::AskConflict { from: from.as_str().into(), to: to.as_str().into() })
        }
        Inquiry::CancelIt { place, .. } => words.ask_cancel(place.as_str()),
        Inquiry::ExtendIt { place, until } => {
            let until = words.full_date(*until).into();
            words.ask_extend(args::AskExtend { place: place.as_str().into(), until })
        }
        Inquiry::Scam => words.text(Key::AskScam),
        Inquiry::WhichDwelling => words.text(Key::AskWhichDwelling),
    }
}

fn hint(inquiry: &Inquiry, words: &Words) -> String {
    match inquiry {
        Inquiry::WhyAway => words.text(Key::AskWhyAwayHint),
        Inquiry::HaveReferral => words.text(Key::AskHaveReferralHint),
        Inquiry::HowHelped => words.text(Key::AskHowHelpedHint),
        Inquiry::Conflict { .. } => words.text(Key::AskConflictHint),
        Inquiry::CancelIt { note, .. } => note.clone().unwrap_or_default(),
        Inquiry::Scam => words.text(Key::AskScamHint),
        Inquiry::WhichInsurance
        | Inquiry::WhichRelative
        | Inquiry::WhichRelation
        | Inquiry::ExtendIt { .. }
        | Inquiry::WhichDwelling => String::new(),
    }
}

fn choice(option: &AskOption, inquiry: &Inquiry, words: &Words) -> ChoiceModel {
    let row = |icon, title: String, note: String| ChoiceModel {
        title: hand_over(title),
        note: hand_over(note),
        icon,
        chosen: false,
    };
    let title = answer_key(option, inquiry).map(|key| words.text(key)).unwrap_or_default();
    let fixed = |icon, note: Option<Key>| row(icon, title.clone(), note.map(|key| words.text(key)).unwrap_or_default());
    match option {
        AskOption::Reason(reason) => row(reason_icon(*reason), title, words.category(reason.category())),
        AskOption::Insurance(_, area) => row(ChoiceIcon::Insurance, title, area.clone()),
        AskOption::Relative(name, relation) => row(ChoiceIcon::Person, name.clone(), words.relative(*relation)),
        AskOption::Relation(_) => row(ChoiceIcon::None, title, String::new()),
        AskOption::Dwelling(dwelling) => row(dwelling_icon(*dwelling), title, String::new()),
        AskOption::ByCard => fixed(ChoiceIcon::IdCard, Some(Key::AskByCardHint)),
        AskOption::ByVoucher => fixed(ChoiceIcon::Code, Some(Key::AskByVoucherHint)),
        AskOption::ByFamily => fixed(ChoiceIcon::Family, Some(Key::AskByFamilyHint)),
        AskOption::Yes => fixed(ChoiceIcon::Yes, None),
        AskOption::No => fixed(ChoiceIcon::No, None),
        AskOption::SomebodyTellsMe => fixed(ChoiceIcon::Stop, Some(Key::AskSomebodyHint)),
        AskOption::NobodyTellsMe => fixed(ChoiceIcon::Yes, None),
        AskOption::HaveIt => fixed(ChoiceIcon::Yes, None),
        AskOption::HaveItNot => fixed(ChoiceIcon::No, None),
    }
}

fn reason_icon(reason: TravelReason) -> ChoiceIcon {
    match reason {
        TravelReason::WithChildren => ChoiceIcon::Children,
        TravelReason::RetiredHome => ChoiceIcon::Home,
        TravelReason::Working => ChoiceIcon::Work,
        TravelReason::Referred => ChoiceIcon::Referral,
        TravelReason::Precaution => ChoiceIcon::Travel,
        TravelReason::Emergency => ChoiceIcon::Emergency,
    }
}

fn dwelling_icon(dwelling: Dwelling) -> ChoiceIcon {
    match dwelling {
        Dwelling::Children => ChoiceIcon::Children,
        Dwelling::Own => ChoiceIcon::Home,
        Dwelling::Employer => ChoiceIcon::Building,
        Dwelling::CareHome => ChoiceIcon::Bed,
    }
}
