//! The loader as the script of one site.

use saluda_protocol::SiteKey;

/// The loader, called with a site and its config. None if it is not built, or not
/// as a function that is called with nothing at its end.
///
/// The config is a text to the script, and not a part of it: what an owner writes
/// can only ever be data.
pub(super) fn with_config(loader: &[u8], site: &SiteKey, config: &str) -> Option<Vec<u8>> {
    let function = loader.trim_ascii_end().strip_suffix(b"();")?;
    let mut script = Vec::with_capacity(loader.len() + config.len() + 64);
    script.extend(function);
    script.extend(format!("(\"{site}\",'").bytes());
    for byte in config.bytes() {
        if matches!(byte, b'\'' | b'\\') {
            script.push(b'\\');
        }
        script.push(byte);
    }
    script.extend(b"');\n");
    Some(script)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOADER: &str = "((site, config) => {})();\n";

    #[test]
    fn what_an_owner_writes_stays_data() {
        let site = "shop".parse().unwrap();
        let config = r#"{"name":"'+alert(1)+'\"\u0027"}"#;
        let script = with_config(LOADER.as_bytes(), &site, config).unwrap();
        let expected = r#"((site, config) => {})("shop",'{"name":"\'+alert(1)+\'\\"\\u0027"}');"#;
        assert_eq!(std::str::from_utf8(&script).unwrap().trim_end(), expected);
        assert_eq!(with_config(b"loader", &site, "{}"), None);
        assert_eq!(with_config(b"", &site, "{}"), None);
    }
}
