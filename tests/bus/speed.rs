//! A backlog through the real worker against the same records published by a bare client in the same run.
//!
//! The worker does more on purpose: it waits for a committed receipt and commits it in the kiosk's ledger. No time is
//! asserted; the figures of a long run stand in `docs/reliability.md`.

use std::time::{Duration, Instant};

use async_nats::jetstream;
use async_nats::jetstream::message::PublishMessage;
use futures_util::{StreamExt, TryStreamExt};

use crate::broker::{Broker, bare_client, limits};
use crate::kiosk::{Receiving, Working, agree, moment, name, open, rating};

const USUAL_BACKLOG: u64 = 200;
/// As many as the worker has on their way at the same time.
const IN_FLIGHT: usize = 32;
const DELIVERY_MAX: Duration = Duration::from_secs(1_800);

fn rate(count: u64, since: Instant) -> f64 {
    count as f64 / since.elapsed().as_secs_f64()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backlog_is_delivered_by_the_worker_and_by_a_bare_client() {
    let count = std::env::var("KIOSK_BUS_BACKLOG").map_or(USUAL_BACKLOG, |text| text.parse().expect("a number"));
    let broker = Broker::start(1, limits()).await;
    let folder = tempfile::tempdir().unwrap();
    let ledger = open(folder.path());
    for number in 0..count {
        ledger.keep(&rating(number), moment()).unwrap();
    }
    let receiving = Receiving::start(&broker);
    let began = Instant::now();
    let working = Working::with_bus(&ledger, &broker);
    while (working.heard("Delivered") as u64) < count {
        assert!(began.elapsed() < DELIVERY_MAX, "{:?}", ledger.counts());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let worker_rate = rate(count, began);
    working.stop().await;
    agree(&ledger, &receiving.store);

    let bodies: Vec<Vec<u8>> =
        receiving.store.records(&name()).unwrap().into_iter().map(|record| record.body).collect();
    drop(receiving);
    for in_flight in [1, 4, IN_FLIGHT] {
        let bare_rate = publish_bare(&broker, &bodies, in_flight).await;
        println!(
            "{count} ratings: worker with receipts {worker_rate:.0}/s, bare client with {in_flight} in flight {bare_rate:.0}/s, ratio {:.2}",
            worker_rate / bare_rate
        );
    }
}

/// The rate at which a client without ledger and receipts gets its acknowledgements.
async fn publish_bare(broker: &Broker, bodies: &[Vec<u8>], in_flight: usize) -> f64 {
    let jetstream = bare_client(broker).await;
    let began = Instant::now();
    let publish = |(number, body): (usize, &Vec<u8>)| {
        let message =
            PublishMessage::build().payload(body.clone().into()).message_id(format!("bare-{in_flight}-{number}"));
        let jetstream = jetstream.clone();
        async move { jetstream.send_publish("kiosk.37.1002A003.rating", message).await?.await }
    };
    let sent = futures_util::stream::iter(bodies.iter().enumerate()).map(publish).buffer_unordered(in_flight);
    let acknowledged: Vec<_> = sent.try_collect().await.unwrap();
    assert!(acknowledged.iter().all(|ack: &jetstream::publish::PublishAck| !ack.duplicate));
    rate(bodies.len() as u64, began)
}
