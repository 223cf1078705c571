/** A value this short is a placeholder; replacing it would cut unrelated text to pieces. */
const shortestSecret = 8;

/** A UserSig: zlib's first bytes in base64, and shorter than no real one. */
const looksLikeUserSig = /e[AJFN][A-Za-z0-9*_-]{60,}/g;

export type Redact = (text: string) => string;

/** Makes the function that takes these secrets out of a text, as they are and as JSON writes them, and what looks like a UserSig. */
export function redaction(secrets: readonly string[]): Redact {
  const forms = secrets.flatMap((secret) => {
    if (secret.length < shortestSecret) return [];
    return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
  });
  forms.sort((one, other) => other.length - one.length);
  return (text) =>
    forms.reduce((result, form) => result.replaceAll(form, "[redacted]"), text).replace(looksLikeUserSig, "[redacted]");
}
