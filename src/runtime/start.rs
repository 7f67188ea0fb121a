//! Puts a kiosk together from its configuration, and takes it apart again.

use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::sync::{Notify, watch};

use super::asker::Asker;
use super::keeper::Keeper;
use super::kiosk::{Hands, Loop};
use super::{Clock, Post, ScreenDoor};
use crate::delivery::{self, NationalClient};
use crate::device::{DeviceHandle, spawn_id_reader, spawn_scanner};
use crate::ledger::{self, Ledger, LedgerError};
use crate::maintenance::config::{Config, VoiceEngine};
use crate::platform::fsi::FsiClient;
use crate::session::Session;
use crate::voice::{Espeak, Voice, VoiceEvent};

/// A running kiosk. Stop it, or drop it: the visit is wiped, the devices are released.
pub struct Kiosk {
    post: Post,
    ledger: Arc<Ledger>,
    turning: Option<JoinHandle<()>>,
    id_reader: Option<DeviceHandle>,
    delivery_stop: watch::Sender<bool>,
    tokio: Option<tokio::runtime::Runtime>,
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
    #[error("{0}")]
    Settings(String),
}

impl Kiosk {
    /// Opens the ledger, the voice, the devices and the lines, and begins to turn.
    ///
    /// # Errors
    /// Says what did not start. A device or a platform that is away is no error; the screen tells.
    pub fn start(config: &Config, screen: Box<dyn ScreenDoor>) -> Result<Self, StartError> {
        let clock = Clock::start();
        let (post, inbox) = Post::open();
        let tokio = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let ledger = Arc::new(open_ledger(config)?);
        let kick = Arc::new(Notify::new());
        let delivery_stop = start_delivery(config, &ledger, clock, &kick, tokio.handle())?;
        let platform = FsiClient::new(config.platform.clone()).map_err(|e| StartError::Settings(e.to_string()))?;
        let hands = Hands {
            asker: Asker::start(Arc::new(platform), tokio.handle().clone(), post.clone()),
            keeper: Keeper::start(Arc::clone(&ledger), clock, post.clone(), kick)?,
            voice: start_voice(config, &post),
            scanner: Some(spawn_scanner(config.scanner.clone(), sink(&post))),
            screen,
            staff_call: config.staff_call.clone(),
        };
        let id_reader = spawn_id_reader(config.id_reader.clone(), sink(&post));
        let session = Session::new(config.session.clone(), rand::random(), clock.now());
        let turning = std::thread::Builder::new()
            .name("kiosk".into())
            .spawn(move || Loop::new(session, hands, clock).run(&inbox))?;
        Ok(Self {
            post,
            ledger,
            turning: Some(turning),
            id_reader: Some(id_reader),
            delivery_stop,
            tokio: Some(tokio),
        })
    }

    /// Where to put events, such as presses.
    pub fn post(&self) -> Post {
        self.post.clone()
    }

    /// The ledger, for looking on.
    pub fn ledger(&self) -> &Arc<Ledger> {
        &self.ledger
    }

    /// Waits until the loop has ended; `false` if it ended by a panic.
    pub fn wait(&mut self) -> bool {
        self.turning.take().is_none_or(|turning| turning.join().is_ok())
    }
}

impl Drop for Kiosk {
    fn drop(&mut self) {
        self.post.stop();
        self.wait();
        self.id_reader.take();
        let _ = self.delivery_stop.send(true);
        if let Some(tokio) = self.tokio.take() {
            tokio.shutdown_timeout(std::time::Duration::from_secs(2));
        }
    }
}

fn sink(post: &Post) -> crate::device::Sink {
    let post = post.clone();
    Box::new(move |event| post.device(event))
}

fn open_ledger(config: &Config) -> Result<Ledger, LedgerError> {
    Ledger::open(ledger::Options::new(&config.ledger_path, &config.ledger_key_path))
}

fn start_delivery(
    config: &Config,
    ledger: &Arc<Ledger>,
    clock: Clock,
    kick: &Arc<Notify>,
    tokio: &tokio::runtime::Handle,
) -> Result<watch::Sender<bool>, StartError> {
    let profile = NationalClient::new(config.rating.clone()).map_err(|e| StartError::Settings(e.to_string()))?;
    let (stop, stopped) = watch::channel(false);
    tokio.spawn(delivery::run(
        Arc::clone(ledger),
        Arc::new(profile),
        Arc::new(move || clock.moment()),
        stopped,
        Arc::clone(kick),
    ));
    Ok(stop)
}

/// Without a thread for it there is no voice; captions go on.
fn start_voice(config: &Config, post: &Post) -> Option<Voice> {
    if config.voice.engine == VoiceEngine::None {
        return None;
    }
    let post = post.clone();
    let voice = Voice::start(Arc::new(Espeak::default()), move |event| match event {
        VoiceEvent::Ended(id) => post.spoken(id),
        VoiceEvent::Unavailable(error) => tracing::warn!(%error, "voice"),
        VoiceEvent::Available => tracing::info!("voice: heard again"),
    });
    match voice {
        Ok(voice) => {
            voice.set_volume(f32::from(config.voice.volume_percent) / 100.0);
            Some(voice)
        }
        Err(error) => {
            tracing::error!(%error, "no voice");
            None
        }
    }
}
