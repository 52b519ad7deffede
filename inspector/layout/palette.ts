/** The colours that are drawn on canvas, by their name in the stylesheet. */
export const colourNames = [
  "bg",
  "panel",
  "raised",
  "line",
  "line2",
  "edge",
  "text",
  "dim",
  "faint",
  "accent",
  "accent-bg",
  "blue",
  "blue-bg",
  "green",
  "green-bg",
  "amber",
  "amber-bg",
  "red",
  "red-bg",
  "purple",
  "purple-bg",
  "grey",
  "grey-bg",
  "round",
] as const;

export type Palette = Readonly<Record<(typeof colourNames)[number], string>>;

/** The colours as the page has them now: `light-dark()` is settled only where a property uses it, so one is asked. */
export function readPalette(element: HTMLElement): Palette {
  const probe = document.createElement("i");
  element.append(probe);
  const colours = Object.fromEntries(
    colourNames.map((name) => {
      probe.style.color = `var(--${name})`;
      return [name, getComputedStyle(probe).color];
    }),
  );
  probe.remove();
  return colours as Palette;
}
