import { eachParameter, json, type SampleCall } from "./sample-call.ts";

/** PHP 8 without extensions but the standard ones. */
export function php({ url, query, body }: SampleCall): string {
  const parameters = eachParameter(query, {
    environment: (name, variable) => `    '${name}' => getenv('${variable}'),`,
    random: (name, maximum) => `    '${name}' => random_int(0, ${maximum}),`,
    constant: (name, value) => `    '${name}' => '${value}',`,
  });
  return `<?php
$query = http_build_query([
${parameters.join("\n")}
]);
$body = <<<'JSON'
${json(body)}
JSON;
$context = stream_context_create(['http' => [
    'method' => 'POST',
    'header' => 'Content-Type: application/json',
    'content' => $body,
    'timeout' => 10,
]]);
// Without @ the warning would show the URL, and the URL has the UserSig.
$text = @file_get_contents('${url}?' . $query, false, $context);
if ($text === false) {
    fwrite(STDERR, "no response\\n");
    exit(1);
}
$result = json_decode($text, true, flags: JSON_THROW_ON_ERROR);
// Failures have status 200, too: ErrorCode says whether the call failed.
if ($result['ErrorCode'] !== 0) {
    fwrite(STDERR, "{$result['ErrorCode']}: {$result['ErrorInfo']}\\n");
    exit(1);
}
echo $text, "\\n";
`;
}
