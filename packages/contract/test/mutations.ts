export { limits, mutations, type Mutation } from "../src/verify/broken-values.ts";
