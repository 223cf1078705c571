import { launchBrowser } from "@contact-groups/testing/browser";
import { lighthouseScores } from "@contact-groups/testing/lighthouse";
import { freePort } from "@contact-groups/testing/redis-server";
import { serveStaticSite, type StaticSite } from "@contact-groups/testing/static-site";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kinds } from "./kinds.ts";
import { dist } from "./site.ts";

const categories = ["accessibility", "best-practices", "seo"] as const;

let server: StaticSite;
let browser: Browser;
let port: number;

beforeAll(async () => {
  port = await freePort();
  server = await serveStaticSite(dist);
  browser = await launchBrowser([`--remote-debugging-port=${port}`]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

// Its performance is a time, which the benchmarks measure.
test.each(kinds)(
  "Lighthouse gives the $name page at least $lighthouse on a phone",
  async ({ sample, lighthouse, listed }) => {
    const scored = categories.filter((category) => listed || category !== "seo");
    const scores = await lighthouseScores(server.url + sample, port, scored);
    const low = Object.entries(scores).filter(([, { score }]) => score < lighthouse);
    expect(low).toEqual([]);
  },
);
