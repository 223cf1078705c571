import { expect, test } from "vitest";
import { createRedactor } from "../../src/redact.ts";

const userSig = "eJw/a+usersig=*of-tests";

test("hides the UserSig anywhere in a text, also percent-encoded", () => {
  const { text } = createRedactor("usersig", () => [userSig]);
  expect(text(`(${userSig}) [${encodeURIComponent(userSig)}]`)).toBe("([redacted]) [[redacted]]");
});

test("hides the value of usersig in any query", () => {
  const { text } = createRedactor("usersig", () => [userSig]);
  expect(text("GET /v4?usersig=another-one&random=1 HTTP/1.1")).toBe("GET /v4?usersig=[redacted]&random=1 HTTP/1.1");
  expect(text("url (http://a.test/?random=1&UserSig=b)")).toBe("url (http://a.test/?random=1&UserSig=[redacted]");
});

test("leaves ordinary words alone when the UserSig is a short placeholder", () => {
  expect(createRedactor("usersig", () => ["any"]).text("any company, ?usersig=any&a=1")).toBe(
    "any company, ?usersig=[redacted]&a=1",
  );
});

test("leaves a text without a UserSig unchanged", () => {
  expect(createRedactor("usersig", () => [userSig]).text("the usersig is wrong")).toBe("the usersig is wrong");
});

test.each([undefined, null, 7, "text", new Error("clean")])("passes the clean value %s through", (value) => {
  expect(createRedactor("usersig", () => [userSig]).error(value)).toBe(value);
});

test("hides in a response the UserSig of its request, in each spelling, and nothing else", () => {
  const sent = 'a"b\\c+d/e=f';
  const { response } = createRedactor("usersig", () => [userSig]);
  expect(response(`${sent} ${encodeURIComponent(sent)} ${JSON.stringify(sent)}`, sent)).toBe(
    '[redacted] [redacted] "[redacted]"',
  );
  expect(response(`?usersig=b ${userSig}`, sent)).toBe(`?usersig=b ${userSig}`);
});
