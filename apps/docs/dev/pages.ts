import { dev } from "astro";

/** The pages of the site, made anew when one is asked for after an edit. */
export interface Pages {
  url: string;
  close(): Promise<void>;
}

/**
 * Serves the pages of a site on 127.0.0.1 with Astro's development server: an open page reloads by itself when the bundle changes. Port 0 takes any
 * free port. What is added to the built site only is missing: Redoc, search, Markdown twins.
 */
export async function servePages(root: string, port: number): Promise<Pages> {
  const server = await dev({ root, server: { host: "127.0.0.1", port }, logLevel: "error" });
  return {
    url: `http://127.0.0.1:${server.address.port}/`,
    close: () => server.stop(),
  };
}
