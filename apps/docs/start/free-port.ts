import getPort, { portNumbers } from "get-port";

/** The first free port of 127.0.0.1 from `preferred` on. Says so when `preferred` itself is taken. */
export async function freePort(server: string, preferred: number): Promise<number> {
  const port = await getPort({ host: "127.0.0.1", port: portNumbers(preferred, preferred + 100) });
  if (port !== preferred) console.log(`Port ${preferred} is taken: the ${server} takes ${port}.`);
  return port;
}
