import type { Socket } from 'node:net';

const answers: Readonly<Record<string, readonly [number, string, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'the request took too long to arrive'],
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'the headers are too large'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'Payload Too Large', 'the chunk extensions are too large'],
};

/**
 * Answers what is no HTTP request, or arrives too slowly, and closes the connection; with `quiet` it only closes it.
 * Gives the status; undefined where nothing was answered.
 */
export function answerClientError(
  error: NodeJS.ErrnoException,
  socket: Socket,
  quiet: boolean,
): number | undefined {
  if (quiet || error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return undefined;
  }
  const [status, phrase, text] = answers[error.code ?? ''] ?? [400, 'Bad Request', 'this is no HTTP request'];
  const head = [
    `HTTP/1.1 ${status} ${phrase}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${text.length + 1}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}\n`, () => socket.destroy());
  return status;
}
