//! Brings what is known to the screen, into the browser's memory and to the
//! rules: the last once it differs, the others with the next frame.

use saluda_client::socket::Timeout;
use saluda_flow::capture::Decision;
use saluda_protocol::Author;
use wasm_bindgen::JsValue;

use crate::{
    apart::Part,
    chat::{Chat, is_visible, now},
    texts,
    told::Told,
};

impl Chat {
    /// Shows what is known now, with the next frame: however much comes at once
    /// is laid out once.
    pub(crate) fn refresh(self) {
        let Some(core) = self.core() else { return };
        if core.stale.replace(true) {
            return;
        }
        if is_visible() {
            self.soon(move || self.settle());
        } else {
            // Nothing is painted, so no frame would come.
            self.draw();
        }
    }

    /// Shows and keeps at once what would wait for the next frame.
    pub(crate) fn settle(self) {
        if self.core().is_some_and(|core| core.stale.get()) {
            self.draw();
        }
    }

    /// Shows what is known now.
    pub(crate) fn draw(self) {
        let Some(core) = self.core() else { return };
        core.stale.set(false);
        let now = now();
        let decision = core.talk.borrow_mut().question(now);
        {
            let talk = core.talk.borrow();
            let rows = saluda_client::rows(talk.conversation(), &Author::Visitor, texts::days());
            let empty = rows.is_empty();
            core.lines.show(self, &rows);
            self.show(|shown| {
                shown.today = texts::local_day(now);
                shown.agents_online = talk.agents_online();
                shown.loading_older = talk.is_loading_older();
                shown.empty = empty;
                shown.asked = talk.asked();
                shown.may_skip = talk.may_skip();
                shown.form = talk.is_asked_to_fill_in();
                shown.rates = talk.rates();
                shown.blocked = talk.is_blocked();
                shown.unsaved = talk
                    .unsaved()
                    .map(|contact| core.texts.contact(contact))
                    .unwrap_or_default();
            });
            core.road.keep_unsent(&core.link.memory(), &talk);
        }
        self.stand();
        // One timer, and only while a question waits for its moment.
        core.question.replace(match decision {
            Decision::WakeAt(at) => {
                let wait_ms = u32::try_from(at.since(now)).unwrap_or(u32::MAX);
                Some(Timeout::new(wait_ms, move || self.refresh()))
            }
            Decision::Ask | Decision::Rest => None,
        });
        self.see();
        self.show_unread();
        self.tell_rules();
    }

    /// Lets what is asked stand in its place while it is asked.
    fn stand(self) {
        let (open, asked, form, rating) = self.now(|shown| {
            let asked = shown.asked.count() > 0;
            (shown.open, asked, shown.form, shown.rates.is_some())
        });
        // The fields stay in the page, with what was typed.
        if asked {
            self.need(Part::Capture);
        }
        for (part, asked) in [(Part::Form, form), (Part::Rating, rating)] {
            if asked && open {
                self.need(part);
            } else if !asked {
                self.leave(part);
            }
        }
    }

    pub(crate) fn show_unread(self) {
        let Some(core) = self.core() else { return };
        let unread = core.talk.borrow().conversation().unread();
        if self.now(|shown| shown.unread) != unread {
            self.show(|shown| shown.unread = unread);
            let count = u32::try_from(unread).unwrap_or(u32::MAX);
            core.link.emit("unread", &[("count", JsValue::from(count))]);
        }
    }

    /// Tells the rules what has changed about the conversation.
    fn tell_rules(self) {
        let Some(core) = self.core() else { return };
        let now = Told::of(&core.talk.borrow());
        let news = core.told.borrow_mut().update(now);
        for (what, value) in news {
            core.link.tell(what, value);
        }
    }
}
