// The Modbus TCP client of jsmodbus: reads and writes what a line on standard input says. Arguments: host port.
import { createRequire } from "node:module";
import net from "node:net";
import readline from "node:readline";

const { client: clients } = createRequire(import.meta.url)("jsmodbus");
const socket = new net.Socket();
// A client must know its socket before that connects.
const units = [1, 2, 3, 4].map((n) => new clients.TCP(socket, n, 30000));
socket.on("error", (e) => { console.error(e.message); process.exit(1); });
socket.connect(Number(process.argv[3]), process.argv[2], () => console.log(`place ${process.argv[2]}:${process.argv[3]}`));

readline.createInterface({ input: process.stdin }).on("line", async (line) => {
  const [word, u, first, ...values] = line.split(" ").map((w, i) => (i === 0 ? w : Number(w)));
  try {
    const c = units[u - 1];
    if (word === "input" || word === "holding") {
      const { response } = word === "input" ? await c.readInputRegisters(first, values[0]) : await c.readHoldingRegisters(first, values[0]);
      console.log("ok " + response.body.valuesAsArray.join(" "));
    } else {
      await c.writeMultipleRegisters(first, values);
      console.log("ok");
    }
  } catch (e) {
    console.log("ok fault " + (e.response?.body?.code ?? e.err ?? e.message));
  }
});
