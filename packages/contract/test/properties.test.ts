import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { description } from "../src/description.ts";
import { ownKeywords, validator } from "../src/explain.ts";
import { createContractFetch } from "../src/index.ts";
import { tellApart } from "../src/tell-apart.ts";
import { testedOperations } from "./bundle.ts";
import { verdictOf } from "./calls.ts";

const query = "sdkappid=1400000000&identifier=administrator&usersig=eJwtzMEK&random=1&contenttype=json";
const isFailure = validator().compile(tellApart(description.components.schemas["Failure"] ?? {}));
const api = createContractFetch({ prism: "every", maxExchanges: 1 });

describe.each(testedOperations)("$operationId", ({ path, requests, requestSchema }) => {
  const [{ value: valid } = { value: undefined }] = requests;
  const someJson = fc.oneof(
    fc.jsonValue(),
    fc.jsonValue().map((extra) => Object.assign({}, valid, extra)),
  );
  const breaksOwnKeyword = ((): ((value: unknown) => boolean) => {
    const validate = validator().compile(tellApart(requestSchema));
    return (value) => !validate(value) && (validate.errors ?? []).some(({ keyword }) => ownKeywords.includes(keyword));
  })();

  test("refuses a body exactly when Prism does, or a keyword that Prism does not know", async () => {
    await fc.assert(
      fc.asyncProperty(someJson, async (value) => {
        const text = JSON.stringify(value);
        const response = await send(path, text);
        const body: unknown = await response.json();
        const refused = verdictOf(response)?.status !== 200 || breaksOwnKeyword(JSON.parse(text));
        expect(isFailure(body)).toBe(refused);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  test("answers any bytes with an envelope", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const response = await send(path, bytes);
        expect(response.status).toBe(200);
        expect(isFailure(await response.json())).toBe(true);
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});

function send(path: string, body: string | Uint8Array): Promise<Response> {
  return api.fetch(new Request(`http://contract.test${path}?${query}`, { method: "POST", body: Buffer.from(body) }));
}
