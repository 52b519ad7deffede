import type { BrowserPage } from "../support/endpoints.ts";
import type { Agent, AgentOptions, Candidate } from "./agent.ts";
import { browserPlatform } from "./agents/browser.ts";
import type { AgentMethods } from "./agents/w3c.ts";
import { w3cAgent } from "./agents/w3c.ts";
import { connectionOver } from "./program.ts";

/** An agent in a browser's page. */
export async function openPage(page: BrowserPage): Promise<Agent> {
  await page.evaluate(install, { agent: String(w3cAgent), platform: String(browserPlatform) });
  let connections = 0;
  return {
    version: page.version,
    async open(options: AgentOptions, onCandidate) {
      const id = connections++;
      await page.evaluate(call, { method: "open", id, value: options });
      let isOpen = true;
      // A page cannot call out: it is asked again and again, and answers when it has something.
      const listen = async (): Promise<void> => {
        while (isOpen)
          for (const candidate of await page.evaluate(gathered, id)) onCandidate(candidate);
      };
      listen().catch(() => {});
      const connection = connectionOver((method, value) =>
        page.evaluate(call, { method, id, value: value ?? null }),
      );
      return {
        ...connection,
        close: async () => {
          isOpen = false;
          await connection.close();
        },
      };
    },
    close: () => page.close(),
  };
}

interface Place {
  agent: AgentMethods;
  candidates: Map<number, Candidate[]>;
}

/** These three run in the page: they use nothing of this file. */
function install({ agent, platform }: { agent: string; platform: string }): void {
  const place = globalThis as unknown as Place;
  place.candidates = new Map();
  // biome-ignore lint/security/noGlobalEval: the test's own functions are run in the test's own page.
  const make = (text: string): ((...args: unknown[]) => never) => globalThis.eval(`(${text})`);
  place.agent = make(agent)(make(platform)(), (id: number, candidate: Candidate) => {
    const list = place.candidates.get(id) ?? [];
    list.push(candidate);
    place.candidates.set(id, list);
  });
}

async function call(request: { method: string; id: number; value: unknown }): Promise<unknown> {
  const { agent } = globalThis as unknown as Place;
  return agent[request.method]?.(request.id, request.value as never);
}

async function gathered(id: number): Promise<Candidate[]> {
  const { candidates } = globalThis as unknown as Place;
  for (let tries = 0; tries < 200; tries++) {
    const found = candidates.get(id)?.splice(0) ?? [];
    if (found.length > 0) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return [];
}
