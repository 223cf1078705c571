/** Writes `dist/prism.cjs`, Prism as this package uses it, and the notices of what is in it. `docs/adr/0002` says why it is bundled. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { noticesOf } from "./notices.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Parts of Prism that this package never runs: random responses, Postman collections, and calls to a server behind a proxy. */
const unused = /^(@faker-js\/faker(\/.*)?|@stoplight\/http-spec\/postman\/operation|node-fetch|https?-proxy-agent)$/;

const leaveOut: Plugin = {
  name: "omit what is never run",
  setup(bundle) {
    bundle.onResolve({ filter: unused }, ({ path }) => ({ path, namespace: "unused" }));
    bundle.onLoad({ filter: /.*/, namespace: "unused" }, () => ({ contents: "module.exports = {};" }));
  },
};

/** Replaces `url.resolve`, as the manual of Node.js recommends. */
const resolve = `(from, to) => {
  const { protocol, pathname, search, hash, href } = new URL(to, new URL(from, "resolve://"));
  return protocol === "resolve:" ? pathname + search + hash : href;
}`;

const adapt: Plugin = {
  name: "adapt what a bundle cannot hold as it is",
  setup(bundle) {
    // Its CommonJS build passes `require` as an argument, which no bundler can follow.
    bundle.onResolve({ filter: /^jsonc-parser$/ }, ({ importer, resolveDir, kind }) =>
      bundle.resolve("jsonc-parser/lib/esm/main.js", { importer, resolveDir, kind }),
    );
    // Node.js warns of `url.resolve` wherever the caller is not in node_modules, as in this repository or a linked folder.
    bundle.onLoad({ filter: /json-schema-ref-parser[/\\]lib[/\\]util[/\\]url\.js$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const contents = text.replace('require("url").resolve', resolve);
      if (contents === text) throw new Error(`${path} no longer uses url.resolve: delete this replacement.`);
      return { contents };
    });
  },
};

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ["src/prism-parts.ts"],
  outfile: "dist/prism.cjs",
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  minifyWhitespace: true,
  // Node.js prints the line of an uncaught error.
  lineLimit: 200,
  legalComments: "none",
  metafile: true,
  plugins: [leaveOut, adapt],
});
writeFileSync(`${root}/dist/THIRD-PARTY-NOTICES.txt`, noticesOf(Object.keys(metafile.inputs), root));
