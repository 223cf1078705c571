/** Writes `dist/scenarios.json` and its schema. */
import { copyFileSync, writeFileSync } from "node:fs";
import { exportText } from "../src/verify/export-scenarios.ts";

const dist = new URL("../dist/", import.meta.url);
writeFileSync(new URL("scenarios.json", dist), exportText());
copyFileSync(new URL("../scenarios/scenarios.schema.json", import.meta.url), new URL("scenarios.schema.json", dist));
