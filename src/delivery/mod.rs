//! From the outbox to the world: profiles, retry and lanes as pure rules. No screens, no devices.
