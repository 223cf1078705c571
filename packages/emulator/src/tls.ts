/** What a listener for HTTPS needs, checked before Node.js reports it in the words of OpenSSL. It needs Node.js. */
import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import type { TlsOptions } from "@contact-groups/core/node-http";

/** A certificate and its key as texts in PEM. */
export interface TlsTexts {
  readonly cert: string;
  readonly key: string;
}

/**
 * Checks that a certificate and its key can be used, and returns them as texts.
 *
 * @throws A `TypeError` that says which one is invalid, and why. It shows nothing of the key.
 */
export function checkTls(tls: TlsOptions, names: TlsTexts = { cert: "tls.cert", key: "tls.key" }): TlsTexts {
  const texts = { cert: toText(tls.cert, names.cert), key: toText(tls.key, names.key) };
  const certificate = readCertificate(texts.cert, names.cert);
  if (!certificate.checkPrivateKey(readKey(texts.key, names.key)))
    throw new TypeError(
      `${names.key} must be the private key of the certificate in ${names.cert}, but is another one.`,
    );
  return texts;
}

function readCertificate(text: string, name: string): X509Certificate {
  if (!text.includes("-----BEGIN CERTIFICATE-----"))
    throw new TypeError(
      `${name} must be a certificate in PEM, but has no line -----BEGIN CERTIFICATE-----${text.includes("PRIVATE KEY-----") ? ": it is a private key" : ""}.`,
    );
  try {
    return new X509Certificate(text);
  } catch (cause) {
    throw new TypeError(`${name} must be a certificate in PEM, but its content cannot be read.`, { cause });
  }
}

function readKey(text: string, name: string): KeyObject {
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text))
    throw new TypeError(
      `${name} must be a private key in PEM, but has no line -----BEGIN PRIVATE KEY-----${text.includes("-----BEGIN CERTIFICATE") ? ": it is a certificate" : ""}.`,
    );
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(text))
    throw new TypeError(
      `${name} must be a private key without a passphrase, but is encrypted. Write one without, for example with openssl pkey -in KEY -out NEWKEY.`,
    );
  try {
    return createPrivateKey(text);
  } catch {
    // OpenSSL's error is no help, and must not lead to the key.
    throw new TypeError(`${name} must be a private key in PEM, but its content cannot be read.`);
  }
}

function toText(value: unknown, name: string): string {
  if (typeof value === "string") return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString("latin1");
  throw new TypeError(`${name} must be the text or the bytes of a PEM file.`);
}
