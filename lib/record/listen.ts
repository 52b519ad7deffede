import type { Listenable } from "./connection.ts";

/**
 * Listens as a script that came before all others would: libraries that put their own `addEventListener` in the place of
 * the platform's, such as zone.js, hear nothing of it. Other engines than the platform's have methods of their own.
 */
export function listen(target: object, type: string, listener: (event: Event) => void): void {
  if (isPlatforms(target)) add?.call(target, type, listener as EventListener);
  else (target as Listenable).addEventListener(type, listener);
}

/** Ends what `listen` began. */
export function unlisten(target: object, type: string, listener: (event: Event) => void): void {
  if (isPlatforms(target)) remove?.call(target, type, listener as EventListener);
  else (target as Listenable).removeEventListener(type, listener);
}

function isPlatforms(target: object): boolean {
  return PlatformTarget !== undefined && target instanceof PlatformTarget;
}

const PlatformTarget = globalThis.EventTarget as typeof EventTarget | undefined;
const add = PlatformTarget?.prototype.addEventListener;
const remove = PlatformTarget?.prototype.removeEventListener;
