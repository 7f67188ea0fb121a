//! Who may die when: the broker, the leader of three, most of three, the receiver, the kiosk.

use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::Semaphore;
use yibao_kiosk::delivery::bus::BusProfile;
use yibao_kiosk::delivery::{DeliveryFailure, DeliveryProfile, Receipt};
use yibao_kiosk::ledger::{Filter, Record};

use crate::broker::{Broker, limits, until};
use crate::kiosk::{Receiving, Working, agree, delivered, name, open, queue};

#[tokio::test(flavor = "multi_thread")]
async fn every_record_arrives_once_and_leaves_the_servers() {
    let broker = Broker::start(1, limits()).await;
    let folder = tempfile::tempdir().unwrap();
    let ledger = queue(folder.path(), 20);
    let receiving = Receiving::start(&broker);
    let working = Working::with_bus(&ledger, &broker);
    delivered(&ledger, 40).await;
    working.stop().await;
    agree(&ledger, &receiving.store);
    assert_eq!(receiving.store.records(&name()).unwrap().len(), 40);
    until("the stream is empty", async || (broker.state().await == (0, 40)).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_killed_midway_loses_and_doubles_nothing() {
    let mut broker = Broker::start(1, limits()).await;
    let folder = tempfile::tempdir().unwrap();
    let ledger = queue(folder.path(), 60);
    let receiving = Receiving::start(&broker);
    let working = Working::with_bus(&ledger, &broker);
    delivered(&ledger, 20).await;
    broker.kill(0);
    until("the line is down", async || (working.heard("Line { up: false }") > 0).then_some(())).await;
    assert!(ledger.counts().unwrap().unsent() > 0, "it was killed midway");
    broker.run(0);
    delivered(&ledger, 120).await;
    assert!(working.heard("Line { up: true }") > 0);
    working.stop().await;
    agree(&ledger, &receiving.store);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_leader_of_three_killed_midway_loses_and_doubles_nothing() {
    let mut broker = Broker::start(3, limits()).await;
    let folder = tempfile::tempdir().unwrap();
    let ledger = queue(folder.path(), 60);
    let receiving = Receiving::start(&broker);
    let working = Working::with_bus(&ledger, &broker);
    delivered(&ledger, 20).await;
    let first = broker.leader().await;
    broker.kill(first);
    assert!(ledger.counts().unwrap().unsent() > 0, "it was killed midway");
    delivered(&ledger, 60).await;
    // Stopped before anything is asked that takes time, in which the rest would be delivered.
    working.stop().await;
    let unsent = ledger.counts().unwrap().unsent();
    assert!(unsent > 0, "nothing is left to be refused");
    let second = broker.leader().await;
    assert_ne!(first, second);
    // Without a majority nothing is taken, and the kiosk keeps what it has.
    broker.kill(second);
    let working = Working::with_bus(&ledger, &broker);
    until("nobody takes anything", async || (working.heard("Postponed") >= 6).then_some(())).await;
    assert_eq!((working.heard("Delivered"), ledger.counts().unwrap().unsent()), (0, unsent));
    broker.run(first);
    broker.run(second);
    delivered(&ledger, 120).await;
    working.stop().await;
    agree(&ledger, &receiving.store);
}

/// Gets the receipt and dies before the kiosk can write it down.
struct DiesWithReceipt {
    inner: BusProfile,
    receipts: Arc<Semaphore>,
}

#[async_trait]
impl DeliveryProfile for DiesWithReceipt {
    async fn deliver(&self, record: &Record) -> Result<Receipt, DeliveryFailure> {
        self.inner.deliver(record).await?;
        self.receipts.add_permits(1);
        std::future::pending().await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kiosk_killed_between_receipt_and_its_own_commit_sends_again_to_no_effect() {
    let broker = Broker::start(1, limits()).await;
    let folder = tempfile::tempdir().unwrap();
    let ledger = queue(folder.path(), 10);
    let receiving = Receiving::start(&broker);
    let receipts = Arc::new(Semaphore::new(0));
    let inner = BusProfile::new(broker.config("kiosk"), name()).unwrap();
    let working = Working::start(&ledger, Arc::new(DiesWithReceipt { inner, receipts: Arc::clone(&receipts) }));
    // As many as the worker sends at the same time.
    until("receipts", async || (receipts.available_permits() == 4).then_some(())).await;
    working.stop().await;
    assert_eq!((ledger.counts().unwrap().delivered, receiving.store.records(&name()).unwrap().len()), (0, 4));
    drop(ledger);

    let ledger = open(folder.path());
    let working = Working::with_bus(&ledger, &broker);
    delivered(&ledger, 20).await;
    assert_eq!(working.heard("already: true"), 4);
    working.stop().await;
    agree(&ledger, &receiving.store);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kiosk_killed_between_acknowledgement_and_receipt_sends_again_to_no_effect() {
    let broker = Broker::start(1, limits()).await;
    let folder = tempfile::tempdir().unwrap();
    let ledger = queue(folder.path(), 10);
    // Nobody receives yet: the bus acknowledges, and that must not count.
    let working = Working::with_bus(&ledger, &broker);
    until("acknowledged", async || (broker.state().await.0 == 10).then_some(())).await;
    working.stop().await;
    assert_eq!(ledger.counts().unwrap().delivered, 0, "an acknowledgement is no receipt");
    drop(ledger);

    let receiving = Receiving::start(&broker);
    let ledger = open(folder.path());
    let working = Working::with_bus(&ledger, &broker);
    delivered(&ledger, 20).await;
    working.stop().await;
    agree(&ledger, &receiving.store);
    assert_eq!(broker.state().await.1, 20, "the bus knew what was sent again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_restarts_has_everything_once() {
    let broker = Broker::start(1, limits()).await;
    let folder = tempfile::tempdir().unwrap();
    let ledger = queue(folder.path(), 40);
    let working = Working::with_bus(&ledger, &broker);
    for stage in [10, 30, 50] {
        let receiving = Receiving::start(&broker);
        delivered(&ledger, stage).await;
        drop(receiving);
    }
    let receiving = Receiving::start(&broker);
    delivered(&ledger, 80).await;
    working.stop().await;
    agree(&ledger, &receiving.store);
    assert!(ledger.list(Filter::Unsent, 1).unwrap().is_empty());
}
