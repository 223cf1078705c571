/** Servers that run on the reader's machine. */
export type LocalServer = "emulator" | "contract";

/** Address of each. */
export type LocalServers = Readonly<Record<LocalServer, string>>;

/** Their addresses while the default ports are free. */
export const localServers: LocalServers = {
  emulator: "http://127.0.0.1:4020",
  contract: "http://127.0.0.1:4010",
};

/** Name of the site's file with their addresses. `start` serves its own file, because a port may be taken. */
export const localServersFile = "local-servers.json";

/** The credentials of their calls: the default app and administrator of the emulator, and a UserSig that is accepted where no app has a key. */
export const localCaller = { sdkAppId: 1400000000, identifier: "administrator", userSig: "any-text" } as const;
