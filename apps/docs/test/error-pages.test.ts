import { existsSync, readFileSync } from "node:fs";
import { ApiError } from "@contact-groups/client";
import { createMockClient } from "@contact-groups/client/testing";
import description from "@contact-groups/openapi" with { type: "json" };
import { expect, test } from "vitest";
import { dist, inAllLanguages } from "./site.ts";

const entries = Object.values(description["x-errors"]).flat();

test.each(entries)("$code has a page in every language with its name", ({ code, name }) => {
  for (const page of inAllLanguages(`errors/${code}/`))
    expect(readFileSync(`${dist}${page}index.html`, "utf8")).toContain(`${code} ${name}`);
});

test("the docsUrl of the client's errors is the code's page", async () => {
  const docsUrl = "https://docs.example.com/base";
  const client = createMockClient({ docsUrl });
  for (const { code } of entries) {
    client.mock.next("getContactGroup", { error: code });
    const error: unknown = await client
      .getContactGroup({ From_Account: "ann", StartIndex: 0 }, { retry: false })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiError);
    const page = (error as ApiError).docsUrl?.slice(docsUrl.length) ?? "none";
    expect(page).toBe(`/errors/${code}/`);
    expect(existsSync(`${dist}${page}index.html`)).toBe(true);
  }
});
