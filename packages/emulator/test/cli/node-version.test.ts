import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { explainOldNode } from "../../src/cli/node-version.ts";
import { spawnCommand } from "./run.ts";

const pretend = (version: string): string =>
  `data:text/javascript,Object.defineProperty(process.versions, "node", { value: "${version}" })`;

test("an older Node.js gets one sentence with the version that is needed, and the exit code 2", async () => {
  const { ended, errors } = spawnCommand(["rules"], { node: ["--import", pretend("20.1.0")] });
  expect(await ended).toBe(2);
  expect(errors()).toBe(
    "contact-groups-emulator needs Node.js 22.13.0 or later, but this is Node.js 20.1.0. Install a newer version.\n",
  );
});

test.each(["4.0.0", "21.99.99", "22.12.9", "22.2.0"])("Node.js %s is too old", (version) => {
  expect(explainOldNode(version, manifest.engines.node)).toContain(`this is Node.js ${version}`);
});

test.each(["22.13.0", "22.13.0-nightly", "22.100.0", "26.10.0", "100.0.0"])("Node.js %s is new enough", (version) => {
  expect(explainOldNode(version, manifest.engines.node)).toBe("");
});
