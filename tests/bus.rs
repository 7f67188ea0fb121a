//! The fleet bus against real NATS servers on the loopback, one and three, on the configuration that is shipped:
//! brokers and kiosks die at bad moments, and the two ledgers agree in the end.
//!
//! `install/nats-server.sh` puts the server where this finds it; `KIOSK_NATS_SERVER` names another.
//! `KIOSK_BUS_BACKLOG` sets how many ratings the comparison with a bare client delivers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test fails the test")]

#[path = "bus/broker.rs"]
mod broker;
#[path = "bus/deaths.rs"]
mod deaths;
#[path = "bus/ingest.rs"]
mod ingest;
#[path = "bus/kiosk.rs"]
mod kiosk;
#[path = "bus/limits.rs"]
mod limits;
#[path = "bus/speed.rs"]
mod speed;
