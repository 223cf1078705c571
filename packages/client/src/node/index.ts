export { nodeTransport, type NodeTransport, type NodeTransportOptions } from "./node-transport.ts";
export { signUserSigSync } from "./sign-user-sig-sync.ts";
export type { SignUserSigOptions } from "@contact-groups/core/user-sig";
