import "@testing-library/jest-dom/vitest";
import { configure } from "@testing-library/svelte";

// Panels are loaded when first shown: on a busy machine that takes its time.
configure({ asyncUtilTimeout: 20_000 });
