//! The scripted visit: a whole kiosk on its stand, drawn into memory, pressed by a scripted finger.
//!
//! Bytes cross a pseudo-terminal, the balance crosses HTTP, the rating crosses the disk; only the resident is made up.

mod filing;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow, ensure};

use super::stand::Stand;
use super::{Kiosk, Mailbox, Watch, Watched};
use crate::domain::filing::TravelReason;
use crate::screen::{Display, Screen, ScreenHandle};
use crate::session::{Language, Overlay};
use crate::words::{Key, Words};
use filing::Errand;

/// One way of seeing the kiosk.
#[derive(Debug, Clone, Copy)]
struct Manner {
    language: Language,
    large_font: bool,
}

const MANNERS: [Manner; 4] = [
    Manner { language: Language::ZhCn, large_font: false },
    Manner { language: Language::ZhCn, large_font: true },
    Manner { language: Language::En, large_font: false },
    Manner { language: Language::En, large_font: true },
];

/// People come in tens of the same make-up; every manner and reason has its own ten, so that nobody files twice.
const TEN: usize = 10;
/// Who of a ten files for themselves: somebody at work.
const FILES: usize = 4;
/// Who helps: a pensioner.
const HELPS: usize = 1;
/// Who is helped: another pensioner.
const IS_HELPED: usize = 2;

/// Why somebody files in the short script, which is one of the reasons that ask for most.
const ONE_REASON: &[TravelReason] = &[TravelReason::WithChildren];

/// How long the province may take to have everything.
const DELIVERY: Duration = Duration::from_secs(20);

/// Runs the visit at both font sizes and in both languages, and leaves a picture of every screen in `out`.
///
/// With `every_reason` somebody files for each reason to go away, and not for one only.
///
/// # Errors
/// The first step that did not do what it should.
pub fn run(out: &Path, width: u32, height: u32, every_reason: bool) -> anyhow::Result<()> {
    std::fs::create_dir_all(out).with_context(|| format!("cannot make the folder {}", out.display()))?;
    let data = tempfile::tempdir()?;
    let stand = Arc::new(Stand::start(data.path())?);
    let config = stand.config()?;
    let mailbox = Mailbox::default();
    let post = mailbox.post();
    let presses = post.clone();
    let options = config.screen_options();
    let screen = Screen::open(Display::Headless { width, height }, options, move |event| presses.event(event))?;
    let (door, watch) = Watched::new(screen.handle());
    let kiosk = Kiosk::start(&config, Arc::new(door), mailbox)?;
    let script = Script { screen: screen.handle(), watch, stand: Arc::clone(&stand), out: out.to_owned() };
    let reasons = if every_reason { &TravelReason::ALL[..] } else { ONE_REASON };
    let scripted = std::thread::spawn(move || {
        let outcome = script.all(reasons);
        post.stop();
        outcome
    });
    screen.run()?;
    let outcome = scripted.join().map_err(|_| anyhow!("the script ended by a panic"))?;
    drop(kiosk);
    outcome
}

struct Script {
    screen: ScreenHandle,
    watch: Watch,
    stand: Arc<Stand>,
    out: PathBuf,
}

impl Script {
    fn all(&self, reasons: &[TravelReason]) -> anyhow::Result<()> {
        let mut filed = 0;
        for (done, manner) in MANNERS.into_iter().enumerate() {
            self.visit(manner).with_context(|| format!("in {manner:?}"))?;
            for (n, reason) in reasons.iter().enumerate() {
                filed += self.file_twice(manner, *reason, (done * reasons.len() + n) * TEN)?;
            }
            self.wait_delivered(done + 1 + filed, done + 1)?;
        }
        let records = self.stand.platform().filings();
        let records = records.iter().filter(|filing| !filing.request.is_empty());
        let (own, helped): (Vec<_>, Vec<_>) = records.partition(|filing| filing.agent.is_empty());
        ensure!(
            own.len() == helped.len() && own.len() + helped.len() == filed,
            "filings: {} own, {} for relatives, {filed} in all expected",
            own.len(),
            helped.len()
        );
        let platform = self.stand.platform();
        println!(
            "{} visits, {filed} of them filed: {} service records and {} ratings reached the province, each once",
            MANNERS.len() * (1 + 2 * reasons.len()),
            platform.services().len(),
            platform.ratings().len()
        );
        Ok(())
    }

    /// Somebody files for themselves, and somebody for a relative; says how many filings that makes.
    fn file_twice(&self, manner: Manner, reason: TravelReason, ten: usize) -> anyhow::Result<usize> {
        let own = Errand { reason, who: ten + FILES, helped: None };
        let for_relative = Errand { reason, who: ten + HELPS, helped: Some(ten + IS_HELPED) };
        for errand in [own, for_relative] {
            self.file(manner, errand).with_context(|| format!("{errand:?} in {manner:?}"))?;
        }
        Ok(2 * usize::from(own.files()))
    }

    /// From standby to standby.
    fn visit(&self, manner: Manner) -> anyhow::Result<()> {
        let words = Words::new(manner.language);
        let at_start = Words::new(Language::ZhCn);
        self.shot(manner, "standby", "Standby")?;
        self.press(&at_start, Key::StandbyStart)?;
        self.wait("Home")?;
        self.switch(&at_start, manner)?;
        self.shot(manner, "home", "Home")?;
        self.press(&words, Key::ServiceBalance)?;
        self.shot(manner, "identify", "Identify")?;
        ensure!(self.stand.lay(0), "the population is empty");
        self.shot(manner, "who-are-you", "WhoAreYou")?;
        self.press(&words, Key::PersonIsMe)?;
        self.wait_balance()?;
        self.shot(manner, "balance", "Balance")?;
        self.press(&words, Key::BalanceAllMovements)?;
        self.shot(manner, "movements", "Movements")?;
        self.press(&words, Key::BarBack)?;
        self.wait("Balance")?;
        self.press(&words, Key::BalanceFinish)?;
        self.shot(manner, "rate", "Rate")?;
        self.press(&words, Key::Level2)?;
        self.press(&words, Key::Reason207)?;
        self.shot(manner, "rate-reason", "Rate")?;
        self.press(&words, Key::RateSubmit)?;
        self.shot(manner, "question", "Question")?;
        self.press(&words, Key::QuestionSkip)?;
        self.shot(manner, "thanks-take-card", "Thanks")?;
        self.stand.lift();
        self.wait_card_gone()?;
        self.shot(manner, "thanks", "Thanks")?;
        self.wait("Standby")
    }

    fn switch(&self, at_start: &Words, manner: Manner) -> anyhow::Result<()> {
        if manner.large_font {
            self.press(at_start, Key::HomeLargeFont)?;
        }
        if manner.language == Language::En {
            self.press(at_start, Key::BarLanguage)?;
            self.until("language choice", |view| view.overlay == Some(Overlay::Languages))?;
            self.press(at_start, Key::LanguageEnglish)?;
        }
        self.until("modes", move |view| {
            view.modes.large_font == manner.large_font
                && view.modes.language == manner.language
                && view.overlay.is_none()
        })
    }

    fn press(&self, words: &Words, key: Key) -> anyhow::Result<()> {
        // A resident looks before pressing; the kiosk takes no press right after a screen came.
        std::thread::sleep(Duration::from_millis(350));
        self.screen.settle()?;
        let label = words.text(key).replace('\n', "");
        Ok(self.screen.press_label(&label)?)
    }

    fn press_text(&self, label: &str) -> anyhow::Result<()> {
        std::thread::sleep(Duration::from_millis(350));
        self.screen.settle()?;
        Ok(self.screen.press_label(label)?)
    }

    fn wait(&self, name: &str) -> anyhow::Result<()> {
        self.until(name, |view| view.screen.name() == name)
    }

    fn wait_balance(&self) -> anyhow::Result<()> {
        use crate::session::Screen::Balance;
        self.until("balance with movements", |view| matches!(&view.screen, Balance(b) if !b.movements_pending))
    }

    fn wait_card_gone(&self) -> anyhow::Result<()> {
        use crate::session::Screen::Thanks;
        self.until("card gone", |view| matches!(view.screen, Thanks { card_left: false, .. }))
    }

    fn until(&self, what: &str, wanted: impl Fn(&crate::session::View) -> bool) -> anyhow::Result<()> {
        let seen = self.watch.wait_for(wanted, Duration::from_secs(20));
        match seen {
            Ok(_) => Ok(self.screen.settle()?),
            Err(still) => Err(anyhow!("waited for {what}, {still}")),
        }
    }

    fn shot(&self, manner: Manner, name: &str, screen: &str) -> anyhow::Result<()> {
        self.wait(screen)?;
        let font = if manner.large_font { "large" } else { "standard" };
        let language = if manner.language == Language::En { "en" } else { "zh" };
        let picture = self.out.join(format!("{language}-{font}-{name}.png"));
        Ok(self.screen.snapshot(&picture)?)
    }

    fn wait_delivered(&self, services: usize, ratings: usize) -> anyhow::Result<()> {
        let platform = self.stand.platform();
        let until = Instant::now() + DELIVERY;
        while platform.services().len() < services || platform.ratings().len() < ratings {
            ensure!(Instant::now() < until, "the rating did not reach the province within {DELIVERY:?}");
            std::thread::sleep(Duration::from_millis(50));
        }
        ensure!(platform.services().len() == services, "a service record arrived twice");
        ensure!(platform.ratings().len() == ratings, "a rating arrived twice");
        Ok(())
    }
}
