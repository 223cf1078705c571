/** Makes `dist`: the API reference as one page that needs no other origin, and the bundle for download beside it. */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildRedoc } from "./redoc.ts";
import { selfContained } from "./self-contained.ts";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const bundle = {
  yaml: fileURLToPath(import.meta.resolve("@contact-groups/openapi/openapi.yaml")),
  json: fileURLToPath(import.meta.resolve("@contact-groups/openapi/openapi.json")),
};
const { info } = JSON.parse(readFileSync(bundle.json, "utf8"));

const page = selfContained(buildRedoc(bundle.yaml, `${info.title} API reference`, info.summary));

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
writeFileSync(`${dist}index.html`, page);
copyFileSync(bundle.yaml, `${dist}openapi.yaml`);
copyFileSync(bundle.json, `${dist}openapi.json`);
console.log(`dist/index.html, ${Math.round(page.length / 1024)} KiB`);
