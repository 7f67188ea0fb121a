//! The command line.

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Self-service terminal for medical-insurance halls.
#[derive(Debug, Parser)]
#[command(name = "kiosk", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Draws every screen in every mode to PNG files.
    #[cfg(feature = "screen")]
    Gallery(yibao_kiosk::maintenance::gallery::GalleryOptions),
}

fn main() -> Result<()> {
    match Cli::parse().command {
        #[cfg(feature = "screen")]
        Command::Gallery(options) => {
            let count = yibao_kiosk::maintenance::gallery::run(&options)?;
            println!("{count} pictures in {}", options.out.display());
            Ok(())
        }
    }
}
