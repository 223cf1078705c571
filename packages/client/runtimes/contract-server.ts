// By path and not by name: the contract server is tried with this client, so the client cannot depend on it.
export { startContractServer } from "../../contract/src/index.ts";
