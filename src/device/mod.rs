//! One folder a peripheral: pure protocol, driver, emulator. No platform, no ledger, no screens.
