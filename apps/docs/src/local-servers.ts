/** Servers that run on the reader's machine. */
export type LocalServer = "emulator" | "contract";

/** The credentials of calls to them. */
export interface LocalCaller {
  readonly sdkAppId: number;
  readonly identifier: string;
  /** A UserSig that they accept. */
  readonly userSig: string;
}

/** The address of each, and the credentials that both accept. */
export type LocalServers = Readonly<Record<LocalServer, string>> & { readonly caller: LocalCaller };

/** The default app and administrator of the emulator, and a UserSig that is accepted where no app has a key. */
export const localCaller: LocalCaller = { sdkAppId: 1400000000, identifier: "administrator", userSig: "any-text" };

/** Their addresses while the default ports are free. */
export const localServers: LocalServers = {
  emulator: "http://127.0.0.1:4020",
  contract: "http://127.0.0.1:4010",
  caller: localCaller,
};

/** Name of the site's file with them. `start` serves its own file, with what it has started. */
export const localServersFile = "local-servers.json";
