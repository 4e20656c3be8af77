//! The content policy of the strict page.

/// The page that sends the policy.
pub(crate) const STRICT_PAGE: &str = "/strict.html";

/// What a careful owner would write: their own files, and of the chat only
/// what its documentation asks for. Nothing allows inline styles or scripts, and no
/// text becomes markup.
pub(crate) fn strict(chat: &str) -> String {
    let socket = chat.replacen("http", "ws", 1);
    format!(
        "default-src 'self'; script-src 'self' {chat} 'wasm-unsafe-eval'; \
         connect-src 'self' {chat} {socket}; img-src 'self' {chat} blob:; object-src 'none'; base-uri 'none'; \
         require-trusted-types-for 'script'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sockets_are_as_secure_as_the_chat() {
        assert!(strict("http://localhost:4180").contains(" ws://localhost:4180;"));
        assert!(strict("https://chat.example").contains(" wss://chat.example;"));
    }

    #[test]
    fn inline_styles_stay_forbidden() {
        let policy = strict("http://localhost:4180");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("style-src"));
    }
}
