/** Servers that run on the reader's machine. */
export type LocalServer = "emulator" | "contract";

/** Address of each. */
export type LocalServers = Readonly<Record<LocalServer, string>>;

/** Where they listen unless the port is taken. */
export const localServers: LocalServers = {
  emulator: "http://127.0.0.1:4020",
  contract: "http://127.0.0.1:4010",
};

/** Name of the site's file that says where they listen. `start` serves one of its own, for it may have found a port taken. */
export const localServersFile = "local-servers.json";

/** Who calls them: the app and the administrator that an emulator has unless told otherwise, and a UserSig that is taken where no app has a key. */
export const localCaller = { sdkAppId: 1400000000, identifier: "administrator", userSig: "any-text" } as const;
