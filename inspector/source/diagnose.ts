/** The rules, in a file of their own: they are loaded when the first session has been drawn. */
export { diagnoseSession } from "../../lib/index.ts";
