//! What stands on everything that can be pressed, and what is said of it: one entry of the catalogue for both.

mod answers;
mod spoken;

use crate::domain::Service;
use crate::session::{Language, Overlay, Press, Screen, Stepper, Told, View};

pub use answers::answer_key;
pub(super) use spoken::of as spoken;

use super::Key;
use super::format::{level_key, reason_key, service_key, tile_reason_key};

/// What stands on a button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Label {
    /// A text of the catalogue.
    Fixed(Key),
    /// A name out of a list, a key of a pad, an answer of the configuration.
    Shown(String),
}

impl Label {
    /// The words on the button.
    #[must_use]
    pub fn text(&self, words: &super::Words) -> String {
        match self {
            Self::Fixed(key) => words.text(*key),
            Self::Shown(text) => text.clone(),
        }
    }
}

/// What stands on the button of a press on this view; `None` where it has none.
#[must_use]
pub fn label(view: &View, press: Press) -> Option<Label> {
    let shown = |text: Option<&String>| text.cloned().map(Label::Shown);
    match (press, &view.screen) {
        (Press::Answer(n), Screen::Question { choices, .. }) => shown(choices.get(usize::from(n))),
        (Press::Pick(n), screen) => answers::picked(screen, usize::from(n)),
        (Press::Candidate(n), Screen::Writing(writing)) => shown(writing.candidates.get(usize::from(n))),
        (Press::Key(key), _) => Some(Label::Shown(key.0.to_ascii_uppercase().to_string())),
        _ => key(view, press).map(Label::Fixed),
    }
}

/// The text of every button whose words never vary.
fn key(view: &View, press: Press) -> Option<Key> {
    match press {
        Press::LargeFont | Press::Voice | Press::Contrast | Press::Reach | Press::Languages => mode(view, press),
        Press::Slower | Press::Faster | Press::Softer | Press::Louder | Press::Explore | Press::VoiceOff => {
            voice(view, press)
        }
        Press::Close => closing(view.overlay?),
        Press::Language(Language::ZhCn) => Some(Key::LanguageChinese),
        Press::Language(Language::ZhHant) => Some(Key::LanguageTraditional),
        Press::Language(Language::En) => Some(Key::LanguageEnglish),
        Press::Service(service) => Some(service_key(service)),
        Press::Level(level) => Some(level_key(level)),
        Press::Reason(code) => Some(reason_key(code)),
        Press::Step(stepper, up) => Some(stepping(stepper, up)),
        Press::Finish => finishing(&view.screen),
        Press::Next => going_on(&view.screen),
        Press::PageDown | Press::PageUp => turning(&view.screen, press == Press::PageDown),
        Press::Erase | Press::UseOnRecord => typing(&view.screen, press),
        press => anywhere(view, press),
    }
}

fn mode(view: &View, press: Press) -> Option<Key> {
    let modes = &view.modes;
    let home = matches!(view.screen, Screen::Home { .. });
    Some(match press {
        Press::LargeFont if home => Key::HomeLargeFont,
        Press::LargeFont if modes.large_font => Key::BarLargeFontOn,
        Press::LargeFont => Key::BarLargeFont,
        Press::Voice if home => Key::HomeVoice,
        Press::Voice if modes.voice => Key::BarVoiceOn,
        Press::Voice => Key::BarVoice,
        Press::Contrast if modes.contrast => Key::BarContrastOn,
        Press::Contrast => Key::BarContrast,
        Press::Reach if modes.reach => Key::BarReachOn,
        Press::Reach => Key::BarReach,
        _ => Key::BarLanguage,
    })
}

fn voice(view: &View, press: Press) -> Option<Key> {
    Some(match press {
        Press::Slower => Key::VoiceSlower,
        Press::Faster => Key::VoiceFaster,
        Press::Softer => Key::VoiceSofter,
        Press::Louder => Key::VoiceLouder,
        Press::Explore if view.modes.explore => Key::VoiceExploreOn,
        Press::Explore => Key::VoiceExplore,
        _ => Key::VoiceOff,
    })
}

fn closing(overlay: Overlay) -> Option<Key> {
    match overlay {
        Overlay::Idle { .. } => None,
        Overlay::Languages => Some(Key::LanguageClose),
        Overlay::HelpCalled => Some(Key::HelpClose),
        Overlay::Hotline => Some(Key::HotlineClose),
        Overlay::Voice => Some(Key::VoiceClose),
    }
}

fn finishing(screen: &Screen) -> Option<Key> {
    Some(match screen {
        Screen::Balance(_) | Screen::Movements(_) => Key::BalanceFinish,
        Screen::Insured { .. } => Key::InsuredFinish,
        Screen::NotInsured => Key::NotInsuredFinish,
        Screen::RateByPhone { .. } => Key::PhoneFinish,
        Screen::Thanks { .. } => Key::ThanksClose,
        Screen::Elsewhere(_) | Screen::Guide => Key::ElsewhereClose,
        Screen::Filed(_) => Key::FiledRate,
        Screen::Filings(_) => Key::FilingsFinish,
        Screen::Carry(_) => Key::CarryFinish,
        Screen::Hospital(_) => Key::HospitalFinish,
        _ => return None,
    })
}

fn going_on(screen: &Screen) -> Option<Key> {
    Some(match screen {
        Screen::Writing(_) => Key::WritingDone,
        Screen::Told(Told::Before { .. }) => Key::ToldNext,
        Screen::Told(_) => Key::ToldClose,
        _ => Key::FilingNext,
    })
}

fn turning(screen: &Screen, on: bool) -> Option<Key> {
    Some(match (screen, on) {
        (Screen::Places(_), true) => Key::PlacesMore,
        (Screen::Places(_), false) => Key::PlacesBack,
        (_, true) => Key::MovementsEarlier,
        (_, false) => Key::MovementsLater,
    })
}

fn typing(screen: &Screen, press: Press) -> Option<Key> {
    Some(match (screen, press) {
        (_, Press::UseOnRecord) => Key::DigitsOnRecord,
        (Screen::Digits(_), _) => Key::DigitsErase,
        _ => Key::WritingErase,
    })
}

fn stepping(stepper: Stepper, up: bool) -> Key {
    match (stepper, up) {
        (Stepper::Year, false) => Key::DatesYearDown,
        (Stepper::Year, true) => Key::DatesYearUp,
        (Stepper::Month, false) => Key::DatesMonthDown,
        (Stepper::Month, true) => Key::DatesMonthUp,
        (Stepper::Day, false) => Key::DatesDayDown,
        (Stepper::Day, true) => Key::DatesDayUp,
        (Stepper::Months, false) => Key::DatesMonthsDown,
        (Stepper::Months, true) => Key::DatesMonthsUp,
    }
}

/// Buttons that say the same wherever they stand, or nearly.
fn anywhere(view: &View, press: Press) -> Option<Key> {
    let screen = &view.screen;
    let relative = matches!(screen, Screen::WhoAreYou { relative: true, .. });
    let covered = match screen {
        Screen::Balance(balance) => balance.covered,
        _ => false,
    };
    Some(match press {
        Press::Start => Key::StandbyStart,
        Press::Home => Key::BarHome,
        Press::Back => Key::BarBack,
        Press::Help => Key::BarHelp,
        Press::Hotline if matches!(screen, Screen::NotInsured | Screen::OutOfService) => Key::NotInsuredHotline,
        Press::Hotline => Key::BarHotline,
        Press::MoreServices if matches!(screen, Screen::Home { more: true, .. }) => Key::HomeLess,
        Press::MoreServices => Key::HomeMore,
        Press::ByEVoucher => Key::IdentifyUseVoucher,
        Press::ByIdCard => Key::IdentifyUseCard,
        Press::ItIsMe if relative => Key::PersonIsRelative,
        Press::ItIsMe => Key::PersonIsMe,
        Press::NotMe if relative => Key::PersonNotRelative,
        Press::NotMe => Key::PersonNotMe,
        Press::ReadAloud if view.overlay == Some(Overlay::Voice) => Key::VoiceRepeat,
        Press::ReadAloud => Key::ReadsAloud,
        Press::CoverAmount if covered => Key::BalanceUncover,
        Press::CoverAmount => Key::BalanceCover,
        Press::AllMovements => Key::BalanceAllMovements,
        Press::TryAgain => Key::FaultTryAgain,
        Press::SubmitRating => Key::RateSubmit,
        Press::SkipRating if matches!(screen, Screen::Question { .. }) => Key::QuestionSkip,
        Press::SkipRating => Key::RateSkip,
        Press::RateByPhone if matches!(screen, Screen::RateByPhone { .. }) => Key::PhoneBack,
        Press::RateByPhone => Key::RateByPhone,
        Press::Change(_) => Key::ReviewChange,
        Press::Search => Key::PlacesSearch,
        Press::ByHand => Key::WritingByHand,
        Press::ByPinyin => Key::WritingByPinyin,
        Press::ClearInk => Key::WritingClear,
        Press::UndoStroke => Key::WritingUndo,
        Press::Promise => Key::ReviewPromise,
        Press::SubmitFiling => Key::ReviewSubmit,
        Press::TakeAlong => Key::ReviewTakeAlong,
        Press::CancelFiling => Key::FilingsCancel,
        Press::ExtendFiling => Key::FilingsExtend,
        Press::NewFiling => Key::FilingsNew,
        Press::StillHere => Key::IdleStay,
        Press::Leave => Key::IdleLeave,
        _ => return None,
    })
}

/// Why a tile is closed, as it stands on it.
pub(super) fn closed(view: &View, service: Service) -> Option<Key> {
    let Screen::Home { tiles, .. } = &view.screen else { return None };
    tile_reason_key(tiles.iter().find(|tile| tile.service == service)?.state)
}
