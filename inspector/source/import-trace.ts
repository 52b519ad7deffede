/** What reads other formats and archives, in a file of its own: it is loaded with the first file that is no trace of ours. */
export { importTrace, unpack } from "../../lib/index.ts";
