use super::*;
use crate::files::Files;
use crate::settings::Settings;
use crate::testing::bucket::{KEY, NAME, SECRET};
use crate::testing::{Scene, bucket};

fn files(settings: BucketSettings) -> Files {
    let settings = Settings {
        bucket: Some(settings),
        ..Settings::default()
    };
    Files::open(&settings).unwrap()
}

#[tokio::test]
async fn what_is_wrong_with_a_bucket_is_said_at_the_start() {
    let mut there = bucket::Bucket::start().await;
    let endpoint = there.endpoint();
    let right = (KEY, SECRET);
    for (name, key, says) in [
        (NAME, right, Ok(())),
        (NAME, (KEY, "another"), Err("SignatureDoesNotMatch")),
        (NAME, ("another", SECRET), Err("look at `s3_key`")),
        ("none", right, Err("there is no bucket `none`; make it")),
    ] {
        let files = files(BucketSettings::new((name, "a/b"), &endpoint, key));
        let probed = files.probe().await;
        let said = probed.map_err(|error| {
            assert!(!error.is_outage(), "{error}");
            error.to_string()
        });
        match says {
            Ok(()) => assert_eq!(said, Ok(())),
            Err(part) => assert!(
                said.as_ref().is_err_and(|it| it.contains(part)),
                "{name}: {said:?}"
            ),
        }
        let said = said.err().unwrap_or_default();
        assert!(!said.contains(SECRET) && !said.contains("a/b"), "{said}");
    }
    // Nothing of it is left.
    assert!(!there.of("a/b/probe").exists());

    there.end().await;
    let gone = files(BucketSettings::of(&there)).probe().await.unwrap_err();
    assert!(gone.is_outage(), "{gone}");
    let said = gone.to_string();
    assert!(
        said.contains("refused") && said.contains("`s3_endpoint`"),
        "{said}"
    );
}

#[tokio::test]
async fn tls_is_spoken_where_the_address_says_so() {
    let there = bucket::Bucket::start().await;
    // It speaks none: the client hangs up at its first words.
    let endpoint = there.endpoint().replace("http:", "https:");
    let files = files(BucketSettings::new((NAME, ""), &endpoint, (KEY, SECRET)));
    let said = files.probe().await.unwrap_err().to_string();
    assert!(said.contains("cannot be reached"), "{said}");
    assert!(said.contains("corrupt message"), "{said}");
}

#[tokio::test]
async fn what_others_keep_in_a_bucket_is_left_alone() {
    let scene = Scene::with_bucket().await;
    let bucket = scene.bucket.as_ref().unwrap();
    std::fs::write(bucket.of("theirs"), "theirs").unwrap();
    std::fs::create_dir_all(bucket.of("files/deeper")).unwrap();
    std::fs::write(bucket.of("files/deeper/theirs"), "theirs").unwrap();
    let id = saluda_protocol::FileId::secret([1; 16]);
    scene.put(Name::File(id), b"ours").await;
    let sizes = scene.app.files.sizes().await.unwrap();
    assert_eq!(sizes, HashMap::from([(id.to_string(), 4)]));
    assert!(bucket.of(&format!("files/{id}")).exists());
    // Twice is once.
    for _ in 0..2 {
        scene.app.files.remove(id).await.unwrap();
    }
    assert!(!bucket.of(&format!("files/{id}")).exists());
    assert!(bucket.of("theirs").exists());
}
