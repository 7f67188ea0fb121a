//! From meaning to sound. No screens.
