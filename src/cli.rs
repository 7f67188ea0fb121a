//! What can be called from the command line, and with what.

#[cfg(feature = "screen")]
mod show;

use std::io::{BufReader, stdin, stdout};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use tracing_subscriber::EnvFilter;
use yibao_kiosk::device::emulate;
use yibao_kiosk::domain::DeviceKind;
#[cfg(feature = "screen")]
use yibao_kiosk::maintenance::gallery;
use yibao_kiosk::maintenance::{audit, config::Config, hospitals, places, queue, receipt, voice};
use yibao_kiosk::platform::embedded::{self, Population};
use yibao_kiosk::runtime::rehearsal;
use yibao_kiosk::runtime::stand::card_of;
use yibao_kiosk::simulation;

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
    #[cfg(feature = "screen")]
    Run(show::Run),
    /// Runs a scripted visit without a display and leaves screenshots
    #[cfg(feature = "screen")]
    Visit {
        /// Folder for the pictures
        #[arg(long)]
        out: PathBuf,
        /// Size in pixels
        #[arg(long, default_value = "1080x1920", value_parser = show::size)]
        size: (u32, u32),
        /// File for every reason to go away, and not for one only
        #[arg(long)]
        every_reason: bool,
    },
    /// Draws every screen into pictures
    #[cfg(feature = "screen")]
    Gallery(gallery::GalleryOptions),
    /// Runs scripted visits on the stand without a screen and says each rating that was thanked for
    Rehearse(rehearsal::RehearsalOptions),
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
    /// Checks a configuration with the lists it names, and says what is wrong with them
    CheckConfig {
        /// The file
        file: PathBuf,
    },
    /// Lists, shows, retries, carries and backs up what waits for delivery, masked
    Queue(queue::QueueOptions),
    /// Verifies the audit log
    Audit(audit::AuditOptions),
    /// Finds places, says what area codes mean, checks a site's list of them
    Places(places::PlacesOptions),
    /// Imports and searches the list of designated hospitals
    Hospitals(hospitals::HospitalsOptions),
    /// Takes records of kiosks off the fleet bus into a database of the province
    #[cfg(feature = "bus")]
    Ingest(yibao_kiosk::maintenance::ingest::IngestOptions),
    /// Prints the key receipts are signed with, verifies receipts and reads drafts out of QR codes
    Receipt(receipt::ReceiptOptions),
    /// Lists what voice packs must hold, checks them, and renders a journey's speech
    Voice(voice::VoiceOptions),
    /// Lives through whole days of a kiosk on a virtual clock and looks for broken promises
    Simulate(simulation::SimulateOptions),
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Device {
    /// Resident-ID reader
    IdReader,
    /// E-voucher scanner
    Scanner,
}

/// Runs the command line.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    // The reader of clips tells of every one it opens.
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,symphonia=warn"));
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
        #[cfg(feature = "screen")]
        Command::Run(options) => return show::run(&options),
        #[cfg(feature = "screen")]
        Command::Visit { out, size: (width, height), every_reason } => {
            yibao_kiosk::runtime::visit::run(&out, width, height, every_reason)?;
        }
        #[cfg(feature = "screen")]
        Command::Gallery(options) => {
            let report = gallery::run(&options)?;
            report.violations.iter().for_each(|violation| println!("{violation}"));
            println!("{report}; to look through: {}", options.out.join("index.html").display());
        }
        Command::Platform { listen, seed, store } => embedded::serve_alone(listen, seed, store)?,
        Command::Emulate { device, link } => emulate_device(device, &link)?,
        Command::CheckConfig { file } => return check_config(&file),
        Command::Queue(options) => queue::run(&options, stdout().lock())?,
        Command::Audit(options) => audit::run(&options, stdout().lock())?,
        Command::Places(options) => places::run(&options, stdout().lock())?,
        Command::Hospitals(options) => hospitals::run(&options, stdout().lock())?,
        Command::Rehearse(options) => rehearsal::run(&options, stdout().lock())?,
        #[cfg(feature = "bus")]
        Command::Ingest(options) => yibao_kiosk::maintenance::ingest::run(&options)?,
        Command::Receipt(options) => receipt::run(&options, stdin().lock(), stdout().lock())?,
        Command::Voice(options) => voice::run(&options, stdout().lock())?,
        Command::Simulate(options) => simulation::run(&options, stdout().lock())?,
    }
    Ok(ExitCode::SUCCESS)
}

/// A list that is wrong stops no kiosk, but whoever looks should hear of it.
fn check_config(file: &Path) -> anyhow::Result<ExitCode> {
    let wrong = Config::load(file)?.check_lists();
    wrong.iter().for_each(|list| eprintln!("{}: {list}", file.display()));
    if wrong.is_empty() {
        println!("{}: right", file.display());
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
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
