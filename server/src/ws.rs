//! Sockets: one task each, which reads frames, hears the bus, and writes.
//!
//! Nothing is buffered for a slow reader beyond the bus's short queue. When
//! that overflows, the task reads from the database what the reader missed,
//! because it knows the number the reader stands at.

pub(crate) mod agent;
mod link;
pub(crate) mod visitor;

use saluda_protocol::ErrorCode;

use crate::refusal::Refusal;
pub(crate) use link::Socket;
use link::{Close, Link};

/// Closes a desk's socket nobody is signed in for.
pub(crate) async fn refuse(socket: Socket) {
    Link::new(socket).close(Close::SignedOut).await;
}

/// What a client is told that sent something that is no frame.
fn senseless() -> Refusal {
    Refusal::new(ErrorCode::Malformed, "this frame makes no sense here")
}

/// A socket that is counted while it is open.
struct Counted(metrics::Gauge);

fn count(side: &'static str) -> Counted {
    let open = metrics::gauge!("saluda_sockets", "side" => side);
    open.increment(1);
    Counted(open)
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.decrement(1);
    }
}
