use super::*;

#[test]
fn a_flag_is_stronger_than_the_file_and_the_file_than_nothing() {
    let flags = Given {
        database: Some("flag.db".into()),
        ..Given::default()
    };
    let file: Given = toml::from_str(
        "database = 'file.db'\nlisten = '0.0.0.0:80'\npublic_url = 'https://Chat.example/'",
    )
    .unwrap();
    let settings = merge(flags, file).unwrap();
    assert_eq!(settings.database, Path::new("flag.db"));
    assert_eq!(settings.files, Path::new("flag.files"));
    assert_eq!(settings.listen.port(), 80);
    assert_eq!(settings.public_url.as_deref(), Some("https://chat.example"));
    assert_eq!(settings.log, "info");
}

#[test]
fn files_lie_beside_the_database_unless_told_otherwise() {
    let given = |toml| merge(Given::default(), toml::from_str(toml).unwrap()).unwrap();
    assert_eq!(given("").files, Path::new("saluda.files"));
    let settings = given("database = '/var/lib/saluda/chat.db'");
    assert_eq!(settings.files, Path::new("/var/lib/saluda/chat.files"));
    assert_eq!(given("files = '/mnt/files'").files, Path::new("/mnt/files"));
}

#[test]
fn files_lie_in_a_bucket_when_one_is_named_with_its_key() {
    let given = |toml: &str| merge(Given::default(), toml::from_str(toml).unwrap());
    let keys = "s3_key = 'id'\ns3_secret = 'hush'\n";
    assert_eq!(given(keys).unwrap().bucket, None);
    let bucket = |url: &str| given(&format!("{keys}bucket = '{url}'"));
    let named = bucket("s3://chat-files/saluda/files/")
        .unwrap()
        .bucket
        .unwrap();
    assert_eq!(
        (&*named.name, &*named.prefix),
        ("chat-files", "saluda/files")
    );
    assert_eq!((&*named.endpoint, &*named.region), ("", "us-east-1"));
    assert_eq!(named.to_string(), "s3://chat-files/saluda/files");
    assert!(!format!("{named:?}").contains("hush"), "{named:?}");
    for senseless in [
        "chat-files",
        "s3://",
        "s3:///a",
        "s3://a/b//c",
        "s3://a b",
        "s3://a/b?c",
    ] {
        let said = bucket(senseless);
        assert!(matches!(said, Err(SettingsError::Bucket(_))), "{senseless}");
    }
    let keyless = given("bucket = 's3://chat-files'\ns3_key = 'id'");
    assert!(matches!(keyless, Err(SettingsError::BucketKeys)));
    let at = |endpoint: &str| bucket(&format!("s3://chat-files'\ns3_endpoint = '{endpoint}"));
    let there = at("https://s3.example.com/").unwrap().bucket.unwrap();
    assert_eq!(there.endpoint, "https://s3.example.com");
    for senseless in [
        "s3.example.com",
        "ftp://a",
        "https://id:hush@a",
        "https://a?x",
    ] {
        let said = at(senseless);
        assert!(matches!(said, Err(SettingsError::Endpoint)), "{senseless}");
    }
}

#[test]
fn mail_goes_into_a_folder_until_there_is_a_server() {
    let given = |toml| merge(Given::default(), toml::from_str(toml).unwrap());
    let mail = given("database = 'chat.db'").unwrap().mail;
    assert_eq!(mail.way, Way::Folder("chat.mail".into()));
    assert_eq!(mail.from.to_string(), "saluda@localhost");
    let lines = "smtp = 'smtp://localhost'\nmail_from = 'chat@alba.example'";
    let mail = given(lines).unwrap().mail;
    assert_eq!(mail.way, Way::Smtp("smtp://localhost".into()));
    assert_eq!(mail.from.to_string(), "chat@alba.example");
    assert!(matches!(
        given("smtp = 'smtp://localhost'"),
        Err(SettingsError::MailFromMissing)
    ));
    assert!(matches!(
        given("mail_from = 'Alba'"),
        Err(SettingsError::MailFrom(_))
    ));
}

#[test]
fn a_misspelt_line_is_a_mistake() {
    let error = toml::from_str::<Given>("databse = 'x.db'").unwrap_err();
    assert!(error.to_string().contains("databse"), "{error}");
}

#[test]
fn an_origin_is_scheme_and_authority() {
    assert_eq!(
        origin("http://localhost:4180").unwrap(),
        "http://localhost:4180"
    );
    for bad in [
        "",
        "chat.example",
        "ftp://x",
        "https://x/y",
        "https://a@x",
        "https://x?q",
    ] {
        assert!(origin(bad).is_err(), "{bad}");
    }
}
