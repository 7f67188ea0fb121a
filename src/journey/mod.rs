//! What a resident does, on top of the session's vocabulary. No ports, no SQL, no widgets.
