/** Certificates of the emulator's own: a CA, and what it signs. It is loaded only with `--https`, because it loads node-forge. */
import { generateKeyPair, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { promisify } from "node:util";
import forge from "node-forge";
import type { TlsTexts } from "../tls.ts";

/** What is random and what time it is. */
export interface CertificateSource {
  /** Time in milliseconds since the epoch. */
  readonly now: number;
  /** Returns random bytes. */
  readonly random: (bytes: number) => Buffer;
}

const dayMs = 86_400_000;

/** How long a certificate of a server may be valid: https://support.apple.com/en-us/102028 has 398 days, and counts the first and the last second. */
export const longestDays = 397;
/** How long before now a certificate begins, for clients whose clocks are late. */
const earlyDays = 1;
const authorityDays = 3650;
/** A CA that expires sooner than this is replaced. */
const shortestAuthorityDays = 30;

const bits = 2048;
const createKeys = promisify(generateKeyPair);

/** Creates a CA, which can sign nothing but certificates of servers and clients. */
export async function createAuthority(source: CertificateSource): Promise<TlsTexts> {
  const { publicKey, privateKey } = await createKeyTexts();
  const certificate = prepare(publicKey, authorityDays, source);
  // Two CAs of one name would be taken for each other in a trust store.
  const subject = nameOf(`contact-groups-emulator CA ${certificate.serialNumber.slice(0, 8)}`);
  certificate.setSubject(subject);
  certificate.setIssuer(subject);
  certificate.setExtensions([
    { name: "basicConstraints", critical: true, cA: true, pathLenConstraint: 0 },
    { name: "keyUsage", critical: true, keyCertSign: true, cRLSign: true },
    { name: "subjectKeyIdentifier" },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(privateKey), forge.md.sha256.create());
  return { cert: toPem(certificate), key: privateKey };
}

/** Creates a certificate of a server for names and addresses, signed by a CA, with a key of its own. */
export async function createServerCertificate(
  authority: TlsTexts,
  names: readonly string[],
  source: CertificateSource,
): Promise<TlsTexts> {
  const issuer = forge.pki.certificateFromPem(authority.cert);
  const { publicKey, privateKey } = await createKeyTexts();
  const certificate = prepare(publicKey, longestDays, source);
  const { validity } = certificate;
  if (validity.notAfter > issuer.validity.notAfter) validity.notAfter = issuer.validity.notAfter;
  certificate.setSubject(nameOf("contact-groups-emulator"));
  certificate.setIssuer(issuer.subject.attributes);
  certificate.setExtensions([
    { name: "basicConstraints", critical: true, cA: false },
    { name: "keyUsage", critical: true, digitalSignature: true, keyEncipherment: true },
    { name: "extKeyUsage", serverAuth: true },
    {
      name: "subjectAltName",
      altNames: names.map((name) => (isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name })),
    },
    { name: "subjectKeyIdentifier" },
    { name: "authorityKeyIdentifier", keyIdentifier: issuer.generateSubjectKeyIdentifier().getBytes() },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(authority.key), forge.md.sha256.create());
  return { cert: toPem(certificate), key: privateKey };
}

/** Whether a CA can still sign. */
export function isFresh({ cert }: TlsTexts, now: number): boolean {
  return Date.parse(new X509Certificate(cert).validTo) > now + shortestAuthorityDays * dayMs;
}

function prepare(publicKey: string, days: number, { now, random }: CertificateSource): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  // A serial number is positive, so its first bit is 0, and the first byte is not 0, which would be left out.
  const [first = 0, ...rest] = random(16);
  certificate.serialNumber = Buffer.from([(first & 0x7f) | 0x40, ...rest]).toString("hex");
  certificate.validity.notBefore = new Date(now - earlyDays * dayMs);
  certificate.validity.notAfter = new Date(now + (days - earlyDays) * dayMs);
  return certificate;
}

function nameOf(commonName: string): forge.pki.CertificateField[] {
  return [{ name: "commonName", value: commonName }];
}

/** Creates a key of the kind that every client supports. */
function createKeyTexts(): Promise<{ readonly publicKey: string; readonly privateKey: string }> {
  return createKeys("rsa", {
    modulusLength: bits,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
}

function toPem(certificate: forge.pki.Certificate): string {
  return forge.pki.certificateToPem(certificate).replaceAll("\r\n", "\n");
}
