import { once } from "node:events";
import { createServer, request as send } from "node:http";
import { connect, type AddressInfo } from "node:net";

/** A forward proxy that notes what it is asked for: `POST <URL>` without query, or `CONNECT <host and port>`. */
export interface Proxy extends AsyncDisposable {
  readonly url: string;
  readonly requests: string[];
  /** `Proxy-Authorization` of each. */
  readonly authorizations: (string | undefined)[];
}

/** Starts a proxy on a free port. `refuse` is the status of every response, of a proxy that forwards nothing. */
export async function startProxy(refuse?: number): Promise<Proxy> {
  const requests: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const { method, headers, url = "" } = request;
    const target = new URL(url);
    requests.push(`${method} ${target.origin}${target.pathname}`);
    authorizations.push(headers["proxy-authorization"]);
    if (refuse !== undefined) return void response.writeHead(refuse).end();
    // The global agent may be set to this very proxy.
    const forwarded = send(target, { agent: false, method, headers: { ...headers, host: target.host } }, (answered) => {
      response.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(response);
    });
    request.pipe(forwarded);
  });
  server.on("connect", ({ method, url = "", headers }, socket, head) => {
    requests.push(`${method} ${url}`);
    authorizations.push(headers["proxy-authorization"]);
    if (refuse !== undefined) return void socket.end(`HTTP/1.1 ${refuse} Refused\r\nContent-Length: 0\r\n\r\n`);
    const { hostname, port } = new URL(`http://${url}`);
    const tunnel = connect(Number(port), hostname, () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      tunnel.write(head);
      tunnel.pipe(socket).pipe(tunnel);
    });
    for (const end of [tunnel, socket]) end.on("error", () => tunnel.destroy()).on("close", () => socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    authorizations,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
