export type { InspectorServer, InspectorServerOptions } from "./server.ts";
export { createInspectorServer, ServeError } from "./server.ts";
export { TraceRefused } from "./trace-refused.ts";
export type { TraceLimits } from "./trace-room.ts";
