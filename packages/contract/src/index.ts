export { startContractServer } from "./contract-server.ts";
export type { ContractServer, ContractServerOptions } from "./contract-server.ts";
