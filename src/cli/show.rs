//! `kiosk run`: the kiosk with its screen, on a site or on the stand. Not part of a build without screens.

use std::io::{BufReader, IsTerminal, stdin, stdout};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use yibao_kiosk::maintenance::config::Config;
use yibao_kiosk::runtime::stand::Stand;
use yibao_kiosk::runtime::{Console, Kiosk, Mailbox, Post, Watch, Watched, notice_board};
use yibao_kiosk::screen::{Display, Dock, DockAction, Screen, ScreenHandle};

/// The loop ended by a panic; the service manager restarts the kiosk.
const EXIT_PANIC: u8 = 70;

/// How to run the kiosk.
#[derive(Debug, Args)]
pub struct Run {
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

/// Width and height in pixels, such as 1080x1920.
pub fn size(text: &str) -> Result<(u32, u32), String> {
    let parsed = text.split_once('x').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    parsed
        .filter(|(w, h)| (320..=8000).contains(w) && (320..=8000).contains(h))
        .ok_or_else(|| format!("{text} is no size; write width x height in pixels, such as 1080x1920"))
}

/// Where the stand keeps its ledger unless told otherwise.
fn stand_folder() -> PathBuf {
    let home = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".local/share")));
    home.unwrap_or_else(std::env::temp_dir).join("yibao-kiosk")
}

/// `kiosk run`.
///
/// # Errors
/// What did not start.
pub fn run(options: &Run) -> anyhow::Result<ExitCode> {
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
    if let Some(folder) = &config.screen.notices {
        notice_board::start(folder.clone(), config.screen_options().notices, screen.handle())?;
    }
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
    Ok(Screen::open(display, config.screen_options(), move |event| post.event(event))?)
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
