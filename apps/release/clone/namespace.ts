/**
 * `node namespace.ts SOCKET`, started as root of new network and mount namespaces: lets their programs reach only this
 * machine and, through a proxy, the registry. Every name that a process looks up is reported to the socket of `record-names.ts`.
 * Prints the address of the proxy when it is ready, and stays until its input ends.
 */
import { execFileSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [socket = ""] = process.argv.slice(2);

execFileSync("ip", ["link", "set", "lo", "up"]);
const folder = mkdtempSync(join(tmpdir(), "resolver-"));
replace("/etc/resolv.conf", "nameserver 127.0.0.1\noptions attempts:1\n");
replace("/etc/nsswitch.conf", "hosts: files dns\n");

const resolver = createSocket("udp4", (query, { port, address }) => {
  const report = connect(socket).end(`LOOKUP ${questionOf(query)}\n`);
  report.resume().on("close", () => resolver.send(noSuchName(query), port, address));
});
resolver.bind(53, "127.0.0.1");
await once(resolver, "listening");

const proxy = createServer((client) => {
  const out = connect(socket);
  client.pipe(out).pipe(client);
  for (const end of [client, out])
    end.on("error", () => {
      client.destroy();
      out.destroy();
    });
});
proxy.listen(0, "127.0.0.1");
await once(proxy, "listening");
console.log(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);

process.stdin.resume().on("end", () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit();
});

/** Replaces a file of the machine, for these namespaces only. */
function replace(path: string, text: string): void {
  const file = join(folder, path.replaceAll("/", "-"));
  writeFileSync(file, text);
  execFileSync("mount", ["--bind", file, path]);
}

/** Returns the name that a DNS query asks for. */
function questionOf(query: Buffer): string {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return labels.join(".");
}

/** Returns the response to a DNS query whose name does not exist: the query itself with other flags. */
function noSuchName(query: Buffer): Buffer {
  const response = Buffer.from(query);
  response.writeUInt16BE(0x8183, 2);
  return response;
}
