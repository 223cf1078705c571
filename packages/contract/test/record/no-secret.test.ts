import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createContractFetch } from "../../src/index.ts";
import { requestOf, userSig } from "../calls.ts";
import { operations } from "../../src/operations.ts";

const api = createContractFetch();
/** A UserSig as the official libraries make it. */
const real = `eJw1zj0${"LwkAUheG-0nlhLhJ6u7VJnGTqRAcXw9ImmOhg".repeat(3)}*-_`;

const secret = fc.constantFrom(userSig, real);
const name = fc.constantFrom("usersig", "UserSig", "USERSIG", "identifier", "sdkappid", "random", "signature", "a%20b");
const place = fc.constantFrom("path", "query", "body", "key", "prefer", "escaped");

test("no record, violation or report has a UserSig, wherever it was sent", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...operations),
      secret,
      fc.array(name, { maxLength: 3 }),
      fc.array(place, { maxLength: 4 }),
      async (operation, hidden, names, places) => {
        // Only the real one can be known where the request does not name it.
        const sig = names.includes("usersig") ? hidden : real;
        api.reset();
        const query = new URLSearchParams([["contenttype", "json"]]);
        for (const one of names) query.append(one, sig);
        if (places.includes("query")) query.append(sig, "1");
        const body: Record<string, unknown> = { ...Object(requestOf(operation.operationId as "getContactGroup")) };
        if (places.includes("body")) body["From_Account"] = sig;
        if (places.includes("key")) body[sig] = { usersig: sig };
        const json = JSON.stringify(body);
        const escaped = json.replaceAll(sig, `\\u0065${sig.slice(1)}`);
        const path = places.includes("path") ? `${operation.path}/${sig}` : operation.path;
        await api.fetch(`${path}?${query}`, {
          method: "POST",
          body: places.includes("escaped") ? escaped : json,
          headers: places.includes("prefer") ? { Prefer: `example=${sig}` } : {},
        });
        const written = JSON.stringify([api.exchanges, api.violations()]);
        expect(written).not.toContain(sig.slice(5, 40));
        expect(() => api.assertValid()).toThrow(/^(?:(?!eJ)[^])*$/);
      },
    ),
    { numRuns: 300, seed: 1 },
  );
});

test("keeps ordinary texts as they are", async () => {
  api.reset();
  const body = { From_Account: "usersig", StartIndex: 0, Note: "a usersig: eJ and \\u0041" };
  await api.fetch("/v4/recentcontact/get_contact_group?identifier=administrator&sdkappid=1&usersig=x", {
    method: "POST",
    body: JSON.stringify(body),
  });
  expect(api.exchanges[0]?.request.body).toEqual(body);
});
