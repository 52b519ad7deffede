/** The importers, in a file of their own: they are loaded with the first file that is no trace of ours. */
export { importTrace } from "../../lib/index.ts";
