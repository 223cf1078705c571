import { lintSource } from "@secretlint/core";
import { creator as pattern } from "@secretlint/secretlint-rule-pattern";
import { creator as recommended } from "@secretlint/secretlint-rule-preset-recommend";
import type { RepositoryViolation } from "./violation.ts";

/** One digit repeated is not a real key. */
const fillers = ["/\\b(?:(.)\\1{63})\\b/"];

const rules = [
  { id: "@secretlint/secretlint-rule-preset-recommend", rule: recommended, options: {} },
  {
    id: "@secretlint/secretlint-rule-pattern",
    rule: pattern,
    options: {
      allows: fillers,
      patterns: [
        // Deflated JSON in the UserSig's own base64: it begins with these letters, and no key or hash does at this length.
        { name: "UserSig", patterns: ["/(?<!sha512-)\\beJ[\\w*-]{80,}/"] },
        { name: "secret key of an app", patterns: ["/[\"'`=:\\s](?![01]{64})([0-9a-f]{64})[\"'`\\s]/"] },
      ],
    },
  },
];

/**
 * Looks for credentials in a file: tokens of registries, clouds and chats, private keys, UserSigs, and secret keys of an app. No
 * violation contains what was found.
 *
 * @param path its path in the repository
 * @param samples texts that are not real credentials and are allowed
 */
export async function findSecrets(
  path: string,
  text: string,
  samples: readonly string[] = [],
): Promise<readonly RepositoryViolation[]> {
  const content = samples.reduce((rest, sample) => rest.replaceAll(sample, "sample"), text);
  const { messages } = await lintSource({
    source: { filePath: path, content, contentType: "text", ext: path.slice(path.lastIndexOf(".")) },
    options: { maskSecrets: true, noPhysicFilePath: true, config: { rules } },
  });
  return messages.map(({ loc, ruleId }) => ({
    where: `${path}:${loc.start.line}:${loc.start.column}`,
    what: `This looks like a credential (${ruleId}). Remove it, and revoke it if it was ever valid.`,
  }));
}
