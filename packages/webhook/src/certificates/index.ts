export { type CertificatesWorld, runCertificates } from './run-certificates.ts';
