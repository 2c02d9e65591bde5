// A dosing pump's registers behind the Modbus TCP server of modbus-serial. Prints where it is; then "writes" tells what was written.
import modbus from "modbus-serial";
import net from "node:net";
import readline from "node:readline";

const input = new Map([[0, 0x4450], [1, 1], [2, 0x0105], [3, 0], [4, 77]]);
const holding = new Map();
for (const r of [0x10, 0x11, 0x12, 0x20, 0x21]) holding.set(r, 0);
for (const [r, v] of [[0x30, 1], [0x31, 2500], [0x32, 45], [0x33, 0], [0x34, 2500], [0x35, 0]]) holding.set(r, v);
let writes = [];
const vector = {
  getInputRegister: (a) => input.get(a),
  getHoldingRegister: (a) => holding.get(a),
  setRegister: (a, v) => {
    writes.push(`${a}=${v}`);
    holding.set(a, v);
    if (a === 0x10) holding.set(0x35, v);
    if (a === 0x20) { holding.set(0x34, v); holding.set(0x31, v); }
  },
};
const probe = net.createServer().listen(0, "127.0.0.1", () => {
  const port = probe.address().port;
  probe.close(() => {
    const server = new modbus.ServerTCP(vector, { host: "127.0.0.1", port, unitID: 1 });
    server.on("initialized", () => console.log(`place 127.0.0.1:${port}`));
  });
});
readline.createInterface({ input: process.stdin }).on("line", (line) => {
  console.log(line === "writes" ? "ok " + writes.join(" ") : "error unknown word");
  writes = [];
});
