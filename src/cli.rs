//! What can be called from the command line, and with what.

use std::io::{BufReader, IsTerminal, stdin, stdout};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::{Args, Parser, Subcommand, ValueEnum};
use tracing_subscriber::EnvFilter;
use yibao_kiosk::device::emulate;
use yibao_kiosk::domain::DeviceKind;
use yibao_kiosk::maintenance::{audit, config::Config, gallery, hospitals, places, queue, receipt};
use yibao_kiosk::platform::embedded::{self, Population};
use yibao_kiosk::runtime::stand::{Stand, card_of};
use yibao_kiosk::runtime::{Console, Kiosk, Mailbox, Post, Watch, Watched, visit};
use yibao_kiosk::screen::{Display, Dock, DockAction, Screen, ScreenHandle};
use yibao_kiosk::simulation;

/// The loop ended by a panic; the service manager restarts the kiosk.
const EXIT_PANIC: u8 = 70;

/// The self-service terminal for medical-insurance halls.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the kiosk; without --config on a stand with an embedded platform and emulated devices
    Run(Run),
    /// Runs a scripted visit without a display and leaves screenshots
    Visit {
        /// Folder for the pictures
        #[arg(long)]
        out: PathBuf,
        /// Size in pixels
        #[arg(long, default_value = "1080x1920", value_parser = size)]
        size: (u32, u32),
    },
    /// Draws every screen into pictures
    Gallery(gallery::GalleryOptions),
    /// Runs the embedded insurance platform alone
    Platform {
        /// Address to listen on
        #[arg(long, default_value = "127.0.0.1:8900")]
        listen: SocketAddr,
        /// Seed of the synthetic population
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// File that keeps what the rating system accepted
        #[arg(long)]
        store: Option<PathBuf>,
    },
    /// Emulates a device on a pseudo-terminal, told by lines on standard input
    Emulate {
        /// Which device
        device: Device,
        /// Where its path shall appear
        #[arg(long)]
        link: PathBuf,
    },
    /// Checks a configuration and says what is wrong with it
    CheckConfig {
        /// The file
        file: PathBuf,
    },
    /// Lists, shows, retries, carries and backs up what waits for delivery, masked
    Queue(queue::QueueOptions),
    /// Verifies the audit log
    Audit(audit::AuditOptions),
    /// Prints the key receipts are signed with, verifies receipts and reads drafts out of QR codes
    Receipt(receipt::ReceiptOptions),
    /// Finds places, says what area codes mean, checks a site's list of them
    Places(places::PlacesOptions),
    /// Imports and searches the list of designated hospitals
    Hospitals(hospitals::HospitalsOptions),
    /// Lives through whole days of a kiosk on a virtual clock and looks for broken promises
    Simulate(simulation::SimulateOptions),
}

#[derive(Debug, Args)]
struct Run {
    /// Configuration of a real site
    #[arg(long)]
    config: Option<PathBuf>,
    /// Where the stand keeps its ledger
    #[arg(long, conflicts_with = "config")]
    data: Option<PathBuf>,
    /// Window size in pixels instead of the configured one
    #[arg(long, value_parser = size)]
    window: Option<(u32, u32)>,
    /// Draws into memory of this size only
    #[arg(long, value_parser = size, conflicts_with = "window")]
    headless: Option<(u32, u32)>,
    /// Obeys lines on standard input: press, wait, shot, screen, labels, quit
    #[arg(long)]
    console: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Device {
    /// Resident-ID reader
    IdReader,
    /// E-voucher scanner
    Scanner,
}

fn size(text: &str) -> Result<(u32, u32), String> {
    let parsed = text.split_once('x').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    parsed
        .filter(|(w, h)| (320..=8000).contains(w) && (320..=8000).contains(h))
        .ok_or_else(|| format!("{text} is no size; write width x height in pixels, such as 1080x1920"))
}

/// Runs the command line.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match obey(cli.command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("kiosk: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn obey(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Run(options) => return run(&options),
        Command::Visit { out, size: (width, height) } => visit::run(&out, width, height)?,
        Command::Gallery(options) => {
            let count = gallery::run(&options)?;
            println!("{count} pictures in {}", options.out.display());
        }
        Command::Platform { listen, seed, store } => embedded::serve_alone(listen, seed, store)?,
        Command::Emulate { device, link } => emulate_device(device, &link)?,
        Command::CheckConfig { file } => {
            Config::load(&file)?;
            println!("{}: right", file.display());
        }
        Command::Queue(options) => queue::run(&options, stdout().lock())?,
        Command::Audit(options) => audit::run(&options, stdout().lock())?,
        Command::Receipt(options) => receipt::run(&options, stdin().lock(), stdout().lock())?,
        Command::Places(options) => places::run(&options, stdout().lock())?,
        Command::Hospitals(options) => hospitals::run(&options, stdout().lock())?,
        Command::Simulate(options) => simulation::run(&options, stdout().lock())?,
    }
    Ok(ExitCode::SUCCESS)
}

fn emulate_device(device: Device, link: &Path) -> anyhow::Result<()> {
    let people = Population::generate(1, 400);
    let cards: Vec<_> = people.people().iter().map(card_of).collect();
    let kind = match device {
        Device::IdReader => DeviceKind::IdReader,
        Device::Scanner => DeviceKind::Scanner,
    };
    Ok(emulate::run_console(kind, link, &cards, BufReader::new(stdin()), stdout().lock())?)
}

/// Where the stand keeps its ledger unless told otherwise.
fn stand_folder() -> PathBuf {
    let home = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".local/share")));
    home.unwrap_or_else(std::env::temp_dir).join("yibao-kiosk")
}

fn run(options: &Run) -> anyhow::Result<ExitCode> {
    let stand = match &options.config {
        Some(_) => None,
        None => {
            let folder = options.data.clone().unwrap_or_else(stand_folder);
            Some(Arc::new(Stand::start(&folder).with_context(|| format!("the stand in {}", folder.display()))?))
        }
    };
    let config = match (&options.config, &stand) {
        (Some(file), _) => Config::load(file)?,
        (None, Some(stand)) => stand.config()?,
        (None, None) => anyhow::bail!("neither a configuration nor a stand"),
    };
    let mailbox = Mailbox::default();
    let post = mailbox.post();
    let screen = open_screen(options, &config, post.clone())?;
    let dock = stand.as_ref().filter(|_| options.headless.is_none()).map(open_dock).transpose()?;
    let (door, watch) = Watched::new(screen.handle());
    let mut kiosk = Kiosk::start(&config, Arc::new(door), mailbox)?;
    kiosk.stop_on_signals()?;
    if options.console {
        start_console(screen.handle(), watch, post.clone(), stand.clone());
    } else if stand.is_some() && stdout().is_terminal() {
        println!("The kiosk runs on its stand: invented people, emulated devices. Ctrl-C ends it.");
    }
    screen.run()?;
    post.stop();
    let in_order = kiosk.wait();
    drop((kiosk, dock));
    Ok(if in_order { ExitCode::SUCCESS } else { ExitCode::from(EXIT_PANIC) })
}

fn open_screen(options: &Run, config: &Config, post: Post) -> anyhow::Result<Screen> {
    let display = match (options.headless, options.window) {
        (Some((width, height)), _) => Display::Headless { width, height },
        (None, Some((width, height))) => Display::Window { fullscreen: false, width, height },
        (None, None) => {
            let screen = &config.screen;
            Display::Window { fullscreen: screen.fullscreen, width: screen.width, height: screen.height }
        }
    };
    Ok(Screen::open(display, config.place.screen_options(), move |event| post.event(event))?)
}

fn open_dock(stand: &Arc<Stand>) -> anyhow::Result<Dock> {
    let people = stand.people();
    let labels = people.iter().map(|(_, label)| label.clone()).collect();
    let stand = Arc::clone(stand);
    let person = move |place: usize| people.get(place).map_or(0, |(index, _)| *index);
    Ok(Dock::open(labels, move |action| match action {
        DockAction::Lay(place) => drop(stand.lay(person(place))),
        DockAction::Show(place) => drop(stand.show(person(place))),
        DockAction::ShowOther => stand.show_other(),
        DockAction::Lift => stand.lift(),
        DockAction::Plug(device, plugged) => stand.plug(device, plugged),
        DockAction::Platform(up) => stand.platform_up(up),
    })?)
}

fn start_console(screen: ScreenHandle, watch: Watch, post: Post, stand: Option<Arc<Stand>>) {
    std::thread::spawn(move || {
        let console = Console { screen, watch, post, stand: stand.as_deref() };
        if let Err(error) = console.run(BufReader::new(stdin()), stdout()) {
            tracing::warn!(%error, "console");
        }
    });
}
