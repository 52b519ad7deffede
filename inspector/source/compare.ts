/** The comparison of two sessions, in a file of its own: it is loaded when somebody compares. */
export { compareSessions } from "../../lib/index.ts";
