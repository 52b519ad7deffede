import { join } from "node:path";
import { debianVersion } from "../../lab/debian.ts";
import { buildGo } from "../../support/build-go.ts";
import { tone } from "../call.ts";
import type { Endpoint } from "../endpoint.ts";
import { defineEndpoint } from "../endpoint.ts";
import { missingDebian } from "../installed.ts";
import { openProgram } from "../program.ts";

const library = "golang-github-pion-webrtc.v3-dev";

export const pion: Endpoint = defineEndpoint({
  name: "pion",
  title: "Pion",
  install: `apt-get install golang-go ${library}`,
  missing: () => missingDebian("golang-go", library),
  async open() {
    const program = buildGo(join(import.meta.dirname, "../agents/pion"));
    const agent = await openProgram(program.path, [tone]);
    return {
      version: debianVersion(library),
      agent,
      hasNoDecoder: true,
      async close() {
        await agent.close();
        program.remove();
      },
    };
  },
});
