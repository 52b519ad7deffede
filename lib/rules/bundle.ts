import type { Group, MediaDescription, SessionDescription } from "../sdp/description.ts";
import type { Reading } from "./reading.ts";

/** A BUNDLE group with the sections that its mids name; a mid that names none is left out. RFC 9143 §7. */
export interface BundleGroup {
  readonly group: Group;
  readonly media: readonly MediaDescription[];
}

/** The BUNDLE groups of a description. */
export function bundleGroups({
  description,
  byMid,
}: Pick<Reading, "description" | "byMid">): readonly BundleGroup[] {
  return description.groups
    .filter(({ semantics }) => semantics === "BUNDLE")
    .map((group) => ({
      group,
      media: group.mids.map((mid) => byMid.get(mid)).filter((media) => media !== undefined),
    }));
}

/** Whether a section carries anything: not rejected. A bundle-only section does. */
export function isActive(media: MediaDescription): boolean {
  return !media.isRejected;
}

/** Whether a section is in a BUNDLE group but not its tagged one, so that another section carries its transport. */
export function followsTag(description: SessionDescription, media: MediaDescription): boolean {
  const { mid } = media;
  return (
    mid !== undefined &&
    description.groups.some(
      ({ semantics, mids }) => semantics === "BUNDLE" && mids[0] !== mid && mids.includes(mid),
    )
  );
}
