import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { openRecording } from "../../src/proxy/recording.ts";
import { callLines } from "../../src/cli/proxy.ts";
import { reportText } from "../../src/proxy/report-text.ts";
import { sign } from "../user-sig.ts";
import { exchange, proxyTo, serverOf, temporaryFolder } from "./start.ts";

const userSig = await sign();
const path = "/v4/recentcontact/get_contact_group";
const rest = "identifier=administrator&random=1&contenttype=json";

/** Parts by which anybody could find the UserSig. */
const parts = Array.from({ length: Math.floor(userSig.length / 20) }, (_, index) =>
  userSig.slice(index * 20, index * 20 + 20),
);

/** Everything that a proxy keeps and shows of one call, to a service that responds with a text. */
async function shown(target: string, body: string, response: string, fields: readonly string[] = []): Promise<string> {
  const file = join(temporaryFolder(), "calls.har");
  const recording = openRecording(file, "1.0.0");
  const { origin } = await serverOf((outgoing) =>
    outgoing.writeHead(200, { "Content-Type": "application/json", "X-Echo": userSig }).end(response),
  );
  const proxy = await proxyTo(origin, { recording, forwardAll: true });
  const length = Buffer.byteLength(body);
  const head = [
    `POST ${target} HTTP/1.1`,
    "Host: x",
    "Connection: close",
    ...fields,
    `Content-Length: ${length}`,
    "",
    body,
  ];
  await exchange(proxy.url, head.join("\r\n"));
  await proxy.settled();
  await proxy.close();
  recording.close();
  const report = proxy.report();
  return [
    readFileSync(file, "utf8"),
    JSON.stringify([proxy.calls, proxy.errors, report]),
    ...proxy.calls.flatMap(callLines),
    ...reportText(report),
  ].join("\n");
}

const ok = '{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}';
const good = `${path}?sdkappid=1400000000&usersig=${userSig}&${rest}`;
const get = '{"From_Account":"ann","StartIndex":0}';
const echo = (value: unknown): string => JSON.stringify({ ErrorCode: 50002, ErrorInfo: value });

test.each([
  ["in its place", good, get, ok],
  ["twice", `${good}&usersig=${userSig}`, get, ok],
  ["under another name", `${path}?sdkappid=1400000000&UserSig=${userSig}&token=${userSig}&${rest}`, get, ok],
  ["as a name", `${path}?sdkappid=1400000000&${userSig}&${rest}`, get, ok],
  ["as the app", `${path}?sdkappid=${userSig}&usersig=${userSig}&${rest}`, get, ok],
  ["as the identifier", `${path}?sdkappid=1&identifier=${userSig}&usersig=x&random=1&contenttype=json`, get, ok],
  ["in the path", `/v4/${userSig}`, get, ok],
  ["encoded", `${path}?sdkappid=1400000000&usersig=%65${userSig.slice(1)}&${rest}`, get, ok],
  ["in the body", good, JSON.stringify({ From_Account: userSig, [userSig]: [userSig] }), ok],
  ["in a body that is not JSON", good, `usersig=${userSig}`, "<html>"],
  ["in the response", good, get, echo(userSig)],
  ["in a URL in the response", good, get, echo(`see https://x.example${good}`)],
  ["in a page", good, get, `<html>POST ${good.replaceAll("&", "&amp;")}</html>`],
  ["in a page, encoded twice", good, get, `<html>${encodeURIComponent(encodeURIComponent(good))}</html>`],
  ["cut off in the response", good, get, echo(`wrong: ${userSig.slice(0, 60)}...`)],
  ["its end in the response", good, get, echo(`wrong: ...${userSig.slice(60)}`)],
  [
    "as escapes",
    good,
    get,
    `{"ErrorCode":50002,"ErrorInfo":"${userSig.replaceAll("A", "\\u0041").replaceAll("-", "\\u002d")}"}`,
  ],
  [
    "in a name that differs",
    good,
    get,
    JSON.stringify({ ErrorCode: 0, ContactItem: [], GroupItem: [{ GroupName: userSig, GroupId: 1 }] }),
  ],
])("keeps and shows no UserSig that is %s", async (_, target, body, response) => {
  const text = await shown(target, body, response, [`X-Token: ${userSig}`, `Content-Type: a/b; x=${userSig}`]);
  expect(text).toContain("redacted");
  expect(parts.filter((part) => text.includes(part))).toEqual([]);
});

test("keeps and shows no UserSig, whatever the request and the response", async () => {
  const noise = fc.string({ maxLength: 20 }).map(encodeURIComponent);
  const name = fc.constantFrom("usersig", "random", "contenttype", "identifier", "sdkappid");
  const value = fc.oneof(fc.constant(userSig), fc.constant(encodeURIComponent(good)), fc.string({ maxLength: 5 }));
  const json = fc.object({
    key: fc.oneof(value, fc.constantFrom("ErrorCode", "ErrorInfo", "GroupName")),
    values: [value, fc.integer()],
  });
  await fc.assert(
    fc.asyncProperty(name, noise, noise, json, json, async (place, before, after, body, response) => {
      const target = `${path}?${before}=${after}&usersig=${userSig}&${place}=${userSig}&${rest}`;
      const text = await shown(target, JSON.stringify(body), JSON.stringify({ ErrorCode: 0, ...response }));
      expect(parts.filter((part) => text.includes(part))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test("sends the UserSig to the service as it is", async () => {
  const { origin, received } = await serverOf((outgoing) => outgoing.end(ok));
  const { url } = await proxyTo(origin);
  await fetch(`${url}${good}`, { method: "POST", body: get });
  expect(received.map(({ target }) => target)).toEqual([good]);
});
