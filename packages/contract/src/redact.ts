import { callRedaction, type CallRedaction } from "@contact-groups/core/redact";
import type { CredentialParameter } from "@contact-groups/openapi/model";

/** The credential that is a signature; the two others are names. The description marks none of the three as the more secret one. */
export const signatureName: CredentialParameter = "usersig";

const calls = callRedaction(signatureName);
export const signatures: CallRedaction["signatures"] = calls.signatures;
export const cleaner: CallRedaction["cleaner"] = calls.cleaner;
