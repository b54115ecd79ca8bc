"""katib-push client: pushes the metrics that a trial prints to Katib."""
# This file is used in three ways: its text, trimmed, is copied into every trial and run there by the prelude of a
# rewritten script; it is installed in an image; it is a package with an API of its own (the regions `package`).
#
# Rules for what runs in a trial: import nothing that a file beside the script could shadow; take what a program may
# patch (clocks, threads, locks) as it starts; import and eval nothing once the program exits; locks and queues of the
# interpreter alone, which signal handlers may interrupt anywhere.
import sys, os, time, atexit, _signal, _socket, _thread
from _collections import deque
from _operator import getitem
from _weakref import ref

KEY = 'katib_push (client)'  # in sys.modules; no import
ident, new_thread, new_lock = _thread.get_ident, _thread.start_new_thread, _thread.allocate_lock
now, clock, sleep, utc, refs = time.time, time.monotonic, time.sleep, time.gmtime, sys.getrefcount

# What the filters are made of: RE2's \s, \d and [\w|-].
SPACE, DIGITS, SIGNS = '\t\n\f\r ', '0123456789', ('', '+', '-')
NAME = ''.join(c for c in map(chr, range(128)) if c.isalnum() or c == '_')
WORD = frozenset(NAME + '-|')
# Whose brackets hold a number; behind these there may be the number of their bits.
KINDS = 'tensor Tensor array Array DeviceArray float bfloat int uint'.split()

LINE, PIECE = 1 << 17, 4096  # of a long line: what is kept; what a custom filter reads at once
LINES, ROWS = 20000, 40000  # that may wait; beyond, the program is held up, and rows go to the spill file
BATCH, BYTES = 999, 10**6  # of one call, at most
TRIES = 10  # how often trouble that may be the rows' own is met before they are given up


def say(text, *values):
    """Writes a line to stderr, past the program's streams."""
    try:
        os.write(2, ('katib-push: ' + text % values + '\n').encode('utf-8', 'replace'))
    except Exception:
        pass


debug = say if os.environ.get('KATIB_PUSH_DEBUG') else lambda *_: None


def library(name):
    """Imports past the files beside the script; leaves sys.modules as it was."""
    home, thread, served = os.path.dirname(os.__file__), ident(), []
    places = [p for p in sys.path if p in (home, home + '/lib-dynload')]

    class Finder:
        def find_spec(name, path=None, target=None):
            if ident() == thread:
                spec = sys.modules['_frozen_importlib_external'].PathFinder.find_spec(name, path or places)
                if spec:
                    served.append(name)
                return spec

    sys.meta_path.insert(0, Finder)
    try:
        return __import__(name)
    finally:
        sys.meta_path.remove(Finder)
        for each in served:
            sys.modules.pop(each, None)


def literal(text):
    """Reads JSON as a Python literal, which takes no import."""
    return eval(text, {'__builtins__': {}, 'null': None, 'true': True, 'false': False})


def number(text, at):
    r"""What `\s*([+-]?\d*(\.\d+)?([Ee][+-]?\d+)?)` matches at `at`: its group and its end."""
    size = 40
    while True:
        piece = text[at:at + size]
        whole = piece.lstrip(SPACE)
        rest = whole[whole[:1] in '+-':].lstrip(DIGITS)
        if rest[:1] == '.' and '/' < rest[1:2] < ':':  # a digit
            rest = rest[1:].lstrip(DIGITS)
        if rest[:1] in ('e', 'E'):
            digits = rest[1 + (rest[1:2] in '+-'):]
            if '/' < digits[:1] < ':':
                rest = digits.lstrip(DIGITS)
        if len(rest) > 3 or at + size >= len(text):
            return whole[:len(whole) - len(rest)], at + len(piece) - len(rest)
        size *= 4


def not_finite(text):
    """The length of the NaN or infinity that the text begins with, or 0."""
    start = text[:10].lower()
    sign = start[:1] in ('+', '-')
    for word in 'infinity', 'inf', 'nan':
        end = sign + len(word)
        if start[sign:end] == word and (text[end:end + 1] or ' ') not in NAME:
            return end
    return 0


def bracketed(text):
    """The number inside the brackets that the text begins with: `tensor([0.5], device='cuda:0')`; '' for all else."""
    closers = ''
    while True:
        rest = text.lstrip(NAME + '.')
        kind = text[:len(text) - len(rest)]
        if rest[:1] not in ('(', '['):
            break
        if kind and (rest[0] == '[' or kind.split('.')[-1].strip(DIGITS + '_') not in KINDS) or len(closers) > 3:
            return ''
        closers = (')' if rest[0] == '(' else ']') + closers
        text = rest[1:].lstrip(SPACE)
    size = not_finite(text) or len(text) - len(text.lstrip(DIGITS + '+-.eE'))
    value, rest = text[:size], text[size:]
    try:
        float(value)
    except ValueError:
        return ''
    for closer in closers:
        rest = rest.lstrip(SPACE)
        if rest[:1] == ',':
            rest = rest[1:].lstrip(SPACE)
            if rest[:1] != '=' == rest.lstrip(NAME)[:1]:  # `dtype=...`, up to the closer
                depth = 0
                while rest and (depth or rest[0] not in ')]'):
                    depth += (rest[0] in '([') - (rest[0] in ')]')
                    rest = rest[1:]
        if rest[:1] != closer:
            return ''
        rest = rest[1:]
    return closers and value


def default_filter(names, mend):
    r"""Reads `([\w|-]+)\s*=\s*(number)` from one "=" to the next."""
    names = [n for n in names if WORD.issuperset(n)]

    def read(text):
        found, low, at = [], 0, text.find('=')
        while at >= 0:
            head = text[low:at].rstrip(SPACE)
            low = at + 1
            if head and head[-1] in WORD:
                value, low = number(text, low)
                for name in names:
                    if head.endswith(name) and (len(head) == len(name) or head[-len(name) - 1] not in WORD):
                        found.append((name, mend(name, value, text, low) if value in SIGNS else value))
            at = text.find('=', low)
        return found
    return read


def custom_filters(names, patterns, mend):
    """Reads with the user's expressions. A line over PIECE characters is cut, at \\r and at that size."""
    blank = ''.join(c for c in map(chr, range(12289)) if c.isspace() and not '\x1b' < c < ' ')  # to Go
    filters = [f for f in map(library('re').compile, patterns) if f.groups > 1]

    def read(text):
        parts, found = [text], []
        if len(text) > PIECE:
            parts = [p[at:at + PIECE] for p in text.split('\r') for at in range(0, len(p), PIECE)]
            parts = [p for p in parts if any(n in p for n in names)]
        for each in filters:
            for part in parts:
                for match in each.finditer(part):
                    name, value = [(g or '').strip(blank) for g in match.group(1, 2)]
                    if name in names:
                        bare, end = value in SIGNS, match.end()
                        found.append((name, mend(name, value, part, end) if bare and match.end(2) == end else value))
        return found
    return read


def field(tag, data):
    """A protobuf field; up to 126 bytes an HPACK literal too."""
    n = len(data)
    while n > 127:
        tag += bytes((n & 127 | 128,))
        n >>= 7
    return tag + bytes((n,)) + data


def text_field(tag, text):
    return field(tag, text.encode('utf-8', 'replace'))


SECONDS = {}  # the last one, and its text


def stamp(at):
    """RFC 3339 of microseconds."""
    second, micro = divmod(at, 10**6)
    text = SECONDS.get(second)
    if not text:
        SECONDS.clear()
        text = SECONDS[second] = '%04d-%02d-%02dT%02d:%02d:%02d.' % utc(second)[:6]
    return '%s%06dZ' % (text, micro)


ESCAPES = {n: '\\u%04x' % n for n in [*range(32), 34, 92]}  # what JSON's strings may not hold


class Spill:
    """The file for what could not be delivered: a JSON line for each row, appended; `katib-push replay` sends them."""

    def __init__(self, path, trial):
        self.path, self.trial, self.torn = path, trial, b''

    def write(self, rows):
        """Appends the rows; returns how many are in the file now."""
        done = 0
        try:
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK
            file = os.open(self.path, flags, 0o600)
            try:
                while done < len(rows) and os.fstat(file).st_mode >> 12 == 8:  # a regular file
                    lines = []
                    for at, *pair in rows[done:done + BATCH]:
                        texts = [text.translate(ESCAPES) for text in (self.trial, stamp(at), *pair)]
                        line = '{"trial_name":"%s","time_stamp":"%s","metric":{"name":"%s","value":"%s"}}\n'
                        lines.append((line % (*texts,)).encode('utf-8', 'replace'))
                    left = os.write(file, self.torn + b''.join(lines)) - len(self.torn)
                    while lines and left >= len(lines[0]):
                        left -= len(lines.pop(0))
                        done += 1
                    self.torn = b'\n' if left else b''  # a full disk took a part of a line
            finally:
                os.close(file)
        except Exception as e:
            debug('%s: %r', self.path, e)
        return done


# Lengths of the codes of NUL and of all visible characters, in RFC 7541, appendix B: A stands for 5 bits, B for 6, ...
# No other character may be in a field, and the codes of these do not depend on those of others.
CODES = 'IBFFHIBDGFFDGDBBBAAABBBBBBBCDKBHFIBCCCCCCCCCCCCCCCCCCCCCCDCDIOIJBKABABABBBACCBBBABCBAABCCCCCKGJI'


def huffman(data):
    """The code is canonical: lengths tell all. What is left at the end is padding."""
    table, code, last = {}, 0, 0
    for size, at in sorted((ord(letter) - 60, at) for at, letter in enumerate(CODES)):
        code, last = code << size - last, size
        table[format(code, '0%db' % size)] = chr(at and at + 31)
        code += 1
    text = bits = ''
    for bit in ''.join(format(byte, '08b') for byte in data):
        bits += bit
        if bits in table:
            text, bits = text + table[bits], ''
    return text


def headers(block, table):
    """Decodes a header block (RFC 7541). Names of the static table come out as their numbers: they do not matter."""
    data, found = iter(block), {}

    def integer(n, limit):
        n, shift = n & limit, 0
        more = n == limit
        while more:
            byte = next(data)
            n, shift, more = n + ((byte & 127) << shift), shift + 7, byte > 127
        return n

    def text():
        byte = next(data)
        part = bytes([next(data) for _ in range(integer(byte, 127))])
        return huffman(part) if byte & 128 else part.decode('latin-1')

    for byte in data:
        if byte & 224 == 32:  # a new table size
            integer(byte, 31)
            continue
        index = integer(byte, 127 if byte & 128 else 63 if byte & 64 else 15)
        name, value = table[index - 62] if index > 61 else (index, '')
        if byte < 128:
            name, value = name if index else text(), text()
            if byte & 64:
                table.insert(0, (name, value))
        found[name] = value
    return found


def frame(kind, flags, stream, data):
    return len(data).to_bytes(3, 'big') + bytes((kind, flags)) + stream.to_bytes(4, 'big') + data


def uint(data):
    return int.from_bytes(data, 'big')


def event():
    """A lock as an event, safe in signals: acquire waits for `wake`."""
    lock = new_lock()
    lock.acquire()
    return lock


def wake(lock):
    try:
        lock.release()
    except RuntimeError:
        pass


def tls_context(authority, protocol):
    """Verifies servers against a file of authorities, or the system's. _ssl alone: ssl imports what may be shadowed."""
    import _ssl
    context = _ssl._SSLContext(_ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(authority) if authority else context.set_default_verify_paths()
    context._set_alpn_protocols(field(b'', protocol))
    return context


class Socket(_socket.socket):
    __slots__ = '__weakref__'  # which _ssl asks for


class Stream:
    """A TCP connection, with TLS where there is a context. `limit` ends every wait."""

    def __init__(self, address, port, context, limit):
        host, _, given = address.rpartition(':')
        if not given.isdigit():
            host, given = address, port
        host, self.tls = host.strip('[]'), None
        for info in _socket.getaddrinfo(host.encode(), int(given), 0, 1):
            self.socket, self.limit = Socket(*info[:3]), min(limit, clock() + 5)
            try:
                self.wait()
                self.socket.connect(info[4])
                self.socket.setsockopt(6, 1, 1)  # TCP, TCP_NODELAY
                if context:
                    self.tls = context._wrap_socket(self.socket, False, server_hostname=host)
                    self.tls.do_handshake()
                return
            except Exception as e:
                error = e
                self.socket.close()
        raise error

    def wait(self):
        left = self.limit - clock()
        if left <= 0:
            raise OSError('no answer in time')
        self.socket.settimeout(left)

    def send(self, data):
        self.wait()
        while data and self.tls:
            data = data[self.tls.write(data):]
        self.socket.sendall(data)

    def receive(self):
        self.wait()
        got = self.tls.read(65536) if self.tls else self.socket.recv(65536)
        if not got:
            raise OSError('connection closed')
        return got


class Link:
    """One HTTP/2 connection with prior knowledge (RFC 9113), one call at a time."""

    def __init__(self, stream, authority, tls):
        self.stream = stream
        # POST, https or http; then literals: :path, :authority, content-type, te
        self.request = (b'\x83\x87' if tls else b'\x83\x86') + b''.join(
            map(field, (b'\x04', b'\x01', b'\x0f\x10', b'\0\x02te'), (
                b'/api.v1.beta1.DBManager/ReportObservationLog', authority.encode()[:126],
                b'application/grpc', b'trailers')))
        self.table, self.data, self.block, self.call_id, self.usable = [], b'', b'', -1, True
        self.room = self.initial = 65535
        # settings: no header table, no push
        self.out = b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' + frame(4, 0, 0, b'\0\1\0\0\0\0\0\2\0\0\0\0')

    def call(self, message):
        """Sends one request; returns what headers and trailers came."""
        self.found, self.ended = {}, False
        self.call_id += 2
        self.share = self.initial
        data = b'\0' + len(message).to_bytes(4, 'big') + message
        self.out += frame(1, 4, self.call_id, self.request)
        while not self.ended:
            size = min(len(data), self.room, self.share, 16384)
            if size > 0:
                self.out += frame(0, size == len(data), self.call_id, data[:size])
                self.room -= size
                self.share -= size
                data = data[size:]
            else:
                self.read()
        self.usable = self.usable and not data
        return self.found

    def flush(self):
        out, self.out = self.out, b''
        self.stream.send(out)

    def take(self, size):
        while len(self.data) < size:
            self.flush()
            self.data += self.stream.receive()
        data, self.data = self.data[:size], self.data[size:]
        return data

    def read(self):
        """One frame. What is broken is an exception, and the end of the connection."""
        self.stream.wait()
        if len(self.out) > 65536:
            self.flush()
        head = self.take(9)
        size, kind, flags, stream = uint(head[:3]), head[3], head[4], uint(head[5:]) & 0x7fffffff
        if size > 16384 or kind == 5 or len(self.block) > 65536:  # nobody may push
            raise OSError('not HTTP/2')
        data, ours = self.take(size), stream == self.call_id
        if kind == 0 and size:  # DATA: give the credit back, padding included
            for to in (0,) if flags & 1 else (0, stream):
                self.out += frame(8, 0, to, b'\0' + head[:3])
        elif kind == 1:  # HEADERS: less padding and priority
            if flags & 8:
                data = data[1:size - data[0]]
            self.block, self.last = data[5:] if flags & 32 else data, flags & 1
        elif kind == 9:  # CONTINUATION
            self.block += data
        elif kind == 3 and ours:  # RST_STREAM
            raise OSError('call reset: %d' % uint(data))
        elif kind == 4 and not flags & 1:  # SETTINGS
            for at in range(0, size, 6):
                name, value = uint(data[at:at + 2]), uint(data[at + 2:at + 6])
                if name == 4:
                    self.share += value - self.initial
                    self.initial = value
            self.out += frame(4, 1, 0, b'')
        elif kind == 6 and not flags & 1:  # PING
            self.out += frame(6, 1, 0, data)
        elif kind == 7:  # GOAWAY
            self.usable = False
            if uint(data[:4]) & 0x7fffffff < self.call_id:
                raise OSError('server goes away')
        elif kind == 8:  # WINDOW_UPDATE
            if not stream:
                self.room += uint(data)
            elif ours:
                self.share += uint(data)
        if kind in (1, 9) and flags & 4:
            found, self.block = headers(self.block, self.table), b''
            if ours:
                self.found.update(found)
                self.ended = bool(self.last)
        elif kind == 0 and ours and flags & 1:
            self.ended = True


class Manager:
    """Katib's DB manager as a sink: what a Sender delivers to. `https://` in front of the address asks for TLS."""

    def __init__(self, trial, address, authority):
        self.name, self.link, self.trial, self.context = address, None, text_field(b'\n', trial), None
        if address.startswith('https://'):
            address, self.context = address[8:].rstrip('/'), tls_context(authority, b'h2')
        self.address = address

    def report(self, batch, limit):
        """Sends the batch in one call. Returns its gRPC status or None, and what is wrong."""
        rows = []
        for at, name, value in batch:
            metric = text_field(b'\n', name) + text_field(b'\x12', value)
            rows.append(field(b'\n', text_field(b'\n', stamp(at)) + field(b'\x12', metric)))
        status = None
        try:
            if not self.link:
                self.link = Link(Stream(self.address, 6789, self.context, limit), self.address, self.context)
            self.link.stream.limit = limit
            found = self.link.call(self.trial + field(b'\x12', b''.join(rows)))
            text = found.get('grpc-status', '2')
            status, error = int(text), 'grpc-status %s: %s' % (text, found.get('grpc-message', ''))
        except Exception as e:
            error = str(e) or repr(e)
        if status != 0 or not self.link.usable:
            self.close()
        return status, error

    def close(self):
        link, self.link = self.link, None
        if link:
            link.stream.socket.close()


def tasks():
    """How many threads the system counts, and two more; 0 where it doesn't say."""
    try:
        return os.stat('/proc/self/task').st_nlink
    except OSError:
        return 0


class Sender:
    """Turns lines into rows, and rows into reports to the sink, in order, in one daemon thread."""

    def __init__(self, sink, spill, as_printed):
        self.sink, self.spill, self.as_printed = sink, spill, as_printed
        self.read, self.lines, self.idle = None, deque(), []  # the taps hold the last two: never replaced
        self.last = 0
        self.reset()

    def reset(self):
        self.lines.clear()
        self.idle[:] = [True]
        self.sink.close()
        self.rows, self.batch, self.limit, self.error, self.most = deque(), [], float('inf'), 'not tried', BATCH
        self.tries = self.refused = self.spilled = self.lost = self.skipped = 0
        self.running = self.leave = self.reached = self.first = False
        self.bell, self.done, self.reading = event(), event(), new_lock()

    def ring(self):
        """Wakes the thread, or starts it; re-entrant."""
        try:
            self.idle.pop()  # for one caller at a time
        except IndexError:
            pass
        else:
            try:
                self.running or self.launch()
            finally:
                if not self.running:
                    self.idle[:] = [True]
        wake(self.bell)

    def launch(self):
        """Starts the thread, signals blocked. Each sigmask may run a handler that raises."""
        sigmask = _signal.pthread_sigmask
        mask = sigmask(_signal.SIG_BLOCK, ())
        try:
            sigmask(_signal.SIG_BLOCK, getattr(_signal, 'valid_signals', lambda: range(1, 65))())
            try:
                self.running = True
                new_thread(self.run, ())
            except RuntimeError:  # no more threads
                self.running = False
        finally:
            sigmask(_signal.SIG_SETMASK, mask)

    def run(self):
        try:
            while True:
                self.leave or self.bell.acquire(True, 0.02)  # lets a batch gather
                self.drain()
                if self.leave:
                    break
                self.idle[:] = [True]
                if self.lines:
                    self.idle.clear()
                    continue
                wake(self.done)
                if not self.bell.acquire(True, 60):
                    self.sink.close()
                    self.bell.acquire()
        except BaseException as e:
            self.error = repr(e)
        self.running, self.idle[:] = False, [True]
        wake(self.done)

    def halt(self, left, most=0):
        """Lets the thread end, within so many milliseconds: until the system counts less than `most`, too."""
        self.leave = True
        wake(self.bell)
        while left:
            left = left - 1 if self.running or tasks() >= most > 0 else 0
            sleep(0.001)

    def before_fork(self):
        """Since 3.12 a fork beside a thread of the system warns, in 3.13 also where `after_fork` starts one again."""
        if self.running:
            for _ in range(500):
                self.tries or self.busy() and sleep(0.001)
            self.halt(250, tasks())

    def after_fork(self):
        self.leave = False
        if self.busy():
            self.ring()

    def busy(self):
        return self.lines or self.rows or self.batch or not self.idle

    def mend(self, name, value, text, end):
        """What is pushed in place of a value that ends at `end` and is empty or a bare sign: see what is behind it."""
        start = end - len(value)
        ahead = text[start:start + 512]
        text = ahead[:not_finite(ahead)] or not value and bracketed(ahead)
        if not text or self.as_printed or not not_finite(text):
            return text or value
        self.skipped += 1
        self.first = self.first or '%s=%s' % (name, text)
        return ''

    def relieve(self, most):
        """Where too much waits: as long as the server takes rows, the program waits, else it reads lines itself."""
        for _ in range(999):
            if len(self.lines) < most:
                return
            if self.tries or not self.running:
                break
            sleep(0.001)
        self.take()

    def take(self):
        """Makes rows of the lines that wait, or of pairs. In one thread at a time, or rows would change places."""
        got = self.reading.acquire(True, 1)
        try:
            for _ in range(len(self.lines)):
                at, text = self.lines.popleft()
                try:
                    found = self.read(text) if isinstance(text, str) else text
                except Exception:
                    self.lost += 1
                    continue
                for name, value in found:
                    if value:  # Katib would store '' too, and stall
                        # later than all before, also where the clock was put back
                        self.last = max(int(at * 1e6), self.last + 1)
                        self.rows.append((self.last, name, value))
                if len(self.rows) > ROWS:
                    if not self.tries:
                        break
                    self.give_up([self.rows.popleft() for _ in range(BATCH)])
        except IndexError:  # another thread was faster
            pass
        finally:
            got and wake(self.reading)

    def drain(self):
        while True:
            if len(self.rows) < BATCH:
                self.take()
            rows, batch = self.rows, self.batch
            size = sum(len(value) for _, _, value in batch) * 4
            while rows and len(batch) < self.most and (not batch or size + 4 * len(rows[0][2]) < BYTES):
                batch.append(rows.popleft())
                size += 4 * len(batch[-1][2]) + 99
            if not batch or self.leave or not self.send():
                return
            self.batch = []

    def send(self):
        """Delivers the batch, or spills it; false where an exit or a fork interrupts."""
        attempt = 0
        while True:
            fresh, attempt = not self.sink.link, attempt + 1
            status, error = self.sink.report(self.batch, min(clock() + 15, self.limit))
            self.reached = self.reached or status is not None
            if status == 0:
                self.tries = self.refused = 0
                self.most = min(BATCH, self.most * 2)
                return True
            if clock() < self.limit:  # else it is our own doing
                self.error = ' '.join(error.split())[:200].rstrip(': ')
            self.tries += 1
            # refused for good, or trouble with Katib's database that does not end
            if status in (3, 5, 6, 7, 9, 11, 12, 15, 16) or status in (2, 13) and self.tries >= TRIES:
                self.refused += 1
                half = len(self.batch) // 2
                if half and status in (2, 3, 13) and self.refused <= 2 * TRIES:  # one row may be to blame
                    self.rows.extendleft(reversed(self.batch[half:]))
                    del self.batch[half:]
                    self.most = half
                    continue
                self.give_up(self.batch)
                if self.refused > 2 * TRIES:  # no row's fault
                    self.most, self.tries = BATCH, 0
                return True
            if status is None and not fresh and attempt == 1:
                continue  # an idle connection was gone
            left = self.limit - clock() - 0.02
            if self.leave or left <= 0:
                return False
            self.bell.acquire(True, min(left, uint(os.urandom(2)) / 655360 * 2 ** min(attempt, 5)))

    def give_up(self, rows):
        """Writes rows to the spill file, and counts them."""
        kept = self.spill.write(rows) if self.spill and rows else 0
        self.spilled += kept
        self.lost += len(rows) - kept

    def finish(self, limit):
        """Waits until all is sent: `limit` seconds, but 10 where the server never answered. Returns what was not."""
        start, first = clock(), min(limit, 10)
        try:
            if self.busy():
                self.limit = start + limit
                self.ring()
                if not self.running:  # no new thread at exit
                    self.limit = start + first
                    self.drain()
                while self.running and self.busy() and clock() < start + first:
                    self.done.acquire(True, max(0, start + first - clock()))
                    first = limit if self.reached else first
        except BaseException:  # Ctrl-C ends the wait
            pass
        self.limit = clock()
        self.tries = 1  # nothing is held back
        if self.busy():
            if self.running:
                self.halt(999)
            self.take()
            self.give_up(self.batch + list(self.rows))
            self.batch, self.rows = [], deque()
        if self.skipped:
            say('%d values are not pushed: not finite (first: %s)', self.skipped, self.first)
        failed, places = self.spilled + self.lost, []
        if self.spilled:
            places = ['%d are in %s (katib-push replay %s)' % (self.spilled, self.spill.path, self.spill.path)]
        if self.lost:
            places.append('%d are lost' % self.lost)
        if failed:
            say('%d observations did not reach %s (%s): %s', failed, self.sink.name, self.error, ', '.join(places))
        self.spilled = self.lost = self.skipped = 0
        return failed


class Last:
    """Lives as long as the module sys; its death, after everything else of the program, ends the process."""

    def __init__(self):
        self.leave, self.streams = os._exit, (sys.__stdout__, sys.__stderr__)

    def __del__(self):
        try:
            for stream in self.streams:
                stream and stream.flush()
        finally:
            self.leave(75)  # EX_TEMPFAIL


def attend(sender, env, before, in_child):
    """Lets the sender finish with the program. Returns what has to be called in the processes that report."""
    text = env('KATIB_PUSH_FLUSH_TIMEOUT') or ''
    limit = float(text) if text.replace('.', '', 1).isdigit() else 30.0
    fail, hooked = env('KATIB_PUSH_ON_FAILURE') == 'fail', []

    def finish():
        """At exit: from here on no import and no eval."""
        try:
            before()
            # after an uncaught exception the exit code is 1 already
            if sender.finish(limit) and fail and not hasattr(sys, 'last_type'):
                setattr(sys, KEY, Last())
        except BaseException:
            pass

    def hook():
        """multiprocessing's children skip atexit, and clear finalizers as they start."""
        util = sys.modules.get('multiprocessing.util')
        try:
            if util and not hooked and util.process.current_process()._parent_pid is not None:
                hooked.append(util.Finalize(None, finish, exitpriority=-1000))
        except AttributeError:
            pass

    def forked():
        sender.reset()
        hooked.clear()
        in_child()

    atexit.register(finish)
    os.register_at_fork(before=sender.before_fork, after_in_parent=sender.after_fork, after_in_child=forked)
    return hook


def start(config, sender, streams, env):
    """Installs the taps; returns wrap."""
    names, patterns = tuple(config['metrics']), config.get('filters')
    every, drop = config.get('coverage') == 'output', config.get('output') == 'drop'
    sender.read = (default_filter(names, sender.mend) if patterns is None
                   else custom_filters(names, patterns, sender.mend))
    waiting, idle, put = sender.lines, sender.idle, sender.lines.append
    out, err, end = sys.__stdout__, sys.__stderr__, '\n'
    tokens = {}  # thread -> its token; that a call holds it too is the mark
    homes, others, codes, wrote = [], [], set(), {}
    # a tap each: thread -> its line: [token, text, whether a part was marked]

    def new_token():
        hook()
        thread = ident()
        token = tokens[thread] = object()
        for lines in homes:
            lines[thread] = [token, '', every]
        return token

    def called():
        return refs(tokens.get(ident()) or new_token()) > base

    def candidate(text):
        for name in names:
            if name in text:
                most = LINES if len(text) < PIECE else 100
                if len(waiting) >= most:
                    sender.relieve(most)
                put((now(), text))
                if idle:
                    hook()
                    sender.ring()
                return

    def add(line, text):
        first, *rest = str.__str__(text).split(end)
        mark = every or called()
        if rest:
            if line[2] or mark:
                candidate(line[1] + first)
            line[1] = rest.pop()
            line[2] = every or mark and line[1] != ''
            for each in rest if mark else ():
                candidate(each)
        else:
            line[1] = (line[1] + first)[-LINE:]
            line[2] = line[2] or mark and first != ''

    def install(stream, write, lines, taps):
        stream.__dict__['write'] = write
        codes.add(write.__code__)
        taps.append(lines)

    def dropping(inner):
        def write(*args, **named):
            if args and isinstance(args[0], str) and called():
                return len(args[0])
            return inner(*args, **named)
        return write if drop else inner

    def tap_home(stream):
        """For the interpreter's own streams; the fast one."""
        inner, lines = dropping(stream.write), {}

        def write(text):
            result = inner(text)
            try:
                line = lines[ident()]
            except KeyError:
                new_token()
                line = lines[ident()]
            if text is end:
                text, line[1] = line[1], ''
                if line[2] or refs(line[0]) > base:
                    line[2] = every
                    candidate(text)
            elif line[1] or text.__class__ is not str or end in text or others:
                wrote[ident()] = True
                add(line, text)
            else:
                line[1] = text
                if refs(line[0]) > base:
                    line[2] = True
            return result

        install(stream, write, lines, homes)

    def tap_other(stream, bound):
        """For what replaced them and may write to them; not kept alive."""
        lines, function = {}, bound
        if getattr(bound, '__self__', None) is stream:
            method, weak = type(stream).write, ref(stream)

            def function(*args, **named):
                return method(weak(), *args, **named)
        inner = dropping(function)

        def write(*args, **named):
            thread, text = ident(), args[0] if args else ''
            wrote[thread] = False
            result = inner(*args, **named)
            if wrote[thread]:
                lines.pop(thread, None)  # a tapped stream has read it
            elif isinstance(text, str):
                wrote[thread] = True
                add(lines.setdefault(thread, [None, '', every]), text)
            return result

        install(stream, write, lines, others)

    def look():
        """Taps what replaced a stream and writes to descriptor 1 or 2."""
        for name in streams:
            try:
                stream = getattr(sys, name)
                if stream is not out and stream is not err and stream is not None:
                    bound = stream.write
                    if getattr(bound, '__code__', None) not in codes and stream.fileno() in (1, 2):
                        tap_other(stream, bound)
            except Exception:  # no descriptor
                pass

    def enter(call):
        """As a call begins: marks its thread's writes."""
        if sys.stdout is not out or sys.stderr is not err:
            look()
        call.token = tokens.get(ident()) or new_token()
        return call.callee

    class Call:
        """Lives while one call runs. Looking up its __call__ marks, and yields the callee: no frame of ours is on
        the stack. Its death ends the mark."""
        __slots__ = ('callee', 'token')
        __call__ = property(enter)

    class Stored:
        """A callee that is kept: it looks, compares and pickles as the callee."""
        __slots__ = ('_callee', '__weakref__')
        __call__ = property(lambda self: wrap(self._callee))
        __class__ = property(lambda self: self._callee.__class__)
        __doc__ = property(lambda self: self._callee.__doc__)
        __hash__ = lambda self: hash(self._callee)
        __repr__ = lambda self: repr(self._callee)

        def __init__(self, callee):
            self._callee = callee

        def __getattr__(self, name):
            return getattr(self._callee, name)

        def __get__(self, instance, owner=None):
            get = getattr(type(self._callee), '__get__', None)
            return Stored(get(self._callee, instance, owner)) if get else self

        def __eq__(self, other):
            return self._callee == (other._callee if type(other) is Stored else other)

        def __reduce_ex__(self, _):
            return getitem, ((self._callee,), 0)

    class Wrap:
        def __call__(self, callee, keep=0):
            if keep:
                return Stored(callee) if callable(callee) and type(callee) is not Stored else callee
            call = Call()
            call.callee = callee
            return call

        def __reduce_ex__(self, _):
            return eval, ('lambda f,*_:f',)  # loads without the client

    def let_go():
        """Reads unfinished lines. Takes the taps off: Python flushes a replaced stream as it dies."""
        nonlocal out, err, streams
        for lines in homes + others:
            for line in list(lines.values()):
                text, line[1] = line[1], ''
                if line[2]:
                    candidate(text)
        ended, streams, out, err = (out, err), (), None, None
        for stream in ended:
            own = getattr(stream, '__dict__', {})
            if getattr(own.get('write'), '__code__', None) in codes:
                del own['write']

    def forget():
        for each in homes + others + [tokens]:
            each.clear()

    hook = attend(sender, env, let_go, forget)
    for stream in {getattr(sys, '__%s__' % name) for name in streams} - {None}:
        tap_home(stream)
    base = refs(tokens.get(ident()) or new_token())  # what called() counts outside calls
    look()
    wrap = Wrap()
    return wrap


def rank_of(env):
    """This process' rank among those of a distributed training; None where it has none."""
    for name in 'RANK', 'OMPI_COMM_WORLD_RANK', 'TF_CONFIG', 'LOCAL_RANK':
        try:
            if name != 'TF_CONFIG':
                return int(env(name))
            config = literal(env(name))
            kind, chiefs = config['task']['type'], {'chief', 'master'}
            if kind == 'worker':
                return int(config['task']['index']) + bool(chiefs & set(config['cluster']))
            return -(kind not in chiefs)
        except Exception:  # not given, or damaged
            pass


def make_sender(env, overrides):
    """A sender for this process; None where it has nothing to push."""
    trial = env('KATIB_TRIAL_NAME') or env('KATIB_PUSH_TRIAL_NAME') or overrides.get('trial')
    wanted, rank = env('KATIB_PUSH_RANK', ''), rank_of(env)
    if not trial or wanted.isdigit() and rank not in (None, int(wanted)):
        return debug('pushes nothing: trial %r, rank %r', trial, rank)
    address = env('KATIB_DB_MANAGER_ADDRESS') or overrides.get('address') or 'katib-db-manager.kubeflow:6789'
    path = env('KATIB_PUSH_SPILL') or '%s/katib-push-%s.jsonl' % (
        env('TMPDIR') or '/tmp', trial.replace('/', '_'))
    spill = None if path == 'off' else Spill(path, trial)
    return Sender(Manager(trial, address, env('KATIB_PUSH_CA_CERT')), spill, env('KATIB_PUSH_NON_FINITE') == 'push')


def begin(running, overrides):
    """Reads the environment; leaves running.wrap where there is something to push."""
    env = os.environ.get
    config = overrides.get('config')
    if config is None:
        config = literal(env('KATIB_PUSH_CONFIG', '{}'))
    index, wanted = env('JOB_COMPLETION_INDEX'), config.get('completionIndex')
    if not config.get('metrics') or wanted is not None and index and index != str(wanted):
        return debug('pushes nothing: index %r, %r', index, config)
    running.sender = make_sender(env, overrides)
    if running.sender:
        running.wrap = start(config, running.sender, overrides.get('streams') or ('stdout', 'stderr'), env)


def bind(into, name, overrides=None):
    """Starts the client once per process; puts wrap into[name]. Whatever fails leaves into[name] as it is."""
    running = sys.modules.get(KEY)
    if running is None:
        running = sys.modules[KEY] = type(sys)(KEY)
        running.wrap = running.sender = None
        try:
            begin(running, overrides or {})
        except Exception as e:
            debug('not started: %r', e)
    if running.wrap:
        into[name] = running.wrap


# region package
# What only the installed package has. Type checkers read TYPE_CHECKING as true.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any, Dict, Mapping, Optional, Union

__all__ = ['bind', 'report_metrics', 'tune']


class TrainerStatus(Manager):
    """Kubeflow Trainer's status endpoint as a sink: it holds the latest value of each metric, not their history.

    Chosen where KUBEFLOW_TRAINER_SERVER_URL is set and no trial has a name. The body is that of Kubeflow Trainer's
    proposal 2779, `{"trainerStatus": {"metrics": [{"name", "value"}], "lastUpdatedTime"}}`. The token is read anew for
    each update, because it is rotated, and so is the authority.
    """

    def __init__(self, env):
        self.name, self.link = env('KUBEFLOW_TRAINER_SERVER_URL'), None
        scheme, _, rest = self.name.partition('://')
        self.host, _, path = rest.partition('/')
        self.path, self.port = '/' + path, 443 if scheme == 'https' else 80
        self.authority, self.token = env('KUBEFLOW_TRAINER_SERVER_CA_CERT'), env('KUBEFLOW_TRAINER_SERVER_TOKEN')
        self.tls = scheme == 'https'
        if self.tls:
            tls_context(self.authority, b'http/1.1')  # imports what it needs now, not at exit

    def report(self, batch, limit):
        """Posts the values; returns a status as if by gRPC: 14 where it is worth another try, 3 where it is not."""
        try:
            metrics = ','.join('{"name":"%s","value":"%s"}' % (name.translate(ESCAPES), value.translate(ESCAPES))
                               for _, name, value in batch)
            time_stamp = stamp(int(now() * 1e6))[:19] + 'Z'
            body = '{"trainerStatus":{"metrics":[%s],"lastUpdatedTime":"%s"}}' % (metrics, time_stamp)
            token = ''
            if self.token:
                file = os.open(self.token, os.O_RDONLY)
                try:
                    token = 'Authorization: Bearer %s\r\n' % os.read(file, 1 << 20).decode().strip()
                finally:
                    os.close(file)
            data = body.encode('utf-8', 'replace')
            head = 'POST %s HTTP/1.1\r\nHost: %s\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n' \
                'Connection: close\r\n\r\n' % (self.path, self.host, token, len(data))
            context = tls_context(self.authority, b'http/1.1') if self.tls else None
            stream = Stream(self.host, self.port, context, limit)
            try:
                stream.limit = limit
                stream.send(head.encode() + data)
                answer = b''
                while b'\r\n' not in answer:
                    answer += stream.receive()
            finally:
                stream.socket.close()
            code = int(answer.split()[1])
            again = code in (401, 403, 408, 429) or code >= 500
            return 0 if code < 300 else 14 if again else 3, 'HTTP status %d' % code
        except Exception as e:
            return None, str(e) or repr(e)


class StatusSender(Sender):
    """Sends the latest value of each metric, at most once in `pace` seconds, and at the end."""
    pace = 5

    def reset(self):
        super().reset()
        self.next = 0

    def drain(self):
        while True:
            self.gather()
            while self.limit == float('inf') and clock() < self.next and not self.leave:
                self.bell.acquire(True, max(0, self.next - clock()))
                self.gather()
            if not self.batch or self.leave:
                return
            self.next = clock() + self.pace
            sent = self.batch
            status, error = self.sink.report(sent, min(clock() + 15, self.limit))
            self.reached = self.reached or status is not None
            self.gather()
            if status == 0:
                self.batch = [row for row in self.batch if row not in sent]
                self.tries = 0
            else:
                self.tries, self.error = self.tries + 1, ' '.join(error.split())[:200]
                if status == 3:
                    self.give_up(self.batch)
                    self.batch = []
                elif self.limit < float('inf'):
                    left = self.limit - clock() - 0.02
                    if left <= 0:
                        return
                    self.bell.acquire(True, min(left, 1))

    def gather(self):
        """Reads what there is; of each metric the last row stays."""
        self.take()
        latest = {row[1]: row for row in self.batch}
        while self.rows:
            row = self.rows.popleft()
            latest[row[1]] = row
        self.batch = list(latest.values())


make_trial_sender = make_sender


def make_sender(env, overrides):
    """A sender for this process: to the DB manager where there is a trial, else to Kubeflow Trainer where it asks."""
    trial = env('KATIB_TRIAL_NAME') or env('KATIB_PUSH_TRIAL_NAME') or overrides.get('trial')
    if trial or not env('KUBEFLOW_TRAINER_SERVER_URL'):
        return make_trial_sender(env, overrides)
    wanted, rank = env('KATIB_PUSH_RANK', ''), rank_of(env)
    if wanted.isdigit() and rank not in (None, int(wanted)):
        return None
    return StatusSender(TrainerStatus(env), None, env('KATIB_PUSH_NON_FINITE') == 'push')


def report_metrics(
    metrics: 'Mapping[str, Any]',
    db_manager_address: 'Optional[str]' = None,
    timeout: 'Optional[float]' = None,
    *,
    timestamp: 'Union[datetime, float, None]' = None
) -> None:
    """Pushes metrics of this trial, as `kubeflow.katib.report_metrics` does, without waiting for the server.

    They are sent within 100 ms, in batches, in order with what a rewritten script prints; what can't be delivered is
    in the spill file. Outside of Katib, in a TrainJob whose server asks for it, they become its status.

    Args:
        metrics: values by name, numbers or what `float` takes. Texts and numbers are pushed as `str` gives them, other
            objects (tensors, arrays of one number) as the number that they hold.
        db_manager_address: `host:port`, or `https://host:port`. Default: KATIB_DB_MANAGER_ADDRESS, else
            `katib-db-manager.kubeflow:6789`. Only the process' first call or print decides.
        timeout: accepted because the SDK's function has it; nothing waits here.
        timestamp: when the values were true: a datetime or Unix seconds. Default: now. Times of a process strictly
            increase, so an earlier one becomes the time of the row before, plus a microsecond.

    Raises:
        ValueError: there is no trial (KATIB_TRIAL_NAME), or a value is no number. Nothing is pushed then.
    """
    env = os.environ.get
    if not (env('KATIB_TRIAL_NAME') or env('KATIB_PUSH_TRIAL_NAME') or env('KUBEFLOW_TRAINER_SERVER_URL')):
        raise ValueError('The Trial name is not passed to environment variables: KATIB_TRIAL_NAME is not set')
    pairs = [(str(name), text_of(name, value)) for name, value in metrics.items()]
    at = now() if timestamp is None else getattr(timestamp, 'timestamp', lambda: timestamp)()
    bind({}, '')  # if nothing has been started yet, the environment may ask for it
    running = sys.modules[KEY]
    if running.sender is None:
        overrides = {'address': db_manager_address}
        running.sender = make_sender(
            lambda name, default=None: overrides['address'] if name == 'KATIB_DB_MANAGER_ADDRESS'
            and overrides['address'] else env(name, default), overrides)
        if running.sender is None:
            return  # another rank pushes
        running.sender.hook = attend(running.sender, env, lambda: None, lambda: None)
    sender = running.sender
    found = [(name, sender.mend(name, '', text, 0) if not_finite(text) else text) for name, text in pairs]
    if len(sender.lines) >= LINES:
        sender.relieve(LINES)
    sender.lines.append((at, found))
    getattr(sender, 'hook', lambda: None)()
    sender.ring()


def text_of(name: 'Any', value: 'Any') -> str:
    """A metric's value as text. Raises ValueError where it is no number."""
    try:
        value_as_number = float(value)
    except Exception:
        raise ValueError(
            'Invalid value %r for the metric %s: it has to be a number, or something that float() takes' % (value, name)
        ) from None
    text = str(value).strip()
    try:
        float(text)
    except ValueError:
        return repr(value_as_number)  # tensor(0.5), array([0.5])
    return text


def tune(
    client: 'Any',
    name: str,
    *args: 'Any',
    metrics_collection_mechanism: str = 'pull',
    **options: 'Any'
) -> 'Any':
    """`KatibClient.tune`, with a choice of how the metrics that the objective prints are collected.

    Args:
        client: a `kubeflow.katib.KatibClient`.
        name: of the Experiment.
        metrics_collection_mechanism: `pull`: the SDK's own way, Katib scrapes what the objective prints. `push`: the
            collector is `Push` and the annotation `katib-push.io/rewrite: enabled` is set, so that katib-push, which
            has to run in the cluster, rewrites the objective when the Experiment is created: what it prints is pushed.
        *args, **options: those of `KatibClient.tune`.

    Returns:
        What `KatibClient.tune` returns.

    Raises:
        ValueError: another mechanism; `push` without an objective function, whose text alone can be rewritten; or
            `push` with a `metrics_collector_config` of another kind.
    """
    if metrics_collection_mechanism not in ('pull', 'push'):
        raise ValueError(
            "metrics_collection_mechanism is %r; it has to be 'pull' or 'push'" % (metrics_collection_mechanism,))
    if metrics_collection_mechanism == 'pull':
        return client.tune(name, *args, **options)
    if options.get('objective') is None:
        raise ValueError(
            "metrics_collection_mechanism='push' needs an objective function (objective=...): "
            'what a ready image runs is not rewritten')
    if options.get('metrics_collector_config', {}).get('kind', 'Push') != 'Push':
        raise ValueError(
            "metrics_collection_mechanism='push' does not go with metrics_collector_config=%r: leave that out"
            % (options['metrics_collector_config'],))
    options['metrics_collector_config'] = {'kind': 'Push'}
    import copy
    create, annotating = client.create_experiment, copy.copy(client)

    def create_experiment(experiment: 'Any', *more: 'Any', **named: 'Any') -> 'Any':
        annotations = dict(experiment.metadata.annotations or {})
        annotations['katib-push.io/rewrite'] = 'enabled'
        experiment.metadata.annotations = annotations
        return create(experiment, *more, **named)

    annotating.create_experiment = create_experiment
    return annotating.tune(name, *args, **options)
# endregion


if 'katib_push_into' in globals():
    bind(*katib_push_into)
    del katib_push_into  # or the program's globals outlive it
