import { X509Certificate } from "node:crypto";
import forge from "node-forge";
import { expect, test } from "vitest";
import { createAuthority, createServerCertificate, isFresh, longestDays } from "../../src/cli/certificates.ts";
import { certificateSource } from "../certificate.ts";

const dayMs = 86_400_000;
const now = Date.UTC(2027, 0, 31, 12);
const source = { ...certificateSource, now };
const names = ["localhost", "*.localhost", "127.0.0.1", "::1"];

const authority = await createAuthority(source);
const server = await createServerCertificate(authority, names, source);
const ca = new X509Certificate(authority.cert);
const certificate = new X509Certificate(server.cert);
const extension = (pem: string, name: string): Record<string, unknown> =>
  (forge.pki.certificateFromPem(pem).getExtension(name) ?? {}) as Record<string, unknown>;

test("the CA signs itself, and can sign certificates of servers but no other CA", () => {
  expect([ca.ca, ca.verify(ca.publicKey), ca.checkIssued(ca)]).toEqual([true, true, true]);
  expect(extension(authority.cert, "basicConstraints")).toMatchObject({
    critical: true,
    cA: true,
    pathLenConstraint: 0,
  });
  expect(extension(authority.cert, "keyUsage")).toMatchObject({
    critical: true,
    keyCertSign: true,
    digitalSignature: false,
  });
});

test("the certificate of the server is signed by the CA, and is none itself", () => {
  expect([certificate.verify(ca.publicKey), certificate.checkIssued(ca), certificate.ca]).toEqual([true, true, false]);
  expect(extension(server.cert, "basicConstraints")).toMatchObject({ critical: true, cA: false });
});

test("the key of the server signs handshakes, and is not that of the CA", () => {
  const usage = { critical: true, digitalSignature: true, keyEncipherment: true, keyCertSign: false };
  expect(extension(server.cert, "keyUsage")).toMatchObject(usage);
  expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
  expect(certificate.publicKey.equals(ca.publicKey)).toBe(false);
  expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
});

test("the certificate of the server has each name, and the identifier of the CA's key", () => {
  expect(certificate.subjectAltName?.split(", ")).toEqual([
    "DNS:localhost",
    "DNS:*.localhost",
    "IP Address:127.0.0.1",
    "IP Address:0:0:0:0:0:0:0:1",
  ]);
  expect(certificate.checkHost("localhost")).toBe("localhost");
  expect([certificate.checkIP("127.0.0.1"), certificate.checkIP("::1")]).toEqual(["127.0.0.1", "::1"]);
  expect([certificate.checkHost("evil.example"), certificate.checkIP("127.0.0.2")]).toEqual([undefined, undefined]);
  // Both are octets within DER, where those of the CA are the last 20.
  const [own, above] = [
    extension(authority.cert, "subjectKeyIdentifier"),
    extension(server.cert, "authorityKeyIdentifier"),
  ];
  expect(String(above["value"]).slice(-20)).toBe(String(own["value"]).slice(-20));
});

test("a certificate of a server is valid from a day ago, for at most 397 days, and no longer than its CA", async () => {
  expect(Date.parse(certificate.validFrom)).toBe(now - dayMs);
  expect(Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)).toBe(longestDays * dayMs);
  expect(longestDays).toBeLessThanOrEqual(397);
  const late = { ...source, now: Date.parse(ca.validTo) - 40 * dayMs };
  expect(isFresh(authority, late.now)).toBe(true);
  const short = new X509Certificate((await createServerCertificate(authority, names, late)).cert);
  expect(short.validTo).toBe(ca.validTo);
  expect(isFresh(authority, late.now + 11 * dayMs)).toBe(false);
});

test.each([0x00, 0x80, 0xff])(
  "a serial number whose first random byte is %i is positive, and has 16 bytes",
  async (byte) => {
    const random = (bytes: number): Buffer => Buffer.alloc(bytes, byte);
    const { serialNumber } = new X509Certificate((await createAuthority({ now, random })).cert);
    expect(serialNumber).toMatch(/^[4-7][0-9A-F]{31}$/);
  },
);
