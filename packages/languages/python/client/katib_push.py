"""katib-push client: pushes the metrics that a Katib trial prints to Katib's DB manager.

It reads what is written to stdout and stderr as Katib's collector would. Python 3.7+, standard library only. Side
effects: `write` of the objects in sys.stdout and sys.stderr, one atexit, fork hooks, one daemon thread.
"""
import sys, os, time, atexit, _thread
from _collections import deque
from _operator import getitem
from _weakref import ref

KEY = 'katib_push (client)'  # in sys.modules; no import statement can name it
ident, refs, now, clock = _thread.get_ident, sys.getrefcount, time.time, time.monotonic
SPACE, DIGITS = '\t\n\f\r ', '0123456789'  # RE2's \s, \d, [\w|-]
WORD = frozenset(DIGITS + 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-|')
LINE = 1 << 17  # characters kept of a line that many writes build: the last ones
PIECE = 4096  # characters that a custom filter reads at a time
LINES, ROWS = 100000, 200000  # that may wait to be read, to be sent; the oldest go first


def say(text, *values):
  try:
    os.write(2, ('katib-push: ' + text % values + '\n').encode('utf-8', 'replace'))
  except Exception:
    pass


debug = say if os.environ.get('KATIB_PUSH_DEBUG') else lambda *_: None


class Library:
  """An import finder that serves this thread alone, from the standard library, past the files beside the script."""

  def __init__(self):
    home = os.path.dirname(os.__file__)
    self.path, self.thread, self.served = [p for p in sys.path if p in (home, home + '/lib-dynload')], ident(), []

  def find_spec(self, name, path=None, target=None):
    if ident() == self.thread:
      spec = sys.modules['_frozen_importlib_external'].PathFinder.find_spec(name, path or self.path)
      if spec:
        self.served.append(name)
      return spec

  def load(self, name, keep):
    """Imports `name`. Unless `keep`, sys.modules is then as before, and the user's imports find what they would."""
    sys.meta_path.insert(0, self)
    try:
      return __import__(name)
    finally:
      sys.meta_path.remove(self)
      for each in () if keep else self.served:
        sys.modules.pop(each, None)


def number(text, at):
  r"""What `\s*([+-]?\d*(\.\d+)?([Ee][+-]?\d+)?)` matches at `at`: its group, and the end of the match."""
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
  """Reads with the user's expressions. Of a line over PIECE characters they see the pieces that hold a wanted name, cut
  at each \\r and at that size; a match across a cut is lost."""
  filters = [f for f in map(Library().load('re', False).compile, patterns) if f.groups > 1]

  def read(text):
    parts = [text]
    if len(text) > PIECE:
      parts = [p[at:at + PIECE] for p in text.split('\r') for at in range(0, len(p), PIECE)]
      parts = [p for p in parts if any(n in p for n in names)]
    pairs = [[(g or '').strip() for g in match.group(1, 2)]
             for each in filters for part in parts for match in each.finditer(part)]
    return [pair for pair in pairs for name in names if pair[0] == name]
  return read


def field(tag, data):
  """A length-delimited protobuf field; up to 126 bytes also an HPACK literal."""
  n = len(data)
  while n > 127:
    tag += bytes((n & 127 | 128,))
    n >>= 7
  return tag + bytes((n,)) + data


def text_field(tag, text):
  return field(tag, text.encode('utf-8', 'replace'))


HUFFMAN = {5: '012aceiost', 6: ' %-./3456789=A_bdfghlmnpru', 7: ':BCDEFGHIJKLMNOPQRSTUVWYjkqvwxyz', 8: '&*,;XZ',
           10: '!"()?', 11: "'+|"}  # bits: characters (RFC 7541 B)


def huffman(data):
  """The code is canonical: lengths tell all. A longer one, which no header here needs, ends the text."""
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


def headers(data, table):
  """Decodes a header block (RFC 7541); `table` is the dynamic one. No entry of the static one matters here."""
  at, found = 0, {}

  def integer(bits):
    nonlocal at
    limit = (1 << bits) - 1
    n, shift, at = data[at] & limit, 0, at + 1
    while n >= limit:
      byte, at = data[at], at + 1
      n, shift = n + ((byte & 127) << shift), shift + 7
      if byte < 128:
        break
    return n

  def text():
    nonlocal at
    coded, size = data[at] & 128, integer(7)
    part, at = data[at:at + size], at + size
    return huffman(part) if coded else part.decode('latin-1')

  while at < len(data):
    byte = data[at]
    if byte & 224 == 32:  # a new table size: what it evicts is never named again
      integer(5)
      continue
    index = integer(7 if byte & 128 else 6 if byte & 64 else 4)
    name, value = table[index - 62] if index > 61 else ('static %d' % index, '')
    if byte < 128:
      name, value = name if index else text(), text()
      if byte & 64:
        table.insert(0, (name, value))
        del table[128:]
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
      host, port = address, 6789
    for info in _socket.getaddrinfo(host.strip('[]').encode(), int(port), 0, _socket.SOCK_STREAM):
      self.socket = _socket.socket(*info[:3])
      try:
        self.socket.settimeout(max(0.01, min(5, limit - clock())))
        self.socket.connect(info[4])
        error = None
        break
      except OSError as e:
        error = e
        self.socket.close()
    if error:
      raise error
    self.socket.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
    # POST, http, then literals that nobody indexes: :path, :authority, content-type, te, user-agent
    self.request = b'\x83\x86' + b''.join(map(field, (b'\x04', b'\x01', b'\x0f\x10', b'\0\x02te', b'\x0f\x2b'), (
      b'/api.v1.beta1.DBManager/ReportObservationLog', address.encode()[:126], b'application/grpc', b'trailers',
      b'katib-push')))
    self.table, self.data, self.stream, self.usable = [], b'', -1, True
    self.room, self.initial, self.size = 65535, 65535, 16384
    # the settings: no header table, no push
    self.out = b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' + frame(4, 0, 0, b'\0\1\0\0\0\0\0\2\0\0\0\0')

  def call(self, message, limit):
    """Sends one request; returns its grpc-status, None where the answer has none."""
    self.limit, self.status, self.ended = limit, {}, False
    self.stream += 2
    self.stream_room = self.initial
    data = b'\0' + len(message).to_bytes(4, 'big') + message
    self.out += frame(1, 4, self.stream, self.request)
    while not self.ended:
      size = min(len(data), self.room, self.stream_room, self.size)
      if size > 0:
        self.out += frame(0, size == len(data), self.stream, data[:size])
        self.room -= size
        self.stream_room -= size
        data = data[size:]
      else:
        self.read()
    self.flush()
    self.usable = self.usable and not data
    status = self.status.get('grpc-status', '')
    return int(status) if status.isdigit() else None

  def flush(self):
    self.socket.settimeout(max(0.01, self.limit - clock()))
    if self.out:
      self.socket.sendall(self.out)
      self.out = b''

  def take(self, size):
    while len(self.data) < size:
      self.flush()
      got = self.socket.recv(65536)
      if not got:
        raise OSError('the server closed the connection')
      self.data += got
    data, self.data = self.data[:size], self.data[size:]
    return data

  def read(self):
    """Takes one frame."""
    head = self.take(9)
    size, kind, flags, stream = uint(head[:3]), head[3], head[4], uint(head[5:]) & 0x7fffffff
    if size > 16384:
      raise OSError('not an HTTP/2 server')
    data, ours = self.take(size), stream == self.stream
    if kind == 0 and size:  # DATA: nothing in it matters; give the credit back, padding included
      for to in (0,) if flags & 1 else (0, stream):
        self.out += frame(8, 0, to, b'\0' + head[:3])
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
      found = headers(self.block, self.table)
      if ours:
        self.status.update(found)
        self.ended = bool(self.last)
    elif kind == 0 and ours and flags & 1:
      self.ended = True


def event():
  """A raw lock as an event: acquire waits, `wake` ends that. Safe in signal handlers and finalizers."""
  lock = _thread.allocate_lock()
  lock.acquire()
  return lock


def wake(lock):
  try:
    lock.release()
  except RuntimeError:
    pass


class Sender:
  """Turns lines into rows, and rows into calls, in order, in one daemon thread."""
  final = (3, 5, 6, 7, 9, 11, 12, 15, 16)  # a grpc-status that no retry changes
  doubt = (2, 13)  # how Katib reports trouble with its database: 20 attempts

  def __init__(self, trial, address, read):
    self.trial, self.address, self.read = text_field(b'\n', trial), address, read
    self.lines, self.idle = deque(), []  # the taps hold both: never replaced
    self.last, self.second, self.link = 0, None, None
    self.reset()

  def reset(self):
    """Nothing waits, nothing runs: at the start, and in a forked child."""
    self.lines.clear()
    self.idle[:] = [True]
    self.close()
    self.rows, self.batch, self.limit, self.lost, self.error = deque(), [], None, 0, 'not tried'
    self.running = self.leave = self.reached = self.told = False
    self.bell, self.done, self.gone = event(), event(), event()

  def ring(self):
    """Wakes the thread, or starts it; re-entrant."""
    try:
      self.idle.pop()  # for one caller at a time
      if not self.running:
        self.running = True
        _thread.start_new_thread(self.run, ())
    except IndexError:
      pass
    except Exception:  # no more threads
      self.running, self.idle[:] = False, [True]
    wake(self.bell)

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
        if self.limit is not None:
          wake(self.done)
        if not self.bell.acquire(True, 60):
          self.close()
          self.bell.acquire()
    except BaseException as e:
      self.error = repr(e)
      wake(self.done)
    self.running, self.idle[:] = False, [True]
    wake(self.gone)

  def before_fork(self):
    """Lets the thread go, at most 50 ms: from 3.12 on a fork beside a thread warns."""
    if self.running:
      self.leave = True
      wake(self.bell)
      if self.gone.acquire(True, 0.05):
        time.sleep(0.001)  # until the system has seen it go

  def after_fork(self):
    self.leave = False
    if self.lines or self.rows or self.batch:
      self.ring()

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
          row = b'\n\x1b' + self.stamp(at) + field(b'\x12', text_field(b'\n', name) + text_field(b'\x12', value))
          self.rows.append(field(b'\n', row))
        else:  # Katib would store "", and stall
          debug('%s without a value', name)
      while len(self.rows) > ROWS:
        self.shed(self.rows)

  def drain(self):
    """Sends what waits, until nothing does, the time at exit is up, or a fork is near."""
    while True:
      self.take()
      rows, batch = self.rows, self.batch
      size = sum(map(len, batch))
      while rows and len(batch) < 999 and (not batch or size + len(rows[0]) < 1000000):
        size += len(rows[0])
        batch.append(rows.popleft())
      if not batch or not self.send(self.trial + field(b'\x12', b''.join(batch))):
        return
      self.batch = []

  def send(self, message):
    """Delivers the batch, or drops it where no retry would help; false where it has to stop before."""
    attempt = 0
    while True:
      attempt += 1
      status, fresh = None, not self.link
      try:
        limit = min(clock() + 15, self.limit or 1e99)
        if fresh:
          self.link = Link(self.address, limit)
        status = self.link.call(message, limit)
        self.reached = True
        self.error = 'grpc-status %s %s' % (status, self.link.status.get('grpc-message', ''))
      except Exception as e:
        self.error = str(e) or repr(e)
      if status != 0 or not self.link.usable:
        self.close()
      if status == 0:
        return True
      debug('attempt %d: %s', attempt, self.error)
      if status in self.final or status in self.doubt and attempt > 19:
        self.lost += len(self.batch)
        if not self.told:
          self.told = True
          say('%s refused observations: %s', self.address, self.error)
        return True
      if not fresh and attempt == 1:
        continue  # an idle connection that was gone: again at once
      self.take()
      pause = min(5, 0.1 * 2 ** min(attempt, 6))
      if self.limit is not None:
        pause = min(1, pause, self.limit - clock())
      if self.leave or pause <= 0:
        return False
      self.bell.acquire(True, pause)

  def finish(self, limit):
    """At exit: waits until all is sent, at most `limit` seconds, 10 where the server was never reached."""
    if self.lines or self.rows or self.batch or not self.idle:
      self.done.acquire(False)
      self.limit = clock() + limit
      self.ring()
      if not self.running:  # no new thread at exit
        self.limit = clock() + min(limit, 10)
        self.drain()
      elif not self.done.acquire(True, min(limit, 10)) and self.reached and limit > 10:
        self.done.acquire(True, limit - 10)
      self.limit = clock()
    left = self.lost + len(self.batch) + len(self.rows) + len(self.lines)
    if left:
      say('%d observations did not reach %s: %s', left, self.address, self.error)
      self.lost = 0


def start(config, trial, address, limit):
  """Installs the taps; returns what `_katib_push` is to be."""
  names, patterns = tuple(config['metrics']), config.get('filters')
  coverage, drop = config.get('coverage') == 'output', config.get('output') == 'drop'
  sender = Sender(trial, address, default_filter(names) if patterns is None else custom_filters(names, patterns))
  waiting, idle, put = sender.lines, sender.idle, sender.lines.append
  out, err, newline = sys.__stdout__, sys.__stderr__, '\n'
  tokens = {}  # thread -> its token; a call under way holds it too, and that is the mark
  homes, others, codes, hooked, wrote = [], [], set(), [], {}
  # homes and others: for each tap, thread -> the line under way: [token, text, whether a part of it was marked]

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
          sender.ring()
        return

  def add(line, text):
    """Takes any text into a line under way."""
    text, mark = str.__str__(text), coverage or called()
    if newline not in text:
      line[1] = (line[1] + text)[-LINE:]
      line[2] = line[2] or mark and text != ''
    else:
      first, last = text.index(newline), text.rindex(newline)
      if line[2] or mark:
        candidate(line[1] + text[:first])
      if mark:
        for each in text[first + 1:last].split(newline):
          candidate(each)
      line[1] = text[last + 1:]
      line[2] = coverage or mark and line[1] != ''

  def install(stream, write, lines, taps):
    stream.__dict__['write'] = write
    codes.add(write.__code__)
    taps.append(lines)

  def dropping(original):
    def write(*args, **named):
      if args and isinstance(args[0], str) and called():
        return len(args[0])
      return original(*args, **named)
    return write if drop else original

  def tap_home(stream):
    """For the interpreter's own streams; this is the fast one."""
    original, lines = dropping(stream.write), {}

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
    lines, function = {}, bound
    if getattr(bound, '__self__', None) is stream:
      method, weak = type(stream).write, ref(stream)

      def function(*args, **named):
        return method(weak(), *args, **named)
    original = dropping(function)

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

  def look():
    """Taps what has replaced a stream, where it writes to descriptor 1 or 2."""
    for stream in (sys.stdout, sys.stderr):
      try:
        if stream not in (out, err, None) and getattr(stream.write, '__code__', None) not in codes and (
            stream.fileno() in (1, 2)):
          tap_other(stream, stream.write)
      except Exception:  # no descriptor
        pass

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
    __doc__ = property(lambda self: self._katib_push.__doc__)

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
  os.register_at_fork(before=sender.before_fork, after_in_parent=sender.after_fork, after_in_child=forked)
  for stream in {out, err} - {None}:
    tap_home(stream)
  base = len(homes) + 2  # references to a token without a call: in tokens, in a line a tap, the argument of refs
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
