//! The one loop: events in, effects out; threads, channels, shutdown. No rules of the trade.

mod asker;
mod clock;
mod doors;
mod keeper;
mod kiosk;
mod mail;
mod staff;
mod start;

pub use clock::Clock;
pub use doors::{NoScreen, ScreenDoor, Watch, Watched};
pub use mail::Post;
pub use start::{Kiosk, StartError};
