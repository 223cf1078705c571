/** Sends a request to the control API of a process: a document, or a text of lines. Throws an `Error` with the problem when it fails. */
export async function control(url: string, method: string, path: string, body?: object | string): Promise<Response> {
  const isText = typeof body === "string";
  const response = await fetch(new URL(`/__emulator/${path}`, url), {
    method,
    ...(body !== undefined && {
      body: isText ? body : JSON.stringify(body),
      headers: { "Content-Type": isText ? "application/x-ndjson" : "application/json" },
    }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
  return response;
}
