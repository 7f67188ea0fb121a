//! Listening alone: amounts into headphones and never to the hall, and a picture that can be covered.

use super::tests::Bench;
use super::*;
use crate::domain::Fen;

const AMOUNT: Effect = Effect::Speak(Prompt::Amount(Fen(123_456)));

fn listening() -> Bench {
    let mut bench = Bench::with(SessionConfig { voice_at_start: true, ..SessionConfig::default() });
    bench.event(Event::Headphones(true));
    bench
}

fn curtain(bench: &Bench) -> bool {
    bench.session.view().modes.curtain
}

#[test]
fn an_amount_is_said_without_a_press_only_into_headphones() {
    let check = |events: &[Event], expected: bool| {
        let mut bench = Bench::with(SessionConfig { voice_at_start: true, ..SessionConfig::default() });
        for event in events {
            bench.event(event.clone());
        }
        bench.reach_balance();
        assert_eq!(bench.did(&AMOUNT), expected, "{events:?}");
        assert_eq!(bench.session.view().caption, Some(Prompt::BalanceShown), "the glass keeps no amount");
    };
    check(&[], false);
    check(&[Event::Headphones(true)], true);
    check(&[Event::Headphones(true), Event::Headphones(false)], false);
}

#[test]
fn pulling_them_out_is_silence_at_once() {
    let mut bench = listening();
    bench.reach_balance();
    assert!(bench.did(&AMOUNT));
    assert!(bench.event(Event::Headphones(false)).did(&Effect::Hush));
    assert!(!bench.session.view().private);
}

#[test]
fn the_curtain_is_for_those_who_listen_alone() {
    let mut bench = Bench::with(SessionConfig { voice_at_start: true, ..SessionConfig::default() });
    bench.press(Press::Start).press(Press::Curtain);
    assert!(!curtain(&bench), "without headphones nobody could go on behind it");
    bench.event(Event::Headphones(true)).press(Press::Curtain);
    assert!(curtain(&bench));
    bench.press(Press::Curtain);
    assert!(!curtain(&bench), "a second press opens it");
    bench.press(Press::Curtain).press(Press::Voice).press(Press::VoiceOff);
    assert!(!curtain(&bench), "voice off opens it");
    bench.press(Press::Voice);
    assert!(curtain(&bench));
    bench.event(Event::Headphones(false)).event(Event::Headphones(true));
    assert!(!curtain(&bench), "pulling out opens it");
}

#[test]
fn keys_go_on_behind_the_curtain_and_the_next_person_has_none() {
    let mut bench = listening();
    bench.press(Press::Start).pass(1_000).event(Event::Key(PadKey::Curtain)).pass(1_000).reach_rating();
    assert!(curtain(&bench));
    bench.press(Press::SkipRating).event(Event::CardLifted).pass(60_000).expect("Standby");
    assert!(!curtain(&bench));
}
