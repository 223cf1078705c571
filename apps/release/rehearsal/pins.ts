import { readFileSync } from "node:fs";
import { parse } from "yaml";
import pinned from "@contact-groups/testing/runtimes.json" with { type: "json" };

const root = new URL("../../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const catalog: Readonly<Record<string, string>> = parse(read("pnpm-workspace.yaml")).catalog;
const runtimes: Readonly<Record<string, string>> = pinned.dependencies;

const byMajorVersion = new Map(
  Object.keys(runtimes)
    .filter((name) => name.startsWith("typescript-"))
    .map((name) => [name.split(".")[0], name]),
);

/** The newest compiler of each major version, as the project of a consumer names it. */
export const compilers: readonly string[] = [...byMajorVersion.values()];

/** Packages that a consumer has in addition to ours, in the versions that this repository is tested with. */
export const pins: Readonly<Record<string, string>> = Object.fromEntries([
  ...compilers.map((name) => [name, runtimes[name] ?? ""]),
  ...["@opentelemetry/api", "@opentelemetry/sdk-trace-base", "@types/node", "openapi-fetch", "vitest"].map((name) => [
    name,
    catalog[name] ?? "",
  ]),
]);

/** The yarn that consumers use. It is installed from the registry, too. */
export const yarn = { package: "@yarnpkg/cli-dist", version: "4.18.1", bin: "bin/yarn.js" } as const;
