import { describe, expect, test } from "vitest";
import { fromFragment, type SharedCall, toFragment } from "../src/console/permalink.ts";

const operation = "create_contact_group";

function encoded(text: string | Uint8Array): string {
  return `#call=${Buffer.from(text).toString("base64url")}`;
}

describe("a call in a link", () => {
  test.each([
    ["ASCII", '{"From_Account":"user_0001"}'],
    ["Chinese and Japanese", '{"GroupName":"分组 グループ"}'],
    ["emoji", '{"GroupName":"👩‍👩‍👧🏳️‍🌈"}'],
    ["half of a surrogate pair", '{"GroupName":"\ud83d","b":"\ude00\ud83d"}'],
    ["broken JSON", '{"From_Account": }\n\0\t</script>'],
    ["an empty body", ""],
    ["100 kB", "名".repeat(33_334)],
  ])("returns a body with %s unchanged", (_, body) => {
    const fragment = toFragment({ operation, body });
    expect(fragment).toMatch(/^#call=[\w-]+$/);
    expect(fromFragment(fragment)).toEqual({ operation, body });
    // An address keeps the fragment.
    expect(new URL(fragment, "https://docs.example/console/").hash).toBe(fragment);
  });

  test("returns every field", () => {
    const call: Required<SharedCall> = {
      operation,
      body: "{}",
      error: 51_008,
      state: "full",
      server: "http://127.0.0.1:4020/base",
      sdkAppId: "1400000000",
      identifier: "administrator",
    };
    expect(fromFragment(toFragment(call))).toEqual(call);
  });

  test("writes no secret, wherever the caller has put it", () => {
    const call = {
      operation,
      body: "{}",
      server: "https://user:password@host.example/base?usersig=secret#secret",
      userSig: "secret",
      secretKey: "secret",
    };
    const fragment = toFragment(call);
    expect(Buffer.from(fragment.slice("#call=".length), "base64url").toString()).not.toMatch(/secret|user:|password/);
    expect(fromFragment(fragment)).toEqual({ operation, body: "{}", server: "https://host.example/base" });
  });

  test("reads no user name and no password, either", () => {
    const call = { operation, body: "", server: "http://user:password@host.example/", userSig: "secret" };
    expect(fromFragment(encoded(JSON.stringify(call)))).toEqual({
      operation,
      body: "",
      server: "http://host.example",
    });
  });

  test("is empty when it is too long for an address", () => {
    expect(toFragment({ operation, body: "a".repeat(1_000_000) })).toBe("");
  });

  test.each([
    ["nothing", ""],
    ["another fragment", "#request"],
    ["no base64", "#call=%%%"],
    ["an empty call", "#call="],
    ["bytes that are not UTF-8", encoded(new Uint8Array([0xff, 0xfe]))],
    ["text that is not JSON", encoded("{")],
    ["a value that is not an object", encoded("null")],
    ["a list", encoded("[]")],
    ["no body", encoded(JSON.stringify({ operation }))],
    ["a body that is not text", encoded(JSON.stringify({ operation, body: {} }))],
    ["markup as the operation", encoded(JSON.stringify({ operation: "<img>", body: "" }))],
    ["a fragment that is too long", encoded(JSON.stringify({ operation, body: "a".repeat(1_000_000) }))],
  ])("is absent in %s", (_, hash) => {
    expect(fromFragment(hash)).toBeUndefined();
  });

  test.each([
    ["error", "51008"],
    ["error", 1.5],
    ["state", "<img>"],
    ["server", "javascript:alert(1)"],
    ["server", {}],
    ["sdkAppId", 1],
    ["identifier", "a".repeat(65)],
    ["__proto__", { error: 1 }],
  ])("leaves out %s: %j", (name, value) => {
    const text = `{"operation":"${operation}","body":"","${name}":${JSON.stringify(value)}}`;
    const call = fromFragment(encoded(text));
    expect(call).toMatchObject({ operation, body: "" });
    expect(call?.[name as "error"]).toBe(name === "__proto__" ? Object.prototype : undefined);
    expect(call?.error).toBeUndefined();
  });
});
