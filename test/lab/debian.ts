import { execFileSync } from "node:child_process";

/** The version of an installed Debian package, as its makers count: `1.1.2` of `1.1.2-1`. */
export function debianVersion(name: string): string {
  return execFileSync("dpkg-query", ["-W", `-f=\${source:Upstream-Version}`, name], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}
