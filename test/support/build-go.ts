import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A Go program that was built. */
export interface GoProgram {
  readonly path: string;
  remove(): void;
}

/** Builds a folder of Go with the packages that Debian has installed, and nothing from elsewhere. */
export function buildGo(source: string): GoProgram {
  const gopath = mkdtempSync(join(tmpdir(), "sdpscope-go-"));
  const folder = join(gopath, "src/lab/program");
  cpSync(source, folder, { recursive: true });
  // Without modules, Go reads /v3 in an import path as a version only beside a go.mod.
  writeFileSync(join(folder, "go.mod"), "module lab/program\n");
  const path = join(gopath, "program");
  execFileSync("go", ["build", "-o", path, "."], {
    cwd: folder,
    env: { ...process.env, GO111MODULE: "off", GOPATH: `${gopath}:/usr/share/gocode` },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return { path, remove: () => rmSync(gopath, { recursive: true, force: true }) };
}
