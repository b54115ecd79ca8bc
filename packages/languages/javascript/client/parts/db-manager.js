'use strict';

/**
 * The destination of a trial: Katib's DB manager, by gRPC over Node's HTTP/2, with one connection.
 *
 * @param context {require, setup, account}
 */
function createDbManager(parts, { require, setup, account }) {
  const PORT = 6789;
  const TLS_PORT = 443;
  const CONNECT_MS = 5000;
  const CALL_MS = 15000;
  const IDLE_MS = 60000;
  const LONGEST_REASON = 300;
  const UNKNOWN = 2;
  const UNAVAILABLE = 14;
  // of the DB manager that lives while its database doesn't: it answers UNKNOWN, as it does for a bad row
  const DATABASE_IS_AWAY =
    /dial (?:tcp|unix)|connection (?:refused|reset)|(?:bad|invalid) connection|broken pipe|no such host|i\/o timeout|the database system is|too many (?:clients|connections)|Error 10(?:40|53)/i;
  const { waitFor, now, createEncoder, connectSecurely } = parts;
  const [http2, net, dns] = ['http2', 'net', 'dns'].map(require);
  const { encodeRow, encodeMessage } = createEncoder(setup.trial);
  const [, scheme, name, port] = /^(https:\/\/)?(.*?)(?::(\d+))?$/.exec(setup.address);
  const authority = setup.address.slice((scheme || '').length);
  let session;

  function close() {
    if (session) session.destroy();
    session = null;
  }

  /** Tries one address after the other. */
  async function connect(until) {
    if (scheme && !connectSecurely) throw Error('the client was delivered without TLS');
    const host = name.replace(/^\[|\]$/g, '');
    const servername = net.isIP(host) ? '' : host;
    let failure;
    for (const { address } of await dns.promises.lookup(host, { all: true })) {
      const options = { host: address, port: port || (scheme ? TLS_PORT : PORT), servername };
      const socket = scheme ? connectSecurely(require, options, setup.authorities) : net.connect(options);
      try {
        const event = scheme ? 'secureConnect' : 'connect';
        await waitFor(socket, event, Math.min(CONNECT_MS, until - now()));
        if (scheme && socket.alpnProtocol !== 'h2') throw Error('no HTTP/2');
        socket.setNoDelay(true);
        const options = { createConnection: () => socket, settings: { enablePush: false } };
        const opened = http2.connect(`${scheme || 'http://'}katib`, options);
        opened.on('error', () => {}).setTimeout(IDLE_MS, () => opened.close());
        session = opened;
        return;
      } catch (e) {
        failure = e;
        socket.destroy();
      }
    }
    throw failure;
  }

  function decodePercent(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  /** What a call's end means: a gRPC status, or null where no answer of the server's came. */
  function readStatus(headers) {
    const status = headers['grpc-status'];
    if (status === '0') return 0;
    const message = decodePercent(headers['grpc-message'] || '');
    account.reason = status
      ? `grpc-status ${status} ${message}`.slice(0, LONGEST_REASON).trim()
      : `HTTP status ${headers[':status']}`;
    if (!(status > 0)) return null;
    return Number(status) === UNKNOWN && DATABASE_IS_AWAY.test(message) ? UNAVAILABLE : Number(status);
  }

  /** Makes one call, and returns its status. */
  async function send({ message }, deadline) {
    const until = Math.min(now() + CALL_MS, deadline);
    if (!session) await connect(until);
    const stream = session.request({
      ':method': 'POST',
      ':path': '/api.v1.beta1.DBManager/ReportObservationLog',
      ':authority': authority,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const headers = {};
    const keep = (more) => Object.assign(headers, more);
    stream.on('response', keep).on('trailers', keep).resume();
    stream.end(message);
    await waitFor(stream, 'close', until - now());
    return readStatus(headers);
  }

  /** Whether the next call begins with a connection. */
  function isClosed() {
    if (session && (session.closed || session.destroyed)) close();
    return !session;
  }

  return { encodeRow, encodeMessage, send, isClosed, close };
}

module.exports = { createDbManager };
