"""katib-push client: reports the metrics that a Katib trial prints.

It reads what is written to stdout and stderr as Katib's collector would, and pushes the observations to the DB
manager. Standard library only, Python 3.7+. Side effects: `write` of the objects in sys.stdout and sys.stderr, one
atexit, fork hooks, one daemon thread. It imports nothing that a file beside the script could shadow.
"""
import sys, os, time, atexit, _thread
from _collections import deque

KEY = 'katib_push (client)'  # in sys.modules; no import statement can name it
ident, refs, now, clock = _thread.get_ident, sys.getrefcount, time.time, time.monotonic
SPACE = '\t\n\f\r '  # what \s, \d and \w are in Go's RE2
DIGITS = '0123456789'
WORD = frozenset(DIGITS + 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-|')
TRIM = '\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000'
LINE_LIMIT = 1 << 20  # characters kept of a line that many writes build
PIECE = 4096  # characters that a filter of the user's reads at a time
LINES, ROWS = 100000, 200000  # that wait to be read, to be sent; the oldest go first
BATCH_ROWS, BATCH_BYTES = 999, 1000000


def debug(text, *values):
    if os.environ.get('KATIB_PUSH_DEBUG'):
        say(text, *values)


def say(text, *values):
    """One line on descriptor 2, past every stream object."""
    try:
        os.write(2, ('katib-push: ' + text % values + '\n').encode('utf-8', 'replace'))
    except Exception:
        pass


# --- importing from the standard library alone ---------------------------------------------------------------------

class Library:
    """A meta path finder that serves one thread, from the standard library, and remembers what it served."""

    def __init__(self):
        self.home = os.path.dirname(os.__file__)
        self.path = [p for p in sys.path if p == self.home or os.path.basename(p) == 'lib-dynload']
        self.thread, self.served = ident(), []

    def find_spec(self, name, path=None, target=None):
        if ident() != self.thread:
            return None
        find = sys.modules['_frozen_importlib_external'].PathFinder.find_spec
        spec = find(name, self.path if path is None else path)
        if spec:
            self.served.append(name)
        return spec

    def load(self, name, keep):
        """Imports `name`. Unless `keep`, sys.modules is then as before, so that a later import by the user finds what
        it would have found."""
        hidden = {}
        for key, module in list(sys.modules.items()):
            file = getattr(module, '__file__', None)
            root = key.partition('.')[0]
            if type(file) is str and os.path.dirname(file) not in self.path and (
                    os.path.exists(self.home + '/' + root + '.py') or os.path.isdir(self.home + '/' + root)):
                if not os.path.dirname(file).startswith(self.home) or 'site-packages' in file:
                    hidden[key] = sys.modules.pop(key)
        sys.meta_path.insert(0, self)
        try:
            return __import__(name)
        finally:
            sys.meta_path.remove(self)
            for key in () if keep else self.served:
                sys.modules.pop(key, None)
            sys.modules.update(hidden)


# --- reading a line as the collector does --------------------------------------------------------------------------

def number(text, at):
    r"""What `\s*([+-]?\d*(\.\d+)?([Ee][+-]?\d+)?)` matches at `at`: the group and the end of the match."""
    size = 40
    while True:
        piece = text[at:at + size]
        whole = piece.lstrip(SPACE)
        rest = whole[1:] if whole[:1] in ('+', '-') else whole
        rest = rest.lstrip(DIGITS)
        if rest[:1] == '.':
            after = rest[1:].lstrip(DIGITS)
            if len(after) < len(rest) - 1:
                rest = after
        if rest[:1] in ('e', 'E'):
            after = rest[2:] if rest[1:2] in ('+', '-') else rest[1:]
            if after[:1] in WORD and after[0] in DIGITS:
                rest = after.lstrip(DIGITS)
        if len(rest) > 3 or at + size >= len(text):
            return whole[:len(whole) - len(rest)], at + len(piece) - len(rest)
        size *= 4


def default_filter(names):
    r"""Reads `([\w|-]+)\s*=\s*(number)` from one "=" to the next, in linear time."""
    names = [n for n in names if WORD.issuperset(n)]

    def read(text):
        found, low = [], 0
        at = text.find('=')
        while at >= 0:
            head = text[low:at].rstrip(SPACE)
            low = at + 1
            if head and head[-1] in WORD:
                value, low = number(text, low)
                for name in names:
                    if head.endswith(name) and (len(head) == len(name) or head[-len(name) - 1] not in WORD):
                        found.append((name, value))
            at = text.find('=', low)
        return found
    return read


def custom_filters(names, patterns):
    """Reads with the user's own expressions. A line over PIECE characters is read in pieces, cut at \\r where there is
    one, and only those that hold a wanted name; a match across a cut is lost."""
    compile = Library().load('re', False).compile
    filters = [f for f in map(compile, patterns) if f.groups >= 2]

    def pieces(text):
        for part in text.split('\r'):
            for at in range(0, len(part), PIECE):
                yield part[at:at + PIECE]

    def read(text):
        parts = [text]
        if len(text) > PIECE:
            parts = [p for p in pieces(text) if any(n in p for n in names)]
        found = []
        for each in filters:
            for part in parts:
                for match in each.finditer(part):
                    name = (match.group(1) or '').strip(TRIM)
                    for wanted in names:
                        if name == wanted:
                            found.append((name, (match.group(2) or '').strip(TRIM)))
        return found
    return read


# --- protobuf, HPACK, HTTP/2 ---------------------------------------------------------------------------------------

def varint(n, bits=7, first=0):
    out = b''
    while n > 127:
        out += bytes((n & 127 | 128,))
        n >>= 7
    return out + bytes((n,))


def field(tag, data):
    return tag + varint(len(data)) + data


HUFFMAN = {5: '012aceiost', 6: ' %-./3456789=A_bdfghlmnpru', 7: ':BCDEFGHIJKLMNOPQRSTUVWYjkqvwxyz', 8: '&*,;XZ', 10: '!"()?',
           11: "'+|", 12: '#>', 13: '\0$@[]~', 14: '^}', 15: '<`{'}  # code length: characters; longer codes end a text


def huffman(data):
    """RFC 7541 5.2; the code is canonical, so that lengths tell all."""
    table, code, last = {}, 0, 0
    for size in sorted(HUFFMAN):
        code <<= size - last
        last = size
        for char in HUFFMAN[size]:
            table[size, code] = char
            code += 1
    out, code, size = '', 0, 0
    for byte in data:
        for shift in range(7, -1, -1):
            code, size = code << 1 | byte >> shift & 1, size + 1
            if (size, code) in table:
                out += table[size, code]
                code = size = 0
    return out


STATUS = {8: '200', 9: '204', 10: '206', 11: '304', 12: '400', 13: '404', 14: '500'}  # of HPACK's static table


class Headers:
    """Decodes header blocks (RFC 7541). Of the static table only :status matters here."""

    def __init__(self):
        self.table = []

    def integer(self, bits):
        limit = (1 << bits) - 1
        n = self.data[self.at] & limit
        self.at += 1
        shift = 0
        while n >= limit or shift:
            byte = self.data[self.at]
            self.at += 1
            n += (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
        return n

    def text(self):
        coded = self.data[self.at] & 128
        size = self.integer(7)
        data = self.data[self.at:self.at + size]
        self.at += size
        return huffman(data) if coded else data.decode('latin-1')

    def entry(self, index):
        if index > 61:
            return self.table[index - 62]
        return (':status', STATUS[index]) if index in STATUS else ('', '')

    def decode(self, data):
        self.data, self.at = data, 0
        found = {}
        while self.at < len(data):
            byte = data[self.at]
            if byte & 128:
                name, value = self.entry(self.integer(7))
            elif byte & 224 == 32:  # a new table size; the peer evicts, and never names what it evicted
                if not self.integer(5):
                    self.table = []
                continue
            else:
                index = self.integer(6 if byte & 64 else 4)
                name = self.entry(index)[0] if index else self.text()
                value = self.text()
                if byte & 64:
                    self.table = [(name, value)] + self.table[:127]
            found[name] = value
        return found


class Link:
    """One HTTP/2 connection with prior knowledge (RFC 9113); one call at a time."""

    def __init__(self, address, limit):
        host, _, port = address.rpartition(':')
        if not host or not port.isdigit():
            host, port = address, '6789'
        error = OSError('no address for ' + host)
        for family, kind, proto, _, where in _socket.getaddrinfo(host.strip('[]'), int(port), 0, _socket.SOCK_STREAM):
            self.socket = _socket.socket(family, kind, proto)
            try:
                self.socket.settimeout(max(0.01, min(5, limit - clock())))
                self.socket.connect(where)
                break
            except OSError as e:
                error = e
                self.socket.close()
        else:
            raise error
        self.socket.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
        literal = [(b'\x04', b'/api.v1.beta1.DBManager/ReportObservationLog'), (b'\x01', address.encode()),
                   (b'\x0f\x10', b'application/grpc'), (b'\0\x02te', b'trailers'), (b'\x0f\x2b', b'katib-push')]
        self.request = b'\x83\x86' + b''.join(field(*pair) for pair in literal)  # POST, http; none indexed
        self.headers, self.data, self.stream, self.usable = Headers(), b'', -1, True
        self.room, self.initial, self.frame_size = 65535, 65535, 16384
        # our settings: no header table, no push
        self.out = b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' + self.frame(4, 0, 0, b'\0\1\0\0\0\0\0\2\0\0\0\0')

    @staticmethod
    def frame(kind, flags, stream, data):
        return len(data).to_bytes(3, 'big') + bytes((kind, flags)) + stream.to_bytes(4, 'big') + data

    def flush(self):
        out, self.out = self.out, b''
        if out:
            self.socket.settimeout(max(0.01, self.limit - clock()))
            self.socket.sendall(out)

    def call(self, message, limit):
        """Sends one request; returns its grpc-status, or None where the answer has none."""
        self.limit, self.status, self.ended, self.block = limit, {}, False, b''
        self.stream += 2
        self.stream_room = self.initial
        data, at = b'\0' + len(message).to_bytes(4, 'big') + message, 0
        self.out += self.frame(1, 4, self.stream, self.request)
        while at < len(data) and not self.ended:
            size = min(len(data) - at, self.room, self.stream_room, self.frame_size)
            if size > 0:
                self.out += self.frame(0, at + size == len(data), self.stream, data[at:at + size])
                at += size
                self.room -= size
                self.stream_room -= size
            else:
                self.read()
        while not self.ended:
            self.read()
        if at < len(data):
            self.usable = False
        self.flush()
        status = self.status.get('grpc-status', '')
        return int(status) if status.isdigit() else None

    def take(self, size):
        while len(self.data) < size:
            self.socket.settimeout(max(0.01, self.limit - clock()))
            got = self.socket.recv(65536)
            if not got:
                raise OSError('the connection was closed')
            self.data += got
        data, self.data = self.data[:size], self.data[size:]
        return data

    def read(self):
        """Takes one frame in."""
        self.flush()
        head = self.take(9)
        size, kind, flags = int.from_bytes(head[:3], 'big'), head[3], head[4]
        stream = int.from_bytes(head[5:], 'big') & 0x7fffffff
        if size > 16384:
            raise OSError('not an HTTP/2 server')
        data = self.take(size)
        ours = stream == self.stream
        if kind == 0:  # DATA: the answer holds nothing; give back the credit, padding included
            if size:
                credit = size.to_bytes(4, 'big')
                self.out += self.frame(8, 0, 0, credit)
                if not flags & 1:
                    self.out += self.frame(8, 0, stream, credit)
        elif kind == 1:  # HEADERS: padding, priority
            if flags & 8:
                data = data[1:size - data[0]]
            if flags & 32:
                data = data[5:]
            self.block, self.last = data, flags & 1
        elif kind == 9:  # CONTINUATION
            self.block += data
        elif kind == 4 and not flags & 1:  # SETTINGS
            for at in range(0, size - 5, 6):
                name, value = int.from_bytes(data[at:at + 2], 'big'), int.from_bytes(data[at + 2:at + 6], 'big')
                if name == 4:
                    self.stream_room += value - self.initial
                    self.initial = value
                elif name == 5:
                    self.frame_size = value
            self.out += self.frame(4, 1, 0, b'')
        elif kind == 6 and not flags & 1:  # PING
            self.out += self.frame(6, 1, 0, data)
        elif kind == 8:  # WINDOW_UPDATE
            credit = int.from_bytes(data, 'big') & 0x7fffffff
            if not stream:
                self.room += credit
            elif ours:
                self.stream_room += credit
        elif kind == 7:  # GOAWAY
            self.usable = False
            if int.from_bytes(data[:4], 'big') & 0x7fffffff < self.stream:
                raise OSError('the server goes away')
        elif kind == 3 and ours and not self.ended:  # RST_STREAM
            raise OSError('the server reset the call: %d' % int.from_bytes(data, 'big'))
        if kind in (1, 9) and flags & 4:
            found = self.headers.decode(self.block)
            if ours:
                self.status.update(found)
                self.ended = self.ended or bool(self.last)
        if kind == 0 and ours and flags & 1:
            self.ended = True


# --- the sender ----------------------------------------------------------------------------------------------------

FINAL = (3, 5, 6, 7, 9, 11, 12, 15, 16)  # grpc-status that no retry changes
DOUBT = (2, 13)  # what Katib answers for any trouble with its database: 20 attempts


class Sender:
    """Turns lines into rows and rows into calls, in order, in one daemon thread."""

    def __init__(self, trial, address, read):
        self.trial, self.address, self.read = field(b'\n', trial.encode('utf-8', 'replace')), address, read
        self.lines, self.idle = deque(), []  # the tap holds both: never replaced
        self.last, self.second, self.prefix = 0, None, ''
        self.reset()

    def reset(self):
        """Nothing queued, nothing running: at the start, and in a forked child."""
        self.lines.clear()
        self.idle[:] = [True]
        self.rows, self.link, self.running, self.limit = deque(), None, False, None
        self.lost, self.reached, self.told, self.error = 0, False, False, ''
        self.bell, self.done = _thread.allocate_lock(), _thread.allocate_lock()
        self.bell.acquire()
        self.done.acquire()

    def ring(self):
        """Wakes the thread, or starts it; re-entrant."""
        self.idle.clear()
        if not self.running:
            self.running = True
            try:
                _thread.start_new_thread(self.run, ())
            except Exception:
                self.running = False
                self.idle[:] = [True]
        try:
            self.bell.release()
        except RuntimeError:
            pass

    def shed(self):
        """Drops the oldest line: the queue is full."""
        try:
            self.lines.popleft()
            self.lost += 1
        except IndexError:
            pass

    def run(self):
        try:
            while True:
                self.bell.acquire(True, 0.02)  # lets a batch gather
                self.drain()
                self.idle[:] = [True]
                if self.lines:
                    self.idle.clear()
                    continue
                if self.limit is not None:
                    self.release_done()
                if not self.bell.acquire(True, 60):
                    self.close()
                    self.bell.acquire()
        except BaseException as e:
            self.error = repr(e)

    def release_done(self):
        try:
            self.done.release()
        except RuntimeError:
            pass

    def close(self):
        link, self.link = self.link, None
        if link:
            link.socket.close()

    def stamp(self, at):
        """RFC 3339 with microseconds, later than every one before."""
        at = self.last = max(int(at * 1e6), self.last + 1)
        second, micro = divmod(at, 1000000)
        if second != self.second:
            self.second = second
            self.prefix = '%04d-%02d-%02dT%02d:%02d:%02d' % time.gmtime(second)[:6]
        return ('%s.%06dZ' % (self.prefix, micro)).encode()

    def take(self):
        """Reads the lines that wait."""
        lines, rows = self.lines, self.rows
        for _ in range(len(lines)):
            try:
                at, text = lines.popleft()
            except IndexError:
                return
            try:
                found = self.read(text)
            except Exception as e:
                debug('unread line: %r', e)
                continue
            for name, value in found:
                if not value:  # Katib would store "", and stall
                    debug('%s has no value', name)
                    continue
                metric = (field(b'\n', name.encode('utf-8', 'replace'))
                          + field(b'\x12', value.encode('utf-8', 'replace')))
                rows.append(field(b'\n', b'\n\x1b' + self.stamp(at) + field(b'\x12', metric)))
            while len(rows) > ROWS:
                rows.popleft()
                self.lost += 1

    def drain(self):
        """Sends what waits, until nothing does or the exit's time is up."""
        while True:
            self.take()
            batch, size = [], 0
            while self.rows and len(batch) < BATCH_ROWS and size + len(self.rows[0]) < BATCH_BYTES or (
                    self.rows and not batch):
                row = self.rows.popleft()
                batch.append(row)
                size += len(row)
            if not batch:
                return
            if not self.send(batch):
                self.lost += len(batch) + len(self.rows)
                self.rows.clear()
                return

    def send(self, batch):
        """Delivers one batch, or drops it where no retry would help; False where the exit's time is up."""
        message = self.trial + field(b'\x12', b''.join(batch))
        attempt = 0
        while True:
            attempt += 1
            status, fresh = None, self.link is None
            try:
                limit = clock() + 15
                if self.limit is not None:
                    limit = min(limit, self.limit)
                if fresh:
                    self.link = Link(self.address, limit)
                status = self.link.call(message, limit)
                self.error = 'grpc-status %s %s' % (status, self.link.status.get('grpc-message', ''))
                if status is not None:
                    self.reached = True
                if status is None or not self.link.usable:
                    self.close()
            except Exception as e:
                self.error = str(e) or repr(e)
                self.close()
                if not fresh and attempt == 1:
                    continue  # an idle connection that had gone: once more at once
            if status == 0:
                return True
            debug('attempt %d: %s', attempt, self.error)
            if status in FINAL or status in DOUBT and attempt >= 20:
                self.lost += len(batch)
                if not self.told:
                    self.told = True
                    say('%s refused observations: %s', self.address, self.error)
                return True
            self.take()
            if self.limit is not None and clock() >= self.limit:
                return False
            pause = min(5, 0.1 * 2 ** min(attempt, 6))
            if self.limit is not None:
                pause = min(1, pause, max(0, self.limit - clock()))
            self.bell.acquire(True, pause)

    def finish(self, limit):
        """At exit: waits until all is sent, at most `limit` seconds; 10 where the address was never reached."""
        start = clock()
        if self.lines or not self.idle or self.rows:
            self.limit = start + limit
            self.ring()
            if self.running:
                first = min(limit, 10)
                if not self.done.acquire(True, first) and self.reached:
                    self.done.acquire(True, limit - first)
                self.limit = min(self.limit, clock())
            else:  # no new thread at exit
                self.limit = start + min(limit, 10)
                self.drain()
            left = self.lost + len(self.rows) + len(self.lines)
        else:
            left = self.lost
        if left:
            say('%d observations did not reach %s: %s', left, self.address, self.error)
            self.lost = 0


# --- the tap -------------------------------------------------------------------------------------------------------

class Passing:
    """Pickles as `lambda f, *_: f`, which needs no client."""
    __slots__ = ()

    def __reduce_ex__(self, _):
        return eval, ('lambda f,*_:f',)


def start(config, trial, address, limit):
    """Installs the taps and returns what `_katib_push` is to be."""
    names = tuple(config['metrics'])
    patterns = config.get('filters')
    coverage, drop = config.get('coverage') == 'output', config.get('output') == 'drop'
    read = default_filter(names) if patterns is None else custom_filters(names, patterns)
    sender = Sender(trial, address, read)
    lines, idle, put, ring = sender.lines, sender.idle, sender.lines.append, sender.ring
    out, err = sys.__stdout__, sys.__stderr__
    nothing = object()
    threads = {}  # thread -> [token, whether a tap has read]; calls under way hold the token too
    taps, refused = [], {}
    base = [object()]
    base = refs(base[0])

    def thread_state(thread):
        hook()
        return threads.setdefault(thread, [object(), False])

    def candidate(text):
        for name in names:
            if name in text:
                if len(lines) >= LINES:
                    sender.shed()
                put((now(), text))
                if idle:
                    ring()
                return

    # A line under way is [thread state, text, marked, more pieces, their size].

    def more(line, text):
        line[3].append(text)
        line[4] += len(text)
        if line[4] > LINE_LIMIT:
            line[1], line[3], line[4] = (line[1] + ''.join(line[3]))[-LINE_LIMIT // 2:], [], LINE_LIMIT // 2

    def finish(line, text):
        if line[3]:
            text = line[1] + ''.join(line[3]) + text
            line[3], line[4] = [], 0
        else:
            text = line[1] + text
        marked, line[1], line[2] = line[2], '', coverage
        if marked:
            candidate(text)

    def cut(line, text, marked):
        """Takes a text in that holds a line end."""
        if not marked:
            at = text.rfind('\n') + 1
            if line[2]:
                finish(line, text[:text.find('\n')])
            line[1], line[3], line[4] = text[at:], [], 0
            return
        line[2] = True
        first, *rest = text.split('\n')
        finish(line, first)
        line[1] = rest.pop()
        line[2] = coverage or line[1] != ''
        for each in rest:
            candidate(each)

    def tap_home(stream):
        """For the interpreter's own streams: nothing of ours is on the way that they take."""
        original, under_way = stream.write, {}
        get = under_way.get

        def write(text=nothing, *rest):
            if rest or text is nothing:
                return original(*rest) if text is nothing else original(text, *rest)
            if drop and text.__class__ is str and refs(threads.get(ident(), absent)[0]) > base:
                result = len(text)
            else:
                result = original(text)
            line = get(ident())
            if line is None:
                line = under_way[ident()] = new_line()
            if text.__class__ is not str:
                text = str.__str__(text)
            state = line[0]
            state[1] = True
            marked = coverage or refs(state[0]) > base
            if text == '\n':
                if line[2] or marked:
                    if line[3]:
                        line[2] = True
                        finish(line, '')
                    else:
                        text = line[1]
                        line[1], line[2] = '', coverage
                        for name in names:
                            if name in text:
                                candidate(text)
                                break
                else:
                    line[1] = ''
                    if line[3]:
                        line[3], line[4] = [], 0
            else:
                if '\n' in text:
                    cut(line, text, marked)
                    return result
                if marked:
                    line[2] = True
                if line[1]:
                    more(line, text)
                else:
                    line[1] = text
            return result

        stream.__dict__['write'] = write
        taps.append(under_way)
        codes.add(write.__code__)

    def tap_other(stream, bound):
        """For what replaced them: it may write to a tapped stream itself, and it must not be kept alive."""
        under_way, keep = {}, bound
        if getattr(bound, '__self__', None) is stream:
            function, weak = type(stream).write, ref(stream)
            keep = None

        def write(*args, **named):
            thread = ident()
            state = threads.get(thread) or thread_state(thread)
            text = args[0] if args else named.get('text', named.get('s', ''))
            if drop and isinstance(text, str) and refs(state[0]) > base:
                result, state[1] = len(text), False
            else:
                state[1] = False
                result = keep(*args, **named) if keep else function(weak(), *args, **named)
            if state[1]:
                under_way.pop(thread, None)  # a tapped stream has read it
                return result
            state[1] = True
            if isinstance(text, str) and text:
                line = under_way.get(thread)
                if line is None:
                    line = under_way[thread] = new_line()
                text = str.__str__(text)
                marked = coverage or refs(state[0]) > base
                if '\n' in text:
                    cut(line, text, marked)
                else:
                    line[2] = line[2] or marked
                    more(line, text)
            return result

        stream.__dict__['write'] = write
        taps.append(under_way)
        codes.add(write.__code__)

    def new_line():
        thread = ident()
        return [threads.get(thread) or thread_state(thread), '', coverage, [], 0]

    def look():
        """Taps what has replaced a stream, if it writes to descriptor 1 or 2."""
        for stream in (sys.stdout, sys.stderr):
            try:
                if stream is None or stream is out or stream is err:
                    continue
                seen = refused.get(id(stream))
                if seen and seen() is stream:
                    continue
                bound = stream.write
                if getattr(bound, '__code__', None) in codes:
                    continue
                if stream.fileno() in (1, 2):
                    tap_other(stream, bound)
                    continue
            except Exception:
                pass
            try:
                if len(refused) > 100:
                    refused.clear()
                refused[id(stream)] = ref(stream)
            except Exception:
                pass

    def enter(call):
        """Runs when a call begins, before the callee: from here on its thread's writes are marked."""
        if sys.stdout is not out or sys.stderr is not err:
            look()
        state = threads.get(ident())
        call.token = state[0] if state else thread_state(ident())[0]
        return call.callee

    class Call(object):
        """One call, which lives as long as it runs. Looking its __call__ up marks it and yields the callee itself, so
        that no frame of ours is under the callee's; when it dies, the token is let go."""
        __slots__ = ('callee', 'token')
        __call__ = property(enter)

    def once(stored):
        call = Call()
        call.callee = stored._katib_push_callee
        return call

    class Stored(object):
        """A callee that is kept: calls as often as one likes, and looks, compares and pickles as the callee."""
        __slots__ = ('_katib_push_callee', '__weakref__')
        __call__ = property(once)
        __class__ = property(lambda self: self._katib_push_callee.__class__)
        __doc__ = property(lambda self: self._katib_push_callee.__doc__)
        __module__ = property(lambda self: self._katib_push_callee.__module__)

        def __init__(self, callee):
            object.__setattr__(self, '_katib_push_callee', callee)

        def __getattr__(self, name):
            return getattr(self._katib_push_callee, name)

        def __setattr__(self, name, value):
            setattr(self._katib_push_callee, name, value)

        def __delattr__(self, name):
            delattr(self._katib_push_callee, name)

        def __get__(self, instance, owner=None):
            get = getattr(type(self._katib_push_callee), '__get__', None)
            return Stored(get(self._katib_push_callee, instance, owner)) if get else self

        def __eq__(self, other):
            return self._katib_push_callee == (other._katib_push_callee if type(other) is Stored else other)

        def __hash__(self):
            return hash(self._katib_push_callee)

        def __repr__(self):
            return repr(self._katib_push_callee)

        def __dir__(self):
            return dir(self._katib_push_callee)

        def __copy__(self):
            return self

        def __deepcopy__(self, memo):
            return Stored(sys.modules['copy'].deepcopy(self._katib_push_callee, memo))

        def __reduce_ex__(self, _):
            return itemgetter, ((self._katib_push_callee,), 0)

    class Wrap(Passing):
        __slots__ = ()

        def __call__(self, callee, stored=0):
            if stored:
                return Stored(callee) if callable(callee) and type(callee) is not Stored else callee
            call = Call()
            call.callee = callee
            return call

    def finish_all():
        """Flushes: at exit, and at the end of a multiprocessing child. No import, no eval from here on."""
        try:
            for under_way in taps:
                for line in list(under_way.values()):
                    finish(line, '')
            sender.finish(limit)
        except BaseException as e:
            debug('exit: %r', e)

    hooked = []

    def hook():
        """A child of multiprocessing skips atexit; it clears its finalizers when it starts, so this comes later."""
        util = sys.modules.get('multiprocessing.util')
        try:
            if util and not hooked and util.process.current_process()._parent_pid is not None:
                hooked.append(util.Finalize(None, finish_all, exitpriority=-1000))
        except Exception:
            pass

    def forked():
        sender.close()
        sender.reset()
        hooked.clear()
        for under_way in taps:
            under_way.clear()
        mine = threads.get(ident())
        threads.clear()
        if mine and refs(mine[0]) > base:
            threads[ident()] = mine

    codes = set()
    absent = [base]
    atexit.register(finish_all)
    os.register_at_fork(after_in_child=forked)
    for stream in {id(s): s for s in (out, err) if s is not None}.values():
        try:
            tap_home(stream)
        except Exception as e:
            debug('no tap: %r', e)
    look()
    return Wrap()


def begin(overrides):
    """Reads the environment; None where this process pushes nothing."""
    env = os.environ.get
    trial = env('KATIB_TRIAL_NAME') or env('KATIB_PUSH_TRIAL_NAME') or overrides.get('trial')
    if not trial:
        debug('no trial name: nothing is pushed')
        return None
    config = overrides.get('config')
    if config is None:  # JSON, read as a Python literal: no import
        config = eval(env('KATIB_PUSH_CONFIG', '{}'), {'__builtins__': {}, 'null': None, 'true': True, 'false': False})
    if not config.get('metrics'):
        debug('no metrics in KATIB_PUSH_CONFIG')
        return None
    index = env('JOB_COMPLETION_INDEX')
    if config.get('completionIndex') is not None and index and index != str(config['completionIndex']):
        return None
    try:
        limit = max(0.0, float(env('KATIB_PUSH_FLUSH_TIMEOUT') or 30))
    except ValueError:
        limit = 30.0
    address = env('KATIB_DB_MANAGER_ADDRESS') or overrides.get('address') or 'katib-db-manager.kubeflow:6789'
    return start(config, trial, address, limit)


def bind(into, name, overrides=None):
    """Starts the client, once per process, and puts its wrap function at into[name]; does nothing where it can't."""
    running = sys.modules.get(KEY)
    if running is None:
        running = type(sys)(KEY)
        running.wrap = None
        sys.modules[KEY] = running
        try:
            running.wrap = begin(overrides or {})
        except Exception as e:
            debug('not started: %r', e)
    if running.wrap is not None:
        into[name] = running.wrap


_socket = sys.modules.get('_socket') or Library().load('_socket', True)
from _operator import getitem as itemgetter
from _weakref import ref

if 'katib_push_into' in globals():
    bind(*globals()['katib_push_into'])
