import { eachParameter, json, type SampleCall } from "./sample-call.ts";

/** A text as one word of a POSIX shell, which takes nothing in it for anything but text. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A shell script: the URL goes through standard input, for a list of processes shows arguments, and the URL has the UserSig. */
export function curl({ url, server, query, body }: SampleCall): string {
  const parameters = eachParameter(query, {
    environment: (name, variable) => `${name}=$${variable}`,
    random: (name) => `${name}=$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')`,
    constant: (name, value) => `${name}=${encodeURIComponent(value)}`,
  });
  return `body=${shellQuoted(json(body))}
url=${shellQuoted(server)}
url="$url${url.slice(server.length)}"
${parameters.map((parameter, index) => `url="$url${index === 0 ? "?" : "&"}${parameter}"`).join("\n")}
result=$(echo "url = \\"$url\\"" |
  curl -sS --fail -K - -H 'Content-Type: application/json' -d "$body")
echo "$result"
# Failures have status 200, too: ErrorCode says whether the call failed.
case "$result" in *'"ErrorCode":0'*) ;; *) exit 1 ;; esac
`;
}
