//! What reading takes.

use super::item::Reader;
use super::transport::Transport;

/// What reading takes.
#[derive(Clone, Copy)]
pub(super) struct Way<'a> {
    pub(super) transport: &'a Transport,
    pub(super) reader: Reader<'a>,
}
