//! The clock of this browser.

use saluda_protocol::Millis;

pub(crate) fn now() -> Millis {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "milliseconds since 1970 are whole, positive and below 2^53"
    )]
    let now = js_sys::Date::now() as u64;
    Millis(now)
}
