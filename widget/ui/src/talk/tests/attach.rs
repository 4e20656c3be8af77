//! Files wait for the server's word.

use super::*;

fn asks(effects: &[Effect]) -> usize {
    let attach = Effect::Send(VisitorFrame::Attach);
    effects.iter().filter(|effect| **effect == attach).count()
}

#[test]
fn whether_files_may_be_sent_is_asked_once_on_each_connection() {
    let mut talk = talk();
    assert_eq!(talk.attach(), None, "the welcome asks");
    assert!(!talk.may_attach());
    let effects = talk.hear(welcome(vec![], true), NOW);
    assert_eq!(asks(&effects), 1);
    assert!(!talk.may_attach());
    let effects = talk.hear(VisitorUpdate::Attach, NOW);
    assert_eq!(effects, [Effect::MayAttach]);
    assert!(talk.may_attach());
    assert_eq!(talk.attach(), None, "it is known");

    talk.lose();
    assert!(!talk.may_attach());
    let effects = talk.hear(welcome(vec![], false), NOW);
    assert_eq!(asks(&effects), 1);
}

#[test]
fn whoever_sends_no_files_asks_for_nothing() {
    let mut talk = talk();
    let effects = talk.hear(welcome(vec![], true), NOW);
    assert_eq!(asks(&effects), 0);
    let ask = Some(Effect::Send(VisitorFrame::Attach));
    assert_eq!(talk.attach(), ask, "at once while there is a connection");
}
