/** Runs the snippets of the client's README that need a server of Redis, unchanged, from the packed package. */
import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { promisify } from "node:util";
import { startRedis } from "@contact-groups/testing/redis-server";
import { expect, test } from "vitest";
import { packClient } from "../packed.ts";
import { startContractServer } from "@contact-groups/contract";
import { createReadmeProject, environment, redisSnippets } from "../readme-project.ts";

test("the README has an example of a fleet", () => {
  expect(redisSnippets).not.toEqual([]);
});

test.each(redisSnippets)("$name of the README runs with a server of Redis", async ({ name }) => {
  const server = await startContractServer();
  const packed = await packClient();
  const project = await createReadmeProject(packed.tarball, server.url);
  await using redis = await startRedis();
  try {
    const env = { ...process.env, ...environment, REDIS_URL: redis.url };
    const { stdout } = await promisify(execFile)(process.execPath, [name], { cwd: project, env });
    expect(stdout).toMatch(/^\d+\n$/);
  } finally {
    packed.remove();
    rmSync(project, { recursive: true, force: true });
    await server.close();
  }
});
