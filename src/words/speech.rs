//! Every prompt in words, for the loudspeaker and for the caption.

use crate::domain::filing::{Category, CategoryGroup, FilingPolicy, Sentences, TravelReason};
use crate::domain::{DeviceKind, Level};
use crate::session::{IdentifyNotice, Language, Loudness, Pace, Prompt, View};
use crate::voice::{Script, Segment, Unit, place_of_value};

use super::format::{elsewhere_key, notice_key};
use super::{Key, Words};

/// What a prompt says on a view, as segments for the voice: also what its buttons say, which only the view knows, and
/// the sentences of the filing policy that belong to it.
pub fn heard(words: &Words, view: &View, prompt: &Prompt, policy: Option<&FilingPolicy>) -> Script {
    match (prompt, policy) {
        (Prompt::Offer(press), _) => super::labels::spoken(words, view, *press),
        (prompt, Some(policy)) => script_with_policy(words, prompt, policy),
        (prompt, None) => script(words, prompt),
    }
}

/// What a prompt says, as it stands in the caption; nothing for [`Prompt::Offer`], which only a view knows.
pub fn say(words: &Words, prompt: &Prompt) -> String {
    script(words, prompt).caption().to_string()
}

/// What a prompt says, as segments for the voice: the same text of the catalogue as the caption, its values still typed.
pub fn script(words: &Words, prompt: &Prompt) -> Script {
    match *prompt {
        Prompt::Amount(amount) => {
            Script::filled(&words.say_amount(place_of_value(0)), &[(Segment::Money(amount), words.amount(amount))])
        }
        Prompt::BeginsOn(day) => {
            Script::filled(&words.say_begins_on(place_of_value(0)), &[(Segment::Date(day), words.full_date(day))])
        }
        Prompt::ForMonths(months) => {
            let shown = (Segment::Count(months.into(), Unit::Things), words.months_counted(months));
            Script::filled(&words.say_for_months(place_of_value(0)), &[shown])
        }
        Prompt::Offer(_) => Script::default(),
        Prompt::Character(character) => Script::fixed(character.0.to_string()),
        prompt => Script::fixed(words.spoken(key(prompt))),
    }
}

/// The whole of a prompt: what it says, and the sentences the filing policy has for it.
fn script_with_policy(words: &Words, prompt: &Prompt, policy: &FilingPolicy) -> Script {
    let sentences = sentences(policy, prompt, words.language());
    // A line end is silent; it keeps sentences apart for a voice that reads the whole as one text.
    let pieces = sentences.into_iter().flat_map(|sentence| [Script::fixed("\n"), Script::fixed(sentence)]);
    pieces.fold(script(words, prompt), Script::followed_by)
}

/// What is said after a prompt: sentences of the policy that stand on the screen and are to be heard as well.
fn sentences<'a>(policy: &'a FilingPolicy, prompt: &Prompt, language: Language) -> Vec<&'a str> {
    let all = |said: &'a Sentences| -> Vec<&'a str> {
        language.choose(&said.zh, &said.en).iter().map(String::as_str).collect()
    };
    let one = |zh: &'a str, en: &'a str| vec![language.choose(zh, en)];
    let promise = || one(&policy.commitment.zh, &policy.commitment.en);
    let rule = |category| policy.rule(category);
    match *prompt {
        Prompt::FilingNotice(group) => all(policy.notice(group)),
        Prompt::FilingDone(group) => all(policy.advice(group)),
        Prompt::CancelIt(group) => one(&policy.cancel_note(group).zh, &policy.cancel_note(group).en),
        Prompt::BringToWindow(category) => rule(category).map(|rule| all(&rule.materials)).unwrap_or_default(),
        Prompt::Review(category) if rule(category).is_some_and(|rule| rule.commitment.value) => promise(),
        Prompt::PromiseFirst => promise(),
        _ => Vec::new(),
    }
}

/// Every sentence of a policy that can be said, each once.
#[must_use]
pub fn policy_texts(policy: &FilingPolicy, language: Language) -> Vec<&str> {
    let groups = [CategoryGroup::LongTerm, CategoryGroup::Temporary];
    let by_group = groups
        .into_iter()
        .flat_map(|group| [Prompt::FilingNotice(group), Prompt::FilingDone(group), Prompt::CancelIt(group)]);
    let by_category = Category::ALL.into_iter().flat_map(|c| [Prompt::Review(c), Prompt::BringToWindow(c)]);
    let mut texts: Vec<&str> = Vec::new();
    for prompt in by_group.chain(by_category).chain([Prompt::PromiseFirst]) {
        let new = sentences(policy, &prompt, language).into_iter().filter(|text| !texts.contains(text));
        let new: Vec<&str> = new.collect();
        texts.extend(new);
    }
    texts
}

fn level_chosen_key(level: Level) -> Key {
    match level {
        Level::VerySatisfied => Key::SayLevel5,
        Level::Satisfied => Key::SayLevel4,
        Level::FairlySatisfied => Key::SayLevel3,
        Level::Dissatisfied => Key::SayLevel2,
        Level::VeryDissatisfied => Key::SayLevel1,
    }
}

fn reason_chosen_key(reason: TravelReason) -> Key {
    match reason {
        TravelReason::WithChildren => Key::SayReasonWithChildren,
        TravelReason::RetiredHome => Key::SayReasonRetiredHome,
        TravelReason::Working => Key::SayReasonWorking,
        TravelReason::Referred => Key::SayReasonReferred,
        TravelReason::Precaution => Key::SayReasonPrecaution,
        TravelReason::Emergency => Key::SayReasonEmergency,
    }
}

fn pace_key(pace: Pace) -> Key {
    match pace {
        Pace::SLOWEST => Key::SaySlowest,
        Pace::FASTEST => Key::SayFastest,
        _ => Key::SayPace,
    }
}

fn loudness_key(loudness: Loudness) -> Key {
    match loudness {
        _ if loudness == loudness.louder() => Key::SayLoudest,
        _ if loudness == loudness.softer() => Key::SaySoftest,
        _ => Key::SayLoudness,
    }
}

/// The text of a prompt; for an amount, the one that says where it stands.
fn key(prompt: Prompt) -> Key {
    match prompt {
        Prompt::Standby => Key::SayStandby,
        Prompt::Home => Key::SayHome,
        Prompt::MoreServices => Key::SayMoreServices,
        Prompt::IdentifyByCard => Key::SayIdentifyByCard,
        Prompt::IdentifyByVoucher => Key::SayIdentifyByVoucher,
        Prompt::ReadingCard => Key::SayReadingCard,
        Prompt::CardPulledAway => notice_key(IdentifyNotice::PulledAway),
        Prompt::CardWrongKind => notice_key(IdentifyNotice::WrongKind),
        Prompt::CardNonsense => notice_key(IdentifyNotice::Nonsense),
        Prompt::CardExpired => Key::SayCardExpired,
        Prompt::NotAVoucher => notice_key(IdentifyNotice::NotAVoucher),
        Prompt::VoucherStale => notice_key(IdentifyNotice::StaleVoucher),
        Prompt::LiftAndLayAgain => notice_key(IdentifyNotice::LiftAndLayAgain),
        Prompt::WhoAreYou => Key::SayWhoAreYou,
        Prompt::Waiting => Key::SayWaiting,
        Prompt::WaitingLonger => Key::SayWaitingLonger,
        Prompt::BalanceShown | Prompt::Amount(_) => Key::SayBalanceShown,
        Prompt::NoPersonalAccount => Key::SayNoPersonalAccount,
        Prompt::AccountNotInForce => Key::SayAccountNotInForce,
        Prompt::NotInsured => Key::SayNotInsured,
        Prompt::Movements => Key::SayMovements,
        Prompt::InsuredShown => Key::SayInsuredShown,
        Prompt::Rate => Key::SayRate,
        Prompt::LevelChosen(level) => level_chosen_key(level),
        Prompt::AskReason => Key::SayAskReason,
        Prompt::RateByPhone => Key::SayRateByPhone,
        Prompt::Question => Key::SayQuestion,
        Prompt::ThanksTakeCard => Key::SayThanksTakeCard,
        Prompt::Thanks => Key::SayThanks,
        Prompt::TakeCard => Key::SayTakeCard,
        Prompt::Goodbye => Key::SayGoodbye,
        Prompt::StillHere => Key::SayStillHere,
        Prompt::DeviceFault(DeviceKind::IdReader) => Key::SayFaultIdReader,
        Prompt::DeviceFault(DeviceKind::Scanner) => Key::SayFaultScanner,
        Prompt::DeviceBack(DeviceKind::IdReader) => Key::SayBackIdReader,
        Prompt::DeviceBack(DeviceKind::Scanner) => Key::SayBackScanner,
        Prompt::NoDevice => Key::SayFaultBoth,
        Prompt::PlatformFault => Key::SayFaultPlatform,
        Prompt::NotKept => Key::SayNotKept,
        Prompt::Elsewhere(service) => elsewhere_key(service),
        Prompt::Guide => Key::SayGuide,
        Prompt::HelpCalled => Key::SayHelpCalled,
        Prompt::HelpAtWindow => Key::SayHelpAtWindow,
        Prompt::Hotline => Key::SayHotline,
        Prompt::Languages => Key::SayLanguages,
        Prompt::OutOfService => Key::SayOutOfService,
        Prompt::LargeFont(true) => Key::SayLargeFontOn,
        Prompt::LargeFont(false) => Key::SayLargeFontOff,
        Prompt::WaysOn { by_keys: false } => Key::SayWaysOn,
        Prompt::WaysOn { by_keys: true } => Key::SayWaysOnByKeys,
        Prompt::VoicePanel => Key::SayVoicePanel,
        Prompt::Pace(pace) => pace_key(pace),
        Prompt::Loudness(loudness) => loudness_key(loudness),
        Prompt::Chosen(true) => Key::SayChosen,
        Prompt::Chosen(false) => Key::SayNotChosen,
        Prompt::Covered(true) => Key::SayCovered,
        Prompt::Covered(false) => Key::SayUncovered,
        // These are filled with their values, or with what stands on the view.
        Prompt::BeginsOn(_) | Prompt::ForMonths(_) | Prompt::Offer(_) => Key::SayFromWhen,
        Prompt::ReasonChosen(reason) => reason_chosen_key(reason),
        Prompt::WhyAway => Key::SayWhyAway,
        Prompt::WhichInsurance => Key::SayWhichInsurance,
        Prompt::HaveReferral => Key::SayHaveReferral,
        Prompt::HowHelped => Key::SayHowHelped,
        Prompt::RelativesCard => Key::SayRelativesCard,
        Prompt::RelativesVoucher => Key::SayRelativesVoucher,
        Prompt::IsThisRelative => Key::SayIsThisRelative,
        Prompt::WhichRelative => Key::SayWhichRelative,
        Prompt::WhichRelation => Key::SayWhichRelation,
        Prompt::Conflict => Key::SayConflict,
        Prompt::CancelIt(_) => Key::SayCancelIt,
        Prompt::ExtendIt => Key::SayExtendIt,
        Prompt::Scam => Key::SayScam,
        Prompt::WhichDwelling => Key::SayWhichDwelling,
        Prompt::WhereTo => Key::SayWhereTo,
        Prompt::WhichCity => Key::SayWhichCity,
        // A character is said as it is; it has no text of its own.
        Prompt::WriteByHand | Prompt::Character(_) => Key::SayWriteByHand,
        Prompt::WriteByPinyin => Key::SayWriteByPinyin,
        Prompt::FromWhen => Key::SayFromWhen,
        Prompt::FromWhenAndHowLong => Key::SayFromWhenAndHowLong,
        Prompt::PhoneNumber => Key::SayPhoneNumber,
        Prompt::ReferralNumber => Key::SayReferralNumber,
        Prompt::DigitsWrong => Key::SayDigitsWrong,
        Prompt::Review(_) => Key::SayReview,
        Prompt::PromiseFirst => Key::SayPromiseFirst,
        Prompt::Submitting => Key::SaySubmitting,
        Prompt::FilingDone(_) => Key::SayFilingDone,
        Prompt::FilingKept => Key::SayFilingKept,
        Prompt::FilingRejected => Key::SayFilingRejected,
        Prompt::FilingCancelled => Key::SayFilingCancelled,
        Prompt::FilingExtended => Key::SayFilingExtended,
        Prompt::FilingNotKept => Key::SayFilingNotKept,
        Prompt::FilingsShown => Key::SayFilingsShown,
        Prompt::NoFilings => Key::SayNoFilings,
        Prompt::EmergencyIsFiled => Key::SayEmergencyIsFiled,
        Prompt::FilingNotice(_) => Key::SayFilingNotice,
        Prompt::BringToWindow(_) => Key::SayBringToWindow,
        Prompt::TalkToStaff => Key::SayTalkToStaff,
        Prompt::NoMoreRelatives => Key::SayNoMoreRelatives,
        Prompt::CannotFile => Key::SayCannotFile,
        Prompt::NoFamily => Key::SayNoFamily,
        Prompt::TakeAlong => Key::SayTakeAlong,
        Prompt::HospitalsWhere => Key::SayHospitalsWhere,
        Prompt::HospitalsName => Key::SayHospitalsName,
        Prompt::HospitalShown => Key::SayHospitalShown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Fen, Service};
    use crate::voice::clip_text;

    fn prompts() -> Vec<Prompt> {
        use Prompt::*;
        let mut prompts = vec![
            Standby,
            Home,
            MoreServices,
            IdentifyByCard,
            IdentifyByVoucher,
            ReadingCard,
            CardPulledAway,
            CardWrongKind,
            CardNonsense,
            CardExpired,
            NotAVoucher,
            VoucherStale,
            WhoAreYou,
            Waiting,
            WaitingLonger,
            BalanceShown,
            NoPersonalAccount,
            AccountNotInForce,
            NoDevice,
            NotInsured,
            Movements,
            InsuredShown,
            Rate,
            AskReason,
            RateByPhone,
            Question,
            ThanksTakeCard,
            Thanks,
            TakeCard,
            Goodbye,
            StillHere,
            PlatformFault,
            NotKept,
            Guide,
            HelpCalled,
            Hotline,
            Languages,
            OutOfService,
            LargeFont(true),
            LargeFont(false),
            LiftAndLayAgain,
            HelpAtWindow,
            WhyAway,
            WhichInsurance,
            HaveReferral,
            HowHelped,
            RelativesCard,
            RelativesVoucher,
            WhichRelative,
            WhichRelation,
            Conflict,
            CancelIt(CategoryGroup::LongTerm),
            ExtendIt,
            Scam,
            WhichDwelling,
            WhereTo,
            WhichCity,
            WriteByHand,
            WriteByPinyin,
            FromWhen,
            FromWhenAndHowLong,
            PhoneNumber,
            ReferralNumber,
            DigitsWrong,
            Review(Category::LongTermResident),
            PromiseFirst,
            Submitting,
            FilingDone(CategoryGroup::LongTerm),
            FilingKept,
            FilingRejected,
            FilingCancelled,
            FilingExtended,
            FilingNotKept,
            FilingsShown,
            NoFilings,
            EmergencyIsFiled,
            FilingNotice(CategoryGroup::LongTerm),
            BringToWindow(Category::Referred),
            TalkToStaff,
            NoMoreRelatives,
            CannotFile,
            NoFamily,
            TakeAlong,
            HospitalsWhere,
            HospitalsName,
            HospitalShown,
            WaysOn { by_keys: false },
            WaysOn { by_keys: true },
            VoicePanel,
            Chosen(true),
            Chosen(false),
            Covered(true),
            Covered(false),
            BeginsOn(jiff::civil::date(2026, 11, 21)),
            ForMonths(6),
            Pace(crate::session::Pace::SLOWEST),
            Pace(crate::session::Pace::NORMAL),
            Pace(crate::session::Pace::FASTEST),
        ];
        prompts.extend([0, 2, 4].map(|step| Loudness(crate::session::Loudness::ALL[step])));
        prompts.extend(
            [DeviceKind::IdReader, DeviceKind::Scanner].into_iter().flat_map(|k| [DeviceFault(k), DeviceBack(k)]),
        );
        prompts.extend(Level::ALL.map(LevelChosen));
        prompts.extend(TravelReason::ALL.map(ReasonChosen));
        prompts.extend(Service::ALL.map(Elsewhere));
        prompts
    }

    fn check(language: Language, prompt: Prompt, says: &str) {
        assert_eq!(say(&Words::new(language), &prompt), says, "{prompt:?}");
    }

    #[test]
    fn every_prompt_says_something_of_its_own() {
        for language in [Language::ZhCn, Language::En] {
            let words = Words::new(language);
            let mut said: Vec<(String, Prompt)> = prompts().into_iter().map(|p| (say(&words, &p), p)).collect();
            said.retain(|(text, prompt)| {
                assert!(!text.trim().is_empty(), "{prompt:?}");
                assert!(!text.contains('{'), "{prompt:?}: {text}");
                !matches!(prompt, Prompt::Elsewhere(_))
            });
            said.sort_by(|a, b| a.0.cmp(&b.0));
            for pair in said.windows(2) {
                assert_ne!(pair[0].0, pair[1].0, "{:?} and {:?} say the same", pair[0].1, pair[1].1);
            }
        }
    }

    #[test]
    fn an_amount_is_said_in_words() {
        check(Language::ZhCn, Prompt::Amount(Fen(123_456)), "您的个人账户还有一千二百三十四元五角六分。");
        check(Language::En, Prompt::Amount(Fen(123_456)), "Your account holds 1,234 yuan and 56 fen.");
    }

    fn check_policy(prompt: Prompt, says: &[&str]) {
        let policy = FilingPolicy::national().unwrap();
        let script = script_with_policy(&Words::new(Language::ZhCn), &prompt, &policy);
        let clips = script.clips(Language::ZhCn);
        let said: Vec<&str> = clips.iter().skip(1).map(|clip| clip.text.as_str()).collect();
        assert_eq!(said, says.iter().map(|text| clip_text(text)).collect::<Vec<_>>(), "{prompt:?}");
        assert!(!script.has_values(), "{prompt:?}: everybody may hear it");
    }

    #[test]
    fn what_the_policy_says_is_read_after_the_prompt() {
        let policy = FilingPolicy::national().unwrap();
        let notice = |group| policy.notice(group).zh.iter().map(String::as_str).collect::<Vec<_>>();
        for group in [CategoryGroup::LongTerm, CategoryGroup::Temporary] {
            check_policy(Prompt::FilingNotice(group), &notice(group));
        }
        check_policy(
            Prompt::FilingDone(CategoryGroup::LongTerm),
            &[
                "看病时带上医保码或社会保障卡。",
                "挂号时就说：我是异地医保，已经备过案。",
                "没能直接结算的，留好发票和病历，回来报销。",
            ],
        );
        check_policy(Prompt::Review(Category::LongTermResident), &[&policy.commitment.zh]);
        check_policy(Prompt::Review(Category::OtherTemporary), &[]);
        check_policy(Prompt::PromiseFirst, &[&policy.commitment.zh]);
        check_policy(
            Prompt::BringToWindow(Category::Referred),
            &["医保码、社会保障卡或身份证，任选一样", "定点医院开的转诊转院证明"],
        );
        check_policy(Prompt::FilingKept, &[]);
    }

    #[test]
    fn every_sentence_that_can_be_said_is_listed_once() {
        let policy = FilingPolicy::national().unwrap();
        for language in [Language::ZhCn, Language::En] {
            let texts = policy_texts(&policy, language);
            let different: std::collections::BTreeSet<_> = texts.iter().collect();
            assert_eq!(different.len(), texts.len());
            let promise = if language == Language::En { &policy.commitment.en } else { &policy.commitment.zh };
            assert!(texts.contains(&promise.as_str()), "{texts:?}");
        }
    }
}
