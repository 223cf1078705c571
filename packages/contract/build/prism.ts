/** Writes `dist/prism.cjs`, Prism as this package uses it, and the notices of what is in it. `docs/adr/0002` says why it is bundled. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { readOperations } from "../src/prism-operations.ts";
import { noticesOf } from "./notices.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Parts of Prism that this package never runs: it reads no document, each response has an example, and there are no callbacks and no proxied server. */
const unused =
  /^(\.\/utils\/operations|\.\/(generator\/)?JSONSchema|\.\/callback\/callbacks|node-fetch|https?-proxy-agent)$/;

const leaveOut: Plugin = {
  name: "omit what is never run",
  setup(bundle) {
    bundle.onResolve({ filter: unused }, ({ path }) => ({ path, namespace: "unused" }));
    bundle.onLoad({ filter: /.*/, namespace: "unused" }, () => ({ contents: "module.exports = {};" }));
  },
};

/** Replaces a text in a file, which must have it. */
function edited(path: string, text: string, by: string): string {
  const contents = readFileSync(path, "utf8");
  if (!contents.includes(text)) throw new Error(`${path} no longer has ${text}: adapt build/prism.ts.`);
  return contents.replace(text, by);
}

const adapt: Plugin = {
  name: "adapt what takes long to start",
  setup(bundle) {
    // Prism takes a quarter of a second to read the description. The result is plain data, so it is read here.
    bundle.onLoad({ filter: /[/\\]src[/\\]prism-operations\.ts$/ }, async () => {
      const text = JSON.stringify(JSON.stringify(await readOperations()));
      return { contents: `export const readOperations = async () => JSON.parse(${text});` };
    });
    // Prism needs one function of many; the others would bring a second copy of lodash.
    bundle.onResolve({ filter: /^lodash\/fp$/ }, ({ path, resolveDir }) => ({
      path,
      namespace: "one function",
      pluginData: resolveDir,
    }));
    bundle.onLoad({ filter: /.*/, namespace: "one function" }, ({ pluginData }) => ({
      contents: 'exports.set = require("lodash/fp/set");',
      resolveDir: pluginData as string,
    }));
    // Ajv would compile a schema of schemas first, which takes longer than the description's own. The description is validated when it is built.
    bundle.onLoad({ filter: /prism-http[/\\]dist[/\\]validator[/\\]validators[/\\]utils\.js$/ }, ({ path }) => ({
      contents: edited(path, "strict: false,", "strict: false, validateSchema: false,"),
    }));
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
