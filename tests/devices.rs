//! Devices over real pseudo terminals: drivers and emulators speak the bytes of the trade to each other,
//! and everything that goes wrong in a hall goes wrong here.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail the test they serve")]

#[path = "devices/scanner.rs"]
mod scanner;

use std::cell::RefCell;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use jiff::civil::date;
use serialport::SerialPort;
use yibao_kiosk::device::id_reader::command::Status;
use yibao_kiosk::device::id_reader::emulator::{Fault, IdReaderEmulator};
use yibao_kiosk::device::id_reader::frame::encode_answer;
use yibao_kiosk::device::id_reader::image::CardFields;
use yibao_kiosk::device::id_reader::samples::sample_cards;
use yibao_kiosk::device::id_reader::text;
use yibao_kiosk::device::{DeviceEvent, DeviceHandle, IdReaderOptions, spawn_id_reader};
use yibao_kiosk::domain::{CertificateNumber, DeviceKind, DeviceState, IdentityCard};

/// Generous: it only ends a test that would never end. How fast things are is the benches' matter.
const PATIENCE: Duration = Duration::from_secs(20);
const VOUCHER: &str = "4241111222233334444566330000";

/// A device's events, short enough to compare: states by name, cards by whether they are the expected one.
struct Events {
    receiver: Receiver<DeviceEvent>,
    expected: RefCell<Option<IdentityCard>>,
    seen: RefCell<Vec<String>>,
}

impl Events {
    fn name(&self, event: &DeviceEvent) -> String {
        match event {
            DeviceEvent::State(_, state) => format!("{state:?}"),
            DeviceEvent::CardRead(card) => {
                assert_eq!(Some(card.as_ref()), self.expected.borrow().as_ref(), "a card that does not lie there");
                "Read".to_owned()
            }
            DeviceEvent::CardUnreadable(trouble) => format!("{trouble:?}"),
            DeviceEvent::Scanned(voucher) => {
                assert_eq!(voucher.expose(), VOUCHER);
                "Scanned".to_owned()
            }
            other => format!("{other:?}"),
        }
    }

    /// Waits for the last of `names`, which must come in this order with nothing between them.
    fn check(&self, names: &[&str]) {
        let mut came = Vec::new();
        while came.len() < names.len() {
            came.push(self.next(names, &came));
        }
        assert_eq!(came, names);
    }

    /// Waits for this one, whatever comes before it.
    fn until(&self, name: &str) {
        while self.next(&[name], &[]) != name {}
    }

    fn next(&self, wanted: &[&str], came: &[String]) -> String {
        let event = self.receiver.recv_timeout(PATIENCE);
        let event = event.unwrap_or_else(|_| panic!("still waiting for {wanted:?}; came {came:?}, {:?}", self.seen));
        let name = self.name(&event);
        self.seen.borrow_mut().push(name.clone());
        name
    }

    /// Everything that has come and nobody asked for.
    fn rest(&self) -> Vec<String> {
        self.receiver.try_iter().map(|event| self.name(&event)).collect()
    }

    fn count(&self, name: &str) -> usize {
        self.seen.borrow().iter().filter(|seen| *seen == name).count()
    }
}

fn wait_for(what: &str, condition: impl Fn() -> bool) {
    let begun = Instant::now();
    while !condition() {
        assert!(begun.elapsed() < PATIENCE, "{what}");
        std::thread::park_timeout(Duration::from_millis(5));
    }
}

fn events() -> (yibao_kiosk::device::Sink, Events) {
    let (sender, receiver) = channel();
    let sink = Box::new(move |event| {
        let _ = sender.send(event);
    });
    (sink, Events { receiver, expected: RefCell::new(None), seen: RefCell::new(Vec::new()) })
}

struct Reader {
    emulator: IdReaderEmulator,
    events: Events,
    path: PathBuf,
    driver: Option<DeviceHandle>,
    _folder: tempfile::TempDir,
}

impl Reader {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("id-reader");
        let emulator = IdReaderEmulator::start(&path).unwrap();
        let (sink, events) = events();
        let options = IdReaderOptions { path: path.clone(), ..IdReaderOptions::default() };
        let driver = Some(spawn_id_reader(options, sink));
        events.check(&["Starting", "Online"]);
        Self { emulator, events, path, driver, _folder: folder }
    }

    fn lay(&self, fields: &CardFields) {
        let image = fields.image();
        *self.events.expected.borrow_mut() = text::decode(image.text()).unwrap().into_card().ok();
        self.emulator.lay(image);
    }

    fn check(&self, names: &[&str]) {
        self.events.check(names);
    }
}

fn person(serial: u32) -> CardFields {
    let number = CertificateNumber::complete(&format!("37100219480315{serial:03}")).unwrap();
    CardFields::resident("王芳", &number)
}

const READ: [&str; 4] = ["CardFound", "Busy", "Read", "Online"];

#[test]
fn every_sample_card_is_read_and_its_lifting_noticed() {
    let reader = Reader::start();
    for image in sample_cards() {
        let card = text::decode(image.text()).unwrap().into_card().unwrap();
        *reader.events.expected.borrow_mut() = Some(card);
        reader.emulator.lay(image);
        reader.check(&READ);
        reader.emulator.lift();
        reader.check(&["CardLifted"]);
    }
}

#[test]
fn an_expired_card_is_read_and_called_expired() {
    let reader = Reader::start();
    let last = date(2019, 6, 30);
    reader.lay(&CardFields { expiry: yibao_kiosk::domain::Expiry::On(last), ..person(1) });
    reader.check(&READ);
    let expected = reader.events.expected.borrow();
    let card = expected.as_ref().unwrap();
    assert!(card.expired(date(2019, 7, 1)) && !card.expired(last));
}

#[test]
fn another_card_without_a_pause_is_a_lifting_and_a_new_card() {
    let reader = Reader::start();
    reader.lay(&person(1));
    reader.check(&READ);
    reader.lay(&person(2));
    reader.check(&["CardLifted", "CardFound", "Busy", "Read", "Online"]);
}

/// A fault that comes while nothing lies there, the state it leads to, and back.
fn check_fault_without_card(fault: Fault, state: &str) {
    let reader = Reader::start();
    reader.emulator.fault(fault);
    reader.check(&[state]);
    reader.emulator.fault(Fault::None);
    reader.check(&["Online"]);
    reader.lay(&person(1));
    reader.check(&READ);
}

#[test]
fn a_silent_reader_is_offline_and_comes_back() {
    check_fault_without_card(Fault::Silent, "Offline");
}

#[test]
fn a_garbled_reader_is_offline_and_comes_back() {
    check_fault_without_card(Fault::Garbled, "Offline");
}

#[test]
fn a_reader_with_wrong_checksums_is_offline_and_comes_back() {
    check_fault_without_card(Fault::BadChecksum, "Offline");
}

#[test]
fn a_reader_of_one_byte_a_second_is_offline_and_comes_back() {
    check_fault_without_card(Fault::OneBytePerSecond, "Offline");
}

#[test]
fn a_module_without_authority_is_a_hardware_error() {
    check_fault_without_card(Fault::Unauthorised, "HardwareError");
}

#[test]
fn a_module_that_fails_its_test_is_a_hardware_error() {
    check_fault_without_card(Fault::SelfTestFailed, "HardwareError");
}

#[test]
fn noise_before_every_answer_is_no_fault() {
    let reader = Reader::start();
    reader.emulator.fault(Fault::NoiseBeforeFrame);
    reader.lay(&person(1));
    reader.check(&READ);
    reader.emulator.lift();
    reader.check(&["CardLifted"]);
}

#[test]
fn a_reader_that_sees_no_card_tells_of_none() {
    let reader = Reader::start();
    reader.emulator.fault(Fault::NoCard);
    reader.lay(&person(1));
    reader.emulator.fault(Fault::None);
    reader.check(&READ);
    reader.emulator.fault(Fault::NoCard);
    reader.check(&["CardLifted"]);
}

#[test]
fn a_card_pulled_while_it_is_read_is_told_once_and_read_when_it_is_back() {
    let reader = Reader::start();
    reader.emulator.fault(Fault::PulledMidRead);
    reader.lay(&person(1));
    reader.check(&["CardFound", "Busy", "PulledAway", "UserError", "CardLifted", "Online"]);
    reader.emulator.fault(Fault::None);
    reader.lay(&person(1));
    reader.check(&READ);
}

#[test]
fn a_wrong_card_is_told_once_however_long_it_lies_there() {
    let reader = Reader::start();
    reader.emulator.fault(Fault::NotAnIdentityCard);
    reader.lay(&person(1));
    reader.check(&["CardFound", "Busy", "NotAnIdentityCard", "UserError"]);
    // It is tried again in silence; once it can be read, that is told.
    reader.emulator.fault(Fault::None);
    reader.check(&["CardFound", "Read", "Online"]);
    reader.emulator.fault(Fault::NotAnIdentityCard);
    reader.emulator.lift();
    reader.check(&["CardLifted"]);
}

#[test]
fn a_card_that_cannot_be_is_told_until_it_is_lifted() {
    let reader = Reader::start();
    reader.lay(&CardFields { number: "371002194803150011".to_owned(), ..person(1) });
    reader.check(&["CardFound", "Busy", "Nonsense", "UserError"]);
    reader.emulator.lift();
    reader.check(&["CardLifted", "Online"]);
    assert_eq!(reader.events.count("CardFound"), 1);
}

#[test]
fn a_reader_that_falls_silent_while_a_card_lies_there_remembers_it() {
    let reader = Reader::start();
    reader.lay(&person(1));
    reader.check(&READ);
    reader.emulator.fault(Fault::Silent);
    reader.check(&["Offline"]);
    reader.emulator.fault(Fault::None);
    reader.check(&["Online"]);
    reader.emulator.lift();
    reader.check(&["CardLifted"]);
    assert_eq!(reader.events.count("Read"), 1);
}

#[test]
fn unplugged_at_any_byte_of_a_read_it_gives_no_wrong_card_and_comes_back() {
    let reader = Reader::start();
    for byte in [0, 1, 4, 5, 7, 10, 13, 14, 15, 140, 269, 270, 700, 1293, 1294, 1295] {
        reader.emulator.unplug_at_read_byte(byte);
        reader.lay(&person(100 + u32::try_from(byte % 100).unwrap()));
        reader.events.until("NoDevice");
        let cut_reads = reader.events.count("Read");
        reader.emulator.lift();
        reader.emulator.replug();
        reader.events.until("Online");
        reader.lay(&person(500));
        reader.events.until("Read");
        reader.emulator.lift();
        reader.events.until("CardLifted");
        assert!(cut_reads == 0 || byte >= 1294, "read from {byte} bytes");
        reader.events.seen.borrow_mut().clear();
    }
}

#[test]
fn another_node_under_the_same_path_is_the_same_reader() {
    let reader = Reader::start();
    let before = std::fs::read_link(&reader.path).unwrap();
    // The old node cannot be given out again while this pair holds a number.
    reader.emulator.unplug();
    reader.check(&["NoDevice"]);
    wait_for("the link goes with the reader", || std::fs::symlink_metadata(&reader.path).is_err());
    let _taken = serialport::TTYPort::pair().unwrap();
    reader.emulator.replug();
    reader.check(&["Starting", "Online"]);
    assert_ne!(std::fs::read_link(&reader.path).unwrap(), before);
    reader.lay(&person(1));
    reader.check(&READ);
}

#[test]
fn a_link_that_is_pointed_elsewhere_is_followed() {
    let reader = Reader::start();
    let other = reader.path.with_file_name("other");
    let second = IdReaderEmulator::start(&other).unwrap();
    std::fs::rename(&other, &reader.path).unwrap();
    reader.check(&["NoDevice", "Starting", "Online"]);
    let image = person(7).image();
    *reader.events.expected.borrow_mut() = text::decode(image.text()).unwrap().into_card().ok();
    second.lay(image);
    reader.check(&READ);
}

/// A reader that sends the answer with an old card before every answer it owes, and left one on the line.
fn serve_with_stale_answers(mut master: serialport::TTYPort, old: &CardFields, new: &CardFields) {
    let stale = encode_answer(Status::Ok, &old.image().answer(false));
    let fresh = encode_answer(Status::Ok, &new.image().answer(false));
    let mut request = [0; 10];
    while master.read_exact(&mut request).is_ok() {
        let answer = match request[7..9] {
            [0x11, 0xFF] => encode_answer(Status::Ok, &[]),
            [0x20, 0x01] => encode_answer(Status::Found, &[0; 4]),
            [0x20, 0x02] => encode_answer(Status::Ok, &[0; 8]),
            [0x30, 0x01] => fresh.clone(),
            _ => encode_answer(Status::NoContent, &[]),
        };
        if request[7..9] != [0x30, 0x01] {
            master.write_all(&stale).unwrap();
        }
        master.write_all(&answer).unwrap();
    }
}

#[test]
fn an_old_answer_that_comes_late_is_not_taken() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("id-reader");
    let (mut master, slave) = serialport::TTYPort::pair().unwrap();
    std::os::unix::fs::symlink(slave.name().unwrap(), &path).unwrap();
    master.set_timeout(PATIENCE).unwrap();
    let (old, new) = (person(1), person(2));
    master.write_all(&encode_answer(Status::Ok, &old.image().answer(false))).unwrap();
    let (sink, events) = events();
    *events.expected.borrow_mut() = text::decode(new.image().text()).unwrap().into_card().ok();
    let driver = spawn_id_reader(IdReaderOptions { path, ..IdReaderOptions::default() }, sink);
    let reader = std::thread::spawn(move || serve_with_stale_answers(master, &old, &new));
    events.check(&["Starting", "Online", "CardFound", "Busy", "Read", "Online"]);
    driver.stop();
    drop(slave);
    reader.join().unwrap();
    assert_eq!(events.rest(), Vec::<String>::new());
}

#[test]
fn a_driver_that_takes_over_in_the_middle_of_a_read_tells_only_its_own_card() {
    let mut reader = Reader::start();
    reader.lay(&person(1));
    reader.events.until("Busy");
    reader.driver.take();
    reader.emulator.lift();
    let (sink, events) = events();
    let options = IdReaderOptions { path: reader.path.clone(), ..IdReaderOptions::default() };
    reader.driver = Some(spawn_id_reader(options, sink));
    reader.events = events;
    reader.check(&["Starting", "Online"]);
    reader.lay(&person(2));
    reader.check(&READ);
}

#[test]
fn a_reader_that_is_not_there_is_no_device_until_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("id-reader");
    let (sink, events) = events();
    let driver = spawn_id_reader(IdReaderOptions { path: path.clone(), ..IdReaderOptions::default() }, sink);
    events.check(&["NoDevice"]);
    let _emulator = IdReaderEmulator::start(&path).unwrap();
    events.check(&["Starting", "Online"]);
    driver.stop();
    assert_eq!(events.rest(), Vec::<String>::new());
}

#[test]
fn a_path_that_is_no_port_is_offline() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("id-reader");
    std::fs::write(&path, "no port").unwrap();
    let (sink, events) = events();
    let _driver = spawn_id_reader(IdReaderOptions { path, ..IdReaderOptions::default() }, sink);
    events.check(&["Offline"]);
}

#[test]
fn a_reader_speaks_for_itself() {
    let reader = Reader::start();
    reader.emulator.unplug();
    let event = reader.events.receiver.recv_timeout(PATIENCE).unwrap();
    assert_eq!(event, DeviceEvent::State(DeviceKind::IdReader, DeviceState::NoDevice));
}
