//! The one loop: events in, effects out; threads, channels, shutdown. No rules of the trade.

mod asker;
mod clock;
#[cfg(feature = "screen")]
mod console;
mod doors;
mod hospital_desk;
mod ink_reader;
pub(crate) mod keeper;
mod kiosk;
mod mail;
#[cfg(feature = "screen")]
pub mod notice_board;
pub mod rehearsal;
mod sealer;
mod staff;
pub mod stand;
mod start;
#[cfg(feature = "screen")]
pub mod visit;

pub use clock::Clock;
#[cfg(feature = "screen")]
pub use console::Console;
pub use doors::{NoScreen, ScreenDoor, StillAt, Watch, Watched};
pub use mail::{Mailbox, Post};
pub use start::{Kiosk, StartError};
