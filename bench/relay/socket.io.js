// Sends back what it is sent. Takes the port as its one argument.

import { Server } from "socket.io";

const server = new Server({ transports: ["websocket"] });
server.on("connection", (socket) => {
  socket.on("m", (text) => socket.emit("m", text));
});
server.listen(Number(process.argv[2]));
