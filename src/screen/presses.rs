//! What was pressed on the glass, as an event of the session.

use crate::domain::{Level, Service};
use crate::session::{Event, Language, Press, Stepper};

use super::generated::{Action, ServiceName};

/// All services in the order of the tiles, which is that of `ServiceName`.
pub(super) const SERVICES: [(Service, ServiceName); 8] = [
    (Service::Balance, ServiceName::Balance),
    (Service::Insured, ServiceName::Insured),
    (Service::Filing, ServiceName::Filing),
    (Service::Relative, ServiceName::Relative),
    (Service::Hospitals, ServiceName::Hospitals),
    (Service::Guide, ServiceName::Guide),
    (Service::Offices, ServiceName::Offices),
    (Service::Opinion, ServiceName::Opinion),
];

/// All languages in the order of their values.
const LANGUAGES: [Language; 3] = [Language::ZhCn, Language::En, Language::ZhHant];

/// All keys in the order of their values: digits, X and a dash of numbers, then the letters.
const KEYS: &str = "0123456789X-abcdefghijklmnopqrstuvwxyz";

/// All steppers in the order of their values.
const STEPPERS: [Stepper; 4] = [Stepper::Year, Stepper::Month, Stepper::Day, Stepper::Months];

/// Actions without a value.
const ALL_PLAIN: [Action; 49] = [
    Action::Start,
    Action::Home,
    Action::Back,
    Action::LargeFont,
    Action::Voice,
    Action::Contrast,
    Action::Reach,
    Action::Languages,
    Action::Help,
    Action::Close,
    Action::Hotline,
    Action::MoreServices,
    Action::ByEVoucher,
    Action::ByIdCard,
    Action::ItIsMe,
    Action::NotMe,
    Action::ReadAloud,
    Action::Hush,
    Action::CoverAmount,
    Action::AllMovements,
    Action::PageDown,
    Action::PageUp,
    Action::Finish,
    Action::TryAgain,
    Action::SubmitRating,
    Action::SkipRating,
    Action::RateByPhone,
    Action::Search,
    Action::ByHand,
    Action::ByPinyin,
    Action::Erase,
    Action::ClearInk,
    Action::UndoStroke,
    Action::Next,
    Action::UseOnRecord,
    Action::Promise,
    Action::SubmitFiling,
    Action::TakeAlong,
    Action::CancelFiling,
    Action::ExtendFiling,
    Action::NewFiling,
    Action::StillHere,
    Action::Leave,
    Action::Slower,
    Action::Faster,
    Action::Softer,
    Action::Louder,
    Action::Explore,
    Action::VoiceOff,
];

/// Points of one stroke; more are a finger that lies on the glass.
const STROKE_POINTS_MAX: usize = 2_000;

/// Height of the writing pad where its width is 10,000, as its line is told.
const PAD_HEIGHT: u32 = 6_250;

/// The value a stepper sends.
pub(super) fn stepper_index(stepper: Stepper) -> i32 {
    STEPPERS.iter().zip(0..).find(|(of, _)| **of == stepper).map_or(0, |(_, index)| index)
}

/// The stroke behind a line drawn on the pad (“M x y L x y …”); `None` where there is none.
pub(super) fn stroke(line: &str) -> Option<Event> {
    let mut numbers = line.split_ascii_whitespace().filter_map(|word| word.parse::<u32>().ok());
    let mut points: Vec<(u16, u16)> = Vec::new();
    while let (Some(x), Some(y)) = (numbers.next(), numbers.next()) {
        let point = (u16::try_from(x).ok()?, u16::try_from(y * 10_000 / PAD_HEIGHT).ok()?);
        if points.last() != Some(&point) && points.len() < STROKE_POINTS_MAX {
            points.push(point);
        }
    }
    (!points.is_empty()).then_some(Event::Stroke(points))
}

/// The press behind an action and its value; `None` where the value names nothing.
pub(super) fn press(action: Action, value: i32) -> Option<Press> {
    Some(match action {
        Action::None => return None,
        Action::Start => Press::Start,
        Action::Home => Press::Home,
        Action::Back => Press::Back,
        Action::LargeFont => Press::LargeFont,
        Action::Voice => Press::Voice,
        Action::Contrast => Press::Contrast,
        Action::Reach => Press::Reach,
        Action::Languages => Press::Languages,
        Action::Language => Press::Language(*LANGUAGES.get(usize::try_from(value).ok()?)?),
        Action::Help => Press::Help,
        Action::Close => Press::Close,
        Action::Hotline => Press::Hotline,
        Action::Service => Press::Service(SERVICES.get(usize::try_from(value).ok()?)?.0),
        Action::MoreServices => Press::MoreServices,
        Action::ByEVoucher => Press::ByEVoucher,
        Action::ByIdCard => Press::ByIdCard,
        Action::ItIsMe => Press::ItIsMe,
        Action::NotMe => Press::NotMe,
        Action::ReadAloud => Press::ReadAloud,
        Action::Hush => Press::Hush,
        Action::Curtain => Press::Curtain,
        Action::CoverAmount => Press::CoverAmount,
        Action::AllMovements => Press::AllMovements,
        Action::PageDown => Press::PageDown,
        Action::PageUp => Press::PageUp,
        Action::Finish => Press::Finish,
        Action::TryAgain => Press::TryAgain,
        Action::Level => Press::Level(level(value)?),
        Action::Reason => Press::Reason(u16::try_from(value).ok()?),
        Action::SubmitRating => Press::SubmitRating,
        Action::SkipRating => Press::SkipRating,
        Action::RateByPhone => Press::RateByPhone,
        Action::Answer => Press::Answer(u8::try_from(value).ok()?),
        Action::Pick => Press::Pick(u8::try_from(value).ok()?),
        Action::Change => Press::Change(u8::try_from(value).ok()?),
        Action::Candidate => Press::Candidate(u8::try_from(value).ok()?),
        Action::Search => Press::Search,
        Action::ByHand => Press::ByHand,
        Action::ByPinyin => Press::ByPinyin,
        Action::Key => Press::Key(KEYS.chars().nth(usize::try_from(value).ok()?)?.into()),
        Action::Erase => Press::Erase,
        Action::ClearInk => Press::ClearInk,
        Action::UndoStroke => Press::UndoStroke,
        Action::StepUp => Press::Step(*STEPPERS.get(usize::try_from(value).ok()?)?, true),
        Action::StepDown => Press::Step(*STEPPERS.get(usize::try_from(value).ok()?)?, false),
        Action::Next => Press::Next,
        Action::UseOnRecord => Press::UseOnRecord,
        Action::Promise => Press::Promise,
        Action::SubmitFiling => Press::SubmitFiling,
        Action::TakeAlong => Press::TakeAlong,
        Action::CancelFiling => Press::CancelFiling,
        Action::ExtendFiling => Press::ExtendFiling,
        Action::NewFiling => Press::NewFiling,
        Action::StillHere => Press::StillHere,
        Action::Leave => Press::Leave,
        Action::Slower => Press::Slower,
        Action::Faster => Press::Faster,
        Action::Softer => Press::Softer,
        Action::Louder => Press::Louder,
        Action::Explore => Press::Explore,
        Action::VoiceOff => Press::VoiceOff,
    })
}

/// The action and its value behind a press: what the button has that the keys are on.
pub(super) fn action(press: Press) -> (Action, i32) {
    let place = |found: Option<usize>| found.and_then(|place| i32::try_from(place).ok()).unwrap_or_default();
    let of_services = |service| place(SERVICES.iter().position(|(of, _)| *of == service));
    match press {
        Press::Language(language) => (Action::Language, place(LANGUAGES.iter().position(|of| *of == language))),
        Press::Service(service) => (Action::Service, of_services(service)),
        Press::Level(level) => (Action::Level, level.national_code().into()),
        Press::Reason(code) => (Action::Reason, code.into()),
        Press::Answer(n) => (Action::Answer, n.into()),
        Press::Pick(n) => (Action::Pick, n.into()),
        Press::Change(n) => (Action::Change, n.into()),
        Press::Candidate(n) => (Action::Candidate, n.into()),
        Press::Key(key) => (Action::Key, place(KEYS.chars().position(|of| of == key.0))),
        Press::Step(stepper, up) => (if up { Action::StepUp } else { Action::StepDown }, stepper_index(stepper)),
        press => (plain_action(press), 0),
    }
}

/// The action of a press without a value.
fn plain_action(press: Press) -> Action {
    ALL_PLAIN.into_iter().find(|action| self::press(*action, 0) == Some(press)).unwrap_or_default()
}

fn level(national_code: i32) -> Option<Level> {
    Level::ALL.into_iter().find(|level| i32::from(level.national_code()) == national_code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Typed;

    fn check(action: Action, value: i32, expected: Option<Press>) {
        assert_eq!(press(action, value), expected, "{action:?} {value}");
    }

    #[test]
    fn values_name_services_levels_reasons_and_languages() {
        check(Action::Service, 0, Some(Press::Service(Service::Balance)));
        check(Action::Service, 7, Some(Press::Service(Service::Opinion)));
        check(Action::Service, 8, None);
        check(Action::Level, 5, Some(Press::Level(Level::VerySatisfied)));
        check(Action::Level, 1, Some(Press::Level(Level::VeryDissatisfied)));
        check(Action::Level, 0, None);
        check(Action::Reason, 214, Some(Press::Reason(214)));
        check(Action::Reason, -1, None);
        check(Action::Language, 1, Some(Press::Language(Language::En)));
        check(Action::Language, 2, Some(Press::Language(Language::ZhHant)));
        check(Action::Language, 3, None);
        check(Action::Answer, 2, Some(Press::Answer(2)));
        check(Action::Start, 9, Some(Press::Start));
    }

    #[test]
    fn values_name_keys_steppers_and_places_in_lists() {
        check(Action::Key, 0, Some(Press::Key(Typed('0'))));
        check(Action::Key, 10, Some(Press::Key(Typed('X'))));
        check(Action::Key, 11, Some(Press::Key(Typed('-'))));
        check(Action::Key, 12, Some(Press::Key(Typed('a'))));
        check(Action::Key, 37, Some(Press::Key(Typed('z'))));
        check(Action::Key, 38, None);
        check(Action::Pick, 3, Some(Press::Pick(3)));
        check(Action::Pick, -1, None);
        check(Action::StepDown, 4, None);
        for stepper in STEPPERS {
            check(Action::StepUp, stepper_index(stepper), Some(Press::Step(stepper, true)));
        }
    }

    /// The ring must find every button that the session can name.
    #[test]
    fn a_press_has_the_action_it_came_from() {
        for fixture in crate::screen::fixtures::all() {
            for offer in crate::session::offers(&fixture.view) {
                let (action, value) = action(offer.press);
                assert_eq!(press(action, value), Some(offer.press), "{}", fixture.name);
            }
        }
    }

    #[test]
    fn a_line_on_the_pad_is_a_stroke() {
        let check = |line: &str, expected: Option<&[(u16, u16)]>| {
            assert_eq!(stroke(line), expected.map(|points| Event::Stroke(points.to_vec())), "{line}");
        };
        check("M 0 0 L 10000 6250 ", Some(&[(0, 0), (10_000, 10_000)]));
        check("M 5 625 L 5 625 L 6 625 ", Some(&[(5, 1_000), (6, 1_000)]));
        check("", None);
        check("M 99999 0 ", None);
        let finger_left_lying = "L 1 1 L 2 2 ".repeat(5_000);
        let points = stroke(&finger_left_lying).map(|event| matches!(event, Event::Stroke(p) if p.len() == 2_000));
        assert_eq!(points, Some(true));
    }

    #[test]
    fn tiles_are_numbered_as_they_are_named() {
        for (place, (_, name)) in SERVICES.iter().enumerate() {
            assert_eq!(*name as usize, place);
        }
    }
}
