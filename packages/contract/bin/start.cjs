// A file of its own, because contract.cjs must not hold syntax that an old Node.js cannot read.
exports.run = (argv) => import("../dist/cli.js").then(({ run }) => run(argv));
