import { type CertificateSource, createAuthority, createServerCertificate } from "../src/cli/certificates.ts";
import type { TlsTexts } from "../src/tls.ts";

/** The machine's time, by which TLS checks a certificate. */
export const certificateSource: CertificateSource = { now: Date.now(), random: (bytes) => Buffer.alloc(bytes, 7) };

/** A CA, and a certificate of it for this machine. */
interface Trusted {
  readonly tls: TlsTexts;
  readonly ca: string;
}

/** Creates a certificate, at most once for the tests of a worker. */
export function trusted(): Promise<Trusted> {
  return (created ??= create());
}

let created: Promise<Trusted> | undefined;

async function create(): Promise<Trusted> {
  const authority = await createAuthority(certificateSource);
  const names = ["localhost", "127.0.0.1", "::1"];
  return { tls: await createServerCertificate(authority, names, certificateSource), ca: authority.cert };
}
