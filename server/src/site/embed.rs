//! What the owner of a site puts into its pages.

use saluda_protocol::SiteKey;
use saluda_protocol::settings::PolicyLine;

/// The line of HTML that brings the widget. It has no `integrity`: the loader is
/// renewed with the server, and checks what it loads itself. `crossorigin` lets it
/// come over the same connection as the rest: a browser keeps those apart over
/// which it may send cookies.
pub(crate) fn snippet(server: &str, key: &SiteKey) -> String {
    format!("<script async crossorigin src=\"{server}/widget.js\" data-site=\"{key}\"></script>")
}

/// What a page's content policy has to allow.
pub(crate) fn policy(server: &str) -> Vec<PolicyLine> {
    let socket = server.replacen("http", "ws", 1);
    let line = |directive: &str, sources: &[&str], why: &str| PolicyLine {
        directive: directive.to_owned(),
        sources: sources.iter().map(|source| (*source).to_owned()).collect(),
        why: why.to_owned(),
    };
    vec![
        line(
            "script-src",
            &[server, "'wasm-unsafe-eval'"],
            "The loader, and the WebAssembly it starts. Without the latter the button leads to \
             a page of this server.",
        ),
        line(
            "connect-src",
            &[server, &socket],
            "The site's settings, the modules, and the conversation.",
        ),
        line(
            "style-src",
            &[],
            "Nothing: the widget's styles come with its scripts, and none is inline.",
        ),
        line("img-src", &[], "Nothing: the widget draws what it shows."),
        line("frame-src", &[], "Nothing: the widget is in no frame."),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documents_ask_for_the_same() {
        let asked = policy("https://chat.example.com").into_iter();
        let asked = asked.filter(|line| !line.sources.is_empty());
        let lines: Vec<_> = asked
            .map(|line| format!("{} {}", line.directive, line.sources.join(" ")))
            .collect();
        assert_eq!(lines.len(), 2);
        for document in [
            include_str!("../../../README.md"),
            include_str!("../../../pkg/README.md"),
        ] {
            for line in &lines {
                assert!(document.contains(line), "{line}");
            }
        }
    }

    #[test]
    fn a_socket_is_as_secure_as_the_server() {
        let sources = |server: &str| policy(server).swap_remove(1).sources;
        assert_eq!(sources("http://localhost:4180")[1], "ws://localhost:4180");
        assert_eq!(sources("https://http.example")[1], "wss://http.example");
    }
}
