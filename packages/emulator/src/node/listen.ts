/** The HTTP shell. */
import { defaultListenLimits, listen as serve, type Exchange, type WireResponse } from "@contact-groups/core/node-http";
import type { CoreAnswer, CoreCall } from "../core/core-call.ts";
import type { Emulator, Listener, ListenOptions } from "../emulator.ts";
import { answerHeaders, preflightHeaders } from "../fetch-face.ts";
import { createBatch } from "./batch.ts";
import { createControlAside } from "./control-aside.ts";

const serviceFields = Object.entries(answerHeaders).flat();
const preflight: WireResponse = { status: 204, fields: Object.entries(preflightHeaders).flat(), body: null };

/** Serves an emulator over HTTP, for as long as something else keeps the process alive. `emulator.listen` calls it. */
export function listen(
  emulator: Emulator,
  options: ListenOptions & { readonly maxBodyBytes?: number } = {},
): Promise<Listener> {
  const { port = 0, host = "127.0.0.1", maxBodyBytes = 1024 * 1024, controlHosts = [], controlOrigins = [] } = options;
  const { core, control, clock } = emulator;
  const aside = createControlAside(control, { hosts: [host, ...controlHosts], origins: controlOrigins });
  const batch = createBatch(core);

  const receive = (exchange: Exchange): void => {
    const { incoming, target } = exchange;
    const { method = "GET" } = incoming;
    const other = aside(incoming, target);
    exchange.readText(other?.maxBodyBytes ?? maxBodyBytes, (body) => {
      if (other) {
        // What came before it is answered before it.
        batch.flush();
        return exchange.send(other.answer(body));
      }
      if (method === "OPTIONS") return exchange.send(preflight);
      const add = (call: CoreCall): void => batch.add(call, (answer) => sendAnswer(exchange, answer));
      const call = core.prepare({ method, target, body });
      if (call instanceof Promise) void call.then(add);
      else add(call);
    });
  };
  return serve({
    port,
    host,
    limits: { ...defaultListenLimits, ...options.limits },
    // Who has said all there is to say may close one side and still wait for answers.
    halfOpen: true,
    clock,
    receive,
  });
}

function sendAnswer(exchange: Exchange, { status, body, delivery }: CoreAnswer): void {
  if (!delivery) return exchange.send({ status, fields: serviceFields, body });
  const fields = Object.entries({ ...answerHeaders, "Content-Type": delivery.contentType }).flat();
  exchange.deliver({ status: delivery.status, fields, body: delivery.body }, delivery.manner, delivery.delayMs);
}
