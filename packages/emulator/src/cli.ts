#!/usr/bin/env node
/*
 * The command's entry. It has to be understood by a Node that is too old for all the rest, so everything else is loaded only when
 * Node is new enough.
 */
import manifest from "../package.json" with { type: "json" };
import { explainOldNode } from "./cli/node-version.ts";

const problem = explainOldNode(process.versions.node, manifest.engines.node);
if (problem === "") {
  void import("./cli/main.ts").then(({ main }) => main(process.argv.slice(2), manifest.version));
} else {
  console.error(problem);
  process.exitCode = 2;
}
