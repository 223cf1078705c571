/** What stands in the place of a credential. */
export const mask = "[redacted]";

/** A shorter value is a placeholder in a test, and hiding it would blot out ordinary words. */
const shortestSecret = 8;

/** A UserSig: zlib's first bytes in base64, and shorter than no real one. */
const looksLikeUserSig = /e[AJFN][A-Za-z0-9*_-]{60,}/g;

/** Takes credentials out of a text. */
export type Redact = (text: string) => string;

/** Returns the text without these secrets, as they are, as a URL and as JSON write them. Longer ones go first: one can hold another. */
export function hide(text: string, secrets: readonly string[]): string {
  return spellings(secrets).reduce((clean, spelling) => clean.replaceAll(spelling, mask), text);
}

/** Creates the function that takes out these secrets, and what looks like a UserSig. */
export function redaction(secrets: readonly string[]): Redact {
  const forms = spellings(secrets);
  return (text) =>
    forms.reduce((clean, spelling) => clean.replaceAll(spelling, mask), text).replace(looksLikeUserSig, mask);
}

function spellings(secrets: readonly string[]): readonly string[] {
  const forms = secrets
    .filter(({ length }) => length >= shortestSecret)
    .flatMap((secret) =>
      // A real UserSig is the same in each.
      /^[\w*-]+$/.test(secret) ? secret : [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)],
    );
  forms.sort((one, other) => other.length - one.length);
  return forms;
}
