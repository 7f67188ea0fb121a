//! Everything once more before it is submitted.

use slint::{ComponentHandle, SharedString};

use crate::session::{Review, ReviewLine, Sending};
use crate::words::{Key, Words, args};

use super::super::super::generated::{App, ReviewLineModel, ReviewModel};
use super::super::super::models::{hand_over, update_rows};
use super::Setting;

pub(super) fn fill(app: &App, review: &Review, setting: Setting<'_>) {
    let words = setting.words;
    let model = app.global::<ReviewModel<'_>>();
    if let Some(list) = update_rows(model.get_lines(), review.lines.iter().map(|line| row(line, words)).collect()) {
        model.set_lines(list);
    }
    model.set_route(hand_over(words.route(&review.route)));
    model.set_notice(review.notice.join("\n").into());
    model.set_promise(review.promise.as_deref().map(SharedString::from).unwrap_or_default());
    model.set_promised(review.promised);
    model.set_complete(review.complete);
    model.set_sending(match review.sending {
        None => SharedString::new(),
        Some(Sending::Keeping) => words.text(Key::ReviewKeeping).into(),
        Some(Sending::Asking) => words.text(Key::ReviewAsking).into(),
    });
    model.set_failed(review.failed);
}

pub(super) fn blank(app: &App) {
    let model = app.global::<ReviewModel<'_>>();
    update_rows(model.get_lines(), Vec::new());
    model.set_route(SharedString::new());
    model.set_notice(SharedString::new());
    model.set_promise(SharedString::new());
    model.set_promised(false);
    model.set_complete(false);
    model.set_sending(SharedString::new());
    model.set_failed(false);
}

fn row(line: &ReviewLine, words: &Words) -> ReviewLineModel {
    let (label, value) = match line {
        ReviewLine::Who(name, number) => (Key::ReviewWho, words.pair(name.clone(), number.clone())),
        ReviewLine::Helper(name, relation) => (Key::ReviewHelper, words.pair(name.clone(), words.relation(*relation))),
        ReviewLine::Insurance(insurance, area) => {
            (Key::ReviewInsurance, words.pair(area.clone(), words.insurance(*insurance)))
        }
        ReviewLine::Why(reason, category) => {
            let (reason, category) = (words.travel_reason(*reason).into(), words.category(*category).into());
            (Key::ReviewWhy, words.why_line(args::WhyLine { category, reason }))
        }
        ReviewLine::Where(place) => (Key::ReviewWhere, place.clone()),
        ReviewLine::When(period) => (Key::ReviewWhen, words.period(*period)),
        ReviewLine::Phone(number) => (Key::ReviewPhone, number.clone()),
        ReviewLine::Address(address) => (Key::ReviewAddress, address.clone()),
        ReviewLine::Referral(number, hospital) => (Key::ReviewReferral, words.pair(number.clone(), hospital.clone())),
    };
    ReviewLineModel { label: words.text(label).into(), value: hand_over(value) }
}
