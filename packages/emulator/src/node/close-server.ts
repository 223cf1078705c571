import type { Server } from "node:http";

/** Stops a server: idle connections are closed, open calls are answered, and what takes longer than the grace period is cut. */
export function closeServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
