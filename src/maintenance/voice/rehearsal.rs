//! A visit played through without screen, devices or platform, for its speech: every prompt in order, with the screen it is said on.

use jiff::civil::date;

use crate::domain::filing::{FilingOutcome, FilingsOnRecord, PlatformFilings};
use crate::domain::{
    Account, AccountStatus, AreaCode, CardLayout, CertificateNumber, DeviceKind, DeviceState, Entry, Expiry, Fen,
    IdentityCard, InsuranceType, Level, PersonName, PersonRecord, ProjectNumber, Service, Sex,
};
use crate::session::{Effect, Event, Now, Press, Prompt, Session, SessionConfig, Ticket};

/// Between two presses of somebody who takes their time.
const PAUSE_MS: u64 = 4_000;
/// The place of “临时出去，怕生病” among the reasons.
const JUST_IN_CASE: u8 = 4;
/// Nobody's: no telephone has it.
const PHONE: &str = "06315550100";

/// Which visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Journey {
    /// From standby to the balance, read aloud
    Balance,
    /// From standby to a filing that is done
    Filing,
    /// From the balance to thanks, with a bad level and a reason
    Rating,
}

/// A prompt and the name of the screen it is said on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// [`Screen::name`](crate::session::Screen::name).
    pub screen: &'static str,
    /// What is said.
    pub prompt: Prompt,
}

/// Plays a visit of an invented person with the voice on.
#[must_use]
pub fn rehearse(journey: Journey) -> Vec<Said> {
    let mut stage = Stage::new();
    match journey {
        Journey::Balance => stage.balance(),
        Journey::Filing => stage.filing(),
        Journey::Rating => {
            stage.balance();
            stage.said.clear();
            stage.rating();
        }
    }
    stage.said
}

struct Stage {
    session: Session,
    tick_ms: u64,
    said: Vec<Said>,
    asked: Option<Ticket>,
    listed: Option<Ticket>,
    filing: Option<(Ticket, ProjectNumber)>,
    rating: Option<Ticket>,
}

impl Stage {
    fn new() -> Self {
        let config = SessionConfig { voice_at_start: true, ..SessionConfig::default() };
        let session = Session::new(config, 1, now(0));
        let mut stage =
            Self { session, tick_ms: 0, said: Vec::new(), asked: None, listed: None, filing: None, rating: None };
        stage.happens(Event::Device(DeviceKind::IdReader, DeviceState::Online));
        stage.happens(Event::Device(DeviceKind::Scanner, DeviceState::Online));
        stage
    }

    fn identify(&mut self, service: Service) {
        self.press(Press::Start);
        self.press(Press::Service(service));
        self.happens(Event::CardFound);
        self.happens(Event::CardRead(Box::new(card())));
        self.press(Press::ItIsMe);
        if let Some(ticket) = self.asked.take() {
            self.happens(Event::Person(ticket, Ok(Box::new(record()))));
        }
    }

    fn balance(&mut self) {
        self.identify(Service::Balance);
        self.press(Press::ReadAloud);
    }

    /// Goes away for a while, to the first place of the list, from today on.
    fn filing(&mut self) {
        self.identify(Service::Filing);
        if let Some(ticket) = self.listed.take() {
            let nothing = FilingsOnRecord { platform: Some(PlatformFilings::default()), here: Vec::new() };
            self.happens(Event::Filings(ticket, Box::new(nothing)));
        }
        self.press(Press::Pick(JUST_IN_CASE));
        self.press(Press::Pick(0));
        self.press(Press::Next);
        PHONE.chars().for_each(|digit| self.press(Press::Key(digit.into())));
        self.press(Press::Next);
        self.press(Press::Next);
        self.press(Press::SubmitFiling);
        if let Some((ticket, number)) = self.filing.take() {
            self.happens(Event::Stored(ticket));
            self.happens(Event::FilingSettled(number, FilingOutcome::Done { serial: "0001".into() }));
        }
    }

    fn rating(&mut self) {
        self.press(Press::Finish);
        self.press(Press::Level(Level::Dissatisfied));
        self.press(Press::Reason(207));
        self.press(Press::SubmitRating);
        if let Some(ticket) = self.rating.take() {
            self.happens(Event::Stored(ticket));
        }
        self.happens(Event::CardLifted);
    }

    fn press(&mut self, press: Press) {
        self.happens(Event::Press(press));
    }

    fn happens(&mut self, event: Event) {
        self.tick_ms += PAUSE_MS;
        let effects = self.session.handle(event, now(self.tick_ms));
        let screen = self.session.view().screen.name();
        for effect in &effects {
            match effect {
                Effect::Speak(prompt) => self.said.push(Said { screen, prompt: *prompt }),
                Effect::AskPerson(ticket, _) => self.asked = Some(*ticket),
                Effect::AskFilings(ticket, _) => self.listed = Some(*ticket),
                Effect::Store(ticket, Entry::Filing(request)) => self.filing = Some((*ticket, request.number.clone())),
                Effect::Store(ticket, Entry::Rating { .. }) => self.rating = Some(*ticket),
                _ => {}
            }
        }
    }
}

fn now(tick_ms: u64) -> Now {
    Now { tick_ms, wall: date(2026, 11, 20).at(10, 0, 0, 0) }
}

/// Nobody: the number is put together, only its check digit is right.
fn number() -> CertificateNumber {
    let whole = CertificateNumber::complete("11010119490401002").unwrap_or_default();
    // The seventeen digits above are well formed, so this never falls back.
    CertificateNumber::parse(&whole).unwrap_or_else(|_| unreachable!("a completed number is well formed"))
}

fn card() -> IdentityCard {
    IdentityCard {
        layout: CardLayout::Resident,
        name: PersonName::from_text("王小明"),
        number: number(),
        sex: Sex::Male,
        expiry: Expiry::LongTerm,
    }
}

fn record() -> PersonRecord {
    let account = Account {
        insurance: InsuranceType::Employee,
        status: AccountStatus::Active,
        area: AreaCode::parse("110100"),
        area_name: String::new(),
        balance: Some(Fen(123_456)),
        since: None,
        employer: String::new(),
    };
    PersonRecord {
        person_number: "11010000000000000001".into(),
        name: card().name.clone(),
        number: number(),
        accounts: vec![account],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Language;
    use crate::words::{Words, say};

    fn check(journey: Journey, transcript: &[(&str, &str)]) {
        let words = Words::new(Language::ZhCn);
        let said: Vec<(&str, String)> =
            rehearse(journey).iter().map(|said| (said.screen, say(&words, &said.prompt))).collect();
        let said: Vec<(&str, &str)> = said.iter().map(|(screen, text)| (*screen, text.as_str())).collect();
        assert_eq!(said, transcript);
    }

    #[test]
    fn what_is_said_on_the_way_to_the_balance() {
        check(
            Journey::Balance,
            &[
                ("Home", "您要办什么？请按屏幕上的大格子。"),
                ("Identify", "请把身份证平放在下面的读卡区，等听到“嘀”一声再拿走。"),
                ("Identify", "正在读卡，请先不要动。"),
                ("WhoAreYou", "请看一看屏幕，是您本人吗？是的话请按“是我”。"),
                ("Waiting", "正在查，请稍等。"),
                ("Balance", "余额在屏幕上了。想听的话，请按“念给我听”。"),
                ("Balance", "您的个人账户还有一千二百三十四元五角六分。"),
            ],
        );
    }

    #[test]
    fn what_is_said_on_the_way_to_a_filing() {
        check(
            Journey::Filing,
            &[
                ("Home", "您要办什么？请按屏幕上的大格子。"),
                ("Identify", "请把身份证平放在下面的读卡区，等听到“嘀”一声再拿走。"),
                ("Identify", "正在读卡，请先不要动。"),
                ("WhoAreYou", "请看一看屏幕，是您本人吗？是的话请按“是我”。"),
                ("Waiting", "正在查，请稍等。"),
                ("Waiting", "正在查，请稍等。"),
                ("Ask", "您为什么去外地看病？请按最像您的那一个。"),
                ("Places", "您要去哪里看病？按地方的名字，也可以按最上面一行，自己写。"),
                ("Dates", "从哪天开始，办几个月？都对了，请按“下一步”。"),
                ("Digits", "请按数字，输入能找到您的电话号码，再按“下一步”。"),
                ("Told", "办以前，请看一看屏幕上这几条。看明白了，请按“知道了，往下办”。"),
                ("Review", "请把屏幕上的内容核对一遍。哪一条不对，就按它旁边的“改”。都对了，请按“提交备案”。"),
                ("Review", "正在提交，请稍等，先不要走开。"),
                ("Filed", "备案办好了。请用手机把屏幕拍下来，以后用得着。"),
            ],
        );
    }

    #[test]
    fn what_is_said_while_rating() {
        check(
            Journey::Rating,
            &[
                ("Rate", "事情办好了。您满意吗？请按一个。不想评，可以按“不评了”。"),
                ("Rate", "哪里没做好？请至少选一个。"),
                ("Rate", "选上了。"),
                ("Thanks", "谢谢您！请拿好您的身份证。"),
                ("Thanks", "慢走，再见。"),
            ],
        );
    }
}
