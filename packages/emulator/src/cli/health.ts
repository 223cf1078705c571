import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { text } from "node:stream/consumers";
import { controlBase } from "../generated/control.ts";
import { printError } from "../terminal.ts";
import { messageOf, UsageError } from "./values.ts";

/** Time for a response, in milliseconds. */
const timeoutMs = 3000;

/**
 * Prints that an emulator serves, or sets the exit code 1 and prints why not: the codes that the health check of a container knows. An
 * address with `http` is tried with `https` as well, because such a check does not know the options of the emulator.
 */
export async function printHealth({ url }: { readonly url: string }): Promise<void> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new UsageError(
      `--url must be an address such as http://127.0.0.1:4020, but is ${JSON.stringify(url.slice(0, 60))}.`,
    );
  let why = "";
  for (const address of new Set([url, url.replace(/^http:/, "https:")])) {
    try {
      const body = await get(new URL(`${controlBase}/health`, address));
      if (/"ready":true/.test(body)) return void process.stdout.write(`The emulator serves at ${address}\n`);
      why ||= "something else responds there";
    } catch (error) {
      why ||= messageOf(error);
    }
  }
  printError(`No emulator serves at ${url}: ${why}.`);
  process.exitCode = 1;
}

function get(url: URL): Promise<string> {
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    // Nothing is sent but the path, so it does not matter who responds.
    const sent = request(url, { agent: false, timeout: timeoutMs, rejectUnauthorized: false }, (response) => {
      text(response).then(resolve, reject);
    });
    sent.on("timeout", () => sent.destroy(new Error(`there was no response within ${timeoutMs / 1000} seconds`)));
    sent.on("error", reject).end();
  });
}
