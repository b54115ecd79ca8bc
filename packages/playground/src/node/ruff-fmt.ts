import load from '@wasm-fmt/ruff_fmt/vite';

await load();

/** `@wasm-fmt/ruff_fmt` in the page, whose WebAssembly is fetched. */
export { format_range } from '@wasm-fmt/ruff_fmt/vite';
