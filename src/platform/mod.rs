//! The insurance platform's trait, the national interface, and the strict embedded stand-in. No devices, no screens.
