import { fileURLToPath } from "node:url";
import { NotSupported } from "./not-supported.ts";

/**
 * Runs a generator. Where the description says something that it does not support, the problem names the place in the files of the description, as
 * `openapi/servers.yaml:3:5`.
 */
export async function withPlace(generator: () => Promise<string[]>): Promise<string[]> {
  try {
    return await generator();
  } catch (error) {
    if (!(error instanceof NotSupported)) throw error;
    const { pipeline } = await import("@contact-groups/toolchain/bundle/pipeline");
    const made = await pipeline(fileURLToPath(new URL("../../../openapi", import.meta.url)))();
    return [`${await made.placeOf(error.pointer)} ${error.message}`];
  }
}
