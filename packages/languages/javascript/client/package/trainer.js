'use strict';

/** Where Kubeflow Trainer (KEP-2779) is told of metrics; absent where nothing says. */
function readTrainer(env) {
  if (!env.KUBEFLOW_TRAINER_SERVER_URL) return undefined;
  return {
    address: env.KUBEFLOW_TRAINER_SERVER_URL,
    authorities: env.KUBEFLOW_TRAINER_SERVER_CA_CERT,
    token: env.KUBEFLOW_TRAINER_SERVER_TOKEN,
  };
}

/**
 * The destination of a TrainJob: Kubeflow Trainer's status endpoint, which is told the latest value of each metric, at
 * most once in 5 s, and at the end.
 */
function createTrainer(parts, { require, setup, account, queue, deadline, sleep, isEnding }) {
  const PAUSE_MS = 5000;
  const CALL_MS = 15000;
  // gRPC's numbers for what the sender is to do
  const DELIVERED = 0;
  const NO_ANSWER = null;
  const TRY_AGAIN = 2;
  const REFUSED = 9;
  const { now, waitFor } = parts;
  const fs = require('node:fs');
  const { address, authorities, token } = setup.trainer;
  let lastTold = -PAUSE_MS;

  /** Takes all that waits, and keeps the latest row of each metric. */
  function keepLatest(piece) {
    const latest = new Map();
    for (const row of piece.rows.concat(queue.shift(queue.rows.length)))
      latest.set(JSON.parse(row).metric.name, row);
    piece.rows = Array.from(latest.values());
    return piece.rows.map((row) => JSON.parse(row));
  }

  async function send(piece) {
    const pause = lastTold + PAUSE_MS - now();
    if (pause > 0 && !isEnding()) await sleep(pause);
    const rows = keepLatest(piece);
    lastTold = now();
    const lastUpdatedTime = rows[rows.length - 1].time_stamp;
    const body = JSON.stringify({
      trainerStatus: { lastUpdatedTime, metrics: rows.map(({ metric }) => metric) },
    });
    const request = require('node:https').request(address, {
      method: 'POST',
      agent: false,
      ca: authorities ? fs.readFileSync(authorities) : undefined,
      headers: {
        authorization: `Bearer ${token ? fs.readFileSync(token, 'utf8').trim() : ''}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      },
    });
    const until = Math.min(now() + CALL_MS, deadline());
    const socket = await waitFor(request, 'socket', until - now());
    // The token is for a server that has shown whom it is. What is written earlier may leave where this thread is ended.
    await waitFor(socket, 'secureConnect', until - now());
    request.end(body);
    const answer = await waitFor(request, 'response', until - now());
    answer.resume();
    const { statusCode } = answer;
    account.reason = `HTTP status ${statusCode}`;
    if (statusCode < 300) return DELIVERED;
    if (statusCode === 429 || statusCode > 499) return NO_ANSWER;
    // a token may come
    return statusCode === 401 || statusCode === 403 ? TRY_AGAIN : REFUSED;
  }

  const nothing = () => '';
  return { encodeRow: nothing, encodeMessage: nothing, send, isClosed: () => true, close: nothing };
}

module.exports = { readTrainer, createTrainer };
