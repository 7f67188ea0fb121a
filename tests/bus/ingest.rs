//! The two programs with the bus in their configuration: `kiosk ingest` as a process, over TLS, killed in the middle
//! of its work, and a whole kiosk.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

use yibao_kiosk::delivery::bus::Store;
use yibao_kiosk::maintenance::config::VoiceEngine;
use yibao_kiosk::runtime::stand::Stand;
use yibao_kiosk::runtime::{Kiosk, Mailbox, NoScreen};

use crate::broker::{Broker, DEADLINE, limits, until};
use crate::kiosk::{Receiving, Working, agree, delivered, open, queue};

/// The receiver's process. It is killed when it is dropped.
struct Ingest(Child);

impl Ingest {
    fn start(broker: &Broker) -> Self {
        let bus = broker.config("receiver");
        let path = |path: Option<std::path::PathBuf>| path.unwrap().display().to_string();
        let text = format!(
            "[bus]\nservers = {:?}\nnkey_file = {:?}\nca_file = {:?}\ncertificate_file = {:?}\n\
             certificate_key_file = {:?}\n[store]\npath = {:?}\nkey_path = {:?}\nredelivery_s = 2\n",
            bus.servers,
            path(bus.nkey_file),
            path(bus.ca_file),
            path(bus.certificate_file),
            path(bus.certificate_key_file),
            broker.path("received.db"),
            broker.path("received.key"),
        );
        fs::write(broker.path("ingest.toml"), text).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_kiosk"));
        command.args(["ingest", "--config"]).arg(broker.path("ingest.toml"));
        Self(command.env("RUST_LOG", "error").stdout(Stdio::null()).spawn().unwrap())
    }

    /// SIGTERM, as a service manager ends it.
    async fn stop(mut self) {
        let asked = Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status().unwrap();
        assert!(asked.success());
        let ended = until("the receiver ends", async || self.0.try_wait().unwrap()).await;
        assert!(ended.success(), "{ended}");
    }
}

impl Drop for Ingest {
    fn drop(&mut self) {
        // Already gone where it was stopped.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ingest_program_killed_over_tls_has_everything_once_and_unreadable() {
    let broker = Broker::start_with_tls().await;
    let folder = tempfile::tempdir().unwrap();
    let ledger = queue(folder.path(), 40);
    let working = Working::with_bus(&ledger, &broker);
    for stage in [10, 40] {
        let ingest = Ingest::start(&broker);
        delivered(&ledger, stage).await;
        drop(ingest);
    }
    let ingest = Ingest::start(&broker);
    delivered(&ledger, 80).await;
    working.stop().await;
    ingest.stop().await;
    agree(&ledger, &Store::open(&broker.path("received.db"), &broker.path("received.key")).unwrap());
    let bytes = fs::read(broker.path("received.db")).unwrap();
    assert!(!bytes.windows(4).any(|window| window == b"37T0"), "nothing can be read without the key");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kiosk_with_a_bus_in_its_configuration_delivers_over_it() {
    let broker = Broker::start(1, limits()).await;
    let receiving = Receiving::start(&broker);
    let folder = tempfile::tempdir().unwrap();
    drop(queue(folder.path(), 5));
    let (bus, data) = (broker.config("kiosk"), folder.path().to_owned());
    // A kiosk has a runtime of its own, which does not end inside another.
    let kiosk = tokio::task::spawn_blocking(move || {
        let stand = Stand::start(&data).unwrap();
        let mut config = stand.config().unwrap();
        (config.bus, config.voice.engine) = (Some(bus), VoiceEngine::None);
        let kiosk = Kiosk::start(&config, Arc::new(NoScreen), Mailbox::default()).unwrap();
        let began = Instant::now();
        while kiosk.ledger().counts().unwrap().unsent() > 0 {
            assert!(began.elapsed() < DEADLINE, "{:?}", kiosk.ledger().counts());
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        assert_eq!(stand.platform().ratings().len(), 0, "nothing goes straight to the rating system");
    });
    kiosk.await.unwrap();
    agree(&open(folder.path()), &receiving.store);
}
