/**
 * What the playground's page may load: what came with it, and nothing else. The page holds it as an element, and the
 * server sends it with every file, because a worker obeys its own file's header alone.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'", // the editor writes its rules into an element
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
