import { expect, it } from 'vitest';
import { mendValue } from '../../packages/oracle/src/collect/mend-value.ts';
import { python } from './push.ts';
import { runPython, SOURCE } from './python.ts';

/** Runs Python with the client's own functions in `client`; it does not start without \`katib_push_into\`. */
async function withClient(script: string): Promise<unknown> {
  const load = `import json
import os; source = os.environ["SOURCE"]
client = {}
exec(source, client)
`;
  const { stdout, stderr } = await runPython({ python, script: load + script, env: { SOURCE } });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

it('reads the header block of RFC 7541 C.6.1, in Huffman code; there is no dynamic table', async () => {
  const block =
    '488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82ae43d3';
  const found = await withClient(`
found = client["headers"](bytes.fromhex("${block}"))
try:
    client["headers"](bytes.fromhex("4883640effc1c0bf"))
except OSError as e:
    found["next"] = str(e)
print(json.dumps(found))`);
  expect(found).toEqual({
    8: '302',
    24: 'private',
    33: 'Mon, 21 Oct 2013 20:13:21 GMT',
    46: 'https://www.example.com',
    next: 'no such header',
  });
});

it('reads a line as the default filter, on random text', async () => {
  const differences = await withClient(String.raw`
import random, re
wanted = ["a", "ab", "a-1", "b|", "e"]
read = client["default_filter"](wanted, lambda name, value, text, end: value)
filter = re.compile(r"([\w|-]+)\s*=\s*([+-]?\d*(\.\d+)?([Ee][+-]?\d+)?)", re.ASCII)
chance = random.Random(1)
found = []
for _ in range(20000):
    text = "".join(chance.choices("ab|-=  =.eE+-1 7\t\ré\x0b", k=chance.randrange(60)))
    expected = [m.group(1, 2) for m in filter.finditer(text.replace("\x0b", "!")) if m.group(1) in wanted]
    if read(text) != expected: found.append([text, read(text), expected])
    spaced = text.replace("1", "1" * 50).replace(" ", " " * 45)
    expected = [m.group(1, 2) for m in filter.finditer(spaced.replace("\x0b", "!")) if m.group(1) in wanted]
    if read(spaced) != expected: found.append([spaced, read(spaced), expected])
print(json.dumps(found[:5]))`);
  expect(differences).toEqual([]);
});

it('reads lines in one thread at a time, but at the end', async () => {
  const found = await withClient(`
class To:
    def close(self): pass
sender = client["Sender"](To(), None, True)
sender.read, sender.reading_seconds = lambda text: [("loss", text)], 0
sender.reading.acquire()  # another thread reads
sender.lines.append((1, "0.5"))
sender.take()
rows = [len(sender.rows)]
sender.leave = True
sender.take()
print(json.dumps(rows + [len(sender.rows)]))`);
  expect(found).toEqual([0, 1]);
});

it('closes a connection whose handshake fails', async () => {
  const error = await withClient(`
import _socket
ours, theirs = _socket.socketpair()
theirs.send(b"no TLS")
descriptor = ours.fileno()
try:
    client["secure"](client["tls_context"](None, b"h2"), ours, "localhost")
except OSError as e:
    failure = e  # kept, as its frames are
try:
    os.fstat(descriptor)
except OSError as e:
    print(json.dumps(e.strerror))`);
  expect(error).toBe('Bad file descriptor');
});

it('compiles everywhere without a warning', async () => {
  expect(
    await withClient(`
import warnings
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    compile(source, "client", "exec")
print(json.dumps([str(w.message) for w in seen]))`),
  ).toEqual([]);
});

it("mends values as the oracle's own reading of the rule does, on random text", async () => {
  const found = (await withClient(String.raw`
import random
chance = random.Random(7)
pieces = ["[", "]", "(", ")", "tensor(", "array([", "np.float64(", "tf.Tensor(", "Adam(", ".", "_", ",", ", ", " ", "\t", "0.5", "1.", ".5", "1e-5", "-", "+",
          "nan", "NaN", "inf", "-inf", "Infinity", "x", "=", "dtype=float32", "device='cuda:0'", "shape=()", "e", "7", ")", "]", ")", "\xe9"]
texts = ["".join(chance.choices(pieces, k=chance.randrange(1, 9))) for _ in range(20000)]
class Destination:
    def close(self): pass
sender = client["Sender"](Destination(), None, True)
pushed = lambda text: text if client["is_go_float"](text) else ""
print(json.dumps([[text, value, pushed(sender.mend("loss", value, text, len(value)))] for text in texts
    for value in [text[:1] if text[:1] in "+-" else ""]]))`)) as [string, string, string][];
  expect(found).toHaveLength(20_000);
  const differences = found.filter(
    ([text, value, mended]) => mendValue(value, text, value.length).pushed !== mended,
  );
  expect(differences.slice(0, 5)).toEqual([]);
  expect(found.filter(([, , mended]) => mended.length > 1).length).toBeGreaterThan(500);
});

it.each([
  [{ 'grpc-status': '0' }, [0, 'grpc-status 0: ']],
  [{}, [2, 'grpc-status 2: ']],
  [
    { 'grpc-status': '2', 'grpc-message': 'Error 1406: Data too long' },
    [2, 'grpc-status 2: Error 1406: Data too long'],
  ],
  [
    { 'grpc-status': '2', 'grpc-message': 'pq: the database system is starting up %C3%A9' },
    [14, 'grpc-status 2: pq: the database system is starting up %C3%A9'],
  ],
  [
    { 'grpc-status': '13', 'grpc-message': 'driver: bad connection' },
    [13, 'grpc-status 13: driver: bad connection'],
  ],
])('reads the answer %j', async (found, expected) => {
  const literal = JSON.stringify(JSON.stringify(found));
  expect(await withClient(`print(json.dumps(client["read_status"](json.loads(${literal}))))`)).toEqual(
    expected,
  );
});
