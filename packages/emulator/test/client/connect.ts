import { createClient, type Client, type ClientOptions } from "@contact-groups/client";
import type { Emulator } from "../../src/index.ts";

/** Any options of a client, whether or not they go together. */
export type ConnectOptions = Partial<Record<keyof ClientOptions | "userSigValiditySeconds", unknown>> & {
  readonly fetch?: ClientOptions["fetch"];
};

/** A client of an emulator, without a socket unless it is given another `fetch` and `baseUrl`. */
export function connect({ fetch }: Emulator, options: ConnectOptions = {}): Client {
  const credential = options.secretKey === undefined && options.userSig === undefined ? { userSig: "any-text" } : {};
  return createClient({
    fetch,
    baseUrl: "http://emulator.test",
    sdkAppId: 1400000000,
    identifier: "administrator",
    ...credential,
    ...options,
  } as ClientOptions);
}

/** The ways from a client to an emulator. */
export const ways: Readonly<Record<string, (emulator: Emulator, options?: ConnectOptions) => Promise<Client>>> = {
  "without a socket": async (emulator, options) => connect(emulator, options),
  "over HTTP": async (emulator, options) => {
    const { url } = await emulator.listen();
    return connect(emulator, { fetch: globalThis.fetch, baseUrl: url, ...options });
  },
};
