import type { TestProject } from "vitest/node";
import { startContractServer } from "@contact-groups/contract";
import { packClient } from "../packed.ts";
import { installRuntimes } from "./install.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The packed client. */
    readonly tarball: string;
    /** URL of the contract server. */
    readonly baseUrl: string;
  }
}

/** Prepares what all files of this suite need, once. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await installRuntimes();
  const packed = await packClient();
  const server = await startContractServer();
  project.provide("tarball", packed.tarball);
  project.provide("baseUrl", server.url);
  return async () => {
    packed.remove();
    await server.close();
  };
}
