use serde_json::json;

use super::*;

const NOW: Millis = Millis(1_795_284_000_000);
const SECRET: &str = "saluda_identity_kZ0oXnqY1mB4p9w2";

fn secrets() -> Vec<Secret> {
    let one = |n: u8, secret: &str| Secret {
        id: SecretId::from_random([n; 16]),
        site: SiteId::from_random([1; 16]),
        secret: secret.to_owned(),
        created_at: Millis(1),
    };
    vec![one(1, "saluda_identity_another"), one(2, SECRET)]
}

fn sign(header: &Value, claims: &Value, secret: &str) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(header), part(claims));
    let signature = URL_SAFE_NO_PAD.encode(secret::sign(secret, &signed));
    format!("{signed}.{signature}")
}

fn claims() -> Value {
    json!({ "sub": "u-42", "jti": "one", "exp": NOW.0 / 1000 + 300 })
}

fn refused(header: &Value, claims: &Value) -> Unidentified {
    read(&sign(header, claims, SECRET), &secrets(), NOW).unwrap_err()
}

fn hs256() -> Value {
    json!({ "alg": "HS256", "typ": "JWT" })
}

#[test]
fn what_the_owner_signed_is_read() {
    let claims = json!({
        "sub": 42, "jti": "one", "exp": NOW.0 / 1000 + 300, "iat": NOW.0 / 1000,
        "email": "ines@cafelargo.pt", "name": " Inês\u{7} ", "iss": "alba",
        "attributes": { "plan": "pro", "seats": 3, "trial": false, "deep": { "a": 1 }, "none": null },
    });
    let signed = read(&sign(&hs256(), &claims, SECRET), &secrets(), NOW).unwrap();
    assert_eq!(signed.token, "one");
    assert_eq!(signed.expires_at, Millis(NOW.0 + 300_000));
    let identity = signed.identity;
    assert_eq!(identity.user, "42");
    assert_eq!(identity.email.unwrap().as_str(), "ines@cafelargo.pt");
    assert_eq!(identity.name.as_deref(), Some("Inês"));
    let attributes: Vec<_> = identity.attributes.into_iter().collect();
    let expected = [("plan", "pro"), ("seats", "3"), ("trial", "false")];
    assert_eq!(
        attributes,
        expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
}

#[test]
fn both_secrets_are_good_and_no_other_is() {
    for (secret, good) in [
        (SECRET, true),
        ("saluda_identity_another", true),
        ("guess", false),
    ] {
        let token = sign(&hs256(), &claims(), secret);
        assert_eq!(read(&token, &secrets(), NOW).is_ok(), good, "{secret}");
    }
    let token = sign(&hs256(), &claims(), SECRET);
    assert_eq!(read(&token, &[], NOW), Err(Unidentified::NoSecret));
}

#[test]
fn no_other_algorithm_is_taken_and_none_neither() {
    for alg in ["none", "None", "HS512", "RS256", "hs256", ""] {
        let header = json!({ "alg": alg });
        assert_eq!(
            refused(&header, &claims()),
            Unidentified::Algorithm,
            "{alg}"
        );
    }
    let token = sign(&hs256(), &claims(), SECRET);
    let (signed, _) = token.rsplit_once('.').unwrap();
    let unsigned = read(&format!("{signed}."), &secrets(), NOW);
    assert_eq!(unsigned, Err(Unidentified::Signature));
}

#[test]
fn whatever_is_changed_is_noticed() {
    let token = sign(&hs256(), &claims(), SECRET);
    let other = sign(&hs256(), &json!({ "sub": "u-1" }), "guess");
    let [header, claims, signature] = token.split('.').collect::<Vec<_>>()[..] else {
        panic!("{token}");
    };
    let theirs = other.split('.').nth(1).unwrap();
    let changed = format!("{header}.{theirs}.{signature}");
    assert_eq!(
        read(&changed, &secrets(), NOW),
        Err(Unidentified::Signature)
    );
    let short = format!("{header}.{claims}.{}", &signature[..20]);
    assert_eq!(read(&short, &secrets(), NOW), Err(Unidentified::Signature));
}

#[test]
fn a_token_is_good_for_an_hour_at_most_and_not_after_its_end() {
    let with = |name: &str, seconds: i64| {
        let mut claims = claims();
        claims[name] = json!(i64::try_from(NOW.0 / 1000).unwrap() + seconds);
        read(&sign(&hs256(), &claims, SECRET), &secrets(), NOW).err()
    };
    assert_eq!(with("exp", 1), None);
    assert_eq!(with("exp", 3600), None);
    assert_eq!(with("exp", 0), Some(Unidentified::Expired));
    assert_eq!(with("exp", -1), Some(Unidentified::Expired));
    assert_eq!(with("exp", 3661), Some(Unidentified::TooLong));
    assert_eq!(with("nbf", 59), None);
    assert_eq!(with("nbf", 120), Some(Unidentified::Early));
}

#[test]
fn what_makes_no_sense_is_refused() {
    for (name, value, why) in [
        ("sub", json!(null), Unidentified::Claims),
        ("sub", json!(" "), Unidentified::Claims),
        ("sub", json!("a\nb"), Unidentified::Claims),
        ("sub", json!("x".repeat(201)), Unidentified::Claims),
        ("jti", json!(""), Unidentified::Claims),
        ("exp", json!("soon"), Unidentified::Claims),
        ("exp", json!(1e300), Unidentified::TooLong),
        ("exp", json!(-1e300), Unidentified::Expired),
        ("email", json!("ines"), Unidentified::Email),
        ("attributes", json!([1]), Unidentified::Claims),
    ] {
        let mut claims = claims();
        claims[name] = value.clone();
        assert_eq!(refused(&hs256(), &claims), why, "{name}: {value}");
    }
    for missing in ["sub", "jti", "exp"] {
        let mut claims = claims();
        claims.as_object_mut().unwrap().remove(missing);
        assert_eq!(
            refused(&hs256(), &claims),
            Unidentified::Claims,
            "{missing}"
        );
    }
    let long = format!("{}.{}.c", "a".repeat(3_000), "b".repeat(3_000));
    for token in ["", "a", "a.b", "a.b.c", "a.b.c.d", "é.b.c", "..", &long] {
        let refused = read(token, &secrets(), NOW);
        assert_eq!(refused, Err(Unidentified::Malformed), "{token}");
    }
}

proptest::proptest! {
    #[test]
    fn nobody_is_identified_by_what_was_not_signed(
        head in "[A-Za-z0-9_=-]{0,40}|eyJhbGciOiJIUzI1NiJ9|eyJhbGciOiJub25lIn0",
        claims in "[A-Za-z0-9_=-]{0,80}",
        signature in "[A-Za-z0-9_=-]{0,43}",
        any in proptest::prelude::any::<String>(),
    ) {
        for token in [format!("{head}.{claims}.{signature}"), any] {
            assert!(read(&token, &secrets(), NOW).is_err(), "{token}");
        }
    }
}

#[test]
fn what_the_document_shows_is_read() {
    let document = include_str!("../../../docs/identity.md");
    let token = document.split("```text\n").nth(1).unwrap();
    let token = token.split("```").next().unwrap().trim();
    let mut secrets = secrets();
    "saluda_identity_for-documentation-only".clone_into(&mut secrets[0].secret);
    let signed = read(token, &secrets, NOW).unwrap();
    assert_eq!(signed.identity.user, "u-42");
    assert_eq!(signed.identity.name.as_deref(), Some("Inês Nogueira"));
    assert_eq!(signed.token, "5d1f0c9ab2e34477");
}
