//! Compiles the catalogues and the screens.

fn main() {}
