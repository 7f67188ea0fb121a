//! What technicians use: config, gallery, queue, audit, places and hospitals tools.

pub mod audit;
pub mod config;
#[cfg(feature = "screen")]
pub mod gallery;
pub mod hospitals;
#[cfg(feature = "bus")]
pub mod ingest;
pub mod notices;
pub mod places;
pub mod queue;
pub mod receipt;
#[cfg(feature = "screen")]
pub mod screen_audit;
pub mod voice;

#[cfg(test)]
mod testing {
    //! What the tests of the tools share.

    use std::fmt::Display;

    use clap::{Args, Parser};

    #[derive(Parser)]
    struct Line<T: Args> {
        #[command(flatten)]
        options: T,
    }

    /// What a tool says to a line of arguments, be it an answer or why there is none.
    pub(super) fn said<T: Args, E: Display>(
        line: &[&str],
        run: impl FnOnce(&T, &mut Vec<u8>) -> Result<(), E>,
    ) -> String {
        let options = Line::<T>::try_parse_from([&["tool"], line].concat()).unwrap().options;
        let mut output = Vec::new();
        match run(&options, &mut output) {
            Ok(()) => String::from_utf8(output).unwrap(),
            Err(error) => error.to_string(),
        }
    }
}
