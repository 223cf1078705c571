/** Does what curl does with the options that the command prints, for machines without curl. */
import { readFileSync } from "node:fs";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: "string" },
    "data-raw": { type: "string" },
    globoff: { type: "boolean" },
    header: { type: "string", short: "H" },
    request: { type: "string", short: "X" },
    cacert: { type: "string" },
  },
});
const [url = ""] = positionals;
const [name = "Content-Type", value = "application/x-www-form-urlencoded"] = values.header?.split(": ") ?? [];
const { data = values["data-raw"], request: method = data === undefined ? "GET" : "POST" } = values;
const request = url.startsWith("https:") ? requestHttps : requestHttp;
const ca = values.cacert === undefined ? undefined : readFileSync(values.cacert);
request(url, { method, headers: { [name]: value }, ca }, (response) => {
  void text(response).then((body) => process.stdout.write(body));
}).end(data);
