import { printable } from "../text.ts";

/**
 * What may go to a terminal of a text that has parts off the wire in it: line ends, tabs and the styles that this program
 * writes itself. Any other control character, such as one that would clear the screen or name the window, becomes a
 * visible one.
 */
export function terminalText(text: string, isColour: boolean): string {
  const own = isColour ? ownStyles : lineEnds;
  return text
    .split(own)
    .map((part, index) => (index % 2 === 1 ? part : printable(part)))
    .join("");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals are told styles by ESC.
const ownStyles = /(\n|\t|\u001b\[(?:0|1|2|3[1236])m)/;
const lineEnds = /(\n|\t)/;
