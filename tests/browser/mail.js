/*
 * A mail server that takes everything: node mail.js. Prints where it listens, and
 * then each mail as a line of JSON: whom it is from and for, and what it says.
 */

const { createRequire } = require("node:module");
const { join } = require("node:path");

const { SMTPServer } = createRequire(join(__dirname, "../../pkg/package.json"))("smtp-server");

const server = new SMTPServer({
  disabledCommands: ["STARTTLS"],
  authOptional: true,
  onData(stream, { envelope }, done) {
    let text = "";
    stream.setEncoding("utf8");
    stream.on("data", (part) => (text += part));
    stream.on("end", () => {
      const to = envelope.rcptTo.map(({ address }) => address);
      console.log(JSON.stringify({ from: envelope.mailFrom.address, to, text }));
      done();
    });
  },
});
server.listen(0, "127.0.0.1", () => console.log("listening on " + server.server.address().port));
