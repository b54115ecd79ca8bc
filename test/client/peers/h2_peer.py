"""A server on the library h2, which says how a connection is used frame by frame: `python h2_peer.py CASE [CERTIFICATE KEY]`.

Tells its address first, then the rows of each call that it accepts, and what it counted. It ends with its input.
"""
import socket
import ssl
import sys
import threading

import h2.connection
import h2.config
import h2.events
import h2.exceptions
import h2.settings
from hyperframe.frame import ContinuationFrame, DataFrame, HeadersFrame
from report import PATH, rows, tell

HEADERS = [(':status', '200'), ('content-type', 'application/grpc'), ('server', 'h2'), ('x-same', 'Value, again & again!')]
RESETS = [0, 1, 2, 7, 8, 11]  # NO_ERROR, PROTOCOL_ERROR, INTERNAL_ERROR, REFUSED_STREAM, CANCEL, ENHANCE_YOUR_CALM
calls = 0


class Connection:
    """One connection, and how the case answers its calls."""

    def __init__(self, case, sock):
        self.case, self.sock, self.bodies, self.open, self.frames, self.pings = case, sock, {}, set(), 0, 0
        self.h2 = h2.connection.H2Connection(config=h2.config.H2Configuration(client_side=False, header_encoding='utf-8'))
        self.away = None
        # the sizes that the window of a call gets, and the least number of DATA frames before; below what is used is
        # negative. h2 takes any acknowledgement for that of its latest settings, so the next waits for the last one's.
        self.sizes = {'small windows': [(0, 1000)],
                      'the window changes in mid-call': [(2, 10), (5, 100), (9, 70000)]}.get(case, [])
        self.asked = True
        self.h2.initiate_connection()
        self.flush()

    def flush(self):
        self.sock.sendall(self.h2.data_to_send())

    def serve(self):
        while True:
            data = self.sock.recv(65536)
            if not data:
                return
            for event in self.h2.receive_data(data):
                if self.handle(event) == 'close':
                    self.flush()
                    self.sock.shutdown(socket.SHUT_RDWR)
                    return
            self.flush()

    def handle(self, event):
        if isinstance(event, h2.events.RequestReceived):
            return self.began(event.stream_id, dict(event.headers))
        if isinstance(event, h2.events.DataReceived):
            self.bodies[event.stream_id] = self.bodies.get(event.stream_id, b'') + event.data
            self.frames += 1
            self.credit(event)
        if isinstance(event, h2.events.PingAckReceived):
            self.pings += 1
        if isinstance(event, h2.events.SettingsAcknowledged):
            self.asked = False
        if not self.asked and self.sizes and self.frames >= self.sizes[0][0]:
            self.asked = True
            self.h2.update_settings({h2.settings.SettingCodes.INITIAL_WINDOW_SIZE: self.sizes.pop(0)[1]})
        if isinstance(event, h2.events.StreamEnded):
            return self.ended(event.stream_id)

    def credit(self, event):
        """Gives the credit back, unless the client has said meanwhile that it goes: then h2 sends nothing."""
        if not event.flow_controlled_length:
            return
        try:
            self.h2.increment_flow_control_window(event.flow_controlled_length)
            if not event.stream_ended and event.stream_id in self.open:
                self.h2.increment_flow_control_window(event.flow_controlled_length, event.stream_id)
        except h2.exceptions.ProtocolError:
            pass

    def began(self, stream, headers):
        global calls
        calls += 1
        wanted = {':method': 'POST', ':path': PATH, 'te': 'trailers', 'content-type': 'application/grpc'}
        wrong = {name: headers.get(name) for name in wanted if headers.get(name) != wanted[name]}
        if wrong or not headers.get(':authority') or headers.get(':scheme') != ('https' if TLS else 'http'):
            tell(wrong='the headers of the request: %r' % headers)
        if self.case == 'RST_STREAM' and calls <= len(RESETS):
            self.h2.reset_stream(stream, RESETS[calls - 1])
        else:
            self.open.add(stream)
        if self.case == 'GOAWAY before the call is read' and calls == 1:
            self.h2.close_connection(0, last_stream_id=0)
            return 'close'
        if self.case == 'GOAWAY, and the call goes on' and calls == 1:
            self.goes_away(stream)
        if self.case == 'pings a lot':
            for i in range(1000):
                self.h2.ping(i.to_bytes(8, 'big'))
        if self.case == 'changes its settings a lot':
            for i in range(300):
                self.h2.update_settings({h2.settings.SettingCodes.MAX_CONCURRENT_STREAMS: i + 1})

    def ended(self, stream):
        body = self.bodies.pop(stream, b'')
        if stream not in self.open or self.away is not None and stream > self.away:
            return  # not read, as it was said
        self.open.discard(stream)
        if self.case == 'unavailable at first' and calls < 3:
            self.h2.send_headers(stream, HEADERS + [('grpc-status', '14'), ('grpc-message', 'not yet')], end_stream=True)
            return
        if int.from_bytes(body[1:5], 'big') != len(body) - 5 or body[0]:
            tell(wrong='the gRPC message: %r' % body[:9])
        tell(rows=rows(body[5:]))
        status = [('grpc-status', '0'), ('grpc-message', ''), ('x-same', 'Value, again & again!')]
        if self.case == 'pads everything':
            self.answer_padded(stream, status)
        elif self.case == 'CONTINUATION, some empty':
            self.answer_in_pieces(stream, status)
        else:
            if self.case == 'informational headers':
                self.h2.send_headers(stream, [(':status', '103'), ('link', '</a>')])
            # more than a frame holds: a code of 13 bits for each
            many = [('x-%d-%d' % (calls % 3, i), '~' * 600) for i in range(20)] if self.case == 'long headers' else []
            self.h2.send_headers(stream, HEADERS + many)
            self.h2.send_data(stream, bytes(5))
            self.h2.send_headers(stream, status + many, end_stream=True)
        if self.case == 'GOAWAY between calls':
            self.goes_away(stream)
        if self.case == 'closes after each call':
            return 'close'

    def goes_away(self, last):
        """h2 reads nothing any more once it has sent this itself."""
        self.away = last
        self.send_raw(bytes((0, 0, 8, 7, 0, 0, 0, 0, 0)) + last.to_bytes(4, 'big') + bytes(4))

    def send_raw(self, data):
        self.flush()
        self.sock.sendall(data)

    def answer_padded(self, stream, status):
        """h2 pads DATA only, so these frames are made with its parts."""
        encode = self.h2.encoder.encode
        head = HeadersFrame(stream, encode(HEADERS), pad_length=255, flags=['END_HEADERS', 'PADDED'])
        data = DataFrame(stream, bytes(5), pad_length=200, flags=['PADDED'])
        last = HeadersFrame(stream, encode(status), pad_length=7, depends_on=0, stream_weight=1, exclusive=True,
                            flags=['END_HEADERS', 'END_STREAM', 'PADDED', 'PRIORITY'])
        self.send_raw(b''.join(each.serialize() for each in (head, data, last)))

    def answer_in_pieces(self, stream, status):
        for headers, flags in (HEADERS, []), (status, ['END_STREAM']):
            block = self.h2.encoder.encode(headers)
            frames = [HeadersFrame(stream, b'', flags=flags)]
            frames += [ContinuationFrame(stream, piece) for piece in (block[:1], b'', block[1:3], block[3:])]
            frames[-1].flags.add('END_HEADERS')
            self.send_raw(b''.join(each.serialize() for each in frames))


def serve(case, sock):
    connection = None
    try:
        if TLS:
            sock = TLS.wrap_socket(sock, server_side=True)
            tell(alpn=sock.selected_alpn_protocol())
        connection = Connection(case, sock)
        connection.serve()
    except OSError as error:
        tell(broke=str(error))
    finally:
        sock.close()
        if connection and connection.pings:
            tell(pings=connection.pings)


case, files = sys.argv[1], sys.argv[2:]
TLS = None
if files:
    TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    TLS.load_cert_chain(*files)
    TLS.set_alpn_protocols(['h2'])
listener = socket.socket()
listener.bind(('127.0.0.1', 0))
listener.listen(16)
tell(port=listener.getsockname()[1])


connections = []


def accept():
    while True:
        connections.append(threading.Thread(target=serve, args=(case, listener.accept()[0]), daemon=True))
        connections[-1].start()


threading.Thread(target=accept, daemon=True).start()
sys.stdin.read()
for connection in connections:  # the client is gone: each comes to its end, and tells what it saw
    connection.join()
