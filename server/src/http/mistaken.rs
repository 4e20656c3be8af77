//! What is answered to a form with mistakes.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use saluda_protocol::ErrorCode;
use saluda_protocol::studio::Mistake;
use serde::Serialize;

/// All mistakes, beside the error that they are.
#[derive(Serialize)]
struct Mistaken {
    code: ErrorCode,
    message: &'static str,
    mistakes: Vec<Mistake>,
}

/// `message` says what has them, and what became of it.
pub(super) fn answer(message: &'static str, mistakes: Vec<Mistake>) -> Response {
    let body = Mistaken {
        code: ErrorCode::Mistakes,
        message,
        mistakes,
    };
    (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response()
}
