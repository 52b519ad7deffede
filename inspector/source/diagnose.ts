/** The rules, in a file of their own: they are loaded when the first session has been drawn. */
export { diagnosisSteps } from "../../lib/index.ts";
