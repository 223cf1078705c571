import * as fc from "fast-check";
import { expect, test } from "vitest";
import { hide, mask, redaction } from "../../src/redact.ts";

/** A UserSig as the official libraries create it. */
const real = `eJw1zj0${"LwkAUheG-0nlhLhJ6u7VJnGTqRAcXw9ImmOhg".repeat(3)}*-_`;

test("replaces a secret verbatim, in JSON and in a URL", () => {
  const redact = redaction(['se"cret value', "short"]);
  expect(redact('a se"cret value, a se\\"cret value, a se%22cret%20value, a short one')).toBe(
    "a [redacted], a [redacted], a [redacted], a short one",
  );
});

test("replaces what looks like a UserSig, whether it is known or not", () => {
  expect(redaction([])(`a ${real}, and eJ`)).toBe("a [redacted], and eJ");
  expect(hide(real, [])).toBe(real);
});

test("replaces a secret that contains another one as a whole", () => {
  const [inner, outer] = ["an inner secret", "about an inner secret of many"];
  expect(hide(`${outer}, ${inner}`, [inner, outer])).toBe("[redacted], [redacted]");
});

test("leaves no spelling of a secret in any text", () => {
  const secret = fc.oneof(
    fc.stringMatching(/^[A-Za-z0-9*_-]{8,40}$/),
    fc.string({ unit: "grapheme", minLength: 8, maxLength: 40 }),
  );
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), (hidden, before, after) => {
      // What is left over of the text around it, or the mask itself, can be the secret by chance.
      fc.pre(!`${before}${mask}${after}`.includes(hidden));
      for (const spelling of [hidden, encodeURIComponent(hidden), JSON.stringify(hidden).slice(1, -1)])
        for (const clean of [hide, (text: string, secrets: readonly string[]) => redaction(secrets)(text)])
          expect(clean(`${before}${spelling}${after}`, [hidden])).not.toContain(spelling);
    }),
    { numRuns: 1000 },
  );
});

test("replaces each run of a UserSig's characters once, also in a text of 20 million", () => {
  const userSig = `eJ${"x".repeat(60)}`;
  const redact = redaction([]);
  expect(redact(`a ${userSig}, ${userSig}*_- b eJ${"x".repeat(59)}`)).toBe(`a ${mask}, ${mask} b eJ${"x".repeat(59)}`);
  expect(redact(`a${"eA".repeat(10_000_000)} b`)).toBe(`a${mask} b`);
  const plain = "no credential";
  expect(redact(plain)).toBe(plain);
});
