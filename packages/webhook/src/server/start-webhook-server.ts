import { setTimeout as wait } from 'node:timers/promises';
import { createAdmissionHandler } from '../create-admission-handler.ts';
import { version } from '../version.ts';
import { createAdminServer } from './admin-server.ts';
import { type CertificateListener, type CertificateSource, findExpiry } from './certificate/certificate.ts';
import { followCertificateFiles } from './certificate/certificate-files.ts';
import { makeSelfSigned } from './certificate/self-signed.ts';
import { followConnections, listen } from './connections.ts';
import { describeError } from './errors.ts';
import { followHandler } from './follow-handler.ts';
import { createLog, describeReview, levelOf } from './log.ts';
import { createMetrics } from './metrics.ts';
import {
  completeSettings,
  type ServerSettings,
  toAdmissionOptions,
  type WebhookServerOptions,
} from './options.ts';
import { createReviewServer } from './review-server.ts';
import { secureContext } from './tls.ts';

/** A webhook server that is serving. */
export interface WebhookServer {
  /** Where reviews are taken (HTTPS), `host:port`: the host as given, the port as bound. */
  readonly address: string;
  /** Where health and metrics are (HTTP), in the same way. */
  readonly adminAddress: string;
  /**
   * Ends it: not ready, `shutdownDelay` as before but with each answer asking to leave the connection, then no new
   * connections and at most `drainTimeout` for requests under way. Every further call gives the same promise.
   */
  close(): Promise<void>;
}

/**
 * Starts the webhook server. Installs no process listeners: the caller decides when to `close()`. Rejects with
 * {@link WebhookServerError}: `usage` or `address`.
 */
export async function startWebhookServer(options: WebhookServerOptions = {}): Promise<WebhookServer> {
  const settings = completeSettings(options);
  const { writeLog = (line: string) => process.stdout.write(line) } = options;
  const log = createLog(settings.logLevel, writeLog);
  log.info({ version, configuration: settings }, 'starting');
  let certificates: CertificateSource | undefined;
  let phase: 'starting' | 'serving' | 'stopping' = 'starting';

  function findUnreadiness(): string | undefined {
    if (phase !== 'serving') return phase;
    const certificate = certificates?.current();
    if (certificate === undefined) return 'there is no certificate that can be used';
    return findExpiry(certificate) ?? findHandlerProblem();
  }

  const metrics = createMetrics(
    () => certificates?.current(),
    () => findUnreadiness() === undefined,
    options.processMetrics ?? false,
  );
  const handler = (options.createHandler ?? createAdmissionHandler)({
    ...toAdmissionOptions(settings),
    observe(event) {
      metrics.reviewed(event);
      log[levelOf(event)](describeReview(event), 'reviewed');
      options.observe?.(event);
    },
  });
  const stopping = (): boolean => phase === 'stopping';
  const findHandlerProblem = followHandler(handler, log, stopping);
  const server = await createReviewServer({ settings, handler, metrics, log, stopping });
  const admin = await createAdminServer({ registry: metrics.registry, findUnreadiness });
  for (const each of [server, admin]) {
    each.on('error', (error) => log.error(describeError(error), 'a listening socket failed'));
  }
  const connections = followConnections(server);
  const adminConnections = followConnections(admin);

  async function release(drainTimeout: number): Promise<void> {
    const cut = await connections.drain(drainTimeout);
    if (cut > 0) log.warn({ requests: cut }, 'requests were cut off');
    certificates?.close();
    await handler.close();
    await adminConnections.drain(500);
  }

  try {
    certificates = await openCertificates(settings, {
      loaded(certificate) {
        server.setSecureContext(secureContext(settings, certificate.material));
        metrics.certificateLoaded();
        const { validTo, fingerprint } = certificate;
        log.info({ validTo: validTo.toISOString(), fingerprint }, 'a certificate is in use');
      },
      refused(problem, kept) {
        metrics.certificateRefused();
        log.error(
          { problem, kept },
          kept ? 'a certificate was refused, the old one is kept' : 'there is no certificate',
        );
      },
    });
    const adminAddress = await listen(admin, settings.adminHost, settings.adminPort);
    const address = await listen(server, settings.host, settings.port);
    phase = 'serving';
    log.info({ address, adminAddress, path: settings.path }, 'serving');
    let closing: Promise<void> | undefined;
    return {
      address,
      adminAddress,
      close() {
        closing ??= stop();
        return closing;
      },
    };
  } catch (error) {
    phase = 'stopping';
    await release(0);
    throw error;
  }

  async function stop(): Promise<void> {
    phase = 'stopping';
    const { shutdownDelay, drainTimeout } = settings;
    log.info({ delay: shutdownDelay, drain: drainTimeout, requests: connections.active }, 'stopping');
    await wait(shutdownDelay);
    await release(drainTimeout);
    log.info('stopped');
  }
}

function openCertificates(
  settings: ServerSettings,
  listener: CertificateListener,
): Promise<CertificateSource> {
  const { selfSigned, tlsCertificate, tlsKey, clientCa, certificatePoll } = settings;
  if (selfSigned || tlsCertificate === undefined || tlsKey === undefined) return makeSelfSigned(listener);
  const paths = { certificate: tlsCertificate, key: tlsKey, ...(clientCa === undefined ? {} : { clientCa }) };
  return followCertificateFiles(paths, certificatePoll, listener);
}
