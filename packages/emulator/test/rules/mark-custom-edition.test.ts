import { expect, test } from "vitest";
import { bits, custom, emulate, failure, get, mark, to } from "../call.ts";

test("needs the edition for standard marks, and not for custom marks", async () => {
  const emulator = emulate({ edition: "missing" });
  expect(await mark(emulator, custom(to("bob"), "x"))).toMatchObject({ ErrorCode: 0 });
  const both = { OptType: 3, ContactItem: to("cat"), CustomMark: "x" };
  for (const item of [bits(to("cat"), [0]), bits(to("cat")), both])
    expect(await mark(emulator, custom(to("cat"), "x"), item)).toMatchObject(failure("EditionRequired", "app.edition"));
  expect((await get(emulator))["ContactItem"]).toMatchObject([to("bob")]);
});

test("needs the edition for custom marks too when the setting says so", async () => {
  const missing = emulate({ edition: "missing", customMarkEdition: "included" });
  const response = await mark(missing, custom(to("bob"), "x"));
  expect(response).toMatchObject(failure("EditionRequired", "mark.custom-edition"));
  expect((await get(missing))["ContactItem"]).toEqual([]);
  expect(await mark(emulate({ customMarkEdition: "included" }), custom(to("bob"), "x"))).toMatchObject({
    ErrorCode: 0,
  });
});

test("checks the edition before the bits", async () => {
  const emulator = emulate({ edition: "missing", chatBits: "reject" });
  expect(await mark(emulator, bits(to("bob"), [31]))).toMatchObject(failure("EditionRequired", "app.edition"));
});
