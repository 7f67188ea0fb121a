//! A whole kiosk on its stand, without a screen: card over a pseudo-terminal, filing over HTTP, the platform's answer
//! lost on the way.

use std::sync::Arc;
use std::time::{Duration, Instant};

use yibao_kiosk::domain::filing::{KeptStatus, TravelReason};
use yibao_kiosk::domain::{CertificateNumber, Service};
use yibao_kiosk::maintenance::config::VoiceEngine;
use yibao_kiosk::platform::embedded::{FILING_SUBMIT, Fault};
use yibao_kiosk::runtime::stand::Stand;
use yibao_kiosk::runtime::{Kiosk, Mailbox, NoScreen, Post, Watch, Watched};
use yibao_kiosk::session::{AskOption, Event, Filed, Filing, Press, Screen, View};

/// A resident looks before pressing; the kiosk takes no press right after a screen came.
const LOOK: Duration = Duration::from_millis(420);
/// Two busy cores, and a quiet minute before a request is asked after.
const LIMIT: Duration = Duration::from_secs(240);

/// An invented number.
const PHONE: &str = "13800000000";

/// Somebody who files a journey to be on the safe side, and follows the screen until it says how that ended.
struct Resident<'a> {
    stand: &'a Stand,
    post: &'a Post,
}

impl Resident<'_> {
    fn file(&self, watch: &Watch) -> Filed {
        let until = Instant::now() + LIMIT;
        loop {
            let view = watch.wait_for(|_| true, LIMIT).unwrap();
            if let Screen::Filed(filed) = view.screen {
                return filed;
            }
            assert!(Instant::now() < until, "still at {}", view.screen.name());
            let name = view.screen.name();
            self.follow(&view);
            // A screen that stays is pressed again: a press right after a change counts for nothing.
            let _ = watch.wait_for(|next| next.screen.name() != name, LOOK);
        }
    }

    fn follow(&self, view: &View) {
        match &view.screen {
            Screen::Standby(_) => self.press(Press::Start),
            Screen::Home { .. } => self.press(Press::Service(Service::Filing)),
            Screen::Identify(_) => assert!(self.stand.lay(0)),
            Screen::WhoAreYou { .. } => self.press(Press::ItIsMe),
            Screen::Filings(_) => self.press(Press::NewFiling),
            Screen::Ask(ask) => {
                let wanted = |option: &AskOption| {
                    matches!(option, AskOption::Reason(TravelReason::Precaution) | AskOption::NobodyTellsMe)
                };
                let place = ask.options.iter().position(wanted).unwrap_or(0);
                self.press(Press::Pick(u8::try_from(place).unwrap()));
            }
            Screen::Places(_) => self.press(Press::Pick(0)),
            Screen::Digits(digits) if digits.complete => self.press(Press::Next),
            // One key a look: what comes faster is taken for a trembling finger.
            Screen::Digits(digits) => {
                let typed = digits.text.chars().filter(char::is_ascii_digit).count();
                PHONE.chars().nth(typed).into_iter().for_each(|key| self.press(Press::Key(key.into())));
            }
            Screen::Dates(_) | Screen::Told(_) | Screen::Writing(_) => self.press(Press::Next),
            Screen::Review(review) if review.sending.is_some() => {}
            Screen::Review(review) if review.promise.is_some() && !review.promised => self.press(Press::Promise),
            Screen::Review(_) => self.press(Press::SubmitFiling),
            Screen::Fault(_) => self.press(Press::TryAgain),
            _ => {}
        }
    }

    fn press(&self, press: Press) {
        self.post.event(Event::Press(press));
    }
}

#[test]
fn a_kiosk_whose_answer_was_lost_says_not_done_yet_and_files_once() {
    let folder = tempfile::tempdir().unwrap();
    let stand = Stand::start(folder.path()).unwrap();
    let mut config = stand.config().unwrap();
    config.voice.engine = VoiceEngine::None;
    let mailbox = Mailbox::default();
    let post = mailbox.post();
    let (door, watch) = Watched::new(NoScreen);
    stand.platform().faults().set(Fault::ReplyLost(FILING_SUBMIT));
    let kiosk = Kiosk::start(&config, Arc::new(door), mailbox).unwrap();
    let filed = Resident { stand: &stand, post: &post }.file(&watch);
    assert!(matches!(filed.outcome, Filing::Kept(_)), "not done before the platform said so: {:?}", filed.outcome);
    assert_eq!(stand.platform().filings().len(), 1, "and yet it is there, though nobody knows");
    stand.platform().faults().clear();
    let person = &stand.platform().population().people()[0];
    let card = CertificateNumber::parse(&person.number).unwrap();
    let until = Instant::now() + LIMIT;
    let serial = loop {
        if let KeptStatus::Done(serial) = &kiosk.ledger().filings_of(&card).unwrap()[0].status {
            break serial.clone();
        }
        assert!(Instant::now() < until, "it is never done");
        std::thread::sleep(LOOK);
    };
    let filings = stand.platform().filings();
    assert_eq!(filings.iter().map(|filed| filed.serial.as_str()).collect::<Vec<_>>(), [serial.as_str()]);
}
