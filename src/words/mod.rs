//! The Fluent catalogues: what is shown and what is spoken.
