//! The pages, one a file.

pub mod article;
pub mod ask;
pub mod coming;
pub mod engagement;
pub mod front;
pub mod network;
pub mod problem;
pub mod programs;
pub mod read;
pub mod search;
pub mod timeline;
pub mod who;
