//! Puts a kiosk together from its configuration, and takes it apart again.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use tokio::runtime::{Handle, Runtime};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Notify, watch};

use super::asker::Asker;
use super::hospital_desk::{HospitalDesk, HospitalList};
use super::ink_reader::InkReader;
use super::keeper::{Keeper, Kicks};
use super::kiosk::{Hands, Loop};
use super::sealer::Sealer;
use super::{Clock, Mailbox, Post, ScreenDoor};
use crate::delivery::DeliveryProfile;
#[cfg(feature = "bus")]
use crate::delivery::bus::{BusConfigError, BusProfile, KioskName};
use crate::delivery::filing::FilingDelivery;
use crate::delivery::national::{NationalConfigError, NationalProfile};
use crate::delivery::worker::{Notice, Worker};
use crate::device::{DeviceHandle, Sink, spawn_id_reader, spawn_scanner};
use crate::input::handwriting::find_model_folder;
use crate::ledger::{self, Ledger, LedgerError};
use crate::maintenance::config::{Config, VoiceEngine};
use crate::platform::FilingPlatform;
use crate::platform::fsi::FsiClient;
use crate::receipt::SiteKey;
use crate::session::{Event, Session};
#[cfg(feature = "sound")]
use crate::voice::AlsaCards;
use crate::voice::{Engine, Espeak, JackWatch, PackSynthesiser, Synthesiser, Voice, VoiceEvent, open_packs};

/// A running kiosk. Dropping it wipes the visit and releases the devices.
pub struct Kiosk {
    post: Post,
    ledger: Arc<Ledger>,
    turning: Option<JoinHandle<bool>>,
    id_reader: Option<DeviceHandle>,
    headphones: Option<JackWatch>,
    delivery_stop: watch::Sender<bool>,
    tokio: Option<Runtime>,
}

/// Why a kiosk does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The ledger does not open.
    #[error("the ledger does not open: {0}")]
    Ledger(#[from] LedgerError),
    /// A thread or a runtime was refused.
    #[error("the system gives no thread or timer: {0}; restart the machine")]
    System(#[from] std::io::Error),
    /// The platform's or the rating system's settings cannot be used.
    #[error("the configuration's [{table}] cannot be used: {reason}")]
    Settings {
        /// Which table of the configuration.
        table: &'static str,
        /// What is wrong with it.
        reason: String,
    },
}

/// Lists of designated hospitals lie beside the ledger: what `kiosk hospitals import --to` put there or the invented
/// ones, and apart from them the list the configuration names, which never falls back to what is invented.
const HOSPITALS_FILE: &str = "hospitals.db";
const SITE_HOSPITALS_FILE: &str = "site-hospitals.db";
/// How long tasks on the network may take to notice the end.
const SHUTDOWN: Duration = Duration::from_secs(2);

impl Kiosk {
    /// Opens the ledger, the voice, the devices and the lines, and begins to turn.
    ///
    /// # Errors
    /// Says what did not start. A device or a platform that is away is no error; the screen tells.
    pub fn start(config: &Config, screen: Arc<dyn ScreenDoor>, mailbox: Mailbox) -> Result<Self, StartError> {
        config.wrong_lists.iter().for_each(|wrong| tracing::error!(%wrong, "a list is left out"));
        let clock = Clock::start();
        let post = mailbox.post();
        let tokio = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let ledger = Arc::new(open_ledger(config)?);
        let platform = open_platform(config)?;
        let filing = config.platform.filing.as_ref().map(|_| Arc::clone(&platform) as Arc<dyn FilingPlatform>);
        let (kicks, delivery_stop) = (Kicks::default(), watch::Sender::new(false));
        let line = Line { ledger: &ledger, clock, stop: &delivery_stop, post: &post, tokio: tokio.handle() };
        line.start(way_out(config, clock)?, &kicks.ratings);
        if let Some((filing, profile)) = filing.clone().zip(config.platform.filing.clone()) {
            line.start(Arc::new(FilingDelivery::new(filing, profile.later_words)), &kicks.filings);
        }
        tokio.spawn_blocking(crate::journey::warm_up);
        let asker = Asker::start(platform, filing, Arc::clone(&ledger), tokio.handle().clone(), post.clone());
        let hands = Hands {
            asker,
            keeper: Keeper::start(Arc::clone(&ledger), clock, post.clone(), kicks)?,
            sealer: Sealer::new(open_site_key(config), post.clone()),
            reader: InkReader::start(find_model_folder(), post.clone()),
            hospitals: HospitalDesk::start(hospitals(config), post.clone())?,
            voice: start_voice(config, &post),
            scanner: Some(spawn_scanner(config.scanner.clone(), sink(&post))),
            screen: Arc::clone(&screen),
            staff_call: config.staff_call.clone(),
            policy: config.session.filing.clone(),
        };
        let id_reader = spawn_id_reader(config.id_reader.clone(), sink(&post));
        let session = Session::new(config.session.clone(), rand::random(), clock.now());
        let turning = start_loop(Loop::new(session, hands, clock), mailbox, screen)?;
        let headphones = watch_headphones(config, &post);
        let (turning, id_reader, tokio) = (Some(turning), Some(id_reader), Some(tokio));
        Ok(Self { post, ledger, turning, id_reader, headphones, delivery_stop, tokio })
    }

    /// The ledger, for looking on.
    pub fn ledger(&self) -> &Arc<Ledger> {
        &self.ledger
    }

    /// Ends in good order on SIGTERM and SIGINT.
    ///
    /// # Errors
    /// When the system lets no signal be caught.
    pub fn stop_on_signals(&self) -> std::io::Result<()> {
        let Some(tokio) = &self.tokio else { return Ok(()) };
        let _inside = tokio.enter();
        let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let post = self.post.clone();
        tokio.spawn(async move {
            tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
            post.stop();
        });
        Ok(())
    }

    /// Waits until the loop has ended; `false` if it ended by a panic.
    pub fn wait(&mut self) -> bool {
        self.turning.take().is_none_or(|turning| turning.join().unwrap_or(false))
    }
}

impl Drop for Kiosk {
    fn drop(&mut self) {
        self.post.stop();
        self.wait();
        self.id_reader.take();
        self.headphones.take();
        let _ = self.delivery_stop.send(true);
        if let Some(tokio) = self.tokio.take() {
            tokio.shutdown_timeout(SHUTDOWN);
        }
    }
}

fn sink(post: &Post) -> Sink {
    let post = post.clone();
    Box::new(move |event| post.device(event))
}

/// Turns the loop on a thread of its own. If it panics, the screen is wiped and closed: better dark than somebody's data.
fn start_loop(turning: Loop, mailbox: Mailbox, screen: Arc<dyn ScreenDoor>) -> std::io::Result<JoinHandle<bool>> {
    std::thread::Builder::new().name("kiosk".into()).spawn(move || {
        let ended = catch_unwind(AssertUnwindSafe(|| turning.run(&mailbox.inbox)));
        if ended.is_err() {
            tracing::error!("the kiosk's loop ended by a panic; the service manager restarts it");
            screen.wipe();
            screen.close();
        }
        ended.is_ok()
    })
}

fn open_ledger(config: &Config) -> Result<Ledger, LedgerError> {
    Ledger::open(ledger::Options::new(&config.ledger_path, &config.ledger_key_path))
}

fn open_platform(config: &Config) -> Result<Arc<FsiClient>, StartError> {
    let platform = FsiClient::new(config.platform.clone())
        .map_err(|error| StartError::Settings { table: "platform", reason: error.to_string() })?;
    Ok(Arc::new(platform))
}

/// Without it receipts are not signed and so not shown as codes; that is no reason to keep residents waiting.
fn open_site_key(config: &Config) -> Option<SiteKey> {
    let key = SiteKey::beside(&config.ledger_path);
    key.inspect_err(|error| tracing::error!(%error, "no key for receipts; no codes are shown")).ok()
}

fn hospitals(config: &Config) -> HospitalList {
    match &config.hospitals {
        Some(list) => {
            HospitalList::Site { list: list.clone(), taken_in: config.ledger_path.with_file_name(SITE_HOSPITALS_FILE) }
        }
        None => HospitalList::Imported(config.ledger_path.with_file_name(HOSPITALS_FILE)),
    }
}

/// The fleet bus where there is one, else straight to the rating system.
fn way_out(config: &Config, clock: Clock) -> Result<Arc<dyn DeliveryProfile>, StartError> {
    #[cfg(feature = "bus")]
    if let Some(bus) = &config.bus {
        let settings = |error: BusConfigError| StartError::Settings { table: "bus", reason: error.to_string() };
        let name = KioskName::new(&config.session.province, &config.session.kiosk).map_err(settings)?;
        return Ok(Arc::new(BusProfile::new(bus.clone(), name).map_err(settings)?));
    }
    let settings = |error: NationalConfigError| StartError::Settings { table: "rating", reason: error.to_string() };
    Ok(Arc::new(NationalProfile::new(config.rating.clone(), Arc::new(clock)).map_err(settings)?))
}

/// What every line out of the ledger is started with.
struct Line<'a> {
    ledger: &'a Arc<Ledger>,
    clock: Clock,
    stop: &'a watch::Sender<bool>,
    post: &'a Post,
    tokio: &'a Handle,
}

impl Line<'_> {
    fn start(&self, profile: Arc<dyn DeliveryProfile>, kick: &Arc<Notify>) {
        let post = self.post.clone();
        let worker = Worker {
            ledger: Arc::clone(self.ledger),
            profile,
            clock: Arc::new(self.clock),
            kick: Arc::clone(kick),
            observer: Arc::new(move |notice| observe(notice, &post)),
            rng: ChaCha8Rng::seed_from_u64(rand::random()),
        };
        self.tokio.spawn(worker.run(self.stop.subscribe()));
    }
}

fn observe(notice: Notice, post: &Post) {
    match notice {
        Notice::Delivered { id, class, already } => tracing::info!(?id, ?class, already, "delivery: delivered"),
        Notice::Refused { id, lane } => tracing::warn!(?id, ?lane, "delivery: refused; see `kiosk queue`"),
        Notice::Postponed { id } => tracing::debug!(?id, "delivery: postponed"),
        // The platform's words can name somebody; they go to the screen and not into the log.
        Notice::Filing { number, outcome } => post.event(Event::FilingSettled(number, outcome)),
        Notice::Line { up } => tracing::info!(up, "delivery: line"),
        Notice::Ledger(error) => tracing::error!(%error, "delivery: ledger"),
    }
}

/// A pack that does not open leaves its language to the engine and the last-resort voice; a technician finds out why
/// in the journal.
fn synthesiser(config: &Config) -> Arc<dyn Synthesiser> {
    let last_resort = Arc::new(Espeak::default());
    if config.voice.engine != VoiceEngine::Pack {
        return last_resort;
    }
    let packs = open_packs(&config.voice.packs, |error| tracing::warn!(%error, "voice"));
    let voice = PackSynthesiser::new(packs, last_resort);
    match open_engine(config) {
        Some(engine) => Arc::new(voice.with_engine(engine)),
        None => Arc::new(voice),
    }
}

/// A model folder that cannot be used is told, and the kiosk speaks with what it has.
fn open_engine(config: &Config) -> Option<Arc<Engine>> {
    let deadline = Duration::from_millis(config.voice.model_deadline_ms);
    let engine = Engine::open(config.voice.model.as_deref()?, deadline);
    engine.inspect_err(|error| tracing::warn!(%error, "voice: without names")).ok().map(Arc::new)
}

/// `None` where nothing is said, or a build without sound cannot look; everything is as without headphones then.
fn watch_headphones(config: &Config, post: &Post) -> Option<JackWatch> {
    if config.voice.engine == VoiceEngine::None {
        return None;
    }
    #[cfg(feature = "sound")]
    {
        let post = post.clone();
        let watch = JackWatch::start(AlsaCards::default(), move |plugged| post.event(Event::Headphones(plugged)));
        watch.inspect_err(|error| tracing::warn!(%error, "headphones are not noticed")).ok()
    }
    #[cfg(not(feature = "sound"))]
    {
        let _ = post;
        None
    }
}

/// Without a thread for it there is no voice; captions go on.
fn start_voice(config: &Config, post: &Post) -> Option<Voice> {
    if config.voice.engine == VoiceEngine::None {
        return None;
    }
    let post = post.clone();
    let voice = Voice::start(synthesiser(config), move |event| match event {
        VoiceEvent::Ended(id) => post.spoken(id),
        VoiceEvent::Unavailable(error) => tracing::warn!(%error, "voice"),
        VoiceEvent::Available => tracing::info!("voice: heard again"),
    });
    match voice {
        Ok(voice) => {
            voice.set_loudness(config.session.loudness);
            Some(voice)
        }
        Err(error) => {
            tracing::error!(%error, "no voice");
            None
        }
    }
}
