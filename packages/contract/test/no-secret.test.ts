import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startContractServer, type ContractServer } from "../src/index.ts";
import { testedOperations } from "./tested-operations.ts";
import { requestOf, urlOf, userSig } from "./calls.ts";
import { mutations } from "../src/verify/broken-values.ts";

let server: ContractServer;
beforeAll(async () => void (server = await startContractServer()));
afterAll(() => server.close());

describe.each(testedOperations)("$operationId", ({ operationId, path, request: field }) => {
  test("no response has the UserSig, wherever it was sent", async () => {
    const url = await urlOf(server, operationId);
    const { search } = url;
    const request = requestOf(operationId);
    const responses: string[] = [];
    const sendOne = async (to: URL, init: RequestInit): Promise<void> => {
      const response = await fetch(to, { method: "POST", ...init });
      responses.push(`${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}`);
    };
    const broken = mutations(field, request).map(({ value }) => value);
    const misplaced = [
      { [userSig]: 1 },
      userSig,
      [userSig],
      { ...Object(request), [userSig]: userSig },
      { ...Object(request), From_Account: [userSig] },
    ];
    const inField = { ...Object(request), From_Account: `\u0000${userSig}` };
    for (const body of [...broken, ...misplaced, inField, request]) await sendOne(url, { body: JSON.stringify(body) });
    for (const text of ["", "{", userSig, `{"a":${userSig}`]) await sendOne(url, { body: text });
    await sendOne(url, { body: "{}", headers: { Prefer: `example=${userSig}` } });
    await sendOne(url, { method: "GET" });
    for (const wrong of [`${path}/${userSig}${search}`, `${path}&${search.slice(1)}`, `/${userSig}${search}`]) {
      await sendOne(new URL(`${server.url}${wrong}`), { body: "{}" });
    }
    for (const name of url.searchParams.keys()) {
      const twice = new URL(url);
      twice.searchParams.append(name, userSig);
      await sendOne(twice, { body: JSON.stringify(request) });
      const swapped = new URL(url);
      swapped.searchParams.set(name, userSig);
      await sendOne(swapped, { body: JSON.stringify(request) });
    }
    expect(responses.filter((response) => response.includes(userSig) || !response.startsWith("200 "))).toEqual([]);
  });
});
