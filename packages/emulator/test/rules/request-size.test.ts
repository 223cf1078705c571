import { expect, test } from "vitest";
import { call, emulate, failure } from "../call.ts";

const body = JSON.stringify({ From_Account: "ann", StartIndex: 0 });

test("accepts a body of the largest size and rejects one more byte", async () => {
  const emulator = emulate({}, { maxBodyBytes: body.length });
  expect(await call(emulator, "getContactGroup", body)).toMatchObject({ ErrorCode: 0 });
  expect(await call(emulator, "getContactGroup", `${body} `)).toMatchObject(
    failure("HttpParseFailure", "request.size"),
  );
});
