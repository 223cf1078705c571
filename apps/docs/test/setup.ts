import { launchSharedBrowser } from "@contact-groups/testing/browser";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    browser: string;
    /** Whether the run was started with `--update`, which writes the committed pictures. */
    updateScreenshots: boolean;
  }
}

/** Starts one browser for all test files. */
export default async function setup({ provide, config }: TestProject): Promise<() => Promise<void>> {
  const { endpoint, close } = await launchSharedBrowser();
  provide("browser", endpoint);
  provide("updateScreenshots", config.snapshotOptions.updateSnapshot === "all");
  return close;
}
