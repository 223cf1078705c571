import { lintSource } from "@secretlint/core";
import { creator as pattern } from "@secretlint/secretlint-rule-pattern";
import { creator as recommended } from "@secretlint/secretlint-rule-preset-recommend";
import type { Finding } from "./finding.ts";

/** The key of Tencent's own examples, and the UserSigs that were made with it and with keys of zeros and the like. */
const samples = ["/5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e/", "/\\b(?:(.)\\1{63})\\b/"];

const rules = [
  { id: "@secretlint/secretlint-rule-preset-recommend", rule: recommended, options: {} },
  {
    id: "@secretlint/secretlint-rule-pattern",
    rule: pattern,
    options: {
      allows: samples,
      patterns: [
        // Deflated JSON in the UserSig's own base64: it begins with these letters, and no key or hash does at this length.
        { name: "UserSig", patterns: ["/\\beJ[\\w*-]{80,}/"] },
        { name: "secret key of an app", patterns: ["/[\"'`=:\\s]([0-9a-f]{64})[\"'`\\s]/"] },
      ],
    },
  },
];

/**
 * Looks for credentials in a file: tokens of registries, clouds and chats, private keys, UserSigs, and secret keys of an app. No
 * finding repeats what was found.
 *
 * @param path its path in the repository
 */
export async function findSecrets(path: string, content: string): Promise<readonly Finding[]> {
  const { messages } = await lintSource({
    source: { filePath: path, content, contentType: "text", ext: path.slice(path.lastIndexOf(".")) },
    options: { maskSecrets: true, noPhysicFilePath: true, config: { rules } },
  });
  return messages.map(({ loc, ruleId }) => ({
    where: `${path}:${loc.start.line}:${loc.start.column}`,
    what: `${ruleId} takes this for a credential. Take it out, and have it revoked if it ever worked.`,
  }));
}
