import { mask } from "@contact-groups/core/redact";

/** A text about arguments, without what could be a key or a UserSig that was given by mistake. */
export function redactArguments(text: string): string {
  return text.replaceAll(/(--?[\w-]*(?:key|sig)[\w-]*=)[^\s']+/gi, `$1${mask}`).replaceAll(/[A-Za-z0-9*_]{24,}/g, mask);
}
