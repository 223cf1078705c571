import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { operations } from "../../src/operations.ts";
import { temporaryFolder } from "../coverage/folder.ts";
import { requestOf } from "../calls.ts";
import { providerOf, proxyTo, sendJson } from "./start.ts";

/** A UserSig as the official libraries make it, a token of the caller, and one that the proxy adds. */
const userSig = `eJw1zj0${"LwkAUheG-0nlhLhJ6u7VJnGTqRAcXw9ImmOhg".repeat(3)}*-_`;
const token = "caller-token/4f9a+b27c81=";
const added = "gateway-token-77c0ffee";
const parts = [userSig.slice(5, 40), "4f9a", "77c0ffee"];

const place = fc.constantFrom("query", "path", "body", "key", "field", "parameter", "bearer", "api-key", "cookie");
const echo = fc.constantFrom("text", "header", "page", "key", "status", "nothing");

test("no recorded call, violation or report has a credential, wherever it was sent and repeated", async () => {
  const folder = temporaryFolder();
  let how: string[] = [];
  const provider = await providerOf((outgoing, { target, fields, body }) => {
    const all = `${target} ${fields.join(" ")} ${body}`;
    if (how.includes("header")) outgoing.setHeader("X-Echo", encodeURI(all).slice(0, 2000));
    if (how.includes("status")) outgoing.statusCode = 400;
    if (how.includes("page")) return void outgoing.end(`<html>${all}</html>`);
    sendJson(outgoing, {
      ActionStatus: "FAIL",
      ErrorCode: 50002,
      ErrorInfo: all,
      ...(how.includes("key") && { [all]: all }),
    });
  });
  const live: unknown[] = [];
  const proxy = await proxyTo(provider.url, {
    record: folder,
    headers: { "X-Gateway": added },
    onViolation: (violation) => live.push(violation),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...operations),
      fc.array(place, { maxLength: 4 }),
      fc.array(echo, { maxLength: 2 }),
      async ({ operationId, path }, places, echoes) => {
        how = echoes;
        const query = new URLSearchParams([["usersig", userSig]]);
        if (places.includes("query")) query.append(userSig, userSig);
        if (places.includes("parameter")) query.append("access_token", token);
        const body: Record<string, unknown> = { ...Object(requestOf(operationId)) };
        if (places.includes("body")) body["From_Account"] = userSig;
        if (places.includes("key")) body[userSig] = { usersig: userSig };
        await fetch(`${proxy.url}${path}${places.includes("path") ? userSig : ""}?${query}`, {
          method: "POST",
          body: JSON.stringify(body),
          headers: {
            "Content-Type": "application/json",
            ...(places.includes("field") && { "X-Note": userSig }),
            ...(places.includes("bearer") && { Authorization: `Bearer ${token}` }),
            ...(places.includes("api-key") && { "X-Api-Key": token }),
            ...(places.includes("cookie") && { Cookie: `session=${token}; a=b` }),
          },
        });
        const recorded = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
        const written = [JSON.stringify([proxy.exchanges, proxy.violations(), live]), ...recorded].join();
        for (const part of parts) expect(written).not.toContain(part);
      },
    ),
    { numRuns: 100, seed: 1 },
  );
  expect(proxy.exchanges.length).toBeGreaterThan(50);
  for (const part of parts)
    expect(() => proxy.assertValid()).toThrow(expect.objectContaining({ message: expect.not.stringContaining(part) }));
});
