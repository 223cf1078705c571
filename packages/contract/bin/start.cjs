// A file of its own, because contract.cjs must not hold syntax that an old Node.js cannot read.
// The cache of compiled code saves time from the second start on. It is in the folder for temporary files, and NODE_DISABLE_COMPILE_CACHE=1 disables it.
require("node:module").enableCompileCache?.();
exports.run = (argv) => import("../dist/cli.js").then(({ run }) => run(argv));
