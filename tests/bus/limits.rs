//! What the bus does not let through: a full stream, a foreign subject, a stranger, and the same record much later.

use std::sync::Arc;

use yibao_kiosk::delivery::bus::{BusConfig, BusProfile, KioskName, StreamLimits};
use yibao_kiosk::delivery::{DeliveryFailure, DeliveryProfile, Receipt};
use yibao_kiosk::ledger::Filter;

use crate::broker::{Broker, bare_client, limits, until};
use crate::kiosk::{Receiving, Working, agree, delivered, moment, name, queue};

#[tokio::test(flavor = "multi_thread")]
async fn a_full_stream_takes_nothing_and_drops_nothing() {
    let broker = Broker::start(1, StreamLimits { bytes_max: 2_000, ..limits() }).await;
    let folder = tempfile::tempdir().unwrap();
    let ledger = queue(folder.path(), 10);
    fill(&broker).await;
    let (held, last) = broker.state().await;
    assert!(held == last && held > 0, "{held} of {last} are still there");
    let working = Working::with_bus(&ledger, &broker);
    until("all were asked to wait", async || {
        let waiting = ledger.list(Filter::Unsent, 99).unwrap();
        let asked = waiting.iter().filter(|row| row.last_error.as_deref() == Some("the platform asked to wait"));
        (asked.count() >= 4).then_some(())
    })
    .await;
    assert_eq!((ledger.counts().unwrap().unsent(), broker.state().await), (20, (held, last)));
    let receiving = Receiving::start(&broker);
    delivered(&ledger, 20).await;
    working.stop().await;
    agree(&ledger, &receiving.store);
}

/// Publishes what is no record until the stream takes no more.
async fn fill(broker: &Broker) {
    let jetstream = bare_client(broker).await;
    until("the stream is full", async || {
        let publishing = jetstream.publish("kiosk.37.1002A003.rating", vec![b'.'; 200].into());
        publishing.await.unwrap().await.is_err().then_some(())
    })
    .await;
}

/// A kiosk with this name and this seed keeps its rows and says why.
async fn check_denied(kiosk: &str, seed: &str) {
    let broker = Broker::start(1, limits()).await;
    let folder = tempfile::tempdir().unwrap();
    let ledger = queue(folder.path(), 1);
    let receiving = Receiving::start(&broker);
    let foreign = KioskName::new("37", kiosk).unwrap();
    let profile = BusProfile::new(broker.config(seed), foreign.clone()).unwrap();
    let working = Working::start(&ledger, Arc::new(profile));
    until("it is said", async || {
        let said = ledger.list(Filter::Unsent, 9).unwrap();
        let written = said.iter().any(|row| row.last_error.as_deref().is_some_and(|why| why.contains("does not let")));
        // Whoever watches is told a moment after the ledger has it.
        let told = working.heard("Line { up: false }") > 0 && working.heard("Postponed") > 0;
        (written && told).then_some(())
    })
    .await;
    working.stop().await;
    assert_eq!(ledger.counts().unwrap().unsent(), 2);
    assert!(receiving.store.records(&foreign).unwrap().is_empty());
    assert_eq!(broker.state().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_subject_is_refused_and_reported() {
    check_denied("1002A004", "kiosk").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_is_refused_and_reported() {
    check_denied("1002A003", "stranger").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_again_after_the_servers_forgot_it_is_stored_once() {
    let broker = Broker::start(1, StreamLimits { duplicates_s: 1, ..limits() }).await;
    let folder = tempfile::tempdir().unwrap();
    let ledger = queue(folder.path(), 1);
    let receiving = Receiving::start(&broker);
    let profile = BusProfile::new(broker.config("kiosk"), name()).unwrap();
    let record = ledger.due(moment(), 1).unwrap().remove(0);
    // The receiver may still be connecting; the record waits for it in the stream.
    let first = until("the first receipt", async || profile.deliver(&record).await.ok()).await;
    assert_eq!(broker.state().await.1, 1, "one message: {first:?}");
    let again = Receipt { text: "stored earlier".into(), already: true };
    until("the servers take it again", async || {
        assert_eq!(profile.deliver(&record).await, Ok(again.clone()));
        (broker.state().await.1 > 1).then_some(())
    })
    .await;
    assert_eq!(receiving.store.records(&name()).unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn certificates_and_keys_are_asked_for_together() {
    let broker = Broker::start_with_tls().await;
    let folder = tempfile::tempdir().unwrap();
    let ledger = queue(folder.path(), 3);
    let receiving = Receiving::start(&broker);
    let record = ledger.due(moment(), 1).unwrap().remove(0);
    let whole = broker.config("kiosk");
    let without_certificate = BusConfig { certificate_file: None, certificate_key_file: None, ..whole.clone() };
    let without_authority = BusConfig { ca_file: None, ..whole.clone() };
    let without_key = BusConfig { nkey_file: None, ..whole };
    for config in [without_certificate, without_authority, without_key] {
        let outcome = BusProfile::new(config.clone(), name()).unwrap().deliver(&record).await;
        assert!(matches!(outcome, Err(DeliveryFailure::Transport(_))), "{config:?}: {outcome:?}");
    }
    assert!(receiving.store.records(&name()).unwrap().is_empty());
    let working = Working::with_bus(&ledger, &broker);
    delivered(&ledger, 6).await;
    working.stop().await;
    agree(&ledger, &receiving.store);
}
