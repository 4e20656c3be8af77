//! The pattern for addresses that a campaign of Chatwoot has, as conditions on
//! host, path, query and fragment.
//!
//! There, the pattern is a `URLPattern` of the web, with two habits on top: one
//! that ends with `/` also means all that begins like it, and a `/` at the end
//! of the visitor's address does not count. `http` and `https` are one here.

use saluda_protocol::trigger::{Operator, Rule, Value};

use super::draft::{self, always, any, short};

/// Most characters of a pattern.
const PATTERN_CHARS: usize = 1_000;

/// A part of a path's pattern.
#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Plain(char),
    /// Anything at all.
    Star,
    /// One folder, whatever its name.
    Folder,
}

/// The conditions that a pattern stands for.
pub(super) fn rules(pattern: &str, notes: &mut Vec<String>) -> Result<Vec<Rule>, String> {
    let pattern = pattern.trim();
    let refused = |what: &str| format!("the address `{}` {what}", short(pattern));
    if pattern.chars().count() > PATTERN_CHARS {
        return Err(refused("is too long"));
    }
    let Some((scheme, rest)) = pattern.split_once("://") else {
        return Err(refused("has no host"));
    };
    if !matches!(scheme, "http" | "https" | "http{s}?" | "http*" | "*") {
        return Err(refused("is none of the web"));
    }
    let (below, rest) = match rest.strip_prefix("{*.}?") {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (host, rest) = rest.split_at(end);
    // The port that goes without saying is in no address.
    let usual = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => "",
    };
    let host = host.strip_suffix(usual).unwrap_or(host);
    let mut rules = Vec::new();
    rules.push(of_host(host, below).ok_or_else(|| refused("has a host that is not known here"))?);

    let (path, query, hash) = parts(rest);
    let path = pieces(path).ok_or_else(|| refused("has a group, which patterns here have not"))?;
    if path.is_empty() {
        notes.push(format!(
            "the address `{}` has no path: it is taken for the home page alone",
            short(pattern)
        ));
    }
    let alone = query.is_none() && hash.is_none();
    rules.push(
        of_path(&path, alone).ok_or_else(|| refused("has a path that cannot be written here"))?,
    );
    for parameter in query.unwrap_or_default().split('&') {
        if matches!(parameter, "" | "*") {
            continue;
        }
        let rule = of_parameter(parameter);
        rules.push(rule.ok_or_else(|| refused("has a pattern in its query"))?);
        notes.push(format!(
            "`{}` in the address: other parameters may stand beside it",
            short(parameter)
        ));
    }
    match hash.unwrap_or_default() {
        "" | "*" => {}
        hash => {
            let plain = plain(hash).ok_or_else(|| refused("has a pattern in its fragment"))?;
            rules.push(draft::text("page.hash", Operator::Eq, &plain));
        }
    }
    Ok(rules)
}

/// What the host must be: always, if it may be any.
fn of_host(host: &str, below: bool) -> Option<Rule> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '*');
    if host.is_empty() || !host.chars().all(fits) {
        return None;
    }
    let own = |op| draft::text("page.host", op, host);
    match (host, host.contains('*'), below) {
        ("*", ..) => Some(always()),
        (_, false, false) => Some(own(Operator::Eq)),
        (_, true, false) => Some(own(Operator::Glob)),
        (_, false, true) => {
            let inner = draft::text("page.host", Operator::EndsWith, &format!(".{host}"));
            Some(any(vec![own(Operator::Eq), inner]))
        }
        (_, true, true) => None,
    }
}

/// Path, query and fragment. A `?` behind a `*` is no query: it says that the
/// `*` may stand for nothing, as it may anyway.
fn parts(rest: &str) -> (&str, Option<&str>, Option<&str>) {
    let (rest, hash) = cut(rest, '#');
    let (path, query) = cut(rest, '?');
    (path, query, hash)
}

/// Cuts at a sign, which may stand behind a `\`.
fn cut(text: &str, sign: char) -> (&str, Option<&str>) {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if c == sign && !(sign == '?' && matches!(before, '*' | '}' | ')')) {
            let head = &text[..at];
            let head = if before == '\\' {
                &head[..head.len() - 1]
            } else {
                head
            };
            return (head, Some(&text[at + 1..]));
        }
        before = c;
    }
    (text, None)
}

fn pieces(path: &str) -> Option<Vec<Piece>> {
    // A `/` at the end does not count in any case.
    let path = path.strip_suffix("{/}?").unwrap_or(path);
    let mut all = Vec::new();
    let mut signs = path.chars().peekable();
    while let Some(c) = signs.next() {
        all.push(match c {
            '*' => {
                signs.next_if_eq(&'?');
                Piece::Star
            }
            ':' if signs.peek().is_some_and(char::is_ascii_alphabetic) => {
                while signs
                    .next_if(|c| c.is_ascii_alphanumeric() || *c == '_')
                    .is_some()
                {}
                Piece::Folder
            }
            '\\' => Piece::Plain(signs.next()?),
            '{' | '}' | '(' | ')' | '+' | '?' => return None,
            c => Piece::Plain(c),
        });
    }
    Some(all)
}

/// What the path must be: always, if it may be any.
fn of_path(path: &[Piece], alone: bool) -> Option<Rule> {
    let slash = Piece::Plain('/');
    // Nothing but the first `/`, or not even that.
    if path.is_empty() || *path == [slash.clone()] {
        return Some(draft::text("page.path", Operator::Eq, "/"));
    }
    if *path == [slash.clone(), Piece::Star] {
        return Some(always());
    }
    let below = alone && path.last() == Some(&slash);
    let path = match path.split_last() {
        Some((last, rest)) if *last == slash => rest,
        _ => path,
    };
    if path.iter().all(|piece| matches!(piece, Piece::Plain(_))) {
        let plain = plain(&written(path))?;
        if below {
            return Some(draft::text("page.path", Operator::StartsWith, &plain));
        }
        let both = [plain.clone(), format!("{plain}/")].map(Value::Text);
        let both = Value::List(both.into());
        return Some(draft::fact("page.path", Operator::In, both));
    }
    let mut glob = glob(path)?;
    if below {
        glob.push_str("**");
    }
    let rule = |glob: &str| draft::text("page.path", Operator::Glob, glob);
    if glob.ends_with("**") {
        // `/**` at the end would also stand for nothing, and `/*` there does not.
        let exact = glob.strip_suffix("/**").map(|above| format!("{above}/?**"));
        return Some(rule(&exact.unwrap_or(glob)));
    }
    Some(any(vec![rule(&glob), rule(&format!("{glob}/"))]))
}

/// The plain signs of a path.
fn written(path: &[Piece]) -> String {
    let plain = |piece: &Piece| match piece {
        Piece::Plain(c) => Some(*c),
        Piece::Star | Piece::Folder => None,
    };
    path.iter().filter_map(plain).collect()
}

fn glob(path: &[Piece]) -> Option<String> {
    let mut glob = String::new();
    for part in path.split_inclusive(|piece| !matches!(piece, Piece::Plain(_))) {
        let plain = decoded(&written(part))?;
        // What stands for others there cannot be meant plainly here.
        if plain.contains(['*', '?']) {
            return None;
        }
        glob.push_str(&plain);
        match part.last() {
            Some(Piece::Star) => glob.push_str("**"),
            Some(Piece::Folder) => glob.push_str("?*"),
            _ => {}
        }
    }
    Some(glob)
}

/// `name=value` of a query.
fn of_parameter(parameter: &str) -> Option<Rule> {
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    let name = plain(&name.replace('+', " "))?;
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if name.is_empty() || !name.chars().all(fits) {
        return None;
    }
    let fact = format!("page.query.{name}");
    if value == "*" {
        return Some(draft::fact(&fact, Operator::Exists, Value::Flag(true)));
    }
    let value = plain(&value.replace('+', " "))?;
    Some(draft::text(&fact, Operator::Eq, &value))
}

/// A text with no signs that stand for others.
fn plain(text: &str) -> Option<String> {
    let signs = ['*', '{', '}', '(', ')', '\\', ':', '+', '?', '#'];
    (!text.contains(signs)).then(|| decoded(text))?
}

/// A text without its `%20`.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let code = digit(rest.next()?)? * 16 + digit(rest.next()?)?;
        bytes.push(u8::try_from(code).ok()?);
    }
    String::from_utf8(bytes).ok()
}
