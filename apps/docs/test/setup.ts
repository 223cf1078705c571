import { launchSharedBrowser } from "@contact-groups/testing/browser";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    browser: string;
  }
}

/** Starts one browser for all test files. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const { endpoint, close } = await launchSharedBrowser();
  provide("browser", endpoint);
  return close;
}
