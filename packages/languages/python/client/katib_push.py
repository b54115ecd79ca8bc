"""katib-push client: reports the metrics that a Katib trial prints.

It reads what is written to stdout and stderr as Katib's collector would, and pushes it to the DB manager. Standard
library only, Python 3.7+. Side effects: `write` of the objects in sys.stdout and sys.stderr, one atexit, a fork
hook, one daemon thread. It imports nothing that a file beside the script could shadow.
"""
import sys, os, time, atexit, _thread
from _collections import deque
from _operator import getitem
from _weakref import ref

KEY = 'katib_push (client)'  # in sys.modules; no import statement can name it
ident, refs, now, clock = _thread.get_ident, sys.getrefcount, time.time, time.monotonic
SPACE = '\t\n\f\r '  # \s, \d and \w of Go's RE2
DIGITS = '0123456789'
WORD = frozenset(DIGITS + 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-|')
TRIM = SPACE + '\v\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000' + ''.join(map(chr, range(0x2000, 0x200b)))
LINE = 1 << 17  # characters kept of a line that many writes build: the last ones
PIECE = 4096  # characters that a filter of the user's reads at a time
LINES, ROWS = 100000, 200000  # that may wait to be read, to be sent; the oldest go first
BATCH_ROWS, BATCH_BYTES = 999, 1000000


def say(text, *values):
  """One line on descriptor 2, past every stream object."""
  try:
    os.write(2, ('katib-push: ' + text % values + '\n').encode('utf-8', 'replace'))
  except Exception:
    pass


debug = say if os.environ.get('KATIB_PUSH_DEBUG') else lambda *_: None


# --- import, past the files beside the script ---

class Library:
  """A finder that serves this thread alone, from the standard library, and remembers what it served."""

  def __init__(self):
    self.home = os.path.dirname(os.__file__)
    self.path = [p for p in sys.path if p == self.home or os.path.basename(p) == 'lib-dynload']
    self.thread, self.served = ident(), []

  def find_spec(self, name, path=None, target=None):
    if ident() == self.thread:
      find = sys.modules['_frozen_importlib_external'].PathFinder.find_spec
      spec = find(name, self.path if path is None else path)
      if spec:
        self.served.append(name)
      return spec

  def load(self, name, keep):
    """Imports `name`. Unless `keep`, sys.modules is then as before: the user's imports find what they would have."""
    ours = {each.partition('.')[0] for each in os.listdir(self.home)}
    hidden = {key: module for key, module in list(sys.modules.items())
              if key.partition('.')[0] in ours
              and not str(getattr(module, '__file__', None) or self.home).startswith(self.home)}
    for key in hidden:
      del sys.modules[key]
    sys.meta_path.insert(0, self)
    try:
      return __import__(name)
    finally:
      sys.meta_path.remove(self)
      for key in () if keep else self.served:
        sys.modules.pop(key, None)
      sys.modules.update(hidden)


# --- reading a line as the collector does ---

def number(text, at):
  r"""What `\s*([+-]?\d*(\.\d+)?([Ee][+-]?\d+)?)` matches at `at`: its group, and where the match ends."""
  size = 40
  while True:
    piece = text[at:at + size]
    whole = piece.lstrip(SPACE)
    rest = (whole[1:] if whole[:1] in ('+', '-') else whole).lstrip(DIGITS)
    if rest[:1] == '.':
      after = rest[1:].lstrip(DIGITS)
      if len(after) < len(rest) - 1:
        rest = after
    if rest[:1] in ('e', 'E'):
      digits = rest[2 if rest[1:2] in ('+', '-') else 1:]
      after = digits.lstrip(DIGITS)
      if len(after) < len(digits):
        rest = after
    if len(rest) > 3 or at + size >= len(text):
      return whole[:len(whole) - len(rest)], at + len(piece) - len(rest)
    size *= 4


def default_filter(names):
  r"""Reads `([\w|-]+)\s*=\s*(number)` from one "=" to the next, in linear time."""
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
            found.append((name, value))
      at = text.find('=', low)
    return found
  return read


def custom_filters(names, patterns):
  """Reads with the user's own expressions. Of a line over PIECE characters they see pieces, cut at each \\r and at
  that size, and only those that hold a wanted name; a match across a cut is lost."""
  filters = [f for f in map(Library().load('re', False).compile, patterns) if f.groups > 1]

  def read(text):
    parts = [text]
    if len(text) > PIECE:
      parts = [p[at:at + PIECE] for p in text.split('\r') for at in range(0, len(p), PIECE)]
      parts = [p for p in parts if any(n in p for n in names)]
    pairs = [[(g or '').strip(TRIM) for g in match.group(1, 2)]
             for each in filters for part in parts for match in each.finditer(part)]
    return [pair for pair in pairs for name in names if pair[0] == name]
  return read


# --- protobuf, HPACK, HTTP/2 ---

def field(tag, data):
  """A length-delimited protobuf field. HPACK's literals have the same shape up to 126 bytes."""
  out, n = tag, len(data)
  while n > 127:
    out += bytes((n & 127 | 128,))
    n >>= 7
  return out + bytes((n,)) + data


HUFFMAN = {5: '012aceiost', 6: ' %-./3456789=A_bdfghlmnpru', 7: ':BCDEFGHIJKLMNOPQRSTUVWYjkqvwxyz', 8: '&*,;XZ',
           10: '!"()?', 11: "'+|", 12: '#>', 13: '\0$@[]~', 14: '^}', 15: '<`{'}  # bits: characters (RFC 7541 B)


def huffman(data):
  """Decodes printable text; the code is canonical, so that lengths tell all. Longer codes end the text."""
  table, code, bits = {}, 0, 0
  for size in HUFFMAN:
    code <<= size - bits
    bits = size
    for char in HUFFMAN[size]:
      table[bits, code] = char
      code += 1
  text, code, bits = '', 0, 0
  for at in range(len(data) * 8):
    code, bits = code << 1 | data[at >> 3] >> (7 - at % 8) & 1, bits + 1
    if (bits, code) in table:
      text += table[bits, code]
      code = bits = 0
  return text


class Headers:
  """Decodes header blocks (RFC 7541). Of the static table no more than :status matters here."""
  table = ()
  status = {8: '200', 9: '204', 10: '206', 11: '304', 12: '400', 13: '404', 14: '500'}

  def integer(self, bits):
    limit = (1 << bits) - 1
    n, shift, self.at = self.data[self.at] & limit, 0, self.at + 1
    while n >= limit:
      byte, self.at = self.data[self.at], self.at + 1
      n += (byte & 127) << shift
      shift += 7
      if byte < 128:
        break
    return n

  def text(self):
    coded, size = self.data[self.at] & 128, self.integer(7)
    data, self.at = self.data[self.at:self.at + size], self.at + size
    return huffman(data) if coded else data.decode('latin-1')

  def entry(self, index):
    return self.table[index - 62] if index > 61 else (':status', self.status.get(index))

  def decode(self, data):
    self.data, self.at, found = data, 0, {}
    while self.at < len(data):
      byte = data[self.at]
      if byte & 128:
        name, value = self.entry(self.integer(7))
      elif byte & 224 == 32:  # a new table size: what it evicts is never named again
        self.integer(5)
        continue
      else:
        index = self.integer(6 if byte & 64 else 4)
        name = self.entry(index)[0] if index else self.text()
        value = self.text()
        if byte & 64:
          self.table = ((name, value),) + self.table[:127]
      found[name] = value
    return found


def frame(kind, flags, stream, data):
  return len(data).to_bytes(3, 'big') + bytes((kind, flags)) + stream.to_bytes(4, 'big') + data


def uint(data):
  return int.from_bytes(data, 'big')


class Link:
  """One HTTP/2 connection with prior knowledge (RFC 9113), one call at a time."""

  def __init__(self, address, limit):
    host, _, port = address.rpartition(':')
    if not host or not port.isdigit():
      host, port = address, '6789'
    error = OSError('no address')
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
    # POST, http, then literals that nobody indexes: :path, :authority, content-type, te, user-agent
    self.request = b'\x83\x86' + b''.join(map(field, (b'\x04', b'\x01', b'\x0f\x10', b'\0\x02te', b'\x0f\x2b'), (
        b'/api.v1.beta1.DBManager/ReportObservationLog', address.encode()[:126], b'application/grpc', b'trailers',
        b'katib-push')))
    self.headers, self.data, self.stream, self.usable = Headers(), b'', -1, True
    self.room, self.initial, self.size = 65535, 65535, 16384
    # the settings: no header table, no push
    self.out = b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' + frame(4, 0, 0, b'\0\1\0\0\0\0\0\2\0\0\0\0')

  def wait(self):
    self.socket.settimeout(max(0.01, self.limit - clock()))

  def flush(self):
    if self.out:
      self.wait()
      self.socket.sendall(self.out)
      self.out = b''

  def call(self, message, limit):
    """Sends one request; returns its grpc-status, None where the answer has none."""
    self.limit, self.status, self.ended = limit, {}, False
    self.stream += 2
    self.stream_room = self.initial
    data = b'\0' + len(message).to_bytes(4, 'big') + message
    self.out += frame(1, 4, self.stream, self.request)
    while data and not self.ended:
      size = min(len(data), self.room, self.stream_room, self.size)
      if size > 0:
        part, data = data[:size], data[size:]
        self.out += frame(0, not data, self.stream, part)
        self.room -= size
        self.stream_room -= size
      else:
        self.read()
    while not self.ended:
      self.read()
    self.flush()
    self.usable = self.usable and not data
    status = self.status.get('grpc-status', '')
    return int(status) if status.isdigit() else None

  def take(self, size):
    while len(self.data) < size:
      self.wait()
      got = self.socket.recv(65536)
      if not got:
        raise OSError('the server closed the connection')
      self.data += got
    data, self.data = self.data[:size], self.data[size:]
    return data

  def read(self):
    """Takes one frame."""
    self.flush()
    head = self.take(9)
    size, kind, flags, stream = uint(head[:3]), head[3], head[4], uint(head[5:]) & 0x7fffffff
    if size > 16384:
      raise OSError('not an HTTP/2 server')
    data, ours = self.take(size), stream == self.stream
    if kind == 0 and size:  # DATA: nothing in it matters; give the credit back, padding included
      self.out += frame(8, 0, 0, head[:3].rjust(4, b'\0'))
      if not flags & 1:
        self.out += frame(8, 0, stream, head[:3].rjust(4, b'\0'))
    elif kind == 1:  # HEADERS: less padding and priority
      if flags & 8:
        data = data[1:size - data[0]]
      self.block, self.last = data[5:] if flags & 32 else data, flags & 1
    elif kind == 9:  # CONTINUATION
      self.block += data
    elif kind == 3 and ours:  # RST_STREAM
      raise OSError('the server reset the call, error %d' % uint(data))
    elif kind == 4 and not flags & 1:  # SETTINGS
      for at in range(0, size, 6):
        name, value = uint(data[at:at + 2]), uint(data[at + 2:at + 6])
        if name == 4:
          self.stream_room += value - self.initial
          self.initial = value
        elif name == 5:
          self.size = value
      self.out += frame(4, 1, 0, b'')
    elif kind == 6 and not flags & 1:  # PING
      self.out += frame(6, 1, 0, data)
    elif kind == 7:  # GOAWAY
      self.usable = False
      if uint(data[:4]) & 0x7fffffff < self.stream:
        raise OSError('the server goes away')
    elif kind == 8:  # WINDOW_UPDATE
      if not stream:
        self.room += uint(data)
      elif ours:
        self.stream_room += uint(data)
    if kind in (1, 9) and flags & 4:
      found = self.headers.decode(self.block)
      if ours:
        self.status.update(found)
        self.ended = bool(self.last)
    elif kind == 0 and ours and flags & 1:
      self.ended = True


# --- the sender ---

class Sender:
  """Turns lines into rows, and rows into calls, in order, in one daemon thread."""
  final = (3, 5, 6, 7, 9, 11, 12, 15, 16)  # a grpc-status that no retry changes
  doubt = (2, 13)  # how Katib reports trouble with its database: 20 attempts

  def __init__(self, trial, address, read):
    self.trial, self.address, self.read = field(b'\n', trial.encode('utf-8', 'replace')), address, read
    self.lines, self.idle = deque(), []  # the taps hold both: never replaced
    self.last, self.second, self.prefix, self.link = 0, None, '', None
    self.reset()

  def reset(self):
    """Nothing waits, nothing runs: at the start, and in a forked child."""
    self.lines.clear()
    self.idle[:] = [True]
    self.close()
    self.rows, self.running, self.limit = deque(), False, None
    self.lost, self.reached, self.told, self.error = 0, False, False, 'not tried'
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
    self.free(self.bell)

  def free(self, lock):
    try:
      lock.release()
    except RuntimeError:
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
          self.free(self.done)
        if not self.bell.acquire(True, 60):
          self.close()
          self.bell.acquire()
    except BaseException as e:
      self.error = repr(e)

  def close(self):
    link, self.link = self.link, None
    if link:
      link.socket.close()

  def stamp(self, at):
    """RFC 3339 with microseconds, later than all before."""
    at = self.last = max(int(at * 1e6), self.last + 1)
    second, micro = divmod(at, 1000000)
    if second != self.second:
      self.second, self.prefix = second, '%04d-%02d-%02dT%02d:%02d:%02d' % time.gmtime(second)[:6]
    return ('%s.%06dZ' % (self.prefix, micro)).encode()

  def shed(self, queue):
    """Drops the oldest of a full queue."""
    try:
      queue.popleft()
      self.lost += 1
    except IndexError:
      pass

  def take(self):
    """Reads the lines that wait."""
    for _ in range(len(self.lines)):
      try:
        at, text = self.lines.popleft()
        found = self.read(text)
      except Exception as e:
        debug('unread line: %r', e)
        continue
      for name, value in found:
        if value:
          metric = field(b'\n', name.encode('utf-8', 'replace')) + field(b'\x12', value.encode('utf-8', 'replace'))
          self.rows.append(field(b'\n', b'\n\x1b' + self.stamp(at) + field(b'\x12', metric)))
        else:  # Katib would store "", and stall
          debug('%s without a value', name)
      while len(self.rows) > ROWS:
        self.shed(self.rows)

  def drain(self):
    """Sends what waits, until nothing does or the time at exit is up."""
    while True:
      self.take()
      batch, size = [], 0
      while self.rows and len(batch) < BATCH_ROWS and (not batch or size + len(self.rows[0]) < BATCH_BYTES):
        batch.append(self.rows.popleft())
        size += len(batch[-1])
      if not batch:
        return
      if not self.send(batch):
        self.lost += len(batch) + len(self.rows)
        return self.rows.clear()

  def send(self, batch):
    """Delivers a batch, or drops it where no retry would help; false where the time at exit is up."""
    message, attempt = self.trial + field(b'\x12', b''.join(batch)), 0
    while True:
      attempt += 1
      status, fresh = None, self.link is None
      try:
        limit = min(clock() + 15, self.limit or 1e99)
        if fresh:
          self.link = Link(self.address, limit)
        status = self.link.call(message, limit)
        if status == 0:
          self.reached = True
          if not self.link.usable:
            self.close()
          return True
        self.error = 'grpc-status %s %s' % (status, self.link.status.get('grpc-message', ''))
      except Exception as e:
        self.error = str(e) or repr(e)
      self.close()
      debug('attempt %d: %s', attempt, self.error)
      if status in self.final or status in self.doubt and attempt > 19:
        self.lost += len(batch)
        if not self.told:
          self.told = True
          say('%s refused observations: %s', self.address, self.error)
        return True
      if status is None and not fresh and attempt == 1:
        continue  # an idle connection that was gone: again at once
      self.take()
      pause = min(5, 0.1 * 2 ** min(attempt, 6))
      if self.limit is not None:
        pause = min(1, pause, self.limit - clock())
        if pause <= 0:
          return False
      self.bell.acquire(True, pause)

  def finish(self, limit):
    """At exit: waits until all is sent, at most `limit` seconds, 10 where the server was never reached."""
    if self.lines or self.rows or not self.idle:
      self.limit = clock() + limit
      self.ring()
      if not self.running:  # no new thread at exit
        self.limit = clock() + min(limit, 10)
        self.drain()
      elif not self.done.acquire(True, min(limit, 10)) and self.reached and limit > 10:
        self.done.acquire(True, limit - 10)
      self.limit = clock()
    left = self.lost + len(self.rows) + len(self.lines)
    if left:
      say('%d observations did not reach %s: %s', left, self.address, self.error)
      self.lost = 0


# --- the taps, and the marks ---

def start(config, trial, address, limit):
  """Installs the taps; returns what `_katib_push` is to be."""
  names, patterns = tuple(config['metrics']), config.get('filters')
  coverage, drop = config.get('coverage') == 'output', config.get('output') == 'drop'
  sender = Sender(trial, address, default_filter(names) if patterns is None else custom_filters(names, patterns))
  waiting, idle, put, ring = sender.lines, sender.idle, sender.lines.append, sender.ring
  out, err, newline = sys.__stdout__, sys.__stderr__, '\n'
  tokens = {}  # thread -> its token; a call under way holds it too, which is the mark
  homes, others, codes, refused, hooked, wrote = [], [], set(), {}, [], {}

  # Per tap and thread, the line under way: [token, text, whether a part of it was marked]

  def new_thread(thread):
    hook()
    token = tokens[thread] = object()
    for lines in homes:
      lines[thread] = [token, '', coverage]
    return token

  def called():
    return refs(tokens.get(ident()) or new_thread(ident())) > base

  def candidate(text):
    for name in names:
      if name in text:
        if len(waiting) >= LINES:
          sender.shed(waiting)
        put((now(), text))
        if idle:
          hook()
          ring()
        return

  def add(line, text):
    """Takes any text into a line under way."""
    text, mark = str.__str__(text), coverage or called()
    if '\n' not in text:
      line[1] = (line[1] + text)[-LINE:]
      line[2] = line[2] or mark and text != ''
    else:
      first, last = text.index('\n'), text.rindex('\n')
      if line[2] or mark:
        candidate(line[1] + text[:first])
      if mark:
        for each in text[first + 1:last].split('\n'):
          candidate(each)
      line[1] = text[last + 1:]
      line[2] = coverage or mark and line[1] != ''

  def tap_home(stream):
    """For the interpreter's own streams."""
    original, lines = dropping(stream.write) if drop else stream.write, {}

    def write(text):
      result = original(text)
      try:
        line = lines[ident()]
      except KeyError:
        new_thread(ident())
        line = lines[ident()]
      if text is newline and line[2]:
        text, line[1], line[2] = line[1], '', coverage
        for name in names:
          if name in text:
            candidate(text)
            break
      elif line[1] or text.__class__ is not str or newline in text or others:
        if others:
          wrote[ident()] = True
        add(line, text)
      else:
        line[1] = text
        if refs(line[0]) > base:
          line[2] = True
      return result

    install(stream, write, lines, homes)

  def tap_other(stream, bound):
    """For what replaced them: it may write to a tapped stream itself, and must not be kept alive."""
    lines, original = {}, bound
    if getattr(bound, '__self__', None) is stream:
      function, weak = type(stream).write, ref(stream)

      def original(*args, **named):
        return function(weak(), *args, **named)
      del bound
    if drop:
      original = dropping(original)

    def write(*args, **named):
      thread, text = ident(), args[0] if args else ''
      wrote[thread] = False
      result = original(*args, **named)
      if wrote[thread]:
        lines.pop(thread, None)  # a tapped stream has read it
      elif isinstance(text, str):
        wrote[thread] = True
        add(lines.setdefault(thread, [None, '', coverage]), text)
      return result

    install(stream, write, lines, others)

  def dropping(original):
    def write(*args, **named):
      if args and isinstance(args[0], str) and called():
        return len(args[0])
      return original(*args, **named)
    return write

  def install(stream, write, lines, taps):
    stream.__dict__['write'] = write
    codes.add(write.__code__)
    taps.append(lines)

  def look():
    """Taps what has replaced a stream, where it writes to descriptor 1 or 2."""
    for stream in (sys.stdout, sys.stderr):
      try:
        if stream is None or stream is out or stream is err or refused.get(id(stream), int)() is stream:
          continue
        bound = stream.write
        if getattr(bound, '__code__', None) in codes:
          continue
        if len(refused) > 99:
          refused.clear()
        refused[id(stream)] = ref(stream)
        if stream.fileno() in (1, 2):
          tap_other(stream, bound)
      except Exception as e:
        debug('not tapped: %r', e)

  def enter(call):
    """Runs as a call begins, its arguments evaluated: from here on what its thread writes is marked."""
    if sys.stdout is not out or sys.stderr is not err:
      look()
    call.token = tokens.get(ident()) or new_thread(ident())
    return call.callee

  class Call(object):
    """One call, which lives while it runs. Looking its __call__ up marks, and yields the callee itself: no frame of
    ours is below the callee's. As it dies it lets go of the token, which ends the mark."""
    __slots__ = ('callee', 'token')
    __call__ = property(enter)

  def once(stored):
    call = Call()
    call.callee = stored._katib_push
    return call

  class Stored(object):
    """A callee that is stored or passed on: it looks, compares and pickles as the callee."""
    __slots__ = ('_katib_push', '__weakref__')
    __call__ = property(once)
    __class__ = property(lambda self: self._katib_push.__class__)
    __doc__ = property(lambda self: self._katib_push.__doc__)
    __module__ = property(lambda self: self._katib_push.__module__)

    def __getattr__(self, name):
      return getattr(self._katib_push, name)

    def __get__(self, instance, owner=None):
      get = getattr(type(self._katib_push), '__get__', None)
      return stored(get(self._katib_push, instance, owner)) if get else self

    def __eq__(self, other):
      return self._katib_push == (other._katib_push if type(other) is Stored else other)

    def __hash__(self):
      return hash(self._katib_push)

    def __repr__(self):
      return repr(self._katib_push)

    def __reduce_ex__(self, _):
      return getitem, ((self._katib_push,), 0)

  def stored(callee):
    if type(callee) is Stored or not callable(callee):
      return callee
    result = Stored()
    result._katib_push = callee
    return result

  class Wrap(object):
    __slots__ = ()

    def __call__(self, callee, keep=0):
      if keep:
        return stored(callee)
      call = Call()
      call.callee = callee
      return call

    def __reduce_ex__(self, _):
      return eval, ('lambda f,*_:f',)  # a process without the client can load it

  def finish():
    """At exit, and at the end of a multiprocessing child. From here on no import and no eval."""
    try:
      for lines in homes + others:
        for line in list(lines.values()):
          text, line[1] = line[1], ''
          if line[2]:
            candidate(text)
      sender.finish(limit)
    except BaseException as e:
      debug('exit: %r', e)

  def hook():
    """Children of multiprocessing skip atexit; they clear their finalizers as they start, so this comes later."""
    util = sys.modules.get('multiprocessing.util')
    try:
      if util and not hooked and util.process.current_process()._parent_pid is not None:
        hooked.append(util.Finalize(None, finish, exitpriority=-1000))
    except Exception:
      pass

  def forked():
    sender.reset()
    for each in homes + others + [tokens, hooked]:
      each.clear()

  atexit.register(finish)
  os.register_at_fork(after_in_child=forked)
  for stream in {out, err} - {None}:
    tap_home(stream)
  base = len(homes) + 2  # references to a token that no call holds: tokens, a line a tap, the argument of refs
  look()
  return Wrap()


def begin(overrides):
  """Reads the environment; None where this process is to push nothing."""
  env = os.environ.get
  trial = env('KATIB_TRIAL_NAME') or env('KATIB_PUSH_TRIAL_NAME') or overrides.get('trial')
  config = overrides.get('config')
  if config is None:  # JSON, read as a Python literal: that takes no import
    config = eval(env('KATIB_PUSH_CONFIG', '{}'), {'__builtins__': {}, 'null': None, 'true': True, 'false': False})
  index, wanted = env('JOB_COMPLETION_INDEX'), config.get('completionIndex')
  if not trial or not config.get('metrics') or wanted is not None and index and index != str(wanted):
    debug('nothing is pushed: trial %r, metrics %r, completion index %r', trial, config.get('metrics'), index)
    return None
  try:
    limit = max(0.0, float(env('KATIB_PUSH_FLUSH_TIMEOUT') or 30))
  except ValueError:
    limit = 30.0
  address = env('KATIB_DB_MANAGER_ADDRESS') or overrides.get('address') or 'katib-db-manager.kubeflow:6789'
  return start(config, trial, address, limit)


def bind(into, name, overrides=None):
  """Starts the client, once per process, and sets into[name] to its wrap function; where it can't, to nothing."""
  running = sys.modules.get(KEY)
  if running is None:
    running = sys.modules[KEY] = type(sys)(KEY)
    running.wrap = None
    try:
      running.wrap = begin(overrides or {})
    except Exception as e:
      debug('not started: %r', e)
  if running.wrap is not None:
    into[name] = running.wrap


_socket = sys.modules.get('_socket') or Library().load('_socket', True)
if 'katib_push_into' in globals():
  bind(*globals()['katib_push_into'])
