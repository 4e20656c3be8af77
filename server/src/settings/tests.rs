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
