//! JSON as people write it: what is short stands on one line.

use super::scan::{self, Kind, Node};

/// Most characters of a line that need not be broken.
const LINE_CHARS: usize = 76;

/// Lays a text out; one that is no JSON stays as it is.
pub(crate) fn lay_out(text: &str) -> String {
    let Some(node) = scan::read(text) else {
        return text.to_owned();
    };
    let mut out = String::with_capacity(text.len() * 2);
    write(text, &node, 0, 0, true, &mut out);
    out.push('\n');
    out
}

/// Writes a value whose line is `column` characters long already.
fn write(text: &str, node: &Node, indent: usize, column: usize, whole: bool, out: &mut String) {
    let flat = flat(text, node);
    let fits = column + flat.chars().count() <= LINE_CHARS;
    match &node.kind {
        // The form itself is never on one line.
        Kind::Fields(fields) if !fields.is_empty() && (whole || !fits) => {
            out.push('{');
            for (at, (name, value)) in fields.iter().enumerate() {
                begin(out, at, indent + 2);
                let name = super::quote(name);
                out.push_str(&name);
                out.push_str(": ");
                let column = indent + 4 + name.chars().count();
                write(text, value, indent + 2, column, false, out);
            }
            end(out, indent);
            out.push('}');
        }
        Kind::List(items) if !items.is_empty() && !fits => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                begin(out, at, indent + 2);
                write(text, item, indent + 2, indent + 2, false, out);
            }
            end(out, indent);
            out.push(']');
        }
        _ => out.push_str(&flat),
    }
}

fn begin(out: &mut String, at: usize, indent: usize) {
    if at > 0 {
        out.push(',');
    }
    end(out, indent);
}

fn end(out: &mut String, indent: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}

/// A value on one line.
fn flat(text: &str, node: &Node) -> String {
    match &node.kind {
        Kind::Plain => text[node.span.clone()].to_owned(),
        Kind::List(items) => {
            let items: Vec<_> = items.iter().map(|item| flat(text, item)).collect();
            format!("[{}]", items.join(", "))
        }
        Kind::Fields(fields) if fields.is_empty() => "{}".to_owned(),
        Kind::Fields(fields) => {
            let fields = fields.iter().map(|(name, value)| {
                let name = super::quote(name);
                format!("{name}: {}", flat(text, value))
            });
            format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_short_stands_on_one_line() {
        let text = r#"{"name":"Help","rule":{"all":[{"fact":"page.path","op":"glob","value":"/pricing/**"},{"event":"plan_compared","value":2}]},"tags":[]}"#;
        let laid_out = r#"{
  "name": "Help",
  "rule": {
    "all": [
      { "fact": "page.path", "op": "glob", "value": "/pricing/**" },
      { "event": "plan_compared", "value": 2 }
    ]
  },
  "tags": []
}
"#;
        assert_eq!(lay_out(text), laid_out);
        assert_eq!(lay_out(laid_out), laid_out);
        assert_eq!(lay_out("{ \"a\": "), "{ \"a\": ");
    }

    #[test]
    fn what_is_written_is_kept_as_it_is_written() {
        let text = "{\n  \"a\": \"\\u00e9 \\\" é\",\n  \"b\": 1.50\n}\n";
        assert_eq!(lay_out(text), text);
    }
}
