//! Lengths of time.

use saluda_protocol::Span;

use super::mistake::{Complaint, MistakeKind};

/// Ten years. What is longer is for ever.
const LONGEST: Span = Span(3_650 * 24 * 60 * 60 * 1_000);

/// Reads a length of time.
pub(super) fn parse(text: &str) -> Result<Span, Complaint> {
    match text.parse::<Span>() {
        Ok(span) if span.0 <= LONGEST.0 => Ok(span),
        Ok(_) => Err(too_long()),
        Err(_) if digits_and_unit(text) => Err(too_long()),
        Err(_) => Err(Complaint::new(
            MistakeKind::InvalidSpan,
            format!(
                "`{}` is no length of time; write a whole number and `s`, `m`, `h` or `d`, such \
                 as `30s`",
                super::reader::short(text)
            ),
        )),
    }
}

/// One that is longer than nothing.
pub(super) fn positive(span: Span) -> Result<Span, Complaint> {
    if span.0 == 0 {
        return Err(Complaint::new(
            MistakeKind::OutOfRange,
            "this length of time should be at least `1s`",
        ));
    }
    if span.0 > LONGEST.0 {
        return Err(too_long());
    }
    Ok(span)
}

fn too_long() -> Complaint {
    Complaint::new(
        MistakeKind::OutOfRange,
        format!("this length of time should be at most `{LONGEST}`"),
    )
}

/// Whether only the number is too large to be one.
fn digits_and_unit(text: &str) -> bool {
    let digits = text.strip_suffix(['s', 'm', 'h', 'd']);
    digits.is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}
