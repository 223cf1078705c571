import { query } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { call, emulate, failure, type Body } from "../call.ts";

const get = { From_Account: "ann", StartIndex: 0 };
const [bounds] = query.flatMap(({ name, field }) => (name === "random" && "maximum" in field ? [field] : []));
const withRandom = (emulator: ReturnType<typeof emulate>, random: string | undefined): Promise<Body> =>
  call(emulator, "getContactGroup", get, { query: { random } });

// Nothing, the time in milliseconds, a hash, and an empty text.
const others = [undefined, "1796055850000", "5f4dcc3b5aa765d6", "-1", "1.5", ""];

test.each(others)("accepts random %j", async (random) => {
  expect(await withRandom(emulate(), random)).toMatchObject({ ErrorCode: 0 });
});

test.each([...others, String(bounds!.maximum + 1)])("random: reject rejects %j", async (random) => {
  const response = await withRandom(emulate({ random: "reject" }), random);
  expect(response).toMatchObject(failure("UrlParameterIncorrect", "request.random"));
});

test("random: reject accepts the smallest and the largest unsigned 32-bit integer", async () => {
  const emulator = emulate({ random: "reject" });
  for (const random of [bounds!.minimum, bounds!.maximum])
    expect(await withRandom(emulator, String(random))).toMatchObject({ ErrorCode: 0 });
});

test("is decided by the settings of the app, and for an app that does not exist by those of the first app", async () => {
  const apps = [{ sdkAppId: 1400000000, settings: { random: "reject" } as const }, { sdkAppId: 1400000001 }];
  const emulator = emulate({}, { apps });
  const codeFor = async (sdkappid: string): Promise<object> =>
    call(emulator, "getContactGroup", get, { query: { sdkappid, random: undefined } });
  expect(await codeFor("1400000000")).toMatchObject(failure("UrlParameterIncorrect", "request.random"));
  expect(await codeFor("1400000001")).not.toMatchObject(failure("UrlParameterIncorrect", "request.random"));
  expect(await codeFor("1")).toMatchObject(failure("UrlParameterIncorrect", "request.random"));
});
