//! What technicians use: config, gallery, queue tools.
