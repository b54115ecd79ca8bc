"""A server on Google's gRPC library, which is written in C: `python grpcio_peer.py CASE [CERTIFICATE KEY]`.

Tells its address first, then the rows of each call that it accepts. It ends with its input.
"""
import sys
from concurrent import futures

import grpc
from report import PATH, rows, tell

OPTIONS = {
    'small windows': [('grpc.http2.lookahead_bytes', 1000), ('grpc.http2.bdp_probe', 0)],
    'connections end': [('grpc.max_connection_age_ms', 100), ('grpc.max_connection_age_grace_ms', 100)],
    'one call at a time': [('grpc.max_concurrent_streams', 1)],
}


def main(case, certificate=None, key=None):
    calls = 0

    def report(request, context):
        nonlocal calls
        calls += 1
        if case == 'unavailable at first' and calls < 3:
            context.abort(grpc.StatusCode.UNAVAILABLE, 'not yet: 100 % \n busy')
        if case == 'long headers':
            context.send_initial_metadata([('a-long-one', 'x' * 7000), ('a-bin', bytes(range(256)))])
            context.set_trailing_metadata([('trail-%d' % i, 'y%d' % i * 30) for i in range(20)])
        tell(rows=rows(request))
        return b''

    service, method = PATH[1:].split('/')
    handler = grpc.method_handlers_generic_handler(service, {method: grpc.unary_unary_rpc_method_handler(report)})
    server = grpc.server(futures.ThreadPoolExecutor(2), [handler], options=OPTIONS.get(case, []))
    if certificate:
        with open(key, 'rb') as k, open(certificate, 'rb') as c:
            port = server.add_secure_port('127.0.0.1:0', grpc.ssl_server_credentials([(k.read(), c.read())]))
    else:
        port = server.add_insecure_port('127.0.0.1:0')
    server.start()
    tell(port=port)
    sys.stdin.read()
    server.stop(None)


main(*sys.argv[1:])
