import { expect, test } from "vitest";
import { createRedactor } from "../../src/redact.ts";

const userSig = "eJw/a+usersig=*of-tests";
const names = ["sdkappid", "identifier", "usersig"];

test("hides the UserSig anywhere in a text, also percent-encoded", () => {
  const { text } = createRedactor("usersig", names, () => [userSig]);
  expect(text(`(${userSig}) [${encodeURIComponent(userSig)}]`)).toBe("([redacted]) [[redacted]]");
});

test.each<[string, (secret: string) => string]>([
  ["as JSON", (secret) => JSON.stringify(secret)],
  ["as JSON in JSON", (secret) => JSON.stringify(JSON.stringify(secret))],
  ["as JSON with a slash escaped", (secret) => secret.replaceAll("/", "\\/")],
  ["as JSON with signs escaped", (secret) => secret.replace(/\W/g, (sign) => `\\u00${hex(sign)}`)],
  ["as a form", (secret) => new URLSearchParams({ "": secret }).toString().slice(1)],
  ["with each sign percent-encoded", (secret) => secret.replace(/\W/g, (sign) => `%${hex(sign)}`)],
  ["in lower case", (secret) => encodeURIComponent(secret).toLowerCase()],
  ["twice percent-encoded", (secret) => encodeURIComponent(encodeURIComponent(secret))],
  ["as HTML, with names", (secret) => secret.replace("/", "&sol;").replace("+", "&plus;").replace("=", "&equals;")],
  ["as HTML, with numbers", (secret) => secret.replace(/\W/g, (sign) => `&#x${hex(sign)};`)],
  ["cut off", (secret) => secret.slice(0, -3)],
])("hides the UserSig %s", (_, spelled) => {
  const { text } = createRedactor("usersig", names, () => ["another-secret", userSig]);
  expect(text(`before ${spelled(userSig)} after`)).toMatch(/^before [\\"]*\[redacted\][\\"]* after$/);
});

test.each<[string, (secret: string) => string]>([
  ["that lacks its beginning", (secret) => secret.slice(20)],
  ["in lines", (secret) => spread(secret, "\n", 40)],
  ["in words", (secret) => spread(secret, " ", 4)],
  ["with tags where it may break", (secret) => spread(secret, "<wbr>", 10)],
  ["with characters of no width", (secret) => spread(secret, "&#8203;", 1)],
  ["in UTF-16", (secret) => spread(secret, "\0", 1)],
  ["in a tag", (secret) => `<a title="${secret.slice(20)}">`],
  ["in lower case, in lines", (secret) => spread(secret.toLowerCase(), "\n", 40)],
])("leaves nothing of a text with a UserSig %s", (_, spelled) => {
  const long = `eJyrVgrxCdYrSy1SslIy${"Aj5-hT*nZ2kQ9wXbR4mC_".repeat(8)}`;
  const { text } = createRedactor("usersig", names, () => ["another-secret", long]);
  expect(text(`before ${spelled(long)} after`)).toBe("[redacted]");
});

function spread(secret: string, between: string, every: number): string {
  return secret.match(new RegExp(`.{1,${every}}`, "g"))!.join(between);
}

function hex(sign: string): string {
  return sign.charCodeAt(0).toString(16);
}

test("hides the whole query of a URL that has a credential", () => {
  const { text } = createRedactor("usersig", names, () => [userSig]);
  expect(text("POST /v4/a?usersig=another-one&random=1 HTTP/1.1")).toBe("POST /v4/a?[redacted] HTTP/1.1");
  expect(text("for url (http://a.test/?random=1&Identifier=b): refused")).toBe(
    "for url (http://a.test/?[redacted]): refused",
  );
  expect(text('<a href="/v4/a?sdkappid=1&amp;usersig=b">')).toBe('<a href="/v4/a?[redacted]">');
  expect(text("/login?next=%2Fv4%3Fsdkappid%3D1%26usersig%3Db c")).toBe("/login?[redacted] c");
  expect(text("at file.ts?v=1:2:3, who?")).toBe("at file.ts?v=1:2:3, who?");
});

test("hides the value of usersig outside a query", () => {
  const { text } = createRedactor("usersig", names, () => [userSig]);
  expect(text("UserSig=b&identifier=administrator is wrong")).toBe(
    "UserSig=[redacted]&identifier=administrator is wrong",
  );
});

test.each(["?", "%3F", ")", "?)", "&", "\\", "%25", "eJw", "usersig", "?usersig=)"])(
  "hides in time that grows with the text: %s",
  (part) => {
    const { text } = createRedactor("usersig", names, () => [userSig, "/".repeat(40)]);
    expect(text(`${part.repeat(200_000)} end`)).toMatch(/ end$/);
  },
);

test("leaves ordinary words alone when the UserSig is a short placeholder", () => {
  expect(createRedactor("usersig", names, () => ["any"]).text("any company, ?usersig=any&a=1")).toBe(
    "any company, ?[redacted]",
  );
});

test("leaves a text without a UserSig unchanged", () => {
  expect(createRedactor("usersig", names, () => [userSig]).text("the usersig is wrong")).toBe("the usersig is wrong");
});

test.each([undefined, null, 7, "text", new Error("clean")])("passes the clean value %s through", (value) => {
  expect(createRedactor("usersig", names, () => [userSig]).error(value)).toBe(value);
});

test("hides in a response the UserSig of its request, in each spelling, and nothing else", () => {
  const sent = 'a"b\\c+d/e=f, as long as a UserSig is';
  const { response } = createRedactor("usersig", names, () => [userSig]);
  expect(response(`${sent} ${encodeURIComponent(sent)} ${JSON.stringify(sent)}`, sent)).toBe(
    '[redacted] [redacted] "[redacted]"',
  );
  expect(response(`?usersig=b ${userSig}`, sent)).toBe(`?usersig=b ${userSig}`);
});

test("leaves a response unchanged where the UserSig of its request is a short placeholder", () => {
  const { response, text } = createRedactor("usersig", names, () => ["any-text"]);
  expect(response('{"GroupName":"any-text"}', "any-text")).toBe('{"GroupName":"any-text"}');
  expect(text("any-text")).toBe("[redacted]");
});
