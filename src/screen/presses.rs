//! What was pressed on the glass, as an event of the session.

use crate::domain::{Level, Service};
use crate::session::{Language, Press};

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

/// All languages in the order of the choice.
const LANGUAGES: [Language; 2] = [Language::ZhCn, Language::En];

/// The press behind an action and its value; `None` where the value names nothing.
pub(super) fn press(action: Action, value: i32) -> Option<Press> {
    Some(match action {
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
        Action::StillHere => Press::StillHere,
        Action::Leave => Press::Leave,
    })
}

fn level(national_code: i32) -> Option<Level> {
    Level::ALL.into_iter().find(|level| i32::from(level.national_code()) == national_code)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        check(Action::Language, 2, None);
        check(Action::Answer, 2, Some(Press::Answer(2)));
        check(Action::Start, 9, Some(Press::Start));
    }

    #[test]
    fn tiles_are_numbered_as_they_are_named() {
        for (place, (_, name)) in SERVICES.iter().enumerate() {
            assert_eq!(*name as usize, place);
        }
    }
}
