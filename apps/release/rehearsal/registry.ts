import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runServer } from "verdaccio";

/** A registry on this machine. */
export interface Registry {
  readonly url: string;
  /** Logs a package manager in with an account that may publish here. */
  readonly publisher: NodeJS.ProcessEnv;
  /** Returns the document that the registry has of a package. */
  packument(name: string): Promise<Packument>;
  close(): Promise<void>;
}

/** The part of a registry's document that is read. */
export interface Packument {
  readonly name: string;
  readonly "dist-tags": Readonly<Record<string, string>>;
}

/**
 * Starts Verdaccio on a free port of 127.0.0.1, with nothing in it. It accepts packages of our scope only, and sends no request to another registry.
 * One account may publish; its token is in a file that is removed by `close`.
 */
export async function startRegistry(): Promise<Registry> {
  const folder = await mkdtemp(join(tmpdir(), "registry-"));
  const configuration = {
    self_path: folder,
    configPath: join(folder, "config.yaml"),
    storage: join(folder, "storage"),
    auth: { htpasswd: { file: join(folder, "htpasswd"), max_users: 1 } },
    uplinks: {},
    packages: {
      "@contact-groups/*": { access: "$all", publish: "$authenticated", unpublish: "none" },
    },
    server: { keepAliveTimeout: 60 },
    max_body_size: "100mb",
    log: { type: "stdout", level: "fatal" },
    web: { enable: false },
  };
  // Verdaccio's own type requires everything that its defaults fill in.
  const server: Server = await runServer(configuration as unknown as Parameters<typeof runServer>[0]);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;

  const rc = join(folder, "npmrc");
  await writeFile(rc, `registry=${url}\n//127.0.0.1:${port}/:_authToken=${await signUp(url)}\n`, { mode: 0o600 });
  return {
    url,
    publisher: { NPM_CONFIG_USERCONFIG: rc, npm_config_registry: url },
    packument: async (name) => (await fetch(`${url}${name.replace("/", "%2f")}`)).json() as Promise<Packument>,
    async close() {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Creates the account that publishes. Returns its token. */
async function signUp(url: string): Promise<string> {
  const name = "releaser";
  const response = await fetch(`${url}-/user/org.couchdb.user:${name}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name, password: randomBytes(24).toString("hex") }),
  });
  const { token } = (await response.json()) as { readonly token?: string };
  if (token === undefined)
    throw new Error(`The registry rejected the account that publishes: HTTP ${response.status}.`);
  return token;
}
