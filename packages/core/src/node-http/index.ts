/** One HTTP listener on `node:http`, with limits for each client. What is answered is for the caller to say. */
export type { Exchange, Fields, Manner, WireResponse } from "./respond.ts";
export { defaultListenLimits, listen, type ListenLimits, type Listener, type ListenOptions } from "./listen.ts";
export type { UnreadableBody } from "./read-body.ts";
