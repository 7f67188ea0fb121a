//! The ledger over real SQLite files, and its delivery over real HTTP or in virtual time.
//!
//! Everything here crosses a boundary: disk, process, socket. Pure rules are tested beside their module.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test fails the test")]

#[path = "ledger/audit.rs"]
mod audit;
#[path = "ledger/carry.rs"]
mod carry;
#[path = "ledger/delivery.rs"]
mod delivery;
#[path = "ledger/disk.rs"]
mod disk;
#[path = "ledger/kill.rs"]
mod kill;
#[path = "ledger/program.rs"]
mod program;
#[path = "ledger/promises.rs"]
mod promises;
#[path = "ledger/support.rs"]
mod support;
#[path = "ledger/wire.rs"]
mod wire;
