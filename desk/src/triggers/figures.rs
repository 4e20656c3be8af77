//! Numbers of people, and what part of those who saw a greeting they are.

use leptos::prelude::*;

use crate::intl;
use crate::texts::locale;

/// A number, with its share of another one beneath.
#[component]
pub(crate) fn Figure(count: u64, #[prop(optional_no_strip)] of: Option<u64>) -> impl IntoView {
    let share = of.and_then(|whole| share(count, whole));
    view! {
        <span class="figure" class:none=count == 0>{number(count)}</span>
        {share.map(|share| view! { <span class="share">{intl::percent(&locale(), share)}</span> })}
    }
}

/// A number as people write it where the agent is.
pub(crate) fn number(count: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "exact below 2^53")]
    let count = count as f64;
    intl::number(&locale(), count)
}

/// The share of a whole, from 0 to 1. None when there is nothing to compare.
fn share(count: u64, whole: u64) -> Option<f64> {
    if whole == 0 || count == 0 {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "two digits are shown")]
    let share = count as f64 / whole as f64;
    // Someone may answer what they saw in a version that is not counted here.
    Some(share.min(1.0))
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn a_share_needs_something_to_compare() {
        assert_eq!(share(1, 4), Some(0.25));
        assert_eq!(share(0, 4), None);
        assert_eq!(share(1, 0), None);
        assert_eq!(share(5, 4), Some(1.0));
    }
}
