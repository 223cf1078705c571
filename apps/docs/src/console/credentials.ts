import type { ConsoleData } from "./console-data.ts";
import type { Caller } from "./call-url.ts";
import { announce, part } from "./element.ts";
import type { Say } from "./say.ts";

/** Who calls a server, and the UserSig. Key and UserSig are taken out of their inputs at once; the key is then forgotten. */
export class Credentials {
  readonly #data: ConsoleData;
  readonly #say: Say;
  readonly #sdkAppId: HTMLInputElement;
  readonly #identifier: HTMLInputElement;
  readonly #key: HTMLInputElement;
  readonly #pasted: HTMLInputElement;
  readonly #status: HTMLElement;
  readonly #forget: HTMLButtonElement;
  #userSig: string | undefined;

  constructor(root: HTMLElement, data: ConsoleData, say: Say, changed: () => void) {
    this.#data = data;
    this.#say = say;
    this.#sdkAppId = part(root, "sdkAppId", HTMLInputElement);
    this.#identifier = part(root, "identifier", HTMLInputElement);
    this.#key = part(root, "key", HTMLInputElement);
    this.#pasted = part(root, "userSig", HTMLInputElement);
    this.#status = part(root, "userSigStatus", HTMLElement);
    this.#forget = part(root, "forget", HTMLButtonElement);
    for (const input of [this.#sdkAppId, this.#identifier])
      input.addEventListener("input", () => {
        if (this.#userSig !== undefined) this.#keep(undefined, say("userSig.forgotten"));
        changed();
      });
    onAct(part(root, "sign", HTMLButtonElement), this.#key, () => void this.#sign());
    onAct(part(root, "use", HTMLButtonElement), this.#pasted, () => this.#use());
    this.#forget.addEventListener("click", () => {
      this.#keep(undefined, say("userSig.none"));
      this.#key.focus();
    });
    this.#keep(undefined, say("userSig.none"));
  }

  get caller(): Caller {
    return { sdkAppId: this.#sdkAppId.value.trim(), identifier: this.#identifier.value.trim() };
  }

  get userSig(): string | undefined {
    return this.#userSig;
  }

  async #sign(): Promise<void> {
    const { value: secretKey } = this.#key;
    const { sdkAppId, identifier } = this.caller;
    if (secretKey === "") return this.#ask(this.#key, "userSig.noKey");
    if (!/^[1-9]\d*$/.test(sdkAppId)) return this.#ask(this.#sdkAppId, "userSig.noSdkAppId");
    if (identifier === "") return this.#ask(this.#identifier, "userSig.noIdentifier");
    this.#key.value = "";
    try {
      const { signUserSig } = await import("@contact-groups/client/usersig");
      const validitySeconds = 3600;
      const userSig = await signUserSig({
        sdkAppId: Number(sdkAppId),
        identifier,
        secretKey: secretKey.trim(),
        validitySeconds,
      });
      const until = new Date(Date.now() + validitySeconds * 1000).toLocaleTimeString(this.#data.lang, {
        timeStyle: "short",
      });
      this.#keep(userSig, this.#say("userSig.made", { identifier, sdkAppId, until }));
    } catch (error) {
      // The client's errors never show a key.
      this.#keep(undefined, this.#say("userSig.failed", { reason: (error as Error).message }));
    }
  }

  #use(): void {
    const text = this.#pasted.value.trim();
    if (!new RegExp(this.#data.userSigPattern, "u").test(text)) return this.#ask(this.#pasted, "userSig.badText");
    this.#pasted.value = "";
    this.#keep(text, this.#say("userSig.pasted"));
  }

  #ask(input: HTMLInputElement, word: Parameters<Say>[0]): void {
    announce(this.#status, this.#say(word));
    input.focus();
  }

  #keep(userSig: string | undefined, text: string): void {
    this.#userSig = userSig;
    this.#forget.hidden = userSig === undefined;
    this.#status.dataset["ready"] = userSig === undefined ? "no" : "yes";
    announce(this.#status, text);
  }
}

/** The button, and Enter in its input. They are in no form, so that no password manager offers to keep the key. */
function onAct(button: HTMLButtonElement, input: HTMLInputElement, act: () => void): void {
  button.addEventListener("click", act);
  input.addEventListener("keydown", (event) => {
    // Also while the text of an input method is being chosen, Enter is not for the page.
    if (event.key === "Enter" && !event.isComposing && !event.ctrlKey) act();
  });
}
