//! Calls staff by the program the site configured: a light, a bell, a message.

use std::process::{Command, Stdio};

/// Starts the configured program; nothing is passed to it but its own arguments.
pub(super) fn call(command: &[String]) {
    let Some((program, arguments)) = command.split_first() else {
        tracing::info!("help wanted; no staff call is configured");
        return;
    };
    let started = Command::new(program).args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).spawn();
    match started {
        // Waited for elsewhere, so that no finished child stays behind.
        Ok(mut child) => {
            std::thread::spawn(move || child.wait());
        }
        Err(error) => tracing::error!(program, %error, "the staff call does not start; check kiosk.staff_call"),
    }
}
