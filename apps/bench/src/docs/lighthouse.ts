import { cpSync, globSync } from "node:fs";
import { join, sep } from "node:path";
import { launchBrowser } from "@contact-groups/testing/browser";
import { lighthouseScores } from "@contact-groups/testing/lighthouse";
import { freePort } from "@contact-groups/testing/redis-server";
import { serveStaticSite } from "@contact-groups/testing/static-site";
import type { Circumstances, Program } from "../program.ts";
import type { Report } from "../report.ts";
import { root } from "../root.ts";
import { compress } from "./reading.ts";

export const about =
  "The score for performance, from 0 to 100, that Lighthouse gives a page of each kind with its mobile preset: a slow phone with a slow line, simulated, over gzip. It depends on the speed of the machine, too. More is better. Its other scores are tests of the site.";
export const peers: Program["peers"] = [];

export async function* measure({ quick, folder }: Circumstances): AsyncGenerator<Report> {
  const port = await freePort();
  cpSync(join(root, "apps/docs/dist"), folder, { recursive: true });
  compress(folder);
  const site = await serveStaticSite(folder, { gzip: true });
  const browser = await launchBrowser([`--remote-debugging-port=${port}`]);
  const values: Record<string, number[]> = {};
  for (let round = 0; round < (quick ? 1 : 3); round++)
    for (const [kind, page] of kindsOf(folder)) {
      const { performance } = await lighthouseScores(site.url + page, port, ["performance"]);
      (values[kind] ??= []).push(performance.score);
    }
  yield { title: "Lighthouse on a phone", values };
  await browser.close();
}

/** The first English page of each kind: those of a folder are one. */
function kindsOf(folder: string): ReadonlyMap<string, string> {
  const pages = globSync("**/index.html", { cwd: folder, exclude: ["ja/**", "zh-cn/**"] })
    .map((file) => file.slice(0, -"index.html".length).replaceAll(sep, "/"))
    .toSorted();
  return new Map(pages.toReversed().map((page) => [`/${page.replace(/^([^/]+\/).+/, "$1…")}`, page]));
}
