export type { InspectorServer, InspectorServerOptions } from "./server.ts";
export { createInspectorServer, ServeError } from "./server.ts";
