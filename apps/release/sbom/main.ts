/** Writes the bill of materials of each published package to `dist/sbom`, as CycloneDX in JSON. */
import { fileURLToPath } from "node:url";
import { writeBills } from "./bills.ts";

for (const file of await writeBills(fileURLToPath(new URL("../dist/sbom/", import.meta.url)))) console.log(file);
