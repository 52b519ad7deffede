import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The machine's Firefox: `FIREFOX_PATH`, else Debian's; `undefined` when there is none. */
export const firefoxPath: string | undefined = [
  process.env["FIREFOX_PATH"],
  "/usr/bin/firefox-esr",
].find((path) => path !== undefined && path !== "" && existsSync(path));

/** Opens a page in a Firefox with an empty profile of its own. Nothing drives it: the page tells what it saw. Returns what closes it. */
export async function openFirefox(url: string): Promise<() => Promise<void>> {
  if (firefoxPath === undefined) throw new Error("There is no Firefox on this machine.");
  const profile = await mkdtemp(join(tmpdir(), "sdpscope-firefox-"));
  // Machines without mDNS cannot resolve the names that hide addresses.
  await writeFile(
    join(profile, "user.js"),
    `user_pref("media.peerconnection.ice.obfuscate_host_addresses", false);
user_pref("media.peerconnection.ice.loopback", true);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
`,
  );
  const firefox = spawn(firefoxPath, ["--headless", "--no-remote", "--profile", profile, url], {
    stdio: "ignore",
    env: { ...process.env, HOME: profile },
  });
  return async () => {
    firefox.kill();
    await once(firefox, "exit");
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
}
