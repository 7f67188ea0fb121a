//! `kiosk voice`: what a voice pack must hold, whether one holds it, and a journey's speech as a file.

mod texts;

use std::io::{self, Write};

use clap::{Args, Subcommand, ValueEnum};

use crate::session::Language;

pub use texts::{TextList, WantedPiece, WantedUtterance};

/// What to do about the voice.
#[derive(Debug, Args)]
pub struct VoiceOptions {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Lists every text a voice pack must speak, for whoever records or makes one
    Texts {
        /// In which language
        #[arg(long, value_enum, default_value_t = Tongue::ZhCn)]
        language: Tongue,
        /// As JSON, with the sentences that group clips are cut out of
        #[arg(long)]
        json: bool,
    },
}

/// A language, as written on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Tongue {
    /// Mandarin
    #[value(name = "zh-CN")]
    ZhCn,
    /// English
    #[value(name = "en")]
    En,
}

impl Tongue {
    fn language(self) -> Language {
        match self {
            Self::ZhCn => Language::ZhCn,
            Self::En => Language::En,
        }
    }
}

/// Why a question about the voice has no answer.
#[derive(Debug, thiserror::Error)]
pub enum VoiceToolError {
    /// The output is gone.
    #[error("cannot write the answer: {0}")]
    Output(#[from] io::Error),
    /// The list does not become JSON.
    #[error("cannot write the list as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// Does what is asked.
///
/// # Errors
/// Says what is missing or wrong, and what to do.
pub fn run(options: &VoiceOptions, mut out: impl Write) -> Result<(), VoiceToolError> {
    match &options.task {
        Task::Texts { language, json } => {
            let list = TextList::of(language.language());
            if *json {
                serde_json::to_writer_pretty(&mut out, &list)?;
                writeln!(out)?;
            } else {
                for text in list.texts() {
                    writeln!(out, "{text}")?;
                }
            }
        }
    }
    Ok(())
}
