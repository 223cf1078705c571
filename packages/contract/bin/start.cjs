"use strict";
// A file of its own, because contract.cjs must not hold syntax that an old Node.js cannot read.
void import("../dist/cli.js").then(({ run }) => run(process.argv));
