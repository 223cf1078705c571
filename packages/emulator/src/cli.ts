#!/usr/bin/env node
/*
 * The command's entry. Versions of Node.js that are too old for the rest have to be able to run it, so everything else is loaded only when
 * Node.js is new enough.
 */
import manifest from "../package.json" with { type: "json" };
import { explainOldNode } from "./cli/node-version.ts";

const message = explainOldNode(process.versions.node, manifest.engines.node);
if (message === "") {
  void import("./cli/main.ts").then(({ main }) => main(process.argv.slice(2), manifest.version));
} else {
  console.error(message);
  process.exitCode = 2;
}
