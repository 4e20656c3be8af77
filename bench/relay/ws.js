// Sends back what it is sent. Takes the port as its one argument.

import { WebSocketServer } from "ws";

const server = new WebSocketServer({
  host: "127.0.0.1",
  port: Number(process.argv[2]),
  // What is measured against has it off as well.
  perMessageDeflate: false,
});
server.on("connection", (socket) => {
  socket.on("message", (text) => socket.send(text, { binary: false }));
});
