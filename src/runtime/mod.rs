//! The one loop: events in, effects out; threads, channels, shutdown. No rules of the trade.
