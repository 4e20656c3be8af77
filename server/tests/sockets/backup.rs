//! A backup is whole, whatever is written meanwhile, and can be gone back to.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use saluda_protocol::{Body, Cursor, Number, VisitorFrame};

use crate::client::{Page, message, texts};
use crate::server::Server;

impl Server {
    /// Stops it, puts a backup in place of what it had, and starts it again.
    fn go_back_to(&mut self, backup: &str) {
        self.kill();
        let folder = self.folder();
        for gone in ["saluda.db", "saluda.db-wal", "saluda.db-shm"] {
            // The log is there only while someone writes.
            let _ = fs::remove_file(folder.join(gone));
        }
        let backup = folder.join(backup);
        fs::copy(backup.join("saluda.db"), folder.join("saluda.db")).unwrap();
        let _ = fs::remove_dir_all(folder.join("saluda.files"));
        fs::rename(backup.join("saluda.files"), folder.join("saluda.files")).unwrap();
        self.restart();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_has_all_that_was_acknowledged_before_it_began() {
    let mut server = Server::with(&["--posts-per-minute", "100000"]);
    let mut page = Page::new(&server).await;
    page.post(1, "message 1").await;
    let credentials = page.credentials.clone();
    let epoch = page.epoch.clone();
    let acknowledged = Arc::new(AtomicU64::new(1));
    let enough = Arc::new(AtomicBool::new(false));
    // Posts go on while three backups are made, each of which updates the one before.
    let posting = tokio::spawn({
        let (acknowledged, enough) = (Arc::clone(&acknowledged), Arc::clone(&enough));
        async move {
            for n in 2.. {
                page.post(n, &format!("message {n}")).await;
                acknowledged.store(n.into(), Ordering::SeqCst);
                if enough.load(Ordering::SeqCst) {
                    break;
                }
            }
        }
    });
    let mut before = 0;
    for _ in 0..3 {
        before = acknowledged.load(Ordering::SeqCst);
        let (done, said) = server.command("backup copy");
        assert!(done, "{said}");
    }
    enough.store(true, Ordering::SeqCst);
    posting.await.unwrap();
    let after = acknowledged.load(Ordering::SeqCst);
    assert!(after > before, "something was written meanwhile");
    for database in ["saluda.db", "copy/saluda.db"] {
        let (fine, said) = server.command(&format!("check --database {database}"));
        assert!(fine && said.contains("nothing is wrong"), "{said}");
    }

    server.go_back_to("copy");
    let cursor = Cursor {
        epoch: epoch.clone(),
        last: Number(1),
    };
    let back = Page::again(&server, &credentials, Some(cursor)).await;
    assert_ne!(back.epoch, epoch, "clients learn that some may be gone");
    assert!(back.slice.reset);
    let last = back.slice.events.last().unwrap().number.0;
    assert!(last >= before, "{last} of {before}");
    let said = texts(&back.slice);
    assert_eq!(*said.last().unwrap(), format!("message {last}"));
}

#[tokio::test]
async fn files_come_along_and_one_that_is_missing_is_named() {
    let mut server = Server::start();
    let mut page = Page::new(&server).await;
    page.post(1, "here it is").await;
    let upload = |name| page.upload(&server, name, "Two bags").unwrap();
    let files = ["a.txt", "b.txt"].map(upload);
    for (n, file) in (2..).zip(&files) {
        let body = Body::File(file.clone());
        let id = message(n);
        page.socket.send(&VisitorFrame::Post { id, body }).await;
    }
    page.post(9, "done").await;
    // What is made of a file comes along with it, and goes with it.
    let preview = format!("saluda.files/{}.preview", files[0].id);
    let [here, there] = ["", "copy/"].map(|it| server.folder().join(format!("{it}{preview}")));
    fs::write(&here, "small").unwrap();
    let (done, said) = server.command("backup copy");
    assert!(done && said.contains("2 files, 2 of them new"), "{said}");
    assert!(there.exists());
    fs::remove_file(here).unwrap();
    let (_, said) = server.command("backup copy");
    assert!(said.contains("2 files, 0 of them new"), "{said}");
    assert!(!there.exists());

    // Where the database itself lies, no backup is written.
    let (done, said) = server.command("backup .");
    assert!(!done && said.contains("choose another folder"), "{said}");
    let (done, said) = server.command("backup copy --database none.db");
    assert!(
        !done && said.contains("could not open the database `none.db`"),
        "{said}"
    );
    assert!(!server.folder().join("none.db").exists());

    let lost = server.folder().join("saluda.files");
    fs::remove_file(lost.join(files[0].id.to_string())).unwrap();
    fs::write(lost.join(files[1].id.to_string()), "Two").unwrap();
    let (fine, said) = server.command("check");
    assert!(!fine);
    assert!(said.contains("is not there"), "{said}");
    assert!(said.contains("has 3 bytes in place of 8"), "{said}");

    server.go_back_to("copy");
    let (fine, said) = server.command("check");
    assert!(fine && said.contains("and 2 files"), "{said}");
}
