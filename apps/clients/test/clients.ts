/** The programs that call the emulator: one in each language, and in it one client of HTTP after another. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** A language, and the program in it. */
interface Language {
  readonly interpreter: string;
  /** Arguments of the interpreter that run the program. */
  readonly program: readonly string[];
  /** A command that succeeds where the program can run, and how to get what it needs. */
  readonly probe: readonly string[];
  readonly install: string;
  /** The language's own means to trust the CA in a file. */
  trust(caFile: string): Promise<Trust>;
}

/** What an interpreter is started with. */
export interface Trust {
  readonly env?: Readonly<Record<string, string>>;
  /** Options of the interpreter, which stand before the program. */
  readonly options?: readonly string[];
}

/** A client of HTTP, in the program of its language. */
export interface Client extends Language {
  readonly name: string;
  /** What the program calls the client. */
  readonly client: string;
  /** What it prints about a certificate that it does not trust. */
  readonly distrust: RegExp;
}

const run = promisify(execFile);

const program = (name: string): string => fileURLToPath(new URL(`../programs/${name}`, import.meta.url));

const java: Language & Pick<Client, "distrust"> = {
  interpreter: "java",
  program: [program("Client.java")],
  probe: ["javac", "-version"],
  install: "a JDK of Java 17 or later: apt-get install default-jdk-headless",
  async trust(caFile) {
    const [store, password] = [`${caFile}.p12`, "changeit"];
    if (!existsSync(store))
      await run("keytool", ["-importcert", "-noprompt", "-file", caFile, "-keystore", store, "-storepass", password]);
    const property = "javax.net.ssl.trustStore";
    return { options: [`-D${property}=${store}`, `-D${property}Password=${password}`] };
  },
  distrust: /SSLHandshakeException: PKIX path building failed/,
};
const python: Language & Pick<Client, "distrust"> = {
  interpreter: "python3",
  program: [program("client.py")],
  probe: ["python3", "-c", "import ssl"],
  install: "Python 3: apt-get install python3",
  trust: async (caFile) => ({ env: { SSL_CERT_FILE: caFile, REQUESTS_CA_BUNDLE: caFile } }),
  distrust: /certificate verify failed/,
};
const php: Language = {
  interpreter: "php",
  program: [program("client.php")],
  probe: ["php", "-r", "exit(function_exists('curl_init') ? 0 : 1);"],
  install: "PHP 8 with its extension curl: apt-get install php-cli php-curl",
  trust: async (caFile) => ({ options: ["-d", `curl.cainfo=${caFile}`, "-d", `openssl.cafile=${caFile}`] }),
};
const go: Language = {
  interpreter: "go",
  program: ["run", program("client.go")],
  probe: ["go", "version"],
  install: "Go: apt-get install golang-go",
  trust: async (caFile) => ({ env: { SSL_CERT_FILE: caFile } }),
};
const node: Language = {
  interpreter: process.execPath,
  program: [program("client.mjs")],
  probe: [process.execPath, "--version"],
  install: "Node.js",
  trust: async (caFile) => ({ env: { NODE_EXTRA_CA_CERTS: caFile } }),
};

export const clients: readonly Client[] = [
  { ...java, name: "Java's HttpClient", client: "HttpClient" },
  { ...java, name: "Java's HttpURLConnection", client: "HttpURLConnection" },
  { ...python, name: "Python's urllib", client: "urllib" },
  {
    ...python,
    name: "Python's requests",
    client: "requests",
    probe: ["python3", "-c", "import requests"],
    install: "requests of Python: apt-get install python3-requests",
  },
  { ...php, name: "PHP's curl", client: "curl", distrust: /SSL certificate problem/ },
  { ...php, name: "a stream of PHP", client: "stream", distrust: /certificate verify failed/ },
  { ...go, name: "Go's net/http", client: "net/http", distrust: /x509: certificate signed by unknown authority/ },
  {
    ...node,
    name: "axios with tls-sig-api-v2",
    client: "axios",
    distrust: /unable to verify the first certificate|self-signed certificate/,
  },
  {
    ...node,
    name: "fetch of Node.js",
    client: "fetch",
    distrust: /unable to verify the first certificate|self-signed certificate/,
  },
  {
    ...node,
    name: "node:https",
    client: "node:https",
    distrust: /unable to verify the first certificate|self-signed certificate/,
  },
];

/**
 * Fails when a language is missing.
 *
 * @throws an `Error` that says what to install
 */
export async function checkInstalled({ probe, install }: Pick<Language, "probe" | "install">): Promise<void> {
  const [file = "", ...args] = probe;
  await run(file, args).catch(() => {
    throw new Error(`This test needs ${install}`);
  });
}

/**
 * Runs a program, and returns what it prints.
 *
 * @throws an `Error` with what the program printed when it fails
 */
export async function runProgram(client: Client, env: Trust["env"], trust: Trust = {}): Promise<string> {
  const { PATH, HOME } = process.env;
  const environment = { PATH, HOME, LANG: "C.UTF-8", CLIENT: client.client, ...env, ...trust.env };
  const { stdout } = await run(client.interpreter, [...(trust.options ?? []), ...client.program], { env: environment });
  return stdout;
}
