#!/usr/bin/env node
// In the syntax of 2009, so that the oldest Node can say what it lacks.
var needed = require("../package.json").engines.node.replace(/^[^0-9]*/, "");
var version = process.versions.node;
var parts = needed.split(".");
var found = version.split(".");
var index = 0;
while (index < 2 && parts[index] === found[index]) index += 1;
if (Number(found[index]) < Number(parts[index])) {
  var sentence = "needs Node " + needed + " or later, but this is Node " + version;
  console.error("@contact-groups/contract " + sentence + ".");
  process.exit(2);
}
require("./start.cjs").run(process.argv);
