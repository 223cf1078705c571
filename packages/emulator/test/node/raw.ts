import { type OperationId, operations } from "@contact-groups/openapi/model";
import { connect, type Socket } from "node:net";
import type { Listener } from "../../src/index.ts";

/** Query of a call that passes the request checks. */
export const query = "sdkappid=1400000000&identifier=administrator&usersig=any-text&random=1&contenttype=json";

/** A get of ann's first page. */
export const getBody: string = JSON.stringify({ From_Account: "ann", StartIndex: 0 });

/** A creation of a group for ann. */
export const createBody = (name: string): string =>
  JSON.stringify({ From_Account: "ann", GroupContactItem: [{ GroupName: name }] });

/** Path and query of an operation. */
export const targetOf = (operation: OperationId): string => `${operations[operation].path}?${query}`;

interface RequestOptions {
  readonly method?: string;
  readonly target?: string;
  /** Further header fields. */
  readonly fields?: readonly string[];
}

/** A request as bytes of HTTP. */
export function request(
  operation: OperationId,
  body: string,
  { method = "POST", target = targetOf(operation), fields = [] }: RequestOptions = {},
): string {
  const length = Buffer.byteLength(body);
  return [`${method} ${target} HTTP/1.1`, "Host: localhost", `Content-Length: ${length}`, ...fields, "", body].join(
    "\r\n",
  );
}

/** A connection on which a test sends any bytes. */
export interface Raw {
  readonly socket: Socket;
  send(text: string | Uint8Array): void;
  /** What has come, as soon as it contains the text `times` times; rejects when the connection ends before. */
  until(text: string | RegExp, times?: number): Promise<string>;
  /** All that came, when the other side has closed. */
  readonly closed: Promise<string>;
  /** Code of the error that ended the connection; undefined when it ended in order. */
  readonly error: () => string | undefined;
}

/** Connects to a listener. */
export function dial({ port }: Pick<Listener, "port">, first: string | Uint8Array = ""): Raw {
  return talkOver(connect({ port, host: "127.0.0.1", allowHalfOpen: true }), first);
}

/** Sends bytes on a socket, which can be encrypted. */
export function talkOver(socket: Socket, first: string | Uint8Array = ""): Raw {
  let text = "";
  let code: string | undefined;
  socket.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  socket.on("error", (error: NodeJS.ErrnoException) => (code = error.code));
  const closed = new Promise<string>((resolve) => {
    socket.once("end", () => socket.end());
    socket.once("close", () => resolve(text));
  });
  if (first.length > 0) socket.write(first);
  return {
    socket,
    send: (more) => void socket.write(more),
    until: (part, times = 1) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = typeof part === "string" ? text.split(part).length - 1 : [...text.matchAll(part)].length;
          if (found < times) return;
          socket.off("data", look);
          resolve(text);
        };
        socket.on("data", look);
        void closed.then(() => reject(new Error(`The connection ended after ${JSON.stringify(text)}.`)));
        look();
      }),
    closed,
    error: () => code,
  };
}

/** Statuses of the responses in a text, in their order. */
export const statusesOf = (text: string): number[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

/** Error codes of the responses in a text, in their order. */
export const codesOf = (text: string): number[] =>
  [...text.matchAll(/"ErrorCode":(\d+)/g)].map(([, code]) => Number(code));
