//! What the owner of a site chose.

use saluda_protocol::Millis;

use super::site;
use crate::{Expected, SeenOrigin, Store, Unchanged};

/// See the name.
pub async fn refuses_settings_over_what_someone_else_chose(store: &dyn Store) {
    let seen = site(1, "shop");
    assert!(store.add_site(seen.clone(), None).await.unwrap());
    let seen = store.site(seen.id).await.unwrap().unwrap();
    let named = |name: &str| crate::Site {
        name: name.to_owned(),
        ..seen.clone()
    };
    let expected = Expected::Revision(seen.revision);

    // Two people at once: one of them is told, whichever it is.
    let (one, other) = tokio::join!(
        store.save_site(named("One"), expected, None),
        store.save_site(named("Other"), expected, None),
    );
    let (one, other) = (one.unwrap(), other.unwrap());
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    assert_eq!(one.and(other), Err(Unchanged::Conflict));
    let kept = store.site(seen.id).await.unwrap().unwrap();
    assert_eq!(kept.name, if one.is_ok() { "One" } else { "Other" });
    assert_eq!(kept.revision, one.or(other).unwrap());

    let again = store.save_site(named("Again"), Expected::Revision(kept.revision), None);
    let revision = again.await.unwrap().unwrap();
    assert!(revision > kept.revision);
    let anyhow = store.save_site(named("Anyhow"), Expected::Any, None).await;
    assert!(anyhow.unwrap().unwrap() > revision);

    let nobody = store
        .save_site(site(2, "none"), expected, None)
        .await
        .unwrap();
    assert_eq!(nobody, Err(Unchanged::NotFound));
    let late = store
        .save_site(named("Late"), Expected::Nothing, None)
        .await;
    assert_eq!(late.unwrap(), Err(Unchanged::Conflict));
    let kept = store.site(seen.id).await.unwrap().unwrap();
    assert_eq!(kept.name, "Anyhow");
}

/// See the name.
pub async fn remembers_on_which_origins_a_site_was_seen(store: &dyn Store) {
    let (mut shop, school) = (site(1, "shop"), site(2, "school"));
    shop.origins = vec!["https://b.example".into(), "https://a.example".into()];
    for site in [&shop, &school] {
        assert!(store.add_site(site.clone(), None).await.unwrap());
    }
    let seen = |origin: &str, first: u64, last: u64| SeenOrigin {
        origin: origin.to_owned(),
        first_at: Millis(first),
        last_at: Millis(last),
    };
    // Another process may be late.
    for (origin, hour) in [
        ("https://b.example", 5),
        ("https://b.example", 9),
        ("https://b.example", 7),
        ("https://a.example", 6),
    ] {
        let noted = store.see_origin(shop.id, origin, Millis(hour)).await;
        noted.unwrap();
    }
    assert_eq!(
        store.origins_seen(shop.id).await.unwrap(),
        [
            seen("https://a.example", 6, 6),
            seen("https://b.example", 5, 9)
        ]
    );
    assert_eq!(store.origins_seen(school.id).await.unwrap(), []);

    shop.origins = vec!["https://a.example".into(), "https://c.example".into()];
    assert!(store.update_site(shop.clone()).await.unwrap());
    assert_eq!(
        store.origins_seen(shop.id).await.unwrap(),
        [seen("https://a.example", 6, 6)]
    );
}
