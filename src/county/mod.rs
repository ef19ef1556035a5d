//! The county: its towns, its boundary, where its people live and how often they call for help.

pub mod synthesis;
