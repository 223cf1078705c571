/** Sends a request to the control API of a process. Throws an `Error` with the problem when it fails. */
export async function control(url: string, method: string, path: string, body?: object): Promise<Response> {
  const response = await fetch(new URL(`/__emulator/${path}`, url), {
    method,
    ...(body && { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
  return response;
}
