export type { InspectorPageOptions } from "./inspector-page.ts";
export { inspectorPage } from "./inspector-page.ts";
export type { EmbeddedInspector, InspectorOptions, Recording } from "./mount-inspector.ts";
export { EmbedError, mountInspector } from "./mount-inspector.ts";
