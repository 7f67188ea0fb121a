//! The filing of the scripted visit: whichever screen is on is answered as one resident would, until it is filed.

use std::time::Duration;

use anyhow::{Context, anyhow, bail, ensure};

use super::{Manner, Script};
use crate::domain::filing::TravelReason;
use crate::session::{
    AskOption, Digits, DigitsField, Filing, Identify, Inquiry, Language, Review, Screen as Shown, Told, View, Writing,
    WritingBy, WritingField,
};
use crate::words::{Key, Words};

/// Screens of one filing at most; more are a journey that turns in circles.
const SCREENS_MAX: usize = 30;
/// Between two keys of one number; the screen stays, so nobody has to look again.
const NEXT_KEY: Duration = Duration::from_millis(160);
/// An invented number.
const PHONE: &str = "13800005678";
/// 中山路, as it is typed.
const STREET: &str = "ZHONGSHANLU";
/// 人民医院, as it is typed.
const REFERRED_BY: &str = "RENMINYIYUAN";

/// One filing as a resident has it in mind.
#[derive(Debug, Clone, Copy)]
pub(super) struct Errand {
    /// Why somebody goes away.
    pub reason: TravelReason,
    /// Whose card comes first.
    pub who: usize,
    /// Whose card comes second, where it is for a relative.
    pub helped: Option<usize>,
}

impl Errand {
    /// What its pictures are called.
    fn name(&self) -> String {
        let whose = if self.helped.is_some() { "relative" } else { "filing" };
        match self.reason {
            TravelReason::WithChildren => whose.to_owned(),
            reason => format!("{whose}-{reason:?}"),
        }
    }

    /// Whether it ends with a filing; an emergency counts as filed already.
    pub fn files(&self) -> bool {
        self.reason != TravelReason::Emergency
    }
}

impl Script {
    /// From standby to standby: somebody files for themselves, or for the person whose card comes second.
    pub(super) fn file(&self, manner: Manner, errand: Errand) -> anyhow::Result<()> {
        let words = Words::new(manner.language);
        let at_start = Words::new(Language::ZhCn);
        self.wait("Standby")?;
        self.press(&at_start, Key::StandbyStart)?;
        self.wait("Home")?;
        self.switch(&at_start, manner)?;
        let matter = errand.name();
        self.press(&words, if errand.helped.is_some() { Key::ServiceRelative } else { Key::ServiceFiling })?;
        self.wait("Identify")?;
        ensure!(self.stand.lay(errand.who), "nobody has number {}", errand.who);
        self.wait("WhoAreYou")?;
        self.press(&words, Key::PersonIsMe)?;
        let mut from = "WhoAreYou".to_owned();
        for step in 1..=SCREENS_MAX {
            let view = self.next_screen(&from)?;
            from = place(&view.screen);
            self.shot(manner, &format!("{matter}-{step:02}-{}", view.screen.name()), view.screen.name())?;
            match view.screen {
                Shown::Filed(_) => return self.leave(&words),
                Shown::Told(Told::EmergencyIsFiled) => return self.leave_unfiled(&words, errand),
                _ => {}
            }
            let picture = format!("{matter}-{step:02}");
            self.answer(&words, manner, &view, errand, &picture).with_context(|| format!("at {from}"))?;
        }
        bail!("{SCREENS_MAX} screens and still at {from}")
    }

    /// The next screen that asks for something.
    fn next_screen(&self, from: &str) -> anyhow::Result<View> {
        let asks = |view: &View| match &view.screen {
            Shown::Waiting { .. } => false,
            Shown::Review(review) => review.sending.is_none() && place(&view.screen) != from,
            Shown::Filed(filed) => filed.code.text().is_some() || matches!(filed.outcome, Filing::Rejected(_)),
            shown => place(shown) != from,
        };
        let seen = self.watch.wait_for(asks, Duration::from_secs(30));
        let view = seen.map_err(|still| anyhow!("waited for what follows {from}, {still}"))?;
        self.screen.settle()?;
        Ok(view)
    }

    fn answer(&self, words: &Words, manner: Manner, view: &View, errand: Errand, picture: &str) -> anyhow::Result<()> {
        match &view.screen {
            Shown::Ask(ask) => match (&ask.inquiry, ask.options.first()) {
                (Inquiry::WhichInsurance, Some(AskOption::Insurance(insurance, _))) => {
                    self.press_text(&words.insurance(*insurance))
                }
                (Inquiry::WhyAway, _) => self.press_text(&words.travel_reason(errand.reason)),
                (inquiry, _) => self.press(words, reply(inquiry)),
            },
            Shown::Identify(_) => self.second_card(errand.helped),
            Shown::WhoAreYou { .. } => self.press(words, Key::PersonIsRelative),
            Shown::Filings(_) => self.press(words, Key::FilingsNew),
            Shown::Places(_) => self.press_text("北京"),
            Shown::Writing(writing) => self.write(words, writing),
            Shown::Dates(_) => self.press(words, Key::FilingNext),
            Shown::Digits(digits) => self.dial(words, digits),
            Shown::Told(_) => self.press(words, Key::ToldNext),
            Shown::Review(review) => self.submit(words, manner, review, picture),
            other => bail!("no answer for {}", other.name()),
        }
    }

    /// The helper's card is taken away and the relative's comes.
    fn second_card(&self, helped: Option<usize>) -> anyhow::Result<()> {
        let helped = helped.context("nobody is helped")?;
        self.stand.lift();
        self.until("the first card gone", |view| {
            matches!(view.screen, Shown::Identify(Identify { notice: None, reading: false, .. }))
        })?;
        ensure!(self.stand.lay(helped), "nobody has number {helped}");
        Ok(())
    }

    /// A street and its number, or the hospital of a certificate, by pinyin.
    fn write(&self, words: &Words, writing: &Writing) -> anyhow::Result<()> {
        if writing.by == WritingBy::Hand {
            self.press(words, Key::WritingByPinyin)?;
        }
        let (letters, number) = match writing.field {
            WritingField::ReferralHospital => (REFERRED_BY, ""),
            _ => (STREET, "12"),
        };
        self.keys(letters)?;
        let typed = |view: &View| match &view.screen {
            // Every letter counts: the candidates of fewer are gone when the next one comes.
            Shown::Writing(writing) if writing.letters.replace(' ', "").eq_ignore_ascii_case(letters) => {
                writing.candidates.first().cloned()
            }
            _ => None,
        };
        let seen = self.watch.wait_for(|view| typed(view).is_some(), Duration::from_secs(10));
        let view = seen.map_err(|still| anyhow!("no candidate, {still}"))?;
        self.press_text(&typed(&view).unwrap_or_default())?;
        self.keys(number)?;
        self.press(words, Key::WritingDone)
    }

    fn dial(&self, words: &Words, digits: &Digits) -> anyhow::Result<()> {
        self.keys(if digits.field == DigitsField::Phone { PHONE } else { "20261121" })?;
        self.press(words, Key::FilingNext)
    }

    /// Every page of the review, the promise, and the one press that files.
    fn submit(&self, words: &Words, manner: Manner, review: &Review, picture: &str) -> anyhow::Result<()> {
        // The next page may have another button in the same place: it is looked for only once it is drawn.
        for page in 2.. {
            if self.press(words, Key::ReviewLinesRight).is_err() {
                break;
            }
            self.screen.settle()?;
            self.shot(manner, &format!("{picture}-page-{page}"), "Review")?;
        }
        if review.promise.is_some() && !review.promised {
            self.press(words, Key::ReviewPromise)?;
        }
        self.until("a complete review", |view| matches!(&view.screen, Shown::Review(review) if review.complete))?;
        self.shot(manner, &format!("{picture}-end"), "Review")?;
        self.press(words, Key::ReviewSubmit)
    }

    /// From the result to standby, without a rating.
    fn leave(&self, words: &Words) -> anyhow::Result<()> {
        self.until(
            "a filing that is done",
            |view| matches!(&view.screen, Shown::Filed(filed) if matches!(filed.outcome, Filing::Done(_))),
        )?;
        self.press(words, Key::FiledRate)?;
        self.wait("Rate")?;
        self.press(words, Key::RateSkip)?;
        self.wait("Thanks")?;
        self.stand.lift();
        self.wait("Standby")
    }

    /// Nothing was filed, for nothing needs to be.
    fn leave_unfiled(&self, words: &Words, errand: Errand) -> anyhow::Result<()> {
        ensure!(!errand.files(), "told of an emergency without one");
        self.press(words, Key::ToldClose)?;
        self.wait("Thanks")?;
        self.stand.lift();
        self.wait("Standby")
    }

    fn keys(&self, keys: &str) -> anyhow::Result<()> {
        for key in keys.chars() {
            std::thread::sleep(NEXT_KEY);
            self.screen.press_label(&key.to_string())?;
        }
        Ok(())
    }
}

/// One name for one step, for telling whether it went on.
fn place(shown: &Shown) -> String {
    match shown {
        Shown::Ask(ask) => format!("Ask {:?}", std::mem::discriminant(&ask.inquiry)),
        Shown::Places(places) => format!("Places {}", places.province.is_some()),
        Shown::Digits(digits) => format!("Digits {:?}", digits.field),
        Shown::Writing(writing) => format!("Writing {:?}", writing.field),
        other => other.name().to_owned(),
    }
}

fn reply(inquiry: &Inquiry) -> Key {
    match inquiry {
        Inquiry::WhyAway | Inquiry::WhichInsurance => Key::ReasonWithChildren,
        Inquiry::HaveReferral => Key::AskHaveIt,
        Inquiry::HowHelped | Inquiry::WhichRelative => Key::AskByCard,
        Inquiry::WhichRelation => Key::RelationChild,
        Inquiry::Conflict { .. } => Key::AskConflictYes,
        Inquiry::CancelIt { .. } => Key::FilingsCancel,
        Inquiry::ExtendIt { .. } => Key::AskExtendYes,
        Inquiry::Scam => Key::AskNobody,
        Inquiry::WhichDwelling => Key::DwellingChildren,
    }
}
