/** Does what curl does with the options that the command prints, for machines without curl. */
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: "string" }, header: { type: "string", short: "H" } },
});
const [url = ""] = positionals;
const [name = "Content-Type", value = "application/x-www-form-urlencoded"] = values.header?.split(": ") ?? [];
const response = await fetch(url, {
  headers: { [name]: value },
  ...(values.data !== undefined && { method: "POST", body: values.data }),
});
process.stdout.write(await response.text());
