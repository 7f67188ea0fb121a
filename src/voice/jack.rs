//! Whether headphones are in: what a sound card's list of controls says of its jacks. The card itself is asked elsewhere.
//!
//! Nothing is played here, and what may be said into headphones is the session's to know.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::VoiceError;

/// Between two looks: headphones that were pulled out must not leave an amount to the loudspeaker for longer.
const LOOK_MS: u64 = 100;

/// One control of a sound card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    /// Whether it belongs to the card as a whole, where the kernel puts its jacks, and not to a mixer.
    pub of_the_card: bool,
    /// Its name, such as `Headphone Jack`.
    pub name: String,
    /// Whether it is on; `None` where it is no switch or cannot be read.
    pub on: Option<bool>,
}

/// The controls of the machine's sound cards.
pub trait JackSource: Send {
    /// Everything the cards list at this moment; nothing where there is no card.
    fn controls(&mut self) -> Vec<Control>;

    /// Switches the loudspeakers of the cards that can do so off or on.
    fn mute_loudspeaker(&mut self, muted: bool);
}

/// Whether headphones are in; `None` where no jack can tell.
///
/// The kernel names a jack it can feel `… Jack`; a `… Phantom Jack` is one it only supposes, which is always in.
#[must_use]
pub fn headphones(controls: &[Control]) -> Option<bool> {
    let jacks = controls.iter().filter(|control| control.of_the_card && is_headphone_jack(&control.name));
    jacks.filter_map(|jack| jack.on).reduce(|one, other| one || other)
}

fn is_headphone_jack(name: &str) -> bool {
    let Some(what) = name.strip_suffix(" Jack").filter(|what| !what.ends_with("Phantom")) else { return false };
    let microphone_only = what.contains("Mic") && !what.contains("Headphone");
    (what.contains("Headphone") || what.contains("Headset")) && !microphone_only
}

/// Whether a control is the switch of a loudspeaker.
#[must_use]
#[cfg(any(test, feature = "sound"))]
pub fn is_loudspeaker_switch(control: &Control) -> bool {
    !control.of_the_card && control.name.contains("Speaker") && control.name.ends_with("Playback Switch")
}

/// Watches the jacks on a thread of its own until it is dropped.
#[derive(Debug)]
pub struct JackWatch {
    stop: Option<Sender<()>>,
    watching: Option<JoinHandle<()>>,
}

impl JackWatch {
    /// Tells whenever headphones go in or out. A machine without a jack never tells anything.
    ///
    /// The loudspeaker is muted before it is told that they are in, and heard again after they are out.
    ///
    /// # Errors
    /// [`VoiceError::NoThread`] when the system gives no thread.
    pub fn start(
        mut source: impl JackSource + 'static,
        told: impl Fn(bool) + Send + 'static,
    ) -> Result<Self, VoiceError> {
        let (stop, stopped) = channel::<()>();
        let watch = move || {
            let mut known = false;
            loop {
                // A card that has gone has taken its jack along: what is private must not be said any more.
                let plugged = headphones(&source.controls()).unwrap_or(false);
                if plugged != known {
                    known = plugged;
                    if plugged {
                        source.mute_loudspeaker(true);
                        told(true);
                    } else {
                        told(false);
                        source.mute_loudspeaker(false);
                    }
                }
                if stopped.recv_timeout(Duration::from_millis(LOOK_MS)) != Err(RecvTimeoutError::Timeout) {
                    break;
                }
            }
            if known {
                source.mute_loudspeaker(false);
            }
        };
        let watching = thread::Builder::new()
            .name("headphones".to_owned())
            .spawn(watch)
            .map_err(|error| VoiceError::NoThread(error.to_string()))?;
        Ok(Self { stop: Some(stop), watching: Some(watching) })
    }
}

impl Drop for JackWatch {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(watching) = self.watching.take() {
            let _ = watching.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::Receiver;
    use std::sync::{Arc, Mutex};

    const PATIENCE: Duration = Duration::from_secs(60);

    fn control(of_the_card: bool, name: &str, on: bool) -> Control {
        Control { of_the_card, name: name.to_owned(), on: Some(on) }
    }

    #[test]
    fn only_a_jack_that_can_be_felt_tells() {
        let check = |controls: &[(&str, bool)], expected: Option<bool>| {
            let listed: Vec<Control> = controls.iter().map(|(name, on)| control(true, name, *on)).collect();
            assert_eq!(headphones(&listed), expected, "{controls:?}");
        };
        check(&[], None);
        check(&[("Headphone Jack", true)], Some(true));
        check(&[("Headphone Jack", false)], Some(false));
        check(&[("Headphone Phantom Jack", true)], None);
        check(&[("Front Headphone Jack", true), ("Line Out Jack", false)], Some(true));
        check(&[("Headphone - Output Jack", true)], Some(true));
        check(&[("Headphone Mic Jack", true)], Some(true));
        check(&[("Headset Mic Jack", true), ("Mic Jack", true)], None);
        check(&[("HDMI/DP,pcm=3 Jack", true), ("Line Out Jack", true)], None);
        check(&[("Headphone Jack", false), ("Headset Jack", true)], Some(true));
        assert_eq!(headphones(&[control(false, "Headphone Jack", true)]), None);
        assert_eq!(headphones(&[Control { on: None, ..control(true, "Headphone Jack", true) }]), None);
    }

    #[test]
    fn the_loudspeaker_is_told_from_other_switches() {
        let check = |name: &str, of_the_card, expected| {
            assert_eq!(is_loudspeaker_switch(&control(of_the_card, name, true)), expected, "{name}");
        };
        check("Speaker Playback Switch", false, true);
        check("Bass Speaker Playback Switch", false, true);
        check("Headphone Playback Switch", false, false);
        check("Speaker Playback Volume", false, false);
        check("Speaker Playback Switch", true, false);
    }

    /// A card whose jack is plugged by hand.
    #[derive(Clone, Default)]
    struct Fake(Arc<Mutex<(Vec<Control>, Vec<bool>)>>);

    impl JackSource for Fake {
        fn controls(&mut self) -> Vec<Control> {
            self.0.lock().unwrap().0.clone()
        }

        fn mute_loudspeaker(&mut self, muted: bool) {
            self.0.lock().unwrap().1.push(muted);
        }
    }

    fn told(inbox: &Receiver<bool>) -> bool {
        inbox.recv_timeout(PATIENCE).unwrap()
    }

    #[test]
    fn plugging_and_pulling_are_told_once_and_mute_the_loudspeaker() {
        let card = Fake::default();
        let plug = |controls: &[Control]| card.0.lock().unwrap().0 = controls.to_vec();
        let (sender, inbox) = channel();
        let watch = JackWatch::start(card.clone(), move |plugged| sender.send(plugged).unwrap()).unwrap();
        plug(&[control(true, "Headphone Jack", true)]);
        assert!(told(&inbox));
        plug(&[control(true, "Headphone Jack", false)]);
        assert!(!told(&inbox));
        plug(&[control(true, "Headphone Jack", true)]);
        assert!(told(&inbox));
        // The card is pulled out whole.
        plug(&[]);
        assert!(!told(&inbox));
        drop(watch);
        assert_eq!(inbox.recv_timeout(PATIENCE), Err(RecvTimeoutError::Disconnected));
        assert_eq!(card.0.lock().unwrap().1, [true, false, true, false]);
    }

    #[test]
    fn a_watch_that_ends_gives_the_loudspeaker_back() {
        let card = Fake::default();
        card.0.lock().unwrap().0 = vec![control(true, "Headphone Jack", true)];
        let (sender, inbox) = channel();
        let watch = JackWatch::start(card.clone(), move |plugged| sender.send(plugged).unwrap()).unwrap();
        assert!(told(&inbox));
        drop(watch);
        assert_eq!(card.0.lock().unwrap().1, [true, false]);
    }
}
