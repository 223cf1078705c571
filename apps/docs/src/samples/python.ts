import { eachParameter, json, type SampleCall } from "./sample-call.ts";

/** Python 3 without packages. A JSON text of objects, lists, texts and numbers is a Python literal, too. */
export function python({ url, query, body }: SampleCall): string {
  const parameters = eachParameter(query, {
    environment: (name, variable) => `    "${name}": os.environ["${variable}"],`,
    random: (name, maximum) => `    "${name}": random.randint(0, ${maximum}),`,
    constant: (name, value) => `    "${name}": ${JSON.stringify(value)},`,
  });
  return `import json
import os
import random
import urllib.parse
import urllib.request

query = urllib.parse.urlencode({
${parameters.join("\n")}
})
body = ${json(body).replaceAll(/^( +)/gm, "$1$1")}
request = urllib.request.Request(
    "${url}?" + query,
    data=json.dumps(body).encode(),
    headers={"Content-Type": "application/json"},
)
with urllib.request.urlopen(request, timeout=10) as response:
    result = json.load(response)
# Failures have status 200, too: ErrorCode says whether the call failed.
if result["ErrorCode"] != 0:
    raise SystemExit(f"{result['ErrorCode']}: {result['ErrorInfo']}")
print(json.dumps(result))
`;
}
