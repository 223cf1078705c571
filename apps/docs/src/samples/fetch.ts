import { objectLiteral } from "../reference/json-text.ts";
import { eachParameter, type SampleCall } from "./sample-call.ts";

/** Plain fetch, in Node.js. */
export function plainFetch({ url, query, body }: SampleCall): string {
  const parameters = eachParameter(query, {
    environment: (name, variable) => `  ${name}: process.env.${variable},`,
    random: (name, maximum) => `  ${name}: Math.floor(Math.random() * ${maximum + 1}),`,
    constant: (name, value) => `  ${name}: ${JSON.stringify(value)},`,
  });
  return `const query = new URLSearchParams({
${parameters.join("\n")}
});
const body = ${objectLiteral(body)};
const response = await fetch("${url}?" + query, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
  signal: AbortSignal.timeout(10_000),
});
const result = await response.json();
// Failures have status 200, too: ErrorCode says whether the call failed.
if (result.ErrorCode !== 0) throw new Error(result.ErrorCode + ": " + result.ErrorInfo);
console.log(result);
`;
}
