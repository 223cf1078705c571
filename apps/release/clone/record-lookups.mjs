// Imported into every Node.js program by NODE_OPTIONS, with `?file=` in its address: appends each name that is looked up to that file.
import dns from "node:dns";
import { appendFileSync } from "node:fs";

const file = new URL(import.meta.url).searchParams.get("file");
const { lookup } = dns;
dns.lookup = (name, ...rest) => {
  appendFileSync(file, `${name}\n`);
  return lookup(name, ...rest);
};
