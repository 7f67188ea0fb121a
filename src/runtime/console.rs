//! A kiosk told by lines of text: presses, waits, pictures. For scripts, tests and technicians far away.

use std::io::{BufRead, Write};
use std::time::Duration;

use super::stand::Stand;
use super::{Post, Watch};
use crate::domain::DeviceKind;
use crate::screen::ScreenHandle;
use crate::session::View;

/// How long a wait lasts that names no time.
const WAIT_S: u64 = 10;

/// What a console works with.
pub struct Console<'a> {
    /// The screen to press and to photograph.
    pub screen: ScreenHandle,
    /// What is shown.
    pub watch: Watch,
    /// Where to ask for the end.
    pub post: Post,
    /// The stand, where there is one.
    pub stand: Option<&'a Stand>,
}

impl Console<'_> {
    /// Obeys line by line until the input ends or says `quit`. Every line is answered by `ok …` or `no …`.
    ///
    /// # Errors
    /// When the output is gone.
    pub fn run(&self, input: impl BufRead, mut output: impl Write) -> std::io::Result<()> {
        for line in input.lines() {
            let line = line?;
            if line.trim() == "quit" {
                break;
            }
            match self.obey(line.trim()) {
                Ok(said) => writeln!(output, "ok {said}")?,
                Err(said) => writeln!(output, "no {said}")?,
            }
            output.flush()?;
        }
        self.post.stop();
        Ok(())
    }

    /// Obeys one line.
    ///
    /// # Errors
    /// What went wrong, in a sentence.
    pub fn obey(&self, line: &str) -> Result<String, String> {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb {
            "press" => self.screen.press_label(rest).map(|()| String::new()).map_err(|e| e.to_string()),
            "wait" => self.wait(rest),
            "shot" => self.shot(rest),
            "screen" => Ok(self.latest().map_or("none", |view| view.screen.name()).to_owned()),
            "labels" => self.labels(),
            _ => self.tell_stand(verb, rest),
        }
    }

    /// Waits for a screen by its name, such as `wait Balance 20`.
    fn wait(&self, rest: &str) -> Result<String, String> {
        let (name, seconds) = rest.split_once(' ').unwrap_or((rest, ""));
        let limit = Duration::from_secs(seconds.parse().unwrap_or(WAIT_S));
        let view = self.watch.wait_for(|view| view.screen.name() == name, limit);
        let view = view.map_err(|still| still.to_string())?;
        self.screen.settle().map_err(|e| e.to_string())?;
        Ok(view.screen.name().to_owned())
    }

    fn shot(&self, path: &str) -> Result<String, String> {
        self.screen.settle().and_then(|()| self.screen.snapshot(path)).map_err(|e| e.to_string())?;
        Ok(path.to_owned())
    }

    fn labels(&self) -> Result<String, String> {
        let elements = self.screen.elements().map_err(|e| e.to_string())?;
        let labels: Vec<String> = elements.into_iter().filter(|e| e.button && e.enabled).map(|e| e.label).collect();
        Ok(labels.join(" | ").replace('\n', " "))
    }

    fn latest(&self) -> Option<View> {
        self.watch.wait_for(|_| true, Duration::ZERO).ok()
    }

    fn tell_stand(&self, verb: &str, rest: &str) -> Result<String, String> {
        let unknown = || {
            format!(
                "unknown: {verb} {rest}; press, wait, shot, screen, labels, quit, and on the stand lay, lift, show, plug, unplug, platform"
            )
        };
        let stand = self.stand.ok_or_else(unknown)?;
        let number = || rest.parse::<usize>().map_err(|_| format!("{verb} needs a number, not {rest}"));
        let device = || match rest {
            "id-reader" => Ok(DeviceKind::IdReader),
            "scanner" => Ok(DeviceKind::Scanner),
            _ => Err(format!("{verb} needs id-reader or scanner, not {rest}")),
        };
        let known = match verb {
            "lay" => stand.lay(number()?),
            "show" if rest == "other" => {
                stand.show_other();
                true
            }
            "show" => stand.show(number()?),
            "lift" => {
                stand.lift();
                true
            }
            "plug" | "unplug" => {
                stand.plug(device()?, verb == "plug");
                true
            }
            "platform" if matches!(rest, "up" | "down") => {
                stand.platform_up(rest == "up");
                true
            }
            _ => return Err(unknown()),
        };
        if known { Ok(String::new()) } else { Err("nobody has that number".to_owned()) }
    }
}
