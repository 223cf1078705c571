/** Decides which backend sends what no `transport` was given for. Nothing else names one: to change it, change this path. */
export { fetchTransport } from "./backends/openapi-fetch.ts";
