//! Makes a table of a regular expression, or says why it is none.
//!
//! What is available is what any engine would understand alike: literals,
//! classes, groups, alternatives, repetitions, `^`, `$` and `\b`. `\d`, `\w`,
//! `\s` and `\b` know ASCII only. Case makes no difference, because the texts
//! are folded.

mod table;
#[cfg(test)]
mod tests;

use regex_syntax::ast::{self, Ast, ClassSet, ClassSetItem, RepetitionKind, RepetitionRange};
use regex_syntax::hir::translate::TranslatorBuilder;
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind};

use super::mistake::{Complaint, MistakeKind};
use crate::expression::Expression;
use crate::text::fold;

/// Most levels of groups and classes.
const NESTING: u32 = 30;

/// From how many times on a repetition counts as one without an end.
const MANY: u32 = 10;

/// Classes with more characters are left as they are.
const CLASS_CHARS: usize = 512;

/// Makes a table of an expression.
pub(super) fn compile(pattern: &str) -> Result<Expression, Complaint> {
    let mut parsed = ast::parse::ParserBuilder::new()
        .nest_limit(NESTING)
        .build()
        .parse(pattern)
        .map_err(|error| unreadable(pattern, &error))?;
    make_plain(&mut parsed, false)?;
    let meaning = TranslatorBuilder::new()
        .case_insensitive(true)
        .build()
        .translate(pattern, &parsed)
        .map_err(|error| invalid(&error.kind().to_string()))?;
    table::make(&without_unfolded(&meaning)).ok_or_else(|| {
        Complaint::new(
            MistakeKind::ExpressionTooLarge,
            "this expression needs too large a table; repeat fewer things, fewer times, or \
             divide it into several conditions under `any`",
        )
    })
}

fn invalid(reason: &str) -> Complaint {
    Complaint::new(
        MistakeKind::InvalidExpression,
        format!("this is no regular expression: {reason}"),
    )
}

fn unsupported(sentence: &str) -> Complaint {
    Complaint::new(MistakeKind::UnsupportedExpression, sentence)
}

fn unreadable(pattern: &str, error: &ast::Error) -> Complaint {
    match error.kind() {
        ast::ErrorKind::UnsupportedLookAround => unsupported(
            "look-around such as `(?=…)` is not available; use several conditions under `all` \
             and `not` instead",
        ),
        ast::ErrorKind::UnsupportedBackreference => unsupported(
            "a back-reference such as `\\1` is not available; write out what should be repeated",
        ),
        kind => {
            let offset = error.span().start.offset;
            let before = pattern.get(..offset).map_or(0, |text| text.chars().count());
            invalid(&format!("{kind} (at character {})", before + 1))
        }
    }
}

/// Puts an expression into plain words: classes of ASCII, letters folded.
///
/// `repeated` is whether it stands inside a repetition that could be long.
fn make_plain(ast: &mut Ast, repeated: bool) -> Result<(), Complaint> {
    match ast {
        Ast::Empty(_) | Ast::Dot(_) => {}
        Ast::Flags(_) => return Err(flags()),
        Ast::ClassUnicode(_) => return Err(unicode_class()),
        Ast::Literal(literal) => *ast = folded(literal),
        Ast::Assertion(assertion) => {
            if let Some(plain) = plain_assertion(assertion)? {
                *ast = plain;
            }
        }
        Ast::ClassPerl(class) => {
            *ast = Ast::class_bracketed(ast::ClassBracketed {
                span: class.span,
                negated: false,
                kind: ClassSet::Item(ClassSetItem::Ascii(ascii(class))),
            });
        }
        Ast::ClassBracketed(class) => make_set_plain(&mut class.kind)?,
        Ast::Repetition(repetition) => {
            let most = most(&repetition.op.kind);
            if repeated && most.is_none() {
                return Err(unsupported(
                    "a repetition without an end (`*`, `+`, `{2,}`) may not stand inside \
                     another one; write `(a|b)*` instead of `(a*|b)*`, or say how often: `{0,5}`",
                ));
            }
            let repeated = repeated || most.is_none_or(|most| most > MANY);
            make_plain(&mut repetition.ast, repeated)?;
        }
        Ast::Group(group) => {
            if group.flags().is_some_and(|flags| !flags.items.is_empty()) {
                return Err(flags());
            }
            make_plain(&mut group.ast, repeated)?;
        }
        Ast::Alternation(alternatives) => {
            for ast in &mut alternatives.asts {
                make_plain(ast, repeated)?;
            }
        }
        Ast::Concat(sequence) => {
            for ast in &mut sequence.asts {
                make_plain(ast, repeated)?;
            }
        }
    }
    Ok(())
}

fn flags() -> Complaint {
    unsupported("flags such as `(?i)` are not available; case makes no difference anyway")
}

fn unicode_class() -> Complaint {
    unsupported(
        "classes such as `\\p{L}` are not available; list the letters that you mean: `[a-zà-ÿ]`",
    )
}

/// How often it can be repeated, if there is an end to it.
fn most(kind: &RepetitionKind) -> Option<u32> {
    match kind {
        RepetitionKind::ZeroOrOne => Some(1),
        RepetitionKind::ZeroOrMore
        | RepetitionKind::OneOrMore
        | RepetitionKind::Range(RepetitionRange::AtLeast(_)) => None,
        RepetitionKind::Range(
            RepetitionRange::Exactly(most) | RepetitionRange::Bounded(_, most),
        ) => Some(*most),
    }
}

/// A letter as it stands in folded texts, where some are two.
fn folded(literal: &ast::Literal) -> Ast {
    let letters = fold(literal.c.encode_utf8(&mut [0; 4]));
    let letter = |c| {
        Ast::literal(ast::Literal {
            c,
            kind: ast::LiteralKind::Verbatim,
            ..literal.clone()
        })
    };
    let mut asts: Vec<Ast> = letters.chars().map(letter).collect();
    if asts.len() == 1 {
        return asts.remove(0);
    }
    let span = literal.span;
    Ast::group(ast::Group {
        span,
        kind: ast::GroupKind::NonCapturing(ast::Flags {
            span,
            items: Vec::new(),
        }),
        ast: Box::new(Ast::concat(ast::Concat { span, asts })),
    })
}

/// `\b` asks for letters of ASCII only, as it does everywhere but here.
fn plain_assertion(assertion: &ast::Assertion) -> Result<Option<Ast>, Complaint> {
    use ast::AssertionKind::{EndLine, EndText, StartLine, StartText, WordBoundary};

    let span = assertion.span;
    match assertion.kind {
        StartLine | EndLine | StartText | EndText => Ok(None),
        WordBoundary => {
            let item = |kind| ast::FlagsItem { span, kind };
            let items = vec![
                item(ast::FlagsItemKind::Negation),
                item(ast::FlagsItemKind::Flag(ast::Flag::Unicode)),
            ];
            Ok(Some(Ast::group(ast::Group {
                span,
                kind: ast::GroupKind::NonCapturing(ast::Flags { span, items }),
                ast: Box::new(Ast::assertion(assertion.clone())),
            })))
        }
        _ => Err(unsupported(
            "of the boundaries only `^`, `$` and `\\b` are available",
        )),
    }
}

fn ascii(class: &ast::ClassPerl) -> ast::ClassAscii {
    ast::ClassAscii {
        span: class.span,
        kind: match class.kind {
            ast::ClassPerlKind::Digit => ast::ClassAsciiKind::Digit,
            ast::ClassPerlKind::Space => ast::ClassAsciiKind::Space,
            ast::ClassPerlKind::Word => ast::ClassAsciiKind::Word,
        },
        negated: class.negated,
    }
}

fn make_set_plain(set: &mut ClassSet) -> Result<(), Complaint> {
    match set {
        ClassSet::Item(item) => make_item_plain(item),
        ClassSet::BinaryOp(_) => Err(unsupported(
            "a class is a list of characters and ranges; `&&`, `--` and `~~` are not available",
        )),
    }
}

fn make_item_plain(item: &mut ClassSetItem) -> Result<(), Complaint> {
    match item {
        ClassSetItem::Empty(_) | ClassSetItem::Range(_) | ClassSetItem::Ascii(_) => {}
        ClassSetItem::Unicode(_) => return Err(unicode_class()),
        ClassSetItem::Perl(class) => *item = ClassSetItem::Ascii(ascii(class)),
        ClassSetItem::Literal(literal) => {
            // A letter that folds into two has no place in a class.
            if let Ast::Literal(one) = &folded(literal) {
                literal.c = one.c;
            }
        }
        ClassSetItem::Bracketed(class) => make_set_plain(&mut class.kind)?,
        ClassSetItem::Union(union) => {
            for item in &mut union.items {
                make_item_plain(item)?;
            }
        }
    }
    Ok(())
}

/// The same without characters that no folded text has: they would only make the
/// table larger.
fn without_unfolded(meaning: &Hir) -> Hir {
    let all = |subs: &[Hir]| subs.iter().map(without_unfolded).collect();
    match meaning.kind() {
        HirKind::Class(Class::Unicode(class)) => Hir::class(Class::Unicode(smaller(class))),
        HirKind::Repetition(repetition) => {
            Hir::repetition(repetition.with(without_unfolded(&repetition.sub)))
        }
        HirKind::Capture(capture) => without_unfolded(&capture.sub),
        HirKind::Concat(subs) => Hir::concat(all(subs)),
        HirKind::Alternation(subs) => Hir::alternation(all(subs)),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => {
            meaning.clone()
        }
    }
}

fn smaller(class: &ClassUnicode) -> ClassUnicode {
    let chars: usize = class.iter().map(ClassUnicodeRange::len).sum();
    if chars > CLASS_CHARS {
        return class.clone();
    }
    let chars = class.iter().flat_map(|range| range.start()..=range.end());
    let stays = |c: &char| {
        let mut bytes = [0; 4];
        let text = &*c.encode_utf8(&mut bytes);
        fold(text) == text
    };
    ClassUnicode::new(chars.filter(stays).map(|c| ClassUnicodeRange::new(c, c)))
}
