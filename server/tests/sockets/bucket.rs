//! Files in a bucket: what the commands do there, and what is said when it is not as
//! it should be.

use saluda_protocol::{Body, File, VisitorFrame};

use crate::client::{Page, message};
use crate::server::Server;
use crate::stand_in::{Bucket, KEY, NAME, SECRET};

/// What stands in `saluda.toml`.
fn lines(bucket: &Bucket, secret: &str) -> String {
    let endpoint = bucket.endpoint();
    format!(
        "bucket = 's3://{NAME}/shop'\ns3_endpoint = '{endpoint}'\ns3_key = '{KEY}'\n\
         s3_secret = '{secret}'\n"
    )
}

impl Server {
    /// One that keeps files in a bucket.
    fn keeping_in(bucket: &Bucket) -> Self {
        let mut server = Self::start();
        server.kill();
        server.set(&lines(bucket, SECRET));
        server.restart();
        server
    }

    fn set(&self, lines: &str) {
        std::fs::write(self.folder().join("saluda.toml"), lines).unwrap();
    }
}

impl Page {
    /// Sends a file and makes a message of it.
    async fn sends(&mut self, server: &Server) -> File {
        self.post(1, "here it is").await;
        let wish = self.upload(server, "wish.txt", "a wish").unwrap();
        let body = Body::File(wish.clone());
        let id = message(2);
        self.socket.send(&VisitorFrame::Post { id, body }).await;
        self.post(3, "that is all").await;
        wish
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_lies_in_the_bucket_and_goes_from_it_with_its_person() {
    let bucket = Bucket::start().await;
    let server = Server::keeping_in(&bucket);
    let mut page = Page::new(&server).await;
    let wish = page.sends(&server).await;
    let lying = bucket.of(&format!("shop/{}", wish.id));
    assert_eq!(std::fs::read_to_string(&lying).unwrap(), "a wish");
    let (done, said) = server.command("backup copy");
    let rest = format!("lie in `s3://{NAME}/shop` and were not copied");
    assert!(done && said.contains(&rest), "{said}");
    let (fine, said) = server.command("check");
    assert!(fine && said.contains("and 1 files"), "{said}");

    let id = page.credentials.id;
    let export = format!("person export {id} --site shop --to");
    let (done, said) = server.command(&format!("{export} ines"));
    assert!(done, "{said}");
    let copy = server.folder().join(format!("ines/files/{}", wish.id));
    assert_eq!(std::fs::read_to_string(copy).unwrap(), "a wish");

    std::fs::write(&lying, "a").unwrap();
    let (fine, said) = server.command("check");
    assert!(
        !fine && said.contains("has 1 bytes in place of 6"),
        "{said}"
    );
    let (done, said) = server.command(&format!("person erase {id} --site shop"));
    assert!(done && !lying.exists(), "{said}");
    let (fine, said) = server.command("check");
    assert!(fine, "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_went_from_the_bucket_is_named() {
    let bucket = Bucket::start().await;
    let server = Server::keeping_in(&bucket);
    let mut page = Page::new(&server).await;
    let wish = page.sends(&server).await;
    std::fs::remove_file(bucket.of(&format!("shop/{}", wish.id))).unwrap();
    let (fine, said) = server.command("check");
    let named = format!("`s3://{NAME}/shop/{}` is not there", wish.id);
    assert!(!fine && said.contains(&named), "{said}");
    let id = page.credentials.id;
    let (done, said) = server.command(&format!("person export {id} --site shop --to ines"));
    assert!(!done && said.contains("is not there any more"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_keys_are_said_at_the_start_and_an_outage_stops_nothing() {
    let mut bucket = Bucket::start().await;
    let mut server = Server::keeping_in(&bucket);
    let mut page = Page::new(&server).await;
    let wish = page.sends(&server).await;
    server.kill();
    server.set(&lines(&bucket, "wrong-and-secret"));
    let (started, said) = server.command("serve --listen 127.0.0.1:0");
    assert!(
        !started && said.contains("look at `s3_key`, `s3_secret`"),
        "{said}"
    );
    assert!(!said.contains("wrong-and-secret"), "{said}");

    bucket.end().await;
    server.set(&lines(&bucket, SECRET));
    server.restart();
    let mut page = Page::again(&server, &page.credentials, None).await;
    page.post(4, "anyone there?").await;
    let refused = page.upload(&server, "wish.txt", "a wish").unwrap_err();
    assert!(refused.contains("so send it again in a while"), "{refused}");
    let path = format!("/api/files/{}", wish.id);
    let refused = server.send("GET", &path, "", "");
    assert!(refused.starts_with("HTTP/1.1 500"), "{refused}");
    let log = server.log();
    assert!(log.contains("can be neither sent nor fetched"), "{log}");
    assert!(
        !log.contains(SECRET) && !log.contains(&wish.id.to_string()),
        "{log}"
    );
}
