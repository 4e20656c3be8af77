//! Numbers as people write them.

/// Writes a whole number without a fraction: `3`, not `3.0`.
///
/// # Errors
///
/// Those of the serializer.
pub fn short<S: serde::Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "only taken when nothing is cut off"
    )]
    let whole = *number as i64;
    #[expect(
        clippy::cast_precision_loss,
        clippy::float_cmp,
        reason = "whether it is the same number is what is asked"
    )]
    if whole as f64 == *number && whole.unsigned_abs() < 1 << 53 {
        serializer.serialize_i64(whole)
    } else {
        serializer.serialize_f64(*number)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn whole_numbers_have_no_fraction() {
        let written = |number: f64| {
            let mut out = Vec::new();
            super::short(&number, &mut serde_json::Serializer::new(&mut out)).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(written(3.0), "3");
        assert_eq!(written(-1.0), "-1");
        assert_eq!(written(2.5), "2.5");
        assert_eq!(written(1e300), "1e+300");
        assert_eq!(written(f64::NAN), "null");
    }
}
