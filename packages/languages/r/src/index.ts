export { createR } from './r.ts';
